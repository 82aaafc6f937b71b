from __future__ import annotations

from decimal import Decimal

from debts import day, invoice, rows

from sheetsdun.domain.instalments import Received, covered
from sheetsdun.domain.invoice import Payment, Standing


def instalments(*dues, **fields):
    """One invoice in instalments of 100, due so many days after the first."""
    return rows(
        *(
            invoice(f"INV-1 · {part}", number="INV-1", instalment=str(part), due=day(due), **fields)
            for part, due in enumerate(dues, start=1)
        )
    )


def paid(invoices, *payments, for_rows=None):
    received = Received(
        for_rows or {}, {"INV-1": [Payment(Decimal(each)) for each in payments]} if payments else {}
    )
    return [each.paid for each in covered(invoices, received)]


def test_a_payment_covers_the_oldest_first_whatever_the_order_of_the_rows():
    assert paid(instalments(60, 0, 30), 150) == [0, 100, 50]


def test_payments_add_up_to_what_the_cells_say():
    first, second = instalments(0, 30)
    assert paid([first, second], 30, 80) == [100, 10]
    assert paid(instalments(0, 30, paid=Decimal(40)), 100) == [100, 80]


def test_what_is_paid_too_much_of_one_covers_the_others_and_the_rest_is_overpaid():
    (first,) = instalments(0, paid=Decimal(250))
    _, second = instalments(0, 30)
    assert paid([first, second]) == [100, 150]
    _, *two = instalments(0, 30, 60)
    assert paid([first, *two]) == [100, 100, 50]


def test_what_is_paid_too_much_of_a_later_one_covers_an_older_one():
    first, _ = instalments(0, 30)
    (_, second) = instalments(0, 30, paid=Decimal(150))
    assert paid([first, second]) == [50, 100]


def test_other_invoices_are_left_alone():
    other = invoice("INV-2", row=9, paid=Decimal(130))
    assert paid([*instalments(0, 30), other], 100) == [100, 0, 130]


def test_disputed_instalments_come_last_and_settled_ones_not_at_all():
    first, second = instalments(0, 30, standing=Standing.DISPUTED)
    _, _, third = instalments(0, 30, 60)
    assert paid([first, second, third], 150) == [50, 0, 100]
    (void,) = instalments(0, standing=Standing.VOID)
    assert paid([void, *instalments(0, 30)[1:]], 70) == [0, 70]


def test_a_payment_that_was_taken_back_opens_the_latest_again():
    assert paid(instalments(0, 30, paid=Decimal(100)), -40) == [100, 60]


def test_the_sum_of_what_came_is_the_sum_of_what_is_covered():
    parts = instalments(0, 30, 60, paid=Decimal(20))
    for sum_ in (0, 1, 79, 80, 81, 239, 240, 241, 500):
        assert sum(paid(parts, sum_)) == 60 + sum_


def test_an_unreadable_row_takes_nothing():
    (broken,) = instalments(0, paid=None)
    assert paid([broken, *instalments(0, 30)[1:]], 70) == [None, 70]


def test_a_payment_for_one_row_goes_there():
    two = instalments(0, 30)
    assert paid(two, 100, for_rows={"INV-1 · 2": [Payment(Decimal(10))]}) == [100, 10]


def test_the_latest_payment_is_known_of_every_instalment():
    received = Received(
        {}, {"INV-1": [Payment(Decimal(10), day(9)), Payment(Decimal(20), day(3)), Payment(Decimal(5))]}
    )
    assert {each.last_payment for each in covered(instalments(0, 30), received)} == {
        Payment(Decimal(10), day(9))
    }
