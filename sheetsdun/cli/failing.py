"""How a command fails: one sentence, the way out, the error's own exit code; never a traceback for a user's error."""

from __future__ import annotations

import sys
from typing import Any

import click

from sheetsdun.errors import SheetsdunError


class Failing(click.Group):
    """A group whose commands may raise our errors."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; tell an error of ours and leave with its exit code."""
        try:
            return super().invoke(ctx)
        except SheetsdunError as error:
            click.secho(error.message, err=True, fg="red")
            if error.way_out:
                click.echo(error.way_out, err=True)
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):  # click makes the latter of a Ctrl-C at a question
            click.echo("Stopped. It is safe to run it again.", err=True)
            sys.exit(130)
