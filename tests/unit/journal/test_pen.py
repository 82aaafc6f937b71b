"""Events wait for the next append, and at the end of a run nothing that waits is thrown away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from doubles.sheet import MemorySheet

from sheetsdun.domain.event import Event
from sheetsdun.errors import LeaseHeld
from sheetsdun.journal.lease import Lease
from sheetsdun.journal.pen import Pen
from sheetsdun.journal.rows import HEADER, decode

NOW = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)


def event(name: str) -> Event:
    return Event(time=NOW, day=NOW.date(), run="one", name=name)


@pytest.fixture
def sheet() -> MemorySheet:
    return MemorySheet({}, log_header=HEADER)


def pen(sheet: MemorySheet, *, owner: str = "one", take_over: bool = False) -> Pen:
    logged = len(sheet.grids["Reminder log"]) - 1
    lease = Lease(
        sheet,
        sheet.chain(),
        owner=owner,
        events=logged,
        now=lambda: NOW,
        pause=lambda _attempt: None,
        take_over=take_over,
    )
    return Pen(lease, last=logged, now=lambda: NOW)


def logged(sheet: MemorySheet) -> list[tuple[int, str]]:
    return [(each.sequence, each.name) for each in decode(sheet.read().tables["Reminder log"])]


def test_what_waits_rides_in_the_next_append(sheet: MemorySheet) -> None:
    writer = pen(sheet)
    writer.add([event("drafted")])
    assert logged(sheet) == []
    writer.write([event("opened")])
    assert logged(sheet) == [(1, "drafted"), (2, "opened")]
    assert len(sheet.chain()) == 1


def test_nothing_to_write_writes_nothing(sheet: MemorySheet) -> None:
    pen(sheet).write()
    assert not sheet.chain()


def test_letting_go_writes_what_waits_and_frees_the_lease(sheet: MemorySheet) -> None:
    writer = pen(sheet)
    writer.write([event("opened")])
    writer.add([event("drafted")])
    writer.let_go()
    assert logged(sheet) == [(1, "opened"), (2, "drafted")]
    pen(sheet, owner="two").write([event("opened")])


def test_a_signal_right_after_a_write_has_nothing_written_twice(
    sheet: MemorySheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = pen(sheet)
    writer.write([event("opened")])
    append = Lease.append

    def interrupted(lease: Lease, rows: Sequence[Sequence[str]], *, last: bool = False) -> None:
        append(lease, rows, last=last)
        raise KeyboardInterrupt

    monkeypatch.setattr(Lease, "append", interrupted)
    with pytest.raises(KeyboardInterrupt):
        writer.write([event("sending")])
    monkeypatch.undo()
    writer.add([event("sent")])
    writer.let_go()
    assert logged(sheet) == [(1, "opened"), (2, "sending"), (3, "sent")]
    assert [(each.sequence, each.name) for each in writer.written] == logged(sheet)
    assert sheet.chain()[-1].events == len(logged(sheet))


def test_letting_go_without_having_taken_writes_nothing(sheet: MemorySheet) -> None:
    writer = pen(sheet)
    writer.add([event("drafted")])
    writer.let_go()
    assert not sheet.chain()


def test_letting_go_after_another_run_has_taken_over_changes_nothing(sheet: MemorySheet) -> None:
    writer = pen(sheet)
    writer.write([event("opened")])
    pen(sheet, owner="two", take_over=True).write([event("opened")])
    writer.add([event("drafted")])
    writer.let_go()
    assert logged(sheet) == [(1, "opened"), (2, "opened")]
    with pytest.raises(LeaseHeld):
        writer.write()
