"""Drive's tables: files and folders, permissions and comments."""

from __future__ import annotations

import json
import secrets
from typing import Any

from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.store import Store
from sheetsdun.sandbox.wire import ApiError, Json

ROOT = "0AErootfolderUk9PVA"
FOLDER = "application/vnd.google-apps.folder"
SHORTCUT = "application/vnd.google-apps.shortcut"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"

_TABLES = """
CREATE TABLE IF NOT EXISTS drive_files (id TEXT PRIMARY KEY, resource TEXT NOT NULL, content BLOB);
CREATE TABLE IF NOT EXISTS drive_attachments
    (file TEXT, kind TEXT, id TEXT, resource TEXT NOT NULL, PRIMARY KEY (file, kind, id));
"""


class Shelf:
    """Files as they are kept: Drive's own fields as JSON, the content beside them.

    A spreadsheet's name, times and whether it is in the bin stand in the table of the Sheets API.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._db = store.db
        self._clock = clock
        with store.transaction() as db:
            for statement in _TABLES.split(";"):
                db.execute(statement)

    def now(self) -> str:
        """The sandbox's time as Drive writes it."""
        return self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def all(self) -> list[Json]:
        """Every file but the root folder, without contents."""
        own = {
            row["id"]: json.loads(row["resource"]) for row in self._db.execute("SELECT * FROM drive_files")
        }
        sheets = {row["id"]: row for row in self._spreadsheets()}
        kept = [file for id_, file in own.items() if id_ not in sheets and file["mimeType"] != SPREADSHEET]
        return kept + [_spreadsheet(row, own.get(id_)) for id_, row in sheets.items()]

    def get(self, file_id: str) -> Json:
        """One file.

        Raises:
            ApiError: There is none with this id (404).
        """
        if file_id in {"root", ROOT}:
            return {"id": ROOT, "name": "My Drive", "mimeType": FOLDER, "createdTime": self.now()}
        found = self._db.execute("SELECT resource FROM drive_files WHERE id = ?", (file_id,)).fetchone()
        own: Json | None = json.loads(found["resource"]) if found else None
        for row in self._spreadsheets(file_id):
            return _spreadsheet(row, own)
        if own is None or own["mimeType"] == SPREADSHEET:
            raise ApiError(404, f"File not found: {file_id}.", "NOT_FOUND", "notFound")
        return own

    def put(self, file: Json, content: bytes | None = None) -> None:
        """Keep a file; its content stays as it is unless given."""
        if file["id"] == ROOT:
            raise ApiError(403, "The root folder cannot be changed.", "PERMISSION_DENIED", "forbidden")
        self._db.execute(
            "INSERT INTO drive_files VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "resource = excluded.resource, content = coalesce(excluded.content, content)",
            (file["id"], json.dumps(file), content),
        )

    def bin(self, spreadsheet_id: str, trashed: bool) -> None:
        """Put a spreadsheet into the bin, or take it out."""
        self._db.execute(
            "UPDATE sheets_spreadsheets SET trashed = ? WHERE id = ?", (int(trashed), spreadsheet_id)
        )

    def content(self, file_id: str) -> bytes:
        """A file's bytes."""
        row = self._db.execute("SELECT content FROM drive_files WHERE id = ?", (file_id,)).fetchone()
        return bytes(row["content"] or b"") if row else b""

    def delete(self, file: Json) -> None:
        """Remove a file for good."""
        self._db.execute("DELETE FROM drive_files WHERE id = ?", (file["id"],))
        self._db.execute("DELETE FROM drive_attachments WHERE file = ?", (file["id"],))
        if file["mimeType"] == SPREADSHEET:
            # The Sheets API does not find what is not in its own list any more.
            self._db.execute("DELETE FROM sheets_spreadsheets WHERE id = ?", (file["id"],))

    def attachments(self, file_id: str, kind: str) -> list[Json]:
        """What hangs on a file: its permissions or comments, in the order in which they were made."""
        query = "SELECT resource FROM drive_attachments WHERE file = ? AND kind = ? ORDER BY rowid"
        return [json.loads(row["resource"]) for row in self._db.execute(query, (file_id, kind))]

    def attach(self, file_id: str, kind: str, resource: Json) -> None:
        """Hang a permission or comment on a file, in place of the one with its id."""
        self._db.execute(
            "INSERT INTO drive_attachments VALUES (?, ?, ?, ?) "
            "ON CONFLICT (file, kind, id) DO UPDATE SET resource = excluded.resource",
            (file_id, kind, resource["id"], json.dumps(resource)),
        )

    def detach(self, file_id: str, kind: str, item_id: str) -> None:
        """Take one off."""
        where = "DELETE FROM drive_attachments WHERE file = ? AND kind = ? AND id = ?"
        self._db.execute(where, (file_id, kind, item_id))

    def _spreadsheets(self, file_id: str | None = None) -> list[Any]:
        query = "SELECT * FROM sheets_spreadsheets WHERE ?1 IS NULL OR id = ?1"
        return self._db.execute(query, (file_id,)).fetchall()


def new_id() -> str:
    """An id such as Drive gives."""
    return "1" + secrets.token_urlsafe(24)


def _spreadsheet(row: Any, own: Json | None) -> Json:
    return {
        "parents": [ROOT],
        **(own or {}),
        "id": row["id"],
        "name": row["title"],
        "mimeType": SPREADSHEET,
        "createdTime": row["created"],
        "modifiedTime": row["modified"],
        "trashed": bool(row["trashed"]),
    }
