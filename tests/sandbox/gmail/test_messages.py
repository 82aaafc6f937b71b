import base64

import pytest


def test_ids_are_sixteen_hex_digits_and_grow(gmail, mail):
    ids = [gmail.send(mail())["id"] for _ in range(3)]
    assert all(len(i) == 16 and int(i, 16) for i in ids)
    assert ids == sorted(set(ids))


def test_ids_grow_also_when_the_clock_goes_back(gmail, mail):
    first = gmail.send(mail())
    gmail.pass_time(days=-400)
    assert gmail.send(mail())["id"] > first["id"]


@pytest.mark.parametrize("bad", ["", "xyz", "19abcdef012345678", "-1", "0x12"])
def test_what_cannot_be_an_id_is_400(gmail, bad):
    assert gmail.refusal("messages.get", id=bad) == (400, "Invalid id value", "invalidArgument")


def test_insert_and_import_keep_every_byte(gmail):
    raw = b"message-id: <own@debtor.example>\nFROM: x@y\nDate: Mon, 05 Oct 2026 08:00:00 +0200\n\n\xff\x00hi\r\n"
    inserted = gmail.insert(raw, labelIds=["INBOX"])
    imported = gmail("messages.import", media=raw, body={"labelIds": ["SENT"]})
    by_header = gmail.insert(raw, query={"internalDateSource": "dateHeader"})
    assert gmail.raw(inserted["id"]) == gmail.raw(imported["id"]) == raw
    assert gmail.found("rfc822msgid:own@debtor.example") == [inserted["id"], by_header["id"], imported["id"]]
    minimal = [gmail("messages.get", id=m["id"])["internalDate"] for m in (inserted, imported, by_header)]
    assert 0 <= int(minimal[0]) - 1793620800_000 < 60_000
    assert minimal[1:] == ["1791180000000", "1791180000000"]


def test_insert_with_deleted_is_for_the_archive_alone(gmail, mail):
    put = gmail.insert(mail(), query={"deleted": "true"})
    assert gmail.refusal("messages.get", id=put["id"])[0] == 404


def test_only_the_headers_that_gmail_sets_change_in_what_is_sent(gmail):
    raw = (
        b"X-First:  kept \n\tfolded\nmessage-ID: <a@b>\nfrom: =?utf-8?q?J=C3=BCrgen?= <x@else.example>\n"
        b"To: a@b.example\nnot a header\nMessage-Id: <c@d>\nSubject: caf\xe9\n\nline\r\n\xfe\x00 end"
    )
    sent = gmail.raw(gmail.send(raw)["id"])
    head, _, body = sent.partition(b"\n\n")
    assert body == b"line\r\n\xfe\x00 end"
    lines = head.split(b"\n")
    assert lines[:2] == [b"X-First:  kept ", b"\tfolded"]
    assert lines[2].startswith(b"Message-ID: <CA")
    assert lines[3] == b"From: =?utf-8?q?J=C3=BCrgen?= <ar@example.com>"
    assert lines[4:7] == [b"To: a@b.example", b"not a header", b"Subject: caf\xe9"]
    assert lines[7].startswith(b"Date: Mon, 02 Nov 2026 12:0")
    assert len(lines) == 8


@pytest.mark.parametrize(
    ("sender", "becomes"),
    [
        ("", "ar@example.com"),
        ("From: AR@Example.com\r\n", "AR@Example.com"),
        ("From: Billing <billing@example.com>\r\n", "Billing <billing@example.com>"),
        ("From: Pending <me@elsewhere.example>\r\n", "Pending <ar@example.com>"),
        ("From: stranger@elsewhere.example\r\n", "ar@example.com"),
        ("From: ar@example.com\r\nFrom: evil@elsewhere.example\r\n", "ar@example.com"),
    ],
)
def test_from_is_the_account_or_an_accepted_alias(gmail, sender, becomes):
    for alias in ("billing@example.com", "me@elsewhere.example"):
        gmail("settings.sendAs.create", body={"sendAsEmail": alias})
    sent = gmail.send(f"{sender}To: a@b.example\r\n\r\nhi".encode())
    raw = gmail.raw(sent["id"])
    assert raw.lower().count(b"from:") == 1
    assert gmail.headers(sent["id"])["From"] == becomes


