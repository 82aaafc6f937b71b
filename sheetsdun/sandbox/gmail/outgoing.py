"""Mail that is written here: taken from a request, checked, and given the headers that Gmail sets."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import addresses, mail, refusals, send_as
from sheetsdun.sandbox.gmail.headers import rewritten
from sheetsdun.sandbox.gmail.mailbox import new_message_id

if TYPE_CHECKING:
    from sheetsdun.sandbox.gmail.mail import Mail
    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.wire import Call, Json

_UPLOAD_LIMIT = 36_700_160
_RECIPIENTS = ("To", "Cc", "Bcc")


def submitted(call: Call, message: Json) -> bytes:
    """The message in a request: its upload, or else `raw`.

    Raises:
        ApiError: None was given, it is not base64 (400), or it is too large (413).
    """
    if call.media is not None:
        content = call.media.content
    elif message.get("raw"):
        content = _bytes(message["raw"])
    else:
        raise refusals.invalid(
            "'raw' RFC822 payload message string or uploading message via /upload/* URL required"
        )
    if len(content) > _UPLOAD_LIMIT:
        raise refusals.too_large()
    return content


def composed(mailbox: Mailbox, raw: bytes, *, sent_now: bool = False) -> Mail:
    """The message with a new Message-ID, a From that the account may use, and a Date; all else byte for byte.

    Args:
        mailbox: The writer's.
        raw: The message as it was submitted.
        sent_now: Whether the Date is set anew, as when a draft is sent, or only where it is missing.

    Raises:
        ApiError: To, Cc or Bcc holds what is no address (400).
    """
    given = mail.read(raw)
    for name in _RECIPIENTS:
        if not all(addresses.is_valid(entry.address) for entry in _entries(given, name)):
            raise refusals.invalid(f"Invalid {name} header")
    changes: dict[str, bytes | None] = {"Message-ID": f"<{new_message_id()}>".encode()}
    sender = _sender(mailbox, given)
    if sender is not None:
        changes["From"] = sender
    if sent_now or given.date() is None:
        date = datetime.fromtimestamp(mailbox.now // 1000, UTC)
        changes["Date"] = format_datetime(date).encode()
    return mail.read(rewritten(raw, changes))


def recipients(message: Mail) -> list[str]:
    """The addresses that a message goes to, each once."""
    entries = [entry for name in _RECIPIENTS for entry in _entries(message, name)]
    return list(dict.fromkeys(entry.address for entry in entries))


def _entries(message: Mail, name: str) -> list[addresses.Address]:
    return [entry for content in message.contents(name) for entry in addresses.parse(content)]


def _sender(mailbox: Mailbox, given: Mail) -> bytes | None:
    """The From that must replace the one given; None where that may stay."""
    contents = given.contents("From")
    entries = [entry for content in contents for entry in addresses.parse(content)]
    usable = send_as.allowed(mailbox)
    if len(entries) == 1 and len(contents) == 1 and entries[0].address.lower() in usable:
        return None
    if not entries:
        default = next(alias for alias in usable.values() if alias.get("isDefault"))
        return str(default["sendAsEmail"]).encode()
    # The display name stays as it was written, encoded-words and all; only the address is the account's.
    name, angle, _ = contents[0].rpartition("<")
    return (f"{name}<{mailbox.address}>" if angle else mailbox.address).encode()


def _bytes(text: str) -> bytes:
    """Base64 in either alphabet, with or without padding."""
    compact = "".join(text.split()).rstrip("=").replace("+", "-").replace("/", "_")
    try:
        data = compact.encode("ascii")
        return base64.b64decode(data + b"=" * (-len(data) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise refusals.invalid(
            "Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed for the given string"
        ) from None
