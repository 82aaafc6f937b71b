"""One suite, two implementations of each port: the doubles in memory, and Google's adapters over the embedded Google."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from doubles.memory import MemoryFiles, MemoryMailbox, MemorySheet

from sheetsdun.google import auth
from sheetsdun.google.connection import Connection, Endpoints
from sheetsdun.ports import Files, Mailbox, Sheet
from sheetsdun.sandbox.launch import Sandbox

HEADER = ["Invoice", "Customer", "Amount", "Due", "Paid", "Status", "Last", "Draft"]
ROWS: list[list[Any]] = [
    HEADER,
    ["INV-1", "Blumen Müller", 100, dt.date(2026, 11, 1), False],
    ["00123", "Søren & Søn", 12.5, dt.date(2026, 11, 2), True],
    [],
    ["INV-3", "", 7],
]
LOG = ["Sequence", "Event", "Note"]
TABS = {"Invoices": ROWS, "Reminder log": [LOG]}


class Google:
    """The embedded Google, and a person at its API."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.waits: list[float] = []
        token = requests.post(f"{sandbox.endpoint}/_sandbox/token", json={}, timeout=10).json()[
            "access_token"
        ]
        self._person = requests.Session()
        self._person.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, **content: Any) -> Any:
        answer = self._person.request(method, self.sandbox.endpoint + path, timeout=10, **content)
        assert answer.ok, answer.text
        return answer.json() if answer.content else {}

    def connection(self, **options: Any) -> Connection:
        where = Endpoints(*[self.sandbox.endpoint] * 3)
        access = auth.access(self.sandbox.credentials, mailbox=self.sandbox.mailbox)
        return Connection(access, where, **{"sleep": self.waits.append, **options})

    def spreadsheet(self, tabs: dict[str, list[list[Any]]]) -> str:
        """A new spreadsheet with these tabs; dates are dates, and "00123" is a number that is shown so."""
        sheets = [
            {
                "properties": {"title": title},
                "data": [{"rowData": [{"values": list(map(cell, row))} for row in rows]}],
            }
            for title, rows in tabs.items()
        ]
        properties = {"title": "Receivables", "locale": "en_GB", "timeZone": "Europe/Berlin"}
        return self.call("POST", "/v4/spreadsheets", json={"properties": properties, "sheets": sheets})[
            "spreadsheetId"
        ]


def cell(value: Any) -> dict[str, Any]:
    if isinstance(value, dt.date):
        days = (value - dt.date(1899, 12, 30)).days
        return {
            "userEnteredValue": {"numberValue": days},
            "userEnteredFormat": {"numberFormat": {"type": "DATE"}},
        }
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}}
    if isinstance(value, str):
        return {"userEnteredValue": {"stringValue": value}} if value else {}
    return {"userEnteredValue": {"numberValue": value}}


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(tmp_path_factory.mktemp("google")) as started:
        yield started


@pytest.fixture
def google(sandbox: Sandbox) -> Iterator[Google]:
    requests.post(f"{sandbox.endpoint}/_sandbox/reset", json={}, timeout=10).raise_for_status()
    yield Google(sandbox)
    requests.delete(f"{sandbox.endpoint}/_sandbox/faults", timeout=10).raise_for_status()


@dataclass
class SheetWorld:
    """A Sheet, and a person who types into it."""

    sheet: Sheet
    type: Callable[[str, int, int, Any], None]
    sort_down: Callable[[str], None]
    protect: Callable[[str, int], None]
    address: Callable[[str, int, int], str]
    note: Callable[[str, int, int], str]


@dataclass
class MailWorld:
    """A Mailbox, and the people who write into it."""

    mailbox: Mailbox
    edit: Callable[[str, bytes], object]
    send_by_hand: Callable[[str], str]
    discard: Callable[[str], object]
    receive: Callable[[bytes], str]
    bin: Callable[[str], object]


@dataclass
class DriveWorld:
    """A Files, and somebody who uploads."""

    files: Files
    put: Callable[..., str]


@pytest.fixture(params=["memory", "google"])
def sheets(request: pytest.FixtureRequest) -> Iterator[SheetWorld]:
    if request.param == "memory":
        sheet = MemorySheet(TABS)
        yield SheetWorld(
            sheet,
            type=sheet.put,
            sort_down=lambda tab: sheet.grids[tab].__setitem__(slice(1, None), _down(sheet.grids[tab][1:])),
            protect=lambda tab, column: sheet.protected.add((tab, column)),
            address=lambda tab, row, column: sheet.addresses.get((tab, row, column), ""),
            note=lambda tab, row, column: sheet.notes.get((tab, row, column), ""),
        )
        return
    google: Google = request.getfixturevalue("google")
    person = SheetPerson(google, google.spreadsheet(TABS))
    with google.connection() as connection:
        yield SheetWorld(
            connection.sheet(person.id, {"Invoices": 1}),
            person.type, person.sort_down, person.protect, person.address, person.note,
        )  # fmt: skip


