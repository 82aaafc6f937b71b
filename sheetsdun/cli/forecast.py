"""`sheetsdun forecast`: the letters of the days to come."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click

from sheetsdun.cli import options


@click.command()
@options.config
@click.option("--until", type=options.Day(), help="The last day.  [default: 30 days from today]")
@click.option(
    "--with-payments",
    is_flag=True,
    help="Let debtors pay as late as they have so far: the median of each customer's settled invoices.",
)
@click.option("--calendar", "as_calendar", is_flag=True, help="A calendar instead of a table.")
@options.page
@options.day
@options.output
@options.verbose
def forecast(
    config_path: Path,
    until: dt.date | None,
    with_payments: bool,
    as_calendar: bool,
    page: Path | None,
    today: dt.date | None,
    now: dt.datetime | None,
    output: str,
    verbose: bool,
) -> None:
    """Show the letters that would go out in the days to come.

    Day by day, as if nobody paid and every letter went on the day on which it falls due; drafts that lie open
    go on the first day. What waits for a person waits. With --with-payments, debtors pay as they have so far,
    where the sheet tells (the days in the Payments tab). It is lived through in memory, by the code that
    decides; nothing is written, and nobody is asked anything again.

    \b
    Examples:
      sheetsdun forecast
      sheetsdun forecast --until 2027-03-31 --calendar
      sheetsdun forecast --with-payments --html forecast.html
    """
    from sheetsdun.report import page as frame
    from sheetsdun.report.foreseen import as_record
    from sheetsdun.report.foreseen_page import forecast_page
    from sheetsdun.report.foreseen_text import print_forecast
    from sheetsdun.rows.words import Words
    from sheetsdun.sync.foresee import foresee
    from sheetsdun.wiring import house

    with house(config_path, options.clock(now)) as home:
        told = foresee(home.desk, until, today=today, payments=with_payments)
    words = Words("en", told.known.run.today, home.settings.columns.headers)
    if page is not None:
        frame.save(forecast_page(told, words), page)
    if output == "json":
        click.echo(json.dumps(as_record(told, words), ensure_ascii=False, indent=1))
    else:
        print_forecast(told, words, sys.stdout, as_calendar=as_calendar, verbose=verbose)
        if page is not None:
            click.echo(f"The page is {page}.")
    options.warn_of_damage(told.known.broken)
