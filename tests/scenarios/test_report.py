"""What a run tells the person who started it."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest
from office import office

from sheetsdun.cli import options
from sheetsdun.domain.calendar import Calendar
from sheetsdun.errors import UsageError
from sheetsdun.report import print_report, to_json, told
from sheetsdun.rows.columns import DEFAULTS
from sheetsdun.sync.outcome import Outcome

CALLS = {"sheets": 3, "gmail": 1, "drive": 0}


def report(shop, headers=DEFAULTS, **options):
    """What the last sync says of itself, or a plan where there was none."""
    prepared, outcome = shop.last or (shop.plan(), Outcome())
    text = io.StringIO()
    print_report(told(prepared, outcome, CALLS, headers), text, **options)
    return text.getvalue()


def test_a_plan_tells_drafts_from_what_goes_without_a_person():
    shop = office()
    shop.add("INV-1", due=-4)
    shop.add("INV-2", due=-4, customer="Mill", email="mill@example.com", escalation="auto")
    said = report(shop)
    assert re.search(r"^Weber KG +friendly +INV-1 +100.00 EUR +to be drafted", said, re.MULTILINE)
    assert re.search(r"^Mill +friendly +INV-2 +100.00 EUR +to be sent", said, re.MULTILINE)
    assert "SD-" not in said  # the code of a letter is made with it: sync's would be another


def test_a_plan_tells_which_drafts_would_be_sent_or_taken_back():
    shop = office()
    shop.add("INV-1", due=-4)
    shop.add("INV-2", due=-4, customer="Mill", email="mill@example.com")
    shop.sync()
    letters = {each.climbed[0].invoice: each.id for each in shop.history.letters.values()}
    shop.write("INV-1", "action", "send")
    shop.write("INV-2", "paid", "100")
    shop.last = None
    said = report(shop)
    assert re.search(rf"^{letters['INV-1']} +Weber KG .* to be sent", said, re.MULTILINE)
    assert re.search(rf"^{letters['INV-2']} +It is paid\.", said, re.MULTILINE)
    assert [
        each["outcome"] for each in json.loads(to_json(told(shop.plan(), Outcome(), CALLS, {})))["letters"]
    ] == ["planned"]


def test_a_sync_names_its_letters_and_what_people_did():
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    assert re.search(r"^SD-\w{6} +Weber KG +friendly +INV-1 +100.00 EUR +drafted", report(shop), re.MULTILINE)
    shop.write("INV-1", "action", "send")
    shop.sync()
    said = report(shop)
    assert re.search(r"^SD-\w{6} +INV-1 +Action send", said, re.MULTILINE)
    assert re.search(r"^SD-\w{6} .* sent", said, re.MULTILINE)


def test_a_closed_day_is_no_riddle():
    shop = office()
    terms = replace(shop.desk.settings.terms, calendar=Calendar(frozenset(range(5))))
    shop.desk = replace(shop.desk, settings=replace(shop.desk.settings, terms=terms))
    shop.add("INV-1", due=-4)
    shop.pass_days(5)
    assert "No new reminder today: 1 invoice is due one, and the next sending day is Mon 9 Mar." in report(
        shop
    )


def test_an_action_that_is_not_carried_out_is_told():
    shop = office()
    shop.add("INV-1", due=20, action="send")
    said = report(shop)
    assert "Needs a person\n  Row 2, INV-1, Weber KG: Action send: there is no draft to send." in said


def test_a_deleted_draft_needs_a_word_until_it_has_one():
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    ((draft, _),) = shop.drafts()
    shop.mailbox.discard(draft)
    for _ in range(3):
        shop.pass_days(1)
        shop.sync()
    assert "Needs a person\n  Row 2, INV-1, Weber KG: " in report(shop)


def test_columns_are_called_as_the_sheet_calls_them():
    shop = office()
    shop.add("INV-1", due=-4, amount="about 100")
    assert "Betrag is no amount: “about 100”" in report(shop, {**DEFAULTS, "amount": "Betrag"})


def test_a_name_of_forty_thousand_characters_does_not_fill_the_screen():
    shop = office()
    shop.add("INV-1", due=-4, customer="x" * 40_000)
    assert max(map(len, report(shop, verbose=True).splitlines())) < 1_000


def test_quiet_says_only_what_needs_a_person():
    shop = office()
    shop.add("INV-1", due=-4)
    assert report(shop, quiet=True) == ""
    shop.add("INV-2", due=-4, amount="")
    assert report(shop, quiet=True) == "Needs a person\n  Row 3, INV-2, Weber KG: There is no amount.\n"
    assert "With -v" in report(shop)
    assert "With -v" not in report(shop, verbose=True)


def test_only_names_invoices_that_are_there():
    options.check_only(("INV-1",), ["INV-1", "INV-2"])
    with pytest.raises(UsageError, match="no invoice “INV-11” in the sheet"):
        options.check_only(("INV-1", "INV-11"), ["INV-1", "INV-2"])
