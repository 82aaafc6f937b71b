"""A matter and its template -> a letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sheetsdun.letters import context
from sheetsdun.letters.formats import formats
from sheetsdun.letters.inert import cell, header
from sheetsdun.letters.letter import Letter
from sheetsdun.letters.matter import Attachment, Matter, Sender, Thread
from sheetsdun.letters.templates import Templates


def script(matter: Matter, *, sender: Sender, templates: Templates, today: dt.date) -> str:
    """Write what a person is to say, or to send by other means than e-mail.

    Args:
        matter: What it is about; its template is one of those that end in ``.txt``. Nobody need be named in ``to``.
        sender: Who writes.
        templates: Where the words are.
        today: The run's day.

    Raises:
        TemplateMistake: The template is missing or wrong; ``proofread.check`` tells that for all beforehand.
    """
    language = templates.spoken(matter.language)
    told = context.build(matter, sender, letter="", today=today, formats=formats(language))
    return templates.script(language, matter.template, told)


def compose(
    matter: Matter,
    *,
    letter: str,
    spreadsheet: str,
    sender: Sender,
    templates: Templates,
    today: dt.date,
    thread: Thread | None = None,
    attachments: Sequence[Attachment] = (),
    automatic: bool = False,
) -> Letter:
    """Write a letter. Nothing is checked that only its mail can show: see ``Letter.mime``.

    Args:
        matter: What it says, and to whom.
        letter: Its id, see ``reference.new``.
        spreadsheet: Id of the spreadsheet that it comes from.
        sender: Who writes.
        templates: Where the words are.
        today: The run's day; days overdue are counted to it.
        thread: The conversation to continue; None begins a new one.
        attachments: Files that go with it.
        automatic: It goes out without a person's look.

    Raises:
        TooLong: The letter would be too long, or too much work.
        TemplateMistake: The template is missing or wrong; ``proofread.check`` tells that for all beforehand.
    """
    language = templates.spoken(matter.language)
    words = formats(language)
    told = context.build(matter, sender, letter=letter, today=today, formats=words)
    rendered = templates.render(language, matter.template, told)
    about = ", ".join(
        cell(line.number) + (f" (row {line.row})" if line.row else "") for line in matter.invoices
    )
    return Letter(
        id=letter,
        spreadsheet=spreadsheet,
        sender=sender,
        to=matter.to,
        cc=matter.cc,
        subject=rendered.subject if thread is None else header(thread.subject),
        text=rendered.text,
        html=rendered.html,
        language=words.tag,
        template=f"{words.tag}/{matter.template}",
        about=about,
        attachments=tuple(attachments),
        pictures=rendered.pictures,
        thread=thread,
        automatic=automatic,
        rendered=rendered,
    )
