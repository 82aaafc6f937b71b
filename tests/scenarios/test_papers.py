"""Statements and letters as PDF, from the level's setting to the draft."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import office
import pypdf

from sheetsdun.domain.policy import Delivery, Policy
from sheetsdun.ports import NoAnswer


def opened(**papers: bool) -> office.Office:
    """An office whose levels take papers along, and which sends by itself."""
    ladder = office.ladder("standard", Delivery.SEND)
    levels = tuple(replace(level, **papers) for level in ladder.levels)  # type: ignore[arg-type]
    shop = office.office()
    terms = replace(shop.desk.settings.terms, policies={"standard": Policy("standard", levels)})
    shop.desk = replace(shop.desk, settings=replace(shop.desk.settings, terms=terms))
    return shop


def papers(message: Any) -> dict[str, str]:
    """File name and text of what goes with a mail."""
    return {
        part.get_filename(): " ".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(part.get_payload(decode=True))).pages
        )
        for part in message.content.iter_attachments()
    }


def test_a_statement_tells_all_that_the_debtor_owes_and_nothing_else() -> None:
    shop = opened(statement=True)
    shop.add("DUE-1", due=-4, amount=100)
    shop.add("LATER-2", due=40, amount=20)
    shop.add("HELD-3", due=-40, amount=3, hold_until=shop.today + office.dt.timedelta(9))
    shop.add("PAID-4", due=-40, amount=50, paid=50)
    shop.add("CREDIT-5", due=0, amount=-30)
    shop.add("BROKEN-6", due=-40, amount=70)
    shop.write("BROKEN-6", "due", "soon")
    shop.add("OTHER-7", due=40, customer="Other", email="o@other.example")
    shop.sync()
    (text,) = papers(next(iter(shop.mailbox.all.values()))).values()
    assert [name for name in ("DUE-1", "LATER-2", "HELD-3", "CREDIT-5") if name not in text] == []
    assert [name for name in ("PAID-4", "BROKEN-6", "OTHER-7") if name in text] == []
    assert "€93.00" in text


def test_the_letter_goes_with_itself_under_its_own_levels_subject() -> None:
    shop = opened(letter_pdf=True)
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.pass_days(8)
    shop.sync()
    first, second = shop.mailbox.all.values()
    assert second.content["Subject"] == first.content["Subject"]
    ((name, text),) = papers(second).items()
    assert name.startswith("Letter SD-")
    assert "Reminder: invoice INV-1" in text


def test_without_the_settings_nothing_goes_along() -> None:
    shop = opened()
    shop.add("INV-1", due=-4)
    shop.sync()
    assert [papers(each) for each in shop.mailbox.all.values()] == [{}]


def test_a_letter_with_papers_whose_filling_had_no_answer_is_ours_and_goes() -> None:
    shop = opened(statement=True)
    shop.add("INV-1", due=-4)
    shop.hooks.lose = lambda name, _place: NoAnswer("lost") if name == "fill" else None
    shop.sync()
    shop.hooks.lose = lambda _name, _place: None
    assert not shop.sent()
    shop.sync(take_over=True)
    assert len(shop.sent()) == 1
