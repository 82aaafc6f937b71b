"""Requests that the published documents would not allow get Google's 400."""

import pytest

BATCH = "/v4/spreadsheets/ID:batchUpdate"


def refusal(answer):
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    assert error["status"] == "INVALID_ARGUMENT"
    return error


def test_an_unknown_field_is_named_with_its_place(client, stub):
    error = refusal(client.post(BATCH, json={"requests": [{"foo": 1}]}))
    sentence = "Invalid JSON payload received. Unknown name \"foo\" at 'requests[0]': Cannot find field."
    assert error == {
        "code": 400,
        "message": sentence,
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [{"field": "requests[0]", "description": sentence}],
            }
        ],
    }
    assert stub.calls == []


def test_every_violation_is_told(client):
    body = {"requests": [{"addSheet": {"properties": {"index": "x"}}}, {"foo": 1, "bar": 2}]}
    error = refusal(client.post(BATCH, json=body))
    assert len(error["details"][0]["fieldViolations"]) == 3
    assert error["message"].count("\n") == 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"nonsense": 1}, 'Unknown name "nonsense": Cannot find field.'),
        (
            {"requests": [{"updateSheetProperties": {"properties": {"title": 5}}}]},
            "Invalid value at 'requests[0].update_sheet_properties.properties.title' (TYPE_STRING), 5",
        ),
        (
            {"requests": [{"addSheet": [{}]}]},
            "Unknown name \"addSheet\" at 'requests[0]': Proto field is not repeating, cannot start list.",
        ),
        (
            {"requests": [{"insertDimension": {"range": {"dimension": "LINES"}}}]},
            'dimension\' (type.googleapis.com/google.apps.sheets.v4.Dimension), "LINES"',
        ),
        (
            {"requests": {}},
            "Invalid value at 'requests' (type.googleapis.com/google.apps.sheets.v4.Request), {}",
        ),
        (
            {"requests": [None]},
            "Invalid value at 'requests[0]' (type.googleapis.com/google.apps.sheets.v4.Request), null",
        ),
        (
            {"requests": [{"deleteSheet": {"sheetId": 2**31}}]},
            "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), 2147483648",
        ),
        ({"requests": [{"deleteSheet": {"sheetId": True}}]}, "(TYPE_INT32), true"),
        ({"includeSpreadsheetInResponse": "yes"}, "(TYPE_BOOL)"),
        (
            {
                "requests": [
                    {"updateCells": {"rows": [{"values": [{"userEnteredValue": {"numberValue": "1"}}]}]}}
                ]
            },
            "'requests[0].update_cells.rows[0].values[0].user_entered_value.number_value' (TYPE_DOUBLE)",
        ),
    ],
)
def test_a_wrong_body_is_refused(client, body, words):
    assert words in refusal(client.post(BATCH, json=body))["message"]


@pytest.mark.parametrize(
    "body",
    [
        {"requests": [{"addSheet": {"properties": {"title": None, "index": None}}, "updateCells": None}]},
        {"requests": [{"deleteSheet": {"sheetId": "5"}}, {"deleteSheet": {"sheetId": 5.0}}]},
        {"requests": [{"setBasicFilter": {"filter": {"criteria": {"0": {"hiddenValues": ["x"]}}}}}]},
        {},
    ],
)
def test_a_right_body_passes(client, body):
    assert client.post(BATCH, json=body).status_code == 200


def test_explicit_nulls_are_absent_for_the_handler_except_among_values(client, stub):
    client.post(BATCH, json={"requests": [{"addSheet": {"properties": {"title": None, "index": 1}}}]})
    assert stub.last.body == {"requests": [{"addSheet": {"properties": {"index": 1}}}]}
    client.post("/v4/spreadsheets/ID/values/A1:append?valueInputOption=RAW", json={"values": [[None, 1]]})
    assert stub.last.body == {"values": [[None, 1]]}


def test_the_path_of_a_resource_body_begins_with_its_name(client):
    error = refusal(client.post("/gmail/v1/users/me/drafts", json={"message": {"raw": 5}}))
    assert error["message"] == "Invalid value at 'draft.message.raw' (TYPE_BYTES), 5"
    assert error["errors"][0]["reason"] == "badRequest"
    error = refusal(client.put("/v4/spreadsheets/ID/values/A1?valueInputOption=RAW", json={"values": ["x"]}))
    assert (
        error["message"]
        == "Invalid value at 'data.values[0]' (type.googleapis.com/google.protobuf.ListValue), \"x\""
    )


