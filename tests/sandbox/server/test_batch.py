"""The batch endpoints, with google-api-python-client as witness."""

import pytest
import requests
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import BatchHttpRequest, MediaInMemoryUpload

SHEETS_SCOPE = "https://www.googleapis.com/auth/spreadsheets"


def run(batch, *calls):
    answers = {}
    for number, call in enumerate(calls):
        batch.add(
            call, lambda id_, answer, error: answers.update({id_: error or answer}), request_id=f"n{number}"
        )
    batch.execute()
    return [answers[f"n{number}"] for number in range(len(calls))]


def test_calls_are_carried_out_in_order_each_for_itself(gmail, stub):
    users = gmail.users()
    answers = run(
        gmail.new_batch_http_request(),
        users.labels().create(userId="me", body={"name": "ünï"}),
        users.threads().get(userId="me", id="t"),
        users.labels().create(userId="me", body={"name": "b"}),
        users.drafts().delete(userId="me", id="r1"),
        users.labels().list(userId="me", fields="labels/name"),
    )
    assert answers[0] == {"id": "r1"}
    assert isinstance(answers[1], HttpError)
    assert (answers[1].status_code, answers[1].reason) == (404, "Requested entity was not found.")
    assert answers[2] == {"id": "r2"}
    assert answers[4] == {"labels": [{"name": "ünï"}, {"name": "b"}]}
    assert stub.rows() == ["ünï", "b"]


@pytest.mark.parametrize("path", ["/batch", "/batch/gmail/v1", "/batch/drive/v3", "/batch/sheets/v4"])
def test_every_batch_path_answers(gmail, sandbox, path):
    batch = BatchHttpRequest(batch_uri=sandbox.endpoint + path)
    assert run(batch, gmail.users().labels().create(userId="me", body={"name": "a"})) == [{"id": "r1"}]


def part(target, content_id="<a>", method="GET", headers="", body=""):
    return (
        f"--b\r\nContent-Type: application/http\r\nContent-ID: {content_id}\r\n\r\n"
        f"{method} {target} HTTP/1.1\r\n{headers}\r\n{body}\r\n"
    )


def post(client, *parts, **headers):
    body = "".join(parts) + "--b--"
    return client.post(
        "/batch", data=body.encode(), headers={"Content-Type": "multipart/mixed; boundary=b", **headers}
    )


def test_the_content_id_is_answered(client):
    answer = post(client, part("/gmail/v1/users/me/labels", "<x + 1>"))
    assert "Content-ID: <response-x + 1>\r\n" in answer.text
    assert "HTTP/1.1 200 OK\r\n" in answer.text


def test_a_full_url_will_do(client, sandbox):
    assert "HTTP/1.1 200 OK" in post(client, part(f"{sandbox.endpoint}/gmail/v1/users/me/labels")).text


def test_an_inner_authorization_comes_first(client, sandbox, stub):
    token = sandbox.tokens.access("other@example.com", frozenset([SHEETS_SCOPE]))
    headers = f"Authorization: Bearer {token}\r\n"
    answer = post(client, part("/v4/spreadsheets/ID", headers=headers), part("/v4/spreadsheets/ID"))
    assert answer.text.count("HTTP/1.1 200 OK") == 2
    assert [call.caller for call in stub.calls] == ["other@example.com", "ar@example.com"]


def test_without_any_authorization_each_call_is_401(sandbox):
    headers = {"Content-Type": "multipart/mixed; boundary=b"}
    body = part("/v4/spreadsheets/ID") + "--b--"
    answer = requests.post(sandbox.endpoint + "/batch", data=body, headers=headers, timeout=10)
    assert answer.status_code == 200
    assert "HTTP/1.1 401 Unauthorized" in answer.text


def test_more_than_a_hundred_calls_are_refused_as_a_whole(client, stub):
    hundred = [part("/gmail/v1/users/me/labels", method="POST", body='{"name": "a"}')] * 100
    assert post(client, *hundred).status_code == 200
    answer = post(client, *hundred, hundred[0])
    assert answer.status_code == 400
    assert (
        answer.json()["error"]["message"]
        == "Inner request count exceeds the limit. Received: 101, Limit: 100"
    )
    assert len(stub.rows()) == 100


def test_no_batch_or_upload_inside_a_batch(client, stub):
    uploading = part("/upload/gmail/v1/users/me/drafts?uploadType=media", method="POST", body="x")
    answer = post(client, part("/batch", method="POST"), uploading, part("/token", method="POST"))
    assert answer.text.count("HTTP/1.1 404 Not Found") == 3
    assert stub.calls == []


@pytest.mark.parametrize(
    "content_type", ["multipart/mixed", "application/json", "multipart/mixed; boundary=other"]
)
def test_what_is_no_batch_is_refused(client, content_type):
    assert post(client, part("/x"), **{"Content-Type": content_type}).status_code == 400


def test_a_part_of_rubbish_fails_for_itself(client):
    answer = post(client, "--b\r\n\r\n\r\n", "--b\r\nnonsense\r\n", part("/gmail/v1/users/me/labels"))
    assert answer.status_code == 200
    assert answer.text.count("HTTP/1.1 404") == 2
    assert answer.text.count("HTTP/1.1 200") == 1


@pytest.mark.parametrize(
    "path", ["/discovery/v1/apis/{api}/{apiVersion}/rest", "/$discovery/rest?version={apiVersion}"]
)
def test_a_client_built_from_the_served_document_sends_everything_here(sandbox, delegated, stub, path):
    where = sandbox.endpoint + path
    with build(
        "gmail", "v1", discoveryServiceUrl=where, static_discovery=False, credentials=delegated
    ) as service:
        labels = service.users().labels()
        media = MediaInMemoryUpload(b"To: a@b.c", mimetype="message/rfc822")
        service.users().drafts().create(userId="me", media_body=media).execute()
        assert run(service.new_batch_http_request(), labels.create(userId="me", body={"name": "a"})) == [
            {"id": "r2"}
        ]
    assert stub.rows() == ["row", "a"]


@pytest.mark.parametrize("path", ["gmail/v9", "calendar/v3", "../gmail/v1"])
def test_other_documents_are_not_served(client, path):
    assert client.get(f"/discovery/v1/apis/{path}/rest").status_code == 404
    assert client.get("/$discovery/rest?version=v9").status_code == 404
