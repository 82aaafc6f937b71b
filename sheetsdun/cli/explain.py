"""`sheetsdun explain`: why, and what next, of an invoice."""

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
def explain(
    invoices: tuple[str, ...],
    config_path: Path,
    today: dt.date | None,
    now: dt.datetime | None,
    output: str,
) -> None:
    """Explain an invoice: what is decided, why, what next, and what would change it.

    Every question that is asked of it, in order, and which one decided; whose policy counts; the ladder with
    the day of each level; what has happened. It reads the sheet and its log and asks the very code that
    decides. Nothing is changed; what somebody has done in Gmail since the last sync is not in it yet.

    \b
    Examples:
      sheetsdun explain INV-1043
      sheetsdun explain INV-1043 --today 2026-12-24
      sheetsdun explain INV-1043 INV-1044 --output json
    """
    from sheetsdun.report.explained import explained_lines, explained_record
    from sheetsdun.rows.words import Words
    from sheetsdun.sync.explain import explain as explained
    from sheetsdun.wiring import house

    with house(config_path, options.clock(now)) as home:
        known, told = explained(home.desk, invoices, today)
    words = Words("en", known.run.today, home.settings.columns.headers)
    if output == "json":
        whole = {
            "version": VERSION,
            "today": known.run.today.isoformat(),
            "broken": known.broken,
            "invoices": [explained_record(each, words) for each in told],
        }
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
        return
    for number, each in enumerate(told):
        if number:
            click.echo()
        for line in explained_lines(each, words):
            click.echo(line)
    options.warn_of_damage(known.broken)
