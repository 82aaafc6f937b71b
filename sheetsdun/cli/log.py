"""`sheetsdun log`: the story of an invoice."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from sheetsdun.cli import options

VERSION = 1
"""Of the JSON; a later version may add names, never change one."""


@click.command()
@click.argument("invoices", nargs=-1, required=True, metavar="INVOICE...")
@options.config
@options.day
@options.output
def log(
    invoices: tuple[str, ...],
    config_path: Path,
    today: dt.date | None,
    now: dt.datetime | None,
    output: str,
) -> None:
    """Tell the story of an invoice.

    What went to whom and when, who did it, and what comes next. It is read from the log in the sheet; what somebody has done in Gmail since the last sync is not in it yet.

    \b
    Examples:
      sheetsdun log INV-1043
      sheetsdun log INV-1043 INV-1044 --output json
    """
    from sheetsdun.report.story import Story, as_lines, as_record
    from sheetsdun.rows.words import Words
    from sheetsdun.sync.lookup import look_up
    from sheetsdun.wiring import house

    with house(config_path, options.clock(now)) as home:
        known = look_up(home.desk, today)
    names = dict.fromkeys(map(known.identity, invoices))
    stories = [
        Story(invoice=name, events=known.events_of(name), decision=known.decision(name)) for name in names
    ]
    words = Words("en", known.run.today)
    if output == "json":
        told = [as_record(story, words) for story in stories]
        whole = {
            "version": VERSION,
            "today": known.run.today.isoformat(),
            "broken": known.broken,
            "invoices": told,
        }
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
        return
    for number, story in enumerate(stories):
        if number:
            click.echo()
        for line in as_lines(story, known.terms, words):
            click.echo(line)
    options.warn_of_damage(known.broken)