def test_what_should_be_base64_is_looked_at(client):
    error = refusal(client.post("/gmail/v1/users/me/drafts", json={"message": {"raw": "ü!"}}))
    assert "Base64 decoding failed" in error["message"]
    for raw in ("_-8=", "/+8=", "_-8", ""):
        assert client.post("/gmail/v1/users/me/drafts", json={"message": {"raw": raw}}).status_code == 200


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("foo=1", "Unknown name \"foo\": Cannot bind query parameter. Field 'foo' could not be found"),
        ("includeGridData=perhaps", "Invalid value at 'include_grid_data' (TYPE_BOOL), \"perhaps\""),
        ("alt=xml", "Invalid value at 'alt'"),
        ("spreadsheetId=other", 'Unknown name "spreadsheetId"'),
        ("fields=nonsense", "Cannot find matching fields for path 'nonsense'"),
        ("fields=sheets.properties.nonsense", "path 'sheets.properties.nonsense'"),
        ("fields=sheets(", "fields"),
        ("fields=spreadsheetId,%20properties", "fields"),
    ],
)
def test_a_wrong_query_is_refused(client, query, words):
    # "spreadsheetId" is known, but as a part of the path.
    answer = client.get(
        f"/v4/spreadsheets?{query}" if query.startswith("spread") else f"/v4/spreadsheets/ID?{query}"
    )
    if query.startswith("spread"):
        answer = client.post(f"/v4/spreadsheets?{query}", json={})
    assert words in refusal(answer)["message"]


@pytest.mark.parametrize(
    "query",
    ["includeGridData=True", "prettyPrint=false&key=k&quotaUser=u&$.xgafv=2&alt=json", "ranges=A1&ranges=B1"],
)
def test_a_right_query_passes(client, query):
    assert client.get(f"/v4/spreadsheets/ID?{query}").status_code == 200


def test_a_path_parameter_has_a_type_too(client):
    error = refusal(client.get("/v4/spreadsheets/ID/developerMetadata/five"))
    assert error["message"] == "Invalid value at 'metadata_id' (TYPE_INT32), \"five\""


def test_a_missing_parameter_is_named(client):
    error = refusal(client.get("/drive/v3/files/x/export"))
    assert error["message"] == "Required parameter: mimeType"


def test_drive_overlooks_what_it_does_not_know(client):
    assert client.get("/drive/v3/files/x?includeItemsFromAllDrives=true").status_code == 200
    assert client.post("/drive/v3/files/x/permissions", json={"withLink": False}).status_code == 501


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "Invalid JSON payload received."),
        (b"[]", "Root element must be a message."),
        (b"\xff", "Invalid UTF-8"),
        (b'{"requests": NaN}', "Invalid JSON payload received."),
        (b'{"responseRanges": ["\\ud800"]}', "Invalid UTF-8"),
        (b'{"a":' * 5000, "Invalid JSON payload received."),
    ],
)
def test_broken_json_is_refused(client, body, words):
    assert words in refusal(client.post(BATCH, data=body))["message"]


def test_an_emoji_in_escapes_is_text(client, stub):
    body = b'{"responseRanges": ["\\ud83d\\ude00"]}'
    assert client.post(BATCH, data=body).status_code == 200
    assert stub.last.body["responseRanges"] == ["😀"]


def test_names_may_be_spelt_as_protobuf_does(client, stub):
    spelt = [{"update_cells": {"start": {"row_index": 1}, "fields": "note"}}]
    body = {"requests": spelt, "include_spreadsheet_in_response": True}
    assert client.post(BATCH, json=body).status_code == 200
    assert stub.last.body == {
        "requests": [{"updateCells": {"start": {"rowIndex": 1}, "fields": "note"}}],
        "includeSpreadsheetInResponse": True,
    }
    both = {"responseRanges": [], "response_ranges": []}
    assert 'Unknown name "response_ranges"' in refusal(client.post(BATCH, json=both))["message"]
    wrong = refusal(client.post(BATCH, json={"requests": [{"delete_sheet": {"sheet_id": "x"}}]}))
    assert "'requests[0].delete_sheet.sheet_id' (TYPE_INT32)" in wrong["message"]
