from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from sheetsdun.domain.invoice import Action, Discount, Hold, Problem, Standing
from sheetsdun.errors import Refused
from sheetsdun.ports import Table
from sheetsdun.rows.columns import DEFAULTS, Columns
from sheetsdun.rows.parse import parse
from sheetsdun.rows.row import Reading


def test_a_whole_row(read_one):
    invoice = read_one(
        amount=(1234.5, "1.234,50 €"), due=(46357, "01.12.2026"), paid=(34.5, "34,50 €"), currency="EUR",
        issued=(46327, "01.11.2026"), status="sent", escalation="gentle", promise="05.12.2026", instalment=2,
        language="Deutsch", contact="Frau Weber", phone="+49 30 1", manager="eva@us.com", description="Beratung\nMai",
        attachments="a.pdf; b.pdf", action="senden", action_note="bitte", locale="de_DE",
    )  # fmt: skip
    assert (invoice.row, invoice.id, invoice.customer, invoice.emails) == (
        2,
        "INV-1 · 2",
        "Acme",
        ("ann@acme.com",),
    )
    assert (invoice.number, invoice.known_as) == ("INV-1", "INV-1")
    assert (invoice.amount, invoice.paid, invoice.balance) == (
        Decimal("1234.50"),
        Decimal("34.50"),
        Decimal("1200.00"),
    )
    assert (invoice.currency, invoice.due, invoice.issued) == (
        "EUR",
        dt.date(2026, 12, 1),
        dt.date(2026, 11, 1),
    )
    assert (invoice.standing, invoice.escalation, invoice.stopped, invoice.hold) == (
        Standing.OPEN,
        "gentle",
        False,
        None,
    )
    assert (invoice.promise, invoice.instalment, invoice.language) == (dt.date(2026, 12, 5), "2", "de")
    assert (invoice.contact, invoice.phone, invoice.manager) == ("Frau Weber", "+49 30 1", "eva@us.com")
    assert (invoice.description, invoice.attachments) == ("Beratung Mai", ("a.pdf", "b.pdf"))
    assert (invoice.action, invoice.action_note, invoice.problems) == (Action.SEND, "bitte", ())


def test_instalments_of_one_invoice_are_rows_of_their_own(read, good):
    book = read(good(instalment="1/2"), good(instalment="2/2"), good(instalment="2/2"), good())
    assert [(each.id, each.known_as) for each in book.invoices] == [
        ("INV-1 · 1/2", "INV-1"),
        ("INV-1 · 2/2", "INV-1"),
        ("INV-1 · 2/2", "INV-1"),
        ("INV-1", "INV-1"),
    ]
    assert [[problem.value for problem in each.problems] for each in book.invoices] == [[], ["4"], ["3"], []]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("2 %", "24.69"), ((0.025, "2,5%"), "30.86"), ("2,5 %", "30.86"), (25, "25.00"), ("30 €", "30.00")],
)
def test_a_discount_is_a_percentage_or_a_sum(read_one, cell, amount):
    invoice = read_one(amount=1234.5, discount=cell, discount_until="05.12.2026", locale="de_DE")
    assert invoice.discount == Discount(Decimal(amount), dt.date(2026, 12, 5))
    assert invoice.problems == ()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"discount": "lots", "discount_until": "2026-12-05"}, ("discount", "unreadable_amount")),
        ({"discount": "about 2 %", "discount_until": "2026-12-05"}, ("discount", "no_discount")),
        ({"discount": "0 %", "discount_until": "2026-12-05"}, ("discount", "no_discount")),
        ({"discount": 100, "discount_until": "2026-12-05"}, ("discount", "no_discount")),
        ({"discount": "-5", "discount_until": "2026-12-05"}, ("discount", "no_discount")),
        (
            {"discount": "$5", "currency": "EUR", "discount_until": "2026-12-05"},
            ("discount", "currency_conflict"),
        ),
        ({"discount": "2 %"}, ("discount_until", "no_last_day")),
        ({"discount": "2 %", "discount_until": "soon"}, ("discount_until", "unreadable_date")),
    ],
)
def test_what_is_no_discount_is_told(read_one, fields, problem):
    invoice = read_one(**fields)
    assert (invoice.discount, [(each.field, each.code) for each in invoice.problems]) == (None, [problem])


def test_an_empty_tab_is_told_by_its_header():
    with pytest.raises(Refused, match="nothing at all"):
        parse(Table("Invoices", 0, 1, ()), Columns(), Reading())


def test_a_header_without_rows_is_an_empty_book(read):
    book = read()
    assert (book.invoices, book.ignored) == ((), 0)


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"invoice": "  ", "customer": "\u00a0", "email": "\u200b"},
        {"amount": 5000},
        {"customer": "Total", "amount": 5000},
        {"invoice": "Total:", "amount": 5000},
        {"invoice": "Итого", "customer": "", "amount": 5000},
        {"invoice": "November"},
        {"invoice": "INV-900", "paid": False, "status": "draft"},
        {"customer": "Acme", "email": "ann@acme.com", "due": "2026-12-01"},
        {"amount": "#REF!"},
        {"paid": False},
    ],
)
def test_rows_that_are_no_invoices(read, good, row):
    book = read(good(), row)
    assert [invoice.id for invoice in book.invoices] == ["INV-1"]
    assert book.ignored == 1


