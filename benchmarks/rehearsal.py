"""A rehearsal: a spreadsheet in an embedded Google, the person who keeps it, and runs of sheetsdun."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from ledger import LADDER

from sheetsdun import wiring
from sheetsdun.cli.wanted import wanted
from sheetsdun.google.connection import Connection
from sheetsdun.report import Told, told
from sheetsdun.sync.outcome import Outcome
from sheetsdun.sync.prepared import Prepared
from sheetsdun.sync.routine import carry_out, prepare
from sheetsdun.sync.settings import Desk

HEADER = ("Invoice", "Customer", "Email", "Issued", "Due", "Amount", "Paid")
PAID = "ABCDEFG"[HEADER.index("Paid")]
_ROWS_A_REQUEST = 5_000


@contextmanager
def embedded_google(folder: Path) -> Iterator[dict[str, str]]:
    """An embedded Google in a process of its own; what it says when it is ready."""
    command = [sys.executable, "-m", "sheetsdun", "sandbox", "--port", "0", "--data", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


class Rehearsal:
    """One spreadsheet of invoices, its config, and its keeper.

    Args:
        folder: Where the config is written.
        google: What an embedded Google says when it is ready.
        group: Who shares a letter: "invoice" or "debtor".
        delivery: What the ladder does: "draft" or "send".
        start: The first day.
    """

    def __init__(
        self,
        folder: Path,
        google: Mapping[str, str],
        *,
        group: str = "invoice",
        delivery: str = "draft",
        start: dt.date,
    ) -> None:
        self.config = folder / "sheetsdun.toml"
        self._endpoint = google["endpoint"]
        self._keeper = requests.Session()
        token = self.post("/_sandbox/token", {})["access_token"]
        self._keeper.headers["Authorization"] = f"Bearer {token}"
        self.morning(start)
        properties = {"title": "Receivables", "locale": "en_US", "timeZone": "Europe/Berlin"}
        sheets = [{"properties": {"title": "Invoices"}}]
        self.spreadsheet = self.post("/v4/spreadsheets", {"properties": properties, "sheets": sheets})[
            "spreadsheetId"
        ]
        self._path = f"/v4/spreadsheets/{self.spreadsheet}/values"
        self.type({"Invoices!A1": [HEADER]})
        self.config.write_text(_config(self.spreadsheet, google, group, delivery), encoding="utf-8")
        config = wiring.read_config(self.config)
        access = wiring.credentials(config, folder)
        with Connection(access, wiring.endpoints(config)) as connection:
            layout = connection.layout(self.spreadsheet)
            layout.carry_out(layout.steps(wanted(config)))

    # -- the keeper ---------------------------------------------------------------------------------------------------

    def post(self, path: str, body: Any) -> Any:
        """One request of the keeper's."""
        answer = self._keeper.post(self._endpoint + path, json=body, timeout=600)
        answer.raise_for_status()
        return answer.json()

    def _get(self, path: str) -> Any:
        answer = self._keeper.get(self._endpoint + path, timeout=600)
        answer.raise_for_status()
        return answer.json()

    def morning(self, day: dt.date) -> None:
        """Let it be eight o'clock (UTC) of a day."""
        instant = dt.datetime.combine(day, dt.time(8), dt.UTC)
        self.post("/_sandbox/clock", {"now": instant.isoformat()})
        self._offset = instant - dt.datetime.now(dt.UTC)

    def now(self) -> dt.datetime:
        """The present instant, as the embedded Google has it."""
        return dt.datetime.now(dt.UTC) + self._offset

    def append(self, rows: Sequence[Sequence[Any]]) -> None:
        """Type invoices below those that are there."""
        for first in range(0, len(rows), _ROWS_A_REQUEST):
            values = rows[first : first + _ROWS_A_REQUEST]
            self.post(f"{self._path}/Invoices!A1:append?valueInputOption=USER_ENTERED", {"values": values})

    def type(self, blocks: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Type into ranges."""
        data = [{"range": where, "values": values} for where, values in blocks.items()]
        self.post(f"{self._path}:batchUpdate", {"valueInputOption": "USER_ENTERED", "data": data})

    def sent(self) -> int:
        """Messages in Sent, by Gmail's own count."""
        return int(self._get("/gmail/v1/users/me/labels/SENT")["messagesTotal"])

    def read(self) -> Any:
        """Every cell of the spreadsheet, and the chain of its lease."""
        fields = "developerMetadata,sheets(properties,data(rowData(values(userEnteredValue,note))))"
        return self._get(f"/v4/spreadsheets/{self.spreadsheet}?fields={fields}")

    def forget_calls(self) -> None:
        """Let the embedded Google count its calls from nothing."""
        self._keeper.delete(f"{self._endpoint}/_sandbox/calls", timeout=60).raise_for_status()

    def calls(self) -> Any:
        """The calls that the embedded Google has counted."""
        return self._get("/_sandbox/calls")

    # -- sheetsdun ----------------------------------------------------------------------------------------------------

    def plan(self) -> Prepared:
        """One ``plan``."""
        with self._desk() as (desk, _):
            return prepare(desk)

    def sync(self) -> Run:
        """One ``sync``, whose pauses for Google's quotas are counted and not kept."""
        began = time.perf_counter()
        with self._desk() as (desk, connection):
            prepared = prepare(desk)
            outcome = carry_out(desk, prepared)
        said = told(prepared, outcome, connection.calls.as_dict())
        return Run(said, outcome, time.perf_counter() - began, self._slept)

    @contextmanager
    def _desk(self) -> Iterator[tuple[Desk, Connection]]:
        """As ``wiring.house`` makes it, but on a clock that jumps where a run would wait."""
        config = wiring.read_config(self.config)
        self._slept = 0.0
        access = wiring.credentials(config, self.config.parent)
        with Connection(
            access,
            wiring.endpoints(config),
            now=self.now,
            clock=lambda: time.monotonic() + self._slept,
            sleep=self._jump,
        ) as connection:
            tabs = wiring.tabs_to_read(config)
            yield (
                Desk(
                    sheet=connection.sheet(config.sheet.spreadsheet_id, tabs, config.sheet.log),
                    mailbox=connection.mailbox(),
                    settings=wiring.settings(config, self.config),
                    now=self.now,
                    pause=connection.pause,
                    source=random.SystemRandom(),
                ),
                connection,
            )

    def _jump(self, seconds: float) -> None:
        self._slept += seconds


@dataclass(frozen=True, slots=True)
class Run:
    """What one sync did.

    Attributes:
        seconds: That it took, without the pauses.
        paused: Seconds that it would have waited for Google's quotas.
    """

    told: Told
    outcome: Outcome
    seconds: float
    paused: float

    @property
    def requests(self) -> int:
        """HTTP requests to all APIs, those for tokens not counted."""
        return sum(self.told.calls.values())


def typed(
    number: str, customer: str, email: str, issued: dt.date, due: dt.date, amount: object, paid: object = ""
) -> list[str]:
    """A row as the keeper types it."""
    return [number, customer, email, issued.isoformat(), due.isoformat(), str(amount), str(paid)]


def invoices(due: Iterable[dt.date], first: int = 1) -> list[list[str]]:
    """Made-up rows, each of a customer of its own, one for each due date."""
    return [
        typed(
            f"INV-{number}",
            f"Customer {number}",
            f"ap@customer-{number}.example",
            day - dt.timedelta(30),
            day,
            100 + number % 900,
        )
        for number, day in enumerate(due, start=first)
    ]


def _config(spreadsheet: str, google: Mapping[str, str], group: str, delivery: str) -> str:
    levels = "".join(
        f'\n[[policy.standard.level]]\nname = "{name}"\noffset = {offset}\ndelivery = "{delivery}"\n'
        for name, offset in LADDER.items()
    )
    endpoints = "".join(f'{api} = "{google["endpoint"]}"\n' for api in ("sheets", "gmail", "drive"))
    return f"""\
[google]
credentials = {json.dumps(google["credentials"])}
mailbox = "{google["mailbox"]}"

[google.endpoints]
{endpoints}
[sheet]
id = "{spreadsheet}"
customers = ""
policies = ""
payments = ""

[defaults]
group = "{group}"

[calendar]
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

[limits]
max_letters = 10000
min_gap_days = 0

[sender]
name = "Accounts, Example GmbH"

[policy.standard]
{levels}"""
