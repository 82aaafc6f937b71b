import re

import pytest

NOT_FOUND = (404, "Requested entity was not found.", "notFound")


def replace(gmail, draft, raw, b64, **message):
    return gmail("drafts.update", id=draft["id"], body={"message": {"raw": b64(raw), **message}})


def test_a_draft_keeps_its_id_while_its_message_id_changes_with_every_update(gmail, mail, b64):
    first = gmail.draft(mail())
    second = replace(gmail, first, mail(text="Other words."), b64)
    assert re.fullmatch(r"r-?\d+", first["id"])
    assert second["id"] == first["id"]
    assert second["message"]["id"] > first["message"]["id"]
    assert second["message"]["labelIds"] == ["DRAFT"]
    assert gmail.refusal("messages.get", id=first["message"]["id"]) == NOT_FOUND


def test_message_id_is_gmails_and_new_with_every_rewrite(gmail, mail, b64):
    raw = mail(Message_ID="<mine@example.com>", X_Sheetsdun_Key="k1")
    draft = gmail.draft(raw)
    first = gmail.headers(draft["message"]["id"])
    second = gmail.headers(replace(gmail, draft, raw, b64)["message"]["id"])
    assert re.fullmatch(r"<CA\S+@mail\.gmail\.com>", first["Message-ID"])
    assert second["Message-ID"] != first["Message-ID"]
    assert first["X-Sheetsdun-Key"] == "k1"
    assert first["Date"].startswith("Mon, 02 Nov 2026 12:0")


def test_sending_uses_up_the_draft(gmail, mail):
    draft = gmail.draft(mail(Bcc="boss@example.com"))
    sent = gmail("drafts.send", body={"id": draft["id"]})
    assert sent["labelIds"] == ["SENT"]
    assert sent["threadId"] == draft["message"]["threadId"]
    assert sent["id"] != draft["message"]["id"]
    assert gmail.headers(sent["id"])["Bcc"] == "boss@example.com"
    assert gmail.refusal("drafts.get", id=draft["id"]) == NOT_FOUND
    assert gmail.refusal("drafts.send", body={"id": draft["id"]}) == NOT_FOUND
    assert gmail.refusal("messages.get", id=draft["message"]["id"]) == NOT_FOUND
    assert gmail.found("in:sent") == [sent["id"]]


def test_a_sent_draft_is_dated_when_it_is_sent(gmail, mail):
    draft = gmail.draft(mail())
    gmail.pass_time(days=2)
    sent = gmail("drafts.send", body={"id": draft["id"]})
    assert gmail.headers(sent["id"])["Date"].startswith("Wed, 04 Nov 2026 12:0")


def test_content_given_to_send_replaces_the_draft_first(gmail, mail, b64):
    draft = gmail.draft(mail(text="old"))
    body = {"id": draft["id"], "message": {"raw": b64(mail(text="new"))}}
    sent = gmail("drafts.send", body=body)
    assert gmail("messages.get", id=sent["id"])["snippet"] == "new"


def test_a_shell_without_recipient_is_kept_but_not_sent(gmail, mail):
    draft = gmail.draft(mail(to=None, text=""))
    refusal = gmail.refusal("drafts.send", body={"id": draft["id"]})
    assert refusal == (400, "Recipient address required", "invalidArgument")
    assert gmail("drafts.get", id=draft["id"])["message"]["labelIds"] == ["DRAFT"]


@pytest.mark.parametrize(
    "to", ["nobody", "a@b", "a@x.example; b@y.example", "a..b@x.example", "x y@z.example"]
)
def test_what_is_no_address_is_refused_in_drafts_and_sends(gmail, to):
    raw = f"To: {to}\r\nSubject: x\r\n\r\nhi".encode()
    with pytest.raises(Exception, match="Invalid To header"):
        gmail.draft(raw)
    with pytest.raises(Exception, match="Invalid To header"):
        gmail.send(raw)


def test_no_label_but_draft_fits_on_a_draft(gmail, mail, b64):
    label = gmail("labels.create", body={"name": "Reminders"})["id"]
    draft = gmail.draft(mail())
    for method, where in (("messages.modify", {"id": draft["message"]["id"]}), ("messages.batchModify", {})):
        body = {"addLabelIds": [label], "ids": [draft["message"]["id"]]}
        assert gmail.refusal(method, body=body, **where) == (
            400,
            f"Invalid label: {label}",
            "invalidArgument",
        )
    body = {"message": {"raw": b64(mail()), "labelIds": [label]}}
    assert gmail.refusal("drafts.create", body=body)[0] == 400
    assert gmail.labels(draft["message"]["id"]) == ["DRAFT"]


def test_a_draft_in_the_bin_is_there_for_who_looks_into_the_bin(gmail, mail):
    draft = gmail.draft(mail())
    gmail("messages.trash", id=draft["message"]["id"])
    assert gmail("drafts.list") == {"resultSizeEstimate": 0}
    listed = gmail("drafts.list", query={"includeSpamTrash": "true"})
    assert [d["id"] for d in listed["drafts"]] == [draft["id"]]
    assert "TRASH" in gmail.labels(draft["message"]["id"])


@pytest.mark.parametrize("method", ["messages.delete", "threads.delete"])
def test_deleting_a_drafts_message_deletes_the_draft(gmail, mail, method):
    draft = gmail.draft(mail())
    gmail(method, id=draft["message"]["id"])
    assert gmail.refusal("drafts.get", id=draft["id"]) == NOT_FOUND
    assert gmail.refusal("drafts.delete", id=draft["id"]) == NOT_FOUND


def test_a_draft_alone_keeps_its_thread_until_its_subject_changes(gmail, mail, b64):
    draft = gmail.draft(mail(subject="Invoice 17"))
    thread = draft["message"]["threadId"]
    assert replace(gmail, draft, mail(subject="Invoice 17", text="x"), b64)["message"]["threadId"] == thread
    moved = replace(gmail, draft, mail(subject="Invoice 18"), b64)["message"]
    assert moved["threadId"] == moved["id"] != thread


def test_drafts_are_listed_newest_first_with_message_and_thread(gmail, mail):
    drafts = []
    for n in range(3):
        drafts.append(gmail.draft(mail(subject=f"Letter {n}")))
        gmail.pass_time(seconds=1)
    page = gmail("drafts.list", query={"maxResults": 2})
    rest = gmail("drafts.list", query={"maxResults": 2, "pageToken": page["nextPageToken"]})
    listed = page["drafts"] + rest["drafts"]
    assert [d["id"] for d in listed] == [d["id"] for d in reversed(drafts)]
    message = drafts[2]["message"]
    assert listed[0]["message"] == {"id": message["id"], "threadId": message["threadId"]}
    assert "nextPageToken" not in rest
    found = gmail("drafts.list", query={"q": "subject:(letter 1)"})
    assert [d["id"] for d in found["drafts"]] == [drafts[1]["id"]]


def test_a_draft_needs_a_message(gmail):
    assert gmail.refusal("drafts.create", body={})[:2] == (400, "Missing draft message")
    assert gmail.refusal("drafts.create", body={"message": {"threadId": "1"}})[0] == 400
    assert gmail.refusal("drafts.create", body={"message": {"raw": "*"}})[0] == 400
