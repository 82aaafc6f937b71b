"""Rows and columns come, go and move, and what belongs to them goes along."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetsdun.sandbox.sheets.shifts import Deletion, Insertion, Move
from sheetsdun.sandbox.wire import ApiError


def rows(start, end, dimension="ROWS"):
    return {"dimension": dimension, "startIndex": start, "endIndex": end}


def insert(start, end, dimension="ROWS", **rest):
    return {"insertDimension": {"range": rows(start, end, dimension), **rest}}


def delete(start, end, dimension="ROWS"):
    return {"deleteDimension": {"range": rows(start, end, dimension)}}


def move(start, end, to, dimension="ROWS"):
    return {"moveDimension": {"source": rows(start, end, dimension), "destinationIndex": to}}


def column_a(book):
    return [row[0] if row else "" for row in book.read()]


def test_rows(book):
    book.write("A1", [["a"], ["b"], ["c"], ["d"]])
    book.batch(insert(1, 3))
    assert column_a(book) == ["a", "", "", "b", "c", "d"]
    book.batch(delete(1, 3))
    assert column_a(book) == ["a", "b", "c", "d"]
    book.batch(move(0, 2, 3))
    assert column_a(book) == ["c", "a", "b", "d"]
    book.batch(move(2, 4, 0))
    assert column_a(book) == ["b", "d", "c", "a"]
    assert book.shape() == (1000, 26)


def test_columns(book):
    book.write("A1", [["a", "b", "c", "d"], ["x"]])
    book.batch(insert(1, 2, "COLUMNS"), move(0, 1, 3, "COLUMNS"))
    assert book.read() == [["", "b", "a", "c", "d"], ["", "", "x"]]
    book.batch(delete(0, 2, "COLUMNS"))
    assert book.read() == [["a", "c", "d"], ["x"]]
    assert book.shape() == (1000, 25)


def test_new_rows_inherit_the_format_of_the_row_before_or_after(book):
    for row, colour in enumerate(("red", "green")):
        form = {"userEnteredFormat": {"backgroundColor": {colour: 1}}}
        where = {"startRowIndex": row, "endRowIndex": row + 1, "endColumnIndex": 1}
        book.batch({"repeatCell": {"range": where, "cell": form, "fields": "userEnteredFormat"}})
    book.batch(insert(1, 2, inheritFromBefore=True))
    assert book.cell("A2")["userEnteredFormat"]["backgroundColor"] == {"red": 1}
    book.batch(insert(2, 3))
    assert book.cell("A3")["userEnteredFormat"]["backgroundColor"] == {"green": 1}


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (delete(0, 1000), "You can't delete all the rows on the sheet."),
        (delete(0, 26, "COLUMNS"), "You can't delete all the columns on the sheet."),
        (
            delete(1000, 1001),
            "Cannot delete a row that doesn't exist. Tried to delete row index 1000 but there are only 1000 rows.",
        ),
        (delete(3, 3), "must be greater than"),
        (insert(1001, 1002), "is after last row in grid[1000]"),
        (insert(0, 1, inheritFromBefore=True), "inheritFromBefore is not supported"),
        ({"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 1}}}, "must be specified"),
        (insert(0, 1, "DIMENSION_UNSPECIFIED"), "Must specify a dimension."),
        (move(0, 2, 1001), "Cannot move beyond"),
    ],
)
def test_what_is_refused(book, request_, words):
    assert words in book.refusal(request_)


def test_not_all_rows_below_the_frozen_ones_can_go(book):
    frozen = {"gridProperties": {"frozenRowCount": 2}}
    book.batch({"updateSheetProperties": {"properties": frozen, "fields": "gridProperties.frozenRowCount"}})
    assert "not possible to delete all non-frozen rows" in book.refusal(delete(2, 1000))
    book.batch(delete(1, 3))
    assert book.sheet()["properties"]["gridProperties"]["frozenRowCount"] == 1


def test_everything_that_lies_on_the_grid_goes_along(book):
    where = {"startRowIndex": 2, "endRowIndex": 4, "startColumnIndex": 1, "endColumnIndex": 3}
    rule = {"ranges": [where], "booleanRule": {"condition": {"type": "BLANK"}, "format": {}}}
    book.batch(
        {"addNamedRange": {"namedRange": {"name": "N", "range": where}}},
        {"mergeCells": {"range": where}},
        {"addProtectedRange": {"protectedRange": {"range": where, "warningOnly": True}}},
        {"addConditionalFormatRule": {"rule": rule}},
        {"addBanding": {"bandedRange": {"range": where, "rowProperties": {"headerColor": {}, "x": 1}}}},
        {
            "setBasicFilter": {
                "filter": {
                    "range": where,
                    "filterSpecs": [{"columnIndex": 2}],
                    "criteria": {"2": {"hiddenValues": ["x"]}},
                }
            }
        },
        {"addDimensionGroup": {"range": rows(2, 4)}},
        insert(0, 1),
        insert(3, 4),
        insert(0, 1, "COLUMNS"),
    )
    moved = {"startRowIndex": 3, "endRowIndex": 6, "startColumnIndex": 2, "endColumnIndex": 4}
    sheet = book.sheet()
    found = [
        book.get()["namedRanges"][0]["range"],
        sheet["merges"][0],
        sheet["protectedRanges"][0]["range"],
        sheet["conditionalFormats"][0]["ranges"][0],
        sheet["bandedRanges"][0]["range"],
        sheet["basicFilter"]["range"],
    ]
    # The row was put in before the fourth: at the edge of the range, which moves and does not grow.
    assert found == [{**moved, "startRowIndex": 4}] * 6
    assert sheet["basicFilter"]["filterSpecs"] == [{"columnIndex": 3}]
    assert sheet["basicFilter"]["criteria"] == {"3": {"hiddenValues": ["x"]}}
    assert sheet["rowGroups"][0]["range"] == rows(4, 6)
    book.batch(delete(4, 6))
    assert {"merges", "protectedRanges", "conditionalFormats", "bandedRanges", "basicFilter"}.isdisjoint(
        book.sheet()
    )
    assert "namedRanges" not in book.get()


def test_sizes_go_along(book):
    hidden = {"properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    book.batch({"updateDimensionProperties": {"range": rows(2, 3), **hidden}}, insert(0, 1))
    metadata = book.dump()["sheets"][0]["data"][0]["rowMetadata"]
    assert [index for index, size in enumerate(metadata) if size.get("hiddenByUser")] == [3]


def test_sorting(book):
    book.type("A1", [["name", "n"], ["b", "10"], ["", ""], ["A", "9"], ["c", "x"], ["d", "TRUE"]])
    where = {"startRowIndex": 1, "endRowIndex": 6, "endColumnIndex": 2}
    spec = {"dimensionIndex": 1, "sortOrder": "ASCENDING"}
    book.batch({"sortRange": {"range": where, "sortSpecs": [spec]}})
    assert column_a(book) == ["name", "A", "b", "c", "d"]
    book.batch({"sortRange": {"range": where, "sortSpecs": [{**spec, "sortOrder": "DESCENDING"}]}})
    assert column_a(book) == ["name", "d", "c", "b", "A"]
    assert "outside of the range" in book.refusal(
        {"sortRange": {"range": where, "sortSpecs": [{"dimensionIndex": 5}]}}
    )


def test_formulas_of_sorted_rows_refer_to_their_new_row(book):
    book.type("A1", [["3", "=A1*2"], ["1", "=A2*2"], ["2", "=A3*2"]])
    book.batch({"sortRange": {"range": {}, "sortSpecs": [{"dimensionIndex": 0}]}})
    assert book.plain() == [[1, 2], [2, 4], [3, 6]]
    assert book.read("B1:B3", valueRenderOption="FORMULA") == [["=A1*2"], ["=A2*2"], ["=A3*2"]]


def test_groups(book):
    def columns(start, end):
        return {"range": rows(start, end, "COLUMNS")}

    book.batch({"addDimensionGroup": columns(2, 4)}, {"addDimensionGroup": columns(1, 5)})
    shown = [
        (g["range"]["startIndex"], g["range"]["endIndex"], g["depth"]) for g in book.sheet()["columnGroups"]
    ]
    assert shown == [(1, 5, 1), (2, 4, 2)]
    reply = book.batch({"deleteDimensionGroup": columns(3, 5)})[0]["deleteDimensionGroup"]
    shown = [(g["range"]["startIndex"], g["range"]["endIndex"], g["depth"]) for g in reply["dimensionGroups"]]
    assert shown == [(1, 4, 1), (2, 3, 2)]
    group = {"range": rows(2, 3, "COLUMNS"), "depth": 2, "collapsed": True}
    book.batch({"updateDimensionGroup": {"dimensionGroup": group, "fields": "collapsed"}})
    assert book.sheet()["columnGroups"][1]["collapsed"] is True
    assert "no group" in book.refusal({"deleteDimensionGroup": columns(10, 12)})


shifts = st.one_of(
    st.builds(Insertion, st.just("ROWS"), st.integers(0, 12), st.integers(1, 4)),
    st.builds(lambda a, n: Deletion("ROWS", a, a + n), st.integers(0, 10), st.integers(1, 4)),
    st.builds(
        lambda a, n, to: Move("ROWS", a, a + n, to), st.integers(0, 8), st.integers(1, 4), st.integers(0, 12)
    ),
)


@given(shifts)
def test_a_shift_keeps_different_rows_different(shift):
    images = [image for index in range(30) if (image := shift.index(index)) is not None]
    if isinstance(shift, Move) and shift.start <= shift.to <= shift.end:
        return  # not a move
    assert len(set(images)) == len(images)


@given(shifts, st.integers(0, 12))
def test_a_single_row_as_a_span_goes_where_the_row_goes(shift, start):
    if isinstance(shift, Move) and shift.start <= shift.to <= shift.end:
        return
    image = shift.index(start)
    assert shift.span(start, start + 1) == (None if image is None else (image, image + 1))


actions = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), st.integers(0, 8), st.integers(1, 3)),
        st.tuples(st.just("delete"), st.integers(0, 8), st.integers(1, 2)),
        st.tuples(st.just("move"), st.integers(0, 6), st.integers(0, 8)),
        st.tuples(st.just("sort"), st.booleans(), st.just(0)),
        st.tuples(st.just("shuffle"), st.just(0), st.just(0)),
    ),
    max_size=8,
)


def request(action):
    kind, first, second = action
    match kind:
        case "insert":
            return insert(first, first + second)
        case "delete":
            return delete(first, first + second)
        case "move":
            return move(first, first + 1, second)
        case "sort":
            order = "ASCENDING" if first else "DESCENDING"
            return {"sortRange": {"range": {}, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": order}]}}
        case _:
            return {"randomizeRange": {"range": {"endRowIndex": 8}}}


# One store serves all examples: each has a spreadsheet of its own.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=actions)
def test_metadata_stays_with_its_row_whatever_is_done(google, actions):
    book = google.create(sheets=[{"properties": {"gridProperties": {"rowCount": 12, "columnCount": 2}}}])
    names = [f"INV-{number}" for number in (5, 3, 1, 4, 2, 6)]
    book.write("A1", [[name] for name in names])
    for index, name in enumerate(names):
        entry = {
            "metadataKey": name,
            "visibility": "DOCUMENT",
            "location": {"dimensionRange": rows(index, index + 1)},
        }
        book.batch({"createDeveloperMetadata": {"developerMetadata": entry}})
    for action in actions:
        with suppress(ApiError):  # some are impossible: beyond the grid, or all of its rows
            book.batch(request(action))
    data = book.dump()["sheets"][0]["data"][0]
    cells = [row.get("values", [{}])[0].get("formattedValue") for row in data.get("rowData", [])]
    there = {
        entry["metadataKey"]: index
        for index, row in enumerate(data["rowMetadata"])
        for entry in row.get("developerMetadata", [])
    }
    assert there == {name: index for index, name in enumerate(cells) if name}