def test_a_date_that_was_given_stays(gmail, mail):
    sent = gmail.send(mail(Date="Sun, 01 Nov 2026 10:00:00 +0100"))
    assert gmail.headers(sent["id"])["Date"] == "Sun, 01 Nov 2026 10:00:00 +0100"
    assert 0 <= int(gmail("messages.get", id=sent["id"])["internalDate"]) - 1793620800_000 < 60_000


def test_full_shows_the_tree_and_hands_out_attachments_by_id(gmail):
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ar@example.com", "a@b.example", "Grüße 🎉"
    message.set_content("Guten Tag, <b> & 'x'")
    message.add_alternative("<p>Guten Tag</p>", subtype="html")
    message.add_attachment(
        b"%PDF\x00\xff", maintype="application", subtype="pdf", filename="Rechnung März.pdf"
    )
    sent = gmail.send(message.as_bytes())
    full = gmail("messages.get", id=sent["id"])
    assert full["snippet"] == "Guten Tag, &lt;b&gt; &amp; &#39;x&#39;"
    assert full["sizeEstimate"] == len(gmail.raw(sent["id"]))
    payload = full["payload"]
    assert (payload["partId"], payload["mimeType"], payload["body"]) == ("", "multipart/mixed", {"size": 0})
    assert {h["name"]: h["value"] for h in payload["headers"]}["Subject"] == "Grüße 🎉"
    alternative, pdf = payload["parts"]
    assert [(p["partId"], p["mimeType"]) for p in alternative["parts"]] == [
        ("0.0", "text/plain"),
        ("0.1", "text/html"),
    ]
    text = base64.urlsafe_b64decode(alternative["parts"][0]["body"]["data"]).decode()
    assert text == "Guten Tag, <b> & 'x'\n"
    assert (pdf["partId"], pdf["filename"], pdf["body"]["size"]) == ("1", "Rechnung März.pdf", 6)
    assert "data" not in pdf["body"]
    token = pdf["body"]["attachmentId"]
    got = gmail("messages.attachments.get", messageId=sent["id"], id=token)
    assert got == {"size": 6, "data": base64.urlsafe_b64encode(b"%PDF\x00\xff").decode()}
    assert gmail.refusal("messages.attachments.get", messageId=sent["id"], id="nonsense")[0] == 400
    assert gmail.found("has:attachment filename:pdf märz") == [sent["id"]]


def test_the_four_formats(gmail, mail):
    sent = gmail.send(mail(X_Sheetsdun_Key="k"))
    shown = {
        f: gmail("messages.get", id=sent["id"], query={"format": f}) for f in ("minimal", "metadata", "raw")
    }
    common = {"id", "threadId", "labelIds", "snippet", "sizeEstimate", "historyId", "internalDate"}
    assert set(shown["minimal"]) == common
    assert set(shown["raw"]) == common | {"raw"}
    assert set(shown["metadata"]["payload"]) == {"mimeType", "headers"}
    wanted = {"format": "metadata", "metadataHeaders": ["x-sheetsdun-key", "To"]}
    headers = gmail("messages.get", id=sent["id"], query=wanted)["payload"]["headers"]
    assert headers == [
        {"name": "To", "value": "anna@debtor.example"},
        {"name": "X-Sheetsdun-Key", "value": "k"},
    ]


