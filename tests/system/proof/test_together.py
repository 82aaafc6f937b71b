"""Two runs and more at once, in processes of their own: some are killed, some sleep through the end of their lease."""

from __future__ import annotations

import random

import pytest
from embedded.morning import Morning
from embedded.processes import Process, processes
from embedded.shop import Shop
from tally import Tally

from sheetsdun.errors import LeaseHeld, Refused, Unreachable

SLOW = {"ms": 15}
"""So that a process can be caught at a call."""

HARMLESS = {0, 1, Refused.exit_code, Unreachable.exit_code, LeaseHeld.exit_code}


def slowly(shop: Shop, slow: bool) -> None:
    shop.google.call("POST", "/_sandbox/latency", json=SLOW if slow else {"ms": 0})


def at_call(shop: Shop, process: Process, number: int) -> bool:
    """Wait until Google has been called so often; False where the process has ended before."""
    return process.until(lambda: shop.google.call("GET", "/_sandbox/calls")["http"] >= number)


def in_the_end(morning: Morning, figures: Tally) -> dict[str, list[object]]:
    """Three calm runs, and what is wrong after them."""
    shop = morning.shop
    for _ in range(3):
        shop.google.pass_time(hours=2)
        assert shop.sync().outcome
    shop.google.pass_time(hours=2)
    assert shop.idle()
    wrong = morning.wrong(figures)
    figures.wrong(wrong)
    return wrong


@pytest.mark.timeout(1800)
def test_processes_started_together(morning: Morning, soak: float, figures: Tally) -> None:
    for several in ([3, 4, 2, 5] * 6)[: round(24 * soak) or 1]:
        shop = morning.again()
        with processes() as start:
            runs = [start(shop) for _ in range(several)]
            ends = [run.end() for run in runs]
        figures["concurrent runs"] += several
        assert {code for code, _ in ends} <= {0, LeaseHeld.exit_code}, ends
        assert 0 in {code for code, _ in ends}
        assert not in_the_end(morning, figures), ends


@pytest.mark.timeout(1800)
def test_a_process_that_sleeps_through_the_end_of_its_lease(
    morning: Morning, soak: float, figures: Tally
) -> None:
    """Its own clock does not even tell it that it slept: the fence alone stops it."""
    calls = len(morning.calls)
    for number in range(1, calls + 1, round(1 / soak)) if soak else (14, 21, 28):
        shop = morning.again()
        google = shop.google
        google.call("DELETE", "/_sandbox/calls")
        slowly(shop, slow=True)
        with processes() as start:
            sleeper = start(shop)
            at_call(shop, sleeper, number)
            sleeper.stop()
            slowly(shop, slow=False)
            google.pass_time(minutes=10)
            other = start(shop).end()
            sleeper.go_on()
            woken = sleeper.end()
        figures["concurrent runs"] += 2
        figures["processes put to sleep"] += 1
        assert other[0] in {0, LeaseHeld.exit_code}, (number, other)
        assert woken[0] in HARMLESS, (number, woken)
        assert not in_the_end(morning, figures), (number, other, woken)


@pytest.mark.timeout(3600)
def test_a_crowd_of_which_some_are_killed_and_some_sleep(
    morning: Morning, soak: float, figures: Tally
) -> None:
    for seed in range(round(60 * soak) or 1):
        chance = random.Random(seed)
        shop = morning.again()
        google = shop.google
        google.call("DELETE", "/_sandbox/calls")
        slowly(shop, slow=True)
        with processes() as start:
            asleep: list[Process] = []
            ends: list[tuple[int, str]] = []
            for _ in range(3):
                process = start(shop)
                before = google.call("GET", "/_sandbox/calls")["http"]
                at_call(shop, process, before + chance.randint(1, len(morning.calls)))
                fate = chance.choice(["killed", "asleep", "left alone"])
                if fate == "killed":
                    process.kill()
                elif fate == "asleep":
                    process.stop()
                    asleep.append(process)
                else:
                    ends.append(process.end())
                google.pass_time(minutes=chance.choice([1, 4, 40]))
                figures[f"processes {fate}"] += 1
            slowly(shop, slow=False)
            ends.append(start(shop, "--take-over").end())
            for process in asleep:
                process.go_on()
            ends += [process.end() for process in asleep]
        figures["concurrent runs"] += 4
        assert {code for code, _ in ends} <= HARMLESS, (seed, ends)
        assert not in_the_end(morning, figures), (seed, ends)
