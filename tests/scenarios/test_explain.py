"""Why, and what next: what `explain` says of an invoice, and that all of it comes from the code that decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from office import STEPS, Office, ladder, office

from sheetsdun.domain.policy import Level, Policy
from sheetsdun.domain.trace import Answer
from sheetsdun.errors import UsageError
from sheetsdun.report.advice import advice
from sheetsdun.report.explained import explained_lines, explained_record
from sheetsdun.rows.words import Words
from sheetsdun.sync.explain import Explanation, explain

SINGLE = {"min_gap_days": 0}


def told(shop: Office, invoice: str = "INV-1") -> Explanation:
    _, (found,) = explain(shop.desk, [invoice])
    return found


def words(shop: Office) -> Words:
    return shop.desk.settings.words(shop.today)


def lines(shop: Office, invoice: str = "INV-1") -> list[str]:
    return [" ".join(line.split()) for line in explained_lines(told(shop, invoice), words(shop))]


def changes(shop: Office, invoice: str = "INV-1") -> list[str]:
    return [*advice(told(shop, invoice), words(shop))]


def deciding(shop: Office, invoice: str = "INV-1") -> str:
    (name,) = [step.question for step in told(shop, invoice).steps if step.answer is Answer.DECIDED]
    return name


def days(shop: Office, invoice: str = "INV-1") -> list[tuple[str, str, str]]:
    return [
        (each.rung.level.name, each.stage, f"{each.day:%d %b}" if each.day else "")
        for each in told(shop, invoice).ladder
    ]


def by_hand(shop: Office) -> None:
    """The reviewer sends the draft that is there, and the next sync sees it."""
    shop.mailbox.send_by_hand(shop.drafts()[0][0])
    shop.sync()


CASES = {
    "closed": {"paid": 100},
    "stopped": {"escalation": "stop"},
    "problem": {"due": "31.02.2026"},
    "held": {"hold_until": dt.date(2026, 4, 1)},
    "ladder": {},
}


@pytest.mark.parametrize("question", CASES)
def test_the_guard_that_decides_is_marked(question: str) -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    for field, value in CASES[question].items():
        shop.write("INV-1", field, value)
    assert deciding(shop) == question
    assert len([line for line in lines(shop) if line.startswith("→")]) == 1


def test_an_answer_and_a_draft_decide_too() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    assert deciding(shop) == "review"
    by_hand(shop)
    shop.answer()
    shop.sync()
    assert deciding(shop) == "answered"
    said = "Deal with the answer, then Action clear: next is reminder (3 of 5) on 9 Mar."
    assert said in changes(shop)


def test_what_would_decide_if_it_did_not() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="stop", hold_until=dt.date(2026, 4, 1))
    would = [step.question for step in told(shop).steps if step.answer is Answer.WOULD]
    assert would == ["held", "ladder"]


def test_every_level_has_its_day() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    assert days(shop) == [
        ("courtesy", "passed", ""),
        ("friendly", "next", "02 Mar"),
        ("reminder", "later", "09 Mar"),
        ("firm", "later", "19 Mar"),
        ("final", "later", "29 Mar"),
    ]
    shop.sync()
    shop.pass_days(2)
    by_hand(shop)
    assert days(shop)[1:3] == [("friendly", "done", "04 Mar"), ("reminder", "next", "11 Mar")]


def test_a_draft_is_an_open_level_and_the_days_after_it_count_from_today() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.pass_days(3)
    assert days(shop)[1:3] == [("friendly", "open", "02 Mar"), ("reminder", "later", "12 Mar")]


def test_a_hold_moves_the_days_and_one_without_end_has_none() -> None:
    shop = office()
    shop.add("INV-1", due=-4, hold_until=dt.date(2026, 3, 9))
    assert days(shop)[1:3] == [("friendly", "next", "10 Mar"), ("reminder", "later", "17 Mar")]
    assert "Clear Hold until: friendly (2 of 5) is due at once." in changes(shop)
    assert "By itself on 10 Mar: friendly (2 of 5) is due." in changes(shop)
    shop.write("INV-1", "hold_until", "")
    shop.write("INV-1", "escalation", "hold")
    assert days(shop)[1:3] == [("friendly", "later", ""), ("reminder", "later", "")]


def test_the_gap_names_the_letter_and_the_invoice_that_it_was_about() -> None:
    shop = office(min_gap_days=9)
    shop.add("INV-7", due=-4, escalation="auto")
    shop.sync()
    shop.add("INV-1", due=-2)
    shop.pass_days(1)
    assert deciding(shop) == "gap"
    assert changes(shop)[:2] == [
        "Nothing before 11 Mar: min_gap_days = 9, after the letter of 2 Mar to the same debtor about INV-7.",
        "By itself on 11 Mar: friendly (2 of 5) is due.",
    ]


def test_the_gap_alone_decides_too_where_the_level_is_not_due_yet() -> None:
    shop = office(min_gap_days=9)
    shop.add("INV-7", due=-4, escalation="auto")
    shop.sync()
    shop.add("INV-1", due=-1)
    assert deciding(shop) == "gap"
    assert len([line for line in lines(shop) if line.startswith("→")]) == 1


def test_what_is_not_asked_of_a_level_that_is_not_due_is_told_so() -> None:
    shop = office(min_gap_days=9)
    shop.add("INV-7", due=-4, escalation="auto")
    shop.sync()
    shop.add("INV-1", due=-1)
    asked = {step.question: step.answer for step in told(shop).steps}
    assert asked["other_letter"] == Answer.NOT_ASKED


def test_another_letter_to_the_debtor_and_the_limit_of_a_day_are_told() -> None:
    shop = office(**SINGLE)
    shop.add("INV-7", due=-4)
    shop.sync()
    shop.edit_draft(shop.drafts()[0][0], "Mine.")
    shop.sync()
    shop.add("INV-1", due=-4)
    assert deciding(shop) == "other_letter"

    shop = office(per_day=1)
    shop.add("INV-1", due=-4)
    shop.add("INV-2", due=-9, customer="Ito & Co.", email="ito@example.com")
    assert deciding(shop) == "per_day"
    assert "A higher per_day under [limits]: it is 1." in changes(shop)


def test_credits_that_cover_it_decide() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.add("CR-1", due=-4, amount=-100)
    assert deciding(shop) == "balance"


def test_a_draft_of_a_credit_too_can_be_sent_by_action() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.add("CR-1", due=-4, amount=-30)
    shop.sync()
    said = "Send the draft, in Gmail or by Action send: next is reminder (3 of 5) on 9 Mar."
    assert said in changes(shop)


def test_a_draft_whose_sum_has_changed_is_told_to_be_taken_back() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.write("INV-1", "paid", 30)
    assert deciding(shop) == "ladder"
    assert any("is taken back: What the draft says is no longer so." in line for line in lines(shop))


def test_what_was_tried_out_is_what_happens() -> None:
    """The promise of each sentence, kept by the sync itself."""
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    skipped = next(each for each in told(shop).changes if each.change == "skip")
    shop.write("INV-1", "action", "skip")
    shop.sync()
    now = told(shop).decision
    assert now is not None
    assert (now.verdict, now.level, now.until) == (
        skipped.then.verdict,
        skipped.then.level,
        skipped.then.until,
    )


def test_whose_policy_it_is() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    assert (
        "Policy: standard, of the config; the default, since neither the row nor the customer names one"
        in lines(shop)
    )
    shop.write("INV-1", "escalation", "AUTO")
    assert "Policy: auto, of the config; the row names it" in lines(shop)
    shop.write("INV-1", "escalation", "")
    tabs = shop.desk.settings.tabs
    object.__setattr__(tabs, "customers", "Customers")
    shop.sheet.grids["Customers"] = [["Customer", "Escalation"], ["Weber KG", "auto"]]
    assert "Policy: auto, of the config; the customer's row names it" in lines(shop)
    shop.write("INV-1", "escalation", "gentel")
    assert "Policy: none; there is no “gentel”" in lines(shop)
    assert any("Write one of “standard”, “auto” into Escalation of row 2" in line for line in lines(shop))


def test_past_the_last_level() -> None:
    short = Policy("standard", (Level(name="only", offset=1, template="final"),))
    of = office().desk.settings.terms
    shop = office(terms=replace(of, policies={"standard": short, "long": ladder("long")}))
    shop.add("INV-1", due=-4)
    shop.sync()
    by_hand(shop)
    assert (deciding(shop), days(shop)) == ("ladder", [("only", "done", "02 Mar")])
    assert "A policy with a further level, in Escalation of row 2." in changes(shop)


def test_an_action_in_the_row_is_told_before_it_is_carried_out() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.write("INV-1", "action", "skip")
    assert any(line.startswith("Action says skip: the next sync carries it out.") for line in lines(shop))


def test_nothing_is_changed_and_only_the_sheet_is_read() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.hooks.calls.clear()
    lines(shop)
    assert shop.hooks.calls == ["read"]


def test_an_unknown_one_is_told_with_near_ones() -> None:
    shop = office()
    shop.add("INV-1043", due=20)
    with pytest.raises(UsageError, match="Did you mean INV-1043"):
        told(shop, "INV-104")


def test_a_row_that_is_gone_has_its_story() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    del shop.rows[1]
    assert lines(shop)[0] == "INV-1 (no row in the sheet any more)"
    record = explained_record(told(shop), words(shop))
    assert (record["decision"], len(record["events"]), record["ladder"]) == (None, 2, [])


def test_for_programs() -> None:
    shop = office()
    shop.add("INV-1", due=-4, amount=Decimal("12.50"))
    record = explained_record(told(shop), words(shop))
    assert record["policy"] == {"name": "standard", "named_by": "default", "written_in": "config"}
    assert [step["question"] for step in record["steps"] if step["answer"] == "decided"] == ["ladder"]
    assert [level["level"] for level in record["ladder"]] == [name for name, _ in STEPS]
    assert record["would_change"][0] == {
        "change": "pay",
        "day": "2026-03-02",
        "decision": "closed",
        "level": None,
        "until": None,
        "then": "it is closed.",
    }
