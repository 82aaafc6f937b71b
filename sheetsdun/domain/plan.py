"""Decisions -> reminders, one per debtor, currency, language and kind; and what becomes of the drafts that stand open.

It goes in five steps:

1. Ask of every invoice what would be wanted if none of our untouched drafts were there (``Drafts``).
2. Let nobody in who may not have another letter today (``Newcomers``).
3. Group what is due. Where a group is what an untouched draft already says, the draft stays. Otherwise the group's
   drafts are taken back and one new letter is written.
4. Write nothing to whom owes nothing on balance, nothing that Google has refused already, and no more than the limit.
5. Take back drafts that nobody wants any more; tell of those that a person has edited.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sheetsdun.domain.accounts import Accounts
from sheetsdun.domain.calendar import ONE_DAY
from sheetsdun.domain.daily import within_limit
from sheetsdun.domain.decide import decide
from sheetsdun.domain.decision import Arg, Decision, Reason, Verdict, reason
from sheetsdun.domain.drafts import Drafts, shows_account
from sheetsdun.domain.facts import facts
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.newcomers import Newcomers, waiting
from sheetsdun.domain.policy import Kind
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.recent import Recent
from sheetsdun.domain.reminder import Reminder, Task, account, reminder
from sheetsdun.domain.terms import Group, Terms

_REMIND = Verdict.REMIND


@dataclass(frozen=True, slots=True)
class Stale:
    """A draft that should not be sent as it is."""

    letter: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run will do; nothing in it is done yet.

    Attributes:
        decisions: The final ones, in the order of the rows, exactly one for each.
        reminders: Letters to be written, the oldest debts first.
        tasks: What people are to do instead of letters, in the order of the rows.
        withdrawals: Untouched drafts to be taken back, before the reminders that replace them are opened.
        flags: The same of drafts that a person has edited: told, never touched.
        too_soon: Untouched drafts that must not go by themselves today: the debtor has just had another letter.
    """

    decisions: tuple[Decision, ...]
    reminders: tuple[Reminder, ...] = ()
    tasks: tuple[Task, ...] = ()
    withdrawals: tuple[Stale, ...] = ()
    flags: tuple[Stale, ...] = ()
    too_soon: frozenset[str] = frozenset()


def plan(decisions: Sequence[Decision], history: History, terms: Terms, today: dt.date) -> Plan:
    """Plan a run.

    Args:
        decisions: One for each row, in order, as ``decide`` gave them with all letters in view.
        history: The log, folded.
        terms: What the config says.
        today: The run's day.
    """
    return _Planning(decisions, history, terms, today).plan()


