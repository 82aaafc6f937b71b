"""`sheetsdun plan`: show what `sync` would do; nothing is changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from sheetsdun.cli import options


@click.command()
@options.config
@options.day
@options.only
@options.accept
@options.output
@options.verbose
@options.quiet
def plan(
    config_path: Path,
    today: dt.date | None,
    now: dt.datetime | None,
    only: tuple[str, ...],
    accept: tuple[str, ...],
    output: str,
    verbose: bool,
    quiet: bool,
) -> None:
    """Show what sync would do: which letters to whom, and why each row waits. Nothing is changed.

    \b
    Examples:
      sheetsdun plan
      sheetsdun plan --today 2026-12-24 -v
    """
    from sheetsdun.cli.printing import show
    from sheetsdun.report import told
    from sheetsdun.sync.guards import Accept
    from sheetsdun.sync.outcome import Outcome
    from sheetsdun.sync.routine import prepare
    from sheetsdun.wiring import house

    with house(config_path, options.clock(now)) as home:
        prepared = prepare(home.desk, today=today, only=only, accept=[*map(Accept, accept)])
        show(told(prepared, Outcome(), home.connection.calls.as_dict()), output, verbose=verbose, quiet=quiet)
