"""What the config says, as the routine needs it; made by ``wiring``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from sheetsdun.domain.expect import Expectation
from sheetsdun.domain.invoice import Standing
from sheetsdun.domain.terms import Terms
from sheetsdun.letters import Templates
from sheetsdun.ports import Files, Mailbox, Sheet
from sheetsdun.rows.columns import Columns
from sheetsdun.rows.words import Words
from sheetsdun.sync.enclosing import Rules
from sheetsdun.sync.senders import Senders


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabs:
    """Titles of the spreadsheet's tabs; "" for one that is not used.

    Attributes:
        policies_first: Whether the sheet's policies count before those of the config that have their names.
    """

    invoices: str = "Invoices"
    log: str = "Reminder log"
    customers: str = ""
    policies: str = ""
    payments: str = ""
    aging: str = "Aging"
    policies_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the config says.

    Attributes:
        terms: What it says about chasing; policies of the sheet's own tab are added in each run.
        customer_columns, payment_columns: Of these tabs; None where nobody has named any: as the invoice tab's.
        currency, language: Where a row names none.
        ui_language: Of status words and notes in the sheet.
        standings: What each word of the Status column means, in lower case.
        senders: Who writes.
        owner: Address of whoever answers for unpaid debts; "" for nobody.
        attachments: Which files the Attachments column may name.
        max_letters: A run that would make more refuses.
        hours: Letters are sent from the first time of day to before the second; None for the whole day.
        time_zone: IANA name; "" for the sheet's.
        mailbox: Address of the Gmail account.
        expectations: What must come of the ladders; held against them before anything is done.
        gmail_web: Address of Gmail's web page for the mailbox, for the Draft column.
    """

    tabs: Tabs
    mailbox: str
    columns: Columns
    customer_columns: Columns | None = None
    payment_columns: Columns | None = None
    terms: Terms
    templates: Templates
    senders: Senders = field(default_factory=Senders)
    owner: str = ""
    attachments: Rules = field(default_factory=Rules)
    currency: str = "EUR"
    language: str = "en"
    ui_language: str = "en"
    standings: Mapping[str, Standing] = field(default_factory=dict)
    max_letters: int = 200
    hours: tuple[dt.time, dt.time] | None = None
    time_zone: str = ""
    gmail_web: str = ""
    expectations: Sequence[Expectation] = ()

    def words(self, today: dt.date) -> Words:
        """The words of the sheet, on a day."""
        customers = self.customer_columns or self.columns.customers()
        return Words(self.ui_language, today, {**customers.headers, **self.columns.headers})


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a run works with.

    Attributes:
        now: The clock that the command line has made, UTC.
        files: Drive; None where no folder of it is named.
        pause: Waits before try number n of a write that certainly has not landed.
        source: Of run and letter ids.
    """

    sheet: Sheet
    mailbox: Mailbox
    settings: Settings
    now: Callable[[], dt.datetime]
    pause: Callable[[int], None]
    source: Random
    files: Files | None = None
