"""Cells that Google does not let us write: told once a day, and otherwise no reason to write anything."""

from __future__ import annotations

import pytest
from office import HEADERS, Office, office

from sheetsdun.domain.event import Name
from sheetsdun.errors import Unreachable
from sheetsdun.ports import Rejected
from sheetsdun.sync.writeback import SEARCHES

STATUS, NOTE, ACTION = (HEADERS.index(name) for name in ("Reminder status", "Reminder note", "Action"))


@pytest.fixture
def shop() -> Office:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.add("INV-2", due=-4, email="b@b.example")
    return shop


def protect(shop: Office, *columns: int) -> None:
    shop.sheet.protected.update(("Invoices", column) for column in columns)


def quiet(shop: Office) -> None:
    links = len(shop.sheet.chain())
    assert not shop.sync().warnings
    assert len(shop.sheet.chain()) == links


def test_a_run_without_news_writes_nothing_although_some_cells_say_something_else(shop: Office) -> None:
    protect(shop, STATUS)
    (warning,) = shop.sync().warnings
    assert "J2, J3" in warning
    quiet(shop)
    quiet(shop)


def test_they_are_tried_again_on_the_next_day(shop: Office) -> None:
    protect(shop, STATUS)
    shop.sync()
    shop.pass_days(1)
    outcome = shop.sync()
    assert outcome.warnings
    assert Name.PROTECTED not in {event.name for event in outcome.events}, "the log knows them"
    quiet(shop)
    shop.sheet.protected.clear()
    shop.pass_days(1)
    assert not shop.sync().warnings
    assert shop.status("INV-1").startswith("Draft ready")


def test_they_are_searched_for_in_few_requests_and_all_others_are_written(shop: Office) -> None:
    for number in range(3, 43):
        shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
    protect(shop, HEADERS.index("Draft"))
    (warning,) = shop.sync().warnings
    assert "changed while they were written" not in warning
    assert shop.hooks.calls.count("write") == 1 + 2 * SEARCHES
    assert {row[STATUS] for row in shop.rows[1:]} == {"Draft ready: friendly (2 of 5)"}


def test_what_else_has_changed_is_written_at_once(shop: Office) -> None:
    protect(shop, STATUS)
    shop.sync()
    shop.write("INV-1", "reminder_note", "somebody typed here")
    shop.sync()
    assert shop.cell("INV-1", "reminder_note") == ""
    quiet(shop)


def test_an_action_in_a_protected_cell_is_carried_out_once_and_then_let_be(shop: Office) -> None:
    shop.sync()
    protect(shop, ACTION)
    shop.write("INV-1", "action", "send")
    shop.sync()
    assert len(shop.sent()) == 1
    quiet(shop)
    assert shop.cell("INV-1", "action") == "send"
    shop.sheet.protected.clear()
    shop.pass_days(1)
    shop.sync()
    assert shop.cell("INV-1", "action") == ""
    assert len(shop.sent()) == 1


def test_a_quota_that_is_used_up_is_no_protected_cell_to_be_searched_for(shop: Office) -> None:
    def too_many(_number: int, name: str) -> None:
        if name == "write":
            raise Rejected("Quota exceeded", code=429, quota=True)

    shop.hooks.before = too_many
    with pytest.raises(Unreachable, match="next run"):
        shop.sync()
    assert shop.hooks.calls.count("write") == 1
    shop.hooks.before = lambda _number, _name: None
    shop.sync()
    assert shop.status("INV-1").startswith("Draft ready")
