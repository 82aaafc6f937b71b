"""Options that several commands share, and the clock that they make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import click

from sheetsdun.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])
Clock: TypeAlias = Callable[[], dt.datetime]

USUAL = Path("sheetsdun.toml")
"""Where the config is, if nobody says."""

config = click.option(
    "--config",
    "-c",
    "config_path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=USUAL,
    show_default=True,
    envvar="SHEETSDUN_CONFIG",
    help="The config file.",
)
output = click.option(
    "--output",
    "-o",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print.",
)
only = click.option(
    "--only", multiple=True, metavar="INVOICE", help="Letters about this invoice alone; repeatable."
)
accept = click.option(
    "--accept",
    multiple=True,
    type=click.Choice(["rows", "tabs", "day", "letters", "mailbox", "copy", "drafts", "log"]),
    help="Go on although a guard has refused; its message names the word.",
)
page = click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a web page, too.",
)
verbose = click.option("--verbose", "-v", is_flag=True, help="Show every row, and what goes on.")
quiet = click.option("--quiet", "-q", is_flag=True, help="Print only what needs a person.")


class Day(click.ParamType[dt.date]):
    """A day, as 2026-11-21."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read it."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2026-11-21.", param, ctx)


class Instant(click.ParamType[dt.datetime]):
    """An instant, as 2026-11-21T08:00:00Z; without a zone it is UTC."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """Read it."""
        try:
            instant = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not an instant; write it as 2026-11-21T08:00:00Z.", param, ctx)
        return instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)


def day(command: F) -> F:
    """``--today`` and ``--now``, for rehearsals and tests."""
    today = click.option("--today", type=Day(), help="Act as if it were this day, such as 2026-11-21.")
    now = click.option(
        "--now",
        type=Instant(),
        help="Act as if it were this instant, such as 2026-11-21T08:00:00Z; sets the day, too.",
    )
    return today(now(command))


def check_only(only: Collection[str], invoices: Iterable[str]) -> None:
    """See that every invoice of ``--only`` is in the sheet.

    Args:
        only: What was asked for.
        invoices: Identities of all rows.

    Raises:
        UsageError: One is not there; a slip of the pen would otherwise look as if nothing were due.
    """
    known = set(invoices) if only else set()
    for invoice in only:
        if invoice not in known:
            raise UsageError(f"There is no invoice “{invoice}” in the sheet.", "Check what --only names.")


def clock(now: dt.datetime | None) -> Clock:
    """The one clock of a run: the machine's, or one that was set to ``now`` and runs on from there."""
    if now is None:
        return lambda: dt.datetime.now(dt.UTC)
    offset = now - dt.datetime.now(dt.UTC)
    return lambda: dt.datetime.now(dt.UTC) + offset


def warn_of_damage(broken: int | None) -> None:
    """Say that the log cannot be trusted from an event on; nothing where it is whole."""
    if broken is not None:
        click.secho(
            f"The log is damaged: nothing is told from event {broken} on. See `sheetsdun recover`.",
            err=True,
            fg="yellow",
        )
