from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from sheetsdun.domain.invoice import Hold, Invoice, Payment, Problem
from sheetsdun.domain.policy import Basis, Channel, Climb, Delivery, Level, Policy
from sheetsdun.errors import ConfigError, Refused
from sheetsdun.ports import Table
from sheetsdun.rows import customers, payments, policies
from sheetsdun.rows.columns import Columns
from sheetsdun.rows.row import Reading

ACME = Invoice(row=2, id="INV-1", customer="Acme", amount=Decimal(100), currency="EUR")
APRIL = dt.date(2026, 4, 1)


def tab(header, *rows):
    return Table(
        "Tab", 1, 1, header, [list(row) for row in rows], [[str(cell) for cell in row] for row in rows]
    )


def completed(
    invoice, *rows, header=("Customer", "Email", "Language", "Escalation", "Contact", "Phone", "Manager")
):
    return next(customers.complete([invoice], tab(header, *rows), Columns().customers(), Reading()))


def test_a_customer_fills_in_what_the_row_does_not_say():
    invoice = completed(ACME, ("acme", "ann@acme.com; bob@acme.com", "Russian", "gentle", "Ann", "+1", "eva"))
    assert (invoice.emails, invoice.language, invoice.escalation) == (
        ("ann@acme.com", "bob@acme.com"),
        "ru",
        "gentle",
    )
    assert (invoice.contact, invoice.phone, invoice.manager, invoice.problems) == ("Ann", "+1", "eva", ())


def test_the_row_beats_the_customer():
    row = Invoice(
        row=2, id="INV-1", customer="Acme", emails=("own@acme.com",), escalation="firm", language="de"
    )
    invoice = completed(row, ("Acme", "ann@acme.com", "ru", "stop"))
    assert (invoice.emails, invoice.language, invoice.escalation, invoice.stopped) == (
        ("own@acme.com",),
        "de",
        "firm",
        False,
    )


def test_a_customer_can_be_held_or_stopped():
    assert completed(ACME, ("Acme", "", "", "stop")).stopped
    assert completed(ACME, ("Acme", "", "", "hold")).hold == Hold(None)


@pytest.mark.parametrize(
    ("word", "stopped", "policy", "hold"),
    [("firm", False, "firm", Hold(APRIL)), ("stop", True, "", Hold(APRIL)), ("hold", False, "", Hold())],
)
def test_a_hold_date_in_the_row_lifts_nothing_of_the_customer_s(word, stopped, policy, hold):
    found = completed(replace(ACME, hold=Hold(APRIL)), ("Acme", word), header=("Customer", "Escalation"))
    assert (found.stopped, found.escalation, found.hold) == (stopped, policy, hold)


def test_a_policy_in_the_row_beats_a_stop_of_the_customer_s():
    found = completed(replace(ACME, escalation="firm"), ("Acme", "stop"), header=("Customer", "Escalation"))
    assert (found.stopped, found.escalation) == (False, "firm")


def test_a_customer_with_a_problem_or_twice_is_told_at_the_invoice():
    assert completed(ACME, ("Acme", "nobody")).problems == (Problem("email", "invalid_address", "nobody"),)
    assert completed(ACME, ("Acme",), ("ACME",)).problems == (Problem("customer", "customer_twice", "Acme"),)


def test_a_wrong_address_of_the_customer_does_not_matter_where_the_row_has_its_own():
    row = Invoice(row=2, id="INV-1", customer="Acme", emails=("own@acme.com",))
    assert completed(row, ("Acme", "nobody")) == row


def test_others_are_left_alone():
    assert completed(ACME, ("Zeta", "z@z.com"), ("", "a@b.com")) == ACME
    nobody = Invoice(row=3, id="INV-2")
    assert completed(nobody, ("", "a@b.com")) == nobody


def test_a_tab_without_customers_is_refused():
    with pytest.raises(Refused, match="“Tab” has no column “Customer”"):
        completed(ACME, header=("Name",))


def settled(invoice, *rows, header=("Invoice", "Amount", "Date"), locale="en_US"):
    return payments.settle(
        [invoice], tab(header, *rows), Columns().payments(), Reading(locale=locale)
    ).invoices[0]