def _down(rows: Sequence[list[Any]]) -> list[list[Any]]:
    filled = sorted((row for row in rows if any(row)), key=lambda row: row[0], reverse=True)
    return [*filled, *[[] for _ in range(len(rows) - len(filled))]]


class SheetPerson:
    """Somebody who works in the spreadsheet."""

    def __init__(self, google: Google, spreadsheet_id: str) -> None:
        self.id = spreadsheet_id
        self._google = google

    def _tab(self, title: str) -> int:
        answer = self._google.call("GET", f"/v4/spreadsheets/{self.id}?fields=sheets.properties")
        return next(
            s["properties"].get("sheetId", 0) for s in answer["sheets"] if s["properties"]["title"] == title
        )

    def batch(self, *requests_: dict[str, Any]) -> None:
        self._google.call(
            "POST", f"/v4/spreadsheets/{self.id}:batchUpdate", json={"requests": list(requests_)}
        )

    def type(self, tab: str, row: int, column: int, value: Any) -> None:
        start = {"sheetId": self._tab(tab), "rowIndex": row, "columnIndex": column}
        self.batch(
            {
                "updateCells": {
                    "start": start,
                    "rows": [{"values": [cell(value)]}],
                    "fields": "userEnteredValue",
                }
            }
        )

    def sort_down(self, tab: str) -> None:
        span = {"sheetId": self._tab(tab), "startRowIndex": 1}
        order = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
        self.batch({"sortRange": {"range": span, "sortSpecs": order}})

    def protect(self, tab: str, column: int) -> None:
        span = {"sheetId": self._tab(tab), "startColumnIndex": column, "endColumnIndex": column + 1}
        self.batch(
            {
                "addProtectedRange": {
                    "protectedRange": {"range": span, "editors": {"users": ["boss@example.com"]}}
                }
            }
        )

    def _cell(self, tab: str, row: int, column: int) -> dict[str, Any]:
        place = f"'{tab}'!{chr(65 + column)}{row + 1}"
        query = {"ranges": place, "fields": "sheets(data(rowData(values(hyperlink,note,textFormatRuns))))"}
        answer = self._google.call("GET", f"/v4/spreadsheets/{self.id}", params=query)
        rows = answer["sheets"][0].get("data", [{}])[0].get("rowData", [{}])
        return (rows[0].get("values") or [{}])[0]

    def address(self, tab: str, row: int, column: int) -> str:
        found = self._cell(tab, row, column)
        runs = [
            run.get("format", {}).get("link", {}).get("uri", "") for run in found.get("textFormatRuns", ())
        ]
        return next((uri for uri in runs if uri), found.get("hyperlink", ""))

    def note(self, tab: str, row: int, column: int) -> str:
        return self._cell(tab, row, column).get("note", "")


@pytest.fixture(params=["memory", "google"])
def mails(request: pytest.FixtureRequest) -> Iterator[MailWorld]:
    if request.param == "memory":
        box = MemoryMailbox()
        yield MailWorld(box, box.edit, box.send_by_hand, box.discard, box.receive, box.bin)
        return
    google: Google = request.getfixturevalue("google")
    me = "/gmail/v1/users/me"

    def raw(content: bytes) -> dict[str, str]:
        return {"raw": base64.urlsafe_b64encode(content).decode()}

    with google.connection() as connection:
        yield MailWorld(
            connection.mailbox(),
            edit=lambda draft, content: google.call(
                "PUT", f"{me}/drafts/{draft}", json={"message": raw(content)}
            ),
            send_by_hand=lambda draft: google.call("POST", f"{me}/drafts/send", json={"id": draft})["id"],
            discard=lambda draft: google.call("DELETE", f"{me}/drafts/{draft}"),
            receive=lambda content: google.call(
                "POST", f"{me}/messages", json=raw(content) | {"labelIds": ["INBOX", "UNREAD"]}
            )["id"],
            bin=lambda draft: google.call(
                "POST", f"{me}/messages/{google.call('GET', f'{me}/drafts/{draft}')['message']['id']}/trash"
            ),
        )


@pytest.fixture(params=["memory", "google"])
def drives(request: pytest.FixtureRequest) -> Iterator[DriveWorld]:
    if request.param == "memory":
        files = MemoryFiles()
        yield DriveWorld(files, files.put)
        return
    google: Google = request.getfixturevalue("google")

    def put(name: str, kind: str, content: bytes = b"", *, parent: str = "", trashed: bool = False) -> str:
        about = {"name": name, "mimeType": kind, "parents": [parent or "root"]}
        made: str = google.call("POST", "/drive/v3/files", json=about)["id"]
        if content:
            upload = f"/upload/drive/v3/files/{made}?uploadType=media"
            google.call("PATCH", upload, data=content, headers={"Content-Type": kind})
        if trashed:
            google.call("PATCH", f"/drive/v3/files/{made}", json={"trashed": True})
        return made

    with google.connection() as connection:
        yield DriveWorld(connection.files(), put)
