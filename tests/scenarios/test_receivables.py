"""What is owed, what was sent and what was paid after it: in the terminal, as JSON, as CSV; and what is not known."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from office import Office, office

from sheetsdun.errors import UsageError
from sheetsdun.report import receivables_csv
from sheetsdun.report.receivables_json import as_record
from sheetsdun.report.receivables_page import receivables_page
from sheetsdun.report.receivables_text import print_receivables
from sheetsdun.rows.columns import DEFAULTS
from sheetsdun.rows.words import Words
from sheetsdun.sync.receivables import Receivables, take_stock


def told(shop: Office, since: dt.date | None = None, until: dt.date | None = None) -> Receivables:
    return take_stock(shop.desk, since, until)


def text(found: Receivables, **options: Any) -> str:
    stream = io.StringIO()
    print_receivables(found, Words("en", found.today), stream, **options)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def record(found: Receivables) -> dict[str, Any]:
    return json.loads(json.dumps(as_record(found, Words("en", found.today))))


def page(found: Receivables) -> str:
    return receivables_page(found, Words("en", found.today))


def with_payments(shop: Office, *rows: list[Any]) -> None:
    tabs = replace(shop.desk.settings.tabs, payments="Payments")
    shop.desk = replace(shop.desk, settings=replace(shop.desk.settings, tabs=tabs))
    shop.sheet.grids["Payments"] = [["Invoice", "Amount", "Date"], *rows]


def quarter() -> Office:
    """Three debtors over a month: one pays after the first letter, one after the second, one not at all."""
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto")
    shop.add("INV-2", due=-4, escalation="auto", customer="Ito", email="ito@example.com", amount=250)
    shop.add("INV-3", due=-4, escalation="auto", customer="Doe", email="doe@example.com", amount="$80")
    with_payments(shop)
    first = shop.today
    for number in range(30):
        if number == 5:
            shop.sheet.grids["Payments"].append(["INV-1", 100, first + dt.timedelta(4)])
        if number == 9:
            shop.sheet.grids["Payments"].append(["INV-2", 50, first + dt.timedelta(8)])
        if number == 12:
            shop.sheet.grids["Payments"].append(["INV-2", 200, first + dt.timedelta(12)])
        shop.sync()
        shop.pass_days(1)
    return shop


def test_recovery_of_a_month_by_hand() -> None:
    found = record(told(quarter()))
    assert [
        (each["level"], each["reminded"], each["after"]["paid"], each["after"]["next"], each["after"]["open"])
        for each in found["recovery"]
    ] == [("friendly", 3, 1, 2, 0), ("reminder", 2, 1, 1, 0), ("firm", 1, 0, 1, 0), ("final", 1, 0, 0, 1)]
    friendly, reminder = found["recovery"][:2]
    assert friendly["asked_for"] == {"EUR": "350.00", "USD": "80.00"}
    assert friendly["recovered"] == {"EUR": "100.00", "USD": "0.00"}
    assert (friendly["median_days"], friendly["days_known"]) == (4.0, 1)
    # The second letter to Ito went on the eighth day, and asked for 250; 50 and 200 came on that day and four later.
    assert reminder["asked_for"] == {"EUR": "250.00", "USD": "80.00"}
    assert reminder["recovered"] == {"EUR": "250.00", "USD": "0.00"}
    assert found["sent"]["by_level"] == {"friendly": 3, "reminder": 2, "firm": 1, "final": 1}
    assert sum(week["letters"] for week in found["sent"]["by_week"]) == found["sent"]["letters"] == 7
    assert [(each["currency"], each["buckets"]["31-60"], each["net"]) for each in found["aging"]] == [
        ("USD", "80.00", "80.00")
    ]


def test_titles_of_the_page_say_what_was_found() -> None:
    said = page(told(quarter()))
    titles = re.findall(r"<h[12]>(.*?)</h", said)
    assert titles == [
        "Receivables: 80.00 USD past due",
        "USD: 100 % of what is open is past due",
        "1 debtor owes 100 % of what is past due in USD",
        "Most were paid after “friendly”: 1 of 2",
        "7 letters in 14 weeks, most in the week of 2 Mar (3)",
        "What these figures rest on",
    ]


def test_bars_of_the_page_fill_their_width() -> None:
    shop = office()
    for number, late in enumerate((-3, 12, 45, 70, 100)):
        shop.add(f"INV-{number}", due=-late, amount=100 + number)
    bar = page(told(shop)).split("<svg")[1].split("</svg>")[0]
    widths = [float(each) for each in re.findall(r' width="([\d.]+)%"', bar)]
    assert len(widths) == 5
    assert sum(widths) == pytest.approx(100, abs=0.01)
    assert widths[4] / widths[0] == pytest.approx(1.04, abs=0.001)


def test_names_from_cells_are_harmless_in_the_page() -> None:
    shop = office()
    shop.add("INV-1", due=-40, customer='<script>alert(1)</script>"')
    shop.sync()
    said = page(told(shop))
    assert "<script" not in said
    assert "&lt;script&gt;" in said


def test_the_period_is_of_letters() -> None:
    shop = quarter()
    found = record(told(shop, dt.date(2026, 3, 3), dt.date(2026, 3, 12)))
    assert found["sent"]["by_level"] == {"reminder": 2}
    assert [each["level"] for each in found["recovery"]] == ["reminder"]


def test_the_terminal_says_the_same() -> None:
    said = text(told(quarter()))
    assert said.startswith("Receivables on 1 Apr: 80.00 USD past due")
    assert "7 letters (friendly 3, reminder 2, firm 1, final 1), 0 of them by hand." in said
    assert "They asked for 600.00 EUR, 320.00 USD." in said
    (line,) = [line.split() for line in said.splitlines() if line.startswith("friendly ")]
    assert line[1:7] == ["3", "1", "33", "%", "2", "0"]
    assert "4 (of 1)" in said


def test_currencies_are_never_mixed() -> None:
    shop = office()
    shop.add("INV-1", due=-4, amount="$100")
    shop.add("INV-2", due=-4, amount=50)
    shop.sync()
    found = told(shop)
    whole = (
        text(found) + page(found) + json.dumps(record(found)) + "".join(receivables_csv.files(found).values())
    )
    assert "150" not in whole


def test_what_is_not_known_is_said() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto")
    shop.add("INV-2", due=-4, escalation="auto", email="ito@example.com")
    shop.sync()
    shop.pass_days(2)
    shop.write("INV-1", "paid", 100)
    del shop.rows[2]
    said = text(told(shop))
    assert "Of 1 invoice paid after a reminder, the day is known of 0" in said
    assert "Of 1 reminder nobody can tell what came after" in said


def test_without_issue_dates_there_is_no_dso() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    assert "Days sales outstanding in EUR cannot be told: 1 row may be of these 90 days" in text(told(shop))


def test_open_letters_and_promises() -> None:
    shop = office()
    shop.rows[0].append(DEFAULTS["promise"])
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.add("INV-2", due=-9, email="b@example.com")
    shop.rows[-1].append(shop.today - dt.timedelta(5))
    shop.edit_draft(shop.drafts()[0][0], "Dear Sir")
    shop.sync()
    found = told(shop)
    assert [(each["level"], each["state"], each["edited"]) for each in record(found)["open_letters"]] == [
        ("friendly", "drafted", True),
        ("friendly", "drafted", False),
    ]
    said = text(found)
    assert "a draft that a person has edited" in said
    assert "Promises to pay: 1 broken." in said


def test_csv_files_hold_no_formula_and_read_back() -> None:
    shop = office()
    shop.add("=INV-1", due=-40, customer='=HYPERLINK("http://evil.example")', email="a@example.com")
    shop.add("INV-2", due=-40, customer="@SUM(A1), \n+1", email="b@example.com")
    shop.add("INV-3", due=0, amount=-30)
    shop.sync()
    found = receivables_csv.files(told(shop))
    cells = {name: [*csv.reader(io.StringIO(content, newline=""))] for name, content in found.items()}
    numbers = {"-30", "-30.00"}
    for name, rows in cells.items():
        assert {len(row) for row in rows} == {len(rows[0])}, name
        for row in rows:
            for cell in row:
                assert cell in numbers or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)
    header, line = cells["aging.csv"]
    assert dict(zip(header, line, strict=True)) | {"as of": ""} == {
        "as of": "", "currency": "EUR", "current": "0", "1-30": "0", "31-60": "200.00", "61-90": "0", "over 90": "0",
        "no due date": "0", "open": "200.00", "credits": "-30.00", "net": "170.00", "disputed": "0", "invoices": "2",
        "oldest due": "2026-01-21", "days sales outstanding": "",
    }  # fmt: skip


def test_csv_goes_into_a_folder_that_is_made(tmp_path) -> None:
    shop = office()
    written = receivables_csv.save(told(shop), tmp_path / "a" / "b")
    assert all(each.read_bytes().startswith(b"\xef\xbb\xbf") for each in written)
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written to"):
        receivables_csv.save(told(shop), tmp_path / "file" / "folder")


def test_nothing_is_written_and_the_sheet_is_read_once() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    told(shop)
    assert shop.hooks.calls == ["read"]


def test_a_period_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(UsageError, match="before it begins"):
        told(office(), dt.date(2026, 3, 2), dt.date(2026, 3, 1))
    with pytest.raises(UsageError, match="still to come"):
        told(office(), dt.date(2026, 3, 3), dt.date(2026, 3, 4))


def test_an_empty_sheet_can_be_told() -> None:
    found = told(office())
    assert "nothing is past due" in text(found)
    assert "No letters went" in page(found)
    assert record(found)["aging"] == []
