"""The letters of the days to come: a table, a calendar, a page, and what must be said beside them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from office import Office, office

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.forecast import Forecast
from sheetsdun.errors import UsageError
from sheetsdun.report.foreseen import as_record
from sheetsdun.report.foreseen_page import forecast_page
from sheetsdun.report.foreseen_text import print_forecast
from sheetsdun.rows.words import Words
from sheetsdun.sync.foresee import Foresight, foresee

MARCH = dt.date(2026, 3, 31)


def told(shop: Office, until: dt.date | None = MARCH, **options: Any) -> Foresight:
    return foresee(shop.desk, until, **options)


def text(foresight: Foresight, **options: Any) -> list[str]:
    stream = io.StringIO()
    print_forecast(foresight, Words("en", foresight.forecast.first), stream, **options)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def letters(forecast: Forecast) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (f"{day.day:%d %b}", [(part.invoice, part.level) for part in each.letter.climbed])
        for day in forecast.days
        for each in day.letters
    ]


def test_day_by_day_if_nobody_pays() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.add("INV-2", due=1, customer="Ito & Co.", email="ito@example.com")
    assert letters(told(shop).forecast) == [
        ("02 Mar", [("INV-1", "friendly")]),
        ("06 Mar", [("INV-2", "friendly")]),
        ("09 Mar", [("INV-1", "reminder")]),
        ("13 Mar", [("INV-2", "reminder")]),
        ("19 Mar", [("INV-1", "firm")]),
        ("23 Mar", [("INV-2", "firm")]),
        ("29 Mar", [("INV-1", "final")]),
    ]


def test_a_draft_that_lies_open_goes_on_the_first_day_and_is_told() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.pass_days(3)
    found = told(shop)
    assert letters(found.forecast)[:2] == [
        ("05 Mar", [("INV-1", "friendly")]),
        ("12 Mar", [("INV-1", "reminder")]),
    ]
    assert "1 draft that lies open is taken as sent on 5 Mar." in text(found)


def test_debtors_pay_as_they_have_so_far() -> None:
    shop = office()
    tabs = replace(shop.desk.settings.tabs, payments="Payments")
    shop.desk = replace(shop.desk, settings=replace(shop.desk.settings, tabs=tabs))
    paid = [["Invoice", "Amount", "Date"]]
    for number, late in enumerate([4, 12, 30]):
        shop.add(f"OLD-{number}", due=-100)
        paid.append([f"OLD-{number}", 100, shop.today + dt.timedelta(late - 100)])
    shop.sheet.grids["Payments"] = paid
    shop.add("INV-1", due=-4)
    shop.add("INV-2", due=-60)
    found = told(shop, payments=True)
    record = as_record(found, Words("en", shop.today))
    bases = {each["invoice"]: (each["day"], each["basis"]) for each in record["expected_payments"]}
    assert bases == {"INV-1": ("2026-03-10", "own"), "INV-2": (None, "later_than_ever")}
    assert ("02 Mar", [("INV-1", "friendly"), ("INV-2", "friendly")]) in letters(found.forecast)
    assert not [
        names for day, names in letters(found.forecast) if day > "10 Mar" and ("INV-1", "firm") in names
    ]
    assert [day["paid"] for day in record["days"] if day["paid"]] == [["INV-1"]]


def test_where_the_sheet_does_not_tell_it_says_so() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    said = "\n".join(text(told(shop, payments=True)))
    assert "Of 1 open invoice nobody can tell" in said
    assert "They are taken as not paid." in said


def test_what_waits_for_a_person_is_counted() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="stop")
    shop.add("INV-2", due=0)
    shop.write("INV-2", "due", "31.02.2026")
    said = text(told(shop))
    assert said[0].endswith("0 letters to 0 debtors")
    waiting = "Waiting for a person to the end, and so without further letters: 1 with a problem, 1 stopped (200.00 EUR)."
    assert waiting in said


def test_a_day_with_more_than_max_letters_is_told() -> None:
    shop = office(max_letters=1)
    for number in range(2):
        shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@example.com")
    assert any(
        "more new letters than max_letters (1): sync would refuse" in line for line in text(told(shop))
    )


def test_past_the_last_level_by_then() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    assert any("1 invoice is past the last level: 100.00 EUR" in line for line in text(told(shop)))


def test_the_calendar_has_the_weeks_that_matter() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    lines = text(told(shop, dt.date(2026, 3, 20)), as_calendar=True)
    start = next(number for number, line in enumerate(lines) if "March 2026" in line)
    assert [line.split() for line in lines[start + 1 : start + 7]] == [
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        ["2", "3", "4", "5", "6", "7", "8"],
        ["[1]"],
        ["9", "10", "11", "12", "13", "14", "15"],
        ["[1]"],
        ["16", "17", "18", "19", "20", "21", "22"],
    ]


def test_currencies_are_never_mixed() -> None:
    shop = office()
    shop.add("INV-1", due=-4, amount="$100")
    shop.add("INV-2", due=-4, amount=50)
    page = forecast_page(told(shop, dt.date(2026, 3, 3)), Words("en", shop.today))
    assert "150" not in page
    assert "100.00 USD" in page
    assert "50.00 EUR" in page


def test_names_from_cells_are_harmless_in_the_page() -> None:
    shop = office()
    shop.add("INV-<b>1", due=-4, customer='<script>alert(1)</script>"')
    page = forecast_page(told(shop), Words("en", shop.today))
    assert "<script" not in page
    assert "INV-&lt;b&gt;1" in page


def test_nothing_is_written_and_the_sheet_is_read_once() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    told(shop)
    assert shop.hooks.calls == ["read"]


@pytest.mark.parametrize("until", [dt.date(2026, 3, 1), dt.date(2031, 1, 1)])
def test_a_last_day_that_makes_no_sense_is_refused(until: dt.date) -> None:
    with pytest.raises(UsageError, match=str(until)):
        told(office(), until)


def test_the_default_is_a_month() -> None:
    assert told(office(), None).forecast.last == dt.date(2026, 4, 1)


def test_nothing_goes_on_closed_days() -> None:
    shop = office()
    of = replace(shop.desk.settings.terms, calendar=Calendar())
    shop.desk = replace(shop.desk, settings=replace(shop.desk.settings, terms=of))
    shop.add("INV-1", due=-4)
    assert letters(told(shop).forecast)[-1] == ("30 Mar", [("INV-1", "final")])