def test_payments_are_summed():
    invoice = settled(
        ACME, ("INV-1", 30, "x"), ("INV-2", 500), ("INV-1", "20,50 €"), ("INV-1", ""), ("INV-1",)
    )
    assert (invoice.paid, invoice.balance, invoice.problems) == (Decimal("50.50"), Decimal("49.50"), ())


def test_an_unreadable_payment_is_told_and_the_others_count():
    invoice = settled(ACME, ("INV-1", "much"), ("INV-1", 10), ("INV-1", "$5"))
    assert invoice.paid == 10
    assert invoice.problems == (
        Problem("paid", "unreadable_amount", "much"),
        Problem("paid", "currency_conflict", "$5"),
    )


def test_payments_of_nobody_and_rows_without_a_number():
    assert settled(ACME, ("", 10)) == ACME
    unnamed = Invoice(row=2, id="")
    assert settled(unnamed, ("", 10)) == unnamed
    unreadable = Invoice(row=2, id="INV-1", paid=None)
    assert settled(unreadable, ("INV-1", 10)).paid is None


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        (("Invoice",), "“Amount”"),
        (("Amount",), "“Invoice or Reference”"),
        (("Invoice", "Amount", "Amount"), "“Amount”"),
    ],
)
def test_a_payments_tab_without_its_columns_is_refused(header, missing):
    with pytest.raises(Refused, match=f"needs the column {missing}, once"):
        settled(ACME, header=header)


def test_a_column_that_the_config_names_must_be_there():
    columns = Columns().payments({"reference": "Purpose"})
    with pytest.raises(Refused, match=r"“Purpose”, once.*\[payment_columns\]"):
        payments.settle([ACME], tab(("Invoice", "Amount")), columns, Reading())
    named = Columns().customers({"pay_by": "Bank"})
    with pytest.raises(Refused, match=r"“Bank”.*\[customer_columns\]"):
        next(customers.complete([ACME], tab(("Customer",)), named, Reading()))


OWN = ("Customer", "Customer ID", "Cc", "Way to pay", "Tolerance", "Days between letters", "Do not contact")


def test_what_only_the_customers_tab_knows():
    invoice = completed(ACME, ("Acme", "K-1", "boss@acme.com", "sepa", "5", 14, "since May"), header=OWN)
    assert (invoice.cc, invoice.pay_by, invoice.tolerance, invoice.min_gap_days, invoice.do_not_contact) == (
        ("boss@acme.com",),
        "sepa",
        Decimal(5),
        14,
        True,
    )
    assert invoice.customer_id == "K-1"


@pytest.mark.parametrize("word", ["", "no", "нет", False, "-"])
def test_who_may_be_contacted(word):
    assert not completed(ACME, ("Acme", "", "", "", "", "", word), header=OWN).do_not_contact


def test_a_tolerance_in_another_currency_is_none():
    assert completed(ACME, ("Acme", "", "", "", "5 USD"), header=OWN).tolerance is None
    assert completed(ACME, ("Acme", "", "", "", "5 €"), header=OWN).tolerance == 5


def test_nonsense_in_the_customers_own_columns_is_told():
    invoice = completed(ACME, ("Acme", "", "", "", "-5", "a week"), header=OWN)
    assert invoice.problems == (
        Problem("tolerance", "negative_sum", "-5"),
        Problem("min_gap_days", "no_days", "a week"),
    )


@pytest.mark.parametrize(
    ("customer", "number", "found"),
    [
        ("Acme", "", "Acme"),
        ("k-1", "", "Acme"),  # the id in place of the name
        ("", "K-1", "Acme"),
        ("Acme Limited", "k-1", "Acme"),  # the id counts before the name, and letters go by the tab
        ("Acme", "K-9", "Acme"),  # an id that the tab does not know
        ("Acme Limited", "", "Acme Limited"),
    ],
)
def test_a_customer_is_found_by_id_or_name(customer, number, found):
    row = Invoice(row=2, id="INV-1", customer=customer, customer_id=number, currency="EUR")
    invoice = completed(row, ("Acme", "K-1", "", "sepa"), header=OWN)
    assert invoice.customer == found
    assert invoice.pay_by == ("" if found == "Acme Limited" else "sepa")


