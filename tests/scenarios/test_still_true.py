"""A draft is written anew when anything that it tells of the debt is true no more, and not without such a reason."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import office
import pypdf
import pytest
from office import Office

from sheetsdun.domain.policy import Policy
from sheetsdun.letters.enclosures import Enclosures
from sheetsdun.rows.columns import DEFAULTS
from sheetsdun.sync.enclosing import Rules

MORE = ("currency", "instalment", "promise", "attachments")


def opened(**settings: Any) -> Office:
    """An office with more columns, whose levels have these settings."""
    levels = tuple(replace(level, **settings) for level in office.ladder().levels)
    shop = office.office(policies={"standard": Policy("standard", levels)})
    shop.rows[0] += [DEFAULTS[name] for name in MORE]
    return shop


def add(shop: Office, invoice: str, due: int, amount: Any = 100, **fields: Any) -> None:
    shop.add(invoice, due, amount, **{name: each for name, each in fields.items() if name not in MORE})
    shop.rows[-1] += [fields.get(name, "") for name in MORE]


def remove(shop: Office, invoice: str) -> None:
    shop.rows[:] = [row for row in shop.rows if row[0] != invoice]


def offer(shop: Office, words: str) -> None:
    terms = shop.desk.settings.terms
    levels = tuple(replace(level, offer=words) for level in terms.policies["standard"].levels)
    told = replace(terms, policies={"standard": Policy("standard", levels)})
    shop.desk = replace(shop.desk, settings=replace(shop.desk.settings, terms=told))


def elsewhere_paid(shop: Office) -> None:
    shop.write("USD-2", "paid", 70)


def elsewhere_partly_paid(shop: Office) -> None:
    shop.write("USD-2", "paid", 20)


def later_paid(shop: Office) -> None:
    shop.write("LATER-3", "paid", 30)


def later_gone(shop: Office) -> None:
    remove(shop, "LATER-3")


def promise_forgotten(shop: Office) -> None:
    shop.write("EUR-1", "promise", "")


def offer_withdrawn(shop: Office) -> None:
    offer(shop, "")


def first_letter(shop: Office) -> str:
    """Id of the letter about EUR-1 that stands open."""
    (found,) = [each.id for each in shop.history.letters_of("EUR-1") if each.state.open]
    return found


CASES: list[tuple[Callable[[Office], None], dict[str, Any]]] = [
    (elsewhere_paid, {}),
    (elsewhere_partly_paid, {}),
    (later_paid, {"statement": True}),
    (later_gone, {"statement": True}),
    (promise_forgotten, {}),
    (offer_withdrawn, {"offer": "Pay in three parts."}),
]


def stocked(shop: Office) -> None:
    add(shop, "EUR-1", due=-5, promise=shop.today - dt.timedelta(4))
    add(shop, "USD-2", due=-6, amount=70, currency="USD")
    add(shop, "LATER-3", due=60, amount=30)


@pytest.mark.parametrize(("change", "settings"), CASES)
def test_a_draft_that_tells_what_is_true_no_more_is_written_anew(
    change: Callable[[Office], None], settings: dict[str, Any]
) -> None:
    shop = opened(**settings)
    stocked(shop)
    shop.sync()
    before = first_letter(shop)
    change(shop)
    shop.sync()
    assert first_letter(shop) != before


@pytest.mark.parametrize("settings", [{}, {"statement": True, "letter_pdf": True, "offer": "In parts."}])
def test_a_draft_that_is_still_true_stays_day_after_day(settings: dict[str, Any]) -> None:
    shop = opened(**settings)
    stocked(shop)
    shop.sync()
    before = first_letter(shop)
    for _ in range(4):
        shop.pass_days(1)
        shop.sync()
    assert first_letter(shop) == before
    assert shop.plan().idle


def test_what_becomes_overdue_in_another_currency_later_leaves_a_draft_as_it_is() -> None:
    shop = opened()
    stocked(shop)
    add(shop, "USD-4", due=1, amount=5, currency="USD")
    shop.sync()
    before = first_letter(shop)
    shop.pass_days(3)
    shop.sync()
    assert first_letter(shop) == before


def test_other_instalments_that_are_paid_change_the_plan_that_a_letter_shows() -> None:
    shop = opened()
    for part, due in (("1/3", -5), ("2/3", 20), ("3/3", 50)):
        add(shop, "EUR-1", due=due, instalment=part)
    shop.sync()
    name = "EUR-1 · 1/3"
    (before,) = [each.id for each in shop.history.letters_of(name) if each.state.open]
    shop.rows[2][shop.rows[0].index("Paid")] = 40
    shop.sync()
    (after,) = [each.id for each in shop.history.letters_of(name) if each.state.open]
    assert after != before


def test_another_file_in_the_row_is_another_letter(tmp_path: Path) -> None:
    shop = opened()
    for name in ("wrong.pdf", "right.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4")
    shop.desk = replace(
        shop.desk, settings=replace(shop.desk.settings, attachments=Rules(enclosures=Enclosures(tmp_path)))
    )
    add(shop, "EUR-1", due=-5, attachments="wrong.pdf")
    shop.sync()
    shop.write("EUR-1", "attachments", "right.pdf")
    shop.sync()
    ((draft, _),) = shop.drafts()
    message = shop.mailbox.all[shop.mailbox.draft_ids[draft]].content
    assert [part.get_filename() for part in message.iter_attachments()] == ["right.pdf"]


def test_a_statement_deducts_a_credit_note_that_names_no_address() -> None:
    shop = opened(statement=True)
    add(shop, "EUR-1", due=-5)
    add(shop, "CREDIT-2", due=0, amount=-30, email="")
    shop.sync()
    ((draft, _),) = shop.drafts()
    message = shop.mailbox.all[shop.mailbox.draft_ids[draft]].content
    (paper,) = message.iter_attachments()
    text = pypdf.PdfReader(io.BytesIO(paper.get_payload(decode=True))).pages[0].extract_text()
    assert "CREDIT-2" in text
    assert "€70.00" in text
