import pytest

from sheetsdun.sandbox.wire import ApiError


def titles(book):
    return [sheet["properties"]["title"] for sheet in book.get()["sheets"]]


def add(title, **properties):
    return {"addSheet": {"properties": {"title": title, **properties}}}


def update(fields, **properties):
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def test_a_new_spreadsheet(google):
    answer = google(".create")
    properties = answer["properties"]
    assert (properties["title"], properties["locale"], properties["timeZone"]) == (
        "Untitled spreadsheet",
        "en_US",
        "Etc/GMT",
    )
    assert (
        answer["spreadsheetUrl"] == f"https://docs.google.com/spreadsheets/d/{answer['spreadsheetId']}/edit"
    )
    assert answer["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]


def test_what_is_shown_can_be_created_again(google, book):
    book.type("A1", [["2026-11-21", "=A1+1", "x"]])
    book.batch(
        add("Second", sheetId=5, hidden=True),
        {"addNamedRange": {"namedRange": {"name": "Due", "range": {"endColumnIndex": 1}}}},
        {"mergeCells": {"range": {"startRowIndex": 4, "endRowIndex": 5, "endColumnIndex": 2}}},
        {"setBasicFilter": {"filter": {"range": {"endRowIndex": 3}}}},
        {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 5}, "warningOnly": True}}},
        {
            "updateDimensionProperties": {
                "range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 3},
                "properties": {"hiddenByUser": True},
                "fields": "hiddenByUser",
            }
        },
        *(
            {"createDeveloperMetadata": {"developerMetadata": {"metadataKey": "k", **rest}}}
            for rest in (
                {"visibility": "DOCUMENT", "location": {"spreadsheet": True}},
                {"visibility": "PROJECT", "location": {"sheetId": 5}},
                {
                    "visibility": "DOCUMENT",
                    "location": {
                        "dimensionRange": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2, "sheetId": 5}
                    },
                },
            )
        ),
    )
    original = book.dump()
    twin = google.create(**{name: part for name, part in original.items() if name != "spreadsheetId"})
    copy = twin.dump()
    for each in (original, copy):
        del each["spreadsheetId"], each["spreadsheetUrl"]
    assert copy == original


@pytest.mark.parametrize(
    ("properties", "word"), [({"locale": "xx_YY"}, "locale"), ({"timeZone": "Mars/Base"}, "time zone")]
)
def test_properties_that_cannot_be(google, book, properties, word):
    with pytest.raises(ApiError) as caught:
        google(".create", {"properties": properties})
    assert word in caught.value.message
    asked = {"properties": properties, "fields": ",".join(properties)}
    assert word in book.refusal({"updateSpreadsheetProperties": asked})


def test_spreadsheet_properties(book):
    asked = {"properties": {"title": "New", "locale": "de_DE"}, "fields": "title,locale"}
    book.batch({"updateSpreadsheetProperties": asked})
    properties = book.get()["properties"]
    assert (properties["title"], properties["locale"]) == ("New", "de_DE")
    row = book.google.store.db.execute("SELECT * FROM sheets_spreadsheets").fetchone()
    assert (row["id"], row["title"], row["trashed"]) == (book.id, "New", 0)


def test_the_time_of_the_last_change(book, clock):
    def times():
        return tuple(
            book.google.store.db.execute("SELECT created, modified FROM sheets_spreadsheets").fetchone()
        )

    created, modified = times()
    assert created == modified
    clock.set(clock.now().replace(year=2027))
    book.read()
    assert times() == (created, modified)
    book.write("A1", [["x"]])
    assert times()[0] == created
    assert times()[1].startswith("2027-11-21T12:00:00")


def test_sheets_are_added_with_free_ids_and_titles(book):
    replies = book.batch(
        {"addSheet": {}}, add("Log", index=0), add("Small", gridProperties={"rowCount": 3, "columnCount": 2})
    )
    assert titles(book) == ["Log", "Sheet1", "Sheet2", "Small"]
    ids = [reply["addSheet"]["properties"]["sheetId"] for reply in replies]
    assert len(set(ids)) == 3
    assert all(each > 0 for each in ids)
    assert book.shape(ids[2]) == (3, 2)


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            add("sheet1"),
            'Invalid requests[0].addSheet: A sheet with the name "sheet1" already exists. Please enter another name.',
        ),
        (
            add("X", sheetId=0),
            'Invalid requests[0].addSheet: A sheet with the ID "0" already exists. Please enter another ID.',
        ),
        (
            {"deleteSheet": {"sheetId": 0}},
            "Invalid requests[0].deleteSheet: You can't remove all the sheets in a document.",
        ),
        ({"deleteSheet": {"sheetId": 9}}, "Invalid requests[0].deleteSheet: No sheet with id: 9"),
        (
            update("hidden", hidden=True),
            "Invalid requests[0].updateSheetProperties: You can't hide all the visible sheets in a document.",
        ),
        (
            update("gridProperties.frozenRowCount", gridProperties={"frozenRowCount": 1000}),
            "Invalid requests[0].updateSheetProperties: You can't freeze all visible rows on the sheet.",
        ),
        (
            update("*", title="X"),
            "Invalid requests[0].updateSheetProperties: You can't delete all the rows on the sheet.",
        ),
        (
            update("", title="X"),
            "Invalid requests[0].updateSheetProperties: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        ),
        (update("nope", title="X"), "Invalid requests[0].updateSheetProperties: Invalid field: nope"),
        (
            {"addChart": {}},
            "Invalid requests[0].addChart: This embedded Google does not carry out this kind of request.",
        ),
        ({}, "Invalid requests[0]: Must specify exactly one request."),
    ],
)
def test_what_is_refused(book, request_, message):
    assert book.refusal(request_) == message


