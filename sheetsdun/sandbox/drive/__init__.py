"""Drive v3, as far as files are found by title, made, shared, read and exported.

Every account sees every file: who may do what is not asked here. Spreadsheets are those of the Sheets API; what
Drive alone knows of them (parents, description, star) is kept beside.

Rooms, from the API down:
    files, sharing     the methods, one function each
    resources          a file as Drive shows it, and what of it is shown unasked
    listing, query     a page of files.list, and the search language of ``q``
    spreadsheets       what is asked of the Sheets API
    shelf              the SQLite tables
"""

from __future__ import annotations

from collections.abc import Mapping

from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.drive.files import Files
from sheetsdun.sandbox.drive.sharing import Sharing
from sheetsdun.sandbox.drive.shelf import Shelf
from sheetsdun.sandbox.drive.spreadsheets import Spreadsheets
from sheetsdun.sandbox.store import Store
from sheetsdun.sandbox.wire import Handler


def handlers(store: Store, clock: Clock, sheets: Mapping[str, Handler]) -> dict[str, Handler]:
    """The methods by their discovery ids, such as ``drive.files.list``.

    Args:
        store: Where files are kept; Drive's tables are created where they are missing.
        clock: What time it is.
        sheets: The handlers of the Sheets API, which makes, renames, copies and reads spreadsheets.
    """
    shelf = Shelf(store, clock)
    return {**Files(shelf, Spreadsheets(sheets)).methods(), **Sharing(shelf).methods()}
