"""Whatever a row and a log say, there is exactly one decision, and its date keeps its word."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from debts import DUE, Office, days, invoice, terms
from hypothesis import assume, given
from hypothesis import strategies as st

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.decide import decide
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.fold import fold
from sheetsdun.domain.invoice import Action, Hold, Problem, Standing
from sheetsdun.domain.plan import plan
from sheetsdun.domain.policy import Basis, Climb, Delivery, Kind, Level, Policy
from sheetsdun.domain.reasons import Code

ANY_DAY = st.dates()
NEAR = st.integers(-60, 120).map(lambda offset: DUE + dt.timedelta(offset))
DUE_DAYS = st.one_of(st.none(), NEAR, ANY_DAY)
SUMS = st.one_of(
    st.none(), st.decimals(allow_nan=False, allow_infinity=False, places=2), st.integers(-3, 3).map(Decimal)
)


@st.composite
def policies(draw, name="standard"):
    """Ladders of up to five levels, sensible or not."""
    levels = []
    for place in range(draw(st.integers(0, 5))):
        level = Level(
            name=f"{name}{place}",
            offset=draw(st.integers(-40, 90)),
            template="t",
            basis=draw(st.sampled_from(Basis)),
            delivery=draw(st.sampled_from(Delivery)),
            deadline_days=draw(st.sampled_from([0, 0, 1, 5, 30])),
            cc=draw(st.sampled_from([(), ("manager",), ("boss@we.example",)])),
            waives_gap=draw(st.booleans()),
        )
        levels.append(level)
    return Policy(name, tuple(levels), draw(st.sampled_from(Climb)))


@st.composite
def some_terms(draw):
    """Calendars with a day off at least, and two ladders."""
    calendar = Calendar(
        days=draw(st.frozensets(st.integers(0, 6), min_size=1)), closed=lambda one: one.day in {1, 24, 25}
    )
    return terms(
        draw(policies()),
        draw(policies("other")),
        calendar=calendar,
        min_gap_days=draw(st.integers(0, 9)),
        per_day=draw(st.integers(0, 3)),
        promise_grace_days=draw(st.integers(0, 3)),
    )


PROBLEMS = st.builds(
    Problem, st.sampled_from(["amount", "due", "email", "action", "hold_until", ""]), st.just("odd")
)


@st.composite
def invoices(draw):
    """Rows, sensible or not."""
    return invoice(
        draw(st.sampled_from("ABC")),
        row=draw(st.integers(2, 9)),
        customer=draw(st.sampled_from(["Weber KG", "weber  kg", ""])),
        emails=draw(st.sampled_from([(), ("ap@weber.example",), ("AP@weber.example", "b@weber.example")])),
        amount=draw(SUMS),
        paid=draw(SUMS),
        currency=draw(st.sampled_from(["EUR", "USD", ""])),
        due=draw(DUE_DAYS),
        standing=draw(st.sampled_from(Standing)),
        escalation=draw(st.sampled_from(["", "standard", "other", "OTHER", "nobody"])),
        stopped=draw(st.booleans()),
        hold=draw(st.one_of(st.none(), st.builds(Hold, st.one_of(st.none(), NEAR, ANY_DAY)))),
        promise=draw(st.one_of(st.none(), NEAR, ANY_DAY)),
        action=draw(st.one_of(st.none(), st.sampled_from(Action))),
        problems=tuple(draw(st.lists(PROBLEMS, max_size=2))),
    )


@st.composite
def logs(draw):
    """Logs that no program would write."""
    events = []
    for number in range(draw(st.integers(0, 12))):
        event = Event(
            time=dt.datetime(2026, 3, 1, number, tzinfo=dt.UTC),
            day=draw(NEAR),
            run="r",
            name=draw(st.sampled_from([*Name, "later"])),
            sequence=number + 1,
            effective=draw(st.one_of(st.none(), NEAR)),
            letter=draw(st.sampled_from(["", "L1", "L2"])),
            role=draw(st.sampled_from(["", "climbed", "listed"])),
            invoice=draw(st.sampled_from(["", "A", "B", "C", "D"])),
            debtor=draw(st.sampled_from(["", "weber kg <ap@weber.example>"])),
            policy=draw(st.sampled_from(["", "standard", "other", "gone"])),
            level=draw(st.sampled_from(["", "standard0", "standard1", "other0", "gone"])),
            offset=draw(st.integers(-40, 90)),
            currency=draw(st.sampled_from(["", "EUR"])),
            note=draw(st.sampled_from(["", *Action])),
        )
        events.append(event)
    return events


@given(st.lists(invoices(), max_size=5), logs(), some_terms(), NEAR)
def test_every_invoice_gets_one_decision_whatever_the_row_and_the_log_say(rows, events, of, today):
    rows = [replace(row, row=place) for place, row in enumerate(rows, start=2)]
    history = fold(events)
    decisions = [decide(row, history.of(row.id), history.letters_of(row.id), of, today) for row in rows]
    planned = plan(decisions, history, of, today)
    for final in (decisions, planned.decisions):
        assert [decision.invoice for decision in final] == rows
        for decision in final:
            assert decision.reason.code in set(Code)
            assert decision.verdict is not Verdict.REMIND or decision.rung is not None
            assert decision.until is None or decision.until > today


@given(st.lists(invoices(), max_size=4), logs(), some_terms(), NEAR)
def test_actions_never_fail(rows, events, of, today):
    office = Office(*rows, terms=of)
    office.events = events
    with_action = [row.row for row in office.rows if row.action]
    assert [deed.invoice.row for deed in office.asked(today).deeds] == with_action


GOOD_ROWS = st.builds(
    invoice,
    st.just("A"),
    due=NEAR,
    hold=st.one_of(st.none(), st.none(), st.builds(Hold, NEAR)),
    promise=st.one_of(st.none(), st.none(), NEAR),
)


@given(GOOD_ROWS, some_terms(), NEAR)
def test_nothing_changes_by_itself_before_the_day_that_a_decision_names(row, of, today):
    office = Office(row, terms=of)
    first = office.decide(today, row.id)
    assume(first.until is not None and (first.until - today).days < 100)
    for later in days((today - DUE).days, (first.until - DUE).days - 1):
        assert (office.decide(later, row.id).verdict, office.decide(later, row.id).until) == (
            first.verdict,
            first.until,
        )
    on_the_day = office.decide(first.until, row.id)
    assert (on_the_day.verdict, on_the_day.until) != (first.verdict, first.until)


@given(policies(), NEAR, st.integers(0, 30), st.integers(0, 60))
def test_everything_sent_each_level_goes_once_in_order_and_in_its_time(policy, start, amount, length):
    of = terms(policy, calendar=Calendar(), min_gap_days=0)
    office = Office(invoice("A", amount=Decimal(amount + 1)), terms=of)
    went = []
    for offset in range(length):
        today = start + dt.timedelta(offset)
        planned = office.run(today, send=True)
        for task in planned.tasks:
            office.log(
                Name.DONE,
                invoice="A",
                policy=policy.name,
                level=task.rung.level.name,
                offset=task.rung.offset,
            )
        went += [(today, reminder.rung) for reminder in planned.reminders]
        went += [(today, task.rung) for task in planned.tasks]
    places = [rung.place for _, rung in went]
    assert places == sorted(set(places))
    for today, rung in went:
        assert today.weekday() < 5
        if rung.level.kind is Kind.UPCOMING:
            assert today <= DUE
        else:
            assert today > DUE
        if rung.level.basis is Basis.DUE:
            assert today >= DUE + dt.timedelta(rung.level.offset)
