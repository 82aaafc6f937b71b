"""The answer for one invoice, with its reason."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Level, Policy, Rung
from sheetsdun.domain.reasons import Code

Arg: TypeAlias = str | int | Decimal | dt.date


class Verdict(enum.StrEnum):
    """What is decided; the words of the JSON report."""

    REMIND = "remind"
    WAIT = "wait"
    CLOSED = "closed"
    STOPPED = "stopped"
    HELD = "held"
    PROMISED = "promised"
    ANSWERED = "answered"
    REVIEW = "review"
    EXHAUSTED = "exhausted"
    PROBLEM = "problem"

    @property
    def needs_help(self) -> bool:
        """Whether it stays as it is until somebody has looked at the row."""
        return self in {Verdict.PROBLEM, Verdict.ANSWERED}


class Reason(NamedTuple):
    """Why, as a key of the words tables and what they need; no sentence of any language.

    Attributes:
        code: One of ``reasons.Code``.
        args: What the sentence needs: dates, numbers, names.
    """

    code: str
    args: Mapping[str, Arg] = MappingProxyType({})


def reason(code: Code, **args: Arg) -> Reason:
    """A reason with its arguments."""
    return Reason(code, args)


class Decision(NamedTuple):
    """What is to be done about one invoice today.

    Attributes:
        policy: The ladder that counts for it; None where none could be told.
        level: The level that is due (remind), awaited (wait), or in review; None elsewhere.
        until: The day on which the decision would change by itself; None where only a person changes it.
        others: Further things to tell beside the reason (a broken promise, an unreadable hold date).
    """

    invoice: Invoice
    verdict: Verdict
    reason: Reason
    policy: Policy | None = None
    level: Level | None = None
    until: dt.date | None = None
    cycle: int = 1
    others: tuple[Reason, ...] = ()

    @property
    def promise_broken(self) -> dt.date | None:
        """The day by which the debtor had promised to pay, where that is to be told."""
        if not self.others:
            return None
        told = any(each.code == Code.BROKEN_PROMISE for each in self.others)
        return self.invoice.promise if told else None

    @property
    def rung(self) -> Rung | None:
        """The level's place on the policy's ladder; None where the decision names no level of it."""
        if self.policy is None or self.level is None:
            return None
        return self.policy.rung(self.level.name)
