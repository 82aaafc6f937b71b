"""An Action is about what its author could see: it never acts on a letter, an answer or a task that came later."""

from __future__ import annotations

import pytest
from office import Office, office

from sheetsdun.domain.event import Name
from sheetsdun.domain.history import State
from sheetsdun.domain.invoice import Action
from sheetsdun.journal.rows import decode


@pytest.fixture
def shop() -> Office:
    shop = office()
    shop.add("INV-1", due=-4)
    return shop


def note(shop: Office) -> str:
    return str(shop.cell("INV-1", "reminder_note"))


def named(shop: Office, name: Name) -> int:
    events = decode(shop.sheet.read().tables["Reminder log"])
    return sum(event.name == name for event in events)


def quiet(shop: Office) -> None:
    """Runs that find it so, and write nothing."""
    links = len(shop.sheet.chain())
    for _ in range(2):
        shop.sync()
    assert len(shop.sheet.chain()) == links


def test_send_without_a_draft_does_not_send_the_one_that_is_made_later(shop: Office) -> None:
    shop.write("INV-1", "action", "send")
    shop.sync()
    assert len(shop.drafts()) == 1
    shop.sync()
    assert not shop.sent()
    assert "chosen before this could be seen" in note(shop)
    assert shop.cell("INV-1", "action") == "send"
    quiet(shop)


def test_once_the_cell_was_empty_it_may_be_chosen_again(shop: Office) -> None:
    shop.write("INV-1", "action", "send")
    shop.sync()
    shop.write("INV-1", "action", "")
    shop.sync()
    assert note(shop) == ""
    shop.write("INV-1", "action", "send")
    shop.sync()
    assert len(shop.sent()) == 1


def test_send_beside_an_older_draft_counts_whatever_the_run_that_goes_on_has_found(shop: Office) -> None:
    shop.sync()
    ((draft, _),) = shop.drafts()
    shop.edit_draft(draft, "Dear Ms Weber, shall we talk?")

    def choose(_number: int, name: str) -> None:
        if name == "reread":
            shop.write("INV-1", "action", "send")

    shop.hooks.before = choose
    shop.sync()
    shop.hooks.before = lambda _number, _name: None
    assert named(shop, Name.EDITED) == 1
    assert not shop.sent()
    shop.sync()
    assert len(shop.sent()) == 1


def test_send_on_a_draft_that_is_taken_back_does_not_send_what_takes_its_place(shop: Office) -> None:
    shop.sync()
    shop.write("INV-1", "action", "send")
    shop.write("INV-1", "amount", 250)
    shop.sync()
    assert [letter.state for letter in shop.history.letters.values()] == [State.WITHDRAWN, State.DRAFTED]
    shop.sync()
    assert not shop.sent()
    assert "chosen before" in note(shop)


@pytest.mark.parametrize("call", ["tables", "create", "fill", "append", "reread", "write"])
def test_send_that_is_written_while_the_draft_is_made_is_too_early(shop: Office, call: str) -> None:
    def meanwhile(_number: int, name: str) -> None:
        if name == call:
            shop.write("INV-1", "action", "send")
            shop.hooks.before = lambda _number, _name: None

    shop.hooks.before = meanwhile
    if call == "tables":
        shop.add("INV-2", due=-4, email="b@b.example", escalation="auto")
    outcome = shop.sync()
    assert [event.name for event in outcome.events].count(Name.DECLINED) == 1
    assert len(shop.drafts()) == 1
    assert shop.cell("INV-1", "action") == "send"
    sent = len(shop.sent())
    for _ in range(2):
        shop.sync()
    assert len(shop.sent()) == sent
    quiet(shop)


def test_send_beside_a_draft_that_a_dead_run_never_showed_is_too_early(shop: Office) -> None:
    def dies(_number: int, name: str) -> None:
        if name == "write":
            raise KeyboardInterrupt

    shop.hooks.before = dies
    with pytest.raises(KeyboardInterrupt):
        shop.sync()
    shop.hooks.before = lambda _number, _name: None
    shop.write("INV-1", "action", "send")
    for _ in range(2):
        shop.sync(take_over=True)
    assert not shop.sent()
    assert shop.status("INV-1").startswith("Draft ready")


def test_send_that_was_there_when_the_draft_was_first_shown_is_too_early_also_if_the_run_dies_then(
    shop: Office,
) -> None:
    def before(_number: int, name: str) -> None:
        if name == "reread":
            shop.write("INV-1", "action", "send")
            shop.hooks.before = lambda _number, _name: None

    def after(_number: int, name: str) -> None:
        if name == "write":
            raise KeyboardInterrupt

    shop.hooks.before, shop.hooks.after = before, after
    with pytest.raises(KeyboardInterrupt):
        shop.sync()
    shop.hooks.after = lambda _number, _name: None
    for _ in range(2):
        shop.sync(take_over=True)
    assert not shop.sent()


def test_where_there_is_no_draft_column_the_log_alone_decides(shop: Office) -> None:
    for row in shop.rows:
        del row[-1]
    shop.sync()
    shop.write("INV-1", "action", "send")
    shop.sync()
    assert len(shop.sent()) == 1


def test_send_waits_for_its_own_draft_while_the_invoice_is_held(shop: Office) -> None:
    shop.sync()
    ((draft, _),) = shop.drafts()
    shop.edit_draft(draft, "Dear Ms Weber, shall we talk?")
    shop.write("INV-1", "escalation", "hold")
    shop.write("INV-1", "action", "send")
    shop.sync()
    assert not shop.sent()
    quiet(shop)
    shop.write("INV-1", "escalation", "")
    shop.sync()
    assert len(shop.sent()) == 1
    assert shop.cell("INV-1", "action") == ""


@pytest.mark.parametrize("action", ["clear", "redo"])
def test_what_applied_to_nothing_does_not_apply_to_what_comes_later(shop: Office, action: str) -> None:
    shop.write("INV-1", "escalation", "auto")
    shop.write("INV-1", "action", action)
    shop.sync()
    assert len(shop.sent()) == 1
    shop.answer()
    for _ in range(2):
        shop.sync()
    assert "answered on" in shop.status("INV-1")
    assert len(shop.sent()) == 1
    assert shop.cell("INV-1", "action") == action
    quiet(shop)


def test_an_action_without_effect_is_logged_once_and_once_more_when_it_is_gone(shop: Office) -> None:
    shop.write("INV-1", "action", "done")
    for _ in range(3):
        shop.sync()
    assert named(shop, Name.DECLINED) == 1
    assert shop.history.of("INV-1").declined == {Action.DONE: ""}
    shop.write("INV-1", "action", "")
    for _ in range(2):
        shop.sync()
    assert named(shop, Name.CLEARED) == 1
    assert not shop.history.of("INV-1").declined


def test_a_dead_action_in_one_row_does_not_contradict_a_live_one_in_another(shop: Office) -> None:
    shop.add("INV-2", due=-4)
    shop.write("INV-1", "action", "send")
    shop.sync()
    shop.write("INV-2", "action", "skip")
    shop.sync()
    assert shop.cell("INV-2", "action") == ""


def test_rows_without_a_number_of_their_own_leave_nothing_in_the_log(shop: Office) -> None:
    shop.add("INV-1", due=-4, action="send")
    shop.add("", due=-4, action="skip")
    shop.sync()
    shop.sync()
    assert named(shop, Name.DECLINED) == named(shop, Name.ASKED) == 0
    quiet(shop)
