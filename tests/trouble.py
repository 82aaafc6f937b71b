"""What can go wrong at a call of a run: a crash, an answer that is lost or late, a refusal, somebody else."""

from __future__ import annotations

import contextlib
import enum
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from doubles.hooks import Hooks, Lingers

from sheetsdun.errors import Unreachable
from sheetsdun.ports import NoAnswer, Rejected

PARTS = frozenset({"create", "fill", "delete"})
"""Calls that are answered part by part, and never fail as a whole."""

SINGLE = frozenset({"append", "write", "send", "mark"})
CHANGES = PARTS | SINGLE
READS = (
    "read",
    "chain",
    "tables",
    "reread",
    "profile",
    "drafts",
    "look",
    "messages",
    "thread",
    "search",
    "news",
)


class Killed(BaseException):
    """The process is gone."""


class Kind(enum.StrEnum):
    """What happens."""

    CALM = "calm"
    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"
    DROPPED = "the request gets lost"
    LOST = "the answer gets lost"
    QUOTA = "429"
    REFUSED = "400"
    LATE = "it arrives after the time-out"
    TWICE = "it arrives once more, later"
    ECHO = "it arrives twice, and the second answer comes back"
    SILENCE = "from now on nothing is heard; what was asked arrives later"
    MEANWHILE = "somebody else acts"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one run.

    Attributes:
        call, nth: The call at which it happens, by its name, and which one of that name (from 1).
        place: The one part of a batch that it is about; None for all.
        landing: Before the first call of this name, what earlier runs have left under way arrives; "" for never.
    """

    kind: Kind = Kind.CALM
    call: str = ""
    nth: int = 1
    place: int | None = None
    landing: str = ""


_FAILURES: dict[Kind, Rejected | NoAnswer] = {
    Kind.DROPPED: NoAnswer("no answer"),
    Kind.LOST: NoAnswer("no answer"),
    Kind.QUOTA: Rejected("too many", code=429, quota=True),
    Kind.REFUSED: Rejected("no", code=400),
}
_LINGERS = {Kind.LATE: Lingers.LATE, Kind.TWICE: Lingers.TWICE, Kind.ECHO: Lingers.ECHO}


class Others(Protocol):
    """Who else is there while a run goes on."""

    def meanwhile(self, call: str) -> None:
        """Act, before the run's call of that name."""

    def land(self) -> None:
        """Let arrive what is under way."""

    def look(self) -> None:
        """Notice that the run has read the rows."""


@contextlib.contextmanager
def trouble(hooks: Hooks, fault: Fault, others: Others) -> Iterator[None]:
    """Let the fault happen within; what was armed before is armed again afterwards.

    Raises:
        Killed: The run was killed, if that is the fault.
    """
    armed = hooks.before, hooks.after, hooks.refuse, hooks.lose, hooks.linger
    run = _Trouble(fault, others)
    hooks.before, hooks.after, hooks.refuse, hooks.lose, hooks.linger = (
        run.before, run.after, run.refuse, run.lose, run.linger,
    )  # fmt: skip
    try:
        yield
    finally:
        hooks.before, hooks.after, hooks.refuse, hooks.lose, hooks.linger = armed


class _Trouble:
    """The trouble of one run."""

    def __init__(self, fault: Fault, others: Others) -> None:
        self.fault = fault
        self.others = others
        self.failure = _FAILURES.get(fault.kind)
        self.seen: Counter[str] = Counter()
        self.silent = False

    def before(self, _number: int, name: str) -> None:
        fault = self.fault
        self.seen[name] += 1
        if name == fault.landing and self.seen[name] == 1:
            self.others.land()
        self.silent |= fault.kind is Kind.SILENCE and self._here(name)
        if self.silent and name not in CHANGES:
            raise Unreachable("Google is not there.")
        if not self._here(name):
            return
        if fault.kind is Kind.MEANWHILE:
            self.others.meanwhile(name)
        elif fault.kind is Kind.KILLED_BEFORE:
            raise Killed
        elif fault.kind is not Kind.LOST:
            self._fail(name)

    def after(self, _number: int, name: str) -> None:
        if name in {"read", "tables"}:
            self.others.look()
        if not self._here(name):
            return
        if self.fault.kind is Kind.KILLED_AFTER:
            raise Killed
        if self.fault.kind is Kind.LOST:
            self._fail(name)

    def refuse(self, name: str, place: int) -> Rejected | NoAnswer | None:
        return None if self.fault.kind is Kind.LOST or not self._meant(name, place) else self.failure

    def lose(self, name: str, place: int) -> Rejected | NoAnswer | None:
        return self.failure if self.fault.kind is Kind.LOST and self._meant(name, place) else None

    def linger(self, name: str, place: int | None) -> Lingers | None:
        if name not in CHANGES or (place is None) is not (name in SINGLE):
            return None
        if self.silent:
            return Lingers.LATE
        return _LINGERS.get(self.fault.kind) if self._meant(name, place) else None

    def _here(self, name: str) -> bool:
        return name == self.fault.call and self.seen[name] == self.fault.nth

    def _meant(self, name: str, place: int | None) -> bool:
        return self._here(name) and (place is None or self.fault.place in {None, place})

    def _fail(self, name: str) -> None:
        if self.failure and name not in PARTS:
            raise self.failure if name in SINGLE else Unreachable("Google is not there.")
