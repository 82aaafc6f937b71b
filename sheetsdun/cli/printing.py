"""A report on the standard output, as it was asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # the report imports rich, and a command that prints none should not wait for it
    from sheetsdun.report import Told


def show(told: Told, output: str, *, verbose: bool = False, quiet: bool = False) -> None:
    """Print the report as text or JSON."""
    from sheetsdun.report import print_report, to_json

    if output == "json":
        click.echo(to_json(told))
    else:
        print_report(told, sys.stdout, verbose=verbose, quiet=quiet)
