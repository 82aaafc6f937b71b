"""`sheetsdun demo`: the whole of it on this machine, with a sample sheet and no Google account."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsdun.cli import terminal

if TYPE_CHECKING:  # an extra, and slow to import
    from sheetsdun.sandbox.launch import Sandbox

CONFIG = "sheetsdun.toml"
SATURDAY = 5
OPENING = dt.time(9)
"""When the demo's day begins, in the sheet's time zone."""


@click.command()
@click.option("--once", is_flag=True, help="Print what was planned and done, and end.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=0,
    help="Where the page is, on this machine only.  [default: any free port]",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="A folder that keeps everything, to go on from there next time.  [default: nothing is kept]",
)
@click.option("--no-browser", is_flag=True, help="Print the page's address only.")
def demo(once: bool, port: int, data: Path | None, no_browser: bool) -> None:
    """Try it: a sample sheet and an embedded Google, no account.

    Starts an embedded Google, puts the invoices of a small studio into it, runs one sync through the same
    client libraries as ever, and opens a page with the sheet and the mailbox side by side. Change what you
    like there, go to the next day, sync, and watch the reminders climb. Nothing leaves this machine.

    \b
    Examples:
      sheetsdun demo
      sheetsdun demo --once              without the page
      sheetsdun demo --data my-demo      and keep it
    """
    from sheetsdun.cli import sample
    from sheetsdun.cli.embedded import running, stop_signals
    from sheetsdun.cli.sync import sync_as_text

    with _folder(data) as folder:
        config = folder / CONFIG

        def sync(_now: dt.datetime) -> str:
            return sync_as_text(config, google.clock.now)

        terminal.progress("Starting an embedded Google")
        with running(folder / "google", port, sample.MAILBOX, sync) as google:
            if config.exists():
                _take_up(config, google)
                click.echo(sync_as_text(config, google.clock.now).rstrip())
            else:
                open_day(google)
                _load(config, google)
                _sync(config, google)
            if once:
                return
            with stop_signals() as wait:
                click.secho(f"\nThe sheet and the mailbox are at {google.endpoint}", bold=True)
                click.echo("Fill in what somebody paid, send or edit a draft, go to the next day, and sync.")
                click.echo(f"The config is {config}. Ctrl-C ends the demo.")
                if sys.stdout.isatty() and not no_browser:
                    click.launch(google.endpoint)
                wait()


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    """The folder that was asked for, or one that is gone afterwards."""
    import tempfile

    if data is not None:
        yield data.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="sheetsdun-demo-") as name:
        yield Path(name)


def open_day(google: Sandbox) -> None:
    """Let it be nine o'clock of today, or of Monday: on a weekend no reminder goes out, and nothing could be seen."""
    from zoneinfo import ZoneInfo

    from sheetsdun.cli import sample

    zone = ZoneInfo(sample.TIME_ZONE)
    day = google.clock.now().astimezone(zone).date()
    if day.weekday() >= SATURDAY:
        day += dt.timedelta(7 - day.weekday())
    google.clock.set(dt.datetime.combine(day, OPENING, zone).astimezone(dt.UTC))


def _load(config: Path, google: Sandbox) -> None:
    """Make the sample spreadsheet, then do what ``init`` and ``setup`` do with one."""
    from zoneinfo import ZoneInfo

    from sheetsdun import wiring
    from sheetsdun.cli import sample
    from sheetsdun.cli.wanted import wanted
    from sheetsdun.google import auth
    from sheetsdun.google.connection import Connection, Endpoints

    terminal.progress("Filling in a sample sheet")
    today = google.clock.now().astimezone(ZoneInfo(sample.TIME_ZONE)).date()
    access = auth.access(google.credentials, mailbox=google.mailbox)
    with Connection(access, Endpoints(google.endpoint, google.endpoint)) as connection:
        spreadsheet = connection.new_spreadsheet(
            sample.TITLE,
            {sample.TAB: sample.invoices(today)},
            locale=sample.LOCALE,
            time_zone=sample.TIME_ZONE,
        )
        text = sample.config(spreadsheet, google.credentials, google.endpoint)
        config.write_text(text, encoding="utf-8")
        layout = connection.layout(spreadsheet)
        layout.carry_out(layout.steps(wanted(wiring.read_config(config))))


def _take_up(config: Path, google: Sandbox) -> None:
    """Go on where the demo in this folder ended: at its day, and perhaps at another port."""
    from sheetsdun import wiring

    endpoint = wiring.read_config(config).google.endpoints.sheets
    text = config.read_text(encoding="utf-8").replace(endpoint, google.endpoint)
    config.write_text(text, encoding="utf-8")
    with wiring.house(config, google.clock.now) as home:
        links = home.desk.sheet.chain()
    if links and links[-1].expires > google.clock.now():
        google.clock.set(links[-1].expires)


def _sync(config: Path, google: Sandbox) -> None:
    """Show the plan, row by row; then carry it out, and show what came of it."""
    from sheetsdun import wiring
    from sheetsdun.cli.printing import show
    from sheetsdun.report import told
    from sheetsdun.sync.outcome import Outcome
    from sheetsdun.sync.routine import carry_out, prepare

    terminal.progress("Syncing")
    with wiring.house(config, google.clock.now) as home:
        headers = home.desk.settings.columns.headers
        prepared = prepare(home.desk)
        show(told(prepared, Outcome(), home.connection.calls.as_dict(), headers), "text", verbose=True)
        outcome = carry_out(home.desk, prepared)
        click.echo()
        show(told(prepared, outcome, home.connection.calls.as_dict(), headers), "text")
