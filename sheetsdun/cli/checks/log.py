"""The log tab and the chain of writes: whether they agree, and when the sheet was last checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Iterator

from sheetsdun.cli.checks.finding import Finding, failed, ok, problem
from sheetsdun.config import Config
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History
from sheetsdun.errors import SheetsdunError
from sheetsdun.journal.rows import decode
from sheetsdun.ports import Snapshot
from sheetsdun.sync import guards
from sheetsdun.sync.guards import Accept
from sheetsdun.sync.run import Run

_ROOM = (30, 1_000)
"""Writes and events of a large run."""


def read(config: Config, snapshot: Snapshot, setup: str) -> Generator[Finding, None, History | None]:
    """The tab, and the story that its events tell."""
    table = snapshot.tables.get(config.sheet.log)
    if table is None:
        yield problem("log", f"There is no tab “{config.sheet.log}” yet.", f"Run `{setup}`.", 3)
        return None
    try:
        return fold(decode(table))
    except SheetsdunError as error:
        yield failed("log", error)
        return None


def agreement(snapshot: Snapshot, history: History, run: Run, invoices: int | None) -> Iterator[Finding]:
    """What would make a run stop and ask: the log against the chain, the rows against the last run.

    Args:
        snapshot: What is there.
        history: The log's.
        run: Whose day and mailbox are compared.
        invoices: How many there are; None where that could not be told.
    """
    try:
        guards.check_sheet(
            run, snapshot, history, invoices or 0, () if invoices is not None else [Accept.ROWS]
        )
        guards.check_room(snapshot, run.now(), *_ROOM)
    except SheetsdunError as error:
        yield failed("log", error)
        return
    yield ok("log", f"Its {history.count} events are whole, and there is room for more.")


def last_check(
    snapshot: Snapshot, now: dt.datetime, limit: dt.timedelta | None, sync: str
) -> Iterator[Finding]:
    """How long ago a run last wrote; every day's first run does.

    The newest link of the chain expires when its run let go of it, or, where the run was killed, a few minutes later.

    Args:
        snapshot: With the chain.
        now: The present instant.
        limit: The age from which on it is a problem; None for none.
        sync: The command that checks the sheet.
    """
    look = f"Look at your scheduler and its messages, and run `{sync}` by hand."
    if not snapshot.links:
        never = "No run has checked this sheet yet."
        yield ok("last check", never) if limit is None else problem("last check", never, look, 1)
        return
    age = now - snapshot.links[-1].expires
    if age < dt.timedelta(0):
        yield ok("last check", "A run is at work at this moment.")
        return
    told = f"The sheet was last checked {span(age)} ago."
    if limit is not None and age > limit:
        yield problem("last check", f"{told} It should be no more than {span(limit)}.", look, 1)
    else:
        yield ok("last check", told)


def span(length: dt.timedelta) -> str:
    """A length of time as people say it: ``3 days``, ``5 hours``, ``1 minute``."""
    if length >= dt.timedelta(days=2):
        count, unit = length.days, "day"
    elif length >= dt.timedelta(hours=1):
        count, unit = length // dt.timedelta(hours=1), "hour"
    else:
        count, unit = length // dt.timedelta(minutes=1), "minute"
    return f"{count} {unit}{'' if count == 1 else 's'}"
