"""The story of an invoice, as a person would tell it."""

from __future__ import annotations

import pytest
from office import Office, office

from sheetsdun.errors import UsageError
from sheetsdun.report.story import Story, as_lines, as_record
from sheetsdun.rows.columns import DEFAULTS
from sheetsdun.rows.words import Words
from sheetsdun.sync.lookup import look_up


def told(shop: Office, invoice: str = "INV-1") -> list[str]:
    """The story, each line without the blanks before it and without references."""
    known = look_up(shop.desk)
    name = known.identity(invoice)
    story = Story(invoice=name, events=known.events_of(name), decision=known.decision(name))
    lines = as_lines(story, known.terms, Words("en", known.run.today))
    letters = dict.fromkeys(event.letter for event in known.events if event.letter)
    short = {letter: f"SD-{number}" for number, letter in enumerate(letters, 1)}
    return [_with(line.strip(), short) for line in lines]


def _with(line: str, short: dict[str, str]) -> str:
    for letter, name in short.items():
        line = line.replace(letter, name)
    return line


def test_an_invoice_of_which_nothing_is_known_waits_for_its_day() -> None:
    shop = office()
    shop.add("INV-1", due=20)
    assert told(shop) == [
        "INV-1, Weber KG, 100.00 EUR open, due 22 Mar (row 2)",
        "Nothing has happened yet.",
        "Next: courtesy (1 of 5) on 19 Mar.",
    ]


def test_steps_are_told_once_with_day_level_sum_and_whom() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.pass_days(2)
    shop.mailbox.send_by_hand(shop.drafts()[0][0])
    shop.sync()
    assert told(shop)[1:] == [
        "2 Mar  We made a draft: friendly (2 of 5), 100.00 EUR, to ap@weber.example, SD-1",
        "4 Mar  Sent by hand: friendly (2 of 5), 100.00 EUR, to ap@weber.example, SD-1",
        "Next: reminder (3 of 5) on 11 Mar.",
    ]


def test_everybody_is_told_to_whom_it_goes_also_those_who_get_a_copy() -> None:
    shop = office()
    shop.rows[0].append(DEFAULTS["cc"])
    shop.add("INV-1", due=-4)
    shop.rows[-1].append("boss@weber.example")
    shop.sync()
    assert told(shop)[1].endswith("to ap@weber.example, boss@weber.example, SD-1")


def test_the_log_names_the_template_that_a_letter_was_written_from() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    assert [letter.template for letter in shop.history.letters.values()] == ["en/friendly"]


def test_what_we_sent_ourselves_and_who_answered() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto")
    shop.sync()
    shop.answer()
    shop.sync()
    assert [line.split(",")[0] for line in told(shop)[1:]] == [
        "2 Mar  We made a draft: friendly (2 of 5)",
        "2 Mar  We sent it: friendly (2 of 5)",
        "2 Mar  Ms Weber <ap@weber.example> answered",
        "Next: Ms Weber <ap@weber.example> wrote on 2 Mar. Read it",
    ]
    shop.write("INV-1", "action", "clear")
    shop.sync()
    assert "2 Mar  Somebody chose clear: the answer is dealt with" in told(shop)


def test_a_deleted_draft_and_its_redo_begin_a_new_cycle() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.mailbox.discard(shop.drafts()[0][0])
    shop.sync()
    shop.pass_days(1)
    shop.sync()
    shop.write("INV-1", "action", "redo")
    shop.sync()
    assert told(shop)[1:] == [
        "2 Mar  We made a draft: friendly (2 of 5), 100.00 EUR, to ap@weber.example, SD-1",
        "3 Mar  Somebody deleted the draft SD-1",
        "3 Mar  Somebody chose redo: the letter is made anew (cycle 2)",
        "3 Mar  We made a draft: friendly (2 of 5), 100.00 EUR, to ap@weber.example, SD-2",
        "Next: The draft of friendly (2 of 5) waits in Gmail: read it, then send it.",
    ]


def test_a_draft_that_was_taken_back_tells_why() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.write("INV-1", "paid", 100)
    shop.sync()
    assert told(shop)[-2:] == ["2 Mar  We took the draft SD-1 back: it is paid", "Next: It is paid."]


def test_a_skip_is_told_by_what_it_completes() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.write("INV-1", "action", "skip")
    shop.sync()
    assert "2 Mar  Somebody chose skip: friendly (2 of 5) counts as done" in told(shop)


def test_a_row_that_is_gone_still_has_its_story() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    del shop.rows[1]
    assert told(shop)[0] == "INV-1 (no row in the sheet any more)"
    assert told(shop)[-1] == "Next: nothing, as long as its row is not in the sheet."


def test_case_does_not_matter_and_near_ones_are_named() -> None:
    shop = office()
    shop.add("INV-1043", due=20)
    shop.add("INV-1044", due=20)
    assert told(shop, "inv-1043")[0].startswith("INV-1043")
    with pytest.raises(UsageError, match="Did you mean INV-1043 or INV-1044"):
        told(shop, "INV-104")
    with pytest.raises(UsageError, match="no invoice “4711”"):
        told(shop, "4711")


def test_the_whole_identity_is_meant_before_the_number_alone_and_several_are_never_guessed() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()  # before it was to be paid in instalments
    del shop.rows[1]
    shop.rows[0].append("Instalment")
    for number, part in (("INV-1", "1/2"), ("INV-2", "1/2"), ("INV-3", "1/2"), ("INV-3", "2/2"), ("", "2/2")):
        shop.add(number, due=20)
        shop.rows[-1].append(part)
    known = look_up(shop.desk)
    assert known.identity("inv-1") == "INV-1"
    assert known.identity(" inv-1 · 1/2") == "INV-1 · 1/2"
    assert known.identity("inv-2\u00a0") == "INV-2 · 1/2"
    with pytest.raises(UsageError, match=r"Several invoices.* “INV-3 · 1/2”, “INV-3 · 2/2”"):
        known.identity("INV-3")
    with pytest.raises(UsageError):
        known.identity(" ")


@pytest.mark.parametrize(
    ("typed", "near"),
    [("INV-1034", "INV-1043 or INV-1044"), ("1044", "INV-1044"), ("4", ""), ("4711", "")],
    ids=["a slip", "a part of it", "a figure", "nothing like it"],
)
def test_only_what_is_near_is_named(typed: str, near: str) -> None:
    shop = office()
    for number in (1043, 1044):
        shop.add(f"INV-{number}", due=20)
    with pytest.raises(UsageError) as mistake:
        told(shop, typed)
    assert mistake.value.way_out == (f"Did you mean {near}?" if near else "")


def test_of_rows_that_have_one_number_the_first_is_told() -> None:
    shop = office()
    for _ in range(2):
        shop.add("INV-1", due=-4)
    assert told(shop)[0].endswith("(row 2)")


def test_events_for_programs_are_those_of_the_log() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    known = look_up(shop.desk)
    story = Story(invoice="INV-1", events=known.events_of("INV-1"), decision=known.decision("INV-1"))
    record = as_record(story, Words("en", known.run.today))
    assert [event["event"] for event in record["events"]] == ["opened", "drafted"]
    assert record["events"][1]["level"] == "friendly +3"
    assert (record["row"], record["decision"], record["level"]) == (2, "review", "friendly")


def test_it_reads_the_sheet_only() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.hooks.calls.clear()
    told(shop)
    assert shop.hooks.calls == ["read"]
