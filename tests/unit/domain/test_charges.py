"""Interest and fees: what each kind reckons, and what one letter claims."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from debts import DUE, Office, day, invoice, ladder, terms
from hypothesis import given
from hypothesis import strategies as st

from sheetsdun.config import load
from sheetsdun.domain import charges
from sheetsdun.domain.charges import Debt, kinds
from sheetsdun.domain.charges.contractual import Contractual
from sheetsdun.domain.event import Name
from sheetsdun.domain.facts import facts
from sheetsdun.domain.invoice import Standing
from sheetsdun.domain.policy import Policy
from sheetsdun.domain.terms import Group

GOOD = """\
[google]
mailbox = "ar@example.com"
[sheet]
id = "1AbC-d_E"
[[policy.standard.level]]
name = "friendly"
offset = 3
[[policy.standard.level]]
name = "firm"
offset = 20
"""

LATE = Contractual(interest=Decimal(10), fee={"EUR": Decimal("10.00")})
CHARGED = ladder(5, 15, 30, charge="late")


def debt(balance, days, currency="EUR"):
    return Debt(balance=Decimal(balance), currency=currency, due=DUE, day=DUE + dt.timedelta(days))


def shop(*invoices, policy=CHARGED, late=LATE, **fields):
    return Office(*(invoices or [invoice()]), terms=terms(policy, charges={"late": late}, **fields))


def charged(office, today):
    (reminder,) = office.plan(today).reminders
    return reminder.charged


class TestContractual:
    @pytest.mark.parametrize(
        ("balance", "rate", "days", "currency", "interest"),
        [
            ("100", "10", 15, "EUR", "0.41"),  # ERPNext's own example of a second notice
            ("100", "0", 20, "EUR", "0.00"),  # and of a first one
            ("100", "10", 0, "EUR", "0.00"),
            ("100", "10", -3, "EUR", "0.00"),
            ("100", "10", 365, "EUR", "10.00"),
            ("100", "10", 366, "EUR", "10.03"),  # a leap year has 365 days, too
            ("36.50", "5", 1, "EUR", "0.01"),  # exactly half a cent: up
            ("36.49", "5", 1, "EUR", "0.00"),
            ("1000", "18.25", 1, "JPY", "1"),  # half a yen
            ("1000", "18.25", 1, "KWD", "0.500"),
            ("9999999999999.99", "36.5", 1, "EUR", "10000000000.00"),
        ],
    )
    def test_interest(self, balance, rate, days, currency, interest):
        late = Contractual(interest=Decimal(rate), fee={"EUR": Decimal(1)})
        assert late.interest_on(debt(balance, days, currency)) == Decimal(interest)

    @given(st.decimals(0, 10**12, places=2), st.decimals(0, 100, places=3), st.integers(0, 4000))
    def test_interest_is_rounded_once_and_half_up(self, balance, rate, days):
        late = Contractual(interest=rate, fee={"EUR": Decimal(1)})
        exact = Fraction(balance) * Fraction(rate) * days / 36500
        assert -Fraction(1, 200) < Fraction(late.interest_on(debt(balance, days))) - exact <= Fraction(1, 200)

    def test_a_charge_charges_something(self):
        with pytest.raises(ValueError, match="there must be an interest or a fee"):
            Contractual()


class TestLetters:
    def test_principal_and_charges_stand_apart(self):
        office = shop(policy=ladder(15, charge="late"))
        (reminder,) = office.plan(day(15)).reminders
        assert reminder.total == Decimal(100)
        assert (reminder.charged.interest, reminder.charged.fees) == (
            {"INV-1": Decimal("0.41")},
            Decimal(10),
        )
        assert reminder.total + reminder.charged.total == Decimal("110.41")

    def test_a_level_without_a_charge_claims_nothing(self):
        levels = CHARGED.levels
        policy = Policy("standard", (replace(levels[0], charge=""), levels[1], replace(levels[2], charge="")))
        office = shop(policy=policy)
        fees = []
        for today in (day(5), day(15), day(30)):
            fees.append(charged(office, today).total)
            office.run(today, send=True)
        assert fees == [0, Decimal("10.41"), 0]

    def test_fees_of_letters_that_went_add_up(self):
        office = shop()
        fees = []
        for today in (day(5), day(15), day(30)):
            fees.append(charged(office, today).fees)
            office.run(today, send=True)
        assert fees == [10, 20, 30]

    def test_what_was_skipped_or_only_drafted_costs_nothing(self):
        office = shop()
        office.log(Name.SKIPPED, invoice="INV-1", policy="standard", level="level1", offset=5)
        office.run(day(15))
        (letter,) = office.open()
        assert charged(shop(), day(15)).fees == 10
        office.tell(letter, Name.WITHDRAWING)
        office.tell(letter, Name.WITHDRAWN)
        assert charged(office, day(15)).fees == 10

    def test_one_fee_for_a_letter_about_several_invoices(self):
        office = shop(*(invoice(f"INV-{number}") for number in (1, 2, 3)))
        first = charged(office, day(5))
        assert (len(first.interest), first.fees) == (3, 10)
        office.run(day(5), send=True)
        assert charged(office, day(15)).fees == 20

    def test_no_fee_is_asked_for_in_two_letters(self):
        office = shop(invoice("INV-1"), invoice("INV-2"))
        office.run(day(5), send=True)
        office.terms = replace(office.terms, group=Group.INVOICE)
        both = office.plan(day(15)).reminders
        assert [each.charged.fees for each in both] == [20, 10]

    def test_a_fee_passes_on_to_the_next_invoice_when_the_first_is_paid(self):
        office = shop(invoice("INV-1"), invoice("INV-2"))
        office.run(day(5), send=True)
        office.edit("INV-1", standing=Standing.PAID)
        assert charged(office, day(15)).fees == 20

    def test_no_currency_is_guessed(self):
        assert charged(shop(invoice(currency="USD")), day(15)).fees == 0

    def test_each_invoice_bears_interest_by_its_own_level(self):
        invoices = invoice("INV-1"), invoice("INV-2", escalation="plain")
        office = Office(*invoices, terms=terms(CHARGED, ladder(3, name="plain"), charges={"late": LATE}))
        assert list(charged(office, day(5)).interest) == ["INV-1"]

    def test_the_level_that_gives_the_text_says_whether_anything_is_charged(self):
        invoices = invoice("INV-1"), invoice("INV-2", escalation="plain", due=day(-9))
        office = Office(*invoices, terms=terms(CHARGED, ladder(7, name="plain"), charges={"late": LATE}))
        assert charged(office, day(5)).total == 0

    def test_before_the_due_date_nothing_is_charged(self):
        assert charged(shop(policy=ladder(-3, charge="late")), day(-3)).total == 0


class TestDrafts:
    def test_a_draft_is_not_written_anew_for_interest_that_has_grown(self):
        office = shop()
        office.run(day(5))
        later = office.plan(day(9))
        assert (later.withdrawals, later.reminders) == ((), ())

    def test_it_is_when_rate_or_fee_change(self):
        office = shop()
        office.run(day(5))
        office.terms = replace(office.terms, charges={"late": replace(LATE, interest=Decimal(9))})
        assert len(office.plan(day(6)).withdrawals) == 1

    def test_letters_without_charges_claim_what_they_always_did(self):
        office = Office(invoice(), terms=terms(ladder(5, 15, 30)))
        (plain,) = office.plan(day(5)).reminders
        assert facts(plain) == "9f1f8c43526c2146"


DAILY = """\
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Daily:
    per_day: Decimal

    def interest_on(self, debt):
        return self.per_day * debt.days

    def fee_in(self, currency):
        return Decimal(0)


KIND = Daily
"""


def test_another_kind_is_one_new_file(tmp_path, monkeypatch):
    (tmp_path / "daily.py").write_text(DAILY, encoding="utf-8")
    monkeypatch.setattr(charges, "__path__", [*charges.__path__, str(tmp_path)])
    kinds.cache_clear()
    try:
        config = load(GOOD + 'charge = "a"\n[charges.a]\nkind = "daily"\nper_day = "0.05"\n')
        office = shop(policy=config.policies["standard"], late=None)
        office.terms = replace(office.terms, charges=config.charges)
        office.log(Name.SKIPPED, invoice="INV-1", policy="standard", level="friendly", offset=3)
        assert charged(office, day(20)).interest == {"INV-1": Decimal("1.00")}
    finally:
        kinds.cache_clear()
