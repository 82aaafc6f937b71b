"""Mail that says what did not arrive -> ``ports.Returned``: by the standard where it keeps to it, else as programs word it.

The wording of some twenty mail programs is flufl.bounce's to know; it was Mailman's.
"""

from __future__ import annotations

import email
import email.policy
import logging
from collections.abc import Iterator
from email.message import Message

from flufl.bounce import all_failures

from sheetsdun.ports import Returned

_FAILED = ("fail", "error")
"""How a delivery report's Action begins where it failed for good; the second is opensmtpd's."""

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)


def read(raw: bytes) -> Returned:
    """Read a whole mail. Nothing that a stranger sends makes it fail."""
    try:
        mail = email.message_from_bytes(raw, policy=email.policy.compat32)
        delayed, failed = all_failures(mail)
        actions = list(_actions(mail))
    except Exception:  # noqa: BLE001  detectors of another's making, on whatever a stranger has made up
        return Returned()
    told = sorted({address.decode("ascii", "replace").lower() for address in failed if b"@" in address})
    none_failed = not any(action.startswith(_FAILED) for action in actions)
    return Returned(tuple(told), harmless=not failed and none_failed and bool(actions or delayed))


def _actions(mail: Message) -> Iterator[str]:
    """What an RFC 3464 report says of each recipient."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for recipient in part.get_payload():
                if isinstance(recipient, Message) and "action" in recipient:
                    yield str(recipient["action"]).strip().lower()