def test_the_request_that_fails_is_named_and_none_is_carried_out(book):
    message = book.refusal(add("A"), add("B"), add("A"))
    assert message.startswith("Invalid requests[2].addSheet: ")


def test_an_empty_batch_is_refused(book):
    assert book.refusal() == "Must specify at least one request."


def test_ten_million_cells_are_the_limit(book):
    assert "above the limit of 10000000 cells" in book.refusal(
        add("Huge", gridProperties={"rowCount": 1_000_000, "columnCount": 10})
    )
    append = {"appendDimension": {"dimension": "ROWS", "length": 400_000}}
    assert "above the limit" in book.refusal(append)


def test_indexes_are_counted_before_the_move(book):
    book.batch(add("B", sheetId=2), add("C", sheetId=3))
    book.batch(update("index", sheetId=0, index=2))
    assert titles(book) == ["B", "Sheet1", "C"]
    book.batch(update("index", sheetId=3, index=0))
    assert titles(book) == ["C", "B", "Sheet1"]


def test_a_smaller_grid_loses_what_stood_beyond(book):
    book.write("A1", [["a", "b"], ["c", "d"]])
    grid = {"rowCount": 1, "columnCount": 1}
    book.batch(update("gridProperties(rowCount,columnCount)", gridProperties=grid))
    assert (book.read(), book.shape()) == ([["a"]], (1, 1))
    book.batch(update("gridProperties.rowCount", gridProperties={"rowCount": 5}))
    assert (book.read(), book.shape()) == ([["a"]], (5, 1))


def test_colours_are_shown_in_both_forms(book):
    red = {"red": 1}
    book.batch(update("tabColorStyle", tabColorStyle={"rgbColor": red}))
    properties = book.sheet()["properties"]
    assert (properties["tabColor"], properties["tabColorStyle"]) == (red, {"rgbColor": red})
    book.batch(update("tabColorStyle", tabColorStyle={"rgbColor": None}))
    assert "tabColor" not in book.sheet()["properties"]


def test_a_duplicate_has_everything_but_metadata_and_protection(book):
    book.type("A1", [["x", "=A1"]])
    book.batch(
        {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataKey": "k",
                    "visibility": "DOCUMENT",
                    "location": {"sheetId": 0},
                }
            }
        },
        {"addProtectedRange": {"protectedRange": {"range": {"endRowIndex": 1}}}},
        {"mergeCells": {"range": {"startRowIndex": 5, "endRowIndex": 6, "endColumnIndex": 2}}},
    )
    reply = book.batch({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 5}})[0]["duplicateSheet"]
    assert reply["properties"]["title"] == "Copy of Sheet1"
    copy = book.sheet(5)
    assert book.read("'Copy of Sheet1'") == [["x", "x"]]
    assert copy["merges"][0]["sheetId"] == 5
    assert "developerMetadata" not in copy
    assert "protectedRanges" not in copy
    book.write("'Copy of Sheet1'!A1", [["changed"]])
    assert book.read() == [["x", "x"]]


def test_copying_to_another_spreadsheet(google, book):
    book.type("A1", [["x"]])
    other = google.create()
    for title in ("Copy of Sheet1", "Copy of Sheet1 2"):
        answer = book(".sheets.copyTo", {"destinationSpreadsheetId": other.id}, path={"sheetId": "0"})
        assert answer["title"] == title
    assert other.read("'Copy of Sheet1 2'") == [["x"]]


def test_the_spreadsheet_in_the_reply(book):
    body = {
        "requests": [add("Log"), {"repeatCell": {"range": {"endRowIndex": 1}, "cell": {}, "fields": "note"}}],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["Log!A1"],
        "responseIncludeGridData": True,
    }
    answer = book(".batchUpdate", body)
    assert [list(reply) for reply in answer["replies"]] == [["addSheet"], []]
    sheets = answer["updatedSpreadsheet"]["sheets"]
    assert [sheet["properties"]["title"] for sheet in sheets] == ["Log"]
    assert len(sheets[0]["data"][0]["rowMetadata"]) == 1


def test_an_unknown_spreadsheet(google):
    with pytest.raises(ApiError) as caught:
        google(".get", path={"spreadsheetId": "nope"})
    error = caught.value
    assert (error.code, error.status, error.message) == (404, "NOT_FOUND", "Requested entity was not found.")


def test_an_id_begins_as_googles_do_and_never_reads_like_an_option(google):
    ids = {google.create().id for _ in range(100)}
    assert {(each[0], len(each)) for each in ids} == {("1", 44)}
