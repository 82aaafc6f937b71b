"""A forecast is what a run each morning comes to, when everything that falls due goes on its day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from debts import DUE, Office, _fields, invoice, terms
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.event import Name
from sheetsdun.domain.forecast import forecast
from sheetsdun.domain.history import State
from sheetsdun.domain.invoice import Hold, Standing
from sheetsdun.domain.policy import Basis, Climb, Delivery, Level, Policy
from sheetsdun.domain.reminder import part
from sheetsdun.domain.terms import Group

STANDARD = Policy(
    "standard",
    (
        Level(name="courtesy", offset=-3, template="courtesy"),
        Level(name="friendly", offset=3, template="friendly", deadline_days=5),
        Level(name="call", offset=8, template="call", delivery=Delivery.TASK),
        Level(name="firm", offset=12, template="firm"),
        Level(name="final", offset=20, template="final", waives_gap=True),
        Level(name="last", offset=9, template="last", basis=Basis.PREVIOUS),
    ),
)
JUMP = Policy("jump", STANDARD.levels[:5], Climb.JUMP)
HORIZON = 40

ROWS = st.lists(
    st.builds(
        dict,
        due=st.integers(-30, 12).map(lambda offset: DUE + dt.timedelta(offset)),
        customer=st.sampled_from(["Weber KG", "Weber KG", "Ito & Co."]),
        currency=st.sampled_from(["EUR", "EUR", "USD"]),
        amount=st.sampled_from([100, 100, 100, -60]).map(Decimal),
        escalation=st.sampled_from(["", "", "jump"]),
        hold=st.sampled_from([None] * 6 + [Hold(), Hold(DUE + dt.timedelta(11))]),
        promise=st.sampled_from([None] * 6 + [DUE + dt.timedelta(4)]),
        standing=st.sampled_from([Standing.OPEN] * 8 + [Standing.DISPUTED]),
    ),
    min_size=2,
    max_size=6,
)


def live(office: Office, today: dt.date, payments: dict[str, dt.date]) -> list[tuple[str, str]]:
    """One morning by the office: its plan, every letter sent, every draft, every task done; what climbed."""
    for name, day in payments.items():
        if day == today:
            office.edit(name, paid=Decimal(100))
    climbed = []
    office.today = today
    before = set(office.open()) if office.terms.calendar.is_sending_day(today) else set()
    planned = office.run(today, send=True)
    flagged = {stale.letter for stale in planned.flags}
    for letter in sorted(before & set(office.open()) - flagged):
        office.tell(letter, Name.SENT)
        climbed += [(each.invoice, each.level) for each in office.history.letters[letter].climbed]
    for reminder in planned.reminders:
        climbed += [(each.invoice, each.level) for each in reminder.parts if each.climbed]
    for task in planned.tasks:
        done = part(task.decision.invoice, task.rung, task.decision.cycle)
        office.log(Name.DONE, effective=today, **_fields(done))
        climbed.append((done.invoice, done.level))
    return sorted(climbed)


@settings(max_examples=40, deadline=None)
@given(
    rows=ROWS,
    group=st.sampled_from(Group),
    gap=st.sampled_from([0, 5]),
    limit=st.sampled_from([0, 0, 1]),
    drafted=st.lists(st.integers(-20, -1), min_size=1, max_size=3),
    sent=st.booleans(),
    edited=st.booleans(),
    repriced=st.booleans(),
    paying=st.dictionaries(st.integers(0, 3), st.integers(0, 20), max_size=3),
)
def test_it_is_what_a_run_each_morning_comes_to(
    rows, group, gap, limit, drafted, sent, edited, repriced, paying
):
    of = terms(STANDARD, JUMP, group=group, min_gap_days=gap, per_day=limit, calendar=Calendar())
    office = Office(*(invoice(f"I{number}", **cells) for number, cells in enumerate(rows)), terms=of)
    for number, offset in enumerate(sorted(drafted)):
        office.run(DUE + dt.timedelta(offset), send=sent and number == 0)
    for letter in office.open(state=State.DRAFTED)[:1] if edited else ():
        office.tell(letter, Name.EDITED)
    if repriced:  # what a draft says of it is no longer so
        office.edit("I0", paid=Decimal(10))
    payments = {
        f"I{number}": DUE + dt.timedelta(offset)
        for number, offset in paying.items()
        if number < len(rows) and rows[number]["amount"] > 0
    }
    last = DUE + dt.timedelta(HORIZON)
    told = forecast(office.rows, office.history, of, DUE, last, payments)
    foreseen = {
        day.day: sorted(
            [(each.invoice, each.level) for seen in day.letters for each in seen.letter.climbed]
            + [(task.decision.invoice.id, task.rung.level.name) for task in day.tasks]
        )
        for day in told.days
        if day.letters or day.tasks
    }
    lived = {}
    for number in range(HORIZON + 1):
        today = DUE + dt.timedelta(number)
        if climbed := live(office, today, payments):
            lived[today] = climbed
    assert foreseen == lived
    assert [each.verdict for each in told.decisions] == [each.verdict for each in office.decisions(last)]
