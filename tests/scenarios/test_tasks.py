"""Levels that are no letter: what the sheet asks of people, and how what they did counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from office import Office, office

from sheetsdun.domain.policy import Channel, Delivery, Level, Policy
from sheetsdun.rows.columns import DEFAULTS

CALL = Level(name="ring", offset=10, template="call", delivery=Delivery.TASK, channel=Channel.CALL)
LADDER = Policy(
    "standard",
    (
        Level(name="friendly", offset=3, template="friendly"),
        CALL,
        Level(name="firm", offset=20, template="firm"),
    ),
)
MORE = ("contact", "phone", "manager", "language", "promise", "action_note")


def shop(**settings: Any) -> Office:
    """An office whose second level is a call."""
    made = office()
    terms = replace(made.desk.settings.terms, policies={"standard": LADDER}, min_gap_days=0)
    made.desk = replace(made.desk, settings=replace(made.desk.settings, terms=terms, **settings))
    made.rows[0].extend(DEFAULTS[name] for name in MORE)
    return made


def add(made: Office, invoice: str, due: int, **fields: Any) -> None:
    """A row with what is known of the debtor."""
    known = {name: fields.pop(name) for name in MORE if name in fields}
    made.add(invoice, due=due, **fields)
    made.rows[-1].extend(known.get(name, "") for name in MORE)


def reach_the_call(made: Office, invoice: str = "INV-1") -> None:
    """The friendly letter is skipped; seven days later the call is due."""
    made.write(invoice, "action", "skip")
    made.sync()
    made.pass_days(7)
    made.sync()


def test_the_status_says_whom_to_call_and_the_note_what_to_say() -> None:
    made = shop()
    add(made, "INV-1", due=-3, contact="Ms Weber", phone="+49 30 1", language="de")
    reach_the_call(made)
    assert made.status("INV-1") == "Call today: +49 30 1, Ms Weber"
    note = made.cell("INV-1", "reminder_note").split("\n")
    assert note[0] == "Guten Tag Ms Weber. Ich rufe von Accounts wegen der Rechnung INV-1 an."
    assert made.mailbox.all == {}


def test_what_it_says_does_not_change_from_day_to_day() -> None:
    made = shop()
    add(made, "INV-1", due=-3)
    reach_the_call(made)
    before = made.cell("INV-1", "reminder_note")
    made.pass_days(1)
    made.sync()
    assert made.cell("INV-1", "reminder_note") == before


def test_done_completes_the_level_and_keeps_what_came_of_it() -> None:
    made = shop()
    add(made, "INV-1", due=-3, action_note="pays on Friday")
    reach_the_call(made)
    made.write("INV-1", "action", "done")
    made.sync()
    assert made.status("INV-1") == "Done on 9 Mar"
    assert "What" not in made.cell("INV-1", "reminder_note")
    (done,) = [each for each in made.history.of("INV-1").completions if each.how == "done"]
    assert (done.level, done.letter) == ("ring", "")
    made.pass_days(10)
    made.sync()
    (draft,) = made.mailbox.draft_ids.values()
    assert "INV-1" in made.mailbox.all[draft].text


def test_a_call_keeps_no_letter_at_a_distance() -> None:
    made = shop()
    terms = replace(made.desk.settings.terms, min_gap_days=30)
    made.desk = replace(made.desk, settings=replace(made.desk.settings, terms=terms))
    add(made, "INV-1", due=-3)
    reach_the_call(made)
    made.write("INV-1", "action", "done")
    made.sync()
    made.pass_days(10)
    made.sync()
    assert len(made.drafts()) == 1


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("escalation", "stop", "Stopped"),
        ("escalation", "hold", "On hold"),
        ("paid", 100, "Paid"),
        ("amount", "about 100", "Problem: Amount is no amount: “about 100”"),
    ],
)
def test_a_task_obeys_every_guard(field: str, value: object, status: str) -> None:
    made = shop()
    add(made, "INV-1", due=-3)
    reach_the_call(made)
    assert made.status("INV-1").startswith("Call today")
    made.write("INV-1", field, value)
    made.sync()
    assert made.status("INV-1") == status


def test_nobody_is_called_about_what_a_credit_covers() -> None:
    made = shop()
    add(made, "INV-1", due=-3)
    add(made, "CN-1", due=-3, amount=-100)
    reach_the_call(made)
    assert made.status("INV-1") == "Covered by credits"
