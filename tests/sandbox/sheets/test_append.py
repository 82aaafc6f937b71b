import pytest

TWO_TABLES = [
    ["x", "y", "z"],
    ["x", "y", "z"],
    [],
    ["", "x", "y"],
    ["", "", "y", "z"],
    ["", "x", "y", "z"],
]


@pytest.mark.parametrize(
    ("name", "table", "written"),
    [
        ("Sheet1", "Sheet1!B4:D6", "Sheet1!B7"),
        ("C5:D5", "Sheet1!B4:D6", "Sheet1!B7"),
        ("B2:D4", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A3:G10", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A1", "Sheet1!A1:C2", "Sheet1!A3"),
        ("F10", None, "Sheet1!F10"),
        ("A4", None, "Sheet1!A4"),
    ],
)
def test_the_table_that_google_s_guide_finds(book, name, table, written):
    book.write("A1", TWO_TABLES)
    answer = book.append(name, [["new"]])
    assert answer.get("tableRange") == table
    assert answer["updates"]["updatedRange"] == written


def test_cells_that_touch_at_a_corner_are_one_table(book):
    book.write("B1", [["", "x"], ["y"], ["", "z"]])
    assert book.append("C1", [["new"]])["tableRange"] == "Sheet1!B1:C3"


def test_into_an_empty_sheet(book):
    answer = book.append("Sheet1", [["a", "b"]])
    assert "tableRange" not in answer
    assert answer["updates"]["updatedRange"] == "Sheet1!A1:B1"


def test_overwrite_goes_over_what_stands_below_and_insert_rows_pushes_it_down(book):
    book.write("A1", [["a"], [""], ["below"]])
    book.append("A1", [["b"], ["c"]])
    assert book.read() == [["a"], ["b"], ["c"]]
    book.write("A1", [["a"], [""], ["below"]])
    book.append("A1", [["b"], ["c"]], insertDataOption="INSERT_ROWS")
    assert book.read() == [["a"], ["b"], ["c"], [], ["below"]]
    assert book.shape() == (1002, 26)


def test_the_grid_grows(book):
    book.write("A1000", [["last"]])
    book.append("A1000", [["one"], ["two", *[""] * 25, "wide"]])
    assert book.shape() == (1002, 27)
    assert book.read("A1000:A1002") == [["last"], ["one"], ["two"]]


def test_append_cells_comes_after_the_last_row_with_data_whatever_the_column(book):
    book.write("D5", [["x"]])
    form = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    book.batch(
        {"repeatCell": {"range": {"startRowIndex": 8, "endRowIndex": 9}, "cell": form, "fields": "*"}},
        {
            "appendCells": {
                "rows": [{"values": [{"userEnteredValue": {"stringValue": "=1"}}]}],
                "fields": "userEnteredValue",
            }
        },
    )
    assert book.read("A6:A7") == [["=1"]]


def test_append_cells_grows_the_grid(book):
    book.write("A1000", [["last"]])
    row = {"values": [{"userEnteredValue": {"numberValue": 1}}]}
    book.batch({"appendCells": {"rows": [row, row], "fields": "userEnteredValue"}})
    assert book.shape() == (1002, 26)
    assert book.plain("A1000:A1002") == [["last"], [1], [1]]


def test_a_structured_table_takes_rows_that_name_it_and_no_others(book):
    book.write("A1", [["Invoice"], ["1"], ["below"]])
    table = {"name": "T", "tableId": "t1", "range": {"endRowIndex": 2, "endColumnIndex": 1}}
    book.batch({"addTable": {"table": table}})
    rows = [{"values": [{"userEnteredValue": {"stringValue": "2"}}]}]
    book.batch({"appendCells": {"tableId": "t1", "rows": rows, "fields": "userEnteredValue"}})
    assert book.read() == [["Invoice"], ["1"], ["2"], ["below"]]
    assert book.sheet()["tables"][0]["range"]["endRowIndex"] == 3
    book.batch({"appendCells": {"rows": rows, "fields": "userEnteredValue"}})
    assert book.sheet()["tables"][0]["range"]["endRowIndex"] == 3
    assert "No table with id" in book.refusal({"appendCells": {"tableId": "x", "rows": rows, "fields": "*"}})
