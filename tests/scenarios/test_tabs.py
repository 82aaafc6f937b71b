"""The tabs beside the invoices, through a whole run."""

from __future__ import annotations

import io
import json

import pytest
from office import office

from sheetsdun.errors import Refused
from sheetsdun.report import print_report, to_json, told
from sheetsdun.rows.columns import DEFAULTS
from sheetsdun.sync.outcome import Outcome
from sheetsdun.sync.settings import Tabs

LADDER = [["Policy", "Level", "Offset", "Template"], ["STANDARD", "gently", 20, "friendly"]]


def with_tabs(*, first=False):
    return office(
        tabs=Tabs(customers="Customers", policies="Escalation", payments="Payments", policies_first=first)
    )


@pytest.mark.parametrize(("first", "level"), [(False, "friendly (2 of 5)"), (True, "gently (1 of 1)")])
def test_the_config_says_whose_ladder_counts(first, level):
    desk = with_tabs(first=first)
    desk.sheet.grids["Escalation"] = LADDER
    desk.add("INV-1", due=-25)
    desk.sync()
    assert desk.cell("INV-1", "reminder_level") == level


def test_a_tab_that_rules_must_be_there():
    desk = with_tabs(first=True)
    desk.add("INV-1", due=-25)
    with pytest.raises(Refused, match="no tab “Escalation”, and its ladders count before"):
        desk.plan()


def test_who_is_not_to_be_contacted_gets_nothing_and_is_told_so():
    desk = with_tabs()
    desk.sheet.grids["Customers"] = [["Customer", "Do not contact"], ["weber kg", "in insolvency"]]
    desk.add("INV-1", due=-25, escalation="standard")
    desk.sync()
    assert (desk.status("INV-1"), desk.drafts()) == ("Do not contact", [])


def test_a_customer_s_own_gap_and_copies():
    desk = with_tabs()
    desk.sheet.grids["Customers"] = [
        ["Customer", "Cc", "Days between letters"],
        ["Weber KG", "boss@w.example", 20],
    ]
    desk.add("INV-1", due=-10, escalation="auto")
    desk.sync()
    (letter,) = desk.history.letters.values()
    assert letter.recipients == ("ap@weber.example", "boss@w.example")
    desk.pass_days(7)
    desk.sync()
    assert desk.status("INV-1").startswith("Next: reminder on 22 Mar")


def test_a_customer_s_own_tolerance():
    desk = with_tabs()
    desk.sheet.grids["Customers"] = [["Customer", "Tolerance"], ["Weber KG", 5]]
    desk.add("INV-1", due=-10, paid=96)
    desk.add("INV-2", due=-10, paid=96, customer="Zeta Inc")
    desk.sync()
    # Nothing has ever happened to INV-1: its status stays blank.
    assert (desk.status("INV-1"), desk.status("INV-2")) == ("", "Draft ready: friendly (2 of 5)")


def test_payments_that_nobody_can_match_are_listed():
    desk = with_tabs()
    desk.sheet.grids["Payments"] = [
        ["Amount", "Reference"],
        [30, "INV-1"],
        [40, "thanks"],
        [50, "INV-1, INV-2"],
    ]
    desk.add("INV-1", due=-25)
    desk.add("INV-2", due=-25)
    prepared = desk.plan()
    assert [each.balance for each in prepared.invoices] == [70, 100]
    report = told(prepared, Outcome(), {}, DEFAULTS)
    stream = io.StringIO()
    print_report(report, stream, quiet=True)
    assert "“Payments”, row 3: the payment of 40, “thanks” names no invoice" in stream.getvalue()
    assert [each["matches"] for each in json.loads(to_json(report))["payments"]] == [[], ["INV-1", "INV-2"]]
