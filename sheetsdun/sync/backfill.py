"""The first day: levels that old invoices have behind them, recorded as done before there was a log.

One ``skipped`` event at a level is enough: the ladder goes on above the highest level that is completed. Its day is
today, so that the next level keeps its distance from now on and nobody gets two letters at once. A level that is in
the log already is not recorded again, so a second run finds nothing to do.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from sheetsdun.domain.backfill import backfill
from sheetsdun.domain.climb import height
from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Policy, Rung
from sheetsdun.domain.reminder import part
from sheetsdun.domain.terms import Terms
from sheetsdun.journal.lease import Lease
from sheetsdun.journal.pen import Pen
from sheetsdun.ports import Snapshot
from sheetsdun.rows.text import token
from sheetsdun.sync import guards
from sheetsdun.sync.claims import Claim, Source, place_of
from sheetsdun.sync.guards import Accept
from sheetsdun.sync.judge import decide_all
from sheetsdun.sync.reading import read
from sheetsdun.sync.run import Run, by_part
from sheetsdun.sync.settings import Desk
from sheetsdun.sync.understand import understand

BEFORE_US = "before sheetsdun"
"""Note of the events."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One invoice whose level will be recorded, and what is decided for it afterwards."""

    invoice: Invoice
    rung: Rung
    then: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """What a backfill would record.

    Attributes:
        chosen: In the order of the claims.
        left_out: How many invoices are left out, by the reason in words.
        mistakes: What is wrong with the claims, place by place; if there is any, nothing may be written.
        events: What would be written.
    """

    run: Run
    snapshot: Snapshot
    logged: int
    chosen: Sequence[Chosen] = ()
    left_out: Counter[str] = field(default_factory=Counter)
    mistakes: Sequence[str] = ()
    events: Sequence[Event] = ()


def look(
    desk: Desk, source: Source, *, today: dt.date | None = None, accept: Collection[Accept] = ()
) -> Backfill:
    """Find out what would be recorded. Nothing is changed.

    Raises:
        Refused: Something is strange about the sheet.
        UsageError: The source names something that is not there.
        Unreachable: Google cannot be had.
    """
    run, snapshot, events = read(desk, today)
    history = fold(events)
    invoices, terms = understand(snapshot.tables, desk.settings, snapshot.locale)
    guards.check_sheet(run, snapshot, history, len(invoices), accept)
    claims = [*source(invoices, snapshot, terms)]
    found = _Sorting(invoices, history, terms, run.today)
    for claim in claims:
        found.take(claim)
    new = [event for invoice, rung in found.chosen for event in _events(run, invoice, rung, history)]
    after = fold([*events, *new])
    then = {each.invoice.id: each for each in decide_all(invoices, after, terms, run.today)}
    note = guards.numbers(snapshot, len(invoices))
    return Backfill(
        run=run,
        snapshot=snapshot,
        logged=history.count,
        chosen=[Chosen(invoice, rung, then[invoice.id]) for invoice, rung in found.chosen],
        left_out=found.left_out,
        mistakes=found.mistakes,
        events=[run.event(Name.RUN, note=note), *new] if new else [],
    )


def record(desk: Desk, found: Backfill) -> None:
    """Write what was found, in one fenced append.

    Raises:
        LeaseHeld: Another run is at work, or has gone on since ``look``: nothing was written.
        Refused: There is no room for the events.
        Unreachable: Google cannot be had.
    """
    assert not found.mistakes
    guards.check_room(found.snapshot, found.run.now(), 1, len(found.events))
    run, snapshot = found.run, found.snapshot
    lease = Lease(
        desk.sheet, snapshot.links, owner=run.id, events=found.logged, now=run.now, pause=desk.pause
    )
    header = snapshot.tables[desk.settings.tabs.log].header
    Pen(lease, last=found.logged, header=header, now=run.now).write(found.events, last=True)


class _Sorting:
    """Claims, sorted into what will be recorded, what is left out, and mistakes."""

    def __init__(self, invoices: Sequence[Invoice], history: History, terms: Terms, today: dt.date) -> None:
        self.history = history
        self.terms = terms
        self.today = today
        self.rows: dict[str, list[Invoice]] = {}
        for invoice in invoices:
            if invoice.id:
                self.rows.setdefault(invoice.id.casefold(), []).append(invoice)
        self.said: dict[str, Claim] = {}
        self.chosen: list[tuple[Invoice, Rung]] = []
        self.left_out: Counter[str] = Counter()
        self.mistakes: list[str] = []

    def take(self, claim: Claim) -> None:
        """Sort one claim."""
        name = token(claim.invoice).casefold()
        several = self.rows.get(name, [])
        earlier = self.said.setdefault(name, claim)
        if not several:
            self._wrong(claim, f"there is no invoice “{claim.invoice}” in the sheet")
        elif len(several) > 1:
            self._wrong(claim, f"“{claim.invoice}” stands in {len(several)} rows of the sheet")
        elif earlier is not claim and earlier.level.casefold() != claim.level.casefold():
            self._wrong(claim, f"“{claim.invoice}” is at “{earlier.level}” in {earlier.where}")
        elif earlier is claim:
            self._sort(claim, several[0])

    def _sort(self, claim: Claim, invoice: Invoice) -> None:
        policy = self.terms.policy(invoice.escalation)
        place = place_of(policy, claim.level) if policy else None
        if place is None and claim.of_many:
            self.left_out[self._no_place(claim, invoice, policy)] += 1
        elif policy is None:
            self._wrong(claim, f"its row names the policy “{invoice.escalation}”, which there is not")
        elif place is None:
            names = ", ".join(level.name for level in policy.levels)
            self._wrong(claim, f"the policy “{policy.name}” has no level “{claim.level}”, but {names}")
        else:
            rung = Rung(policy, place)
            found = backfill(
                [invoice], self.history, self.terms, self.today, due_before=dt.date.max, level=rung.level.name
            )
            self.chosen += found
            if not found:
                self.left_out[self._why_not(invoice, rung)] += 1

    def _why_not(self, invoice: Invoice, rung: Rung) -> str:
        known = self.history.of(invoice.id)
        reached = height(rung.policy, known.completions)
        if reached >= rung.place:
            return "that far already"
        words = {Verdict.CLOSED: "closed", Verdict.REVIEW: "with an open letter"}
        return words.get(self._verdict(invoice), "with a problem")

    def _no_place(self, claim: Claim, invoice: Invoice, policy: Policy | None) -> str:
        if self._verdict(invoice) is Verdict.CLOSED:
            return "closed"
        return (
            f"of the policy “{policy.name}”, which has no level “{claim.level}”"
            if policy
            else "with a problem"
        )

    def _verdict(self, invoice: Invoice) -> Verdict:
        return decide_all([invoice], self.history, self.terms, self.today)[0].verdict

    def _wrong(self, claim: Claim, why: str) -> None:
        self.mistakes.append(f"{claim.where}: {why}")


def _events(run: Run, invoice: Invoice, rung: Rung, history: History) -> list[Event]:
    base = run.event(Name.SKIPPED, effective=run.today, debtor=invoice.debtor, note=BEFORE_US)
    base = replace(base, currency=invoice.currency)
    return by_part(base, [part(invoice, rung, history.of(invoice.id).cycle)])
