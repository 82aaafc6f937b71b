"""What was answered is kept; what was not is not there."""

import os
import subprocess
import sys
import textwrap

import pytest

from sheetsdun.sandbox.sheets import handlers
from sheetsdun.sandbox.store import Store
from sheetsdun.sandbox.wire import ApiError, Call


def fresh(google):
    """The same spreadsheets, seen by an engine that has nothing in memory."""
    google.handlers = handlers(google.store, google.clock)


def test_everything_is_there_after_a_restart(google, book):
    book.type("A1", [["2026-11-21", "=A1+1", "x", "TRUE", "1.5"]])
    book.write("A700", [["far below"]])
    rule = {"condition": {"type": "BOOLEAN"}}
    book.batch(
        {"addSheet": {"properties": {"title": "Log", "sheetId": 3, "hidden": True}}},
        {"setDataValidation": {"range": {"startColumnIndex": 3, "endColumnIndex": 4}, "rule": rule}},
        {"addNamedRange": {"namedRange": {"name": "N", "range": {"sheetId": 3, "endRowIndex": 1}}}},
        {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataKey": "k",
                    "visibility": "DOCUMENT",
                    "location": {"dimensionRange": {"dimension": "ROWS", "startIndex": 3, "endIndex": 4}},
                }
            }
        },
        {
            "updateDimensionProperties": {
                "range": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2},
                "properties": {"pixelSize": 200},
                "fields": "pixelSize",
            }
        },
    )
    before = book.dump()
    fresh(google)
    assert book.dump() == before


@pytest.mark.parametrize(
    "change",
    [
        {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 100, "endIndex": 101}}},
        {"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 5, "endIndex": 290}}},
        {"sortRange": {"range": {"endRowIndex": 300}, "sortSpecs": [{"sortOrder": "DESCENDING"}]}},
        {"deleteDimension": {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}}},
    ],
)
def test_blocks_follow_every_change(google, book, change):
    book.write("A1", [[number, f"row {number}"] for number in range(300)])
    fresh(google)
    book.batch(change)
    expected = book.plain()
    fresh(google)
    assert book.plain() == expected


def test_only_changed_blocks_are_written(google, book):
    book.write("A1", [[number] for number in range(1000)])
    statements = []
    google.store.db.set_trace_callback(statements.append)
    book.write("A500", [["x"]])
    google.store.db.set_trace_callback(None)
    written = [each for each in statements if each.startswith("REPLACE INTO sheets_blocks")]
    assert len(written) == 1


def test_what_the_server_rolls_back_is_forgotten_too(google, book):
    def interrupted():
        with google.store.transaction():
            book.write("A1", [["lost"]])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert book.read() == []
    book.write("A1", [["kept"]])
    assert book.read() == [["kept"]]


def test_a_spreadsheet_taken_out_of_the_tables_is_gone(google, book):
    google.store.db.execute("DELETE FROM sheets_spreadsheets")
    with pytest.raises(ApiError) as caught:
        book.read()
    assert caught.value.code == 404


def test_a_killed_process_loses_nothing_that_was_answered(tmp_path, clock):
    script = textwrap.dedent("""
        import os, signal, sys
        from pathlib import Path
        from sheetsdun.sandbox.clock import Clock
        from sheetsdun.sandbox.sheets import handlers
        from sheetsdun.sandbox.store import Store
        from sheetsdun.sandbox.wire import Call

        store = Store(Path(sys.argv[1]))
        methods = handlers(store, Clock())

        def call(method, body, **path):
            asked = Call(f"sheets.spreadsheets.{method}", path, {"valueInputOption": ["RAW"]}, body, "me")
            with store.transaction():
                return methods[asked.method](asked)

        book = call("create", {})["spreadsheetId"]
        call("values.update", {"values": [["answered"]]}, spreadsheetId=book, range="A1")
        print(book, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "google.db")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
    )
    assert run.returncode == -9, run.stderr
    store = Store(tmp_path / "google.db")
    path = {"spreadsheetId": run.stdout.strip(), "range": "A1"}
    read = handlers(store, clock)["sheets.spreadsheets.values.get"](Call("", path, {}, {}, "me"))
    store.close()
    assert read["values"] == [["answered"]]
