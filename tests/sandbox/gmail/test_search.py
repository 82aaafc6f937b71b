import contextlib
import time

import pytest


@pytest.fixture
def posts(gmail, mail):
    """Four messages, a day apart, the last one now."""
    gmail.pass_time(days=-3)
    kept = {}
    label = gmail("labels.create", body={"name": "Sheetsdun/My debts"})["id"]
    kept["old"] = gmail.insert(
        mail(
            to="ar@example.com", sender="Anna Weiß <anna@debtor.example>", subject="Re: Invoice 17", text="no"
        ),
        labelIds=["INBOX", "UNREAD", label],
    )["id"]
    gmail.pass_time(days=1)
    kept["sent"] = gmail.send(
        mail(
            to="bob@debtor.example",
            Cc="carl@debtor.example",
            subject="Payment reminder",
            text="Invoice 18 is due",
        )
    )["id"]
    gmail.pass_time(days=1)
    kept["draft"] = gmail.draft(mail(to="bob@debtor.example", subject="Second reminder", text="still due"))[
        "message"
    ]["id"]
    gmail.pass_time(days=1)
    kept["spam"] = gmail.insert(mail(subject="Win invoice money"), labelIds=["SPAM"])["id"]
    return kept


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("", "draft sent old"),
        ("in:anywhere", "spam draft sent old"),
        ("in:inbox", "old"),
        ("in:sent", "sent"),
        ("is:sent", "sent"),
        ("in:drafts", "draft"),
        ("in:draft", "draft"),
        ("is:draft", "draft"),
        ("in:spam", "spam"),
        ("in:trash", ""),
        ("is:unread", "old"),
        ("is:read", "draft sent"),
        ("is:starred", ""),
        ("label:sheetsdun-my-debts", "old"),
        ('label:"Sheetsdun/My debts"', "old"),
        ("label:unknown", ""),
        ("has:userlabels", "old"),
        ("has:nouserlabels", "draft sent"),
        ("has:youtube", ""),
        ("from:anna", "old"),
        ("from:weiß", "old"),
        ("FROM:ANNA@debtor.example", "old"),
        ("from: anna", "old"),
        ("from:me", "draft sent"),
        ("to:me", "old"),
        ("from:ann", ""),
        ("to:bob", "draft sent"),
        ("to:carl", "sent"),
        ("cc:carl", "sent"),
        ("cc:bob", ""),
        ("to:debtor.example", "draft sent"),
        ("subject:reminder", "draft sent"),
        ('subject:"payment reminder"', "sent"),
        ("subject:(reminder second)", "draft"),
        ('subject:"reminder payment"', ""),
        ("invoice", "sent old"),
        ("INVOICE due", "sent"),
        ('"invoice 18"', "sent"),
        ('"18 invoice"', ""),
        ("invoice -due", "old"),
        ("-invoice", "draft"),
        ("-from:me", "old"),
        ("no OR still", "draft old"),
        ("no OR still due", "draft"),
        ("{from:anna cc:carl}", "sent old"),
        ("from:(anna OR nobody)", "old"),
        ("(in:sent OR in:drafts) -(subject:second)", "sent"),
        ("invoice AND due", "sent"),
        ("after:2026/10/31", "draft sent"),
        ("before:2026-10-31", "old"),
        ("after:10/31/2026 before:2026/11/01", "sent"),
        ("after:1793534400", "draft"),
        ("before:1793400000", "old"),
        ("newer_than:1d", ""),
        ("newer_than:2d", "draft"),
        ("older_than:2d", "sent old"),
        ("newer_than:1y", "draft sent old"),
        ("has:attachment", ""),
        ("-has:attachment in:sent", "sent"),
        ("larger:1m", ""),
        ("smaller:1m in:inbox", "old"),
        ("after:soon", ""),
        ("unknown:operator", ""),
        ("x-sheetsdun-key:k", ""),
        ("in:sent )", "sent"),
        ("in:sent (", "sent"),
        ("in:sent OR", "sent"),
        ("((in:sent", "sent"),
        ("***", "draft sent old"),
    ],
)
def test_operators(gmail, posts, q, expected):
    gmail.pass_time(minutes=1)  # so that no message is exactly a day old
    names = {i: name for name, i in posts.items()}
    assert " ".join(names[i] for i in gmail.found(q)) == expected


def test_rfc822msgid_knows_only_gmails_own(gmail, mail):
    sent = gmail.send(mail(Message_ID="<mine@example.com>"))
    own = gmail.headers(sent["id"])["Message-ID"]
    assert gmail.found("rfc822msgid:mine@example.com") == []
    assert gmail.found(f"rfc822msgid:{own}") == gmail.found(f"rfc822msgid:{own.strip('<>')}") == [sent["id"]]


