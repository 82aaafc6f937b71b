"""A sheet full of mistakes: each is told beside its row, nothing is lost, and the good rows get their letters."""

from __future__ import annotations

import datetime as dt

import pytest
from office import Office, office

from sheetsdun.errors import Refused

OK = {"customer": "Good Ltd", "email": "good@good.example"}


@pytest.fixture
def shop() -> Office:
    made = office()
    made.add("GOOD-1", due=-4, **OK)
    return made


def told(shop: Office, invoice: str) -> str:
    return f"{shop.status(invoice)} {shop.cell(invoice, 'reminder_note')}"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"amount": "#REF!"}, "#REF!"),
        ({"amount": "a hundred"}, "a hundred"),
        ({"amount": "(12.50)"}, "(12.50)"),
        ({"paid": dt.date(2026, 2, 1)}, "date"),
        ({"due": "31.02.2026"}, "31.02.2026"),
        ({"due": ""}, "no due date"),
        ({"due": dt.date(1999, 12, 31)}, "due date"),
        ({"email": ""}, "e-mail"),
        ({"email": "nobody"}, "nobody"),
        ({"email": "münze@bank.example"}, "münze"),
        ({"email": "a@x.example\x00"}, "a@x"),
        ({"escalation": "agressive"}, "agressive"),
        ({"hold_until": "soon"}, "soon"),
        ({"action": "explode"}, "explode"),
        ({"amount": "9" * 40_000}, "9"),
    ],
)
def test_a_mistake_is_told_beside_its_row_and_stops_nobody_else(
    shop: Office, cells: dict[str, object], words: str
) -> None:
    shop.add("BAD-1", due=-4)
    for field, value in cells.items():
        shop.write("BAD-1", field, value)
    shop.sync()
    assert words in told(shop, "BAD-1")
    assert shop.status("GOOD-1") == "Draft ready: friendly (2 of 5)"
    links = len(shop.sheet.chain_)
    shop.sync()
    assert len(shop.sheet.chain_) == links


@pytest.mark.parametrize(
    ("email", "recipients"),
    [
        ("a@x.example; b@y.example", "a@x.example, b@y.example"),
        ("a@x.example, b@y.example c@z.example", "a@x.example, b@y.example, c@z.example"),
        ("a@x.example\nb@y.example", "a@x.example, b@y.example"),
        ("Ms Weber <a@x.example>", "a@x.example"),
    ],
)
def test_several_addresses_in_one_cell(shop: Office, email: str, recipients: str) -> None:
    shop.add("INV-1", due=-4, email=email)
    shop.sync()
    assert recipients in [to for _, to in shop.drafts()]


def test_two_rows_with_one_number_are_both_told_and_neither_is_reminded(shop: Office) -> None:
    shop.add("INV-1", due=-4)
    shop.add("INV-1", due=-9, amount=200)
    shop.sync()
    assert len(shop.drafts()) == 1
    notes = [row[13] for row in shop.rows[2:]]
    assert "4" in notes[0]
    assert "3" in notes[1]


def test_a_formula_a_script_and_a_template_in_cells_are_only_words(shop: Office) -> None:
    shop.add("INV-{{ 7*7 }}", due=-4, customer="<script>alert(1)</script>", email="x@x.example")
    shop.add('=HYPERLINK("http://evil.example")', due=-4, customer="=1+1", email="y@y.example")
    shop.sync()
    assert len(shop.drafts()) == 3
    for message in shop.mailbox.all.values():
        html = message.content.get_body(("html",)).get_content() if message.content.is_multipart() else ""
        assert "<script" not in html
        assert "INV-49" not in html
        assert 'href="http://evil' not in html


def test_names_from_right_to_left_and_with_emoji(shop: Office) -> None:
    shop.add("فاتورة-1", due=-4, customer="شركة النور 🎉", email="x@x.example")
    shop.sync()
    assert shop.status("فاتورة-1") == "Draft ready: friendly (2 of 5)"
    assert shop.cell("فاتورة-1", "customer") == "شركة النور 🎉"


def test_rows_of_spaces_and_totals_are_passed_over(shop: Office) -> None:
    shop.rows.append([" "] * 15)
    shop.rows.append(["Total", "", "", 100, "", "", "", "", "", "", "", "", "", "", ""])
    prepared = shop.plan()
    assert [decision.invoice.id for decision in prepared.plan.decisions] == ["GOOD-1"]


def test_an_empty_sheet_is_no_mistake() -> None:
    shop = office()
    shop.sync()
    assert not shop.drafts()


@pytest.mark.parametrize("field", ["Invoice", "Customer", "Email", "Amount", "Due"])
def test_a_needed_column_that_is_missing_or_doubled_is_named(shop: Office, field: str) -> None:
    place = shop.rows[0].index(field)
    shop.rows[0][place] = "Something"
    with pytest.raises(Refused, match=field):
        shop.sync()
    shop.rows[0][place] = field
    shop.rows[0][8] = field
    with pytest.raises(Refused, match="more than once"):
        shop.sync()


def test_a_header_in_a_cell_cannot_add_a_recipient(shop: Office) -> None:
    shop.add("INV-1", due=-4, customer="=?utf-8?q?x=0D=0ABcc:_evil@evil.example?=", email="x@x.example")
    shop.add("=?utf-8?q?x=0D=0ABcc:_evil@evil.example?=", due=-4, customer="Y", email="y@y.example")
    shop.sync()
    for message in shop.mailbox.all.values():
        assert "evil@evil.example" not in message.recipients
        assert message.content["Bcc"] is None
