"""Google's own Python client as a witness: everything over HTTP, nothing of it changed but the address."""

import base64
import io
import json
import re
from importlib import resources

import pytest
from google.oauth2 import service_account
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseUpload

from sheetsdun.sandbox import gmail as engine
from sheetsdun.sandbox.launch import Sandbox

DEBTOR = "anna@debtor.example"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with Sandbox(tmp_path_factory.mktemp("sandbox"), build=engine.handlers) as running:
        yield running


@pytest.fixture
def client(sandbox, request):
    """Makes clients for mailboxes; each test has mailboxes of its own."""
    shipped = resources.files("googleapiclient") / "discovery_cache" / "documents" / "gmail.v1.json"
    document = json.loads(shipped.read_text()) | {
        "rootUrl": f"{sandbox.endpoint}/",
        "baseUrl": f"{sandbox.endpoint}/",
    }
    document.pop("mtlsRootUrl", None)
    opened = []

    own = re.sub(r"\W", "", request.node.name) + "@example.com"

    def make(mailbox=own):
        credentials = service_account.Credentials.from_service_account_file(
            str(sandbox.credentials), scopes=["https://mail.google.com/"]
        )
        service = build_from_document(document, credentials=credentials.with_subject(mailbox))
        opened.append(service)
        return service

    yield make
    for service in opened:
        service.close()


def test_the_life_of_a_draft(client, mail, b64):
    users = client().users()
    drafts = users.drafts()
    raw = b64(mail(to="", text=""))
    draft = drafts.create(userId="me", body={"message": {"raw": raw}}).execute()
    filled = drafts.update(userId="me", id=draft["id"], body={"message": {"raw": b64(mail())}}).execute()
    assert filled["message"]["id"] != draft["message"]["id"]
    listed = drafts.list(userId="me").execute()["drafts"]
    assert [d["id"] for d in listed] == [draft["id"]]
    sent = drafts.send(userId="me", body={"id": draft["id"]}).execute()
    with pytest.raises(HttpError) as caught:
        drafts.get(userId="me", id=draft["id"]).execute()
    assert caught.value.status_code == 404
    assert caught.value.reason == "Requested entity was not found."
    assert caught.value.error_details[0]["reason"] == "notFound"
    shown = users.messages().get(userId="me", id=sent["id"], fields="labelIds,payload/headers").execute()
    assert set(shown) == {"labelIds", "payload"}
    assert shown["labelIds"] == ["SENT"]


def test_a_batch_makes_drafts_and_tells_each_failure_apart(client, mail, b64):
    service = client()
    users = service.users()
    answers = {}

    def note(name, answer, error):
        answers[name] = error.status_code if error else answer["message"]["labelIds"]

    # A batch that must fetch a token itself leaves that connection open, and Python warns of it.
    users.getProfile(userId="me").execute()
    batch = service.new_batch_http_request(callback=note)
    for n, to in enumerate(["anna@debtor.example", "nonsense", ""]):
        body = {"message": {"raw": b64(mail(to=to, subject=f"n{n}"))}}
        batch.add(users.drafts().create(userId="me", body=body), request_id=str(n))
    batch.execute()
    assert answers == {"0": ["DRAFT"], "1": 400, "2": ["DRAFT"]}


@pytest.mark.parametrize("resumable", [False, True])
def test_uploads(client, mail, resumable):
    users = client().users()
    users.labels().create(userId="me", body={"name": f"Kept {resumable}"}).execute()

    def upload():
        return MediaIoBaseUpload(io.BytesIO(mail()), "message/rfc822", resumable=resumable)

    draft = users.drafts().create(userId="me", body={}, media_body=upload()).execute()
    assert draft["message"]["labelIds"] == ["DRAFT"]
    sent = users.messages().send(userId="me", media_body=upload()).execute()
    assert sent["labelIds"] == ["SENT"]
    put = users.messages().insert(userId="me", body={"labelIds": ["INBOX"]}, media_body=upload()).execute()
    assert put["labelIds"] == ["INBOX"]
    raw = users.messages().get(userId="me", id=put["id"], format="raw").execute()["raw"]
    assert base64.urlsafe_b64decode(raw) == mail()


def test_search_pages_threads_labels_and_history(client, mail, b64):
    users, debtor = client().users(), client(DEBTOR).users()
    debtor.getProfile(userId="me").execute()
    start = users.getProfile(userId="me").execute()["historyId"]
    for n in range(3):
        body = {"raw": b64(mail(subject=f"Invoice {n}"))}
        users.messages().send(userId="me", body=body).execute()
    request, found = users.messages().list(userId="me", q="in:sent subject:invoice", maxResults=2), []
    while request is not None:
        page = request.execute()
        found += page["messages"]
        request = users.messages().list_next(request, page)
    assert len(found) == 3
    assert "messages" not in users.messages().list(userId="me", q="absent").execute()
    label = users.labels().create(userId="me", body={"name": "Sheetsdun/Debts"}).execute()
    ids = [m["id"] for m in found]
    users.messages().batchModify(userId="me", body={"ids": ids, "addLabelIds": [label["id"]]}).execute()
    assert users.labels().get(userId="me", id=label["id"]).execute()["threadsTotal"] == 3
    with pytest.raises(HttpError, match="Label name exists or conflicts"):
        users.labels().create(userId="me", body={"name": "sheetsdun/debts"}).execute()
    users.labels().delete(userId="me", id=label["id"]).execute()
    history = users.history().list(userId="me", startHistoryId=start, historyTypes=["messageAdded"]).execute()
    assert len(history["history"]) == 3
    assert len(debtor.threads().list(userId="me", labelIds=["INBOX", "UNREAD"]).execute()["threads"]) == 3
    thread = users.threads().get(userId="me", id=found[0]["threadId"], format="metadata").execute()
    assert thread["messages"][0]["labelIds"] == ["SENT"]
    (alias,) = users.settings().sendAs().list(userId="me").execute()["sendAs"]
    assert alias["isPrimary"]


def test_another_mailbox_and_none(client, sandbox):
    with pytest.raises(HttpError, match="Delegation denied for boss@"):
        client().users().getProfile(userId="boss@example.com").execute()
    robot = json.loads(sandbox.credentials.read_text())["client_email"]
    with pytest.raises(HttpError, match="Precondition check failed"):
        client(robot).users().getProfile(userId="me").execute()
