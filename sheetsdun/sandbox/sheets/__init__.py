"""Google Sheets v4, as far as an invoice sheet and the tools around it need it.

Rooms, lowest first:
    areas, a1, masks, errors    rectangles, A1 notation, field masks, Google's refusals
    cells, tab, book            what there is: cells, sheets, spreadsheets
    colours                     each in its two forms
    packing, storage            … kept in SQLite
    locales, serials, patterns, datepatterns, typed    numbers and dates as people type and see them
    formula/, calculated, shown    what cells hold and show
    shifts, structure           rows and columns that come, go and move, and all that moves with them
    protection, edit            one call's work on a clone, and who may do it
    celldata, resource          Google's forms of cells and spreadsheets
    filters, rendering, reading, writing, tables, values    spreadsheets.values
    requests/, founding, spreadsheets    spreadsheets: the requests of their batchUpdate, and how one is made
"""

from __future__ import annotations

from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.sheets.spreadsheets import Spreadsheets
from sheetsdun.sandbox.sheets.storage import Shelf
from sheetsdun.sandbox.sheets.values import Values
from sheetsdun.sandbox.store import Store
from sheetsdun.sandbox.wire import Handler


def handlers(store: Store, clock: Clock) -> dict[str, Handler]:
    """Every method of the Sheets v4 document by its discovery id."""
    shelf = Shelf(store, clock)
    return Spreadsheets(shelf, clock).handlers() | Values(shelf, clock).handlers()