class _Planning:
    """A plan while it is being made: ``final`` holds one decision for each row, and changes."""

    def __init__(self, decisions: Sequence[Decision], history: History, terms: Terms, today: dt.date) -> None:
        self.decisions = decisions
        self.history = history
        self.terms = terms
        self.today = today
        self.drafts = Drafts(decisions, history, terms, today)
        self.recent = Recent(
            history, today, max(map(terms.gap, (each.invoice for each in decisions)), default=0)
        )
        self.newcomers = Newcomers(self.drafts, self.recent, terms)
        admit = self.newcomers.admit
        self.final = [admit(self.drafts.wanted(decision)) for decision in decisions]
        self.accounts = Accounts(self.final, terms, today)
        self.withdrawals: dict[str, Reason] = {}

    def plan(self) -> Plan:
        stale = {
            letter.id: self.drafts.stale(letter, self.accounts) for letter in self.drafts.untouched.values()
        }
        self.withdrawals.update((letter, why) for letter, why in stale.items() if why is not None)
        letters, tasks = self._due()
        reminders = [found for members in letters if (found := self._letter(members)) is not None]
        taken, later = within_limit(reminders, self.terms.per_day, self.history, self.today)
        self._push_back(later)
        flags = ((letter.id, self.drafts.stale(letter, self.accounts)) for letter in self.drafts.edited)
        return Plan(
            decisions=tuple(self.final),
            reminders=tuple(taken),
            tasks=tuple(tasks),
            withdrawals=tuple(Stale(letter, why) for letter, why in self.withdrawals.items()),
            flags=tuple(Stale(letter, why) for letter, why in flags if why is not None),
            too_soon=frozenset(self._too_soon()),
        )

    def _too_soon(self) -> Iterator[str]:
        """A draft may have waited while a person sent another of the same debtor's."""
        gaps = {
            each.invoice.debtor: self.terms.gap(each.invoice)
            for each in self.final
            if each.invoice.min_gap_days
        }
        for letter in self.drafts.untouched.values():
            waived = any(rung.level.waives_gap for rung in self.terms.rungs(letter))
            if waived or letter.kind is Kind.UPCOMING:
                continue
            if self.recent.last(letter.debtor, gaps.get(letter.debtor, self.terms.min_gap_days)) is not None:
                yield letter.id

    def _due(self) -> tuple[list[list[int]], list[Task]]:
        """Places of the decisions that say remind, grouped by letter; and the tasks."""
        groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
        tasks = []
        for place, decision in enumerate(self.final):
            if decision.verdict is not _REMIND or (rung := decision.rung) is None:
                continue
            invoice = decision.invoice
            if rung.level.written:
                one = place if self.terms.group is Group.INVOICE else None
                groups[invoice.debtor, invoice.currency, invoice.language, rung.level.kind, one].append(place)
            elif not self._nothing_owed([place]):
                tasks.append(Task(decision, rung))
        return list(groups.values()), tasks

    def _letter(self, members: list[int]) -> Reminder | None:
        """The letter to be written for a group; None where a draft says it already, or nothing must be said."""
        if self._nothing_owed(members):
            return None
        present = {place: self._drafts_of(place) for place in members}
        kept = [place for place in members if present[place] and not present[place] & self.withdrawals.keys()]
        other = self._in_the_way(members[0])
        if len(kept) == len(members) or other is not None:
            for place in kept:
                self.final[place] = self.decisions[place]
            self._settle(set(members) - set(kept), Verdict.REVIEW, Code.DEBTOR_DRAFT, letter=other or "")
            return None
        climbed = [self.final[place] for place in members]
        written = self._written(climbed, set().union(*present.values()))
        for failed in self.drafts.refused(decision.invoice.id for decision in climbed):
            if failed.facts == facts(written):
                self._settle(members, Verdict.PROBLEM, Code.REFUSED, note=failed.note)
                return None
        return written

    def _drafts_of(self, place: int) -> set[str]:
        drafts = self.drafts.of(self.decisions[place].invoice.id)
        return {letter.id for letter in drafts} if drafts else set()

    def _standing(self, invoice: Invoice) -> bool:
        """Whether a draft that stays speaks of the invoice."""
        return any(letter.id not in self.withdrawals for letter in self.drafts.of(invoice.id))

    def _in_the_way(self, place: int) -> str | None:
        level = self.final[place].level
        return self.drafts.in_the_way(self.final[place].invoice, level.kind) if level else None

    def _written(self, climbed: Sequence[Decision], present: Iterable[str]) -> Reminder:
        """The letter for a group; the drafts of its invoices, and stale ones of its account, make way for it."""
        first, level = climbed[0].invoice, climbed[0].level
        kind = level.kind if level else Kind.OVERDUE
        replaces = dict.fromkeys(sorted(present))
        for letter in replaces:
            self.withdrawals.setdefault(letter, reason(Code.WIDENED))
        listed: list[Invoice] = []
        if self.terms.group is Group.DEBTOR:
            drafts = self.drafts.on(account(first), kind)
            replaces |= dict.fromkeys(each.id for each in drafts if each.id in self.withdrawals)
        together = shows_account(kind, self.terms)
        if together:
            rows = {decision.invoice.row for decision in climbed}
            listed = [
                invoice
                for invoice in self.accounts.overdue(first)
                if invoice.row not in rows and not self._standing(invoice)
            ]
        return reminder(
            climbed,
            listed=listed,
            credits_=self.accounts.credits(first) if together else (),
            calendar=self.terms.calendar,
            today=self.today,
            charged=self.drafts.charging.of(climbed),
            beside=self.accounts.beside(climbed),
            replaces=replaces,
        )

    def _push_back(self, later: Iterable[Reminder]) -> None:
        """These letters are for the next sending day; but what speaks of a day to come may be past its own by then."""
        if not (later := list(later)):
            return
        tomorrow = self.terms.calendar.next_sending_day(self.today + ONE_DAY)
        places = {id(decision): place for place, decision in enumerate(self.final)}
        limit = self.terms.per_day
        for each in later:
            for place in [places[id(decision)] for decision in each.climbed]:
                due = self.final[place]
                then = self._on(due, tomorrow) if each.kind is Kind.UPCOMING else due
                if then.verdict is _REMIND and then.level == due.level:
                    self._settle([place], Verdict.WAIT, Code.PER_DAY, limit=limit, until=tomorrow)
                else:
                    self.final[place] = self._missed(due, then, tomorrow)

    def _on(self, decision: Decision, day: dt.date) -> Decision:
        """What is decided for a row on a later day, if nothing happens before."""
        invoice = decision.invoice
        letters = self.history.letters_of(invoice.id)
        then = decide(invoice, self.history.of(invoice.id), letters, self.terms, day)
        return self.newcomers.admit(then) if then.verdict is Verdict.WAIT else then

    def _missed(self, due: Decision, then: Decision, tomorrow: dt.date) -> Decision:
        """A level for which there is no room today, and for which the next sending day is too late: what comes after it."""
        missed, limit = due.level.name if due.level else "", self.terms.per_day
        if then.rung is None:
            return then._replace(reason=reason(Code.LAST_MISSED, missed=missed, limit=limit))
        until = then.until or tomorrow
        why = reason(Code.NO_ROOM, **then.rung.naming, missed=missed, limit=limit, until=until)
        return waiting(then, why, until)

    def _nothing_owed(self, members: list[int]) -> bool:
        """Whether the debtor owes nothing on balance; the members wait then, and their drafts are taken back."""
        net = self.accounts.net_nothing(self.final[place].invoice for place in members)
        if net is None:
            return False
        for place in members:
            invoice = self.final[place].invoice
            why = reason(Code.NET_NOTHING, net=net, currency=invoice.currency)
            self.final[place] = waiting(self.final[place], why, None)
            self.withdrawals.update(dict.fromkeys(self._drafts_of(place), why))
        return True

    def _settle(self, members: Iterable[int], verdict: Verdict, code: Code, **args: Arg) -> None:
        """Another decision for these rows, about the level that was due; ``until`` counts for it, too."""
        until = args.get("until")
        for place in members:
            rung = self.final[place].rung
            self.final[place] = self.final[place]._replace(
                verdict=verdict,
                reason=reason(code, **(rung.naming if rung else {}), **args),
                until=until if isinstance(until, dt.date) else None,
            )