def test_two_of_one_name_are_told_apart_by_id_alone():
    two = (("Acme", "K-1", "", "sepa"), ("Acme", "K-2", "", "card"))
    row = Invoice(row=2, id="INV-1", customer="Acme", customer_id="K-1")
    assert (completed(row, *two, header=OWN).pay_by, completed(row, *two, header=OWN).problems) == (
        "sepa",
        (),
    )
    assert completed(ACME, *two, header=OWN).problems == (Problem("customer", "customer_twice", "Acme"),)


BANK = ("Date", "Amount", "Reference", "Invoice", "Instalment")


def matched(*rows, numbers=("INV-1", "INV-2")):
    invoices = [
        Invoice(row=row, id=number, customer="Acme", amount=Decimal(100), currency="EUR")
        for row, number in enumerate(numbers, start=2)
    ]
    return payments.settle(invoices, tab(BANK, *rows), Columns().payments(), Reading())


def test_a_payment_is_matched_by_the_number_in_its_reference():
    found = matched(("2026-03-02", 40, "Rg.Nr. inv - 1, thank you"), ("2026-03-09", 10, "INV-1"))
    assert [invoice.paid for invoice in found.invoices] == [Decimal(50), Decimal(0)]
    assert found.invoices[0].last_payment == Payment(Decimal(10), dt.date(2026, 3, 9))
    assert found.loose == ()


def test_what_names_none_or_several_is_listed_and_counts_nowhere():
    found = matched(
        ("", 40, "thank you"), ("", 60, "INV-1, INV-2"), ("", 5, "INV-1", "INV-9"), ("", "much", "")
    )
    assert [invoice.paid for invoice in found.invoices] == [0, 0]
    none, two, unknown, unreadable = map(str, found.loose)
    assert none == (
        "“Tab”, row 2: the payment of 40, “thank you” names no invoice of the sheet; it counts nowhere yet."
    )
    assert "row 3: the payment of 60, “INV-1, INV-2” names more than one invoice (INV-1, INV-2);" in two
    assert "row 4: the payment of 5, “INV-9” names no invoice" in unknown
    assert "row 5: the payment of much names no invoice" in unreadable


def test_the_instalment_in_a_payment_s_row_counts():
    invoices = [
        Invoice(
            row=2, id="INV-1 · 1/2", number="INV-1", instalment="1/2", amount=Decimal(100), currency="EUR"
        ),
        Invoice(
            row=3, id="INV-1 · 2/2", number="INV-1", instalment="2/2", amount=Decimal(100), currency="EUR"
        ),
    ]
    rows = (("", 30, "", "INV-1", "2/2"), ("", 50, "INV-1"))
    found = payments.settle(invoices, tab(BANK, *rows), Columns().payments(), Reading())
    assert [invoice.paid for invoice in found.invoices] == [Decimal(50), Decimal(30)]


LADDER = (
    "Policy",
    "Level",
    "Offset",
    "Basis",
    "Delivery",
    "Channel",
    "Template",
    "Deadline days",
    "Cc",
    "Attach",
    "Waives gap",
)


def test_a_ladder_in_the_sheet():
    found = policies.read(
        tab(
            LADDER,
            ("gentle", "friendly", 5),
            (
                "strict",
                "first",
                1,
                "End of month",
                "Send",
                "",
                "friendly",
                3,
                "manager, boss@x.com",
                False,
                "yes",
            ),
            ("", "", ""),
            ("gentle", "call", 10, "previous", "task", "call"),
        )
    )
    first = Level(
        name="first", offset=1, template="friendly", basis=Basis.END_OF_MONTH, delivery=Delivery.SEND, deadline_days=3,
        cc=("manager", "boss@x.com"), attach=False, waives_gap=True, in_sheet=True,
    )  # fmt: skip
    call = Level(
        name="call",
        offset=10,
        template="call",
        basis=Basis.PREVIOUS,
        delivery=Delivery.TASK,
        channel=Channel.CALL,
        in_sheet=True,
    )
    friendly = Level(name="friendly", offset=5, template="friendly", in_sheet=True)
    assert found == {"gentle": Policy("gentle", (friendly, call)), "strict": Policy("strict", (first,))}


