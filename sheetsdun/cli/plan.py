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
    """Show what sync would do; change nothing.

    Which letters would be drafted or sent to whom, and what needs a person; with -v every row, too, and
    why it waits.

    \b
    Examples:
      sheetsdun plan
      sheetsdun plan -v                        every row, and why it waits
      sheetsdun plan --today 2026-12-24        what would that day bring?
    """
    from sheetsdun.cli.printing import show
    from sheetsdun.report import told
    from sheetsdun.sync.guards import Accept
    from sheetsdun.sync.outcome import Outcome
    from sheetsdun.sync.routine import prepare
    from sheetsdun.wiring import house

    with house(config_path, options.clock(now)) as home:
        prepared = prepare(home.desk, today=today, only=only, accept=[*map(Accept, accept)])
        options.check_only(only, (invoice.id for invoice in prepared.invoices))
        headers = home.desk.settings.columns.headers
        said = told(prepared, Outcome(), home.connection.calls.as_dict(), headers)
        show(said, output, verbose=verbose, quiet=quiet)