def test_labels_come_and_go_and_a_message_lies_in_one_place(gmail, mail):
    label = gmail("labels.create", body={"name": "Sheetsdun/Debts"})["id"]
    put = gmail.insert(mail(), labelIds=["INBOX", "UNREAD"])
    changed = gmail(
        "messages.modify", id=put["id"], body={"addLabelIds": [label], "removeLabelIds": ["UNREAD"]}
    )
    assert changed["labelIds"] == ["INBOX", label]
    gmail("messages.trash", id=put["id"])
    assert gmail.labels(put["id"]) == [label, "TRASH"]
    gmail("messages.modify", id=put["id"], body={"addLabelIds": ["INBOX"]})
    assert gmail.labels(put["id"]) == ["INBOX", label]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "No label add or removes specified"),
        ({"addLabelIds": ["Label_9"]}, "Invalid label: Label_9"),
        ({"removeLabelIds": ["SENT"]}, "Invalid label: SENT"),
        ({"addLabelIds": ["DRAFT"]}, "Invalid label: DRAFT"),
        (
            {"addLabelIds": ["INBOX"], "removeLabelIds": ["INBOX"]},
            "Cannot both add and remove the same label",
        ),
    ],
)
def test_label_changes_that_gmail_refuses(gmail, mail, body, message):
    sent = gmail.send(mail())
    refusal = (400, message, "invalidArgument")
    assert gmail.refusal("messages.modify", id=sent["id"], body=body) == refusal
    assert gmail.refusal("messages.batchModify", body={"ids": [sent["id"]], **body}) == refusal


def test_batch_changes_are_all_or_nothing_and_batch_delete_forgives(gmail, mail):
    first, second = gmail.send(mail())["id"], gmail.send(mail())["id"]
    ghost = "19abcdef01234567"
    starred = {"addLabelIds": ["STARRED"]}
    assert gmail.refusal("messages.batchModify", body={"ids": [first, ghost], **starred})[0] == 404
    assert gmail.found("is:starred") == []
    gmail("messages.batchModify", body={"ids": [first, second], **starred})
    assert gmail.found("is:starred") == [second, first]
    gmail("messages.batchDelete", body={"ids": [first, ghost]})
    assert gmail.found() == [second]


def test_a_failed_call_changes_nothing(gmail, mail):
    draft = gmail.draft(mail(to=None))
    before = gmail.history_id()
    gmail.refusal("drafts.send", body={"id": draft["id"]})
    assert gmail.history_id() == before


@pytest.mark.parametrize(
    ("size", "refusal"),
    [(36_700_161, (413, "uploadTooLarge")), (26 * 1024 * 1024, (400, "invalidArgument"))],
)
def test_size_limits(gmail, size, refusal):
    raw = b"To: a@b.example\r\n\r\n".ljust(size, b"x")
    code, _, reason = gmail.refusal("messages.send", media=raw)
    assert (code, reason) == refusal


def test_too_many_recipients_and_none(gmail, mail, b64):
    many = ", ".join(f"p{n}@b.example" for n in range(101))
    assert gmail.refusal("messages.send", body={"raw": b64(mail(to=many))})[0] == 400
    refusal = gmail.refusal("messages.send", body={"raw": b64(mail(to=None))})
    assert refusal == (400, "Recipient address required", "invalidArgument")
    assert gmail.refusal("messages.send")[1].startswith("'raw' RFC822 payload message string")


def test_whose_mailbox(gmail, mail):
    gmail.send(mail())
    assert gmail("getProfile", user="AR@example.com")["messagesTotal"] == 1
    assert gmail("getProfile", caller="other@example.com")["messagesTotal"] == 0
    assert gmail.refusal("getProfile", user="other@example.com") == (
        403,
        "Delegation denied for other@example.com",
        "forbidden",
    )
    robot = "robot@project.iam.gserviceaccount.com"
    assert gmail.refusal("getProfile", caller=robot) == (
        400,
        "Precondition check failed.",
        "failedPrecondition",
    )


def test_another_persons_message_is_not_there(gmail, mail):
    sent = gmail.send(mail())
    assert gmail.refusal("messages.get", id=sent["id"], caller="other@example.com")[0] == 404


def test_without_a_label_there_is_no_such_key(gmail, mail):
    start = gmail.history_id()
    put = gmail.insert(mail())
    shown = gmail("messages.get", id=put["id"])
    told = gmail.history(start)[0]["messagesAdded"][0]["message"]
    assert not any("labelIds" in each for each in (put, shown, told))
