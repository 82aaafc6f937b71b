"""The methods of spreadsheets.values."""

from __future__ import annotations

from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.sheets import filters
from sheetsdun.sandbox.sheets.areas import ROWS, Area, Box
from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid, within
from sheetsdun.sandbox.sheets.reading import value_range
from sheetsdun.sandbox.sheets.rendering import Rendering, asked, echo, echo_of_body, rendering
from sheetsdun.sandbox.sheets.shifts import Insertion
from sheetsdun.sandbox.sheets.shown import Lens
from sheetsdun.sandbox.sheets.storage import Shelf
from sheetsdun.sandbox.sheets.tables import find_table
from sheetsdun.sandbox.sheets.writing import Written, by_rows, check_option, clear, write
from sheetsdun.sandbox.wire import ApiError, Call, Handler, Json

_PREFIX = "sheets.spreadsheets.values."


class Values:
    """Reads and writes of plain values."""

    def __init__(self, shelf: Shelf, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock

    def handlers(self) -> dict[str, Handler]:
        """The methods by discovery id."""
        return {
            _PREFIX + "get": self.get,
            _PREFIX + "batchGet": self.batch_get,
            _PREFIX + "batchGetByDataFilter": self.batch_get_by_data_filter,
            _PREFIX + "update": self.update,
            _PREFIX + "batchUpdate": self.batch_update,
            _PREFIX + "batchUpdateByDataFilter": self.batch_update_by_data_filter,
            _PREFIX + "append": self.append,
            _PREFIX + "clear": self.clear,
            _PREFIX + "batchClear": self.batch_clear,
            _PREFIX + "batchClearByDataFilter": self.batch_clear_by_data_filter,
        }

    def get(self, call: Call) -> Json:
        """values.get."""
        lens = self._lens(call)
        area, _ = lens.book.find(call.path["range"])
        return value_range(lens, lens.book.on_grid(area), asked(call))

    def batch_get(self, call: Call) -> Json:
        """values.batchGet."""
        lens, how = self._lens(call), asked(call)
        boxes = [lens.book.on_grid(lens.book.find(text)[0]) for text in call.many("ranges")]
        out: Json = {"spreadsheetId": lens.book.book_id}
        if boxes:
            out["valueRanges"] = [value_range(lens, box, how) for box in boxes]
        return out

    def batch_get_by_data_filter(self, call: Call) -> Json:
        """values.batchGetByDataFilter."""
        lens, how = self._lens(call), rendering(call.body, "")
        chosen: dict[Area, list[Json]] = {}
        for each in call.body.get("dataFilters") or ():
            for area, _ in filters.areas(lens.book, each):
                chosen.setdefault(area, []).append(each)
        return {
            "spreadsheetId": lens.book.book_id,
            "valueRanges": [
                {"valueRange": value_range(lens, lens.book.on_grid(area), how), "dataFilters": used}
                for area, used in chosen.items()
            ],
        }

    def update(self, call: Call) -> Json:
        """values.update."""
        edit = self._edit(call)
        option = check_option(call.one("valueInputOption"))
        written = _write(edit, {"range": call.path["range"]} | call.body, option, call.path["range"])
        self._shelf.put(edit.book)
        return _updated(edit, written, echo(call))

    def batch_update(self, call: Call) -> Json:
        """values.batchUpdate: all of it or nothing."""
        edit = self._edit(call)
        option = check_option(call.body.get("valueInputOption") or "")
        done = []
        for index, data in enumerate(call.body.get("data") or ()):
            try:
                done.append(_write(edit, data, option, data.get("range") or ""))
            except ApiError as error:
                raise within(f"data[{index}]", error) from error
        self._shelf.put(edit.book)
        shown = echo_of_body(call.body)
        return _totals(edit, done) | {"responses": [_updated(edit, written, shown) for written in done]}

    def batch_update_by_data_filter(self, call: Call) -> Json:
        """values.batchUpdateByDataFilter: all of it or nothing."""
        edit = self._edit(call)
        option = check_option(call.body.get("valueInputOption") or "")
        done: list[tuple[Json, Written]] = []
        for index, data in enumerate(call.body.get("data") or ()):
            try:
                for area, single in filters.areas(edit.book, data.get("dataFilter") or {}):
                    rows = by_rows(data.get("values") or [], data.get("majorDimension") or ROWS)
                    done.append((data["dataFilter"], write(edit, area, rows, option, single=single)))
            except ApiError as error:
                raise within(f"data[{index}]", error) from error
        self._shelf.put(edit.book)
        shown = echo_of_body(call.body)
        responses = []
        for used, written in done:
            answer = _updated(edit, written, shown)
            answer.pop("spreadsheetId")
            responses.append(answer | {"dataFilter": used})
        return _totals(edit, [written for _, written in done]) | {"responses": responses}

    def append(self, call: Call) -> Json:
        """values.append: after the last table in the range; the grid grows where it must."""
        edit = self._edit(call)
        option = check_option(call.one("valueInputOption"))
        area, _ = edit.book.find(call.path["range"])
        tab, box = edit.tab(area.sheet_id), edit.book.on_grid(area)
        values = by_rows(call.body.get("values") or [], call.body.get("majorDimension") or ROWS)
        table = find_table(tab, box)
        top, left = (table.bottom, table.left) if table else (box.top, box.left)
        if call.one("insertDataOption") == "INSERT_ROWS" and values:
            edit.shift(tab, Insertion(ROWS, top, len(values)))
        width = max(map(len, values), default=0)
        edit.grow(tab, top + len(values) - tab.row_count, left + width - tab.column_count)
        answer: Json = {"spreadsheetId": edit.book.book_id}
        if table:
            answer["tableRange"] = edit.book.name_of(table)
        target = Area(tab.sheet_id, min(top, tab.row_count - 1), None, left, None)
        written = write(edit, target, values, option, single=True)
        self._shelf.put(edit.book)
        return answer | {"updates": _updated(edit, written, echo(call))}

    def clear(self, call: Call) -> Json:
        """values.clear."""
        edit = self._edit(call)
        box = _clear(edit, edit.book.find(call.path["range"])[0])
        self._shelf.put(edit.book)
        return {"spreadsheetId": edit.book.book_id, "clearedRange": edit.book.name_of(box)}

    def batch_clear(self, call: Call) -> Json:
        """values.batchClear: all of it or nothing."""
        edit = self._edit(call)
        cleared = []
        for index, text in enumerate(call.body.get("ranges") or ()):
            try:
                cleared.append(_clear(edit, edit.book.find(text)[0]))
            except ApiError as error:
                raise within(f"range[{index}]", error) from error
        return self._cleared(edit, cleared)

    def batch_clear_by_data_filter(self, call: Call) -> Json:
        """values.batchClearByDataFilter."""
        edit = self._edit(call)
        chosen = [
            area for each in call.body.get("dataFilters") or () for area, _ in filters.areas(edit.book, each)
        ]
        return self._cleared(edit, [_clear(edit, area) for area in chosen])

    def _cleared(self, edit: Edit, boxes: list[Box]) -> Json:
        self._shelf.put(edit.book)
        return {
            "spreadsheetId": edit.book.book_id,
            "clearedRanges": [edit.book.name_of(box) for box in boxes],
        }

    def _lens(self, call: Call) -> Lens:
        return Lens(self._shelf.get(call.path["spreadsheetId"]), self._clock.now())

    def _edit(self, call: Call) -> Edit:
        return Edit(self._shelf.get(call.path["spreadsheetId"]), call.caller, self._clock.now())


def _write(edit: Edit, data: Json, option: str, name: str) -> Written:
    area, single = edit.book.find(name)
    inner = data.get("range")
    if inner and inner != name and edit.book.find(inner)[0] != area:
        raise invalid(
            f"Requested writing within range [{name}], but the body says to write to range [{inner}]"
        )
    rows = by_rows(data.get("values") or [], data.get("majorDimension") or ROWS)
    return write(edit, area, rows, option, single=single)


def _updated(edit: Edit, written: Written, shown: Rendering | None) -> Json:
    """UpdateValuesResponse."""
    out: Json = {"spreadsheetId": edit.book.book_id, "updatedRange": edit.book.name_of(written.box)}
    counts = {
        "updatedRows": written.rows,
        "updatedColumns": written.columns,
        "updatedCells": written.cells,
    }
    out.update({name: count for name, count in counts.items() if count})
    if shown:
        out["updatedData"] = value_range(edit.lens(), written.box, shown)
    return out


def _totals(edit: Edit, done: list[Written]) -> Json:
    """The sums of a BatchUpdateValuesResponse."""
    counts = {
        "totalUpdatedRows": sum(written.rows for written in done),
        "totalUpdatedColumns": sum(written.columns for written in done),
        "totalUpdatedCells": sum(written.cells for written in done),
        "totalUpdatedSheets": len({written.box.sheet_id for written in done if written.cells}),
    }
    return {
        "spreadsheetId": edit.book.book_id,
        **{name: count for name, count in counts.items() if count},
    }


def _clear(edit: Edit, area: Area) -> Box:
    box = edit.book.on_grid(area)
    edit.guard(box)
    clear(edit.tab(area.sheet_id), box)
    return box
