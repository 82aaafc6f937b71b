"""The first day: what was chased before there was a log."""

from __future__ import annotations

import pytest
from debts import Office, day, invoice, ladder, terms

from sheetsdun.domain.backfill import backfill
from sheetsdun.domain.event import Name
from sheetsdun.domain.invoice import Standing

LATER = day(50)


def found(office, level="level2"):
    office.today = LATER
    return [
        (each.id, rung.place)
        for each, rung in backfill(
            office.rows, office.history, office.terms, LATER, due_before=day(1), level=level
        )
    ]


def test_old_invoices_get_the_level_as_done():
    office = Office(invoice("A"), invoice("B", due=day(1)), terms=terms(ladder(5, 20, 40)))
    assert found(office) == [("A", 2)]


def test_the_ladder_goes_on_above_it():
    office = Office(invoice("A"), terms=terms(ladder(5, 20, 40)))
    office.today = LATER
    office.log(Name.SKIPPED, invoice="A", policy="standard", level="level2", offset=20, effective=LATER)
    assert (office.decide(LATER, "A").level.name, office.decide(LATER, "A").until) == ("level3", day(70))
    assert found(office) == []


@pytest.mark.parametrize(
    "cells", [{"standing": Standing.PAID}, {"due": None}, {"escalation": "nobody"}, {"emails": ()}]
)
def test_closed_and_unreadable_rows_are_left_out(cells):
    assert found(Office(invoice("A", **cells), terms=terms(ladder(5, 20, 40)))) == []


def test_so_is_one_whose_letter_stands_open():
    office = Office(invoice("A"), terms=terms(ladder(5, 20, 40)))
    office.run(day(5))
    assert found(office) == []


def test_so_is_one_whose_policy_has_no_such_level():
    assert found(Office(invoice("A"), terms=terms(ladder(5))), level="final") == []


def test_a_held_one_is_taken_in():
    assert found(Office(invoice("A", standing=Standing.DISPUTED), terms=terms(ladder(5, 20)))) == [("A", 2)]
