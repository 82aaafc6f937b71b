import datetime as dt
import json

import pytest

from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.sheets import handlers
from sheetsdun.sandbox.store import Store
from sheetsdun.sandbox.wire import ApiError, Call

ME = "ar@example.com"
NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


class Google:
    """Calls the engine as the server does, each call in a transaction, its answer written out as JSON."""

    def __init__(self, store, clock):
        self.store = store
        self.clock = clock
        self.handlers = handlers(store, clock)

    def __call__(self, method, body=None, *, path=None, query=None, caller=ME):
        listed = {name: v if isinstance(v, list) else [str(v)] for name, v in (query or {}).items()}
        call = Call(f"sheets.spreadsheets{method}", path or {}, listed, body or {}, caller)
        with self.store.transaction():
            return json.loads(json.dumps(self.handlers[call.method](call)))

    def create(self, **body):
        return Book(self, self(".create", body)["spreadsheetId"])


class Book:
    """One spreadsheet, and what tests ask of it again and again."""

    def __init__(self, google, book_id):
        self.google = google
        self.id = book_id

    def __call__(self, method, body=None, *, path=None, query=None, caller=ME):
        full = {"spreadsheetId": self.id, **(path or {})}
        return self.google(method, body, path=full, query=query, caller=caller)

    def batch(self, *requests, caller=ME, **body):
        return self(".batchUpdate", {"requests": list(requests), **body}, caller=caller)["replies"]

    def refusal(self, *requests, caller=ME):
        before = self.dump()
        with pytest.raises(ApiError) as caught:
            self.batch(*requests, caller=caller)
        assert caught.value.code == 400
        assert self.dump() == before, "a refused batch has changed something"
        return caught.value.message

    def get(self, **query):
        return self(".get", query=query)

    def dump(self):
        return self.get(includeGridData="true")

    def sheet(self, sheet_id=0, **query):
        return next(s for s in self.get(**query)["sheets"] if s["properties"]["sheetId"] == sheet_id)

    def read(self, name="Sheet1", **query):
        return self(".values.get", path={"range": name}, query=query).get("values", [])

    def plain(self, name="Sheet1"):
        return self.read(name, valueRenderOption="UNFORMATTED_VALUE")

    def write(self, name, values, option="RAW", **query):
        asked = {"valueInputOption": option, **query}
        return self(".values.update", {"values": values}, path={"range": name}, query=asked)

    def type(self, name, values):
        return self.write(name, values, "USER_ENTERED")

    def append(self, name, values, **query):
        asked = {"valueInputOption": "RAW", **query}
        return self(".values.append", {"values": values}, path={"range": name}, query=asked)

    def cell(self, name):
        data = self.get(ranges=name, includeGridData="true")["sheets"][0]["data"][0]
        return data.get("rowData", [{}])[0].get("values", [{}])[0]

    def shape(self, sheet_id=0):
        grid = self.sheet(sheet_id)["properties"]["gridProperties"]
        return grid["rowCount"], grid["columnCount"]


@pytest.fixture
def clock():
    clock = Clock()
    clock.set(NOON)
    return clock


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "google.db")
    yield store
    store.close()


@pytest.fixture
def google(store, clock):
    return Google(store, clock)


@pytest.fixture
def book(google):
    return google.create(properties={"title": "Invoices"})
