"""Somebody inserts, sorts or renames in the instant between our last look at the rows and our write."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from office import OURS, Office, office

from sheetsdun.rows.columns import DEFAULTS


@pytest.fixture
def shop() -> Office:
    made = office()
    for number in (1, 2):
        made.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
    return made


def right_before(shop: Office, **acts: Callable[[], object]) -> None:
    """Act once, right before the first call of each name."""

    def before(_number: int, name: str) -> None:
        if act := acts.pop(name, None):
            act()

    shop.hooks.before = before


def column(shop: Office, field: str) -> int:
    return int(shop.rows[0].index(DEFAULTS[field]))


@pytest.mark.parametrize("new", ["", "INV-3"], ids=["blank", "of a new invoice"])
def test_a_status_that_fell_into_a_row_that_was_just_inserted_is_taken_out_again(
    shop: Office, new: str
) -> None:
    shop.write("INV-1", "escalation", "auto")  # a letter that goes leaves dates in the row
    row = [new] + [""] * (len(shop.rows[0]) - 1)
    right_before(shop, write=lambda: shop.rows.insert(1, row))
    shop.sync()
    assert [row[column(shop, field)] for field in OURS] == [""] * len(OURS)
    assert shop.status("INV-1") == "Sent on 2 Mar"
    assert shop.status("INV-2") == "Draft ready: friendly (2 of 5)"


def test_what_a_person_types_over_it_meanwhile_is_theirs(shop: Office) -> None:
    row = [""] * len(shop.rows[0])
    place = column(shop, "reminder_level")
    right_before(shop, write=lambda: shop.rows.insert(1, row))

    def type_over(_number: int, name: str) -> None:
        if name == "write" and row[place] == "friendly (2 of 5)":
            row[place] = "Ask Jo"

    shop.hooks.after = type_over
    shop.sync()
    assert row[place] == "Ask Jo", "it was not emptied after that"
    assert row[column(shop, "reminder_status")] == ""


def test_an_action_that_was_emptied_in_the_row_of_another_is_written_back(shop: Office) -> None:
    shop.sync()
    shop.write("INV-1", "action", "redo")

    def sort() -> None:
        shop.rows[1:] = reversed(shop.rows[1:])

    right_before(shop, reread=lambda: shop.write("INV-2", "action", "skip"), write=sort)
    shop.sync()
    assert shop.cell("INV-2", "action") == "skip"
    assert shop.cell("INV-1", "action") == ""
    assert not shop.history.of("INV-2").completions
    shop.sync()
    assert [done.how for done in shop.history.of("INV-2").completions] == ["skipped"]


def test_an_action_that_a_person_empties_themselves_stays_empty(shop: Office) -> None:
    shop.write("INV-2", "action", "clear")
    shop.sync()
    assert shop.cell("INV-2", "action") == "clear", "there is no answer to be cleared"
    shop.write("INV-1", "action", "redo")
    right_before(shop, write=lambda: shop.write("INV-2", "action", ""))
    shop.sync()
    assert shop.cell("INV-2", "action") == ""


@pytest.mark.parametrize("field", ["invoice", "action", "reminder_note"])
def test_a_column_that_is_renamed_in_that_moment_stops_nobody(shop: Office, field: str) -> None:
    shop.sync()
    shop.write("INV-1", "action", "redo")
    place = column(shop, field)

    def rename() -> None:
        shop.rows[0][place] = "Something else"

    right_before(shop, write=rename)
    shop.sync()
    assert len(shop.drafts()) == 2