@pytest.mark.parametrize("fields", [{"customer": ""}, {"email": ""}])
def test_an_invoice_without_a_number_is_told(read_one, fields):
    invoice = read_one(invoice="", **fields)
    assert invoice.id == ""
    assert Problem("invoice", "no_identity") in invoice.problems


def test_an_invoice_whose_number_is_broken_is_told(read_one):
    invoice = read_one(invoice="#REF!")
    assert (invoice.id, invoice.problems) == ("", (Problem("invoice", "error_value", "#REF!"),))


def test_a_row_with_a_number_and_something_else_is_an_invoice(read):
    (invoice,) = read({"invoice": "INV-1", "customer": "Acme"}).invoices
    assert (invoice.amount, invoice.due, invoice.problems) == (None, None, ())


def test_the_number_is_what_people_see(read_one):
    assert read_one(invoice=(123, "00123")).id == "00123"
    assert read_one(invoice="  INV\u00a07\u200b ").id == "INV 7"


def test_an_identity_of_two_columns_outlives_a_date_format(read, good):
    columns = Columns(identity=("invoice", "issued"))
    row = good(issued=(46327, "01.11.2026"))
    again = good(issued=(46327, "1 Nov"))
    assert read(row, columns=columns).invoices[0].id == "INV-1 · 2026-11-01"
    assert read(again, columns=columns).invoices[0].id == "INV-1 · 2026-11-01"


def test_two_rows_with_one_number_are_both_told(read, good):
    first, other, second = read(good(), good(invoice="INV-2"), good(), header_row=3).invoices
    assert first.problems == (Problem("", "duplicate", "6"),)
    assert other.problems == ()
    assert second.problems == (Problem("", "duplicate", "4"),)


def test_many_rows_with_one_number_name_the_first_few(read, good):
    invoices = read(*[good() for _ in range(9)]).invoices
    assert invoices[0].problems[0].value == "3, 4, 5, 6, 7, …"
    assert invoices[8].problems[0].value == "2, 3, 4, 5, 6, …"


def test_a_number_also_in_a_bare_row_stands_twice(read, good):
    (invoice,) = read(good(), {"invoice": "INV-1"}).invoices
    assert invoice.problems == (Problem("", "duplicate", "3"),)


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("amount", "#REF!", "error_value"),
        ("amount", "abc", "unreadable_amount"),
        ("amount", "(12.50)", "bracketed_amount"),
        ("amount", (46357, "12/1/2026"), "date_as_amount"),
        ("paid", (46357, "12/1/2026"), "date_as_amount"),
        ("paid", "#N/A", "error_value"),
        ("due", "31.02.2026", "unreadable_date"),
        ("due", True, "unreadable_date"),
        ("issued", "soon", "unreadable_date"),
        ("hold_until", "soon", "unreadable_date"),
        ("promise", "soon", "unreadable_date"),
        ("email", "ann", "invalid_address"),
        ("email", "аnn@acme.com", "foreign_address"),
        ("currency", "EUE", "unknown_currency"),
        ("action", "sennd", "unknown_action"),
        ("customer", "#NAME?", "error_value"),
        ("escalation", "#REF!", "error_value"),
        ("invoice", "I" * 201, "too_long"),
        ("customer", "x" * 40_000, "too_long"),
        ("amount", "9" * 40_000, "too_long"),
    ],
)
def test_each_cell_that_cannot_be_understood_is_told(read_one, field, cell, code):
    problems = read_one(**{field: cell}).problems
    assert (field, code) in {(problem.field, problem.code) for problem in problems}
    assert all(len(problem.value) <= 80 for problem in problems)


def test_unreadable_cells_are_none(read_one):
    invoice = read_one(amount="abc", paid="abc", due="abc")
    assert (invoice.amount, invoice.paid, invoice.due) == (None, None, None)
    assert read_one(paid="#REF!").paid is None


def test_one_bad_row_does_not_stop_the_others(read, good):
    bad, fine = read(good(amount="#REF!"), good(invoice="INV-2")).invoices
    assert bad.problems
    assert not fine.problems


@pytest.mark.parametrize("cell", [True, "TRUE", "WAHR", "да", "ja", "paid", "✓"])
def test_a_yes_in_paid_is_all_of_it(read_one, cell):
    invoice = read_one(paid=cell)
    assert (invoice.standing, invoice.balance) == (Standing.PAID, 0)


def test_a_yes_in_paid_closes_a_row_whose_amount_cannot_be_read(read_one):
    assert read_one(paid=True, amount="#REF!").standing is Standing.PAID


