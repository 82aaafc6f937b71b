"""When debtors would pay, if they went on as they have so far."""

import datetime as dt
from decimal import Decimal

import pytest
from debts import day, invoice, terms

from sheetsdun.domain.habits import Basis, Expected, habits
from sheetsdun.domain.invoice import Payment, Standing

TODAY = day(0)


def settled(late, customer="Weber KG", **fields):
    """An invoice that was paid so many days late, long ago."""
    due = day(-200)
    paid = Payment(Decimal(100), due + dt.timedelta(late))
    return invoice(customer=customer, **{"due": due, "paid": Decimal(100), "last_payment": paid, **fields})


def expected(*past, due=5, customer="Weber KG"):
    return habits(past, terms()).expected(invoice(customer=customer, due=day(due)), TODAY)


def test_the_median_of_the_customers_own_past():
    past = [settled(2), settled(30), settled(9), settled(50, customer="Ito & Co.")]
    assert expected(*past) == Expected(Basis.OWN, day(14), 3)
    assert expected(*past, customer="WEBER  kg").basis is Basis.OWN


def test_too_little_of_ones_own_falls_back_to_all_and_says_so():
    past = [settled(2, "A"), settled(4, "B"), settled(9, "C"), settled(20)]
    assert expected(*past) == Expected(Basis.OVERALL, day(9), 4)


def test_what_nobody_knows_is_not_guessed():
    assert expected(settled(1), settled(2)) == Expected(Basis.UNKNOWN)


def test_only_delays_that_are_still_ahead_count():
    past = [settled(2), settled(30), settled(9)]
    assert expected(*past, due=-9) == Expected(Basis.OWN, day(21), 3)
    assert expected(*past, due=-30) == Expected(Basis.LATER_THAN_EVER, None, 3)


@pytest.mark.parametrize(
    "fields",
    [
        {"last_payment": None},
        {"last_payment": Payment(Decimal(100))},
        {"paid": Decimal(50)},
        {"amount": Decimal(-100), "paid": Decimal(0)},
        {"due": None},
        {"standing": Standing.VOID},
    ],
)
def test_what_does_not_tell_a_delay_counts_nothing(fields):
    assert expected(*[settled(3, **fields)] * 5).basis is Basis.UNKNOWN
