"""What every Mailbox does."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from email.message import EmailMessage

import pytest
from embedded.reports import QMAIL, report

from sheetsdun.ports import DraftRef, Outgoing, Rejected, Returned

KEY = "SD-7K3F9Q sheet-1"


def letter(
    to: str = "jo@example.org",
    subject: str = "Rechnung INV-1: Zahlung über 100 €",
    text: str = "Guten Tag,\n\nbitte …\n",
) -> bytes:
    message = EmailMessage()
    message["Subject"] = subject
    message["X-Sheetsdun-Key"] = KEY
    if to:
        message["To"] = to
    if text:
        message.set_content(text)
        message.add_alternative(f"<p>{text}</p>", subtype="html")
    return message.as_bytes()


def shell() -> bytes:
    return letter(to="", text="")


def one(answers):
    assert len(answers) == 1
    return answers[0]


def test_a_shell_is_wholly_empty_and_carries_our_key(mails):
    made = one(mails.mailbox.create([Outgoing(shell())]))
    assert isinstance(made, DraftRef)
    seen = one(mails.mailbox.look([made.draft_id]))
    assert (seen.empty, seen.to, seen.text.strip()) == (True, (), "")
    assert seen.headers["x-sheetsdun-key"] == KEY
    assert (seen.message_id, seen.thread_id) == (made.message_id, made.thread_id)
    assert "DRAFT" in seen.labels


def test_fill_keeps_the_draft_and_changes_its_message(mails):
    made = one(mails.mailbox.create([Outgoing(shell())]))
    filled = one(
        mails.mailbox.fill([(made.draft_id, Outgoing(letter("Jo <Jo@Example.org>, b@example.org")))])
    )
    assert filled.draft_id == made.draft_id
    assert filled.message_id != made.message_id
    assert mails.mailbox.drafts() == [filled]
    seen = one(mails.mailbox.look([made.draft_id]))
    assert seen.to == ("jo@example.org", "b@example.org")
    assert seen.headers["subject"] == "Rechnung INV-1: Zahlung über 100 €"
    assert seen.text.replace("\r\n", "\n") == "Guten Tag,\n\nbitte …\n"
    assert not seen.empty


def test_what_is_attached_has_a_name_and_a_picture_in_the_text_is_no_such_file(mails):
    message = email.message_from_bytes(letter(), policy=email.policy.default)
    page = message.get_body(("html",))
    page.set_content('<img src="cid:code">', subtype="html")
    page.add_related(b"x", maintype="image", subtype="png", cid="<code>", filename="code.png")
    message.add_attachment(
        b"x", maintype="application", subtype="pdf", filename="Zahlungsplan.pdf", cid="<f_m1>"
    )
    message.add_attachment(
        email.message_from_bytes(letter(), policy=email.policy.default), filename="alt.eml"
    )
    made = one(mails.mailbox.create([Outgoing(message.as_bytes())]))
    assert one(mails.mailbox.look([made.draft_id])).files == ("Zahlungsplan.pdf", "alt.eml")
    bare = one(mails.mailbox.create([Outgoing(letter())]))
    assert one(mails.mailbox.look([bare.draft_id])).files == ()


def test_fifty_drafts_answer_in_the_order_asked(mails):
    made = mails.mailbox.create([Outgoing(letter(f"jo{n}@example.org")) for n in range(50)])
    seen = mails.mailbox.look([each.draft_id for each in reversed(made)] + ["r-0"])
    assert [each.to[0] for each in seen[:-1]] == [f"jo{n}@example.org" for n in reversed(range(50))]
    assert seen[-1] is None
    assert len(mails.mailbox.drafts()) == 50


def test_a_draft_that_is_gone_refuses_its_part_alone(mails):
    made = mails.mailbox.create([Outgoing(shell()), Outgoing(shell())])
    mails.discard(made[0].draft_id)
    answers = mails.mailbox.fill([(each.draft_id, Outgoing(letter())) for each in made])
    assert isinstance(answers[0], Rejected)
    assert answers[0].code == 404
    assert isinstance(answers[1], DraftRef)


def test_sending_makes_another_message_of_it_and_ends_the_draft(mails):
    made = one(mails.mailbox.create([Outgoing(letter())]))
    sent = mails.mailbox.send(made.draft_id)
    assert "SENT" in sent.labels
    assert sent.message_id != made.message_id
    assert sent.thread_id == made.thread_id
    assert abs(sent.date - one(mails.mailbox.messages([sent.message_id])).date) < dt.timedelta(days=1)
    assert mails.mailbox.look([made.draft_id]) == [None]
    assert mails.mailbox.drafts() == []
    assert mails.mailbox.messages([made.message_id]) == [None]
    with pytest.raises(Rejected) as refusal:
        mails.mailbox.send(made.draft_id)
    assert refusal.value.code == 404


def test_a_draft_without_recipient_cannot_be_sent(mails):
    made = one(mails.mailbox.create([Outgoing(shell())]))
    with pytest.raises(Rejected) as refusal:
        mails.mailbox.send(made.draft_id)
    assert refusal.value.code == 400
    assert mails.mailbox.drafts() == [made]


def test_deleting_says_whether_there_was_one(mails):
    made = mails.mailbox.create([Outgoing(shell()), Outgoing(shell())])
    assert mails.mailbox.delete([made[0].draft_id]) == [True]
    assert mails.mailbox.delete([each.draft_id for each in made]) == [False, True]
    assert mails.mailbox.drafts() == []


def test_a_persons_edit_changes_the_message_and_is_seen(mails):
    made = one(mails.mailbox.create([Outgoing(letter())]))
    mails.edit(made.draft_id, letter(text="My own words\n"))
    listed = one(mails.mailbox.drafts())
    assert (listed.draft_id, listed.message_id != made.message_id) == (made.draft_id, True)
    assert one(mails.mailbox.look([made.draft_id])).text.strip() == "My own words"


def test_a_draft_in_the_bin_is_not_listed_but_can_be_looked_at(mails):
    kept, binned = mails.mailbox.create([Outgoing(letter()), Outgoing(letter())])
    mails.bin(binned.draft_id)
    assert mails.mailbox.drafts() == [kept]
    assert "TRASH" in one(mails.mailbox.look([binned.draft_id])).labels


def test_what_a_person_sent_is_found_in_the_thread_and_by_search(mails):
    made = one(mails.mailbox.create([Outgoing(letter(text="Ref. SD-7K3F9Q\n"))]))
    sent = mails.send_by_hand(made.draft_id)
    assert [mail.message_id for mail in mails.mailbox.thread(made.thread_id)] == [sent]
    assert mails.mailbox.search('in:sent "SD-7K3F9Q"') == [sent]
    assert mails.mailbox.search('"SD-XXXXXX"') == []


def test_search_looks_into_the_bin_too(mails):
    """What a person threw away is no letter that went, and no answer; but that has to be seen."""
    made = one(mails.mailbox.create([Outgoing(letter(text="Ref. SD-7K3F9Q\n"))]))
    mails.bin(made.draft_id)
    assert mails.mailbox.search('"SD-7K3F9Q"') == [made.message_id]


def test_an_unknown_thread_is_empty(mails):
    assert mails.mailbox.thread("00000000000000aa") == []


def test_an_answer_is_news_in_the_thread(mails):
    made = one(mails.mailbox.create([Outgoing(letter())]))
    sent = one(mails.mailbox.messages([mails.mailbox.send(made.draft_id).message_id]))
    before = mails.mailbox.profile()
    answer = EmailMessage()
    answer["From"] = "jo@example.org"
    answer["To"] = before.address
    answer["Subject"] = "Re: Rechnung INV-1: Zahlung über 100 €"
    answer["In-Reply-To"] = answer["References"] = sent.headers["message-id"]
    answer["Message-ID"] = "<1@example.org>"
    answer.set_content("Paid yesterday.\n")
    received = mails.receive(answer.as_bytes())
    went = mails.mailbox.send(one(mails.mailbox.create([Outgoing(letter("al@example.org"))])).draft_id)
    mails.mailbox.create([Outgoing(letter("bo@example.org"))])
    news = mails.mailbox.news(before.history_id)
    assert (news.message_ids, news.sent_ids, news.expired) == ((received,), (went.message_id,), False)
    assert [mail.message_id for mail in mails.mailbox.thread(sent.thread_id)] == [sent.message_id, received]
    assert mails.mailbox.news(news.history_id).message_ids == ()


def test_a_label_is_made_and_counted(mails):
    assert mails.mailbox.labelled("Sheetsdun/Receivables") == 0
    sent = [
        mails.mailbox.send(each.draft_id).message_id
        for each in mails.mailbox.create([Outgoing(letter())] * 2)
    ]
    for _ in range(2):
        mails.mailbox.mark(sent, "Sheetsdun/Receivables")
    assert mails.mailbox.labelled("Sheetsdun/Receivables") == 2


def test_a_follow_up_joins_the_thread_of_the_first_letter(mails):
    made = one(mails.mailbox.create([Outgoing(letter())]))
    first = one(mails.mailbox.messages([mails.mailbox.send(made.draft_id).message_id]))
    message = EmailMessage()
    message["Subject"] = "Re: Rechnung INV-1: Zahlung über 100 €"
    message["To"] = "jo@example.org"
    message["In-Reply-To"] = message["References"] = first.headers["message-id"]
    message.set_content("Once more.\n")
    follow_up = one(mails.mailbox.create([Outgoing(message.as_bytes(), first.thread_id)]))
    assert follow_up.thread_id == first.thread_id


def test_a_thread_that_is_not_there_is_refused(mails):
    refused = one(mails.mailbox.create([Outgoing(letter(), "00000000000000aa")]))
    assert isinstance(refused, Rejected)
    assert refused.code == 404


def test_the_accounts_own_address_is_one_that_it_may_write_from(mails):
    assert mails.mailbox.profile().address.lower() in mails.mailbox.senders()


def test_what_did_not_arrive_is_told_by_address(mails):
    ids = [mails.receive(each) for each in (report("failed"), report("delayed"), QMAIL, letter())]
    assert mails.mailbox.returned([*ids, "0" * 16]) == [
        Returned(("ap@weber.example",)),
        Returned(harmless=True),
        Returned(("ap@weber.example",)),
        Returned(),
        Returned(),
    ]
