import pytest

from sheetsdun.sandbox.wire import ApiError

OTHER = "someone@example.com"
REFUSED = "You are trying to edit a protected cell or object."
COLUMN_B = {"startColumnIndex": 1, "endColumnIndex": 2}


def protect(**entry):
    return {"addProtectedRange": {"protectedRange": {"range": COLUMN_B, **entry}}}


def write(book, name, caller):
    query = {"valueInputOption": "RAW"}
    return book(".values.update", {"values": [["x"]]}, path={"range": name}, query=query, caller=caller)


def test_a_protection_binds_who_is_no_editor(book):
    book.batch(protect())
    with pytest.raises(ApiError) as caught:
        write(book, "B2", OTHER)
    assert (caught.value.code, caught.value.message[: len(REFUSED)]) == (400, REFUSED)
    write(book, "A2", OTHER)
    write(book, "B2", "ar@example.com")
    assert book.read() == [[], ["x", "x"]]


def test_an_editor_may(book):
    book.batch(protect(editors={"users": [OTHER]}))
    write(book, "B2", OTHER)
    assert book.sheet()["protectedRanges"][0]["editors"]["users"] == ["ar@example.com", OTHER]


def test_a_warning_binds_nobody(book):
    book.batch(protect(warningOnly=True, editors=None))
    write(book, "B2", OTHER)
    shown = book.sheet()["protectedRanges"][0]
    assert shown["warningOnly"] is True
    assert "editors" not in shown


def test_one_can_bind_oneself(book):
    book.batch(protect(requestingUserCanEdit=False))
    with pytest.raises(ApiError):
        write(book, "B2", "ar@example.com")
    assert "requestingUserCanEdit" not in book.sheet()["protectedRanges"][0]
    identity = book.sheet()["protectedRanges"][0]["protectedRangeId"]
    book.batch({"deleteProtectedRange": {"protectedRangeId": identity}})
    write(book, "B2", "ar@example.com")


def test_named_as_an_editor_one_is_not_bound(book):
    book.batch(protect(requestingUserCanEdit=False, editors={"users": ["ar@example.com"], "groups": []}))
    write(book, "B2", "ar@example.com")


@pytest.mark.parametrize(
    "request_",
    [
        {"updateCells": {"start": {"columnIndex": 1}, "rows": [{"values": [{}]}], "fields": "*"}},
        {"repeatCell": {"range": {"endRowIndex": 1}, "cell": {}, "fields": "note"}},
        {"appendCells": {"rows": [{"values": [{}]}], "fields": "*"}},
        {"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}},
        {"sortRange": {"range": {}, "sortSpecs": []}},
        {"setDataValidation": {"range": COLUMN_B}},
        {"cutPaste": {"source": {"endRowIndex": 1, "endColumnIndex": 1}, "destination": {"columnIndex": 1}}},
        {"findReplace": {"find": "x", "replacement": "y", "allSheets": True}},
        {"mergeCells": {"range": {"endRowIndex": 1}}},
    ],
)
def test_every_way_of_writing_is_bound(book, request_):
    book.write("B1", [["x"]])
    book.batch(protect())
    assert REFUSED in book.refusal(request_, caller=OTHER)


def test_a_protected_sheet_with_holes(book):
    book.batch({"addProtectedRange": {"protectedRange": {"range": {}, "unprotectedRanges": [COLUMN_B]}}})
    write(book, "B2", OTHER)
    with pytest.raises(ApiError):
        write(book, "C2", OTHER)


def test_through_a_named_range(book):
    named = {"name": "N", "namedRangeId": "n", "range": COLUMN_B}
    entry = {"protectedRange": {"namedRangeId": "n"}}
    book.batch({"addNamedRange": {"namedRange": named}}, {"addProtectedRange": entry})
    with pytest.raises(ApiError):
        write(book, "B2", OTHER)


def test_ids_and_updates(book):
    book.batch(protect(protectedRangeId=9, description="old"))
    assert "already exists" in book.refusal(protect(protectedRangeId=9))
    change = {
        "protectedRange": {"protectedRangeId": 9, "warningOnly": True},
        "fields": "warningOnly,description",
    }
    book.batch({"updateProtectedRange": change})
    shown = book.sheet()["protectedRanges"][0]
    assert (shown["warningOnly"], shown.get("description")) == (True, None)
    assert "No protected range with ID: 8" in book.refusal({"deleteProtectedRange": {"protectedRangeId": 8}})
