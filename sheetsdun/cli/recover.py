"""`sheetsdun recover`: a log that was deleted or damaged, rebuilt."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from sheetsdun.cli import options, terminal
from sheetsdun.errors import UsageError


@click.command()
@options.config
@click.option("--dry-run", is_flag=True, help="Show what would be written, and end.")
@click.option("--yes", "-y", is_flag=True, help="Write it without asking.")
@options.day
@options.accept
def recover(
    config_path: Path,
    dry_run: bool,
    yes: bool,
    today: dt.date | None,
    now: dt.datetime | None,
    accept: tuple[str, ...],
) -> None:
    """Rebuild the log of reminders, if its tab was deleted or damaged.

    First try the sheet's own version history: it brings everything back. Where that is no help, this gathers what
    is left of the log, the letters in Gmail and what the status columns say. Whatever cannot be told becomes
    “uncertain”: such an invoice gets no letter until a person has chosen redo or skip. You are shown everything and
    asked first. The damaged tab stays in the spreadsheet, under another name.

    \b
    Examples:
      sheetsdun recover --dry-run
      sheetsdun recover
    """
    from sheetsdun.report.recovered import as_lines
    from sheetsdun.sync.guards import Accept
    from sheetsdun.sync.recover import look, rebuild
    from sheetsdun.wiring import house

    with house(config_path, options.clock(now)) as home:
        terminal.progress("Looking for letters in the mailbox")
        found = look(home.desk, today=today, accept=[*map(Accept, accept)])
        for line in as_lines(found):
            click.echo(line)
        if not found.needed:
            return
        if dry_run or not (yes or _agreed()):
            click.echo("Nothing was changed.")
            return
        sheet = home.config.sheet
        aside = rebuild(home.desk, found, home.connection.shelf(sheet.spreadsheet_id, sheet.log))
    click.secho(f"The log is rebuilt, in the tab “{sheet.log}”.", fg="green")
    if aside:
        click.echo(f"The damaged one is now called “{aside}”; delete it when you do not need it any more.")
    click.echo(f"Next: {terminal.command('sync', config_path)}, which writes the status columns.")


def _agreed() -> bool:
    """Ask; where nobody is there, say how to go on."""
    if not terminal.attended():
        raise UsageError(
            "Nothing was changed: there is nobody to ask.", "Run it in a terminal, or with --yes."
        )
    return click.confirm("Rebuild the log like this?", default=True, err=True)
