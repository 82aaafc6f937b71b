"""One person's mailbox at the moment of a call: whose it is, its numbers, and what time it is."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import refusals

if TYPE_CHECKING:
    import sqlite3

    from sheetsdun.sandbox.clock import Clock
    from sheetsdun.sandbox.wire import Call

FIRST_HISTORY = 1_000
"""The number that a mailbox begins with."""

_LATEST = 2**42 - 1


class Mailbox:
    """One mailbox.

    Attributes:
        db: The database, within the call's transaction.
        address: The account's address, lower-case.
        now: Milliseconds since 1970 by the sandbox's clock, the same throughout a call.
    """

    def __init__(self, db: sqlite3.Connection, address: str, now: int) -> None:
        self.db = db
        self.address = address
        self.now = now

    def other(self, address: str) -> Mailbox | None:
        """Another person's mailbox on this server; None if nobody has used it yet."""
        row = self.db.execute("SELECT address FROM gmail_mailboxes WHERE address = ?", (address,)).fetchone()
        return Mailbox(self.db, address, self.now) if row else None

    @property
    def history(self) -> int:
        """The number of the latest change."""
        row = self.db.execute(
            "SELECT history FROM gmail_mailboxes WHERE address = ?", (self.address,)
        ).fetchone()
        return int(row["history"])

    def next_history(self) -> int:
        """The number of one more change."""
        row = self.db.execute(
            "UPDATE gmail_mailboxes SET history = history + 1 WHERE address = ? RETURNING history",
            (self.address,),
        ).fetchone()
        return int(row["history"])

    def next_id(self) -> int:
        """A new message id: greater than all before it, and as in Gmail the time stands in its upper bits."""
        first = min(max(self.now, 0), _LATEST) << 20
        row = self.db.execute(
            "INSERT INTO gmail_counters VALUES ('message', ?)"
            " ON CONFLICT (name) DO UPDATE SET value = max(value + 1, excluded.value) RETURNING value",
            (first,),
        ).fetchone()
        return int(row["value"])

    def setting(self, name: str, default: float) -> float:
        """A setting of the whole server."""
        row = self.db.execute("SELECT value FROM gmail_settings WHERE name = ?", (name,)).fetchone()
        return float(row["value"]) if row else default


def opened(db: sqlite3.Connection, clock: Clock, call: Call) -> Mailbox:
    """The mailbox that a call is about; it comes into being when it is first used.

    Raises:
        ApiError: The caller has no mailbox (400), or asks for another's (403).
    """
    caller, asked = call.caller.lower(), call.path["userId"]
    if caller.endswith(".iam.gserviceaccount.com"):
        raise refusals.no_mailbox()
    if asked != "me" and asked.lower() != caller:
        raise refusals.delegation_denied(asked)
    db.execute("INSERT OR IGNORE INTO gmail_mailboxes VALUES (?, ?)", (caller, FIRST_HISTORY))
    return Mailbox(db, caller, int(clock.now().timestamp() * 1000))


def new_draft_id() -> str:
    """An id as drafts have them: an r and a number, which may be negative."""
    return f"r{secrets.randbelow(2**64) - 2**63}"


def new_message_id() -> str:
    """A Message-ID as Gmail makes them, without angle brackets."""
    return f"CA{secrets.token_urlsafe(36)}@mail.gmail.com"


def shown(number: int) -> str:
    """An id of a message or thread as it is written: sixteen hexadecimal digits."""
    return f"{number:016x}"


def number(text: str, what: str = "id") -> int:
    """An id that was sent, as a number.

    Raises:
        ApiError: It cannot be an id (400).
    """
    if not 1 <= len(text) <= 16 or not all(digit in "0123456789abcdefABCDEF" for digit in text):  # noqa: PLR2004  # 64 bits
        raise refusals.invalid(f"Invalid {what} value")
    return min(int(text, 16), 2**63 - 1)