def test_dates_are_midnight_in_california(gmail, mail):
    put = gmail.insert(
        mail(Date="Mon, 02 Nov 2026 07:59:00 +0000"), query={"internalDateSource": "dateHeader"}
    )
    assert gmail.found("before:2026/11/02") == [put["id"]]
    assert gmail.found("after:2026/11/02") == []


def test_spam_and_trash_are_left_out_unless_asked_for(gmail, posts):
    gmail("messages.trash", id=posts["old"])
    assert gmail.found("invoice") == [posts["sent"]]
    assert gmail.found("invoice", includeSpamTrash="true") == [posts["spam"], posts["sent"], posts["old"]]
    assert gmail.found(labelIds=["TRASH"]) == [posts["old"]]
    assert gmail.found("-in:trash invoice") == [posts["sent"]]


def test_label_ids_must_all_be_there(gmail, posts):
    assert gmail.found(labelIds=["INBOX", "UNREAD"]) == [posts["old"]]
    assert gmail.found(labelIds=["INBOX", "SENT"]) == []
    refusal = gmail.refusal("messages.list", query={"labelIds": ["Nope"]})
    assert refusal == (400, "Invalid label: Nope", "invalidArgument")


def test_nothing_found_has_no_messages_key(gmail):
    assert gmail("messages.list") == {"resultSizeEstimate": 0}
    assert gmail("threads.list") == {"resultSizeEstimate": 0}
    assert gmail("drafts.list") == {"resultSizeEstimate": 0}


def test_pages_hold_still_while_new_mail_arrives(gmail, mail):
    ids = [gmail.insert(mail(subject=f"s{n}"))["id"] for n in range(7)]
    seen, token = [], ""
    while True:
        page = gmail("messages.list", query={"maxResults": 3, "pageToken": token})
        seen += [m["id"] for m in page["messages"]]
        gmail.insert(mail(subject="new"))
        if not (token := page.get("nextPageToken", "")):
            break
    assert seen == ids[::-1]
    assert gmail.refusal("messages.list", query={"pageToken": "x"})[0] == 400


def test_search_can_lag_behind_while_get_and_plain_lists_do_not(gmail, mail):
    gmail.tune(search_lag_seconds=600)
    sent = gmail.send(mail())
    assert gmail.found("in:sent") == []
    assert gmail.found() == [sent["id"]]
    assert gmail.found(labelIds=["SENT"]) == [sent["id"]]
    assert gmail("messages.get", id=sent["id"])["id"] == sent["id"]
    gmail.pass_time(minutes=11)
    assert gmail.found("in:sent") == [sent["id"]]


@pytest.mark.parametrize(
    "q",
    [
        "(" * 5000,
        "-" * 5000,
        "from:" * 5000,
        "word " * 5000,
        "a OR " * 5000,
        '"',
        "{",
        "-",
        "OR OR",
        "\x00'%_",
    ],
)
def test_no_query_breaks_it(gmail, q):
    from sheetsdun.sandbox.wire import ApiError

    gmail.send(b"To: a@b.example\r\n\r\nhi")
    with contextlib.suppress(ApiError):
        gmail.found(q)


def test_twenty_thousand_messages_are_searched_quickly(gmail, mail):
    raw = mail(text="Please pay the invoice. " * 20)
    with gmail.store.transaction() as db:
        first = int(gmail.send(raw)["id"], 16)
        copy = "INSERT INTO gmail_{0} SELECT {1} FROM gmail_{0}, seq WHERE {2} = ?"
        columns = [row["name"] for row in db.execute("PRAGMA table_info(gmail_messages)")]
        moved = ["id + n" if c == "id" else "thread + n" if c == "thread" else c for c in columns]
        seq = "WITH RECURSIVE seq(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < 20000) "
        db.execute(seq + copy.format("messages", ", ".join(moved), "id"), (first,))
        db.execute(seq + copy.format("message_labels", "mailbox, label, message + n", "message"), (first,))
    started = time.perf_counter()
    assert len(gmail.found("in:sent")) == 100
    assert len(gmail.found("subject:invoice -absent", maxResults=500)) == 500
    assert gmail.found("absent") == []
    assert gmail("labels.get", id="SENT")["messagesTotal"] == 20_001
    assert len(gmail("threads.list")["threads"]) == 100
    # A bound of an order of magnitude: what parses each message takes minutes.
    assert time.perf_counter() - started < 5
