"""One run: who it is, what day it is, and the events that it writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.history import LetterHistory, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of ``plan`` or ``sync``.

    Attributes:
        id: Short and random; it stands in the log and in the lease.
        today: The run's day in the sheet's time zone.
        zone: The sheet's time zone.
        now: The clock made by the command line, UTC.
        mailbox: Address of the Gmail account.
    """

    id: str
    today: dt.date
    zone: ZoneInfo
    now: Callable[[], dt.datetime]
    mailbox: str

    def event(self, name: str, **fields: Any) -> Event:
        """An event of this run; its sequence and time are set when it is written."""
        return Event(time=self.now(), day=self.today, run=self.id, name=name, mailbox=self.mailbox, **fields)

    def of_letter(self, letter: LetterHistory, name: str, **fields: Any) -> list[Event]:
        """The same event once for each invoice of a letter; of a digest, whose news its first event tells, only once."""
        base = self.event(
            name,
            **{
                "letter": letter.id,
                "debtor": letter.debtor,
                "currency": letter.currency,
                "recipients": letter.recipients,
                "subject": letter.subject,
                "draft_id": letter.draft_id,
                "message_id": letter.message_id,
                "thread_id": letter.thread_id,
                "facts": letter.facts,
                "content": letter.content,
                "template": letter.template,
                **fields,
            },
        )
        parts = letter.parts[:1] if letter.is_digest and name != Name.OPENED else letter.parts
        return by_part(base, parts)

    def day_of(self, instant: dt.datetime) -> dt.date:
        """The day of an instant in the sheet's time zone, never after the run's today."""
        return min(instant.astimezone(self.zone).date(), self.today)


def by_part(base: Event, parts: Iterable[Part]) -> list[Event]:
    """One event row for each invoice of a letter."""
    return [
        replace(
            base,
            invoice=part.invoice,
            role=part.role,
            policy=part.policy,
            level=part.level,
            offset=part.offset,
            cycle=part.cycle,
            balance=part.balance,
        )
        for part in parts
    ]
