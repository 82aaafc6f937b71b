"""``sheetsdun doctor``: checks everything that can be checked before the first morning, and again every morning."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheetsdun.cli import options, terminal

if TYPE_CHECKING:
    from sheetsdun.cli.checks.finding import Finding

_COLOURS = {"ok": "green", "warning": "yellow", "problem": "red"}
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Span(click.ParamType[dt.timedelta]):
    """A length of time: 90m, 26h, 2d."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.timedelta:
        """Read it."""
        if isinstance(value, dt.timedelta):
            return value
        found = re.fullmatch(r"(\d{1,6})([mhd])", value)
        if not found:
            self.fail(f"{value!r} is no length of time; write it as 90m, 26h or 2d.", param, ctx)
        return dt.timedelta(**{_UNITS[found[2]]: int(found[1])})


@click.command()
@options.config
@click.option(
    "--max-age",
    type=Span(),
    metavar="26h",
    help="Fail when the sheet was last checked longer ago than this: a scheduler that died is noticed.",
)
@options.day
@options.output
@options.quiet
@click.pass_context
def doctor(
    ctx: click.Context,
    config_path: Path,
    max_age: dt.timedelta | None,
    today: dt.date | None,
    now: dt.datetime | None,
    output: str,
    quiet: bool,
) -> None:
    """Check everything that a run needs, and say what to do.

    Config and templates, credentials and what they may do, the spreadsheet and its columns, the rows,
    the log, the mailbox. For that it makes and deletes an empty draft, and writes something invisible
    into the spreadsheet and takes it away again. Nothing is sent, and no cell is changed.

    The exit code is 0 when there is no problem (warnings are none), else that of the first problem:
    2 config or credentials, 3 the sheet or its log is not as a run needs it, 4 Google is unreachable
    or says no, 1 anything else.

    \b
    Examples:
      sheetsdun doctor
      sheetsdun doctor --max-age 26h -q     every morning: prints nothing, and exits 0, while all is well
    """
    from sheetsdun.cli.checks.examine import Examination

    examination = Examination(path=config_path, now=options.clock(now), today=today, max_age=max_age)
    following = f"Next: {terminal.command('plan', config_path)} shows what would happen."
    ctx.exit(tell(examination.findings(), output, following, quiet=quiet))


def tell(findings: Iterable[Finding], output: str, following: str, *, quiet: bool) -> int:
    """Print what was found, as it is found.

    Args:
        findings: One line after the other.
        output: ``text`` or ``json``.
        following: What to say at the end, where all is well.
        quiet: Only what is not well.

    Returns:
        The exit code: that of the first problem.
    """
    from sheetsdun.cli.checks.finding import Result

    found = []
    for finding in findings:
        found.append(finding)
        if output == "text" and not (quiet and finding.result is Result.OK):
            _print(finding)
    problems = [finding for finding in found if finding.result is Result.PROBLEM]
    if output == "json":
        report = {"version": 1, "ok": not problems, "checks": [finding.as_dict() for finding in found]}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    elif problems:
        count = f"is {len(problems)} problem" if len(problems) == 1 else f"are {len(problems)} problems"
        click.secho(f"There {count}.", fg="red", err=True)
    elif not quiet:
        warnings = sum(finding.result is Result.WARNING for finding in found)
        click.secho(f"No problems; {warnings} to look at." if warnings else "All is well.", fg="green")
        click.echo(following)
    return problems[0].exit_code if problems else 0


def _print(finding: Finding) -> None:
    word = click.style(f"{finding.result.value:<8}", fg=_COLOURS[finding.result])
    click.echo(f"{word} {finding.check}: {finding.text}")
    for line in (*finding.details, *([f"→ {finding.way_out}"] if finding.way_out else [])):
        click.echo(f"{'':<8}   {line}")
