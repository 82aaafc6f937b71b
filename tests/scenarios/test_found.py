"""What the state machine has found: each the smallest story that shows it."""

from __future__ import annotations

from office import Office, office

from sheetsdun.domain.history import State
from sheetsdun.ports import Rejected


def refuse_to_send(shop: Office, *, refuse: bool = True) -> None:
    def before(_number: int, name: str) -> None:
        if refuse and name == "send":
            raise Rejected("Invalid To header", code=400)

    shop.hooks.before = before


def test_a_draft_that_gmail_refuses_to_send_is_taken_back_or_a_person_might_send_it_beside_the_next() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto")
    refuse_to_send(shop)
    shop.sync()
    refuse_to_send(shop, refuse=False)
    (letter,) = shop.history.letters.values()
    assert letter.state is State.FAILED
    assert not shop.drafts()
    shop.write("INV-1", "email", "new@weber.example")
    shop.sync()
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
    assert letter.note == "Invalid To header"
    shop.sync()
    assert len(shop.sent()) == 1
    assert shop.cell("INV-1", "action") == ""
