"""Follow-ups answer the reminder before them; what has no conversation begins one."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from doubles.hooks import Lingers
from office import Office, office

from sheetsdun.domain.history import State
from sheetsdun.ports import Outgoing, Rejected

IN_A_WEEK = 8


@pytest.fixture
def shop() -> Office:
    """One invoice whose first reminder has gone."""
    made = office()
    made.add("INV-1", due=-4, escalation="auto")
    made.sync()
    made.pass_days(IN_A_WEEK)
    return made


def messages(shop: Office) -> list[Any]:
    return list(shop.mailbox.all.values())


def latest(shop: Office) -> Any:
    return messages(shop)[-1]


def letter(shop: Office, number: int = -1) -> Any:
    return list(shop.history.letters.values())[number]


def test_a_follow_up_stands_in_the_thread_of_the_reminder_before_it(shop: Office) -> None:
    shop.sync()
    first, second = messages(shop)
    assert second.thread_id == first.thread_id
    assert second.content["In-Reply-To"] == first.rfc_id
    assert second.content["References"] == first.rfc_id
    assert second.content["Subject"] == first.content["Subject"]
    assert "Reminder" not in second.content["Subject"]


def test_the_third_letter_names_both_before_it(shop: Office) -> None:
    shop.sync()
    shop.pass_days(10)
    shop.sync()
    first, second, third = messages(shop)
    assert third.thread_id == first.thread_id
    assert third.content["In-Reply-To"] == second.rfc_id
    assert str(third.content["References"]).split() == [first.rfc_id, second.rfc_id]


def test_the_shell_stands_in_the_thread_from_the_start(shop: Office) -> None:
    made: list[Outgoing] = []
    create = shop.mailbox.create

    def spy(wanted: list[Outgoing]) -> Any:
        made.extend(wanted)
        return create(wanted)

    shop.mailbox.create = spy  # type: ignore[method-assign,assignment]
    shop.sync()
    (shell,) = made
    assert shell.thread_id == messages(shop)[0].thread_id
    assert b"\r\nIn-Reply-To: " in shell.raw
    assert b"\r\nTo: " not in shell.raw


def test_what_the_reviewer_changed_before_sending_is_what_is_answered() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    ((draft, _),) = shop.drafts()
    mail = EmailMessage()
    mail["Subject"], mail["To"] = "About your invoice", "ap@weber.example, boss@weber.example"
    mail.set_content(f"My own words. Ref. {letter(shop).id}")
    shop.mailbox.edit(draft, mail.as_bytes())
    shop.mailbox.send_by_hand(draft)
    shop.pass_days(IN_A_WEEK)
    shop.sync()
    shop.sync()
    first, second = messages(shop)
    assert second.content["Subject"] == "About your invoice"
    assert second.content["In-Reply-To"] == first.rfc_id
    assert second.labels == {"DRAFT"}
    assert not letter(shop).edited


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "new@weber.example"),
        ("email", "ap@weber.example, new@weber.example"),
        ("customer", "Weber AG"),
    ],
)
def test_other_people_get_a_conversation_of_their_own(shop: Office, field: str, value: str) -> None:
    shop.write("INV-1", field, value)
    shop.sync()
    first, second = messages(shop)
    assert second.thread_id != first.thread_id
    assert second.content["In-Reply-To"] is None
    assert second.content["Subject"] != first.content["Subject"]


def test_a_letter_that_the_reviewer_sent_to_somebody_else_is_not_continued() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    ((draft, _),) = shop.drafts()
    mail = EmailMessage()
    mail["Subject"], mail["To"] = "About your invoice", "boss@weber.example"
    mail.set_content(f"Could you help? Ref. {letter(shop).id}")
    shop.mailbox.edit(draft, mail.as_bytes())
    shop.mailbox.send_by_hand(draft)
    shop.pass_days(IN_A_WEEK)
    shop.sync()
    shop.sync()
    first, second = messages(shop)
    assert second.thread_id != first.thread_id


def test_a_conversation_about_what_was_paid_is_not_taken_up_again() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto")
    shop.add("INV-2", due=-4, escalation="auto")
    shop.sync()
    shop.pass_days(IN_A_WEEK)
    shop.write("INV-1", "paid", 100)
    shop.sync()
    first, second = messages(shop)
    assert second.thread_id != first.thread_id
    assert "INV-2" in second.content["Subject"]


def test_an_invoice_that_joins_goes_into_the_thread_of_the_sterner_one(shop: Office) -> None:
    shop.add("INV-2", due=-4, escalation="auto")
    shop.sync()
    first, second = messages(shop)
    assert second.thread_id == first.thread_id
    assert {part.invoice for part in letter(shop).climbed} == {"INV-1", "INV-2"}


@pytest.mark.parametrize("what", ["binned", "deleted", "no id", "odd subject"])
def test_what_cannot_be_answered_is_left_and_a_new_thread_begun(shop: Office, what: str) -> None:
    (first,) = messages(shop)
    assert first.headers
    match what:
        case "binned":
            first.labels.add("TRASH")
        case "deleted":
            shop.mailbox.all.clear()
        case "no id":
            first.content.replace_header("Message-ID", "<no id>")
            del first.headers
        case "odd subject":
            first.content.replace_header("Subject", "x" * 300)
            del first.headers
    shop.sync()
    second = latest(shop)
    assert second.thread_id != first.thread_id
    assert second.content["In-Reply-To"] is None
    assert letter(shop).state is State.SENT


def test_a_thread_that_is_deleted_in_the_last_moment_costs_nothing_but_the_thread(shop: Office) -> None:
    def clear(_number: int, name: str) -> None:
        if name == "create":
            shop.mailbox.all.clear()

    shop.hooks.before = clear
    shop.sync()
    assert letter(shop).state is State.SENT


def test_a_refusal_for_another_reason_is_a_refusal(shop: Office) -> None:
    refusal = Rejected("Invalid thread_id value", code=400, reason="invalidArgument")
    shop.hooks.refuse = lambda name, _place: refusal if name == "create" else None
    shop.sync()
    assert shop.hooks.calls.count("create") == 2  # of the first letter, and of this one
    assert letter(shop).state is State.FAILED


class TestAnswers:
    """Several letters in one thread: whose is the answer?"""

    def test_it_belongs_to_the_last_that_went_and_not_to_a_draft_after_it(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        shop.sync()
        ((draft, _),) = shop.drafts()
        shop.mailbox.send_by_hand(draft)
        shop.pass_days(IN_A_WEEK)
        shop.sync()
        shop.answer()
        shop.pass_days(1)
        shop.sync()
        told = shop.history.of("INV-1").answer
        assert told is not None
        assert told.letter == letter(shop, 0).id
        assert letter(shop, 1).state is State.WITHDRAWN

    @pytest.mark.parametrize("days", [0, 1], ids=["on the same day", "a day later"])
    def test_it_belongs_to_the_latest_of_two_that_went(self, shop: Office, days: int) -> None:
        shop.add("INV-2", due=-4, escalation="auto")
        shop.sync()
        shop.pass_days(days)
        shop.answer()
        shop.sync()
        for invoice in ("INV-1", "INV-2"):
            told = shop.history.of(invoice).answer
            assert told is not None
            assert told.letter == letter(shop, 1).id

    def test_it_belongs_to_the_one_that_it_quotes(self, shop: Office) -> None:
        shop.add("INV-2", due=-4, escalation="auto")
        shop.sync()
        shop.pass_days(1)
        shop.answer(f"Which one?\n\n> Ref. {letter(shop, 0).id}\n")
        shop.sync()
        told = shop.history.of("INV-1").answer
        assert told is not None
        assert told.letter == letter(shop, 0).id
        assert shop.history.of("INV-2").answer is None


class TestTheProtocol:
    def test_a_follow_up_that_a_person_sent_is_found_in_the_thread_though_search_lags(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        for _ in range(2):
            shop.sync()
            ((draft, _),) = shop.drafts()
            shop.mailbox.unsearchable.add(shop.mailbox.send_by_hand(draft))
            shop.sync()
            shop.pass_days(IN_A_WEEK)
        assert [each.state for each in shop.history.letters.values()] == [State.SENT, State.SENT]
        assert [each.by_hand for each in shop.history.letters.values()] == [True, True]

    def test_the_letter_before_is_no_evidence_for_a_draft_that_was_deleted(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        shop.sync()
        ((draft, _),) = shop.drafts()
        shop.mailbox.send_by_hand(draft)
        shop.pass_days(IN_A_WEEK)
        shop.sync()
        ((draft, _),) = shop.drafts()
        shop.mailbox.discard(draft)
        shop.sync()
        shop.pass_days(1)
        shop.sync()
        assert [each.state for each in shop.history.letters.values()] == [State.SENT, State.DISCARDED]

    def test_a_shell_that_lands_late_in_a_thread_is_swept_by_a_run_without_news(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        shop.sync()
        ((draft, _),) = shop.drafts()
        shop.mailbox.send_by_hand(draft)
        shop.pass_days(IN_A_WEEK)
        once = iter([Lingers.LATE])
        shop.hooks.linger = lambda name, place: next(once, None) if (name, place) == ("create", 0) else None
        shop.sync()
        shop.hooks.land()
        first, _, shell = messages(shop)
        assert shell.empty
        assert shell.thread_id == first.thread_id
        shop.sync()
        assert len(shop.drafts()) == 1
        assert len(messages(shop)) == 2
