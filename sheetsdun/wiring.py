"""Names in the config -> objects: the only place that knows the concrete classes."""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sheetsdun.config import Config, load
from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.terms import Group, Terms
from sheetsdun.errors import ConfigError, UsageError
from sheetsdun.google.auth import Access, access
from sheetsdun.google.connection import Connection, Endpoints
from sheetsdun.letters import Enclosures, Sender, Templates
from sheetsdun.rows.project import gmail_page
from sheetsdun.sync.enclosing import Rules
from sheetsdun.sync.senders import PolicySender, Senders
from sheetsdun.sync.settings import Desk, Settings, Tabs

CREDENTIALS = "SHEETSDUN_CREDENTIALS"
"""Environment variable that holds the credentials as text, for machines without a disk."""

OWN_TEMPLATES = "templates"
"""A folder of this name beside the config holds templates of the team's own."""


@dataclass(frozen=True, slots=True)
class House:
    """A config and everything that it names, ready to work.

    Attributes:
        config: What the file says.
        settings: The same as the routine needs it.
        connection: To Google, or to what stands in for it; counts its calls.
        desk: What a run works with.
    """

    config: Config
    settings: Settings
    connection: Connection
    desk: Desk


def read_config(path: Path) -> Config:
    """Read the config file.

    Raises:
        UsageError: There is none, or it cannot be read; as ConfigError, with all of its mistakes.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(
            f"There is no {path}.",
            "Write one with `sheetsdun init --sheet URL`, or name another with --config. To look around first: "
            "`sheetsdun demo`.",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UsageError(f"{path} cannot be read ({why}).") from None
    return load(text, str(path))


def credentials(config: Config, folder: Path) -> Access:
    """The credentials that the environment holds, or else the file that the config names, beside it.

    Raises:
        UsageError: They are missing, unreadable or of no use.
    """
    return access(credentials_source(config.google.credentials, folder), mailbox=config.google.mailbox)


def credentials_source(file: str, folder: Path) -> str | Path:
    """Text from the environment, or else the path of a file that is named as seen from the config's folder.

    Raises:
        UsageError: The environment holds no JSON. What it holds is never shown.
    """
    text = os.environ.get(CREDENTIALS, "").strip()
    if text and not text.startswith("{"):
        raise UsageError(
            f"The environment's {CREDENTIALS} is no JSON.",
            "It holds the text of the credentials file itself, not its path; unset it to use the file.",
        )
    return text or folder / Path(file).expanduser()


def endpoints(config: Config) -> Endpoints:
    """Servers that stand in for Google's."""
    named = config.google.endpoints
    return Endpoints(sheets=named.sheets, gmail=named.gmail, drive=named.drive)


def templates(folder: Path, language: str = "en") -> Templates:
    """Templates of the team's own, where there are any, before those that come with sheetsdun.

    Args:
        folder: The config's.
        language: Of letters whose own language has no templates.

    Raises:
        TemplateMistake: The layout does not compile.
    """
    own = folder / OWN_TEMPLATES
    return Templates(*([own] if own.is_dir() else []), language=language)


def calendar(config: Config, path: str) -> Calendar:
    """Sending days: weekdays, public holidays of a country or region, and days closed besides.

    Raises:
        ConfigError: There is no calendar for that country or region.
    """
    extra = frozenset(config.calendar.extra)
    country, _, region = config.calendar.holidays.partition("-")
    if not country:
        return Calendar(config.calendar.weekdays, extra.__contains__)
    import holidays  # noqa: PLC0415 - only those wait for it whose config names a country

    try:
        public = holidays.country_holidays(country.upper(), subdiv=region.upper() or None)
    except NotImplementedError:
        raise ConfigError(
            path, [f"[calendar] holidays: no holidays are known for “{config.calendar.holidays}”"]
        ) from None
    return Calendar(config.calendar.weekdays, lambda day: day in extra or day in public)


