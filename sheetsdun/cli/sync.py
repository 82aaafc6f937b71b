"""`sheetsdun sync`: the morning's work."""

from __future__ import annotations

import datetime as dt
import io
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsdun.cli import options
from sheetsdun.errors import LeaseHeld, SheetsdunError

if TYPE_CHECKING:  # these import Google's libraries; --help should not wait for them
    from sheetsdun.report import Told
    from sheetsdun.sync.guards import Accept

WAITS = 30
"""How often ``--wait`` looks again; a lease lasts three minutes after its run's last sign of life."""

WAIT_SECONDS = 10.0


@click.command()
@options.config
@options.day
@options.only
@options.accept
@click.option("--wait", is_flag=True, help="If another run is at work, wait for it (five minutes at most).")
@click.option(
    "--take-over", is_flag=True, help="Treat another run's lease as expired; safe if it still lives."
)
@click.option("--drafts-only", is_flag=True, help="Send nothing, whatever the policy says.")
@options.output
@options.verbose
@options.quiet
def sync(
    config_path: Path,
    today: dt.date | None,
    now: dt.datetime | None,
    only: tuple[str, ...],
    accept: tuple[str, ...],
    wait: bool,
    take_over: bool,
    drafts_only: bool,
    output: str,
    verbose: bool,
    quiet: bool,
) -> None:
    """Make the drafts that are due, and write the statuses back.

    Where the policy says so, or an Action in the sheet, letters are sent.
    Safe to run as often as you like, on any machine, also twice at once. Every hour is a good habit: Actions in the
    sheet are carried out by the next run.

    \b
    Examples:
      sheetsdun sync
      sheetsdun sync --only INV-1043 --drafts-only
      sheetsdun sync --quiet --output json > today.json
    """
    from sheetsdun.cli.printing import show
    from sheetsdun.sync.guards import Accept

    clock = options.clock(now)
    known = tuple(map(Accept, accept))
    with _let_go_when_terminated():
        for looks_left in range(WAITS if wait else 0, -1, -1):
            try:
                told, unwell = run_sync(
                    config_path,
                    now=clock,
                    today=today,
                    only=only,
                    accept=known,
                    take_over=take_over,
                    drafts_only=drafts_only,
                )
            except LeaseHeld:
                if not looks_left:
                    raise
                click.echo("Another run is at work; waiting for it.", err=True)
                time.sleep(WAIT_SECONDS)
            else:
                show(told, output, verbose=verbose, quiet=quiet)
                sys.exit(1 if unwell else 0)


def run_sync(
    config_path: Path,
    *,
    now: Callable[[], dt.datetime],
    today: dt.date | None = None,
    only: tuple[str, ...] = (),
    accept: tuple[Accept, ...] = (),
    take_over: bool = False,
    drafts_only: bool = False,
) -> tuple[Told, bool]:
    """One whole run.

    Args:
        config_path: The config file.
        now: The run's clock, UTC.
        today: The run's day; None for the clock's in the sheet's time zone.
        only: Identities of the invoices that letters may be about; none for all.
        accept: What a person has said "I know" to.
        take_over: Treat another run's lease as expired.
        drafts_only: Send nothing.

    Returns:
        What the run says of itself, and whether a letter failed or became uncertain.

    Raises:
        SheetsdunError: Each knows its exit code.
    """
    from sheetsdun.report import told
    from sheetsdun.sync.routine import carry_out, prepare
    from sheetsdun.wiring import house

    with house(config_path, now) as home:
        prepared = prepare(home.desk, today=today, only=only, accept=accept)
        options.check_only(only, (invoice.id for invoice in prepared.invoices))
        outcome = carry_out(home.desk, prepared, accept=accept, take_over=take_over, drafts_only=drafts_only)
        said = told(prepared, outcome, home.connection.calls.as_dict(), home.desk.settings.columns.headers)
        return said, outcome.unwell


def sync_as_text(config_path: Path, now: Callable[[], dt.datetime]) -> str:
    """One whole run, told as plain text; a refusal is told, too."""
    from sheetsdun.report import print_report

    try:
        said, _ = run_sync(config_path, now=now)
    except SheetsdunError as error:
        return str(error)
    text = io.StringIO()
    print_report(said, text)
    return text.getvalue()


@contextmanager
def _let_go_when_terminated() -> Iterator[None]:
    """SIGTERM ends the run as Ctrl-C does: what has begun is let go of, the lease too."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
