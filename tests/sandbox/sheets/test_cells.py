import pytest

TEXT = {"userEnteredValue": {"stringValue": "x"}}


def update(rows, fields, **where):
    where = where or {"start": {}}
    return {"updateCells": {"rows": [{"values": row} for row in rows], "fields": fields, **where}}


def test_each_kind_of_value(book):
    kinds = [
        {"stringValue": "=1+1"},
        {"numberValue": 2.5},
        {"boolValue": False},
        {"formulaValue": "=1+1"},
        {"stringValue": "2026-11-21"},
    ]
    book.batch(update([[{"userEnteredValue": kind} for kind in kinds]], "userEnteredValue"))
    assert book.plain() == [["=1+1", 2.5, False, 2, "2026-11-21"]]
    assert book.cell("D1")["userEnteredValue"] == {"formulaValue": "=1+1"}
    assert book.cell("D1")["effectiveValue"] == {"numberValue": 2}
    assert book.cell("C1")["formattedValue"] == "FALSE"


def test_what_is_masked_and_absent_is_cleared_and_what_is_not_masked_stays(book):
    bold = {"textFormat": {"bold": True}, "horizontalAlignment": "LEFT"}
    book.batch(update([[{**TEXT, "note": "n", "userEnteredFormat": bold}]], "*"))
    book.batch(update([[{}]], "note"))
    assert "note" not in book.cell("A1")
    assert book.read() == [["x"]]
    italic = {"userEnteredFormat": {"textFormat": {"italic": True}}}
    book.batch(update([[italic]], "userEnteredFormat.textFormat.italic"))
    assert book.cell("A1")["userEnteredFormat"]["textFormat"] == {"bold": True, "italic": True}
    book.batch(update([[{}]], "userEnteredFormat(textFormat/bold,horizontalAlignment)"))
    assert book.cell("A1")["userEnteredFormat"] == {"textFormat": {"italic": True}}
    book.batch(update([[{}]], "*"))
    assert book.cell("A1") == {}


def test_cells_of_the_range_that_the_rows_lack_are_cleared(book):
    book.write("A1", [["a", "b"], ["c", "d"], ["e", "f"]])
    book.batch(update([[TEXT]], "userEnteredValue", range={"endRowIndex": 2, "endColumnIndex": 2}))
    assert book.read() == [["x"], [], ["e", "f"]]


def test_from_a_start_only_the_given_cells_are_written(book):
    book.write("A1", [["a", "b"], ["c", "d"]])
    start = {"rowIndex": 1, "columnIndex": 0}
    book.batch(update([[TEXT]], "userEnteredValue", start=start))
    assert book.read() == [["a", "b"], ["x", "d"]]


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (update([[TEXT]], ""), "At least one field must be listed"),
        (update([[TEXT]], "nope"), "Invalid field: nope"),
        (update([[TEXT]], "a(b"), "Invalid field mask"),
        (update([[TEXT]], "*", start={"sheetId": 4}), "No grid with id: 4"),
        (update([[TEXT]], "*", start={"rowIndex": -1}), "must not be negative"),
        (update([[TEXT]], "*", range={"startRowIndex": 5, "endRowIndex": 2}), "nor its end before its start"),
        (update([[TEXT]], "*", start={"rowIndex": 1000}), "is after last row in grid[1000]"),
        (update([[TEXT, TEXT]], "*", range={"endColumnIndex": 1}), "beyond the last requested column of: 0"),
        (update([[TEXT], [TEXT]], "*", range={"endRowIndex": 1}), "beyond the last requested row of: 0"),
        (
            update([[{"userEnteredValue": {"errorValue": {"type": "REF"}}}]], "*"),
            "Cannot set an error value",
        ),
        (update([[{"userEnteredValue": {"stringValue": "x" * 50_001}}]], "*"), "maximum of 50000 characters"),
        (
            {
                "repeatCell": {
                    "range": {"startRowIndex": 1000, "endColumnIndex": 2},
                    "cell": {},
                    "fields": "*",
                }
            },
            "Range (Sheet1!A1001:B) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        (
            {"repeatCell": {"range": {"startColumnIndex": 26, "endRowIndex": 2}, "cell": {}, "fields": "*"}},
            "Range (Sheet1!AA1:2) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
    ],
)
def test_what_is_refused(book, request_, words):
    assert words in book.refusal(request_)


def test_a_range_that_ends_beyond_the_grid_is_taken_and_does_not_grow_it(book):
    beyond = {"startRowIndex": 999, "endRowIndex": 1003, "endColumnIndex": 1}
    book.batch({"repeatCell": {"range": beyond, "cell": TEXT, "fields": "userEnteredValue"}})
    assert book.read("A999:A1000") == [[], ["x"]]
    assert book.shape() == (1000, 26)


