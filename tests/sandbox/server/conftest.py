"""A sandbox whose APIs are a few lines of the tests' own, and stock clients that talk to it."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import googleapiclient
import pytest
import requests
from google.oauth2 import service_account
from googleapiclient.discovery import build_from_document

from sheetsdun.sandbox import keys
from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.launch import Sandbox
from sheetsdun.sandbox.store import Store
from sheetsdun.sandbox.wire import ApiError, Call, Handler, Raw

GMAIL_SCOPE = "https://mail.google.com/"
SHEETS_SCOPE = "https://www.googleapis.com/auth/spreadsheets"
DRIVE_SCOPE = "https://www.googleapis.com/auth/drive"
SCOPES = (GMAIL_SCOPE, SHEETS_SCOPE, DRIVE_SCOPE)


class Stub:
    """APIs that keep what they are given: each call is noted, drafts and labels are rows of a table."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.answers: dict[str, Any] = {}

    def build(self, store: Store, _clock: Clock) -> Mapping[str, Handler]:
        with store.transaction() as db:
            db.execute("CREATE TABLE IF NOT EXISTS stub_rows (id INTEGER PRIMARY KEY, text TEXT)")
            db.execute(
                "CREATE TABLE IF NOT EXISTS sheets_spreadsheets (id, title, created, modified, trashed)"
            )
        self.store = store
        names = (
            "get",
            "create",
            "batchUpdate",
            "values.get",
            "values.update",
            "values.append",
            "values.batchGet",
        )
        handlers: dict[str, Handler] = {f"sheets.spreadsheets.{name}": self._echo for name in names}
        for name in ("messages.send", "messages.insert", "messages.list", "drafts.send", "drafts.get"):
            handlers[f"gmail.users.{name}"] = self._echo
        handlers["gmail.users.drafts.create"] = self._add
        handlers["gmail.users.drafts.delete"] = lambda call: self._note(call, {})
        handlers["gmail.users.labels.list"] = self._rows
        handlers["gmail.users.labels.create"] = self._add
        handlers["gmail.users.threads.get"] = self._half_way
        handlers["gmail.users.threads.list"] = self._broken
        handlers["drive.files.get"] = lambda _: Raw(b"\x00\xff", "image/png")
        return handlers

    @property
    def last(self) -> Call:
        return self.calls[-1]

    def rows(self) -> list[str]:
        with self.store.transaction() as db:
            return [row["text"] for row in db.execute("SELECT text FROM stub_rows ORDER BY id")]

    def _note(self, call: Call, answer: dict[str, Any]) -> dict[str, Any]:
        self.calls.append(call)
        return self.answers.get(call.method, answer)

    def _echo(self, call: Call) -> dict[str, Any]:
        return self._note(call, {})

    def _add(self, call: Call) -> dict[str, Any]:
        text = call.body.get("name") or call.body.get("id") or "row"
        number = self.store.db.execute("INSERT INTO stub_rows (text) VALUES (?)", (text,)).lastrowid
        return self._note(call, {"id": f"r{number}"})

    def _rows(self, call: Call) -> dict[str, Any]:
        return self._note(call, {"labels": [{"id": text, "name": text} for text in self.rows()]})

    def _half_way(self, _: Call) -> dict[str, Any]:
        self.store.db.execute("INSERT INTO stub_rows (text) VALUES ('half')")
        raise ApiError(404, "Requested entity was not found.", "NOT_FOUND", "notFound")

    def _broken(self, _: Call) -> dict[str, Any]:
        return {}["nothing"]


@pytest.fixture
def stub() -> Stub:
    return Stub()


@pytest.fixture(scope="session")
def made_keys(tmp_path_factory) -> Path:
    """Credential files made once: an RSA key takes its time."""
    folder: Path = tmp_path_factory.mktemp("keys")
    keys.prepare(folder, "http://127.0.0.1:1")
    return folder


@pytest.fixture
def data(tmp_path, made_keys) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(made_keys, folder)
    return folder


@pytest.fixture
def sandbox(data, stub) -> Iterator[Sandbox]:
    with Sandbox(data, build=stub.build) as running:
        yield running


class Client(requests.Session):
    """requests, signed in, with paths instead of URLs."""

    def __init__(
        self, sandbox: Sandbox, scopes: tuple[str, ...] = SCOPES, user: str = "ar@example.com"
    ) -> None:
        super().__init__()
        self._endpoint = sandbox.endpoint
        self.headers["Authorization"] = f"Bearer {sandbox.tokens.access(user, frozenset(scopes))}"

    def request(self, method, url, *args, **more):
        return super().request(method, self._endpoint + url if url.startswith("/") else url, *args, **more)


@pytest.fixture
def sign_in() -> Iterator[Callable[..., Client]]:
    """Makes clients of a sandbox, and closes them at the end."""
    with ExitStack() as open_ones:
        yield lambda *args, **more: open_ones.enter_context(Client(*args, **more))


@pytest.fixture
def client(sandbox, sign_in) -> Client:
    return sign_in(sandbox)


def _delegated(sandbox: Sandbox, scopes: tuple[str, ...] = SCOPES) -> service_account.Credentials:
    """What the stock google-auth makes of the sandbox's service account file."""
    return service_account.Credentials.from_service_account_file(
        str(sandbox.credentials), scopes=list(scopes), subject=sandbox.mailbox
    )


@contextmanager
def _stock_service(sandbox: Sandbox, name: str) -> Iterator[Any]:
    """The stock google-api-python-client, its shipped document pointed at the sandbox."""
    folder = Path(googleapiclient.__path__[0], "discovery_cache", "documents")
    document = json.loads((folder / f"{name}.json").read_text())
    del document["mtlsRootUrl"]
    document |= {
        "rootUrl": sandbox.endpoint + "/",
        "baseUrl": f"{sandbox.endpoint}/{document['servicePath']}",
    }
    with build_from_document(document, credentials=_delegated(sandbox)) as service:
        yield service


@pytest.fixture
def delegated(sandbox) -> service_account.Credentials:
    return _delegated(sandbox)


@pytest.fixture
def stock_service(sandbox) -> Callable[[str], AbstractContextManager[Any]]:
    return partial(_stock_service, sandbox)


@pytest.fixture
def gmail(sandbox) -> Iterator[Any]:
    with _stock_service(sandbox, "gmail.v1") as service:
        yield service
