import pytest

from sheetsdun.sandbox.wire import ApiError


def refused(call, *arguments, **options):
    with pytest.raises(ApiError) as caught:
        call(*arguments, **options)
    assert caught.value.code == 400
    return caught.value.message


def test_trailing_empty_cells_are_left_out_and_gaps_are_empty_texts(book):
    book.write("B2", [["x", "", "y", ""], [], ["", "z"], [""]])
    assert book.read() == [[], ["", "x", "", "y"], [], ["", "", "z"]]
    assert book.read("B2:C3") == [["x"]]
    assert book.read("C2:E2") == [["", "y"]]


def test_an_empty_range_has_no_values(book):
    answer = book(".values.get", path={"range": "A1:B2"})
    assert answer == {"range": "Sheet1!A1:B2", "majorDimension": "ROWS"}


def test_columns_as_the_major_dimension(book):
    body = {"values": [[1, 2, 3], [4]], "majorDimension": "COLUMNS"}
    book(".values.update", body, path={"range": "A1"}, query={"valueInputOption": "RAW"})
    assert book.plain() == [[1, 4], [2], [3]]
    assert book.read(majorDimension="COLUMNS", valueRenderOption="UNFORMATTED_VALUE") == [[1, 2, 3], [4]]


def test_null_leaves_a_cell_and_an_empty_text_empties_it(book):
    book.write("A1", [["a", "b", "c"]])
    answer = book.write("A1", [[None, "", "C"]])
    assert book.read() == [["a", "", "C"]]
    assert answer == {
        "spreadsheetId": book.id,
        "updatedRange": "Sheet1!A1:C1",
        "updatedRows": 1,
        "updatedColumns": 2,
        "updatedCells": 2,
    }


def test_writing_keeps_formats_and_notes(book):
    book.batch({"updateCells": {"start": {}, "rows": [{"values": [{"note": "hi"}]}], "fields": "note"}})
    book.write("A1", [["x"]])
    book("" + ".values.clear", path={"range": "A1"})
    assert book.cell("A1")["note"] == "hi"
    assert book.read() == []


def test_values_can_be_asked_back(book):
    query = {"includeValuesInResponse": "true", "responseValueRenderOption": "UNFORMATTED_VALUE"}
    answer = book.write("A1", [["1", "x"]], "USER_ENTERED", **query)
    assert answer["updatedData"] == {
        "range": "Sheet1!A1:B1",
        "majorDimension": "ROWS",
        "values": [[1, "x"]],
    }


def test_a_single_cell_is_where_a_write_begins_and_a_range_is_where_it_ends(book):
    book.write("A1", [[1, 2], [3, 4]])
    assert book.plain() == [[1, 2], [3, 4]]
    within = "Requested writing within range [Sheet1!A1:B2], but tried writing to "
    assert refused(book.write, "A1:B2", [[1], [2], [3]]) == within + "row [3]"
    assert refused(book.write, "A1:B2", [[1, 2, 3]]) == within + "column [C]"


def test_a_write_does_not_grow_the_grid(book):
    assert "but tried writing to row [1001]" in refused(book.write, "A1000", [[1], [2]])
    limits = "exceeds grid limits. Max rows: 1000, max columns: 26"
    assert refused(book.write, "A1001", [[1]]) == f"Range (Sheet1!A1001) {limits}"


def test_the_option_must_be_said(book):
    assert "valueInputOption" in refused(book.write, "A1", [[1]], option="")


@pytest.mark.parametrize(("value", "kind"), [({}, "struct_value"), ([], "list_value")])
def test_only_scalars_can_be_written(book, value, kind):
    assert refused(book.write, "A1", [["x", value]]).startswith(f"Invalid values[0][1]: {kind}")


def test_a_cell_holds_fifty_thousand_characters(book):
    book.write("A1", [["x" * 50_000]])
    assert "maximum of 50000 characters" in refused(book.write, "A1", [["x" * 50_001]])


def test_render_options(book):
    book.type("A1", [["2026-11-21", "=A1+1", "12%", "TRUE", "=1/0", "x"]])
    assert book.read() == [["2026-11-21", "2026-11-22", "12%", "TRUE", "#DIV/0!", "x"]]
    assert book.plain() == [[46347, 46348, 0.12, True, "#DIV/0!", "x"]]
    assert book.read(valueRenderOption="FORMULA") == [[46347, "=A1+1", 0.12, True, "=1/0", "x"]]
    strings = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING"}
    assert book.read(**strings) == [["2026-11-21", "2026-11-22", 0.12, True, "#DIV/0!", "x"]]


def test_batches(book):
    body = {
        "valueInputOption": "RAW",
        "data": [{"range": "A1", "values": [[1]]}, {"range": "C2:D2", "values": [[2, 3]]}],
    }
    answer = book(".values.batchUpdate", body)
    assert (answer["totalUpdatedCells"], answer["totalUpdatedRows"], answer["totalUpdatedSheets"]) == (
        3,
        2,
        1,
    )
    assert [each["updatedRange"] for each in answer["responses"]] == ["Sheet1!A1", "Sheet1!C2:D2"]
    read = book(
        ".values.batchGet", query={"ranges": ["A1", "C2:D2"], "valueRenderOption": "UNFORMATTED_VALUE"}
    )
    assert [each.get("values") for each in read["valueRanges"]] == [[[1]], [[2, 3]]]
    cleared = book(".values.batchClear", {"ranges": ["A1", "Sheet1!C:C"]})
    assert cleared["clearedRanges"] == ["Sheet1!A1", "Sheet1!C1:C1000"]
    assert book.plain() == [[], ["", "", "", 3]]


def test_a_batch_of_values_is_all_or_nothing(book):
    body = {
        "valueInputOption": "RAW",
        "data": [{"range": "A1", "values": [[1]]}, {"range": "Nope!A1", "values": [[2]]}],
    }
    assert refused(book, ".values.batchUpdate", body) == "Invalid data[1]: Unable to parse range: Nope!A1"
    assert book.plain() == []


def test_by_data_filter(book):
    book.write("A1", [["a", "b"], ["c", "d"]])
    place = {"dimensionRange": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}}
    entry = {"metadataKey": "k", "visibility": "DOCUMENT", "location": place}
    book.batch({"createDeveloperMetadata": {"developerMetadata": entry}})
    lookup = {"developerMetadataLookup": {"metadataKey": "k"}}
    found = book(".values.batchGetByDataFilter", {"dataFilters": [lookup, {"a1Range": "B1"}]})["valueRanges"]
    assert [each["valueRange"]["values"] for each in found] == [[["c", "d"]], [["b"]]]
    assert found[0]["dataFilters"] == [lookup]
    data = [{"dataFilter": lookup, "values": [["C"]]}]
    answer = book(".values.batchUpdateByDataFilter", {"valueInputOption": "RAW", "data": data})
    assert answer["responses"][0]["updatedRange"] == "Sheet1!A2"
    cleared = book(".values.batchClearByDataFilter", {"dataFilters": [{"gridRange": {"endRowIndex": 1}}]})
    assert cleared["clearedRanges"] == ["Sheet1!A1:Z1"]
    assert book.read() == [[], ["C", "d"]]
