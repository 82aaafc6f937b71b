"""Where a story is played: an office in memory, or the embedded Google."""

from __future__ import annotations

import base64
import datetime as dt
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, Protocol

from doubles.hooks import Hooks
from doubles.mailbox import MemoryMailbox
from doubles.sheet import MemorySheet
from embedded import founding
from embedded.google import EmbeddedGoogle

from sheetsdun.google.auth import access
from sheetsdun.google.connection import Connection, Endpoints
from sheetsdun.journal.rows import HEADER
from sheetsdun.ports import Mailbox, Sheet
from story.lines import Cell

MORNING = dt.time(7, 0)
"""UTC; eight o'clock in Berlin."""
LOG = "Reminder log"
_DRAFTS = "/gmail/v1/users/me/drafts"


class Stage(Protocol):
    """A spreadsheet and a mailbox, and what people do there."""

    sheet: Sheet
    mailbox: Mailbox

    def now(self) -> dt.datetime: ...

    def set_time(self, now: dt.datetime) -> None: ...

    def rows(self, tab: str) -> list[list[Any]]:
        """What stands in a tab, its header first."""

    def add(self, tab: str, row: Sequence[Cell]) -> None:
        """Somebody adds a row at the end."""

    def write(self, tab: str, row: int, column: int, value: Cell) -> None:
        """Somebody types into a cell; places from 0."""

    def delete_row(self, tab: str, row: int) -> None: ...

    def send(self, draft: str) -> None: ...

    def delete(self, draft: str) -> None: ...

    def edit(self, draft: str) -> None: ...

    def receive(self, mail: EmailMessage, message: str) -> None:
        """A mail comes in that answers a message of ours."""

    def text(self, message: str) -> str:
        """What a message says, in plain text."""


class InMemory:
    """An office in memory."""

    def __init__(self, tabs: dict[str, list[list[Cell]]]) -> None:
        hooks = Hooks()
        self._now = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
        self.sheet = MemorySheet(tabs, log_header=HEADER, hooks=hooks)
        self.mailbox = MemoryMailbox(now=self.now, hooks=hooks)

    def now(self) -> dt.datetime:
        return self._now

    def set_time(self, now: dt.datetime) -> None:
        self._now = now

    def rows(self, tab: str) -> list[list[Any]]:
        return self.sheet.grids[tab]

    def add(self, tab: str, row: Sequence[Cell]) -> None:
        self.sheet.grids[tab].append(list(row))

    def write(self, tab: str, row: int, column: int, value: Cell) -> None:
        self.sheet.put(tab, row, column, value)

    def delete_row(self, tab: str, row: int) -> None:
        del self.sheet.grids[tab][row]

    def send(self, draft: str) -> None:
        self.mailbox.send_by_hand(draft)

    def delete(self, draft: str) -> None:
        self.mailbox.discard(draft)

    def edit(self, draft: str) -> None:
        old = self.mailbox.all[self.mailbox.draft_ids[draft]].content
        self.mailbox.edit(draft, _edited(str(old["Subject"]), str(old["To"])).as_bytes())

    def receive(self, mail: EmailMessage, message: str) -> None:
        rfc_id = self.mailbox.all[message].rfc_id
        mail["In-Reply-To"] = mail["References"] = rfc_id
        self.mailbox.receive(mail.as_bytes())

    def text(self, message: str) -> str:
        return _plain(self.mailbox.all[message].content)


class OnGoogle:
    """The embedded Google."""

    def __init__(
        self, google: EmbeddedGoogle, connection: Connection, tabs: dict[str, list[list[Cell]]]
    ) -> None:
        self._google = google
        sheets = [
            {
                "properties": {"title": title},
                "data": [{"rowData": [founding.row(map(_typed, row)) for row in rows]}],
            }
            for title, rows in {**tabs, LOG: [list(HEADER)]}.items()
        ]
        properties = {"title": "Receivables", "locale": "en_GB", "timeZone": "Europe/Berlin"}
        made = google.call("POST", "/v4/spreadsheets", json={"properties": properties, "sheets": sheets})
        self._id = str(made["spreadsheetId"])
        self._tabs = {
            each["properties"]["title"]: each["properties"].get("sheetId", 0) for each in made["sheets"]
        }
        self.sheet = connection.sheet(self._id, dict.fromkeys([*tabs, LOG], 1), LOG)
        self.mailbox = connection.mailbox()

    def now(self) -> dt.datetime:
        return self._google.now

    def set_time(self, now: dt.datetime) -> None:
        self._google.sandbox.clock.set(now)

    def rows(self, tab: str) -> list[list[Any]]:
        path = f"/v4/spreadsheets/{self._id}/values/{tab}"
        return list(self._google.call("GET", path).get("values", []))

    def add(self, tab: str, row: Sequence[Cell]) -> None:
        rows = [founding.row(map(_typed, row))]
        self._change(
            {"appendCells": {"sheetId": self._tabs[tab], "rows": rows, "fields": "userEnteredValue"}}
        )

    def write(self, tab: str, row: int, column: int, value: Cell) -> None:
        start = {"sheetId": self._tabs[tab], "rowIndex": row, "columnIndex": column}
        rows = [founding.row([_typed(value)])]
        self._change({"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}})

    def delete_row(self, tab: str, row: int) -> None:
        span = {"sheetId": self._tabs[tab], "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
        self._change({"deleteDimension": {"range": span}})

    def send(self, draft: str) -> None:
        self._google.call("POST", f"{_DRAFTS}/send", json={"id": draft})

    def delete(self, draft: str) -> None:
        self._google.call("DELETE", f"{_DRAFTS}/{draft}")

    def edit(self, draft: str) -> None:
        old = next(each for each in self._google.messages() if each.draft == draft)
        raw = base64.urlsafe_b64encode(_edited(old.subject, old.to).as_bytes()).decode()
        self._google.call("PUT", f"{_DRAFTS}/{draft}", json={"message": {"raw": raw}})

    def receive(self, mail: EmailMessage, message: str) -> None:
        raise NotImplementedError("Stories with answers are played in memory.")

    def text(self, message: str) -> str:
        found = self._google.call("GET", f"/gmail/v1/users/me/messages/{message}", params={"format": "raw"})
        import email
        import email.policy

        content = email.message_from_bytes(
            base64.urlsafe_b64decode(found["raw"]), policy=email.policy.default
        )
        assert isinstance(content, EmailMessage)
        return _plain(content)

    def _change(self, request: dict[str, Any]) -> None:
        self._google.call("POST", f"/v4/spreadsheets/{self._id}:batchUpdate", json={"requests": [request]})


@contextmanager
def on_google(google: EmbeddedGoogle, tabs: dict[str, list[list[Cell]]]) -> Iterator[OnGoogle]:
    """The embedded Google, and a connection to it that never waits."""
    address = google.sandbox.endpoint
    known = access(google.sandbox.credentials, mailbox="ar@example.com")
    ticks = iter(range(1_000_000))
    with Connection(
        known, Endpoints(sheets=address, gmail=address), now=lambda: google.now, clock=lambda: float(next(ticks)),
        sleep=lambda _seconds: None,
    ) as connection:  # fmt: skip
        yield OnGoogle(google, connection, tabs)


def chance() -> random.Random:
    """The source of letters' names: the same for every story."""
    return random.Random(7)


def _typed(value: Cell) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _edited(subject: str, to: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["To"] = subject, to
    mail.set_content("Shall we talk on the phone first?")
    return mail


def _plain(content: Any) -> str:
    body = content.get_body(("plain",))
    return " ".join(body.get_content().split()) if body else ""