def test_repeated_formulas_refer_to_their_own_row(book):
    book.write("A1", [[1], [2], [3]])
    cell = {"userEnteredValue": {"formulaValue": "=A1*$A$1"}}
    where = {"endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 2}
    book.batch({"repeatCell": {"range": where, "cell": cell, "fields": "userEnteredValue"}})
    assert book.plain("B1:B3") == [[1], [2], [3]]
    assert book.read("B3", valueRenderOption="FORMULA") == [["=A3*$A$1"]]


def test_data_validation_is_kept_and_does_not_bind_the_api(book):
    rule = {
        "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "hold"}]},
        "strict": True,
        "showCustomUi": True,
    }
    where = {"startRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 2}
    book.batch({"setDataValidation": {"range": where, "rule": {**rule, "inputMessage": None}}})
    assert book.cell("B1000")["dataValidation"] == rule
    book.write("B2", [["anything"]])
    assert book.cell("B2")["dataValidation"] == rule
    book.batch({"setDataValidation": {"range": where}})
    assert "dataValidation" not in book.cell("B2")
    assert book.read() == [[], ["", "anything"]]


def test_borders_are_kept_with_the_cells(book):
    line = {"style": "SOLID"}
    book.batch(
        {"updateBorders": {"range": {"endRowIndex": 2, "endColumnIndex": 1}, "top": line, "bottom": line}}
    )
    assert book.cell("A1")["userEnteredFormat"]["borders"] == {"top": line}
    assert book.cell("A2")["userEnteredFormat"]["borders"] == {"bottom": line}


def test_copy_and_paste(book):
    book.type("A1", [["1", "=A1+1"], ["2", "=A2+1"]])
    book.batch(
        {
            "copyPaste": {
                "source": {"endRowIndex": 2, "endColumnIndex": 2},
                "destination": {
                    "startRowIndex": 4,
                    "endRowIndex": 5,
                    "startColumnIndex": 2,
                    "endColumnIndex": 3,
                },
            }
        }
    )
    assert book.read("C5:D6", valueRenderOption="FORMULA") == [[1, "=C5+1"], [2, "=C6+1"]]
    source = {"endRowIndex": 2, "endColumnIndex": 2}
    to = {"startRowIndex": 9, "endRowIndex": 10, "endColumnIndex": 1}
    book.batch(
        {
            "copyPaste": {
                "source": source,
                "destination": to,
                "pasteType": "PASTE_VALUES",
                "pasteOrientation": "TRANSPOSE",
            }
        }
    )
    assert book.read("A10:B11", valueRenderOption="FORMULA") == [[1, 2], [2, 3]]
    one = {"endRowIndex": 1, "endColumnIndex": 1}
    to = {"startRowIndex": 14, "endRowIndex": 16, "endColumnIndex": 3}
    book.batch({"copyPaste": {"source": one, "destination": to}})
    assert book.plain("A15:C16") == [[1, 1, 1], [1, 1, 1]]


def test_cut_and_paste(book):
    book.write("A1", [["a", "b"]])
    book.batch(
        {
            "cutPaste": {
                "source": {"endRowIndex": 1, "endColumnIndex": 2},
                "destination": {"rowIndex": 2, "columnIndex": 1},
            }
        }
    )
    assert book.read() == [[], [], ["", "a", "b"]]


def test_pasted_text_is_read_as_if_typed(book):
    book.batch(
        {"pasteData": {"coordinate": {"rowIndex": 999}, "data": "1,x\n2026-11-21,y", "delimiter": ","}}
    )
    assert book.plain("A1000:B1001") == [[1, "x"], [46347, "y"]]
    assert "HTML" in book.refusal({"pasteData": {"html": True, "data": "<b>", "coordinate": {}}})


def test_text_to_columns(book):
    book.write("A1", [["a;b;3"]])
    book.batch({"textToColumns": {"source": {"endColumnIndex": 1}, "delimiterType": "AUTODETECT"}})
    assert book.plain() == [["a", "b", 3]]


def test_find_and_replace(book):
    book.write("A1", [["Open", "open open", "closed", "=open"]])
    book.type("E1", [['="open"']])
    reply = book.batch({"findReplace": {"find": "open", "replacement": "paid", "allSheets": True}})
    assert reply[0]["findReplace"] == {
        "valuesChanged": 3,
        "rowsChanged": 1,
        "sheetsChanged": 1,
        "occurrencesChanged": 4,
    }
    assert book.read()[0][:3] == ["paid", "paid paid", "closed"]
    assert book.read("E1") == [["open"]]
    groups = {"find": r"^(p)(aid)$", "replacement": "$2$1", "searchByRegex": True, "sheetId": 0}
    book.batch({"findReplace": groups})
    assert book.read("A1:B1") == [["aidp", "paid paid"]]
    assert "Invalid regular expression" in book.refusal({"findReplace": {**groups, "find": "("}})


def test_trimming_and_duplicates(book):
    book.write("A1", [["  a  b "], ["x"], ["X"], ["x"], ["y"]])
    where = {"endRowIndex": 5, "endColumnIndex": 1}
    trimmed, deduplicated = book.batch(
        {"trimWhitespace": {"range": where}}, {"deleteDuplicates": {"range": where}}
    )
    assert trimmed["trimWhitespace"] == {"cellsChangedCount": 1}
    assert deduplicated["deleteDuplicates"] == {"duplicatesRemovedCount": 2}
    assert book.read() == [["a b"], ["x"], ["y"]]


def test_merging_keeps_the_first_content(book):
    book.write("A1", [["", "b"], ["c", "d"]])
    where = {"endRowIndex": 2, "endColumnIndex": 2}
    book.batch({"mergeCells": {"range": where, "mergeType": "MERGE_ALL"}})
    assert book.read() == [["b"]]
    assert book.sheet()["merges"] == [
        {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    ]
    part = {"unmergeCells": {"range": {"endRowIndex": 1, "endColumnIndex": 2}}}
    assert "must select all cells in a merged range" in book.refusal(part)
    assert "vertical merges" in book.refusal({"sortRange": {"range": where, "sortSpecs": []}})
    book.batch({"unmergeCells": {"range": where}})
    assert "merges" not in book.sheet()


def test_insert_and_delete_range(book):
    book.write("A1", [["a", "b"], ["c", "d"]])
    where = {"range": {"endRowIndex": 1, "endColumnIndex": 1}}
    book.batch({"insertRange": {**where, "shiftDimension": "ROWS"}})
    assert book.read() == [["", "b"], ["a", "d"], ["c"]]
    book.batch({"deleteRange": {**where, "shiftDimension": "ROWS"}})
    assert book.read() == [["a", "b"], ["c", "d"]]
    book.batch({"insertRange": {**where, "shiftDimension": "COLUMNS"}})
    assert book.read() == [["", "a", "b"], ["c", "d"]]
    book.batch({"deleteRange": {**where, "shiftDimension": "COLUMNS"}})
    assert book.read() == [["a", "b"], ["c", "d"]]


def test_inserted_cells_push_nothing_off_the_grid(book):
    book.write("A1000", [["last"]])
    book.batch({"insertRange": {"range": {"endRowIndex": 2, "endColumnIndex": 1}, "shiftDimension": "ROWS"}})
    assert book.shape() == (1002, 26)
    assert book.read("A1000:A1002") == [[], [], ["last"]]


def shade(form, fields="userEnteredFormat"):
    return update([[{"userEnteredFormat": form}]], fields)


def test_a_colour_is_shown_in_both_forms_and_without_its_zeros(book):
    book.batch(shade({"backgroundColor": {"red": 1, "green": 0, "blue": 0.5}}))
    colour = {"red": 1, "blue": 0.5}
    cell = book.cell("A1")
    for form in (cell["userEnteredFormat"], cell["effectiveFormat"]):
        assert (form["backgroundColor"], form["backgroundColorStyle"]) == (colour, {"rgbColor": colour})
    assert cell["effectiveFormat"]["padding"]["top"] == 2


def test_the_newer_form_of_a_colour_counts(book):
    red, blue = {"red": 1}, {"blue": 1}
    book.batch(shade({"textFormat": {"foregroundColor": red, "foregroundColorStyle": {"rgbColor": blue}}}))
    assert book.cell("A1")["userEnteredFormat"]["textFormat"]["foregroundColor"] == blue
    book.batch(
        shade({"textFormat": {"foregroundColor": red}}, "userEnteredFormat.textFormat.foregroundColor")
    )
    assert book.cell("A1")["userEnteredFormat"]["textFormat"]["foregroundColorStyle"] == {"rgbColor": red}
    book.batch(shade({"textFormat": {"foregroundColorStyle": {"themeColor": "ACCENT1"}}}))
    assert book.cell("A1")["userEnteredFormat"]["textFormat"] == {
        "foregroundColorStyle": {"themeColor": "ACCENT1"}
    }


@pytest.mark.parametrize("mask", ["backgroundColor", "backgroundColorStyle"])
def test_either_form_takes_a_colour_away(book, mask):
    book.batch(shade({"backgroundColor": {"red": 1}, "horizontalAlignment": "LEFT"}))
    book.batch(shade({}, f"userEnteredFormat.{mask}"))
    assert book.cell("A1")["userEnteredFormat"] == {"horizontalAlignment": "LEFT"}
