"""What would be decided if somebody changed a cell or chose an Action: tried out with the very code that decides."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sheetsdun.domain.decision import Decision
from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History, State
from sheetsdun.domain.invoice import Action, Invoice, Standing
from sheetsdun.domain.outlook import neighbours
from sheetsdun.sync import actions
from sheetsdun.sync.judge import judge
from sheetsdun.sync.lookup import Lookup


class Change(enum.StrEnum):
    """What could happen to an invoice."""

    WAIT = "wait"
    """Nothing but time."""
    PAY = "pay"
    """The balance is paid."""
    UNSTOP = "unstop"
    """Escalation says stop no more."""
    CONTACT = "contact"
    """The customer may be contacted again."""
    UNHOLD = "unhold"
    """The hold is lifted."""
    SETTLE = "settle"
    """The dispute is settled."""
    UNPROMISE = "unpromise"
    """The promise is taken out."""
    SEND = "send"
    SEND_BY_HAND = "send_by_hand"
    """The draft is sent in Gmail, where Action send would not do it."""
    REDO = "redo"
    SKIP = "skip"
    CLEAR = "clear"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One change, and what is decided for the invoice then.

    Attributes:
        day: On which it would be decided.
    """

    change: Change
    day: dt.date
    then: Decision


def what_if(known: Lookup, decision: Decision) -> Iterator[WhatIf]:
    """Every change that makes a difference.

    Args:
        known: The sheet and its log.
        decision: The final one for the invoice.
    """
    invoice = decision.invoice
    corner = _Corner(known, decision)
    today = known.run.today
    if decision.until is not None and decision.until > today:
        yield WhatIf(Change.WAIT, decision.until, corner.decided({}, day=decision.until))
    for change, cells in _cells(invoice):
        then = corner.decided(cells)
        if _differ(then, decision):
            yield WhatIf(change, today, then)
    for action in Action:
        acted = corner.acted(action)
        if action is Action.SEND and acted is None and (sent := corner.sent_by_hand()) is not None:
            yield WhatIf(Change.SEND_BY_HAND, today, sent)
        if acted is not None and _differ(acted, decision):
            yield WhatIf(Change(action), today, acted)


def _cells(invoice: Invoice) -> Iterator[tuple[Change, dict[str, Any]]]:
    """What people can write into the row, as far as something stands there that it would undo."""
    if invoice.balance is not None and invoice.balance > 0 and invoice.standing is not Standing.VOID:
        yield Change.PAY, {"paid": invoice.amount}
    if invoice.stopped:
        yield Change.UNSTOP, {"stopped": False}
    if invoice.do_not_contact:
        yield Change.CONTACT, {"do_not_contact": False}
    without = tuple(found for found in invoice.problems if found.field != "hold_until")
    if invoice.hold is not None or len(without) < len(invoice.problems):
        yield Change.UNHOLD, {"hold": None, "problems": without}
    if invoice.standing is Standing.DISPUTED:
        yield Change.SETTLE, {"standing": Standing.OPEN}
    if invoice.promise is not None:
        yield Change.UNPROMISE, {"promise": None}


def _differ(one: Decision, other: Decision) -> bool:
    return (one.verdict, one.level, one.until, one.reason.code) != (
        other.verdict,
        other.level,
        other.until,
        other.reason.code,
    )


class _Corner:
    """The rows that can matter for an invoice, and their part of the log: enough to decide it."""

    def __init__(self, known: Lookup, decision: Decision) -> None:
        self.run = known.run
        self.terms = known.terms
        self.row = decision.invoice.row
        self.rows = neighbours(decision.invoice, known.decisions)
        self.events = _about(self.rows, known)

    def decided(self, cells: dict[str, Any], *, day: dt.date | None = None) -> Decision:
        """The decision for the invoice if these cells of its row said something else."""
        return self._judged(self._with(action=None, **cells), fold(self.events), day or self.run.today)

    def acted(self, action: Action) -> Decision | None:
        """The same after an Action; None where it would not be carried out."""
        rows, history, run = self._with(action=action), fold(self.events), self.run
        asked = judge(rows, history, self.terms, run.today).asked
        if not any(deed.carried_out and not deed.logged for deed in asked.deeds):
            return None
        effect = actions.at_once(run, asked)
        for started in (actions.with_draft(run, asked, each) for each in (Action.SEND, Action.REDO)):
            effect += [event for events in started.values() for event in events]
        for letter in asked.withdraw:
            effect += run.of_letter(history.letters[letter], Name.WITHDRAWN)
        for letter in asked.send:
            effect += run.of_letter(history.letters[letter], Name.SENT, effective=run.today)
        return self._judged(self._with(action=None), fold([*self.events, *effect]), run.today)

    def sent_by_hand(self) -> Decision | None:
        """The same once a person has sent its draft; None where there is none."""
        history, name = fold(self.events), next(row.id for row in self.rows if row.row == self.row)
        letters = history.letters_of(name)
        draft = next((each for each in letters if each.state is State.DRAFTED and each.blocks(name)), None)
        if draft is None:
            return None
        sent = self.run.of_letter(draft, Name.SENT, effective=self.run.today)
        return self._judged(self._with(action=None), fold([*self.events, *sent]), self.run.today)

    def _with(self, **cells: Any) -> list[Invoice]:
        """The rows without other people's Actions, and this one with other cells."""
        return [
            replace(row, **cells) if row.row == self.row else replace(row, action=None) for row in self.rows
        ]

    def _judged(self, rows: Sequence[Invoice], history: History, today: dt.date) -> Decision:
        plan = judge(rows, history, self.terms, today).plan
        return next(each for each in plan.decisions if each.invoice.row == self.row)


def _about(rows: Sequence[Invoice], known: Lookup) -> list[Event]:
    """The events of these rows and of their debtors' letters, in order, as if they were not numbered yet."""
    names, debtors = {row.id for row in rows}, {row.debtor for row in rows}
    letters = {
        letter.id
        for letter in known.history.letters.values()
        if letter.debtor in debtors or not names.isdisjoint(letter.invoices)
    }
    return [
        replace(event, sequence=0)
        for event in known.events
        if event.letter in letters or (event.invoice in names and not event.letter)
    ]
