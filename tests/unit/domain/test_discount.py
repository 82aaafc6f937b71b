"""A discount for early payment: named while it can be used, and never after."""

from __future__ import annotations

from decimal import Decimal

import pytest
from debts import Office, day, invoice, ladder, terms

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.facts import facts
from sheetsdun.domain.invoice import Discount, Payment
from sheetsdun.domain.policy import Delivery
from sheetsdun.domain.reasons import Code


def office(until, *, delivery=Delivery.DRAFT, **fields):
    discount = Discount(Decimal(2), day(until))
    weekdays = terms(ladder(-10, 5, delivery=delivery), calendar=Calendar())
    return Office(invoice("INV-1", discount=discount, **fields), terms=weekdays)


def named(office, today):
    (reminder,) = office.plan(day(today)).reminders
    return reminder.discount(office.decide(day(today)).invoice)


@pytest.mark.parametrize(
    ("until", "there"), [(-3, True), (-7, True), (-8, False), (-10, False), (-11, False)]
)
def test_a_draft_names_it_while_a_business_day_is_left_after_its_own(until, there):
    assert (named(office(until), -10) is not None) is there


def test_a_weekend_is_no_day_to_pay():
    friday, saturday, monday = -10, -9, -7
    assert day(friday).weekday() == 4
    assert named(office(saturday), friday) is None
    assert named(office(saturday, delivery=Delivery.SEND), friday) is not None
    assert named(office(monday), friday) is not None


@pytest.mark.parametrize(("until", "there"), [(-9, True), (-10, True), (-11, False)])
def test_a_letter_that_goes_at_once_names_it_up_to_its_last_day(until, there):
    assert (named(office(until, delivery=Delivery.SEND), -10) is not None) is there


def test_one_that_leaves_nothing_to_pay_is_not_named():
    typo = Payment(Decimal(99), day(365))
    assert named(office(-3, paid=Decimal(99), last_payment=typo), -10) is None


def test_a_draft_whose_discount_is_over_is_withdrawn_and_written_anew():
    debts = office(-4)
    debts.run(day(-10))
    assert debts.plan(day(-5)).withdrawals == ()
    plan = debts.plan(day(-4))
    assert [(each.reason.code, each.reason.args) for each in plan.withdrawals] == [
        (Code.DISCOUNT_OVER, {"until": day(-4), "invoice": "INV-1"})
    ]
    (anew,) = plan.reminders
    assert anew.discount(anew.climbed[0].invoice) is None


def test_a_discount_that_changes_changes_the_facts_and_one_that_is_not_named_does_not():
    with_, without = office(-3), office(-11)
    (named_,), (bare,) = with_.plan(day(-10)).reminders, without.plan(day(-10)).reminders
    assert facts(named_) != facts(bare)
    none = Office(invoice("INV-1"), terms=without.terms)
    assert facts(bare) == facts(none.plan(day(-10)).reminders[0])


@pytest.mark.parametrize(
    ("paid", "last", "code"),
    [
        ("98", None, Code.PAID_WITH_DISCOUNT),
        ("98", -4, Code.PAID_WITH_DISCOUNT),
        ("99", -4, Code.PAID_WITH_DISCOUNT),
        ("98", -3, Code.LEVEL_DUE),  # too late for it
        ("97.99", -4, Code.LEVEL_DUE),  # too little
        ("100", -3, Code.PAID),
    ],
)
def test_what_was_paid_in_time_less_the_discount_is_paid(paid, last, code):
    payment = None if last is None else Payment(Decimal(paid), day(last))
    decision = office(-4, paid=Decimal(paid), last_payment=payment).decide(day(7))
    assert decision.reason.code == code
    assert (decision.verdict is Verdict.CLOSED) == (code != Code.LEVEL_DUE)
