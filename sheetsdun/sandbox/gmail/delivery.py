"""Sending: the sender keeps the message under SENT, and whoever has a mailbox on this server finds it in theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import conversation, mail, outgoing, records, refusals
from sheetsdun.sandbox.gmail.addresses import without_tag
from sheetsdun.sandbox.gmail.headers import rewritten

if TYPE_CHECKING:
    from sheetsdun.sandbox.gmail.mail import Mail
    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.gmail.records import Row

_LARGEST_MAIL = 25 * 1024 * 1024
_MOST_RECIPIENTS = 100
_ARRIVED = frozenset({"INBOX", "UNREAD"})


def send(mailbox: Mailbox, message: Mail, thread: int | None) -> Row:
    """Send a composed message.

    Args:
        mailbox: The sender's.
        message: With the headers that Gmail sets; Bcc stays in this copy alone.
        thread: The conversation it belongs to; None begins one.

    Returns:
        The row of the sender's copy.

    Raises:
        ApiError: Nobody to send it to, too many, or too large (400).
    """
    to = outgoing.recipients(message)
    if not to:
        raise refusals.invalid("Recipient address required")
    if len(to) > _MOST_RECIPIENTS:
        raise refusals.invalid("Too many recipients")
    if len(message.raw) > _LARGEST_MAIL:
        raise refusals.invalid("Message exceeds the maximum size of 25 MB")
    owners = {owner.address: owner for address in to if (owner := _owner(mailbox, address))}
    to_itself = owners.pop(mailbox.address, None)
    sent = records.add(mailbox, message, {"SENT"} | (_ARRIVED if to_itself else set()), thread)
    delivered = mail.read(rewritten(message.raw, {"Bcc": None}))
    for owner in owners.values():
        records.add(owner, delivered, _ARRIVED, conversation.received(owner, delivered))
    return sent


def _owner(mailbox: Mailbox, address: str) -> Mailbox | None:
    return mailbox.other(address.lower()) or mailbox.other(without_tag(address.lower()))
