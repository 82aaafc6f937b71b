import pytest

DEBTOR = "anna@debtor.example"


@pytest.fixture
def sent(gmail, mail):
    gmail("getProfile", caller=DEBTOR)
    return gmail.send(mail())


def gmails_id(gmail, message, **whose):
    return gmail.headers(message["id"], **whose)["Message-ID"]


def test_a_follow_up_needs_thread_reference_and_subject(gmail, mail, sent):
    reference = gmails_id(gmail, sent)
    thread = sent["threadId"]
    whole = gmail.draft(mail(subject="Re: Invoice 17", In_Reply_To=reference), threadId=thread)
    assert whole["message"]["threadId"] == thread
    by_references = gmail.send(mail(References=f"<x@y.example> {reference}"), threadId=thread)
    assert by_references["threadId"] == thread
    lacking = [
        gmail.draft(mail(), threadId=thread),
        gmail.draft(mail(subject="Invoice 18", In_Reply_To=reference), threadId=thread),
        gmail.draft(mail(In_Reply_To=reference)),
        gmail.draft(mail(In_Reply_To="<mine@example.com>"), threadId=thread),
    ]
    for draft in lacking:
        assert draft["message"]["threadId"] == draft["message"]["id"]


def test_an_unknown_thread_is_404_and_nonsense_400(gmail, mail, b64):
    body = {"message": {"raw": b64(mail()), "threadId": "19abcdef01234567"}}
    assert gmail.refusal("drafts.create", body=body)[0] == 404
    assert gmail("drafts.list") == {"resultSizeEstimate": 0}
    body["message"]["threadId"] = "xyz"
    assert gmail.refusal("drafts.create", body=body) == (400, "Invalid thread_id value", "invalidArgument")


def test_an_update_without_thread_takes_a_reply_out_of_its_conversation(gmail, mail, b64, sent):
    raw = mail(subject="Re: Invoice 17", In_Reply_To=gmails_id(gmail, sent))
    draft = gmail.draft(raw, threadId=sent["threadId"])
    with_thread = {"message": {"raw": b64(raw), "threadId": sent["threadId"]}}
    kept = gmail("drafts.update", id=draft["id"], body=with_thread)
    assert kept["message"]["threadId"] == sent["threadId"]
    lost = gmail("drafts.update", id=draft["id"], body={"message": {"raw": b64(raw)}})
    assert lost["message"]["threadId"] == lost["message"]["id"]


def test_mail_to_a_mailbox_of_this_server_arrives_there(gmail, mail):
    gmail("getProfile", caller=DEBTOR)
    sent = gmail.send(mail(to=f"Anna <{DEBTOR.upper()}>, gone@else.example", Bcc="boss@example.com"))
    (there,) = gmail.found(caller=DEBTOR)
    assert gmail.labels(there, caller=DEBTOR) == ["INBOX", "UNREAD"]
    received, own = gmail.headers(there, caller=DEBTOR), gmail.headers(sent["id"])
    assert received["Message-ID"] == own["Message-ID"]
    assert "Bcc" in own
    assert "Bcc" not in received
    assert there != sent["id"]


def test_an_answer_comes_back_into_the_thread(gmail, mail, sent):
    (there,) = gmail.found(caller=DEBTOR)
    answer = mail(
        to="ar+invoices@example.com",
        subject="Re: Invoice 17",
        sender=DEBTOR,
        In_Reply_To=gmails_id(gmail, sent),
    )
    gmail.send(answer, caller=DEBTOR, threadId=there)
    thread = gmail("threads.get", id=sent["threadId"], query={"format": "minimal"})
    assert [m["labelIds"] for m in thread["messages"]] == [["SENT"], ["INBOX", "UNREAD"]]


@pytest.mark.parametrize(
    ("sender", "subject", "joins"),
    [
        (DEBTOR, "RE: Invoice 17", True),
        (DEBTOR, "AW: Re: Invoice  17", True),
        (DEBTOR, "Something else", False),
        ("mailer-daemon@googlemail.com", "Delivery Status Notification (Failure)", True),
    ],
)
def test_inserted_mail_joins_by_reference_and_subject_and_a_bounce_by_reference(
    gmail, mail, sent, sender, subject, joins
):
    raw = mail(to="ar@example.com", sender=sender, subject=subject, In_Reply_To=gmails_id(gmail, sent))
    put = gmail.insert(raw, labelIds=["INBOX", "UNREAD"])
    assert (put["threadId"] == sent["threadId"]) == joins


def test_mail_to_oneself_is_one_message_sent_and_received(gmail, mail):
    sent = gmail.send(mail(to="ar@example.com"))
    assert sent["labelIds"] == ["INBOX", "SENT", "UNREAD"]
    assert gmail.found() == [sent["id"]]


def test_threads_are_listed_by_their_newest_message(gmail, mail, sent):
    gmail.pass_time(minutes=1)
    other = gmail.send(mail(subject="Other"))
    gmail.pass_time(minutes=1)
    gmail.insert(mail(subject="Re: Invoice 17", text="tomorrow", In_Reply_To=gmails_id(gmail, sent)))
    listed = gmail("threads.list", query={"maxResults": 1})
    assert [t["id"] for t in listed["threads"]] == [sent["threadId"]]
    assert listed["threads"][0]["snippet"] == "tomorrow"
    rest = gmail("threads.list", query={"pageToken": listed["nextPageToken"]})
    assert [t["id"] for t in rest["threads"]] == [other["threadId"]]
    found = gmail("threads.list", query={"q": "tomorrow"})
    assert [t["id"] for t in found["threads"]] == [sent["threadId"]]


def test_changes_to_a_thread_reach_every_message_but_spare_drafts(gmail, mail, sent):
    reply = mail(subject="Re: Invoice 17", In_Reply_To=gmails_id(gmail, sent))
    draft = gmail.draft(reply, threadId=sent["threadId"])
    changed = gmail("threads.modify", id=sent["threadId"], body={"addLabelIds": ["STARRED"]})
    assert [m["labelIds"] for m in changed["messages"]] == [["SENT", "STARRED"], ["DRAFT"]]
    gmail("threads.trash", id=sent["threadId"])
    assert "TRASH" in gmail.labels(sent["id"])
    assert gmail("threads.list") == {"resultSizeEstimate": 0}
    gmail("threads.untrash", id=sent["threadId"])
    assert gmail.labels(sent["id"]) == ["SENT", "STARRED"]
    gmail("threads.delete", id=sent["threadId"])
    assert gmail.refusal("threads.get", id=sent["threadId"])[0] == 404
    assert gmail.refusal("drafts.get", id=draft["id"])[0] == 404
