"""``sheetsdun setup``: adds what the spreadsheet lacks, after it has been shown and agreed to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsdun.cli import options, terminal
from sheetsdun.errors import Refused, UsageError

if TYPE_CHECKING:
    from sheetsdun.config import Config
    from sheetsdun.google.connection import Connection
    from sheetsdun.google.layout import Step, WantedTab


@click.command()
@options.config
@click.option("--ladders", is_flag=True, help="Also add the tab in which the team can tune the ladders.")
@click.option("--yes", "-y", is_flag=True, help="Do it without asking.")
def setup(config_path: Path, ladders: bool, yes: bool) -> None:
    """Add to the spreadsheet what sheetsdun needs there.

    That is a tab for the log of reminders; columns that sheetsdun writes (status, level, last and next
    reminder, a note, a link to the draft); columns by which you steer it (Escalation, Hold until,
    Promise, Action, Language), with dropdowns; and a warning for whoever types over what sheetsdun
    writes. Nothing that stands there is changed or moved. You are shown everything and asked first.
    It may be run as often as you like: what is there is not added again.

    \b
    Examples:
      sheetsdun setup
      sheetsdun setup --yes        without asking
      sheetsdun setup --ladders    with a tab of the present ladders, for the team to tune
    """
    from sheetsdun import wiring
    from sheetsdun.google import failures
    from sheetsdun.google.connection import Connection

    config = wiring.read_config(config_path)
    access = wiring.credentials(config, config_path.parent)
    with Connection(access, wiring.endpoints(config)) as connection:
        terminal.progress("Looking at the spreadsheet")
        title, tabs = _wanted(config, connection, ladders=ladders)
        layout = connection.layout(config.sheet.spreadsheet_id)
        steps = layout.steps(tabs)
        for line in there(tabs, steps):
            click.echo(f"There already, in “{title}”: {line}.")
        if not steps:
            click.secho("Nothing is missing.", fg="green")
        else:
            click.echo(f"To be added to “{title}”:")
            for line in missing(tabs, steps):
                click.echo(f"  + {line}")
            if not yes and not _agreed():
                click.echo("Nothing was changed.")
                return
            terminal.progress("Adding it")
            with failures.reading("sheets", access.identity):
                layout.carry_out(steps)
            click.secho("Done.", fg="green")
        if ladders and config.sheet.policies_first == "config":
            click.echo(
                'The tab\'s ladders count once policies_first = "sheet" stands under [sheet] in the config.'
            )
    click.echo(f"Next: {terminal.command('doctor', config_path)}")


def _wanted(config: Config, connection: Connection, *, ladders: bool) -> tuple[str, tuple[WantedTab, ...]]:
    """The spreadsheet's title, and its layout as it should be.

    Raises:
        UsageError: A tab of ladders is wanted that the config says not to use.
        Refused: The invoice tab is not there, or its header row is not one of invoices.
        errors.ConfigError: The tab of policies has mistakes.
    """
    from dataclasses import replace

    from sheetsdun import wiring
    from sheetsdun.cli import wanted
    from sheetsdun.rows import columns, policies
    from sheetsdun.rows.text import clean

    sheet = config.sheet
    snapshot = connection.sheet(sheet.spreadsheet_id, wiring.tabs_to_read(config), sheet.log).read()
    table = snapshot.tables.get(sheet.invoices)
    if table is None:
        titles = ", ".join(f"“{title}”" for title in connection.outline(sheet.spreadsheet_id, rows=1).tabs)
        raise Refused(
            f"The spreadsheet “{snapshot.title}” has no tab “{sheet.invoices}”; it has {titles}.",
            "Name the tab of your invoices under [sheet] invoices in the config, or rename it in the spreadsheet.",
        )
    blank = not any(map(clean, table.header)) and not table.values
    if not blank:
        # Columns that the config names may be missing still: they are what is added here.
        columns.locate(table.header, replace(config.columns, named=frozenset()), table.title)
    own = (
        policies.read(snapshot.tables[sheet.policies], config.charges)
        if sheet.policies in snapshot.tables
        else {}
    )
    tabs = wanted.wanted(config, own, blank=blank)
    if ladders and not sheet.policies:
        raise UsageError(
            'The config says policies = "": there is to be no tab of ladders.',
            'Name the tab under [sheet] policies, such as "Escalation".',
        )
    return snapshot.title, (*tabs, *([wanted.ladders(config)] if ladders else []))


def _agreed() -> bool:
    """Ask; where nobody is there, say how to go on."""
    if not terminal.attended():
        raise UsageError(
            "Nothing was changed: there is nobody to ask.", "Run it in a terminal, or with --yes."
        )
    return click.confirm("Add this?", default=True, err=True)


def missing(tabs: Sequence[WantedTab], steps: Sequence[Step]) -> Iterator[str]:
    """Each thing that will be added, in words."""
    for tab in tabs:
        todo = [step for step in steps if step.tab == tab.title]
        added = {step.name for step in todo if step.kind == "column"}
        for step in todo:
            if step.kind == "tab":
                filled = " and the present ladders" if tab.rows else ""
                yield f"the tab “{tab.title}”, with its headers{filled}"
        for ours, whose in ((False, "for you to fill in"), (True, "that sheetsdun writes")):
            names = [
                column.header
                for column in tab.columns
                if column.header in added and (column.ours or tab.ours) is ours
            ]
            if names:
                yield f"in “{tab.title}”, columns {whose}: {', '.join(names)}"
        choices = {column.header: column.choices for column in tab.columns}
        for step in todo:
            if step.kind == "dropdown":
                yield f"a dropdown under {step.name}: {', '.join(choices[step.name])}"
            elif step.kind == "frozen":
                yield f"the header row of “{tab.title}” stays in sight"
            elif step.kind == "protection":
                what = step.name or f"the tab “{tab.title}”"
                yield f"a warning before anybody types over {what}"


def there(tabs: Sequence[WantedTab], steps: Sequence[Step]) -> Iterator[str]:
    """What needs no adding, a line a tab."""
    for tab in tabs:
        todo = [step for step in steps if step.tab == tab.title]
        if any(step.kind == "tab" for step in todo):
            continue
        added = {step.name for step in todo if step.kind == "column"}
        names = [column.header for column in tab.columns if column.header not in added]
        whole = tab.ours and not added
        yield f"the tab “{tab.title}”" + (f" with {', '.join(names)}" if names and not whole else "")
