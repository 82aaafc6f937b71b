"""Every HTTP call of a busy run, with every fault: no letter twice, none lost, every status in its place."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from typing import Any

import pytest
import requests
from embedded.line import PARTS, TROUBLES, Line, Send, Trouble
from embedded.morning import Morning
from embedded.processes import processes
from embedded.shop import End, Shop
from tally import Tally

KINDS = {**TROUBLES, **PARTS}
STRIDE = 7
"""In a quick run each kind of fault strikes at every seventh call, each kind at others."""

LATER = {"hours": 2}
"""After a fault the next run comes when a request cannot be on its way any more."""

ENDLESS = pytest.mark.timeout(1800)


def chosen(calls: int, first: int, soak: float) -> Iterable[int]:
    """Numbers of the calls to strike."""
    stride = round(1 / soak) if soak else STRIDE
    return range(1 + first % stride, calls + 1, stride)


def made_good(morning: Morning, line: Line, figures: Tally, *, patient: bool = False) -> dict[str, Any]:
    """Two clean runs, and one more where two looks at a draft must be an hour apart; what is wrong after them."""
    shop, google = morning.shop, morning.shop.google
    google.pass_time(**LATER)
    if not patient:
        line.land()
    first = shop.sync(take_over=True)
    line.land()
    google.pass_time(**LATER)
    if patient or shop.withdrawing():
        shop.sync(take_over=True)
        google.pass_time(**LATER)
    idle = shop.idle()
    wrong: dict[str, Any] = morning.wrong(figures)
    if first.outcome is None or not idle:
        wrong["the last run was not idle"] = [str(first)]
    return wrong


@ENDLESS
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_happens_at_a_call_two_later_runs_make_it_good(
    morning: Morning, kind: str, soak: float, figures: Tally
) -> None:
    trouble = KINDS[kind]
    calls = morning.parts if trouble.inner else len(morning.calls)
    found = {}
    for number in chosen(calls, [*KINDS].index(kind), soak):
        end, line = morning.again().sync_with(trouble, number)
        wrong = made_good(morning, line, figures, patient=trouble.patient)
        figures["crash points × kinds of fault, over HTTP"] += 1
        figures.wrong(wrong)
        if wrong:
            found[number, morning.calls[number - 1] if not trouble.inner else "", str(end)] = wrong
    assert not found


@ENDLESS
def test_a_fault_in_the_run_after_a_fault(morning: Morning, soak: float, figures: Tally) -> None:
    chance = random.Random(None if soak else 13)
    found = {}
    for _ in range(round(300 * soak) or 8):
        kinds = chance.choice([*KINDS]), chance.choice([*KINDS])
        numbers = chance.randint(1, len(morning.calls)), chance.randint(1, len(morning.calls))
        first, late = morning.again().sync_with(KINDS[kinds[0]], numbers[0])
        morning.shop.google.pass_time(**LATER)
        second, line = morning.shop.sync_with(KINDS[kinds[1]], numbers[1])
        late.land()
        wrong = made_good(morning, line, figures, patient=True)
        figures["pairs of faults"] += 1
        figures.wrong(wrong)
        if wrong:
            found[kinds, numbers, str(first), str(second)] = wrong
    assert not found


class Overtaking:
    """A whole other run, some minutes later, while a call of this one waits."""

    def __init__(self, shop: Shop, minutes: int) -> None:
        self.end = End()
        self._shop = shop
        self._minutes = minutes

    def __call__(self, _line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
        self._shop.google.pass_time(minutes=self._minutes)
        self.end = self._shop.sync()
        return send(request)


@ENDLESS
@pytest.mark.parametrize("minutes", [4, 60])
def test_a_run_that_is_overtaken_at_a_call_by_a_whole_other_run(
    morning: Morning, minutes: int, soak: float, figures: Tally
) -> None:
    found = {}
    for number in chosen(len(morning.calls), minutes, soak):
        shop = morning.again()
        other = Overtaking(shop, minutes)
        line = Line(number, other)
        end = shop.sync(line)
        wrong = made_good(morning, line, figures)
        figures["runs overtaken"] += 1
        figures.wrong(wrong)
        if wrong or not other.end.outcome:
            found[number, morning.calls[number - 1], str(end), str(other.end)] = wrong
    assert not found


@pytest.mark.parametrize("behind", [dt.timedelta(hours=1), dt.timedelta(hours=-1)], ids=["behind", "ahead"])
def test_the_runs_clock_is_not_googles(morning: Morning, behind: dt.timedelta, figures: Tally) -> None:
    """A letter whose answer was lost is found again by what it is, not by its date."""
    sends = [number for number, call in enumerate(morning.calls, 1) if call == "POST send"]
    assert sends
    for number in sends:
        shop = morning.again()
        shop.sync(Line(number, TROUBLES["killed after"].happening), behind=behind)
        for _ in range(2):
            shop.google.pass_time(**LATER)
            assert shop.sync(take_over=True, behind=behind).outcome
        figures["crash points × kinds of fault, over HTTP"] += 1
        figures.wrong(wrong := morning.wrong(figures))
        assert not wrong


@ENDLESS
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_that_is_killed(morning: Morning, when: str, soak: float, figures: Tally) -> None:
    """SIGKILL at a call: Google hangs there until the process is dead."""
    found = {}
    every = chosen(len(morning.calls), 0, soak)
    some = every if soak else {"before": (11, 21, 35), "after": (12, 16, 29)}[when]
    for number in some:
        shop = morning.again()
        google = shop.google
        trouble = Trouble(fault={"kind": "hang", "when": when})
        google.call("POST", "/_sandbox/faults", json=shop.at(trouble, number))
        with processes() as start:
            process = start(shop)
            assert process.until(shop.struck)
            process.kill()
            assert process.end()[0] < 0
        google.call("DELETE", "/_sandbox/faults")
        wrong = made_good(morning, Line(), figures)
        figures["processes killed"] += 1
        figures.wrong(wrong)
        if wrong:
            found[number, morning.calls[number - 1]] = wrong
    assert not found
