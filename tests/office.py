"""A small company for the tests of the routine: its sheet and its mailbox in memory, its people, and its calendar."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from doubles.hooks import Hooks
from doubles.mailbox import MemoryMailbox
from doubles.sheet import MemorySheet

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Standing
from sheetsdun.domain.policy import Delivery, Level, Policy
from sheetsdun.domain.terms import Terms
from sheetsdun.journal.rows import HEADER, decode
from sheetsdun.letters import Sender, Templates
from sheetsdun.rows.columns import DEFAULTS, Columns
from sheetsdun.sync.guards import Accept
from sheetsdun.sync.outcome import Outcome
from sheetsdun.sync.prepared import Prepared
from sheetsdun.sync.routine import carry_out, prepare
from sheetsdun.sync.senders import Senders
from sheetsdun.sync.settings import Desk, Settings, Tabs

OURS = ("reminder_status", "reminder_level", "last_reminder", "next_reminder", "reminder_note", "draft")
PEOPLES = ("invoice", "customer", "email", "amount", "due", "paid", "escalation", "hold_until", "action")
HEADERS = [DEFAULTS[name] for name in (*PEOPLES, *OURS)]
START = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
"""A Monday morning."""

STEPS = (("courtesy", -3), ("friendly", 3), ("reminder", 10), ("firm", 20), ("final", 30))
TEMPLATES = Templates()


def ladder(name: str = "standard", delivery: Delivery = Delivery.DRAFT) -> Policy:
    levels = tuple(
        Level(name=level, offset=offset, template=level, delivery=delivery) for level, offset in STEPS
    )
    return Policy(name, levels)


@dataclass
class Office:
    """Runs, and what happens between them."""

    sheet: MemorySheet
    mailbox: MemoryMailbox
    desk: Desk
    hooks: Hooks
    time: dt.datetime = START
    last: tuple[Prepared, Outcome] | None = None

    # -- time ---------------------------------------------------------------------------------------------------------

    def pass_days(self, days: int) -> None:
        self.time += dt.timedelta(days)

    @property
    def today(self) -> dt.date:
        """In the sheet's time zone, as a run sees it."""
        return self.time.astimezone(ZoneInfo(self.sheet.time_zone)).date()

    # -- runs ---------------------------------------------------------------------------------------------------------

    def plan(self, **options: Any) -> Prepared:
        return prepare(self.desk, **options)

    def sync(
        self,
        *,
        accept: Sequence[Accept] = (),
        take_over: bool = False,
        drafts_only: bool = False,
        only: Sequence[str] = (),
    ) -> Outcome:
        prepared = prepare(self.desk, accept=accept, only=only)
        outcome = carry_out(self.desk, prepared, accept=accept, take_over=take_over, drafts_only=drafts_only)
        self.last = prepared, outcome
        return outcome

    # -- what is seen -------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> list[list[Any]]:
        return self.sheet.grids["Invoices"]

    def cell(self, invoice: str, field: str) -> Any:
        header = self.rows[0]
        row = next(row for row in self.rows[1:] if row[header.index("Invoice")] == invoice)
        place = header.index(DEFAULTS[field])
        return row[place] if place < len(row) else ""

    def status(self, invoice: str) -> Any:
        return self.cell(invoice, "reminder_status")

    @property
    def history(self) -> History:
        return fold(decode(self.sheet.read().tables["Reminder log"]))

    def drafts(self) -> list[tuple[str, str]]:
        """Draft id and recipients of every draft."""
        return [
            (draft_id, str(self.mailbox.all[message].content["To"] or ""))
            for draft_id, message in self.mailbox.draft_ids.items()
        ]

    def sent(self) -> list[str]:
        """Subjects of what was sent."""
        return [str(each.content["Subject"]) for each in self.mailbox.all.values() if "SENT" in each.labels]

    # -- what people do -----------------------------------------------------------------------------------------------

    def add(self, invoice: str, due: int, amount: Any = 100, **fields: Any) -> None:
        """A row whose due date is so many days from today."""
        values = {
            "invoice": invoice,
            "customer": "Weber KG",
            "email": "ap@weber.example",
            "amount": amount,
            "due": self.today + dt.timedelta(due),
            **fields,
        }
        self.rows.append([values.get(name, "") for name in (*PEOPLES, *OURS)])

    def write(self, invoice: str, field: str, value: Any) -> None:
        header = self.rows[0]
        row = next(row for row in self.rows[1:] if row[0] == invoice)
        row[header.index(DEFAULTS[field])] = value

    def edit_draft(self, draft_id: str, text: str, subject: str = "") -> None:
        old = self.mailbox.all[self.mailbox.draft_ids[draft_id]].content
        new = EmailMessage()
        new["Subject"], new["To"] = subject or str(old["Subject"]), str(old["To"])
        new.set_content(text)
        self.mailbox.edit(draft_id, new.as_bytes())

    def attach(self, draft_id: str, name: str) -> None:
        """Somebody puts a file to a draft, and changes nothing else."""
        mail = email.message_from_bytes(
            self.mailbox.written[self.mailbox.draft_ids[draft_id]], policy=email.policy.default
        )
        mail.add_attachment(b"x", maintype="application", subtype="pdf", filename=name, cid="<f_m1>")
        self.mailbox.edit(draft_id, mail.as_bytes())

    def answer(self, text: str = "We will pay on Friday.", **headers: str) -> None:
        """The debtor answers the last letter that was sent."""
        last = [each for each in self.mailbox.all.values() if "SENT" in each.labels][-1]
        mail = EmailMessage()
        mail["From"], mail["To"] = headers.pop("sender", "Ms Weber <ap@weber.example>"), "ar@example.com"
        mail["Subject"] = f"Re: {last.content['Subject']}"
        mail["In-Reply-To"] = mail["References"] = last.rfc_id
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        self.mailbox.receive(mail.as_bytes())


def office(**changes: Any) -> Office:
    """An office with an empty invoice tab; ``changes`` are settings or terms."""
    hooks = Hooks()
    clock = [START]
    ordinary = {
        "policies": {"standard": ladder(), "auto": ladder("auto", Delivery.SEND)},
        "default": "standard",
        "calendar": Calendar(frozenset(range(7))),
    }
    named = {name: changes.pop(name) for name in [*changes] if name in Terms.__dataclass_fields__}
    terms = Terms(**{**ordinary, **named})
    settings = Settings(
        tabs=Tabs(),
        mailbox="ar@example.com",
        columns=Columns(),
        terms=terms,
        templates=TEMPLATES,
        senders=Senders(Sender(name="Accounts", address="ar@example.com", payment="IBAN DE00 0000")),
        standings={"paid": Standing.PAID, "void": Standing.VOID, "disputed": Standing.DISPUTED},
        gmail_web="https://mail.example/",
    )
    settings = replace(settings, **changes)
    sheet = MemorySheet({"Invoices": [list(HEADERS)]}, log_header=HEADER, hooks=hooks)
    made: list[Office] = []

    def now() -> dt.datetime:
        return made[0].time if made else clock[0]

    mailbox = MemoryMailbox(now=now, hooks=hooks)
    desk = Desk(
        sheet=sheet,
        mailbox=mailbox,
        settings=settings,
        now=now,
        pause=lambda _attempt: None,
        source=random.Random(7),
    )
    made.append(Office(sheet, mailbox, desk, hooks))
    return made[0]
