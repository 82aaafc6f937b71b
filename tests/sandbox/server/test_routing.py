"""Routes come from the discovery documents, whatever the percent-encoding."""

import pytest

from sheetsdun.sandbox.discovery import discovery


@pytest.mark.parametrize(
    ("http_method", "path", "method", "parameters"),
    [
        ("GET", "/v4/spreadsheets/ID", "sheets.spreadsheets.get", {"spreadsheetId": "ID"}),
        (
            "POST",
            "/v4/spreadsheets/ID:batchUpdate",
            "sheets.spreadsheets.batchUpdate",
            {"spreadsheetId": "ID"},
        ),
        (
            "POST",
            "/v4/spreadsheets/ID%3AbatchUpdate",
            "sheets.spreadsheets.batchUpdate",
            {"spreadsheetId": "ID"},
        ),
        (
            "POST",
            "/v4/spreadsheets/ID/values/Sheet1!A1:B2:append",
            "sheets.spreadsheets.values.append",
            {"spreadsheetId": "ID", "range": "Sheet1!A1:B2"},
        ),
        (
            "POST",
            "/v4/spreadsheets/ID/values/%27A%2FB%20%C3%BC%27%21A1%3AB2:clear",
            "sheets.spreadsheets.values.clear",
            {"spreadsheetId": "ID", "range": "'A/B ü'!A1:B2"},
        ),
        (
            "GET",
            "/v4/spreadsheets/ID/values:batchGet",
            "sheets.spreadsheets.values.batchGet",
            {"spreadsheetId": "ID"},
        ),
        (
            "GET",
            "/v4/spreadsheets/ID/values%3AbatchGet",
            "sheets.spreadsheets.values.batchGet",
            {"spreadsheetId": "ID"},
        ),
        (
            "GET",
            "/v4/spreadsheets/ID/values/100%2525",
            "sheets.spreadsheets.values.get",
            {"spreadsheetId": "ID", "range": "100%25"},
        ),
        ("POST", "/gmail/v1/users/me/drafts/send", "gmail.users.drafts.send", {"userId": "me"}),
        (
            "GET",
            "/gmail/v1/users/a%40b.c/drafts/r-1",
            "gmail.users.drafts.get",
            {"userId": "a@b.c", "id": "r-1"},
        ),
        ("GET", "/drive/v3/files/generateIds", "drive.files.generateIds", {}),
        ("GET", "/drive/v3/files/x", "drive.files.get", {"fileId": "x"}),
        ("DELETE", "/drive/v3/files/trash", "drive.files.emptyTrash", {}),
    ],
)
def test_a_path_leads_to_its_method(http_method, path, method, parameters):
    found = discovery().route(http_method, path)
    assert found is not None
    assert (found[0].id, found[1]) == (method, parameters)


@pytest.mark.parametrize(
    ("http_method", "path"),
    [
        ("GET", "/v5/spreadsheets/ID"),
        ("DELETE", "/v4/spreadsheets/ID"),
        ("POST", "/v4/spreadsheets/ID:nonsense"),
        ("GET", "/v4/spreadsheets/ID/values/a/b"),
    ],
)
def test_other_paths_lead_nowhere(http_method, path):
    assert discovery().route(http_method, path) is None


def test_every_method_of_the_documents_has_a_route():
    for method in discovery().methods.values():
        assert method.scopes
        assert method.id.startswith(method.api + ".")
    assert len(discovery().methods) > 150


def test_an_unknown_path_is_a_page_not_json(client):
    answer = client.get("/v4/nonsense/<b>")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<b>" not in answer.text.split("<code>")[1]


def test_a_method_that_nobody_handles_is_not_implemented(client):
    answer = client.get("/gmail/v1/users/me/settings/pop")
    assert answer.status_code == 501
    assert answer.json()["error"]["status"] == "UNIMPLEMENTED"


def test_a_bug_is_a_500_in_googles_form_with_its_traceback_on_stderr(client, capfd):
    answer = client.get("/gmail/v1/users/me/threads")
    assert answer.status_code == 500
    assert answer.json()["error"]["errors"][0]["reason"] == "backendError"
    assert "KeyError: 'nothing'" in capfd.readouterr().err


def test_a_refused_call_has_changed_nothing(client, stub):
    answer = client.get("/gmail/v1/users/me/threads/t1")
    assert answer.json() == {
        "error": {
            "code": 404,
            "message": "Requested entity was not found.",
            "errors": [
                {"message": "Requested entity was not found.", "domain": "global", "reason": "notFound"}
            ],
            "status": "NOT_FOUND",
        }
    }
    assert stub.rows() == []


def test_a_method_without_an_answer_says_204(client):
    answer = client.delete("/gmail/v1/users/me/drafts/r1")
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_download_comes_as_it_is(client):
    answer = client.get("/drive/v3/files/x?alt=media")
    assert (answer.content, answer.headers["Content-Type"]) == (b"\x00\xff", "image/png")


def test_a_get_that_was_too_long_comes_as_a_post(client, stub):
    headers = {"X-HTTP-Method-Override": "GET", "Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post(
        "/v4/spreadsheets/ID/values:batchGet", data="ranges=A1&ranges=B%3AB", headers=headers
    )
    assert answer.status_code == 200
    assert stub.last.many("ranges") == ["A1", "B:B"]


def test_a_handler_sees_the_call_decoded(client, stub):
    client.put("/v4/spreadsheets/ID/values/A%201?valueInputOption=RAW", json={"values": [[None, 1, "ü"]]})
    call = stub.last
    assert call.method == "sheets.spreadsheets.values.update"
    assert call.path == {"spreadsheetId": "ID", "range": "A 1"}
    assert call.one("valueInputOption") == "RAW"
    assert call.body == {"values": [[None, 1, "ü"]]}
    assert call.caller == "ar@example.com"
    assert "https://mail.google.com/" in call.scopes
