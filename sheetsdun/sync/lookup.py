"""What is known of single invoices: their rows, their events, and what is decided for them. Reads the sheet only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from sheetsdun.domain.decision import Decision
from sheetsdun.domain.event import Event, in_order
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.terms import Terms
from sheetsdun.errors import UsageError
from sheetsdun.ports import Snapshot
from sheetsdun.rows.identity import JOINT
from sheetsdun.rows.text import token
from sheetsdun.sync.judge import Judgement, judge
from sheetsdun.sync.reading import read
from sheetsdun.sync.run import Run
from sheetsdun.sync.settings import Desk
from sheetsdun.sync.understand import understand

_SUGGESTED = 5


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """The sheet and its log at one moment.

    Attributes:
        events: The log, in order; of a damaged one what stands before the damage.
        broken: The first event that is missing; None for a whole log.
        history: The log, folded.
        terms: What counts: the config's, with what the sheet adds.
        invoices: The rows, in order.
        judgement: What is decided for them, and what people ask for.
    """

    run: Run
    snapshot: Snapshot
    events: Sequence[Event]
    broken: int | None
    history: History
    terms: Terms
    invoices: Sequence[Invoice]
    judgement: Judgement

    @property
    def decisions(self) -> Sequence[Decision]:
        """One for each row."""
        return self.judgement.plan.decisions

    @cached_property
    def _by_invoice(self) -> Mapping[str, Decision]:
        return {decision.invoice.id: decision for decision in reversed(self.decisions)}

    @cached_property
    def _identities(self) -> tuple[str, ...]:
        """Every identity in the sheet or in the log."""
        logged = (event.invoice for event in self.events if event.invoice)
        in_sheet = (decision.invoice.id for decision in self.decisions if decision.invoice.id)
        return tuple(dict.fromkeys([*in_sheet, *logged]))

    def decision(self, invoice: str) -> Decision | None:
        """What is decided for the invoice; None where it has no row."""
        return self._by_invoice.get(invoice)

    def events_of(self, invoice: str) -> list[Event]:
        """Its events, oldest first."""
        return [event for event in self.events if event.invoice == invoice]

    def identity(self, typed: str) -> str:
        """The invoice that a person means: without regard to case, and by its number alone where that is enough.

        Raises:
            UsageError: There is none, or there are several; near ones are named.
        """
        wanted = token(typed).casefold()
        exact = [name for name in self._identities if name.casefold() == wanted]
        named = exact or [name for name in self._identities if name.casefold().split(JOINT)[0] == wanted]
        if len(named) == 1:
            return named[0]
        if named:
            raise UsageError(
                f"Several invoices have the number “{typed}”: {', '.join(f'“{name}”' for name in named)}.",
                "Write the whole identity, in quotes.",
            )
        near = self._near(wanted)
        raise UsageError(
            f"There is no invoice “{typed}”, neither in the sheet nor in the log.",
            f"Did you mean {' or '.join(near)}?" if near else "",
        )

    def _near(self, wanted: str) -> list[str]:
        by_key = {name.casefold(): name for name in self._identities}
        close = get_close_matches(wanted, by_key, n=_SUGGESTED, cutoff=0.7)
        near = (name for key, name in by_key.items() if key in close or (len(wanted) > 1 and wanted in key))
        return [*near][:_SUGGESTED]


def look_up(desk: Desk, today: dt.date | None = None) -> Lookup:
    """Read the sheet, and decide from its log as it stands: the mailbox is not asked.

    Raises:
        Refused: There is no log tab, or a row of it is no event any more.
        Unreachable: Google cannot be had.
    """
    run, snapshot, events = read(desk, today)
    history = fold(events)
    invoices, terms = understand(snapshot.tables, desk.settings, snapshot.locale)
    whole, broken = in_order(events)
    return Lookup(
        run=run,
        snapshot=snapshot,
        events=whole,
        broken=broken,
        history=history,
        terms=terms,
        invoices=invoices,
        judgement=judge(invoices, history, terms, run.today),
    )
