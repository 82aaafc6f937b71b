"""A digest: the one letter that goes to our own people. Its words are in ``_digest.md``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetsdun.letters.formats import formats
from sheetsdun.letters.inert import cell
from sheetsdun.letters.letter import Letter
from sheetsdun.letters.matter import Line, Sender
from sheetsdun.letters.seen import Item, Seen, Writer
from sheetsdun.letters.templates import Templates

TEMPLATE = "_digest"
"""It begins with ``_``: no level can name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One invoice in a digest.

    Attributes:
        what: What is to be done, such as ``Call today``; "" for what is only told.
        whom: Number and name.
        level: Of the task, or of the letter that is uncertain.
        script: What to say or to send.
    """

    line: Line
    currency: str
    customer: str = ""
    what: str = ""
    whom: str = ""
    level: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestMatter:
    """What one digest says.

    Attributes:
        to: An address.
        tasks: What the reader is to do today.
        more: How many tasks there are besides, of which only the sheet tells.
        exhausted: Invoices whose ladder has ended.
        uncertain: Invoices of letters of which nobody can tell whether they were sent.
        columns: What columns of the sheet are called, by the names in the config.
    """

    to: str
    language: str
    tasks: tuple[Entry, ...] = ()
    more: int = 0
    exhausted: tuple[Entry, ...] = ()
    uncertain: tuple[Entry, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry, as templates see it."""

    invoice: Item
    customer: str
    what: str
    whom: str
    level: str
    script: list[str]


def digest(
    matter: DigestMatter,
    *,
    letter: str,
    spreadsheet: str,
    sender: Sender,
    templates: Templates,
    today: dt.date,
) -> Letter:
    """Write a digest.

    Args:
        matter: What it says, and to whom.
        letter: Its id, see ``reference.new``.
        spreadsheet: Id of the spreadsheet that it comes from.
        sender: In whose name the draft is made.
        templates: Where the words are.
        today: The run's day.

    Raises:
        TemplateMistake: The template is missing or wrong; ``proofread.check`` tells that beforehand.
    """
    words = formats(matter.language)

    def told(entry: Entry) -> Told:
        return Told(
            invoice=Seen(entry.currency, today, words).item(entry.line),
            customer=cell(entry.customer),
            what=entry.what,
            whom=cell(entry.whom),
            level=entry.level,
            script=[line for line in entry.script.splitlines() if line],
        )

    context = {
        "tasks": [*map(told, matter.tasks)],
        "more": matter.more,
        "exhausted": [*map(told, matter.exhausted)],
        "uncertain": [*map(told, matter.uncertain)],
        "columns": {name: cell(title) for name, title in matter.columns.items()},
        "today": Seen("", today, words).day(today),
        "reference": letter,
        "language": words.tag,
        "sender": Writer(
            name=sender.name, address=sender.address, reply_to=sender.reply_to or sender.address
        ),
    }
    rendered = templates.render(matter.language, TEMPLATE, context)
    return Letter(
        id=letter,
        spreadsheet=spreadsheet,
        sender=sender,
        to=(matter.to,),
        cc=(),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        language=words.tag,
        template=f"{words.tag}/{TEMPLATE}",
        about=f"the digest for {matter.to}",
    )
