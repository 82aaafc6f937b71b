"""What the state machine has found: each the smallest story that shows it."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest
from office import Office, office

from sheetsdun.domain.history import State
from sheetsdun.ports import NoAnswer, Rejected


def refuse_to_send(shop: Office, *, refuse: bool = True) -> None:
    def before(_number: int, name: str) -> None:
        if refuse and name == "send":
            raise Rejected("Invalid To header", code=400)

    shop.hooks.before = before


def test_a_draft_that_gmail_refuses_to_send_is_taken_back_or_a_person_might_send_it_beside_the_next() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto")
    refuse_to_send(shop)
    assert shop.sync().unwell
    refuse_to_send(shop, refuse=False)
    (letter,) = shop.history.letters.values()
    assert letter.state is State.FAILED
    assert not shop.drafts()
    shop.write("INV-1", "email", "new@weber.example")
    shop.sync()
    assert len(shop.sent()) == 1


def test_a_draft_that_gmail_refuses_to_send_and_that_a_person_sends_after_all_has_gone() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto")

    def before(_number: int, name: str) -> None:
        if name == "send":
            shop.mailbox.send_by_hand(shop.drafts()[0][0])
            raise Rejected("Invalid To header", code=400)

    shop.hooks.before = before
    assert shop.sync().unwell
    refuse_to_send(shop, refuse=False)
    shop.sync()
    (letter,) = shop.history.letters.values()
    assert letter.state is State.SENT
    assert len(shop.sent()) == 1


def test_a_persons_draft_that_gmail_refuses_to_send_stays_theirs_and_goes_once_it_is_mended() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    ((draft, _),) = shop.drafts()
    shop.edit_draft(draft, "Dear Ms Weber, shall we talk?")
    shop.write("INV-1", "action", "send")
    refuse_to_send(shop)
    shop.sync()
    refuse_to_send(shop, refuse=False)
    assert [name for name, _ in shop.drafts()] == [draft]
    (letter,) = shop.history.letters.values()
    assert (letter.state, letter.edited) == (State.DRAFTED, True)
    assert letter.refused == "Invalid To header"
    assert "Invalid To header" in shop.cell("INV-1", "reminder_note")
    links = len(shop.sheet.chain())
    shop.sync()
    assert (len(shop.sheet.chain()), shop.sent()) == (links, []), (
        "it was tried again although nothing has changed"
    )
    shop.edit_draft(draft, "Dear Ms Weber, shall we talk on Friday?")
    shop.sync()
    assert len(shop.sent()) == 1
    assert shop.cell("INV-1", "action") == ""


def test_a_person_may_ask_again_for_a_draft_that_gmail_refused_to_send() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    ((draft, _),) = shop.drafts()
    shop.edit_draft(draft, "Dear Ms Weber, shall we talk?")
    shop.write("INV-1", "action", "send")
    refuse_to_send(shop)
    shop.sync()
    refuse_to_send(shop, refuse=False)
    shop.write("INV-1", "action", "")
    shop.sync()
    shop.write("INV-1", "action", "send")
    shop.sync()
    assert len(shop.sent()) == 1


@pytest.mark.parametrize("text", ["", "Dear Ms Weber, shall we talk?"])
def test_a_draft_to_nobody_is_told_when_it_is_to_be_sent_and_goes_once_it_is_addressed(text: str) -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    ((draft, to),) = shop.drafts()
    nobodys = EmailMessage()
    nobodys["Subject"] = "Invoice INV-1"
    nobodys.set_content(text)
    shop.mailbox.edit(draft, nobodys.as_bytes())
    shop.write("INV-1", "action", "send")
    assert shop.sync().unwell
    assert "Recipient address required" in shop.cell("INV-1", "reminder_note")
    links = len(shop.sheet.chain())
    shop.sync()
    assert len(shop.sheet.chain()) == links, "it was tried again although nothing has changed"
    nobodys["To"] = to
    nobodys.set_content("Dear Ms Weber, shall we talk on Friday?")
    shop.mailbox.edit(draft, nobodys.as_bytes())
    shop.sync()
    assert len(shop.sent()) == 1
    assert shop.cell("INV-1", "action") == ""


def test_an_empty_draft_that_could_not_be_filled_nor_deleted_is_taken_back_by_a_later_run() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.hooks.refuse = lambda name, _place: {
        "fill": Rejected("Invalid content", code=400),
        "delete": NoAnswer("lost"),
    }.get(name)
    shop.sync()
    assert len(shop.drafts()) == 1
    shop.hooks.refuse = lambda _name, _place: None
    shop.sync(take_over=True)
    ((_, to),) = shop.drafts()
    assert to == "ap@weber.example", "the empty draft lies there still"


def test_a_deletion_of_an_empty_draft_whose_answer_was_lost_blames_nobody() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.hooks.refuse = lambda name, _place: Rejected("no", code=400) if name == "fill" else None
    shop.hooks.lose = lambda name, _place: NoAnswer("lost") if name == "delete" else None
    shop.sync()
    shop.hooks.refuse = shop.hooks.lose = lambda _name, _place: None
    for _ in range(3):
        shop.time += dt.timedelta(hours=2)
        shop.sync(take_over=True)
    assert [letter.state for letter in shop.history.letters.values()] == [State.WITHDRAWN, State.DRAFTED]
