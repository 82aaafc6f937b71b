from __future__ import annotations

import datetime as dt

import pytest

from sheetsdun.domain.decision import Decision, Reason, Verdict
from sheetsdun.domain.history import Answer, Completion, History, InvoiceHistory, LetterHistory, State
from sheetsdun.domain.invoice import Invoice, Problem
from sheetsdun.domain.policy import Kind, Level, Policy
from sheetsdun.domain.reasons import Code
from sheetsdun.rows.project import gmail_page, status, statuses

NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 21)
NEXT = dt.date(2026, 12, 3)
POLICY = Policy(
    "standard",
    tuple(Level(name=name, offset=day, template=name) for name, day in (("friendly", 3), ("firm", 20))),
)
FIRM = {"level": "firm", "place": 2, "levels": 2}
GMAIL = "https://mail.example/"


def letter(state, **more):
    fields = {
        "kind": Kind.OVERDUE, "debtor": "", "currency": "EUR", "parts": (), "recipients": (), "subject": "", "draft_id": "r1",
        "message_id": "m1", "thread_id": "t1", "facts": "", "content": "", "template": "", "since": NOON,
    }  # fmt: skip
    return LetterHistory(id="SD-1", state=state, **(fields | more))


def completion(how="sent", level="friendly", policy="standard", letter="SD-1"):
    return Completion(policy=policy, level=level, offset=3, cycle=1, day=DAY, how=how, letter=letter)


def history(*letters, completions=(), answer=None):
    told = InvoiceHistory(completions=completions, letters=tuple(one.id for one in letters), answer=answer)
    return History(invoices={"INV-1": told}, letters={one.id: one for one in letters})


def decision(verdict, code, *, level=None, until=None, others=(), invoice=None, args=None):
    return Decision(
        invoice=invoice or Invoice(row=2, id="INV-1", customer="Acme"),
        verdict=verdict,
        reason=Reason(code, args or {}),
        policy=POLICY,
        level=level,
        until=until,
        others=others,
    )


def waiting(**more):
    args = FIRM | {"until": NEXT}
    return decision(Verdict.WAIT, Code.NEXT_LEVEL, level=POLICY.levels[1], until=NEXT, args=args, **more)


def shown(found):
    return (
        found.reminder_status,
        found.reminder_level,
        found.last_reminder,
        found.next_reminder,
        found.reminder_note,
    )


def test_nothing_has_happened_yet(words):
    found = status(waiting(), History(), words, GMAIL)
    assert shown(found) == ("Next: firm on 3 Dec", "", None, NEXT, "")
    assert (found.draft, found.link, found.quiet) == ("", "", False)


def test_a_draft_is_ready(words):
    ready = decision(Verdict.REVIEW, Code.DRAFT_READY, level=POLICY.levels[1], args=FIRM)
    found = status(ready, history(letter(State.DRAFTED)), words, GMAIL)
    assert shown(found) == ("Draft ready: firm (2 of 2)", "firm (2 of 2)", None, None, "")
    assert (found.draft, found.link) == ("Draft SD-1", "https://mail.example/#drafts/t1")


def test_where_the_link_may_change_its_text_does(words):
    ready = decision(Verdict.REVIEW, Code.DRAFT_EDITED, level=POLICY.levels[1], args=FIRM)
    texts = {status(ready, history(one), words, GMAIL).draft for one in (
        letter(State.DRAFTED), letter(State.DRAFTED, edited=True), letter(State.SENT), letter(State.DISCARDED),
    )}  # fmt: skip
    assert texts == {"Draft SD-1", "Edited draft SD-1", "Sent SD-1", ""}


@pytest.mark.parametrize(("by_hand", "said"), [(True, "Sent by hand on 21 Nov"), (False, "Sent on 21 Nov")])
def test_after_it_was_sent(words, by_hand, said):
    sent = history(letter(State.SENT, by_hand=by_hand), completions=(completion(),))
    found = status(waiting(), sent, words, GMAIL)
    assert shown(found) == (said, "friendly (1 of 2)", DAY, NEXT, "Next: firm (2 of 2) on 3 Dec.")
    assert (found.draft, found.link) == ("Sent SD-1", "https://mail.example/#all/t1")


