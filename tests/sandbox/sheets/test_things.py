"""Named ranges, filters, conditional formats, banding: kept, shown, refused."""

import pytest

AREA = {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
RULE = {
    "ranges": [AREA],
    "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}},
}


def test_named_ranges_as_google_shows_them(book):
    reply = book.batch({"addNamedRange": {"namedRange": {"name": "Due", "range": {"sheetId": 0, **AREA}}}})
    named = reply[0]["addNamedRange"]["namedRange"]
    assert named["range"] == AREA
    assert book.get()["namedRanges"] == [named]
    change = {"namedRange": {**named, "name": "Overdue"}, "fields": "name"}
    book.batch({"updateNamedRange": change})
    assert book.get()["namedRanges"][0]["name"] == "Overdue"
    book.batch({"deleteNamedRange": {"namedRangeId": named["namedRangeId"]}})
    assert "namedRanges" not in book.get()


@pytest.mark.parametrize("name", ["A1", "1x", "a b", "", "true"])
def test_names_that_cannot_be(book, name):
    message = book.refusal({"addNamedRange": {"namedRange": {"name": name, "range": AREA}}})
    assert "invalid" in message


def test_ids_and_names_in_use(book):
    add = {"addNamedRange": {"namedRange": {"name": "N", "namedRangeId": "1", "range": AREA}}}
    book.batch(add)
    assert "already exists" in book.refusal(add)
    again = {"addNamedRange": {"namedRange": {"name": "n", "range": AREA}}}
    assert 'with name "n" already exists' in book.refusal(again)


def test_conditional_formats_keep_their_order(book):
    other = {**RULE, "booleanRule": {"condition": {"type": "BLANK"}, "format": {}}}
    book.batch({"addConditionalFormatRule": {"rule": RULE}}, {"addConditionalFormatRule": {"rule": other}})
    assert [rule["booleanRule"]["condition"]["type"] for rule in book.sheet()["conditionalFormats"]] == [
        "BLANK",
        "NOT_BLANK",
    ]
    reply = book.batch({"updateConditionalFormatRule": {"index": 0, "newIndex": 1}})
    assert reply[0]["updateConditionalFormatRule"] == {"newRule": other, "newIndex": 1, "oldIndex": 0}
    reply = book.batch({"updateConditionalFormatRule": {"index": 0, "rule": other}})
    assert reply[0]["updateConditionalFormatRule"]["oldRule"] == RULE
    reply = book.batch({"deleteConditionalFormatRule": {"index": 1}})
    assert reply[0]["deleteConditionalFormatRule"] == {"rule": other}
    message = book.refusal({"deleteConditionalFormatRule": {"index": 1}})
    assert message.endswith("No conditional format on sheet: 0 at index: 1")


def test_filters(book):
    book.batch({"setBasicFilter": {"filter": {"range": AREA}}})
    assert book.sheet()["basicFilter"] == {"range": AREA}
    book.batch({"clearBasicFilter": {}})
    assert "basicFilter" not in book.sheet()
    view = book.batch({"addFilterView": {"filter": {"range": AREA, "title": "Late"}}})[0]["addFilterView"][
        "filter"
    ]
    copy = book.batch({"duplicateFilterView": {"filterId": view["filterViewId"]}})[0]["duplicateFilterView"]
    assert copy["filter"]["title"] == "Copy of Late"
    change = {"filter": {"filterViewId": view["filterViewId"], "title": "Overdue"}, "fields": "title"}
    book.batch(
        {"updateFilterView": change}, {"deleteFilterView": {"filterId": copy["filter"]["filterViewId"]}}
    )
    assert [each["title"] for each in book.sheet()["filterViews"]] == ["Overdue"]
    assert "No filter view" in book.refusal({"deleteFilterView": {"filterId": 1}})


def test_banding(book):
    band = {"range": AREA, "rowProperties": {"headerColor": {"red": 1}}}
    reply = book.batch({"addBanding": {"bandedRange": band}})[0]["addBanding"]["bandedRange"]
    assert "already has them" in book.refusal({"addBanding": {"bandedRange": band}})
    change = {**reply, "rowProperties": {"headerColor": {"blue": 1}}}
    book.batch({"updateBanding": {"bandedRange": change, "fields": "rowProperties"}})
    assert book.sheet()["bandedRanges"][0]["rowProperties"] == {
        "headerColor": {"blue": 1},
        "headerColorStyle": {"rgbColor": {"blue": 1}},
    }
    book.batch({"deleteBanding": {"bandedRangeId": reply["bandedRangeId"]}})
    assert "bandedRanges" not in book.sheet()


def test_tables(book):
    book.write("A1", [["a", "b"], ["1", "2"]])
    table = {"name": "Invoices", "range": AREA}
    made = book.batch({"addTable": {"table": table}})[0]["addTable"]["table"]
    assert "overlap" in book.refusal({"addTable": {"table": {**table, "name": "Other"}}})
    book.batch({"updateTable": {"table": {"tableId": made["tableId"], "name": "New"}, "fields": "name"}})
    assert book.sheet()["tables"][0]["name"] == "New"
    book.batch({"deleteTable": {"tableId": made["tableId"]}})
    assert book.read() == []


def test_a_mask_of_the_grid_shows_the_grid_without_being_asked_for_it(book):
    book.batch({"updateCells": {"start": {}, "rows": [{"values": [{"note": "hi"}]}], "fields": "note"}})
    book.write("A1", [["x", "y"], ["z"]])
    assert "data" not in book.get()["sheets"][0]
    data = book.get(fields="sheets.data.rowData.values.note", ranges="A1:B2")["sheets"][0]["data"][0]
    assert data == {"rowData": [{"values": [{"note": "hi"}]}]}
    data = book.get(fields="sheets(data/rowMetadata)")["sheets"][0]["data"][0]
    assert (len(data["rowMetadata"]), "rowData" in data) == (1000, False)
    assert "data" not in book.get(fields="sheets.properties", includeGridData="true")["sheets"][0]
    assert "rowData" in book.get(fields="*")["sheets"][0]["data"][0]


def test_ranges_choose_sheets(book):
    book.batch({"addSheet": {"properties": {"title": "Log"}}})
    sheets = book.get(ranges=["Log!B2:C3"], includeGridData="true")["sheets"]
    assert [sheet["properties"]["title"] for sheet in sheets] == ["Log"]
    data = sheets[0]["data"][0]
    assert (data["startRow"], data["startColumn"], len(data["rowMetadata"])) == (1, 1, 2)


def test_the_effective_format_is_the_default_and_the_cell_s_own(book):
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    book.batch({"repeatCell": {"range": AREA, "cell": bold, "fields": "userEnteredFormat"}})
    book.type("A1", [["=TODAY()"]])
    form = book.cell("A1")["effectiveFormat"]
    assert form["textFormat"]["bold"] is True
    assert form["textFormat"]["fontSize"] == 10
    assert form["numberFormat"] == {"type": "DATE", "pattern": "M/d/yyyy"}
