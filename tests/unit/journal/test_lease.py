"""The chain: whoever goes on from a link first has it, and nothing of anybody else's lands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from doubles.sheet import MemorySheet

from sheetsdun.errors import LeaseHeld, Unreachable
from sheetsdun.journal.lease import KEEP, PRUNE_AT_ONCE, TERM, TRIES, Lease
from sheetsdun.journal.rows import HEADER
from sheetsdun.ports import Link, NoAnswer, Rejected

START = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)
ROW = ["1"] + [""] * (len(HEADER) - 1)


class Machine:
    """One spreadsheet and one clock."""

    def __init__(self) -> None:
        self.sheet = MemorySheet({}, log_header=HEADER)
        self.now = START
        self.pauses: list[int] = []

    def lease(self, owner: str, *, take_over: bool = False) -> Lease:
        return Lease(
            self.sheet,
            self.sheet.chain(),
            owner=owner,
            events=len(self.sheet.grids["Reminder log"]) - 1,
            now=lambda: self.now,
            pause=self.pauses.append,
            take_over=take_over,
        )

    @property
    def logged(self) -> int:
        return len(self.sheet.grids["Reminder log"]) - 1


def test_a_write_takes_the_lease_and_the_last_one_lets_it_go() -> None:
    machine = Machine()
    one = machine.lease("one")
    one.append([ROW])
    with pytest.raises(LeaseHeld):
        machine.lease("two").check()
    one.append([ROW], last=True)
    machine.lease("two").check()
    assert [link.number for link in machine.sheet.chain()] == [1, 2]
    assert machine.sheet.chain()[-1].events == 2


def test_a_lease_that_was_let_go_is_free_for_a_machine_whose_clock_is_behind() -> None:
    machine = Machine()
    machine.lease("one").append([ROW], last=True)
    machine.now -= dt.timedelta(minutes=10)
    machine.lease("two").append([ROW])
    with pytest.raises(LeaseHeld):
        machine.lease("three").check()


def test_of_two_that_start_together_one_lands_and_the_other_stops() -> None:
    machine = Machine()
    one, two = machine.lease("one"), machine.lease("two")
    one.append([ROW])
    with pytest.raises(LeaseHeld):
        two.append([ROW])
    assert machine.logged == 1


def test_a_run_that_slept_past_its_lease_cannot_write_over_the_next_one() -> None:
    machine = Machine()
    one = machine.lease("one")
    one.append([ROW])
    machine.now += TERM
    two = machine.lease("two")
    two.append([ROW])
    machine.now -= dt.timedelta(seconds=1)  # its own clock may be slow, and it may not know that it slept
    with pytest.raises(LeaseHeld):
        one.append([ROW])
    assert machine.logged == 2


def test_a_run_whose_lease_has_run_out_stops_by_itself() -> None:
    machine = Machine()
    one = machine.lease("one")
    one.append([ROW])
    machine.now += TERM
    with pytest.raises(LeaseHeld, match="asleep"):
        one.check()


def test_nothing_is_written_while_another_run_holds_the_lease_or_after_ones_own_has_run_out() -> None:
    machine = Machine()
    one = machine.lease("one")
    one.append([ROW])
    with pytest.raises(LeaseHeld, match="at work"):
        machine.lease("two").append([ROW])
    machine.now += TERM
    with pytest.raises(LeaseHeld, match="asleep"):
        one.append([ROW])
    assert machine.logged == 1


def test_half_of_the_term_after_the_latest_write_it_is_time_for_the_next() -> None:
    machine = Machine()
    one = machine.lease("one")
    assert not one.half_over
    one.append([ROW])
    machine.now += TERM / 2
    assert not one.half_over
    machine.now += dt.timedelta(seconds=1)
    assert one.half_over
    one.append([ROW], last=True)
    machine.now += TERM
    assert not one.half_over


def test_a_chain_in_which_our_link_was_passed_over_stops_the_run() -> None:
    machine = Machine()
    one = machine.lease("one")

    def passed_over(_number: int, name: str) -> None:
        machine.sheet.chain_[2] = Link(2, "two", START, 0)
        raise NoAnswer(name)

    machine.sheet.hooks.before = only("append", passed_over)
    with pytest.raises(LeaseHeld, match="taken over"):
        one.append([ROW])


def test_a_lease_may_be_taken_over_and_the_old_run_still_collides() -> None:
    machine = Machine()
    one = machine.lease("one")
    one.append([ROW])
    machine.lease("two", take_over=True).append([ROW])
    with pytest.raises(LeaseHeld):
        one.append([ROW])
    assert machine.logged == 2


def faults(machine: Machine, *, after: bool, failure: Exception, times: int) -> None:
    left = [times]

    def fail(_number: int, name: str) -> None:
        if name == "append" and left[0]:
            left[0] -= 1
            raise failure

    if after:
        machine.sheet.hooks.after = fail
    else:
        machine.sheet.hooks.before = fail


def test_a_write_without_an_answer_that_landed_is_not_repeated() -> None:
    machine = Machine()
    faults(machine, after=True, failure=NoAnswer("lost"), times=1)
    one = machine.lease("one")
    one.append([ROW])
    assert machine.logged == 1
    assert one.number == 1


@pytest.mark.parametrize("before", [0, 1], ids=["the first link", "a later one"])
def test_a_write_without_an_answer_that_did_not_land_is_repeated(before: int) -> None:
    machine = Machine()
    for _ in range(before):
        machine.lease("earlier").append([ROW], last=True)
    faults(machine, after=False, failure=NoAnswer("lost"), times=2)
    machine.lease("one").append([ROW])
    assert machine.logged == before + 1
    assert machine.pauses == [1, 2]


def test_after_many_tries_it_is_told_that_the_sheet_does_not_answer() -> None:
    machine = Machine()
    faults(machine, after=False, failure=NoAnswer("lost"), times=TRIES)
    with pytest.raises(Unreachable):
        machine.lease("one").append([ROW])
    assert machine.logged == 0


def test_a_certain_no_is_told_and_not_repeated() -> None:
    machine = Machine()
    faults(machine, after=False, failure=Rejected("protected", code=400), times=1)
    with pytest.raises(Unreachable, match="protected"):
        machine.lease("one").append([ROW])
    assert machine.logged == 0


def test_a_landed_write_with_somebody_elses_link_above_it_stops_the_run() -> None:
    machine = Machine()
    one = machine.lease("one")

    def overtaken(_number: int, name: str) -> None:
        machine.sheet.hooks.after = lambda _number, _name: None
        machine.lease("two", take_over=True).append([ROW])
        raise NoAnswer(name)

    machine.sheet.hooks.after = only("append", overtaken)
    with pytest.raises(LeaseHeld):
        one.append([ROW])


def only(name: str, act: Callable[[int, str], None]) -> Callable[[int, str], None]:
    def step(number: int, called: str) -> None:
        if called == name:
            act(number, called)

    return step


def test_old_links_are_pruned_and_young_ones_never() -> None:
    machine = Machine()
    for _ in range(3):
        machine.lease("one").append([ROW], last=True)
    machine.now += KEEP - dt.timedelta(minutes=5)
    machine.lease("one").append([ROW], last=True)
    assert len(machine.sheet.chain()) == 4
    machine.now += dt.timedelta(minutes=6)
    machine.lease("one").append([ROW], last=True)
    assert [link.number for link in machine.sheet.chain()] == [4, 5]


def test_the_highest_link_is_never_pruned() -> None:
    machine = Machine()
    machine.lease("one").append([ROW], last=True)
    machine.now += 10 * KEEP
    lease = machine.lease("one")
    lease.append([ROW], last=True)
    assert [link.number for link in machine.sheet.chain()] == [1, 2]


def test_more_than_one_write_can_prune_are_pruned_by_the_next_ones() -> None:
    machine = Machine()
    for number in range(1, PRUNE_AT_ONCE + 21):
        machine.sheet.append(Link(number, "one", START, 0, free=True), [])
    machine.now += 2 * KEEP
    lease = machine.lease("two")
    for _ in range(3):
        lease.append([ROW])
    assert [link.number for link in machine.sheet.chain()] == [*range(PRUNE_AT_ONCE + 20, PRUNE_AT_ONCE + 24)]