def terms(config: Config, path: str) -> Terms:
    """What the config says about chasing. Raises as ``calendar`` does."""
    return Terms(
        policies=config.policies,
        default=config.default_policy,
        calendar=calendar(config, path),
        tolerance=config.tolerance,
        charges=config.charges,
        group=Group(config.defaults.group),
        promise_grace_days=config.limits.promise_grace_days,
        min_gap_days=config.limits.min_gap_days,
        per_day=config.limits.per_day,
    )


def senders(config: Config) -> Senders:
    """Who writes letters; what a policy's own sender leaves out is the usual one's."""
    said = config.sender
    usual = Sender(
        name=said.name,
        address=said.address or config.google.mailbox,
        reply_to=said.reply_to,
        signature=said.signature,
        payment=said.payment,
        ways=config.ways,
        letterhead=said.letterhead,
    )
    policies = {
        name: PolicySender(
            replace(
                usual,
                name=own.name or usual.name,
                address=own.address or usual.address,
                reply_to=own.reply_to or usual.reply_to,
                signature=own.signature or usual.signature,
            ),
            own.from_level,
        )
        for name, own in config.policy_senders.items()
    }
    return Senders(usual, policies)


def attachments(config: Config, folder: Path) -> Rules:
    """Which files letters may enclose; the folder on disk is named as seen from the config's."""
    said = config.attachments
    files = folder / Path(said.folder).expanduser()
    return Rules(
        enclosures=Enclosures(files if files.is_dir() else None),
        drive_folder=said.drive_folder,
        send_without=said.missing == "send",
    )


def settings(config: Config, path: Path) -> Settings:
    """What the config says, as the routine needs it. Raises UsageError."""
    sheet, defaults = config.sheet, config.defaults
    return Settings(
        tabs=Tabs(
            invoices=sheet.invoices,
            log=sheet.log,
            customers=sheet.customers,
            policies=sheet.policies,
            payments=sheet.payments,
            aging=sheet.aging,
            policies_first=sheet.policies_first == "sheet",
        ),
        mailbox=config.google.mailbox,
        columns=config.columns,
        customer_columns=config.customer_columns,
        payment_columns=config.payment_columns,
        terms=terms(config, str(path)),
        templates=templates(path.parent, defaults.language),
        senders=senders(config),
        owner=config.sender.owner,
        attachments=attachments(config, path.parent),
        currency=defaults.currency,
        language=defaults.language,
        ui_language=defaults.ui_language,
        standings=config.standings,
        max_letters=config.limits.max_letters,
        hours=config.calendar.hours,
        time_zone=config.calendar.time_zone,
        gmail_web=_gmail_web(config),
        expectations=config.expectations,
    )


def tabs_to_read(config: Config) -> dict[str, int]:
    """Titles of the tabs that a run reads, each with its header row."""
    sheet = config.sheet
    others = (sheet.customers, sheet.policies, sheet.payments, sheet.log)
    return {title: 1 for title in others if title} | {sheet.invoices: sheet.header_row}


@contextmanager
def house(
    path: Path,
    now: Callable[[], dt.datetime],
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[House]:
    """Everything that the config at ``path`` names; connections are closed at the end.

    Args:
        path: The config file.
        now: The run's clock, UTC.
        clock: Seconds of a clock that never goes back, for pacing.
        sleep: Waits for seconds.

    Raises:
        UsageError: Config, credentials, templates or calendar are not right.
    """
    config = read_config(path)
    made = settings(config, path)
    known = credentials(config, path.parent)
    with Connection(known, endpoints(config), now=now, clock=clock, sleep=sleep) as connection:
        desk = Desk(
            sheet=connection.sheet(config.sheet.spreadsheet_id, tabs_to_read(config), config.sheet.log),
            mailbox=connection.mailbox(),
            settings=made,
            now=now,
            pause=connection.pause,
            source=random.SystemRandom(),
            files=connection.files() if config.attachments.drive_folder else None,
        )
        yield House(config, made, connection, desk)


def _gmail_web(config: Config) -> str:
    """Where a person opens a thread: Gmail, or the page of what stands in for it."""
    named = config.google.endpoints.gmail
    if named:
        return f"{named.rstrip('/')}/"
    return gmail_page(config.google.mailbox)
