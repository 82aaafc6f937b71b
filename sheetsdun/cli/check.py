"""``sheetsdun check``: the config, its policies, templates and expectations; Google is not asked."""

from __future__ import annotations

from pathlib import Path

import click

from sheetsdun.cli import options, terminal
from sheetsdun.cli.doctor import tell


@click.command()
@options.config
@options.output
@options.quiet
@click.pass_context
def check(ctx: click.Context, config_path: Path, output: str, quiet: bool) -> None:
    """Check the config and what lies beside it, without Google.

    All mistakes of the file, each with its line; the calendar; whether the ladders are as [[expect]] says;
    every template, tried with made-up letters. Quick, and for every change of the file: before a commit,
    or in the checks of a repository. (doctor asks Google, too.)

    The exit code is 0 when there is no problem (warnings are none), else 2.

    \b
    Examples:
      sheetsdun check
      sheetsdun check -q --output json
    """
    from sheetsdun.cli.checks.examine import without_google

    today = options.clock(None)().date()
    following = f"Next: {terminal.command('doctor', config_path)} asks Google, too."
    ctx.exit(tell(without_google(config_path, today), output, following, quiet=quiet))
