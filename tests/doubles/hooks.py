"""Where a test steps in: before and after every call of the doubles, which it may end as Google or a crash would."""

from __future__ import annotations

import contextlib
import enum
import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from sheetsdun.ports import NoAnswer, Rejected

P = ParamSpec("P")
R = TypeVar("R")


def _nothing(number: int, name: str) -> None:
    """Let the call be."""


def _no_fault(name: str, place: int) -> None:
    """Let the part be."""


class Lingers(enum.Enum):
    """What the network does with a request, besides carrying it."""

    LATE = enum.auto()
    """The time-out comes first; it arrives when ``Hooks.land`` says so."""
    TWICE = enum.auto()
    """It arrives and is answered, and arrives once more when ``Hooks.land`` says so."""
    ECHO = enum.auto()
    """It arrives twice at once, and what comes back is the second answer."""


def _at_once(name: str, place: int | None) -> Lingers | None:
    """Let the request arrive once, now."""


class Hooks:
    """One count of calls, shared by the doubles that are given it.

    Attributes:
        calls: Names of the calls so far.
        before: Called with the number (from 1) and name of a call, before its effect. What it raises, the caller sees,
            and nothing has happened.
        after: The same, once the effect is there.
        refuse: Asked for each part of a batch (name, place in the batch) before its effect; the failure that it gives
            ends that part without one.
        lose: Asked for each part after its effect; the failure that it gives takes the place of the answer.
        linger: Asked for each call (place None) and for each part of a batch whether it arrives late, or twice.
        under_way: Requests that have not arrived yet: name and effect.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.before: Callable[[int, str], None] = _nothing
        self.after: Callable[[int, str], None] = _nothing
        self.refuse: Callable[[str, int], Rejected | NoAnswer | None] = _no_fault
        self.lose: Callable[[str, int], Rejected | NoAnswer | None] = _no_fault
        self.linger: Callable[[str, int | None], Lingers | None] = _at_once
        self.under_way: list[tuple[str, Callable[[], object]]] = []

    def land(self) -> None:
        """What is under way arrives; nobody waits for its answer any more."""
        arriving, self.under_way = self.under_way, []
        for _, effect in arriving:
            with contextlib.suppress(Rejected):
                effect()

    def carry(self, name: str, place: int | None, effect: Callable[[], R]) -> R:
        """Bring one request to its effect, or put it aside until ``land``."""
        lingers = self.linger(name, place)
        if lingers is Lingers.ECHO:
            effect()
        elif lingers:
            self.under_way.append((name, effect))
        if lingers is Lingers.LATE:
            raise NoAnswer("The time-out came first.")
        return effect()

    def part(self, name: str, place: int, effect: Callable[[], R]) -> R | Rejected | NoAnswer:
        """Carry out one part of a batch."""
        if refused := self.refuse(name, place):
            return refused
        try:
            end: R | Rejected | NoAnswer = self.carry(name, place, effect)
        except (Rejected, NoAnswer) as failure:
            end = failure
        return self.lose(name, place) or end


class Hooked(Protocol):
    hooks: Hooks


S = TypeVar("S", bound=Hooked)


def call(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """A method that a test may step into."""

    @functools.wraps(method)
    def stepped(self: S, *arguments: P.args, **options: P.kwargs) -> R:
        hooks, name = self.hooks, method.__name__
        hooks.calls.append(name)
        number = len(hooks.calls)
        hooks.before(number, name)
        answer = hooks.carry(name, None, functools.partial(method, self, *arguments, **options))
        hooks.after(number, name)
        return answer

    return cast("Callable[Concatenate[S, P], R]", stepped)
