"""One run's way to Google: the transports of its APIs, with one count, one pace and one patience between them."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from sheetsdun.google.auth import Access
from sheetsdun.google.drive import DriveFiles
from sheetsdun.google.founding import Content, found
from sheetsdun.google.gmail import GmailMailbox
from sheetsdun.google.layout import Layout
from sheetsdun.google.outline import Outline, outline
from sheetsdun.google.pace import Quotas
from sheetsdun.google.probe import LeaseProbe, probe_lease
from sheetsdun.google.relog import GoogleShelf
from sheetsdun.google.retry import Patience
from sheetsdun.google.sheet import GoogleSheet
from sheetsdun.google.sheets_client import SheetsClient
from sheetsdun.google.transport import TIMEOUT, Calls, Transport


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Addresses of servers that stand in for Google's; "" for Google itself."""

    sheets: str = ""
    gmail: str = ""
    drive: str = ""


class Connection:
    """Makes the Sheet, the Mailbox and the Files of a run.

    Args:
        access: Credentials, from ``auth.access``.
        endpoints: Where the servers are.
        now: The run's clock, UTC.
        clock: Seconds of a clock that never goes back, for pacing.
        sleep: Waits for seconds.
        chance: A number from 0 to 1, for jitter.
        timeout: Seconds to connect, seconds between two bytes.

    Attributes:
        calls: HTTP requests made so far.
        pause: Waits after a failed attempt of a number, for callers who must look before they repeat.
    """

    def __init__(
        self,
        access: Access,
        endpoints: Endpoints = Endpoints(),
        *,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self.calls = Calls()
        self._endpoints = endpoints
        self._quotas = Quotas.of_google(clock=clock, sleep=sleep)
        self._now = now
        # Google's "Retry after" is compared with this machine's clock, whatever day the run rehearses.
        patience = Patience(sleep=sleep, chance=chance)
        self.pause = patience.pause
        identity = access.identity
        self._sheets = Transport(
            "sheets", access.sheets, identity, calls=self.calls, patience=patience, timeout=timeout
        )
        self._gmail = Transport(
            "gmail", access.gmail, identity, calls=self.calls, patience=patience, timeout=timeout
        )
        self._drive = Transport(
            "drive", access.drive, identity, calls=self.calls, patience=patience, timeout=timeout
        )
        self._client = SheetsClient(self._sheets, self._quotas, endpoints.sheets)

    def sheet(self, spreadsheet_id: str, tabs: Mapping[str, int], log: str = "Reminder log") -> GoogleSheet:
        """The spreadsheet, of which these tabs (title, header row) and the log are read."""
        return GoogleSheet(self._client, spreadsheet_id, tabs, log)

    def mailbox(self) -> GmailMailbox:
        """The mailbox."""
        return GmailMailbox(self._gmail, self._quotas, self._endpoints.gmail, now=self._now)

    def files(self) -> DriveFiles:
        """Files of Drive."""
        return DriveFiles(self._drive, self._quotas, self._endpoints.drive)

    def layout(self, spreadsheet_id: str) -> Layout:
        """What ``setup`` compares and mends."""
        return Layout(self._client, spreadsheet_id)

    def shelf(self, spreadsheet_id: str, log: str) -> GoogleShelf:
        """Where ``recover`` puts a new log."""
        return GoogleShelf(self._client, spreadsheet_id, log)

    def outline(self, spreadsheet_id: str, rows: int = 10) -> Outline:
        """The first rows of every tab, for ``init``."""
        return outline(self._client, spreadsheet_id, rows)

    def new_spreadsheet(
        self, title: str, tabs: Mapping[str, Sequence[Sequence[Content]]], *, locale: str, time_zone: str
    ) -> str:
        """A new spreadsheet with these rows by tab, the header first; its id. For ``demo``."""
        return found(self._client, title, tabs, locale=locale, time_zone=time_zone)

    def probe_lease(self, spreadsheet_id: str) -> LeaseProbe:
        """Whether the two facts hold on which the lease rests, for ``doctor``."""
        return probe_lease(self._client, spreadsheet_id)

    def close(self) -> None:
        """Close the connections."""
        self._sheets.close()
        self._gmail.close()
        self._drive.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()
