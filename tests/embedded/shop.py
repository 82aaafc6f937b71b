"""A small company whose spreadsheet and mailbox are in the embedded Google: its runs, and what is seen of them."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from embedded import founding
from embedded.founding import HUMAN, INVOICES, LOG, PEOPLES, WRITTEN
from embedded.google import CALLS, GMAIL, EmbeddedGoogle
from embedded.line import Killed, Line, Trouble

from sheetsdun import wiring
from sheetsdun.domain.event import Event
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History, State
from sheetsdun.errors import SheetsdunError
from sheetsdun.google.connection import Connection
from sheetsdun.journal.rows import decode
from sheetsdun.ports import Table
from sheetsdun.sync.outcome import Outcome
from sheetsdun.sync.routine import carry_out, prepare
from sheetsdun.sync.settings import Desk

START = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
"""A Monday morning."""

_REFERENCE = re.compile(r"SD-\w+")


@dataclass(frozen=True)
class End:
    """How a run ended: with an outcome, with an error that a user can read, or by death."""

    outcome: Outcome | None = None
    trouble: BaseException | None = None

    def __str__(self) -> str:
        return repr(self.trouble or "done")


class Shop:
    """A spreadsheet, a config, and runs in this process.

    Attributes:
        google: Where all of it is.
        spreadsheet: Its id.
        config: Path of the config file; processes can be started with it.
    """

    def __init__(self, google: EmbeddedGoogle, folder: Path) -> None:
        self.google = google
        google.sandbox.clock.set(START)
        self.spreadsheet = str(
            google.call("POST", "/v4/spreadsheets", json=founding.spreadsheet())["spreadsheetId"]
        )
        self.config = folder / "sheetsdun.toml"
        self.config.write_text(founding.config(google, self.spreadsheet), encoding="utf-8")
        self._settings = wiring.settings(config := wiring.read_config(self.config), self.config)
        self._tabs = wiring.tabs_to_read(config)
        self._endpoints = wiring.endpoints(config)
        self._access = wiring.credentials(config, folder)

    # -- runs ---------------------------------------------------------------------------------------------------------

    def sync(
        self, line: Line | None = None, *, take_over: bool = False, behind: dt.timedelta = dt.timedelta()
    ) -> End:
        """One run; ``behind`` is how much its clock lags behind Google's."""
        ticks = _Ticks()

        def now() -> dt.datetime:
            return self.google.now - behind

        with Connection(
            self._access, self._endpoints, now=now, clock=ticks.time, sleep=ticks.sleep, chance=lambda: 0.0
        ) as connection:
            (line or Line()).into(connection)
            desk = Desk(
                sheet=connection.sheet(self.spreadsheet, self._tabs, LOG),
                mailbox=connection.mailbox(),
                settings=self._settings,
                now=now,
                pause=connection.pause,
                source=random.SystemRandom(),
            )
            try:
                return End(carry_out(desk, prepare(desk), take_over=take_over))
            except (SheetsdunError, Killed) as trouble:
                return End(trouble=trouble)

    def sync_with(self, trouble: Trouble, number: int) -> tuple[End, Line]:
        """One run in which something goes wrong at a call of that number."""
        if trouble.fault:
            self.google.call("POST", "/_sandbox/faults", json=self.at(trouble, number))
        line = Line(number, trouble.happening)
        end = self.sync(line)
        if trouble.fault:
            self.google.call("DELETE", "/_sandbox/faults")
        return end, line

    @staticmethod
    def at(trouble: Trouble, number: int) -> dict[str, Any]:
        """What to tell the sandbox, so that the trouble happens at a call of that number."""
        where = GMAIL if trouble.inner else CALLS
        return {"path": where, "nth": number, "inner": trouble.inner, **trouble.fault}

    def struck(self) -> bool:
        """Whether the fault that is set has happened."""
        return any(fault["struck"] for fault in self.google.call("GET", "/_sandbox/faults")["faults"])

    def writes(self) -> int:
        """How many changing calls Google has answered since they were last counted from nothing."""
        calls = self.google.call("GET", "/_sandbox/calls")
        return sum(
            count
            for calls in (calls["methods"], calls["inner"])
            for name, count in calls.items()
            if name != "batch" and not re.search(r"\.(get|list|getProfile|batchGet|getByDataFilter)$", name)
        )

    def idle(self) -> bool:
        """Run once more; whether it wrote nothing anywhere."""
        self.google.call("DELETE", "/_sandbox/calls")
        end = self.sync(take_over=True)
        return end.outcome is not None and not self.writes()

    # -- what is seen -------------------------------------------------------------------------------------------------

    def values(self, tab: str) -> list[list[Any]]:
        path = f"/v4/spreadsheets/{self.spreadsheet}/values/{tab}"
        answer = self.google.call("GET", path, params={"valueRenderOption": "UNFORMATTED_VALUE"})
        return list(answer.get("values", []))

    def rows(self) -> dict[str, dict[str, Any]]:
        """By invoice: its cells by header, wherever the columns are."""
        header, *rows = self.values(INVOICES)
        found = [dict.fromkeys(header, "") | dict(zip(header, row, strict=False)) for row in rows]
        return {row["Invoice"]: row for row in found if row["Invoice"]}

    def human(self) -> dict[str, dict[str, Any]]:
        """What people have written, by invoice."""
        return {name: {title: row[title] for title in HUMAN} for name, row in self.rows().items()}

    def statuses(self) -> dict[str, list[str]]:
        """What we have written, by invoice; the names of letters left out, since they are drawn by lot."""
        return {
            name: [_REFERENCE.sub("SD-", str(row[title])) for title in WRITTEN]
            for name, row in self.rows().items()
        }

    def letters(self) -> Counter[tuple[str, str, str]]:
        """Everything in the mailbox: where it lies, to whom it goes, its subject."""
        return Counter((each.where, each.to, each.subject) for each in self.google.messages())

    def events(self) -> list[Event]:
        header, *rows = self.values("'Reminder log'")
        return decode(Table(LOG, 0, 1, tuple(header), values=rows, shown=rows))

    def history(self) -> History:
        return fold(self.events())

    def astray(self) -> list[str]:
        """Invoices whose row names a letter that is another's."""
        history = self.history()
        named = {name: _REFERENCE.findall(str(row["Draft"])) for name, row in self.rows().items()}
        return [
            name
            for name, letters in named.items()
            if any(
                letter not in history.letters or name not in history.letters[letter].invoices
                for letter in letters
            )
        ]

    def stray(self) -> list[list[Any]]:
        """Rows that are no invoice's, but have something in them."""
        header, *rows = self.values(INVOICES)
        place = header.index("Invoice")
        return [row for row in rows if any(row) and not (place < len(row) and row[place])]

    def twice(self) -> list[str]:
        """Invoices that have the same level in two letters that went or lie ready, but for redos."""
        history = self.history()
        there = {each.letter for each in self.google.messages() if each.to and each.where != "elsewhere"}
        counted = Counter(
            (part.invoice, part.policy, part.level, part.cycle)
            for letter in there & history.letters.keys()
            for part in history.letters[letter].climbed
        )
        copies = Counter(each.letter for each in self.google.messages() if each.letter)
        return [
            *(f"{part[0]} {part[2]}" for part, count in counted.items() if count > 1),
            *(f"{letter} lies there {count} times" for letter, count in copies.items() if count > 1),
        ]

    def withdrawing(self) -> bool:
        return any(letter.state is State.WITHDRAWING for letter in self.history().letters.values())

    # -- what people do in the sheet ----------------------------------------------------------------------------------

    def add(self, invoice: str, due: int, **fields: Any) -> None:
        """A row at the end, whose due date is so many days from today."""
        self.change(
            {
                "appendCells": {
                    "sheetId": self.tab,
                    "rows": [founding.row(self._fields(invoice, due, fields))],
                    "fields": "*",
                }
            }
        )

    def _fields(self, invoice: str, due: int, fields: dict[str, Any]) -> list[Any]:
        day = (self.google.now.date() - dt.date(1899, 12, 30)).days + due
        values = {"invoice": invoice, "amount": 100, "due": day, **fields}
        return [*(values.get(name, "") for name in PEOPLES), f"ours of {invoice}"]

    def type(self, invoice: str, header: str, value: Any) -> None:
        """Somebody types into the cell of an invoice."""
        rows = self.values(INVOICES)
        row = next((n for n, cells in enumerate(rows) if invoice in cells), None)
        if row is None:
            return
        start = {"sheetId": self.tab, "rowIndex": row, "columnIndex": rows[0].index(header)}
        self.change(
            {"updateCells": {"start": start, "rows": [founding.row([value])], "fields": "userEnteredValue"}}
        )

    def change(self, *requests: dict[str, Any]) -> None:
        self.google.call(
            "POST", f"/v4/spreadsheets/{self.spreadsheet}:batchUpdate", json={"requests": list(requests)}
        )

    @cached_property
    def tab(self) -> int:
        answer = self.google.call(
            "GET", f"/v4/spreadsheets/{self.spreadsheet}", params={"fields": "sheets.properties"}
        )
        tabs = {
            each["properties"]["title"]: each["properties"].get("sheetId", 0) for each in answer["sheets"]
        }
        return int(tabs[INVOICES])


class _Ticks:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def time(self) -> float:
        return self._seconds

    def sleep(self, seconds: float) -> None:
        self._seconds += seconds
