"""The promises of the ladder, each by itself: whatever the rows, the terms and the days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from debts import DUE, Office, day, days, invoice, terms
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.event import Name
from sheetsdun.domain.history import State
from sheetsdun.domain.invoice import Hold, Invoice, Standing
from sheetsdun.domain.plan import Plan
from sheetsdun.domain.policy import Basis, Climb, Delivery, Kind, Level, Policy
from sheetsdun.domain.terms import Group, Terms

LAST = 45
few = settings(max_examples=40, deadline=None)


@st.composite
def climbing(
    draw: Any, name: str = "standard", bases: Any = (Basis.DUE,), *, upcoming: bool = True
) -> Policy:
    """A ladder of letters as a config may have it."""
    usual = st.sampled_from([-9, -3, 0, 1, 5, 6, 12, 20, 40] if upcoming else [1, 5, 6, 12, 20, 40])
    offsets = draw(st.lists(usual, min_size=1, max_size=5, unique=True))
    levels = [
        Level(name=f"{name}{place}", offset=offset, template=f"{name}{place}")
        for place, offset in enumerate(sorted(offsets))
    ]
    for place in range(1, len(levels)):
        basis = draw(st.sampled_from(bases))
        days_on = draw(st.integers(1, 15)) if basis is Basis.PREVIOUS else levels[place].offset
        levels[place] = replace(levels[place], basis=basis, offset=days_on)
    return Policy(name, tuple(levels))


@st.composite
def debts(draw: Any, *, most: int = 5) -> list[Invoice]:
    """Good rows of few debtors, each with a number of its own."""
    return [
        invoice(
            f"I{number}",
            row=number + 2,
            customer=draw(st.sampled_from(["Weber KG", "Weber KG", "Weber KG", "Ito & Co.", "Li", "Roy"])),
            amount=Decimal(draw(st.sampled_from([100, 100, 100, 40, -60]))),
            currency=draw(st.sampled_from(["EUR", "EUR", "USD"])),
            language=draw(st.sampled_from(["", "", "de"])),
            due=day(draw(st.sampled_from([-25, -5, -4, 0, 0, 0, 2, 7, 30]))),
            escalation=draw(st.sampled_from(["", "", "other"])),
        )
        for number in range(draw(st.integers(2, most)))
    ]


@st.composite
def houses(draw: Any, *, upcoming: bool = True) -> Terms:
    """Terms as a config may have them."""
    return terms(
        draw(climbing(upcoming=upcoming)),
        draw(climbing("other", upcoming=upcoming)),
        group=draw(st.sampled_from(Group)),
        min_gap_days=draw(st.integers(0, 9)),
        per_day=draw(st.sampled_from([0, 0, 1, 2])),
    )


def told(planned: Plan) -> object:
    """What a plan says, without the order in which it says it."""
    decisions = {
        each.invoice.id: (each.verdict, each.reason, each.level, each.until) for each in planned.decisions
    }
    letters = {
        (
            frozenset(each.invoice.id for each in letter.climbed),
            frozenset(each.id for each in (*letter.listed, *letter.credits)),
            letter.level,
            letter.total,
            letter.deadline,
            letter.send,
        )
        for letter in planned.reminders
    }
    return decisions, letters, {task.decision.invoice.id for task in planned.tasks}


@few
@given(debts(), houses(), st.randoms(use_true_random=False), st.integers(-9, 60), st.integers(0, 9))
def test_the_order_of_the_rows_is_irrelevant(rows, of, source, first, later):
    one, other = Office(*rows, terms=of), Office(*source.sample(rows, len(rows)), terms=of)
    for today in (day(first), day(first + later)):
        assert told(one.run(today, send=True)) == told(other.run(today, send=True))
    assert told(one.plan(day(first + later + 1))) == told(other.plan(day(first + later + 1)))


@few
@given(
    climbing(bases=tuple(Basis)),
    st.lists(st.integers(-12, LAST), max_size=25, unique=True),
    st.lists(st.sampled_from(["send", "send", "skip", "discard", "nothing"]), min_size=25, max_size=25),
)
def test_levels_never_fall_and_climbing_by_step_none_is_skipped(policy, run_days, then):
    office = Office(invoice(), terms=terms(policy, min_gap_days=0))
    sent = []
    for offset, deed in zip(sorted(run_days), then, strict=False):
        office.run(day(offset))
        for letter in office.open():
            if deed == "send":
                sent.append(office.letters[letter].rung.place)
                office.send_by_hand(letter, day(offset))
            elif deed != "nothing":
                office.tell(letter, Name.SKIPPED if deed == "skip" else Name.DISCARDED)
    places = [policy.position(done.level) for done in office.history.of("INV-1").completions]
    after = [place for place in places if policy.levels[place - 1].kind is Kind.OVERDUE]
    overdue = [place for place, level in enumerate(policy.levels, 1) if level.kind is Kind.OVERDUE]
    assert places == sorted(set(places))
    assert sent == sorted(set(sent))
    assert after == overdue[: len(after)]


NOT_TO_BE_WRITTEN_TO = (
    {"standing": Standing.PAID}, {"standing": Standing.VOID}, {"standing": Standing.DISPUTED},
    {"paid": Decimal(100)}, {"stopped": True}, {"hold": Hold()}, {"hold": Hold(day(LAST))}, {"promise": day(LAST)},
)  # fmt: skip


@few
@given(
    debts(),
    houses(),
    st.sampled_from(NOT_TO_BE_WRITTEN_TO),
    st.integers(-9, 40),
    st.integers(0, 20),
    st.booleans(),
)
def test_paid_held_disputed_stopped_or_promised_it_never_gets_a_letter(rows, of, cells, first, more, sends):
    office = Office(*rows, terms=of)
    office.run(day(first), send=sends)
    office.edit("I0", **cells)
    for today in days(first, min(first + more, LAST)):
        planned = office.run(today)
        shown = {
            each.invoice for letter in planned.reminders for each in letter.parts if each.role != "listed"
        } | {each.id for letter in planned.reminders for each in letter.listed}
        assert "I0" not in shown
        assert "I0" not in {task.decision.invoice.id for task in planned.tasks}
        drafts = [office.history.letters[letter] for letter in office.open()]
        assert not [draft for draft in drafts if draft.part("I0") and draft.part("I0").climbed]


@few
@given(debts(most=7), houses(), st.lists(st.integers(-12, LAST), max_size=40, unique=True))
def test_no_two_overdue_letters_to_a_debtor_within_min_gap_days(rows, of, run_days):
    office = Office(*rows, terms=of)
    went: dict[str, set[dt.date]] = defaultdict(set)
    for offset in sorted(run_days):
        for letter in office.run(day(offset), send=True).reminders:
            if letter.kind is Kind.OVERDUE:
                went[letter.debtor].add(day(offset))
    for dates in went.values():
        ordered = sorted(dates)
        pairs = pairwise(ordered)
        assert all((later - earlier).days >= of.min_gap_days for earlier, later in pairs)


@few
@given(
    debts(),
    houses(),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.frozensets(st.integers(-12, LAST), max_size=20),
    st.sampled_from([Delivery.SEND, Delivery.TASK]),
)
def test_nothing_goes_on_a_closed_day(rows, of, weekdays, closed, delivery):
    calendar = Calendar(weekdays, lambda one: (one - DUE).days in closed)
    policies = {
        name: replace(policy, levels=tuple(replace(level, delivery=delivery) for level in policy.levels))
        for name, policy in of.policies.items()
    }
    office = Office(*rows, terms=replace(of, calendar=calendar, policies=policies))
    for today in days(-12, LAST):
        planned = office.run(today)
        open_today = today.weekday() in weekdays and (today - DUE).days not in closed
        assert open_today or not (planned.reminders or planned.tasks)


@few
@given(
    debts(),
    houses(upcoming=False),
    st.frozensets(st.integers(-12, LAST), max_size=2),
    st.frozensets(st.integers(-12, LAST), min_size=5, max_size=25),
)
def test_the_answer_does_not_depend_on_when_the_scheduler_ran(rows, of, sent_on, ran_on):
    """Two schedulers, one of which runs on more days; on some days a person sends all drafts that are there.

    Without a limit of a day, which is a matter of the days on which one runs.
    """
    of = replace(of, per_day=0)
    busy, idle = Office(*rows, terms=of), Office(*rows, terms=of)
    for offset in sorted(sent_on | ran_on | {LAST}):
        for office in (busy, idle):
            if office is busy or offset in sent_on | {LAST}:
                office.run(day(offset))
            if offset in sent_on:
                for letter in office.open():
                    office.send_by_hand(letter, day(offset))
    assert told(busy.plan(day(LAST))) == told(idle.plan(day(LAST)))
    drafts = [
        {
            frozenset(part for part in letter.parts if part.climbed)
            for letter in office.history.letters.values()
            if letter.state is State.DRAFTED
        }
        for office in (busy, idle)
    ]
    assert drafts[0] == drafts[1]


@few
@given(debts(), houses(), st.integers(-9, LAST))
def test_jumping_it_is_the_highest_level_reached(rows, of, offset):
    jumping = {name: replace(policy, climb=Climb.JUMP) for name, policy in of.policies.items()}
    office = Office(*rows, terms=replace(of, policies=jumping, min_gap_days=0, per_day=0))
    for decision in (each for letter in office.run(day(offset)).reminders for each in letter.climbed):
        levels = decision.policy.levels
        reached = [
            level
            for level in levels
            if decision.invoice.due + dt.timedelta(level.offset) <= day(offset)
            and (
                level.kind is Kind.OVERDUE or decision.invoice.due + dt.timedelta(level.offset) == day(offset)
            )
        ]
        assert decision.level == reached[-1]
