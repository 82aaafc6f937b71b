"""Spreadsheets in SQLite: the grid in blocks of rows, of which only the changed ones are written.

What is kept in memory is a copy, valid as long as its revision is the one in the file: so whatever rolls a
transaction back, or changes the tables, is followed without being told.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from operator import is_
from typing import Any

from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.sheets.book import Book, Metadata, Place
from sheetsdun.sandbox.sheets.errors import not_found
from sheetsdun.sandbox.sheets.packing import pack_rows, unpack_rows
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.store import Store

_BLOCK = 128
_TABLES = """
CREATE TABLE IF NOT EXISTS sheets_spreadsheets
    (id TEXT PRIMARY KEY, title TEXT, created TEXT, modified TEXT, trashed INTEGER);
CREATE TABLE IF NOT EXISTS sheets_books (id TEXT PRIMARY KEY, revision INTEGER, body TEXT);
CREATE TABLE IF NOT EXISTS sheets_tabs (book TEXT, sheet INTEGER, body TEXT, PRIMARY KEY (book, sheet));
CREATE TABLE IF NOT EXISTS sheets_blocks
    (book TEXT, sheet INTEGER, number INTEGER, body TEXT, PRIMARY KEY (book, sheet, number)) WITHOUT ROWID;
"""


class Shelf:
    """All spreadsheets of the sandbox."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._books: dict[str, tuple[int, Book]] = {}
        with store.transaction() as db:
            for statement in _TABLES.split(";"):
                db.execute(statement)

    def get(self, book_id: str) -> Book:
        """A spreadsheet, not to be changed: ``clone`` it first.

        Raises:
            ApiError: There is none with this id (404).
        """
        with self._store.transaction() as db:
            found = db.execute(
                "SELECT revision FROM sheets_books JOIN sheets_spreadsheets USING (id) WHERE id = ?",
                (book_id,),
            ).fetchone()
        if found is None:
            self._books.pop(book_id, None)
            raise not_found()
        revision, book = self._books.get(book_id, (None, None))
        if book is None or revision != found["revision"]:
            book = self._load(book_id)
            self._books[book_id] = (found["revision"], book)
        return book

    def put(self, book: Book) -> None:
        """Keep a spreadsheet that is new, or a changed clone of the one kept."""
        _, old = self._books.get(book.book_id, (0, None))
        revision = secrets.randbits(62)
        now = self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        body = {
            "owner": book.owner,
            "properties": book.properties,
            "order": [tab.sheet_id for tab in book.tabs],
            "named": book.named,
            "metadata": [asdict(entry) for entry in book.metadata.values()],
        }
        with self._store.transaction() as db:
            db.execute(
                "INSERT INTO sheets_spreadsheets VALUES (?, ?, ?, ?, 0) "
                "ON CONFLICT (id) DO UPDATE SET title = excluded.title, modified = excluded.modified",
                (book.book_id, book.properties["title"], now, now),
            )
            db.execute("REPLACE INTO sheets_books VALUES (?, ?, ?)", (book.book_id, revision, _dump(body)))
            kept = {tab.sheet_id: tab for tab in old.tabs} if old else {}
            for tab in book.tabs:
                self._put_tab(book.book_id, tab, kept.pop(tab.sheet_id, None))
            for sheet_id in kept:
                for table in ("sheets_tabs", "sheets_blocks"):
                    where = f"DELETE FROM {table} WHERE book = ? AND sheet = ?"  # noqa: S608 - two fixed names
                    db.execute(where, (book.book_id, sheet_id))
        self._books[book.book_id] = (revision, book)

    def _put_tab(self, book_id: str, tab: Tab, old: Tab | None) -> None:
        db = self._store.db
        body = _tab_body(tab)
        if old is None or _tab_body(old) != body:
            db.execute("REPLACE INTO sheets_tabs VALUES (?, ?, ?)", (book_id, tab.sheet_id, _dump(body)))
        before = old.rows if old else []
        if before is tab.rows:
            return
        for start in range(0, len(tab.rows), _BLOCK):
            rows = tab.rows[start : start + _BLOCK]
            was = before[start : start + _BLOCK]
            if len(was) != len(rows) or not all(map(is_, was, rows)):
                db.execute(
                    "REPLACE INTO sheets_blocks VALUES (?, ?, ?, ?)",
                    (book_id, tab.sheet_id, start // _BLOCK, pack_rows(rows)),
                )
        db.execute(
            "DELETE FROM sheets_blocks WHERE book = ? AND sheet = ? AND number >= ?",
            (book_id, tab.sheet_id, -(-len(tab.rows) // _BLOCK)),
        )

    def _load(self, book_id: str) -> Book:
        db = self._store.db
        body = json.loads(
            db.execute("SELECT body FROM sheets_books WHERE id = ?", (book_id,)).fetchone()["body"]
        )
        tabs = {}
        for found in db.execute("SELECT sheet, body FROM sheets_tabs WHERE book = ?", (book_id,)):
            tab = _tab_from(json.loads(found["body"]))
            blocks = db.execute(
                "SELECT number, body FROM sheets_blocks WHERE book = ? AND sheet = ? ORDER BY number",
                (book_id, found["sheet"]),
            )
            shared: dict[str, Any] = {}
            tab.rows = [row for block in blocks for row in unpack_rows(block["body"], shared)]
            tabs[tab.sheet_id] = tab
        entries = [Metadata(**{**entry, "place": Place(**entry["place"])}) for entry in body["metadata"]]
        return Book(
            book_id,
            body["owner"],
            body["properties"],
            [tabs[sheet_id] for sheet_id in body["order"]],
            body["named"],
            {entry.metadata_id: entry for entry in entries},
        )


def _tab_body(tab: Tab) -> dict[str, Any]:
    return {
        "sheet_id": tab.sheet_id,
        "title": tab.title,
        "row_count": tab.row_count,
        "column_count": tab.column_count,
        "properties": tab.properties,
        "grid_properties": tab.grid_properties,
        "sizes": {axis: list(sizes.items()) for axis, sizes in tab.sizes.items()},
        "things": tab.things,
        "basic_filter": tab.basic_filter,
        "formulas": tab.formulas,
    }


def _tab_from(body: dict[str, Any]) -> Tab:
    sizes = {axis: dict(pairs) for axis, pairs in body.pop("sizes").items()}
    return Tab(**body, sizes=sizes)


def _dump(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
