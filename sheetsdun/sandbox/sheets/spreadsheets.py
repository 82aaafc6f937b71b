"""The methods of spreadsheets, their sheets and their developer metadata."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.sheets import filters, resource
from sheetsdun.sandbox.sheets.areas import Area
from sheetsdun.sandbox.sheets.edit import Edit, new_id
from sheetsdun.sandbox.sheets.errors import invalid, not_found
from sheetsdun.sandbox.sheets.founding import furnish, new_book
from sheetsdun.sandbox.sheets.masks import ALL, Mask, below, parse_mask
from sheetsdun.sandbox.sheets.requests import carry_out
from sheetsdun.sandbox.sheets.requests.sheets import copy_tab, copy_title
from sheetsdun.sandbox.sheets.shown import Lens
from sheetsdun.sandbox.sheets.storage import Shelf
from sheetsdun.sandbox.wire import Call, Handler, Json

_PREFIX = "sheets.spreadsheets."


class Spreadsheets:
    """Spreadsheets as a whole: made, read and changed in batches."""

    def __init__(self, shelf: Shelf, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock

    def handlers(self) -> dict[str, Handler]:
        """The methods by discovery id."""
        return {
            _PREFIX + "create": self.create,
            _PREFIX + "get": self.get,
            _PREFIX + "getByDataFilter": self.get_by_data_filter,
            _PREFIX + "batchUpdate": self.batch_update,
            _PREFIX + "sheets.copyTo": self.copy_to,
            _PREFIX + "developerMetadata.get": self.get_metadata,
            _PREFIX + "developerMetadata.search": self.search_metadata,
        }

    def create(self, call: Call) -> Json:
        """spreadsheets.create."""
        edit = Edit(new_book(call.body, call.caller), call.caller, self._clock.now())
        furnish(edit, call.body)
        self._shelf.put(edit.book)
        return resource.spreadsheet(edit.lens(), call.caller, None, None, grid=False)

    def get(self, call: Call) -> Json:
        """spreadsheets.get."""
        lens = self._lens(call)
        areas = [lens.book.on_grid(lens.book.find(text)[0]) for text in call.many("ranges")]
        return self._shown(call, lens, areas or None, grid=call.flag("includeGridData"))

    def get_by_data_filter(self, call: Call) -> Json:
        """spreadsheets.getByDataFilter."""
        lens = self._lens(call)
        wanted = call.body.get("dataFilters") or []
        chosen = [area for each in wanted for area, _ in filters.areas(lens.book, each)]
        return self._shown(
            call, lens, chosen if wanted else None, grid=bool(call.body.get("includeGridData"))
        )

    def batch_update(self, call: Call) -> Json:
        """spreadsheets.batchUpdate: every request is carried out on a clone, and kept only if all could be."""
        requests = call.body.get("requests") or []
        if not requests:
            raise invalid("Must specify at least one request.")
        book = self._shelf.get(call.path["spreadsheetId"])
        edit = Edit(book, call.caller, self._clock.now())
        replies = [carry_out(edit, request, index) for index, request in enumerate(requests)]
        out: Json = {"spreadsheetId": book.book_id, "replies": replies}
        if call.body.get("includeSpreadsheetInResponse"):
            mask = _mask(call)
            areas = [edit.book.find(text)[0] for text in call.body.get("responseRanges") or ()]
            out["updatedSpreadsheet"] = resource.spreadsheet(
                edit.lens(),
                call.caller,
                areas or None,
                None if mask is None else below(mask, "updatedSpreadsheet"),
                grid=bool(call.body.get("responseIncludeGridData")),
            )
        self._shelf.put(edit.book)
        return out

    def copy_to(self, call: Call) -> Json:
        """spreadsheets.sheets.copyTo."""
        source = self._shelf.get(call.path["spreadsheetId"]).find_tab(int(call.path["sheetId"]))
        if source is None:
            raise invalid(f"The sheet ({call.path['sheetId']}) does not exist.")
        book = self._shelf.get(call.body.get("destinationSpreadsheetId") or "")
        edit = Edit(book, call.caller, self._clock.now())
        sheet_id = new_id(tab.sheet_id for tab in book.tabs)
        edit.book.tabs.append(copy_tab(source, sheet_id, copy_title(book, source.title)))
        edit.check_size()
        self._shelf.put(edit.book)
        return resource.sheet_properties(edit.book.tabs[-1], len(edit.book.tabs) - 1)

    def get_metadata(self, call: Call) -> Json:
        """spreadsheets.developerMetadata.get."""
        book = self._shelf.get(call.path["spreadsheetId"])
        entry = book.metadata.get(int(call.path["metadataId"]))
        if entry is None:
            raise not_found()
        return resource.shown_metadata(entry)

    def search_metadata(self, call: Call) -> Json:
        """spreadsheets.developerMetadata.search."""
        book = self._shelf.get(call.path["spreadsheetId"])
        wanted = call.body.get("dataFilters") or []
        if not wanted:
            raise invalid("Must specify at least one data filter.")
        found = filters.matching_metadata(book, wanted)
        matched = [
            {"developerMetadata": resource.shown_metadata(entry), "dataFilters": used}
            for entry, used in found
        ]
        return {"matchedDeveloperMetadata": matched} if matched else {}

    def _lens(self, call: Call) -> Lens:
        return Lens(self._shelf.get(call.path["spreadsheetId"]), self._clock.now())

    @staticmethod
    def _shown(call: Call, lens: Lens, areas: Sequence[Area] | None, *, grid: bool) -> Json:
        return resource.spreadsheet(lens, call.caller, areas, _mask(call), grid=grid)


def _mask(call: Call) -> Mask | None:
    """The mask on the reply; the server cuts the reply to it, here it only saves work."""
    text = call.one("fields")
    if not text:
        return None
    mask = parse_mask(text)
    # A mask of everything includes the grid, as Google has it.
    return mask or {"*": ALL}
