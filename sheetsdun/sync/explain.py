"""All that there is to know of one invoice: what is decided, how, whose policy counts, and what would change it."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sheetsdun.domain.decision import Decision
from sheetsdun.domain.deed import Deed
from sheetsdun.domain.event import Event
from sheetsdun.domain.history import History, LetterHistory
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.outlook import Place, outlook
from sheetsdun.domain.plan import Stale
from sheetsdun.domain.terms import Terms
from sheetsdun.domain.trace import Step, trace
from sheetsdun.sync.lookup import Lookup, look_up
from sheetsdun.sync.settings import Desk, Settings
from sheetsdun.sync.understand import understand
from sheetsdun.sync.whatif import WhatIf, what_if


class Origin(enum.StrEnum):
    """Who says something about an invoice."""

    ROW = "row"
    CUSTOMER = "customer"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is known of one invoice.

    Attributes:
        name: Its identity.
        today: The run's day.
        terms: What counts.
        history: The whole log, folded.
        events: Those of the log that name the invoice, oldest first.
        decision: The final one; None where its row is not in the sheet any more. All below is empty then.
        others: Further rows that have the same identity.
        origin: Who names the policy.
        in_sheet: Whether that policy is written in the sheet, and not in the config.
        steps: Each question that was asked.
        ladder: Each level.
        changes: What would change the decision, and to what.
        deed: What the row's Action comes to; None where none stands there.
        stale: What the next sync does with an open draft of the invoice's, or would do were it not edited.
    """

    name: str
    today: dt.date
    terms: Terms
    history: History
    events: Sequence[Event]
    decision: Decision | None = None
    others: Sequence[int] = ()
    origin: Origin = Origin.DEFAULT
    in_sheet: bool = False
    steps: Sequence[Step] = ()
    ladder: Sequence[Place] = ()
    changes: Sequence[WhatIf] = ()
    deed: Deed | None = None
    stale: Sequence[Stale] = ()

    @property
    def letters(self) -> list[LetterHistory]:
        """Those that it is part of."""
        return self.history.letters_of(self.name)


def explain(
    desk: Desk, typed: Collection[str], today: dt.date | None = None
) -> tuple[Lookup, list[Explanation]]:
    """Explain some invoices. Nothing is changed, and the mailbox is not asked.

    Args:
        desk: What a run works with.
        typed: The invoices, as a person writes them.
        today: The run's day; None for the clock's.

    Raises:
        UsageError: There is no such invoice; near ones are named.
        Refused: There is no log tab, or a row of it is no event any more.
        Unreachable: Google cannot be had.
    """
    known = look_up(desk, today)
    names = dict.fromkeys(map(known.identity, typed))
    own = _own(known, desk.settings) if names else {}
    return known, [_explained(known, name, own, desk.settings) for name in names]


def _explained(known: Lookup, name: str, own: dict[int, Invoice], settings: Settings) -> Explanation:
    decision, today = known.decision(name), known.run.today
    bare = Explanation(
        name=name, today=today, terms=known.terms, history=known.history, events=known.events_of(name)
    )
    if decision is None:
        return bare
    invoice, plan = decision.invoice, known.judgement.plan
    letters = {letter.id for letter in bare.letters if letter.blocks(name)}
    policy = decision.policy
    return replace(
        bare,
        decision=decision,
        others=[
            each.invoice.row
            for each in known.decisions
            if each.invoice.id == name and each.invoice.row != invoice.row
        ],
        origin=_origin(invoice, own.get(invoice.row)),
        in_sheet=policy is not None and settings.terms.policies.get(policy.name) != policy,
        steps=trace(decision, known.history, known.terms, today, plan),
        ladder=outlook(decision, known.decisions, known.history, known.terms, today),
        changes=[*what_if(known, decision)],
        deed=next((deed for deed in known.judgement.asked.deeds if deed.invoice.row == invoice.row), None),
        stale=[each for each in (*plan.withdrawals, *plan.flags) if each.letter in letters],
    )


def _own(known: Lookup, settings: Settings) -> dict[int, Invoice]:
    """Each row without what the tab of customers adds to it."""
    alone = replace(settings, tabs=replace(settings.tabs, customers=""))
    invoices, _ = understand(known.snapshot.tables, alone, known.snapshot.locale)
    return {invoice.row: invoice for invoice in invoices}


def _origin(invoice: Invoice, own: Invoice | None) -> Origin:
    """Who has said which policy counts, or that none does."""

    def said(row: Invoice) -> tuple[object, ...]:
        return row.escalation, row.stopped, row.hold

    silent: tuple[object, ...] = ("", False, None)
    if own is not None and said(own) != silent:
        return Origin.ROW
    return Origin.DEFAULT if said(invoice) == silent else Origin.CUSTOMER