def test_what_is_written_is_read_again():
    levels = (
        Level(name="a", offset=-3, template="a", cc=("manager", "x@y.example"), offer="In parts?", in_sheet=True),
        Level(name="b", offset=2, template="other", delivery=Delivery.SEND, attach=False, in_sheet=True),
        Level(name="c", offset=7, template="c", basis=Basis.PREVIOUS, deadline_days=5, charge="late", in_sheet=True),
        Level(name="d", offset=9, template="call", basis=Basis.PREVIOUS, delivery=Delivery.TASK, channel=Channel.CALL,
              waives_gap=True, in_sheet=True),
    )  # fmt: skip
    ladders = {"one": Policy("one", levels, Climb.JUMP), "two": Policy("two", levels[:2])}
    header, *written = policies.written(ladders.values())
    assert policies.read(tab(tuple(header), *written), {"late"}) == ladders


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("", "friendly", 5)], "row 2: policy: which policy is this a level of?"),
        ([("gentle", "a", 5), ("Gentle", "b", 9)], "row 3: policy: “Gentle” and “gentle” differ by capitals only"),
        ([("gentle", "a", 5, "step"), ("gentle", "b", 9, "jump")],
         "row 3: climb: “gentle” cannot climb both by step and by jump"),
        ([("gentle", "a", 5, "up")], "row 2: climb: “up” is none of step, jump"),
        ([("gentle", "a", 5, "", "perhaps")], "row 2: attach: “perhaps” is neither yes nor no"),
    ],
)  # fmt: skip
def test_a_mistake_of_a_ladder_in_the_sheet(rows, told):
    with pytest.raises(ConfigError) as mistakes:
        policies.read(tab(("Policy", "Level", "Offset", "Climb", "Attach"), *rows))
    assert mistakes.value.problems == [told]


def test_a_misspelt_header_is_told_and_other_columns_are_people_s():
    with pytest.raises(ConfigError) as mistakes:
        policies.read(tab(("Policy", "Level", "Offset", "Dedline days", "Delivery", "delivery", "Why so")))
    assert mistakes.value.problems == [
        "“Dedline days” is no column of a level; did you mean “Deadline days”?",
        "“Delivery” stands more than once",
        "“delivery” stands more than once",
    ]


def test_all_mistakes_of_a_ladder_are_told_with_their_rows():
    with pytest.raises(ConfigError) as told:
        policies.read(
            tab(
                LADDER,
                ("hold", "a", 1),
                ("gentle", "friendly", "soon"),
                ("gentle", "a b", 5, "sometimes"),
                ("gentle", "c", 7, "previous"),
                ("gentle", "c", 3, "", "task", "", "", 1000, "nobody"),
            )
        )
    assert told.value.problems == [
        "row 2: policy: “hold” cannot name a policy: in the Escalation column it means that nothing is sent",
        "row 3: offset: “soon” is no whole number of days",
        "row 4: basis: “sometimes” is none of due, end_of_month, previous",
        "row 5: basis: “previous” cannot be the basis of the first level",
        "row 6: deadline_days: 1000 is not between 0 and 365 business days",
        "row 6: channel: a task needs a channel other than email: call, sms, messenger, letter or visit",
        "row 6: cc: “nobody” is no address, and not “manager”",
        "row 6: name: there is another level “c” in this policy",
    ]


def test_a_ladder_without_its_columns():
    with pytest.raises(
        ConfigError, match=r"The tab “Tab” has 2 mistakes:\n  there is no column “Level”\n  .*“Offset”"
    ):
        policies.read(tab(("Policy", "Days")))


def test_a_level_of_the_tab_may_name_a_charge_of_the_config():
    header = ("Policy", "Level", "Offset", "Charge")
    read = policies.read(tab(header, ("gentle", "final", "20", "late")), {"late"})
    assert read["gentle"].levels[0].charge == "late"
    with pytest.raises(ConfigError) as told:
        policies.read(tab(header, ("gentle", "final", "20", "lat")), {"late"})
    assert told.value.problems == ["row 2: charge: the config has no [charges.lat]"]
