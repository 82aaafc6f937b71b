"""The command line: arguments in, report out. The only place that asks for the time.

A module a command. Each imports what it needs when it runs, so that `sheetsdun --help` is there at once.
"""

from __future__ import annotations

import os

import click

from sheetsdun import __version__
from sheetsdun.cli.backfill import backfill
from sheetsdun.cli.check import check
from sheetsdun.cli.demo import demo
from sheetsdun.cli.doctor import doctor
from sheetsdun.cli.explain import explain
from sheetsdun.cli.failing import Failing
from sheetsdun.cli.forecast import forecast
from sheetsdun.cli.init import init
from sheetsdun.cli.log import log
from sheetsdun.cli.login import login
from sheetsdun.cli.plan import plan
from sheetsdun.cli.preview import preview
from sheetsdun.cli.recover import recover
from sheetsdun.cli.report import report
from sheetsdun.cli.sandbox import sandbox
from sheetsdun.cli.setup import setup
from sheetsdun.cli.sync import sync
from sheetsdun.cli.templates import templates


@click.group(
    cls=Failing,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "color": False if os.environ.get("NO_COLOR") else None,
    },
)
@click.version_option(__version__, "-V", "--version", message="sheetsdun %(version)s")
def cli() -> None:
    """Polite payment reminders, from the Google Sheet where you keep your invoices.

    Try it without a Google account:  sheetsdun demo

    \b
    Then, with your own sheet:
      sheetsdun init --sheet URL   write sheetsdun.toml
      sheetsdun login              if you use your own Google account
      sheetsdun setup              add our columns and tabs to the sheet
      sheetsdun doctor             check everything
      sheetsdun plan               show what would happen
      sheetsdun sync               do it; run this every hour

    Exit codes: 0 done; 1 done, but a letter failed or is uncertain; 2 usage or config; 3 refused for safety;
    4 Google unreachable, denied or out of quota; 5 another run is at work.
    """


for command in (
    demo,
    init,
    login,
    setup,
    check,
    doctor,
    plan,
    preview,
    sync,
    log,
    explain,
    forecast,
    report,
    templates,
    backfill,
    recover,
    sandbox,
):
    cli.add_command(command)
