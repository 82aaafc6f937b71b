"""Every check, in order; one that fails stops only those that need what it did not find."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from sheetsdun import wiring
from sheetsdun.cli import terminal
from sheetsdun.cli.checks import attachments, invoices, log, mailbox, setting, spreadsheet
from sheetsdun.cli.checks.finding import Finding
from sheetsdun.config import Config
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History
from sheetsdun.domain.policy import Policy
from sheetsdun.errors import UsageError
from sheetsdun.google.connection import Connection
from sheetsdun.ports import Snapshot
from sheetsdun.sync.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What is asked of ``doctor``.

    Attributes:
        path: The config.
        now: The clock, UTC.
        today: The run's day; None for the clock's, in the sheet's time zone.
        max_age: The age of the last check from which on it is a problem; None for none.
    """

    path: Path
    now: Callable[[], dt.datetime]
    today: dt.date | None = None
    max_age: dt.timedelta | None = None

    def findings(self) -> Iterator[Finding]:
        """One line after the other, as they are found."""
        config = yield from setting.config(self.path)
        if config is None:
            yield from setting.templates(self.path.parent)
            return
        access = yield from setting.credentials(config, self.path.parent)
        yield from setting.sender(config)
        yield from setting.calendar(config, self.path, self.today or self.now().date())
        if access is None:
            yield from setting.templates(self.path.parent, _by_default(config), config.defaults.language)
            return
        with Connection(access, wiring.endpoints(config), now=self.now) as connection:
            terminal.progress("Asking Google Sheets")
            snapshot = yield from spreadsheet.read(config, connection)
            if snapshot is None:
                history = fold([])
                yield from setting.templates(self.path.parent, _by_default(config), config.defaults.language)
            else:
                history = yield from self._sheet(config, snapshot, connection)
            terminal.progress("Asking Gmail")
            yield from mailbox.examine(config, connection.mailbox(), snapshot, history)
            account = access.identity.email or config.google.mailbox
            yield from attachments.in_drive(config, connection.files(), account)

    def _sheet(
        self, config: Config, snapshot: Snapshot, connection: Connection
    ) -> Generator[Finding, None, History]:
        zone = yield from spreadsheet.time_zone(config, snapshot)
        today = self.today or self.now().astimezone(zone).date()
        setup = terminal.command("setup", self.path)
        rows = None
        if (yield from invoices.columns(config, snapshot, setup)):
            rows = yield from invoices.rows(config, self.path, snapshot)
        yield from spreadsheet.tabs(config, snapshot)
        history = yield from log.read(config, snapshot, setup)
        if history is not None:
            run = Run(id="doctor", today=today, zone=zone, now=self.now, mailbox=config.google.mailbox)
            yield from log.agreement(snapshot, history, run, len(rows.invoices) if rows else None)
        if rows:
            yield from setting.expectations(config, rows.terms, sheet_too=True)
        story = history or fold([])
        if rows:
            yield from invoices.needing_help(rows, story, today, config.columns.headers)
        yield from setting.templates(
            self.path.parent,
            rows.policies(config.defaults.language) if rows else _by_default(config),
            config.defaults.language,
        )
        named = rows is not None and any(invoice.attachments for invoice in rows.invoices)
        yield from attachments.on_disk(config, self.path.parent, named=named)
        yield from log.last_check(snapshot, self.now(), self.max_age, terminal.command("sync", self.path))
        terminal.progress("Trying two writes at once")
        yield from spreadsheet.lease(config, connection)
        return story


def without_google(path: Path, today: dt.date) -> Iterator[Finding]:
    """What can be checked of the config and what lies beside it, without asking anybody.

    Args:
        path: The config.
        today: From which the next sending day is told.
    """
    config = yield from setting.config(path)
    if config is None:
        yield from setting.templates(path.parent)
        return
    yield from setting.sender(config)
    yield from setting.calendar(config, path, today)
    try:
        terms = wiring.terms(config, str(path))
    except UsageError:  # told already, as calendar
        terms = None
    if terms is not None:
        yield from setting.expectations(config, terms, sheet_too=False)
    yield from setting.templates(path.parent, _by_default(config))


def _by_default(config: Config) -> list[tuple[str, Policy]]:
    """The config's policies in the default language: what is needed whatever the rows say."""
    return [(config.defaults.language, policy) for policy in config.policies.values()]