@pytest.mark.parametrize("cell", [False, "FALSE", "нет", "-", "—", "", 0])
def test_nothing_paid(read_one, cell):
    invoice = read_one(paid=cell)
    assert (invoice.standing, invoice.paid, invoice.problems) == (Standing.OPEN, 0, ())


@pytest.mark.parametrize(
    ("word", "standing"),
    [
        ("PAID", Standing.PAID),
        (" Void ", Standing.VOID),
        ("Disputed", Standing.DISPUTED),
        ("paid?", Standing.OPEN),
    ],
)
def test_status_words_are_whole_cells(read_one, word, standing):
    assert read_one(status=word).standing is standing


def test_what_is_void_stays_void_when_paid(read_one):
    assert read_one(status="void", paid=True).standing is Standing.VOID


def test_currencies(read_one):
    assert read_one().currency == "EUR"
    assert read_one(currency="usd").currency == "USD"
    assert read_one(currency="₽").currency == "RUB"
    assert read_one(currency="$").currency == "USD"
    assert read_one(amount=(5, "$5.00")).currency == "USD"
    assert read_one(amount="5 kr").problems == (Problem("amount", "unknown_currency", "kr"),)


def test_a_mark_means_the_default_where_it_can(read, good):
    assert read(good(amount="5 $"), currency="CAD").invoices[0].currency == "CAD"
    assert read(good(amount="5 kr"), currency="SEK").invoices[0].currency == "SEK"


def test_an_amount_in_another_currency_than_the_row_is_a_problem(read_one):
    invoice = read_one(amount=(5, "$5.00"), currency="EUR")
    assert invoice.problems == (Problem("amount", "currency_conflict", "$5.00"),)
    assert invoice.amount is None
    assert read_one(paid="5 $").problems == (Problem("paid", "currency_conflict", "5 $"),)


def test_sums_are_whole_cents_half_up(read_one):
    assert read_one(amount=(100 / 3, "33.33")).amount == Decimal("33.33")
    assert read_one(amount=(0.125, "0.13")).amount == Decimal("0.13")
    assert read_one(amount=(1000.4, "1000"), currency="JPY").amount == Decimal(1000)
    assert read_one(amount=(1.2345, "1.2345"), currency="KWD").amount == Decimal("1.235")


def test_a_negative_number_is_a_credit_and_no_problem(read_one):
    invoice = read_one(amount=(-12.5, "(12.50)"))
    assert (invoice.amount, invoice.problems) == (Decimal("-12.50"), ())


@pytest.mark.parametrize("word", ["stop", "STOP", "стоп", "Stopp"])
def test_stop(read_one, word):
    invoice = read_one(escalation=word)
    assert (invoice.stopped, invoice.escalation) == (True, "")


@pytest.mark.parametrize("word", ["hold", "On Hold", "пауза", "pausiert"])
def test_hold(read_one, word):
    invoice = read_one(escalation=word)
    assert (invoice.hold, invoice.stopped, invoice.escalation) == (Hold(None), False, "")


def test_hold_until_a_day(read_one):
    assert read_one(hold_until="2026-12-05").hold == Hold(dt.date(2026, 12, 5))
    assert read_one(escalation="hold", hold_until="2026-12-05").hold == Hold(dt.date(2026, 12, 5))


@pytest.mark.parametrize("cell", ["5.", "#REF!"])
def test_an_unreadable_hold_date_holds(read_one, cell):
    invoice = read_one(hold_until=cell)
    assert invoice.hold == Hold(None)
    assert invoice.problems


@pytest.mark.parametrize(
    ("word", "action"),
    [
        ("Send", Action.SEND),
        ("заново", Action.REDO),
        ("überspringen", Action.SKIP),
        ("снять", Action.CLEAR),
        ("getan", Action.DONE),
    ],
)
def test_actions(read_one, word, action):
    assert read_one(action=word).action is action


def test_names_of_every_script_are_kept(read_one):
    for name in ("شركة الأمل", "🦊 Fox & Söhne 👨‍👩‍👧", "株式会社"):
        assert read_one(customer=name).customer == name


def test_cells_that_the_answer_leaves_out_are_empty():
    header = tuple(DEFAULTS.values())
    table = Table("Invoices", 0, 1, header, [["INV-1", "Acme"]], [["INV-1", "Acme"]])
    (invoice,) = parse(table, Columns(), Reading()).invoices
    assert (invoice.amount, invoice.paid, invoice.action) == (None, 0, None)


def test_what_a_number_format_hides_still_counts(good):
    row = good(paid=100)
    header = tuple(DEFAULTS[name] for name in row)
    table = Table(
        "Invoices",
        0,
        1,
        header,
        [list(row.values())],
        [["INV-1", "Acme", "ann@acme.com", "100", "2026-12-01"]],
    )
    assert parse(table, Columns(), Reading()).invoices[0].balance == 0
