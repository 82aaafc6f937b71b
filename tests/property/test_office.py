"""Months in an office, with everything that can go wrong: whatever happens, the promises hold.

A debtor gets no reminder twice, none is lost silently, no status stays on the wrong row, and no person's work is
overwritten. ``SHEETSDUN_SOAK=1`` lets it run for about an hour; the number is a factor.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from office import Office, office
from people import People
from tally import Tally
from trouble import CHANGES, READS, Fault, Killed, Kind, trouble

from sheetsdun.domain.event import Name
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import State
from sheetsdun.domain.terms import Group
from sheetsdun.errors import LeaseHeld, Unreachable
from sheetsdun.journal.rows import decode
from sheetsdun.sync.guards import Accept
from sheetsdun.sync.ours import is_letter, quoted, spreadsheet_of
from sheetsdun.sync.routine import carry_out, prepare

FIGURES = Tally()
"""What all the examples have tried and found."""

KNOWN = (Accept.ROWS, Accept.DRAFTS)
"""People delete rows and drafts here as they like."""

HOUR = dt.timedelta(hours=1)
PAUSES = (dt.timedelta(0), dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=40))
WAITS = (
    dt.timedelta(0),
    dt.timedelta(minutes=10),
    3 * HOUR,
    dt.timedelta(1),
    dt.timedelta(3),
    dt.timedelta(8),
)
REWRITES = {"fill", "delete"}
"""Between a last look and these nothing can be seen: what a person does in that instant is lost, and the docs say so."""

choices = st.integers(0, 9999)
acts = st.tuples(st.sampled_from(People.ACTS), choices)
sudden = st.tuples(
    st.sampled_from([*People.ACTS, *["edit"] * 12, *["write"] * 4, "send", "discard"]), choices
)
faults = st.builds(
    Fault,
    kind=st.sampled_from([*Kind, *[Kind.MEANWHILE] * 6]),
    call=st.sampled_from(
        [*READS, *sorted(CHANGES), "append", "append", "look", "look", "tables", "fill", "send", "delete"]
    ),
    nth=st.sampled_from([1, 1, 1, 2, 2, 3]),
    place=st.sampled_from([None, None, 0, 1]),
    landing=st.sampled_from(["", *READS, *sorted(CHANGES)]),
)


@dataclass(frozen=True)
class Meanwhile:
    """What happens if a run is interrupted by somebody else: it sleeps, people act, another run goes on from there."""

    pause: dt.timedelta
    acts: list[tuple[str, int]]
    runs: bool


meanwhiles = st.builds(
    Meanwhile,
    pause=st.sampled_from(PAUSES),
    acts=st.lists(sudden, min_size=1, max_size=3),
    runs=st.booleans(),
)


TAKING_BACK = [
    *(Fault(kind, "delete") for kind in (Kind.DROPPED, Kind.LOST, Kind.QUOTA, Kind.LATE, Kind.SILENCE)),
    *[Fault(Kind.MEANWHILE, "look")] * 3,
    Fault(Kind.KILLED_AFTER, "delete"),
]
"""What happens to the run that deletes a stale draft; first of all, that a person is quicker."""


class Months(RuleBasedStateMachine):
    """Three debtors; a run whenever it comes."""

    office: Office

    @initialize(
        group=st.sampled_from(Group),
        gap=st.sampled_from([0, 5]),
        invoices=st.lists(choices, min_size=2, max_size=6),
    )
    def move_in(self, group, gap, invoices):
        self.office = office(group=group, min_gap_days=gap)
        self.people = People(self.office)
        self.went: set[str] = set()
        self.free: set[str] = set()
        self.other = None
        self.days = 0
        self.decoded = 0, []
        for choice in invoices:
            self.people.act("issue", choice)
        self.run(Fault(), take_over=False)

    # -- what happens --------------------------------------------------------------------------------------------------

    @rule(
        wait=st.sampled_from(WAITS),
        busy=st.lists(acts, max_size=4),
        fault=faults,
        other=meanwhiles,
        take_over=st.booleans(),
    )
    def a_day(self, wait, busy, fault, other, take_over):
        """Time goes by, people do things, and a run has its troubles."""
        self.days += 1
        FIGURES["days in the office"] += 1
        FIGURES["edits, Actions and other things that people did in the office"] += len(busy)
        FIGURES["runs with a fault in the office"] += fault.kind is not Kind.CALM
        self.wait(wait)
        for act in busy:
            self.do(act, "")
        self.run(fault, other, take_over=take_over)

    @precondition(lambda self: self.office.mailbox.draft_ids)
    @rule(
        choice=choices,
        fault=st.sampled_from(TAKING_BACK),
        pauses=st.lists(st.sampled_from(PAUSES), max_size=2),
    )
    def a_draft_is_taken_back(self, choice, fault, pauses):
        """What it says is no longer so; the run that deletes it has its troubles, and others follow soon."""
        ready = [letter for letter in fold(self.log()).letters.values() if letter.untouched]
        if not ready:
            return
        FIGURES["drafts taken back, in the office"] += 1
        self.people.owes_more(ready[choice % len(ready)].climbed[0].invoice)
        quicker = Meanwhile(dt.timedelta(0), [("send_reworded", choice)], runs=False)
        self.run(fault, quicker, take_over=True)
        for pause in pauses:
            self.wait(pause)
            self.run(Fault(), take_over=True)

    @precondition(lambda self: self.office.hooks.under_way)
    @rule()
    def what_is_under_way_arrives(self):
        self.land()

    @precondition(lambda self: self.days >= 4)
    @rule()
    def quiet_mornings(self):
        """Whatever was begun is finished by a few runs that nobody disturbs, and then there is nothing more to do."""
        self.days = 0
        self.land()
        for _ in range(4):
            self.wait(2 * HOUR)
            self.run(Fault(), take_over=True)
        if self.people.asks():
            self.run(Fault(), take_over=True)  # Sends a draft that was made only this morning.
        before = self.everything()
        self.run(Fault(), take_over=True)
        assert self.everything() == before, "a run without news has written something"
        self.check_letters()
        self.check_rows()

    def teardown(self):
        if hasattr(self, "office") and sys.exc_info()[0] is None:
            self.quiet_mornings()

    # -- how it happens ------------------------------------------------------------------------------------------------

    def wait(self, while_):
        """After an hour search finds everything, and no request is under way any more."""
        self.office.time += while_
        if while_ >= HOUR:
            self.office.mailbox.unsearchable.clear()
            self.office.hooks.under_way.clear()

    def do(self, act, call):
        """A person acts, before a call of a run's ("" for none)."""
        name, choice = act
        if name in People.MAIL and call not in REWRITES:
            self.forget(REWRITES)
            self.people.act(name, choice)
        elif name in People.SHEET and call != "write":
            self.forget({"write"})
            self.clear_actions()
            self.people.act(name, choice)

    def forget(self, names):
        """Requests that are still under way never arrive: they would undo what a person does now, unseen."""
        way = self.office.hooks.under_way
        way[:] = [each for each in way if each[0] not in names]

    def land(self):
        self.judge_what_went()
        self.office.hooks.land()
        self.went = self.sent()

    def run(self, fault, other=None, *, take_over):
        calm = fault.kind is Kind.CALM and not fault.landing
        allowed = (Killed, LeaseHeld, Unreachable) if not calm else () if take_over else (LeaseHeld,)
        outer, self.other = (self.free, self.other), other
        with contextlib.suppress(*allowed), trouble(self.office.hooks, fault, self):
            prepared = prepare(self.office.desk, accept=KNOWN)
            carry_out(self.office.desk, prepared, accept=KNOWN, take_over=take_over)
        self.judge_what_went()
        self.clear_actions()
        self.free, self.other = outer

    def meanwhile(self, call):
        self.judge_what_went()
        other = self.other
        self.wait(other.pause)
        for act in other.acts:
            self.do(act, call)
        FIGURES["edits between two calls of a run in the office"] += len(other.acts)
        FIGURES["concurrent runs in the office"] += other.runs
        if other.runs:
            self.run(Fault(), take_over=True)

    def look(self):
        self.free = self.people.free()

    # -- what is there -------------------------------------------------------------------------------------------------

    def log(self):
        """The events of the log, decoded once while it does not change."""
        rows = self.office.sheet.grids["Reminder log"]
        if len(rows) != self.decoded[0]:
            self.decoded = len(rows), decode(self.office.sheet._table("Reminder log"))
        return self.decoded[1]

    def sent(self):
        return {each.id for each in self.office.mailbox.all.values() if "SENT" in each.labels}

    def letter(self, message_id, history):
        """The letter of ours that a message is, also where the reviewer has edited the reference away; or None."""
        mail = self.office.mailbox.all[message_id].mail()
        words = self.people.words
        return next(
            (
                each
                for each in history.letters.values()
                if is_letter(mail, each.id) or words.get(each.draft_id) in mail.text.split()
            ),
            None,
        )

    def parts(self, message_id, history):
        """What a message of ours does for its invoices; nothing for a mail that is not ours."""
        letter = self.letter(message_id, history)
        return letter.climbed if letter else ()

    def everything(self):
        mailbox, sheet = self.office.mailbox, self.office.sheet
        mails = [(each.id, sorted(each.labels)) for each in mailbox.all.values()]
        return (
            [[list(row) for row in rows] for rows in sheet.grids.values()],
            dict(sheet.chain_),
            mails,
            dict(sheet.notes),
        )

    # -- what must hold ------------------------------------------------------------------------------------------------

    def judge_what_went(self):
        """What we have sent since the last look: only about invoices that might be written about when we looked."""
        new = self.sent() - self.went - self.people.by_hand
        self.went = self.sent()
        history = fold(self.log()) if new else None
        for message in new:
            told = {part.invoice for part in self.parts(message, history)}
            assert told, "a letter went that the log does not know"
            assert told <= self.free, f"{told - self.free} got a letter although nobody may write about it"

    def clear_actions(self):
        """An Action's cell may be emptied by us once the log has it as asked."""
        asked = {(each.invoice, each.note) for each in self.log() if each.name == Name.ASKED}
        self.people.check_hands(asked)

    @invariant()
    def the_promises(self):
        if hasattr(self, "office"):
            self.people.check_words()
            self.check_log()
            self.check_sent()

    def check_log(self):
        """No event is missing, and none is there twice."""
        events = self.log()
        assert [each.sequence for each in events] == list(range(1, len(events) + 1))
        assert len(events) == max((each.events for each in self.office.sheet.chain_.values()), default=0)

    def check_sent(self):
        """No reminder went twice, and no level fell."""
        history, highest = fold(self.log()), defaultdict(list)
        for message in sorted(self.sent()):
            for part in self.parts(message, history):
                behind = highest[part.invoice, part.cycle]
                FIGURES["duplicates"] += part.offset in behind
                assert part.offset not in behind, f"{part.invoice} got {part.level} twice"
                assert message in self.people.by_hand or part.offset > max(behind, default=-99)
                behind.append(part.offset)

    def check_letters(self):
        """Every letter is where the log says, and none is there twice."""
        mailbox, history = self.office.mailbox, fold(self.log())
        letters = {each.draft_id: each for each in history.letters.values()}
        there = Counter(part for message in self.sent() for part in self.parts(message, history))
        for draft, message in mailbox.draft_ids.items():
            mail = mailbox.all[message].mail()
            assert draft in letters or not (spreadsheet_of(mail) or quoted(mail)), (
                "a draft that the log does not know"
            )
            if draft in letters and draft not in self.people.fished and "TRASH" not in mail.labels:
                there.update(letters[draft].climbed)
        twice = {part: number for part, number in there.items() if number > 1}
        FIGURES["letters counted"] += there.total()
        FIGURES["duplicates"] += len(twice)
        assert not twice
        went = [self.letter(message, history) for message in self.sent()]
        for letter in history.letters.values():
            assert letter.state not in {State.OPENED, State.GONE, State.SENDING, State.WITHDRAWING}
            FIGURES["losses"] += self.lost(letter, went)
            if letter.state is State.DRAFTED:
                assert "TRASH" not in mailbox.all[mailbox.draft_ids[letter.draft_id]].labels
            if letter.state is State.SENT:
                assert letter in went
            elif letter.state.open:
                assert letter not in went or letter.draft_id in self.people.words, (
                    "it went, and the log does not say so"
                )

    def lost(self, letter, went):
        """Whether the log takes a letter for sent, or for a draft, that is nowhere."""
        there = letter.draft_id in self.office.mailbox.draft_ids
        return {State.SENT: letter not in went, State.DRAFTED: not there}.get(letter.state, False)

    def check_rows(self):
        """Every status stands by its invoice."""
        history, header = fold(self.log()), list(map(str, self.office.rows[0]))
        for cells in self.office.rows[1:]:
            row = dict(zip(header, map(str, cells), strict=False))
            letters = history.letters_of(row["Invoice"])
            FIGURES["rows compared"] += 1
            if named := re.search(r"SD-\w{6}", row.get("Draft", "")):
                FIGURES["wrong rows"] += named[0] not in {letter.id for letter in letters}
                assert named[0] in {letter.id for letter in letters}
            if row.get("Reminder status", "").startswith("Draft ready"):
                assert any(
                    letter.state is State.DRAFTED for letter in letters if letter.part(row["Invoice"]).climbed
                )
            assert row.get("Reminder status") or row["Invoice"] not in self.people.free()


soak = float(os.environ.get("SHEETSDUN_SOAK", "0"))
Months.TestCase.settings = settings(
    max_examples=int(soak * 3000) or 40,
    stateful_step_count=40 if soak else 12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


class TestMonths(Months.TestCase):
    """The machine, whose figures are told at the end."""

    @pytest.fixture(autouse=True)
    def told(self, figures):
        FIGURES.clear()
        yield
        figures.update(FIGURES)


if soak:
    TestMonths = pytest.mark.timeout(0)(TestMonths)