def test_a_task_done_and_a_level_skipped(words):
    assert (
        status(waiting(), history(completions=(completion("done"),)), words, GMAIL).reminder_status
        == "Done on 21 Nov"
    )
    skipped = status(waiting(), history(completions=(completion("skipped"),)), words, GMAIL)
    assert shown(skipped)[:3] == ("Next: firm on 3 Dec", "friendly (1 of 2)", None)


def test_a_level_of_another_policy_has_its_name_only(words):
    found = status(waiting(), history(completions=(completion(policy="old"),)), words, GMAIL)
    assert found.reminder_level == "friendly"


def test_a_task_says_whom_to_call(words):
    invoice = Invoice(row=2, id="INV-1", customer="Acme", phone="+49 30 1", contact="Ms Weber")
    task = decision(
        Verdict.REMIND,
        Code.TASK_DUE,
        level=POLICY.levels[1],
        args=FIRM | {"days": 20, "channel": "call"},
        invoice=invoice,
    )
    assert status(task, History(), words, GMAIL).reminder_status == "Call today: +49 30 1, Ms Weber"
    assert status(task, History(), words, GMAIL, script="Hello.\nPay.").reminder_note == "Hello.\nPay."


def test_the_answer_is_linked(words):
    answer = Answer(bounced=False, who="Ann", day=DAY, thread_id="t9", letter="SD-7")
    answered = decision(Verdict.ANSWERED, Code.REPLIED, args={"who": "Ann", "date": DAY})
    found = status(
        answered, history(letter(State.SENT), completions=(completion(),), answer=answer), words, GMAIL
    )
    assert found.reminder_status == "Ann answered on 21 Nov"
    assert found.reminder_note == "Ann wrote on 21 Nov. Read it, then choose clear."
    assert (found.draft, found.link) == ("Answer to SD-7", "https://mail.example/#all/t9")


def test_everything_that_is_wrong_stands_in_the_note(words):
    first = {"field": "amount", "problem": "unreadable_amount", "value": "abc"}
    second = Reason(Code.NO_DUE, {})
    found = status(
        decision(Verdict.PROBLEM, Code.PROBLEM, args=first, others=(second,)), History(), words, GMAIL
    )
    assert found.reminder_status == "Problem: Amount is no amount: “abc”"
    assert found.reminder_note == "Amount is no amount: “abc”. There is no due date."


def test_a_reminder_that_is_due_says_the_same_every_day(words):
    texts = {
        status(
            decision(Verdict.REMIND, Code.LEVEL_DUE, level=POLICY.levels[1], args=FIRM | {"days": days}),
            History(),
            words,
            GMAIL,
        )
        for days in (20, 21)
    }
    assert len(texts) == 1


def test_what_else_is_to_be_told(words):
    found = status(waiting(), History(), words, GMAIL, [Reason(Code.ACTION_NO_DRAFT, {})])
    assert found.reminder_note == "Action send: there is no draft to send."


def test_an_old_paid_row_is_quiet_and_one_that_was_reminded_is_not(words):
    paid = decision(Verdict.CLOSED, Code.PAID)
    assert status(paid, History(), words, GMAIL).quiet
    assert not status(paid, history(letter(State.SENT), completions=(completion(),)), words, GMAIL).quiet


def test_many(words):
    twin = Invoice(row=3, id="INV-2", problems=(Problem("", "duplicate", "4"),))
    unnamed = Invoice(row=5, id="")
    some = [waiting(), waiting(invoice=twin), waiting(invoice=unnamed)]
    found = statuses(
        some, History(), words, GMAIL, {"INV-1": [Reason(Code.ACTION_REDO, {})]}, {"INV-1": "Hello."}
    )
    assert list(found) == ["INV-1", "INV-2"]
    assert found["INV-1"].reminder_note == "The letter is made anew.\nHello."
    assert found["INV-2"] is None


def test_the_page_of_a_mailbox():
    assert gmail_page("a+b@x.com") == "https://mail.google.com/mail/?authuser=a%2Bb%40x.com"
