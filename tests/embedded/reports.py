"""Delivery reports, as mail programs write them."""

from __future__ import annotations


def report(action: str, address: str = "ap@weber.example", *, status: str = "5.1.1", **headers: str) -> bytes:
    """An RFC 3464 report on one recipient."""
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    return f"""\
From: Mail Delivery System <robot@mx.example>
To: ar@example.com
Subject: Delivery Status Notification
Auto-Submitted: auto-replied
{more}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

About your letter to {address}.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}

--b--
""".encode()


QMAIL = b"""\
From: robot@mx.example
To: ar@example.com
Subject: failure notice

Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ap@weber.example>:
User unknown.

--- Below this line is a copy of the message.

Subject: Your invoice

Hello
"""
"""One of the older kind, from no mailer-daemon's address: only its wording tells."""
