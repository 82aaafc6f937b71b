"""The digest: what our own people find among their drafts in the morning, and what becomes of it."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from doubles.shelf import MemoryShelf
from office import Office, office

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.history import LetterHistory, State
from sheetsdun.domain.policy import Channel, Delivery, Level, Policy
from sheetsdun.errors import Refused
from sheetsdun.letters import reference
from sheetsdun.ports import NoAnswer
from sheetsdun.report import print_report, to_json, told
from sheetsdun.report.story import Story, as_lines
from sheetsdun.rows.columns import DEFAULTS
from sheetsdun.sync.lookup import look_up
from sheetsdun.sync.outcome import Outcome
from sheetsdun.sync.recover import look, rebuild

OWNER = "boss@example.com"
MORE = ("contact", "phone", "manager")
RING = Policy(
    "standard",
    (Level(name="ring", offset=3, template="call", delivery=Delivery.TASK, channel=Channel.CALL),),
)
LAST = Policy("last", (Level(name="final", offset=3, template="final", delivery=Delivery.SEND),))


def shop(owner: str = OWNER, **terms: Any) -> Office:
    """An office where everybody is called up, and where the policy "last" has a single letter that goes by itself."""
    made = office(owner=owner)
    ladders = {"standard": RING, "last": LAST}
    terms = {"policies": ladders, **terms}
    settings = replace(made.desk.settings, terms=replace(made.desk.settings.terms, **terms))
    made.desk = replace(made.desk, settings=settings)
    made.rows[0].extend(DEFAULTS[name] for name in MORE)
    return made


def add(made: Office, invoice: str, due: int = -4, **fields: Any) -> None:
    known = {name: fields.pop(name) for name in MORE if name in fields}
    made.add(invoice, due=due, **fields)
    made.rows[-1].extend(known.get(name, "") for name in MORE)


def digests(made: Office, state: State | None = None) -> list[LetterHistory]:
    found = made.history.digests.values()
    return [each for each in found if state is None or each.state is state]


def text(made: Office, to: str = OWNER) -> str:
    """Of the one draft to that address."""
    (draft,) = [draft for draft, whom in made.drafts() if whom == to]
    return made.mailbox.all[made.mailbox.draft_ids[draft]].text


def next_day(made: Office, days: int = 1) -> None:
    made.pass_days(days)
    made.sync()


def is_calm(made: Office) -> bool:
    """Another run changes nothing anywhere."""
    before = [list(row) for row in made.rows], len(made.sheet.chain_), dict(made.mailbox.draft_ids)
    made.sync()
    return ([list(row) for row in made.rows], len(made.sheet.chain_), dict(made.mailbox.draft_ids)) == before


class TestTasks:
    def test_the_owner_finds_one_draft_with_what_to_do_and_what_to_say(self) -> None:
        made = shop()
        add(made, "INV-1", contact="Ms Weber", phone="+49 30 1")
        add(made, "INV-2", customer="Harbour Ltd")
        made.sync()
        said = text(made)
        assert "Call today: +49 30 1, Ms Weber" in said
        assert "Weber KG, invoice INV-1, €100.00, due on 26 February 2026 (ring)" in said
        assert "Good morning, Ms Weber. I am calling from Accounts about invoice INV-1." in said
        assert "Harbour Ltd, invoice INV-2" in said
        assert "choose done under Action" in said
        assert is_calm(made)

    def test_each_manager_has_their_own_and_the_owner_the_rest(self) -> None:
        made = shop()
        add(made, "INV-1", manager="Anna@example.com")
        add(made, "INV-2", manager="Anna Berg")
        add(made, "INV-3", manager="anna@example.com ")
        made.sync()
        assert [whom for _, whom in made.drafts()] == ["Anna@example.com", OWNER]
        assert "INV-3" in text(made, "Anna@example.com")
        assert "INV-2" not in text(made, "Anna@example.com")

    def test_where_nobody_is_known_only_the_sheet_tells(self) -> None:
        made = shop(owner="")
        add(made, "INV-1", manager="Anna Berg")
        made.sync()
        assert made.drafts() == []
        assert made.status("INV-1") == "Call today: Weber KG"

    def test_an_address_that_is_none_holds_up_nobody_else(self) -> None:
        made = shop()
        add(made, "INV-1", manager="anna@example")
        add(made, "INV-2")
        outcome = made.sync()
        assert [whom for _, whom in made.drafts()] == [OWNER]
        (warning,) = outcome.warnings
        assert "the digest for anna@example was not made" in warning

    def test_there_is_one_a_day_whatever_comes_later(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        add(made, "INV-2")
        made.time += dt.timedelta(hours=3)
        made.sync()
        assert len(made.drafts()) == 1
        assert "INV-2" not in text(made)
        assert made.status("INV-2").startswith("Call today")

    def test_yesterdays_makes_way_for_todays(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        (old,) = digests(made)
        next_day(made)
        assert [each.state for each in digests(made)] == [State.WITHDRAWN, State.DRAFTED]
        assert old.draft_id not in made.mailbox.draft_ids
        assert "1 task for 3 March 2026" in [
            str(each.content["Subject"]) for each in made.mailbox.all.values()
        ]

    def test_none_is_made_while_yesterdays_cannot_be_taken_back(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        made.hooks.refuse = lambda name, _place: NoAnswer("no answer") if name == "delete" else None
        next_day(made)
        assert [each.state for each in digests(made)] == [State.WITHDRAWING]
        made.hooks.refuse = lambda _name, _place: None
        made.sync()
        assert [each.state for each in digests(made)] == [State.WITHDRAWN, State.DRAFTED]

    def test_nor_while_nobody_knows_whether_it_was_sent_that_very_minute(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        made.hooks.lose = lambda name, _place: NoAnswer("no answer") if name == "delete" else None
        next_day(made)
        made.hooks.lose = lambda _name, _place: None
        made.sync()
        assert (made.drafts(), [each.state for each in digests(made)]) == ([], [State.WITHDRAWING])
        made.time += dt.timedelta(hours=2)
        made.sync()
        assert [each.state for each in digests(made)] == [State.WITHDRAWN, State.DRAFTED]

    def test_it_goes_when_there_is_nothing_left_to_do(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        made.write("INV-1", "action", "done")
        made.sync()
        assert len(made.drafts()) == 1
        made.write("INV-1", "paid", 100)
        next_day(made)
        assert made.drafts() == []
        assert is_calm(made)

    def test_on_a_closed_day_there_is_none_and_fridays_stays(self) -> None:
        made = shop(calendar=Calendar())
        made.pass_days(4)
        add(made, "INV-1")
        made.sync()
        next_day(made)
        (digest,) = digests(made)
        assert digest.state is State.DRAFTED
        next_day(made, 2)
        assert len(digests(made)) == 2

    def test_a_run_about_single_invoices_makes_none(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync(only=["INV-1"])
        assert made.drafts() == []

    def test_it_is_never_sent_by_itself(self) -> None:
        made = shop()
        add(made, "INV-1")
        add(made, "INV-2", escalation="last", customer="Harbour Ltd", email="a@harbour.example")
        made.sync()
        next_day(made)
        assert [subject for subject in made.sent() if "task" in subject] == []
        assert len(made.sent()) == 1


class TestPeople:
    def test_what_somebody_edits_is_theirs(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        ((draft, _),) = made.drafts()
        made.edit_draft(draft, "Anna does it.")
        next_day(made)
        assert draft in made.mailbox.draft_ids
        assert [each.edited for each in digests(made)] == [True, False]

    def test_sending_it_changes_no_invoice(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        status, ((draft, _),) = made.status("INV-1"), made.drafts()
        made.mailbox.send_by_hand(draft)
        made.sync()
        (digest,) = digests(made)
        assert digest.state is State.SENT
        assert made.status("INV-1") == status
        assert made.cell("INV-1", "draft") == ""
        assert made.history.of("INV-1").completions == ()
        assert is_calm(made)

    def test_it_may_go_to_anybody_in_other_words(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        ((draft, _),) = made.drafts()
        (made_first,) = digests(made)
        made.mailbox.edit(draft, f"Subject: Fyi\r\nTo: ann@other.example\r\n\r\n{made_first.id}".encode())
        made.mailbox.send_by_hand(draft)
        made.sync()
        assert digests(made, State.SENT)

    def test_nor_does_an_answer_to_it(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        ((draft, _),) = made.drafts()
        made.mailbox.send_by_hand(draft)
        made.sync()
        made.answer("Will do.", sender=OWNER)
        made.sync()
        assert made.status("INV-1").startswith("Call today")

    def test_what_is_deleted_is_not_made_again_that_day(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        ((draft, _),) = made.drafts()
        made.mailbox.discard(draft)
        for _ in range(3):
            made.time += dt.timedelta(hours=2)
            made.sync()
        assert made.drafts() == []
        assert is_calm(made)
        next_day(made)
        assert len(made.drafts()) == 1

    def test_many_deleted_digests_are_no_lost_drafts(self) -> None:
        made = shop()
        for number in range(6):
            add(made, f"INV-{number}", manager=f"person{number}@example.com")
        made.sync()
        for draft, _ in made.drafts():
            made.mailbox.discard(draft)
        made.sync()
        assert len(digests(made, State.GONE)) == 6


class TestNews:
    def exhausted(self) -> Office:
        """A row whose only letter has gone."""
        made = shop()
        add(made, "INV-1", escalation="last")
        made.sync()
        made.sync()
        return made

    def test_the_owner_is_told_of_a_ladder_that_has_ended(self) -> None:
        made = self.exhausted()
        next_day(made)
        assert "The last reminder has passed" in text(made)
        assert "Weber KG, invoice INV-1, €100.00, due on 26 February 2026" in text(made)

    def test_a_digest_that_would_say_the_same_stays(self) -> None:
        made = self.exhausted()
        next_day(made)
        before = dict(made.mailbox.draft_ids)
        next_day(made)
        next_day(made)
        assert made.mailbox.draft_ids == before
        assert len(digests(made)) == 1

    @pytest.mark.parametrize("hand", ["send", "edit", "discard"])
    def test_once(self, hand: str) -> None:
        made = self.exhausted()
        next_day(made)
        ((draft, _),) = made.drafts()
        if hand == "send":
            made.mailbox.send_by_hand(draft)
        elif hand == "edit":
            made.edit_draft(draft, "To the lawyer.")
        else:
            made.mailbox.discard(draft)
        next_day(made)
        add(made, "INV-2")
        next_day(made)
        (fresh,) = [each for each in digests(made, State.DRAFTED) if not each.edited]
        assert "INV-1" not in made.mailbox.all[made.mailbox.draft_ids[fresh.draft_id]].text

    def test_again_where_nobody_had_it_in_hand(self) -> None:
        made = self.exhausted()
        next_day(made)
        add(made, "INV-2")
        next_day(made)
        assert "INV-1" in text(made)
        assert "INV-2" in text(made)

    def test_of_a_letter_that_may_have_gone(self) -> None:
        made = shop()
        add(made, "INV-1", escalation="last")
        made.hooks.after = _lose_the_send
        made.sync()
        made.hooks.after = lambda _number, _name: None
        for draft in [*made.mailbox.draft_ids]:
            made.mailbox.discard(draft)
        made.mailbox.all.clear()
        made.time += dt.timedelta(hours=2)
        made.sync()
        assert "Was it sent?" in text(made)
        assert "Weber KG, invoice INV-1, €100.00 (final)" in text(made)
        # It names no letter: its own reference must prove nothing of that one.
        assert reference.find(text(made)) == ()

    def test_the_log_keeps_each_news_once(self) -> None:
        made = self.exhausted()
        next_day(made)
        add(made, "INV-2")
        next_day(made)
        rows = [row for row in made.sheet.grids["Reminder log"][1:] if str(row[6]).startswith("DG-")]
        names = [str(row[5]) for row in rows]
        assert names == [
            "opened",
            "opened",
            "drafted",
            "withdrawing",
            "withdrawn",
            "opened",
            "opened",
            "drafted",
        ]


def _lose_the_send(_number: int, name: str) -> None:
    if name == "send":
        raise NoAnswer("no answer")


class TestGuards:
    def test_one_that_the_log_does_not_know_stops_the_run_until_the_log_is_rebuilt(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        del made.sheet.grids["Reminder log"][1:]
        made.sheet.chain_.clear()
        with pytest.raises(Refused, match="the log does not know"):
            made.sync()
        found = look(made.desk)
        assert found.letters == []
        rebuild(made.desk, found, MemoryShelf(made.sheet))
        assert [(each.state, each.edited) for each in digests(made)] == [(State.DRAFTED, True)]
        assert made.history.letters == {}
        assert made.history.invoices == {}
        made.sync()
        assert made.status("INV-1").startswith("Call today")

    def test_one_that_was_sent_is_no_letter_to_any_debtor_when_the_log_is_rebuilt(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        ((draft, _),) = made.drafts()
        made.mailbox.send_by_hand(draft)
        made.sync()
        del made.sheet.grids["Reminder log"]
        rebuild(made.desk, look(made.desk), MemoryShelf(made.sheet))
        made.sync()
        assert made.history.letters == {}
        assert made.status("INV-1").startswith("Call today")

    def test_the_sheets_header_counts_debtors_drafts_only(self) -> None:
        made = shop()
        add(made, "INV-1")
        made.sync()
        assert "Drafts ready: 0" in [*made.sheet.notes.values()][-1]


class TestReport:
    def test_it_tells_digests_apart_from_letters(self) -> None:
        made = shop()
        add(made, "INV-1")
        prepared, nothing = made.plan(), Outcome()
        text = io.StringIO()
        print_report(told(prepared, nothing, {}, DEFAULTS), text)
        assert re.search(rf"^ +{OWNER} +1 +0 +to be drafted", text.getvalue(), re.MULTILINE)
        made.sync()
        assert made.last
        record = json.loads(to_json(told(*made.last, {}, DEFAULTS)))
        (digest,) = record["digests"]
        assert (digest["to"], digest["tasks"], digest["outcome"]) == (OWNER, ["INV-1"], "drafted")
        assert digest["draft_id"] in made.mailbox.draft_ids
        assert [each["outcome"] for each in record["letters"]] == ["task"]
        assert record["events"] == []

    def test_the_story_of_an_invoice_tells_that_the_owner_was_told(self) -> None:
        made = TestNews().exhausted()
        next_day(made)
        look = look_up(made.desk)
        story = Story(invoice="INV-1", events=look.events_of("INV-1"), decision=look.decision("INV-1"))
        lines = [*as_lines(story, look.terms, made.desk.settings.words(made.today))]
        (digest,) = digests(made)
        assert any(line.endswith(f"Told to {OWNER}, in the digest {digest.id}") for line in lines), lines


def test_a_thousand_tasks_stop_nobody() -> None:
    """As on the first day of a ladder that begins with calls."""
    made = shop()
    for place in range(1000):
        add(made, f"INV-{place}", customer=f"Customer {place}")
    made.sync()
    (one,) = digests(made)
    assert one.subject.startswith("1000 tasks for")
    said = text(made)
    assert "INV-0" in said
    assert "900 more stand in the sheet" in said
    made.sync()
    assert made.plan().idle
