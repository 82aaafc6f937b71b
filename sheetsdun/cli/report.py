"""`sheetsdun report`: what is owed, what was sent, and what was paid after it."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click

from sheetsdun.cli import options


@click.command()
@options.config
@click.option("--since", type=options.Day(), help="First day of the period.  [default: 90 days]")
@click.option("--until", type=options.Day(), help="Last day of the period.  [default: today]")
@click.option(
    "--csv",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write CSV files into this folder, too.",
)
@options.page
@click.option("--to-sheet", is_flag=True, help="Write the aging into a tab of the spreadsheet, too.")
@options.day
@options.output
@options.verbose
def report(
    config_path: Path,
    since: dt.date | None,
    until: dt.date | None,
    folder: Path | None,
    page: Path | None,
    to_sheet: bool,
    today: dt.date | None,
    now: dt.datetime | None,
    output: str,
    verbose: bool,
) -> None:
    """Show what is owed, what was sent, and what was paid after it.

    Aging by currency and debtor, and days sales outstanding, as of today; the letters of a period, and
    what was paid after the reminders of each level; letters that stand open; promises kept and broken.
    All of it from the sheet and its log; where they do not tell, that is said. Currencies are never mixed.
    Nothing is written to the spreadsheet, but with --to-sheet its tab of aging ([sheet] aging in the config):
    added where it is missing, written anew as a whole, and left alone if somebody else has made it.

    \b
    Examples:
      sheetsdun report
      sheetsdun report --html report.html
      sheetsdun report --to-sheet
      sheetsdun report --since 2026-01-01 --until 2026-03-31 --csv figures
    """
    from sheetsdun.report import page as frame
    from sheetsdun.report import receivables_csv
    from sheetsdun.report.receivables_json import as_record
    from sheetsdun.report.receivables_page import receivables_page
    from sheetsdun.report.receivables_text import print_receivables
    from sheetsdun.rows.words import Words
    from sheetsdun.sync.aging_tab import write_aging
    from sheetsdun.sync.receivables import take_stock
    from sheetsdun.wiring import house

    with house(config_path, options.clock(now)) as home:
        told = take_stock(home.desk, since, until, today=today)
        written = write_aging(home.desk, told) if to_sheet else False
    words = Words("en", told.today, home.settings.columns.headers)
    said = []
    if to_sheet:
        title = home.settings.tabs.aging
        said.append(f"The tab “{title}” {'is written' if written else 'says the same already'}.")
    if folder is not None:
        files = receivables_csv.save(told, folder)
        said.append(f"The CSV files in {folder}: {', '.join(each.name for each in files)}.")
    if page is not None:
        frame.save(receivables_page(told, words), page)
        said.append(f"The page is {page}.")
    if output == "json":
        click.echo(json.dumps(as_record(told, words), ensure_ascii=False, indent=1))
    else:
        print_receivables(told, words, sys.stdout, verbose=verbose)
        for line in said:
            click.echo(line)
    options.warn_of_damage(told.known.broken)
