"""Everything at once: whatever the config, the sheet with its tabs, and the people in it, the promises hold.

Each feature has tests of its own; here they meet. ``SHEETSDUN_SOAK=1`` lets it run for about an hour; the number is a
factor.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from company import LADDERS, OWNER, SHEETS_LADDER, STAFF, Crowd, House, Rule, company
from doubles.shelf import MemoryShelf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trouble import CHANGES, READS, Fault, Killed, Kind, trouble

from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.event import Name
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History, State
from sheetsdun.domain.policy import Kind as Tone
from sheetsdun.domain.reminder import Reminder
from sheetsdun.errors import LeaseHeld, Refused, Unreachable
from sheetsdun.journal.rows import decode
from sheetsdun.report import print_report, to_json, told
from sheetsdun.report.explained import explained_lines, explained_record
from sheetsdun.report.foreseen import as_record as forecast_record
from sheetsdun.report.foreseen_page import forecast_page
from sheetsdun.report.receivables_csv import files as receivables_files
from sheetsdun.report.receivables_json import as_record as receivables_record
from sheetsdun.report.receivables_page import receivables_page
from sheetsdun.report.recovered import as_lines as recovered_lines
from sheetsdun.report.story import Story
from sheetsdun.report.story import as_lines as story_lines
from sheetsdun.report.story import as_record as story_record
from sheetsdun.rows.words import Words
from sheetsdun.sync.explain import explain
from sheetsdun.sync.foresee import foresee
from sheetsdun.sync.guards import Accept
from sheetsdun.sync.lookup import look_up
from sheetsdun.sync.prepared import Prepared
from sheetsdun.sync.receivables import take_stock
from sheetsdun.sync.recover import look, rebuild
from sheetsdun.sync.routine import carry_out, prepare

KNOWN = (Accept.ROWS, Accept.DRAFTS)
"""People delete rows and drafts here as they like."""

HOUR = dt.timedelta(hours=1)
CLOSED_WORDS = {"paid", "void", "disputed"}

choices = st.integers(0, 2**24)
rules = st.builds(
    Rule,
    delivery=st.integers(0, 3),
    basis=st.integers(0, 4),
    papers=st.sampled_from([9, 9, 9, 9, 9, 9, 9, 0, 1]),
    more=st.integers(0, 31),
)
houses = st.builds(
    House,
    rules=st.lists(rules, min_size=1, max_size=6).map(tuple),
    climb=st.integers(0, 2),
    group=st.integers(0, 2),
    gap=st.integers(0, 2),
    sender=st.integers(0, 2),
    limits=st.integers(0, 3),
    first=st.integers(0, 2),
)
acts = st.tuples(st.sampled_from(Crowd.ACTS), choices)
days = st.lists(
    st.tuples(st.sampled_from([0, 1, 1, 2, 5, 8]), st.lists(acts, max_size=5)), min_size=1, max_size=6
)
faults = st.builds(
    Fault,
    kind=st.sampled_from(
        [
            Kind.KILLED_BEFORE,
            Kind.KILLED_AFTER,
            Kind.DROPPED,
            Kind.LOST,
            Kind.QUOTA,
            Kind.REFUSED,
            Kind.SILENCE,
        ]
    ),
    call=st.sampled_from([*READS, *sorted(CHANGES), *sorted(CHANGES), *sorted(CHANGES)]),
    nth=st.sampled_from([1, 1, 1, 2, 2, 3]),
    place=st.sampled_from([None, None, 0, 1]),
)
invoices = st.lists(choices, min_size=1, max_size=8)


class Life:
    """A company, its days, and what must hold after each run."""

    def __init__(self, house: House, first: Sequence[int]) -> None:
        self.office, self.people = company(house)
        self.people.furnish(LADDERS, SHEETS_LADDER)
        for choice in first:
            self.people.act("issue", choice)
        self.sent_before: set[str] = set()

    # -- what happens -------------------------------------------------------------------------------------------------

    def day(self, later: int, busy: Sequence[tuple[str, int]]) -> None:
        """Time goes by, and people do things."""
        self.office.time += later * dt.timedelta(1) + HOUR
        self.office.mailbox.unsearchable.clear()
        for name, choice in busy:
            self.people.act(name, choice)

    def run(self) -> Prepared | None:
        """A run that nobody disturbs; None where it refuses, having changed nothing."""
        before, calls = self.everything(), len(self.office.hooks.calls)
        office = self.office
        try:
            prepared = prepare(office.desk, accept=KNOWN)
            self.check_plan(prepared)
            shut = self.shut()
            outcome = carry_out(office.desk, prepared, accept=KNOWN, take_over=True)
        except Refused:
            assert self.everything() == before
            assert not CHANGES & set(office.hooks.calls[calls:])
            return None
        words = {name: str(title) for name, title in office.desk.settings.columns.headers.items()}
        story = told(prepared, outcome, {}, words)
        to_json(story)
        print_report(story, io.StringIO(), verbose=True)
        self.clear_actions()
        self.check_history(prepared, shut)
        return prepared

    def run_twice(self) -> Prepared | None:
        """A run, and at the same instant others, which have nothing to do for any debtor."""
        if self.run() is None:
            return None
        if self.people.asks():
            self.run()  # An Action is carried out on what could be seen when it was chosen, or declined at last.
        second = self.run()  # The owner may be told of the ladders that the first has brought to their ends.
        assert second is not None
        more = [*second.letters, *second.to_send, *second.plan.withdrawals]
        assert not more, "a second run has more to say to debtors"
        before, calls = self.everything(), len(self.office.hooks.calls)
        again = self.run()
        assert again is not None
        assert self.everything() == before, "a run without news has written something"
        changed = CHANGES & set(self.office.hooks.calls[calls:])
        assert not changed, f"a run without news has asked for a change: {changed}"
        return again

    # -- what is there ------------------------------------------------------------------------------------------------

    def history(self) -> History:
        return fold(decode(self.office.sheet._table("Reminder log")))

    def everything(self) -> Any:
        mailbox, sheet = self.office.mailbox, self.office.sheet
        mails = [(each.id, sorted(each.labels)) for each in mailbox.all.values()]
        grids = {tab: [list(row) for row in rows] for tab, rows in sheet.grids.items()}
        return grids, dict(sheet.chain_), mails, dict(mailbox.draft_ids), dict(sheet.notes)

    def clear_actions(self) -> None:
        events = decode(self.office.sheet._table("Reminder log"))
        self.people.check_hands({(each.invoice, each.note) for each in events if each.name == Name.ASKED})

    def shut(self) -> set[int]:
        """Rows (from 1) of which nobody may be reminded, read from the cells by other means than the code's."""
        return {number for number, row in enumerate(self.office.rows[1:], start=2) if self._is_shut(row)}

    def _is_shut(self, cells: Sequence[Any]) -> bool:
        row: Mapping[str, Any] = defaultdict(str, zip(map(str, self.office.rows[0]), cells, strict=False))
        today = self.office.today
        hold, promise = row["Hold until"], row["Promise"]
        amount, paid = row["Amount"], row["Paid"]
        whole = paid is True or (
            isinstance(amount, int | float) and isinstance(paid, int | float) and paid >= amount
        )
        known = [each for each in self.office.sheet.grids["Customers"][1:] if each[0] == row["Customer"]]
        return (
            whole
            or row["Status"] in CLOSED_WORDS
            or row["Escalation"] in {"hold", "stop"}
            or (hold != "" and (not isinstance(hold, dt.date) or hold >= today))
            or (isinstance(promise, dt.date) and promise >= today - dt.timedelta(2))
            or any(each[10] not in {"", "no"} for each in known)
            or any(each[5] == "hold" and row["Escalation"] == "" for each in known)
        )

    # -- what must hold -----------------------------------------------------------------------------------------------

    def check_plan(self, prepared: Prepared) -> None:
        """Every invoice has one decision; nobody is reminded who must not be; every letter's figures add up."""
        plan, shut = prepared.plan, self.shut()
        rows = [decision.invoice.row for decision in plan.decisions]
        assert rows == [invoice.row for invoice in prepared.invoices] == sorted(set(rows))
        for reminder in plan.reminders:
            spoken = [*(each.invoice for each in reminder.climbed), *reminder.listed]
            assert not shut & {each.row for each in spoken}, "a letter speaks of what it must not"
            self.check_figures(reminder)
        assert not shut & {task.decision.invoice.row for task in plan.tasks}
        by_parts = {each.record.parts: each for each in prepared.letters}
        for reminder in plan.reminders:
            if (composed := by_parts.get(reminder.parts)) is None:
                assert any(each.record.parts == reminder.parts for each in prepared.unwritten)
                continue
            letter = composed.letter
            assert letter.recipients == (*reminder.to, *reminder.cc) == composed.record.recipients
            assert OWNER not in letter.recipients
            asked = self.asked_for(reminder)
            for picture in letter.pictures:
                lines = picture.payload.decode().split("\n")
                assert (lines[0], reminder.currency) == ("BCD", "EUR")
                assert Decimal(lines[7].removeprefix("EUR")) == asked
            links = re.findall(r"pay\.example/(\S+)\?sum=([\d.]+)&of=(\w+)", letter.text)
            assert [(key, Decimal(sum_), of) for key, sum_, of in links] == [
                (letter.id, asked, reminder.currency)
            ]
        for digest in prepared.digests:
            assert set(digest.record.recipients) <= STAFF

    def asked_for(self, reminder: Reminder) -> Decimal:
        """What the letter asks for: its own invoices less the credits, or all together where these outweigh them."""
        own = sum((each.invoice.balance or 0 for each in reminder.climbed), Decimal(0))
        net = own + sum((each.balance or 0 for each in reminder.credits), Decimal(0))
        return (net if net > 0 else reminder.total) + reminder.charged.total

    def check_figures(self, reminder: Reminder) -> None:
        spoken = [*(each.invoice for each in reminder.climbed), *reminder.listed, *reminder.credits]
        assert {each.currency for each in spoken} == {reminder.currency}
        assert {each.debtor for each in spoken if each.emails} == {reminder.debtor}
        assert len({each.row for each in spoken}) == len(spoken)
        assert len({each.id for each in spoken}) == len(spoken)
        assert reminder.total > 0
        assert all((each.invoice.balance or 0) > 0 for each in reminder.climbed)
        assert all((each.balance or 0) < 0 for each in reminder.credits)

    def check_history(self, prepared: Prepared, shut: Collection[int]) -> None:
        """What went has gone once; what must not stand is not there."""
        history = self.history()
        self.check_once(history)
        self.check_gaps(history, prepared)
        mailbox = self.office.mailbox
        closed = {each.id for each in prepared.invoices if each.row in shut}
        for letter in history.letters.values():
            assert OWNER not in letter.recipients
            if letter.untouched and letter.draft_id in mailbox.draft_ids:
                wrong = closed & {part.invoice for part in letter.climbed}
                if "TRASH" not in mailbox.all[mailbox.draft_ids[letter.draft_id]].labels:
                    assert not wrong, f"a stale draft stands, of {wrong}"
        for digest in history.digests.values():
            assert set(digest.recipients) <= STAFF
        new = self.sent() - self.sent_before - self.people.by_hand
        for letter in history.letters.values():
            if letter.message_id in new:
                wrong = closed & {part.invoice for part in letter.climbed}
                assert not wrong, f"{wrong} got a letter"
                new.discard(letter.message_id)
        assert not new, "something went that the log does not know"
        self.sent_before = self.sent()

    def sent(self) -> set[str]:
        return {each.id for each in self.office.mailbox.all.values() if "SENT" in each.labels}

    def check_once(self, history: History) -> None:
        went = Counter(
            (part.invoice, part.policy, part.level, part.cycle)
            for letter in history.letters.values()
            if letter.state in {State.SENT, State.REPLACED, State.DRAFTED, State.OPENED}
            for part in letter.climbed
        )
        assert all(number == 1 for number in went.values()), went

    def check_gaps(self, history: History, prepared: Prepared) -> None:
        """No two overdue letters within the gap, of those that this run has sent by itself."""
        terms = prepared.terms
        own = {each.draft_id for each in prepared.to_send} | {each.record.id for each in prepared.letters}
        asked = bool(prepared.asked.deeds)
        for letter in history.letters.values():
            if (
                asked
                or letter.by_hand
                or letter.kind is Tone.UPCOMING
                or letter.effective != self.office.today
                or (letter.id not in own and letter.draft_id not in own)
                or any(part.cycle > 1 for part in letter.climbed)
            ):
                continue
            rungs = [rung for part in letter.climbed if (rung := terms.rung(part))]
            if any(rung.level.waives_gap for rung in rungs):
                continue
            theirs = [each for each in prepared.invoices if each.debtor == letter.debtor]
            gap = min(map(terms.gap, theirs), default=0)
            for other in history.letters.values():
                if other.debtor == letter.debtor and other.kind is letter.kind and other.effective:
                    between = (letter.effective - other.effective).days
                    assert between <= 0 or between >= gap, f"{letter.id} {between} days after {other.id}"

    def check_questions(self, prepared: Prepared) -> None:
        """Whatever may be asked has an answer, and the same one as the run had."""
        desk, today = self.office.desk, self.office.today
        words = Words("en", today, desk.settings.columns.headers)
        numbers = list(dict.fromkeys(each.id for each in prepared.invoices if each.id))
        final = {each.invoice.row: each for each in prepared.plan.decisions}
        known, explanations = explain(desk, numbers)
        for each in explanations:
            list(explained_lines(each, words))
            explained_record(each, words)
            assert each.decision is not None
            decided = final[each.decision.invoice.row]
            if decided.verdict is not Verdict.PROBLEM or decided.reason.code != "unwritten":
                assert (each.decision.verdict, each.decision.reason) == (decided.verdict, decided.reason)
        known = look_up(desk)
        for name in numbers:
            story = Story(invoice=name, events=known.events_of(name), decision=known.decision(name))
            list(story_lines(story, known.terms, words))
            story_record(story, words)
        for payments in (False, True):
            ahead = foresee(desk, today + dt.timedelta(9), payments=payments)
            forecast_record(ahead, words)
        forecast_page(ahead, words)
        stock = take_stock(desk)
        receivables_record(stock, words)
        receivables_page(stock, words)
        receivables_files(stock)

    def recover(self) -> None:
        """The log is lost: what is rebuilt is content with itself, and nothing goes twice."""
        before = self.went()
        del self.office.sheet.grids["Reminder log"]
        with suppress(Refused):
            found = look(self.office.desk, accept=KNOWN)
            list(recovered_lines(found))
            if found.needed:
                rebuild(self.office.desk, found, MemoryShelf(self.office.sheet))
                self.office.time += HOUR
                prepared = prepare(self.office.desk, accept=KNOWN)
                carry_out(self.office.desk, prepared, accept=KNOWN, take_over=True)
        assert not {key for key, number in self.went().items() if number > max(before[key], 1)}

    def went(self) -> Counter[tuple[str, str]]:
        """By letter's reference, how many messages there are of it."""
        return Counter(
            (each.headers["x-sheetsdun-key"], "")
            for each in (message.mail() for message in self.office.mailbox.all.values())
            if "SENT" in each.labels and "x-sheetsdun-key" in each.headers
        )


