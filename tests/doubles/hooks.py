"""Where a test steps in: before and after every call of the doubles, which it may end as Google or a crash would."""

from __future__ import annotations

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
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.before: Callable[[int, str], None] = _nothing
        self.after: Callable[[int, str], None] = _nothing
        self.refuse: Callable[[str, int], Rejected | NoAnswer | None] = _no_fault
        self.lose: Callable[[str, int], Rejected | NoAnswer | None] = _no_fault

    def part(self, name: str, place: int, effect: Callable[[], R]) -> R | Rejected | NoAnswer:
        """Carry out one part of a batch."""
        if refused := self.refuse(name, place):
            return refused
        try:
            end: R | Rejected = effect()
        except Rejected as refusal:
            end = refusal
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
        answer = method(self, *arguments, **options)
        hooks.after(number, name)
        return answer

    return cast("Callable[Concatenate[S, P], R]", stepped)
