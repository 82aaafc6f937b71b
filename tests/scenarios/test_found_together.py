"""Faults that were found by using everything at once, each as the smallest story that shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from office import Office, office

from sheetsdun.domain.policy import Basis, Climb, Delivery, Level, Policy


def shop(policy: Policy, **changes: object) -> Office:
    """An office with one ladder."""
    made = office(**changes)
    terms = replace(made.desk.settings.terms, policies={"standard": policy})
    made.desk = replace(made.desk, settings=replace(made.desk.settings, terms=terms))
    return made


def level(name: str, offset: int, basis: Basis = Basis.DUE, **more: object) -> Level:
    return Level(name=name, offset=offset, template=name, basis=basis, **{"delivery": Delivery.SEND, **more})


LADDER = level("friendly", 3), level("reminder", 5, Basis.PREVIOUS), level("firm", 14)


def test_who_jumps_passes_over_a_level_that_counts_from_the_one_before() -> None:
    made = shop(Policy("standard", LADDER, Climb.JUMP))
    made.add("INV-1", due=-17)
    made.sync()
    made.sync()
    assert [each.climbed[0].level for each in made.history.letters.values()] == ["firm"]


@pytest.mark.parametrize("climb", Climb)
def test_two_letters_about_an_invoice_never_go_on_one_day(climb: Climb) -> None:
    made = shop(Policy("standard", LADDER, climb))
    made.add("INV-1", due=-10)
    for _ in range(12):
        made.sync()
        made.sync()
        made.pass_days(1)
    days = [each.effective for each in made.history.letters.values()]
    assert len(days) == len(set(days)) > 1


def test_a_reminder_sent_late_by_hand_is_not_followed_by_the_next_one_the_same_day() -> None:
    drafted = tuple(replace(each, basis=Basis.DUE, delivery=Delivery.DRAFT) for each in LADDER)
    rungs = tuple(replace(each, offset=offset) for each, offset in zip(drafted, (3, 8, 14), strict=True))
    made = shop(Policy("standard", rungs, Climb.JUMP))
    made.add("INV-1", due=-4)
    made.sync()
    made.pass_days(12)
    made.mailbox.send_by_hand(made.drafts()[0][0])
    made.sync()
    assert made.drafts() == []


@pytest.mark.parametrize("paper", ["statement", "letter_pdf"])
def test_a_language_that_nobody_has_letters_in_does_not_stop_the_run_where_papers_go_along(
    paper: str,
) -> None:
    made = shop(Policy("standard", (level("friendly", 3, **{paper: True}),)))
    made.rows[0].append("Language")
    made.add("INV-1", due=-4)
    made.add("INV-2", due=-4, customer="Other", email="o@other.example")
    made.rows[1].append("Klingon")
    made.sync()
    assert len(made.sent()) == 2