soak = float(os.environ.get("SHEETSDUN_SOAK", "0"))
much = settings(
    max_examples=int(soak * 1500) or 10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
if soak:
    pytestmark = pytest.mark.timeout(0)


@much
@given(house=houses, first=invoices, life=days)
def test_days_in_which_everything_is_used_at_once(house, first, life):
    lived = Life(house, first)
    for later, busy in life:
        lived.day(later, busy)
        if (prepared := lived.run_twice()) is not None:
            lived.check_questions(prepared)
    lived.recover()


class Nobody:
    """Who else is there while a run goes on."""

    def meanwhile(self, call: str) -> None:
        """Do nothing."""

    def land(self) -> None:
        """Nothing is under way."""

    def look(self) -> None:
        """Notice nothing."""


@much
@given(house=houses, first=invoices, life=days, fault=faults)
def test_after_a_fault_each_reminder_that_is_due_is_there_once(house, first, life, fault):
    lived = Life(house, first)
    for later, busy in life[:-1]:
        lived.day(later, busy)
        lived.run()
    lived.day(*life[-1])
    with suppress(Killed, Unreachable, LeaseHeld, Refused), trouble(lived.office.hooks, fault, Nobody()):
        prepared = prepare(lived.office.desk, accept=KNOWN)
        carry_out(lived.office.desk, prepared, accept=KNOWN)
    lived.clear_actions()
    for _ in range(4):
        lived.office.hooks.land()
        lived.day(0, [])
        lived.run()
    last = lived.run()
    if last is not None:
        assert last.idle
        tasks = {task.decision.invoice.row for task in last.plan.tasks}
        waiting = [each for each in last.plan.decisions if each.verdict is Verdict.REMIND]
        assert not [each for each in waiting if each.invoice.row not in tasks]
