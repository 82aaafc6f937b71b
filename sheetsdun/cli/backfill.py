"""`sheetsdun backfill`: the first day, when old invoices have been chased by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsdun.cli import options, terminal
from sheetsdun.errors import UsageError

if TYPE_CHECKING:  # these import much; --help should not wait for them
    from sheetsdun.sync.backfill import Backfill
    from sheetsdun.sync.claims import Source
    from sheetsdun.sync.settings import Settings

_MISTAKES_SHOWN = 20


@click.command()
@options.config
@click.option("--due-before", type=options.Day(), help="Every invoice that was due before this day …")
@click.option("--as", "level", metavar="LEVEL", help="… has this level behind it.")
@click.option(
    "--csv",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A file with the columns invoice and level instead.",
)
@click.option("--column", metavar="HEADER", help="A column of the invoice tab that holds levels instead.")
@click.option("--dry-run", is_flag=True, help="Show what would be recorded, and end.")
@click.option("--yes", "-y", is_flag=True, help="Record it without asking.")
@options.day
@options.accept
def backfill(
    config_path: Path,
    due_before: dt.date | None,
    level: str | None,
    file: Path | None,
    column: str | None,
    dry_run: bool,
    yes: bool,
    today: dt.date | None,
    now: dt.datetime | None,
    accept: tuple[str, ...],
) -> None:
    """Record which reminders old invoices have had.

    For the first day, before the first sync.

    The level that you name, and all below it, count as done; the next one comes when its time has passed from
    today on. Invoices that are closed, have an open draft, are that far already, or climb a ladder without that
    level are left out, and counted. You are shown everything and asked first; it may be run as often as you like.

    \b
    Examples:
      sheetsdun backfill --due-before 2026-06-01 --as firm
      sheetsdun backfill --csv chased.csv --dry-run
      sheetsdun backfill --column "Last letter"
    """
    from sheetsdun.sync.backfill import look, record
    from sheetsdun.sync.guards import Accept
    from sheetsdun.wiring import house

    with house(config_path, options.clock(now)) as home:
        source, mistakes = _source(due_before, level, file, column, home.settings)
        found = look(home.desk, source, today=today, accept=[*map(Accept, accept)])
        _refuse([*mistakes, *found.mistakes])
        _show(found)
        if not found.chosen or dry_run:
            click.echo("Nothing was recorded." if found.chosen else "There is nothing to record.")
            return
        if not yes and not _agreed():
            click.echo("Nothing was recorded.")
            return
        record(home.desk, found)
    click.secho(f"Recorded: {len(found.chosen)}.", fg="green")
    click.echo(f"The next {terminal.command('sync', config_path)} writes it into the status columns.")


def _source(
    due_before: dt.date | None, level: str | None, file: Path | None, column: str | None, settings: Settings
) -> tuple[Source, list[str]]:
    """Where the levels come from, and what is wrong with it already."""
    from sheetsdun.cli.levels import read_levels
    from sheetsdun.sync import claims

    if (due_before is None) != (level is None):
        raise UsageError(
            "--due-before and --as go together.", "sheetsdun backfill --due-before 2026-06-01 --as firm"
        )
    if sum(each is not None for each in (level, file, column)) != 1:
        raise UsageError(
            "Say where the levels come from: --due-before with --as, --csv, or --column; one of them."
        )
    if file is not None:
        told, mistakes = read_levels(file)
        return claims.listed(told), mistakes
    if column is not None:
        return claims.column(column, settings.tabs.invoices, settings.columns), []
    assert due_before is not None
    assert level is not None
    return claims.due_before(due_before, level), []


def _refuse(mistakes: list[str]) -> None:
    if not mistakes:
        return
    shown = "".join(f"\n  {mistake}" for mistake in mistakes[:_MISTAKES_SHOWN])
    more = f"\n  … and {len(mistakes) - _MISTAKES_SHOWN} more" if len(mistakes) > _MISTAKES_SHOWN else ""
    raise UsageError(f"Nothing was recorded, since some of it cannot be right:{shown}{more}")


def _show(found: Backfill) -> None:
    """Each invoice with the level that it gets and what comes next for it; then who is left out."""
    from sheetsdun.rows.words import Words

    words = Words("en", found.run.today)
    if found.chosen:
        click.echo("These levels, and all below them, will count as done:")
    width = max((len(each.invoice.id) for each in found.chosen), default=0)
    for each in found.chosen:
        rung = each.rung
        step = words.step(rung.level.name, rung.place, len(rung.policy.levels))
        click.echo(f"  {each.invoice.id:<{width}}  {step}  {words.reason(each.then.reason)}")
    for why, count in found.left_out.items():
        click.echo(f"Left out, {why}: {count}")


def _agreed() -> bool:
    """Ask; where nobody is there, say how to go on."""
    if not terminal.attended():
        raise UsageError(
            "Nothing was recorded: there is nobody to ask.", "Run it in a terminal, or with --yes."
        )
    return click.confirm("Record this?", default=True, err=True)
