"""What our own people are told, once a day: their tasks, and to the owner what nobody else would look at.

A digest is planned from the day's plan and from the digests in the log; it changes nothing of any invoice.

- Everybody has at most one a day. What befalls a row after it was made, the sheet tells.
- Tasks go to the invoice's manager where the row names an address, else to the owner, else to nobody.
- The owner is told once of each exhausted ladder, and of each letter of which nobody can tell whether it was sent.
  They count as told once a person has had the digest in hand: sent, edited or deleted it.
- A digest of an earlier day that nobody has touched makes way for today's. It stays where it would say the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.event import Role
from sheetsdun.domain.history import History, LetterHistory, Part, State
from sheetsdun.domain.plan import Plan
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.reminder import Task, is_address

MOST_NEWS = 50
"""News in one digest; the others are told by the next ones. The log keeps each."""

MOST_TASKS = 100
"""Tasks that one digest tells in full; of the others it tells how many there are."""

_IN_HAND = frozenset({State.SENT, State.GONE, State.DISCARDED, State.SKIPPED})
_ON_THE_WAY = frozenset({State.OPENED, State.WITHDRAWING})

_WHOLE = Part(invoice="", role=Role.DIGEST, policy="", level="", offset=0, cycle=1, balance=None)
"""What a digest is as a whole; the parts after it are its news."""


@dataclass(frozen=True, slots=True)
class News:
    """What the owner is to know of one invoice.

    Attributes:
        part: The level of a letter that is uncertain; the policy alone where its ladder is exhausted.
    """

    decision: Decision
    part: Part

    @property
    def exhausted(self) -> bool:
        """Whether the ladder has ended; otherwise a letter is uncertain."""
        return not self.part.level


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One to be written.

    Attributes:
        to: An address.
        day: Whose tasks they are; they are other ones tomorrow.
        more: How many tasks there are besides.
    """

    to: str
    day: dt.date
    tasks: tuple[Task, ...] = ()
    more: int = 0
    news: tuple[News, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The digest itself and its news, as the log will have it."""
        return (_WHOLE, *(each.part for each in self.news))

    @property
    def facts(self) -> str:
        """Hash of what it tells."""
        told = [
            self.to.casefold(),
            self.day.isoformat() if self.tasks else "",
            [task.decision.invoice.id for task in self.tasks],
            sorted(map(str, map(_key, self.parts))),
            *([self.more] if self.more else []),
        ]
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Digests:
    """What a run does about digests.

    Attributes:
        write: Those of today.
        stale: Untouched ones of earlier days, to be taken back before.
    """

    write: tuple[Digest, ...] = ()
    stale: tuple[LetterHistory, ...] = ()


def digests(plan: Plan, history: History, owner: str, calendar: Calendar, today: dt.date) -> Digests:
    """Plan the day's digests. On a day on which nothing is sent there are none, and older ones stay.

    Args:
        plan: The day's, for all rows.
        history: The log, folded.
        owner: Address of whoever answers for unpaid debts; "" for nobody.
        calendar: Sending days.
        today: The run's day.
    """
    if not calendar.is_sending_day(today):
        return Digests()
    earlier: dict[str, list[LetterHistory]] = defaultdict(list)
    for each in history.digests.values():
        earlier[_to(each)].append(each)
    wanted = {digest.to.casefold(): digest for digest in _wanted(plan, history, owner, today)}
    write: list[Digest] = []
    stale: list[LetterHistory] = []
    for to in dict.fromkeys([*wanted, *earlier]):
        if any(_in_the_way(each, today) for each in earlier[to]):
            continue
        digest = wanted.get(to)
        untouched = [each for each in earlier[to] if each.untouched]
        good = next((each for each in untouched if digest and each.facts == digest.facts), None)
        stale += [each for each in untouched if each is not good]
        if digest and good is None:
            write.append(digest)
    return Digests(tuple(write), tuple(stale))


def _in_the_way(digest: LetterHistory, today: dt.date) -> bool:
    """It is today's, or we are just finding out what became of it."""
    return digest.state in _ON_THE_WAY or (digest.day == today and digest.state is not State.WITHDRAWN)


def _wanted(plan: Plan, history: History, owner: str, today: dt.date) -> Iterator[Digest]:
    by_person: dict[str, list[Task]] = defaultdict(list)
    address: dict[str, str] = {}
    for task in plan.tasks:
        to = _whose(task, owner)
        if to:
            address.setdefault(to.casefold(), to)
            by_person[to.casefold()].append(task)
    news = tuple(_news(plan.decisions, history))[:MOST_NEWS] if owner else ()
    if news:
        address.setdefault(owner.casefold(), owner)
    for key, to in address.items():
        theirs = news if key == owner.casefold() else ()
        tasks = by_person[key]
        more = max(len(tasks) - MOST_TASKS, 0)
        yield Digest(to=to, day=today, tasks=tuple(tasks[:MOST_TASKS]), more=more, news=theirs)


def _whose(task: Task, owner: str) -> str:
    manager = task.decision.invoice.manager.strip()
    return manager if is_address(manager) else owner


def _news(decisions: Iterable[Decision], history: History) -> Iterator[News]:
    """What no digest has told yet that somebody had in hand; each invoice once, as two rows may have its number."""
    told = {
        _key(part)
        for digest in history.digests.values()
        if digest.state in _IN_HAND or digest.edited
        for part in digest.parts
    }
    for decision in decisions:
        part = _part(decision, history)
        if part and decision.invoice.id and _key(part) not in told:
            told.add(_key(part))
            yield News(decision, part)


def _part(decision: Decision, history: History) -> Part | None:
    """What the owner is to know of an invoice, as the log will have it; None for nothing."""
    invoice = decision.invoice
    if decision.verdict is Verdict.EXHAUSTED and decision.policy:
        name, cycle = decision.policy.name, decision.cycle
        return replace(_WHOLE, invoice=invoice.id, policy=name, cycle=cycle, balance=invoice.balance)
    if decision.reason.code == Code.DRAFT_UNCERTAIN:
        letters = reversed(history.letters_of(invoice.id))
        lost = (each.part(invoice.id) for each in letters if each.state is State.UNCERTAIN)
        part = next(filter(None, lost), None)
        return replace(part, role=Role.DIGEST, skipped=False) if part else None
    return None


def _key(part: Part) -> tuple[str, str, str, int]:
    """What makes it the same news: told once, and again only after a redo or a change of policy."""
    return part.invoice, part.policy, part.level, part.cycle


def _to(digest: LetterHistory) -> str:
    return digest.recipients[0].casefold() if digest.recipients else ""
