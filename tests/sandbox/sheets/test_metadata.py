import pytest

from sheetsdun.sandbox.wire import ApiError

EVERYWHERE = {"spreadsheet": True}


def create(key="lease", **entry):
    entry = {"metadataKey": key, "visibility": "DOCUMENT", "location": EVERYWHERE} | entry
    return {"createDeveloperMetadata": {"developerMetadata": entry}}


def line(index, dimension="ROWS", count=1, **rest):
    return {
        "dimensionRange": {"dimension": dimension, "startIndex": index, "endIndex": index + count, **rest}
    }


def lookup(**wanted):
    return {"developerMetadataLookup": wanted}


def keys(book, *filters):
    found = book(".developerMetadata.search", {"dataFilters": list(filters)})
    return [each["developerMetadata"]["metadataKey"] for each in found.get("matchedDeveloperMetadata", [])]


def test_ids_may_be_chosen_and_one_in_use_is_refused(book):
    reply = book.batch(create(metadataId=7, metadataValue="v"))[0]["createDeveloperMetadata"]
    entry = {
        "metadataId": 7,
        "metadataKey": "lease",
        "metadataValue": "v",
        "location": {"locationType": "SPREADSHEET", "spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    assert reply == {"developerMetadata": entry}
    assert book(".developerMetadata.get", path={"metadataId": "7"}) == entry
    message = book.refusal({"addSheet": {}}, create(metadataId=7))
    assert message == (
        "Invalid requests[1].createDeveloperMetadata: A developer metadata entry with ID 7 already exists."
    )
    assert len(book.get()["sheets"]) == 1
    assert book.get()["developerMetadata"] == [entry]


def test_an_id_of_a_deleted_entry_is_free_again(book):
    book.batch(create(metadataId=7))
    reply = book.batch(
        {"deleteDeveloperMetadata": {"dataFilter": lookup(metadataId=7)}}, create(metadataId=7)
    )
    assert reply[0]["deleteDeveloperMetadata"]["deletedDeveloperMetadata"][0]["metadataId"] == 7


def test_an_id_is_drawn_where_none_is_given(book):
    replies = book.batch(create(), create())
    ids = {reply["createDeveloperMetadata"]["developerMetadata"]["metadataId"] for reply in replies}
    assert len(ids) == 2
    assert all(0 < each < 2**31 for each in ids)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"metadataId": 0}, "must be positive"),
        ({"metadataKey": ""}, "must have a metadataKey"),
        ({"visibility": "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED"}, "must have a visibility"),
        ({"location": {}}, "exactly one of"),
        ({"location": {"spreadsheet": True, "sheetId": 0}}, "exactly one of"),
        ({"location": {"sheetId": 5}}, "No grid with id: 5"),
        ({"location": line(0, count=2)}, "single row or column"),
        ({"location": line(1000)}, "exceeds the sheet"),
        ({"location": {"spreadsheet": True, "locationType": "SPREADSHEET"}}, "locationType is read-only"),
    ],
)
def test_what_is_refused(book, entry, words):
    assert words in book.refusal(create(**entry))


def test_the_room_is_thirty_thousand_characters_for_the_spreadsheet_and_each_sheet(book):
    book.batch(create("k" * 10, metadataValue="v" * 29_990))
    assert "cannot exceed 30000 characters" in book.refusal(create("k"))
    book.batch(create("k" * 10, metadataValue="v" * 29_990, location={"sheetId": 0}))
    assert "of a sheet cannot exceed 30000" in book.refusal(create("k", location=line(0)))


def test_the_room_counts_updates_too(book):
    book.batch(create(metadataId=1))
    update = {
        "dataFilters": [lookup(metadataId=1)],
        "developerMetadata": {"metadataValue": "v" * 30_000},
        "fields": "metadataValue",
    }
    assert "cannot exceed" in book.refusal({"updateDeveloperMetadata": update})


def test_locations_are_shown_where_they_are(book):
    book.batch({"addSheet": {"properties": {"sheetId": 3, "title": "Log"}}})
    book.batch(
        create("row", location=line(4)),
        create("column", location=line(2, "COLUMNS", sheetId=3)),
        create("sheet", location={"sheetId": 0}),
    )
    assert book.sheet()["developerMetadata"][0]["location"] == {"locationType": "SHEET", "sheetId": 0}
    first, second = book.dump()["sheets"]
    row = first["data"][0]["rowMetadata"][4]["developerMetadata"][0]
    assert row["location"] == {"locationType": "ROW", **line(4)}
    column = second["data"][0]["columnMetadata"][2]["developerMetadata"][0]
    assert column["location"] == {"locationType": "COLUMN", **line(2, "COLUMNS", sheetId=3)}
    assert "developerMetadata" not in second


def test_lookups(book):
    book.batch(
        create("a", metadataValue="1"),
        create("a", metadataValue="2", visibility="PROJECT"),
        create("s", location={"sheetId": 0}),
        create("r", location=line(2)),
        create("c", location=line(1, "COLUMNS")),
    )
    assert keys(book, lookup(metadataKey="a")) == ["a", "a"]
    assert keys(book, lookup(metadataKey="a", metadataValue="2")) == ["a"]
    assert keys(book, lookup(visibility="PROJECT")) == ["a"]
    assert keys(book, lookup(locationType="ROW"), lookup(locationType="COLUMN")) == ["r", "c"]
    assert keys(book, lookup(metadataLocation=line(2))) == ["s", "r", "c"]
    exact = {"locationMatchingStrategy": "EXACT_LOCATION"}
    assert keys(book, lookup(metadataLocation=line(2), **exact)) == ["r"]
    assert keys(book, lookup(metadataKey="none")) == []
    assert keys(book, {"gridRange": {"startRowIndex": 2, "endRowIndex": 3}}) == ["r"]
    with pytest.raises(ApiError):
        keys(book)


def test_updates(book):
    book.batch(create("a", metadataId=1, metadataValue="old"), create("a", metadataId=2))
    update = {
        "dataFilters": [lookup(metadataKey="a")],
        "developerMetadata": {"metadataValue": "new", "location": {"sheetId": 0}},
        "fields": "metadataValue,location",
    }
    reply = book.batch({"updateDeveloperMetadata": update})[0]["updateDeveloperMetadata"]
    assert [each["metadataValue"] for each in reply["developerMetadata"]] == ["new", "new"]
    assert len(book.sheet()["developerMetadata"]) == 2


def test_an_unknown_entry(book):
    with pytest.raises(ApiError) as caught:
        book(".developerMetadata.get", path={"metadataId": "1"})
    assert caught.value.code == 404


def test_by_data_filter(book):
    book.write("A1", [["a"], ["b"], ["c"]])
    book.batch({"addSheet": {}}, create("r", location=line(1)))
    body = {"dataFilters": [lookup(metadataKey="r")], "includeGridData": True}
    sheets = book(".getByDataFilter", body)["sheets"]
    assert len(sheets) == 1
    data = sheets[0]["data"][0]
    assert data["startRow"] == 1
    assert [row["values"][0]["formattedValue"] for row in data["rowData"]] == ["b"]
    body = {"dataFilters": [lookup(metadataKey="none")]}
    assert book(".getByDataFilter", body)["sheets"] == []
    assert len(book(".getByDataFilter", {})["sheets"]) == 2


def test_it_goes_with_its_sheet(book):
    book.batch({"addSheet": {"properties": {"sheetId": 3}}}, create("s", location={"sheetId": 3}))
    book.batch({"deleteSheet": {"sheetId": 3}})
    assert keys(book, lookup(metadataKey="s")) == []
