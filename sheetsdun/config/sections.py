"""Each section of sheetsdun.toml: its settings, their defaults, and what each may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from sheetsdun.config.values import (
    Address,
    Currency,
    Day,
    DriveFolder,
    Endpoint,
    Holidays,
    SheetId,
    SheetUrl,
    TimeZone,
    Title,
    Window,
    spreadsheet_of,
)
from sheetsdun.domain.policy import Basis, Channel, Climb, Delivery, Level
from sheetsdun.rows.columns import CUSTOMER_FIELDS, DEFAULTS, PAYMENT_FIELDS
from sheetsdun.rows.ladder import template_of


class Section(BaseModel):
    """A section: nothing unknown in it, nothing converted, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Endpoints(Section):
    """Servers that stand in for Google; "" is Google itself."""

    sheets: Endpoint = ""
    gmail: Endpoint = ""
    drive: Endpoint = ""


class Google(Section):
    """Whose mailbox, and by which credentials."""

    credentials: Title = "credentials.json"
    mailbox: Annotated[Address, Field(min_length=1)]
    endpoints: Endpoints = Endpoints()


class Spreadsheet(Section):
    """The spreadsheet and its tabs; "" for a tab that is not used."""

    id: SheetId | None = None
    url: SheetUrl | None = None
    invoices: Title = "Invoices"
    log: Title = "Reminder log"
    customers: str = "Customers"
    policies: str = "Escalation"
    payments: str = "Payments"
    aging: str = "Aging"
    policies_first: Literal["config", "sheet"] = "config"
    header_row: Annotated[int, Field(ge=1, le=1_000)] = 1
    identity: Annotated[tuple[str, ...], Field(min_length=1, strict=False)] = ("invoice",)

    @property
    def spreadsheet_id(self) -> str:
        """The id, from the address where that is given."""
        return self.id or spreadsheet_of(self.url or "")


class Defaults(Section):
    """What counts where a row says nothing."""

    currency: Currency = "EUR"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    ui_language: Literal["en", "ru", "de"] = "en"
    policy: str | None = None
    group: Literal["debtor", "invoice"] = "debtor"


class StatusWords(Section):
    """What people write into the Status column; whole cells, without regard to case."""

    paid: Annotated[tuple[Title, ...], Field(strict=False)] = ("paid", "оплачен", "оплачено", "bezahlt")
    void: Annotated[tuple[Title, ...], Field(strict=False)] = ("void", "cancelled", "отменён", "storniert")
    disputed: Annotated[tuple[Title, ...], Field(strict=False)] = ("disputed", "спор", "strittig")


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class SendingDays(Section):
    """When letters may go."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1, strict=False)] = (
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
    )
    holidays: Holidays = ""
    extra: Annotated[tuple[Day, ...], Field(strict=False)] = ()
    window: Window = ""
    time_zone: TimeZone = ""

    @property
    def weekdays(self) -> frozenset[int]:
        """As ``date.weekday()`` counts them: Monday is 0."""
        return frozenset(WEEKDAYS.index(day) for day in self.days)

    @property
    def hours(self) -> tuple[dt.time, dt.time] | None:
        """The window's first moment and its end; None for the whole day."""
        if not self.window:
            return None
        start, end = self.window.split("-")
        return dt.time.fromisoformat(start), dt.time.fromisoformat(end)


class Limits(Section):
    """How much at most, and how close together."""

    max_letters: Annotated[int, Field(ge=1, le=10_000)] = 200
    per_day: Annotated[int, Field(ge=0, le=10_000)] = 0
    min_gap_days: Annotated[int, Field(ge=0, le=365)] = 5
    promise_grace_days: Annotated[int, Field(ge=0, le=365)] = 2


class Sender(Section):
    """Who writes, and what letters say of us."""

    name: str = ""
    address: Address = ""
    reply_to: Address = ""
    owner: Address = ""
    signature: str = ""
    payment: str = ""
    letterhead: str = ""


class Attachments(Section):
    """Files that go with letters."""

    folder: Title = "attachments"
    drive_folder: DriveFolder = ""
    missing: Literal["refuse", "send"] = "refuse"


class Rung(Section):
    """One level of a policy."""

    name: str
    offset: int
    basis: Annotated[Basis, Field(strict=False)] = Basis.DUE
    delivery: Annotated[Delivery, Field(strict=False)] = Delivery.DRAFT
    channel: Annotated[Channel, Field(strict=False)] = Channel.EMAIL
    template: str | None = None
    deadline_days: int = 0
    cc: Annotated[tuple[str, ...], Field(strict=False)] = ()
    attach: bool = True
    waives_gap: bool = False
    charge: str = ""
    offer: str = ""
    statement: bool = False
    letter_pdf: bool = False

    def level(self) -> Level:
        """The same as the domain has it."""
        return Level(
            name=self.name,
            offset=self.offset,
            template=template_of(self.template, self.name, self.delivery, self.channel),
            basis=self.basis,
            delivery=self.delivery,
            channel=self.channel,
            deadline_days=self.deadline_days,
            cc=self.cc,
            attach=self.attach,
            waives_gap=self.waives_gap,
            charge=self.charge,
            offer=self.offer,
            statement=self.statement,
            letter_pdf=self.letter_pdf,
        )


class PolicySender(Section):
    """Who writes a policy's letters; "" is what [sender] says."""

    from_level: str = ""
    name: str = ""
    address: Address = ""
    reply_to: Address = ""
    signature: str = ""


class Ladder(Section):
    """A policy, without its levels."""

    climb: Annotated[Climb, Field(strict=False)] = Climb.STEP
    sender: PolicySender = PolicySender()


_headers: dict[str, Any] = {name: (str, title) for name, title in DEFAULTS.items()}
Headers: type[Section] = create_model("Headers", __base__=Section, **_headers)
"""The header of each field; "" for a column that this sheet does not have."""


def _of_tab(name: str, fields: Mapping[str, str | None]) -> type[Section]:
    settings: dict[str, Any] = {
        field: (str | None, None) if title is None else (str, title) for field, title in fields.items()
    }
    return create_model(name, __base__=Section, **settings)


CustomerHeaders = _of_tab("CustomerHeaders", CUSTOMER_FIELDS)
"""The same for the Customers tab; None for the invoice tab's header."""
PaymentHeaders = _of_tab("PaymentHeaders", PAYMENT_FIELDS)
"""The same for the Payments tab."""
