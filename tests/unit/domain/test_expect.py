"""The team's own tests of its ladders."""

import datetime as dt
from decimal import Decimal

import pytest
from debts import EVERY_DAY, ladder, terms

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.expect import Expectation, failure
from sheetsdun.domain.policy import Basis, Delivery, Level, Policy

LADDER = Policy(
    "standard",
    tuple(
        Level(name=name, offset=offset, template=name)
        for name, offset in [("courtesy", -3), ("friendly", 3), ("reminder", 10), ("firm", 20), ("final", 30)]
    ),
)
MONTHS = Policy("months", (Level(name="first", offset=0, template="first", basis=Basis.END_OF_MONTH),))
TERMS = terms(LADDER, MONTHS, ladder(1, 4, name="close"), calendar=Calendar())


def holds(days, **fields):
    return failure(Expectation(where="", days_past_due=days, currency="EUR", **fields), TERMS) == ""


@pytest.mark.parametrize(
    ("days", "level"),
    [
        (-4, "none"),
        (-3, "courtesy"),
        (2, "courtesy"),
        (3, "friendly"),
        (19, "reminder"),
        (20, "firm"),
        (99, "final"),
    ],
)
def test_the_last_level_that_went_by_that_evening(days, level):
    assert holds(days, level=level)


def test_what_is_not_so_is_told_in_one_sentence():
    wrong = Expectation(where="", days_past_due=30, level="firm", decision=Verdict.WAIT)
    assert failure(wrong, TERMS) == (
        "30 days past due, by “standard”, the last level sent is “final”, not “firm” and the decision is exhausted, "
        "not wait"
    )


def test_without_a_due_date_every_day_is_a_sending_day_and_with_one_the_calendar_counts():
    wednesday = dt.date(2026, 6, 10)
    assert holds(3, level="courtesy", due=wednesday)
    assert holds(5, level="friendly", due=wednesday)
    assert holds(3, level="friendly")


@pytest.mark.parametrize(
    ("days", "facts", "level", "decision"),
    [
        (12, {"hold_until": 5}, "friendly", Verdict.WAIT),
        (5, {"hold_until": 5}, "none", Verdict.HELD),
        (6, {"promise": 4}, "none", Verdict.PROMISED),
        (7, {"promise": 4}, "friendly", Verdict.WAIT),
        (30, {"amount": Decimal(50), "paid": Decimal("49.995")}, "none", Verdict.CLOSED),
        (30, {"amount": Decimal(50), "paid": Decimal(40)}, "final", Verdict.EXHAUSTED),
    ],
)
def test_what_stands_in_the_row(days, facts, level, decision):
    assert holds(days, level=level, decision=decision, **facts)


def test_the_days_between_two_letters_count():
    assert holds(5, policy="close", level="level1")
    assert holds(6, policy="close", level="level2")


def test_a_task_counts_as_done():
    call = Level(name="call", offset=5, template="call", delivery=Delivery.TASK)
    of = terms(Policy("standard", (call,)), calendar=EVERY_DAY)
    assert failure(Expectation(where="", days_past_due=5, level="call"), of) == ""


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"level": "frim"}, "“standard” has no level “frim”; did you mean “firm”?"),
        ({"level": "firm", "policy": "standart"}, "there is no policy “standart”; did you mean “standard”?"),
        ({"level": "first", "policy": "months"}, "counts from the end of a month, so say which one"),
    ],
)
def test_what_cannot_be_tried_is_told(fields, said):
    assert said in failure(Expectation(where="", days_past_due=1, **fields), TERMS)


def test_the_end_of_a_month():
    assert holds(14, policy="months", level="none", due=dt.date(2026, 6, 15))
    assert holds(15, policy="months", level="first", due=dt.date(2026, 6, 15))
