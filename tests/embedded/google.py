"""The embedded Google for tests that need it in one state hundreds of times: kept, put back, and seen from behind."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import requests

from sheetsdun.sandbox.launch import Sandbox

MAILBOX = "ar@example.com"
KEY = "X-Sheetsdun-Key"
CALLS = r"^/(v4|gmail|batch|upload)"
"""Paths of Google's APIs; what is left out is signing in."""

GMAIL = r"^/gmail"
"""Paths of calls to Gmail, also of those inside a batch."""


@dataclass(frozen=True)
class Message:
    """A message in the mailbox, as nobody but the server sees it."""

    id: int
    labels: frozenset[str]
    draft: str
    content: EmailMessage
    raw: bytes

    @property
    def where(self) -> str:
        return "SENT" if "SENT" in self.labels else "DRAFT" if "DRAFT" in self.labels else "elsewhere"

    @property
    def to(self) -> str:
        return str(self.content["To"] or "")

    @property
    def subject(self) -> str:
        return str(self.content["Subject"] or "")

    @property
    def letter(self) -> str:
        """Id of the letter that our header names."""
        return str(self.content[KEY] or "").partition(" ")[0]

    @property
    def text(self) -> str:
        body = self.content.get_body(("plain",))
        return body.get_content() if body else ""


@lru_cache(maxsize=1000)
def _parsed(raw: bytes) -> EmailMessage:
    content = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(content, EmailMessage)
    return content


class EmbeddedGoogle:
    """A sandbox, a person at its API, and its file.

    Attributes:
        sandbox: The server, in a thread of this process.
        person: Signed in as the mailbox's owner.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sandbox = Sandbox(folder, mailbox=MAILBOX)
        self.person = requests.Session()

    def __enter__(self) -> Self:
        self.sandbox.start()
        token = self.call("POST", "/_sandbox/token", json={})["access_token"]
        self.person.headers["Authorization"] = f"Bearer {token}"
        return self

    def __exit__(self, *_: object) -> None:
        self.person.close()
        self.sandbox.stop()

    # -- a person's hand ----------------------------------------------------------------------------------------------

    def call(self, method: str, path: str, **content: Any) -> Any:
        answer = self.person.request(method, self.sandbox.endpoint + path, timeout=10, **content)
        assert answer.ok, answer.text
        return answer.json() if answer.content else {}

    # -- time ---------------------------------------------------------------------------------------------------------

    @property
    def now(self) -> dt.datetime:
        return self.sandbox.clock.now()

    def pass_time(self, **time: float) -> None:
        self.sandbox.clock.set(self.now + dt.timedelta(**time))

    # -- states -------------------------------------------------------------------------------------------------------

    def keep(self, name: str) -> dt.datetime:
        """Keep everything as it is now, under a name; the instant, which is to be given back."""
        file = self.folder / f"{name}.kept"
        file.unlink(missing_ok=True)
        with self._file() as db:
            db.execute("VACUUM INTO ?", (str(file),))
        return self.now

    def put_back(self, name: str, now: dt.datetime) -> None:
        """Make everything as it was; who has signed in stays so."""
        self.sandbox.clock.set(now)
        with self._file() as db:
            db.execute("ATTACH ? AS kept", (str(self.folder / f"{name}.kept"),))
            tables = [
                row["name"]
                for row in db.execute(
                    "SELECT name FROM kept.sqlite_master WHERE type = 'table' AND name NOT LIKE 'oauth_%'"
                )
            ]
            db.execute("BEGIN IMMEDIATE")
            for table in tables:
                db.execute(f'DELETE FROM main."{table}"')
                db.execute(f'INSERT INTO main."{table}" SELECT * FROM kept."{table}"')
            db.execute("COMMIT")

    def messages(self) -> list[Message]:
        """Every message there is, in the bin or anywhere."""
        with self._file() as db:
            return list(self._messages(db))

    def _messages(self, db: sqlite3.Connection) -> Iterator[Message]:
        found = db.execute(
            "SELECT gmail_raw.message AS id, content, gmail_drafts.id AS draft FROM gmail_raw "
            "LEFT JOIN gmail_drafts USING (message) ORDER BY 1"
        )
        for row in found.fetchall():
            labels = db.execute("SELECT label FROM gmail_message_labels WHERE message = ?", (row["id"],))
            yield Message(
                row["id"],
                frozenset(each["label"] for each in labels),
                row["draft"] or "",
                _parsed(row["content"]),
                row["content"],
            )

    def _file(self) -> closing[sqlite3.Connection]:
        db = sqlite3.connect(self.folder / "sandbox.sqlite3", isolation_level=None)
        db.row_factory = sqlite3.Row
        return closing(db)
