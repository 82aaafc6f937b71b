"""The embedded Google, somebody's spreadsheet in it, and the command line in a folder of its own."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner, Result

from sheetsdun.cli import cli, terminal
from sheetsdun.config import render
from sheetsdun.google import auth
from sheetsdun.google.connection import Connection, Endpoints
from sheetsdun.sandbox.launch import Sandbox

MAILBOX = "ar@example.com"
HEADER = ["Invoice", "Customer", "Email", "Amount", "Due", "Paid"]
ROW = ["INV-1", "Ada Ltd", "ada@ada.example", 100, dt.date(2026, 11, 30), ""]


class Google:
    """The embedded Google, and a person at its API."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._person = {"Authorization": f"Bearer {self.call('POST', '/_sandbox/token')['access_token']}"}

    def call(self, method: str, path: str, **content: Any) -> Any:
        headers = (self._person if hasattr(self, "_person") else {}) | content.pop("headers", {})
        answer = requests.request(
            method, self.sandbox.endpoint + path, headers=headers, timeout=10, **content
        )
        assert answer.ok, answer.text
        return answer.json() if answer.content else {}

    def spreadsheet(self, tabs: dict[str, list[list[Any]]], locale: str = "en_GB", **properties: Any) -> str:
        """A new spreadsheet with these tabs; its id."""
        sheets = [
            {
                "properties": {"title": title},
                "data": [{"rowData": [{"values": list(map(cell, row))} for row in rows]}],
            }
            for title, rows in tabs.items()
        ]
        made = {
            "properties": {
                "title": "Receivables",
                "locale": locale,
                "timeZone": "Europe/Berlin",
                **properties,
            },
            "sheets": sheets,
        }
        return str(self.call("POST", "/v4/spreadsheets", json=made)["spreadsheetId"])

    def everything(self, spreadsheet: str) -> Any:
        """All that there is to know of a spreadsheet, but for when it was read."""
        return self.call("GET", f"/v4/spreadsheets/{spreadsheet}", params={"includeGridData": "true"})

    def values(self, spreadsheet: str, cells: str) -> list[list[str]]:
        return self.call("GET", f"/v4/spreadsheets/{spreadsheet}/values/{cells}").get("values", [])

    def put(self, spreadsheet: str, place: str, value: str) -> None:
        path = f"/v4/spreadsheets/{spreadsheet}/values/{place}"
        self.call("PUT", path, params={"valueInputOption": "RAW"}, json={"values": [[value]]})

    def fault(self, **fault: Any) -> None:
        self.call("POST", "/_sandbox/faults", json=fault)

    def connection(self) -> Connection:
        where = self.sandbox.endpoint
        access = auth.access(self.sandbox.credentials, mailbox=MAILBOX)
        return Connection(access, Endpoints(where, where))


def cell(value: Any) -> dict[str, Any]:
    if isinstance(value, dt.date):
        day = {"numberValue": (value - dt.date(1899, 12, 30)).days}
        return {"userEnteredValue": day, "userEnteredFormat": {"numberFormat": {"type": "DATE"}}}
    if isinstance(value, str):
        return {"userEnteredValue": {"stringValue": value}} if value else {}
    return {"userEnteredValue": {"numberValue": value}}


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(tmp_path_factory.mktemp("google"), mailbox=MAILBOX) as started:
        yield started


@pytest.fixture
def google(sandbox: Sandbox) -> Google:
    requests.post(f"{sandbox.endpoint}/_sandbox/reset", json={}, timeout=10).raise_for_status()
    return Google(sandbox)


class Desk:
    """A folder with a config, and the command line in it."""

    def __init__(self, google: Google, folder: Path) -> None:
        self.google = google
        self.folder = folder
        self.config = folder / "sheetsdun.toml"
        self.credentials = folder / "credentials.json"

    def run(self, *arguments: str, **options: Any) -> Result:
        """Run a command, which ends with an exit code and never with a traceback."""
        result = CliRunner().invoke(cli, list(arguments), **options)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def hand_out(self, kind: str = "service_account") -> None:
        """Save the credentials that Google's console hands out."""
        sandbox = self.google.sandbox
        source = sandbox.credentials if kind == "service_account" else sandbox.client_secret
        self.credentials.write_bytes(source.read_bytes())
        self.credentials.chmod(0o600)

    def person(self, account: str = MAILBOX, *scopes: str) -> None:
        """Save an authorized_user file of somebody who has consented to these scopes."""
        client = json.loads(self.google.sandbox.client_secret.read_text())["installed"]
        granted = frozenset(scopes or auth.SCOPES)
        refresh = self.google.sandbox.tokens.refresh(account, granted)
        kept = {name: client[name] for name in ("client_id", "client_secret", "token_uri")}
        self.credentials.write_text(json.dumps({"type": "authorized_user", "refresh_token": refresh, **kept}))
        self.credentials.chmod(0o600)

    def write(self, spreadsheet: str, more: str = "", mailbox: str = MAILBOX, **settings: Any) -> None:
        """Write a config with nothing left to be desired, and ``more``."""
        where = dict.fromkeys(("sheets", "gmail", "drive"), self.google.sandbox.endpoint)
        text = render(spreadsheet, mailbox, endpoints=where, sender="Accounts", **settings)
        for name in ("owner", "signature", "payment"):
            text = text.replace(f'{name} = ""', f'{name} = "boss@example.com"')
        self.config.write_text(text + more, encoding="utf-8")


@pytest.fixture
def desk(google: Google, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SHEETSDUN_CREDENTIALS", raising=False)
    monkeypatch.delenv("SHEETSDUN_CONFIG", raising=False)
    # A server that is not there is asked four times, with pauses; nobody waits for those here.
    monkeypatch.setitem(Connection.__init__.__kwdefaults__, "sleep", lambda _: None)
    return Desk(google, folder)


@pytest.fixture
def attended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "attended", lambda: True)


@pytest.fixture
def ready(desk: Desk) -> str:
    """A desk where all is well: a spreadsheet that is set up, its config, credentials. The spreadsheet's id."""
    spreadsheet = desk.google.spreadsheet({"Invoices": [HEADER, ROW]})
    desk.hand_out()
    desk.write(spreadsheet)
    assert desk.run("setup", "--yes").exit_code == 0
    return spreadsheet
