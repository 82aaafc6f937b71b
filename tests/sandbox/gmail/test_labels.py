import pytest


def test_system_labels_are_there_with_ids_that_are_their_names(gmail):
    listed = gmail("labels.list")["labels"]
    assert {"INBOX", "SENT", "DRAFT", "TRASH", "SPAM", "UNREAD", "STARRED", "CATEGORY_UPDATES"} <= {
        label["id"] for label in listed
    }
    assert all(label["id"] == label["name"] and label["type"] == "system" for label in listed)


def test_a_label_of_ones_own(gmail):
    colour = {"backgroundColor": "#16a766", "textColor": "#ffffff"}
    made = gmail("labels.create", body={"name": "Sheetsdun/Debts", "labelListVisibility": "labelHide"})
    assert made["id"] == "Label_1"
    assert (made["labelListVisibility"], made["messageListVisibility"]) == ("labelHide", "show")
    patched = gmail("labels.patch", id="Label_1", body={"color": colour})
    assert (patched["name"], patched["labelListVisibility"], patched["color"]) == (
        "Sheetsdun/Debts",
        "labelHide",
        colour,
    )
    updated = gmail("labels.update", id="Label_1", body={"name": "Other"})
    assert (updated["name"], updated["labelListVisibility"]) == ("Other", "labelShow")
    assert "color" not in updated
    assert gmail("labels.list")["labels"][-1] == updated


def test_numbers_of_messages_and_threads(gmail, mail):
    label = gmail("labels.create", body={"name": "Debts"})["id"]
    sent = gmail.send(mail())
    reply = mail(subject="Re: Invoice 17", In_Reply_To=gmail.headers(sent["id"])["Message-ID"])
    gmail.insert(reply, labelIds=["INBOX", "UNREAD", label])
    gmail("messages.modify", id=sent["id"], body={"addLabelIds": [label]})
    gmail.insert(mail(subject="Other"), labelIds=[label])
    shown = gmail("labels.get", id=label)
    numbers = [shown[n] for n in ("messagesTotal", "messagesUnread", "threadsTotal", "threadsUnread")]
    assert numbers == [3, 1, 2, 1]


def test_deleting_a_label_leaves_the_messages(gmail, mail):
    label = gmail("labels.create", body={"name": "Debts"})["id"]
    put = gmail.insert(mail(), labelIds=["INBOX", label])
    start = gmail.history_id()
    gmail("labels.delete", id=label)
    assert gmail.labels(put["id"]) == ["INBOX"]
    assert [list(r)[-1] for r in gmail.history(start)] == ["labelsRemoved"]
    assert gmail.refusal("labels.get", id=label)[0] == 404
    assert gmail("labels.create", body={"name": "Debts"})["id"] != label


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"name": "dEBTS"}, (409, "Label name exists or conflicts", "aborted")),
        ({"name": "Inbox"}, (400, "Invalid label name", "invalidArgument")),
        ({"name": "drafts"}, (400, "Invalid label name", "invalidArgument")),
        ({"name": " "}, (400, "Invalid label name", "invalidArgument")),
        ({}, (400, "Invalid label name", "invalidArgument")),
        ({"name": "a//b"}, (400, "Invalid label name", "invalidArgument")),
        ({"name": "x" * 226}, (400, "Invalid label name", "invalidArgument")),
        (
            {"name": "Red", "color": {"backgroundColor": "#ff0000", "textColor": "#000000"}},
            (400, "Label color #ff0000 is not on the allowed color palette", "invalidArgument"),
        ),
    ],
)
def test_labels_that_gmail_refuses(gmail, body, refusal):
    gmail("labels.create", body={"name": "Debts"})
    assert gmail.refusal("labels.create", body=body) == refusal


def test_a_rename_meets_the_same_rules_and_may_change_case(gmail):
    gmail("labels.create", body={"name": "Debts"})
    gmail("labels.create", body={"name": "Other"})
    assert gmail.refusal("labels.patch", id="Label_2", body={"name": "debts"})[0] == 409
    assert gmail("labels.patch", id="Label_1", body={"name": "DEBTS"})["name"] == "DEBTS"


@pytest.mark.parametrize("method", ["patch", "update", "delete"])
def test_gmails_own_labels_stay_as_they_are(gmail, method):
    assert gmail.refusal(f"labels.{method}", id="INBOX", body={"name": "x"})[0] == 400
    assert gmail.refusal(f"labels.{method}", id="Label_77", body={"name": "x"})[0] == 404
