def kinds(records):
    return [next(k for k in r if k not in {"id", "messages"}) for r in records]


def test_every_change_is_told_in_order(gmail, mail, b64):
    start = gmail.history_id()
    draft = gmail.draft(mail())
    updated = gmail("drafts.update", id=draft["id"], body={"message": {"raw": b64(mail())}})
    sent = gmail("drafts.send", body={"id": draft["id"]})
    gmail("messages.modify", id=sent["id"], body={"addLabelIds": ["STARRED"]})
    gmail("messages.modify", id=sent["id"], body={"addLabelIds": ["STARRED"]})
    gmail("messages.modify", id=sent["id"], body={"removeLabelIds": ["STARRED"]})
    records = gmail.history(start)
    assert kinds(records) == [
        "messagesAdded",
        "messagesDeleted",
        "messagesAdded",
        "messagesDeleted",
        "messagesAdded",
        "labelsAdded",
        "labelsRemoved",
    ]
    ids = [int(r["id"]) for r in records]
    assert ids == sorted(set(ids))
    assert records[1]["messagesDeleted"] == [
        {
            "message": {
                "id": draft["message"]["id"],
                "threadId": draft["message"]["threadId"],
                "labelIds": ["DRAFT"],
            }
        }
    ]
    assert records[2]["messages"][0]["id"] == updated["message"]["id"]
    assert records[5]["labelsAdded"] == [
        {
            "message": {"id": sent["id"], "threadId": sent["threadId"], "labelIds": ["SENT", "STARRED"]},
            "labelIds": ["STARRED"],
        }
    ]
    assert gmail("messages.get", id=sent["id"])["historyId"] == records[-1]["id"] == gmail.history_id()


def test_narrowed_by_type_and_label_and_paged(gmail, mail):
    start = gmail.history_id()
    sent = [gmail.send(mail())["id"] for _ in range(3)]
    gmail.draft(mail())
    gmail("messages.delete", id=sent[0])
    assert kinds(gmail.history(start, historyTypes=["messageDeleted"])) == ["messagesDeleted"]
    of_sent = gmail.history(start, labelId="SENT", historyTypes=["messageAdded"])
    assert [r["messages"][0]["id"] for r in of_sent] == sent
    page = gmail("history.list", query={"startHistoryId": start, "maxResults": 4})
    rest = gmail("history.list", query={"startHistoryId": start, "pageToken": page["nextPageToken"]})
    assert page["history"] + rest["history"] == gmail.history(start)
    assert "nextPageToken" not in rest


def test_no_change_has_no_history_key(gmail):
    now = gmail.history_id()
    assert gmail("history.list", query={"startHistoryId": now}) == {"historyId": now}


def test_a_number_that_is_too_old_or_unknown_is_404(gmail, mail):
    start = gmail.history_id()
    gmail.send(mail())
    gmail.pass_time(days=6, hours=23)
    assert len(gmail.history(start)) == 1
    gmail.pass_time(hours=2)
    assert gmail.refusal("history.list", query={"startHistoryId": start})[0] == 404
    ahead = int(gmail.history_id()) + 1
    assert gmail.refusal("history.list", query={"startHistoryId": ahead})[0] == 404
    assert gmail.history(gmail.history_id()) == []
    assert gmail.refusal("history.list", query={"startHistoryId": "x"})[0] == 400


def test_a_test_can_make_it_forget(gmail, mail):
    start = gmail.history_id()
    gmail.send(mail())
    gmail.tune(history_days=0)
    assert gmail.refusal("history.list", query={"startHistoryId": start})[0] == 404


def test_a_number_from_before_the_mailbox_is_404(gmail, mail):
    gmail.send(mail())
    assert gmail.refusal("history.list", query={"startHistoryId": "1"})[0] == 404
