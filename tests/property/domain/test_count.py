"""A plain count, written without the ladder's code, of what random ledgers must get."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from debts import DUE, Office, invoice, ladder, rows, terms
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsdun.domain.invoice import Standing
from sheetsdun.domain.terms import Group

COURTESY, LATER = -3, (3, 10, 20, 30)

LEDGER = st.lists(
    st.tuples(st.integers(-20, 20), st.integers(-25, 25), st.integers(0, 80)), min_size=1, max_size=5
)
"""Due (days after ``DUE``), issued (days after due), and for how many days it stands open."""


def expected(due: int, issued: int, stands: int) -> list[tuple[int, int]]:
    """Offset of each level and the day on which it goes: arithmetic on day numbers."""
    first, last = due + issued, due + issued + stands - 1
    went = [(COURTESY, due + COURTESY)] if first <= due + COURTESY <= last else []
    earliest = first
    for place, offset in enumerate(LATER):
        at = max(due + offset, earliest)
        if at > last:
            break
        went.append((offset, at))
        if place + 1 < len(LATER):
            earliest = at + LATER[place + 1] - offset
    return went


@settings(max_examples=40, deadline=None)
@given(LEDGER)
def test_the_ladder_agrees_with_a_plain_count(ledger):
    of = terms(ladder(COURTESY, *LATER), group=Group.INVOICE, min_gap_days=0)
    everything = rows(
        *(invoice(f"I{number}", due=DUE + dt.timedelta(due)) for number, (due, _, _) in enumerate(ledger))
    )
    office = Office(terms=of)
    went = []
    for today in range(-50, 130):
        # On the sheet from the day of issue; marked paid from the day of settlement.
        office.rows = [
            row if today < due + issued + stands else replace(row, standing=Standing.PAID)
            for row, (due, issued, stands) in zip(everything, ledger, strict=True)
            if today >= due + issued
        ]
        planned = office.run(DUE + dt.timedelta(today), send=True)
        went += [(each.climbed[0].invoice.id, each.level.offset, today) for each in planned.reminders]
    wanted = [(f"I{number}", *each) for number, row in enumerate(ledger) for each in expected(*row)]
    assert Counter(went) == Counter(wanted)
