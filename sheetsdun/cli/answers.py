"""What a person tells ``init``: on the command line, in an earlier config, or when asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import click

from sheetsdun.cli import terminal
from sheetsdun.errors import SheetsdunError, UsageError

Kind: TypeAlias = Literal["sheet", "mailbox", "endpoint"]

_QUESTIONS = {
    "sheet": "The spreadsheet of your invoices (its address in the browser)",
    "mailbox": "The Gmail account in which drafts are made",
}
_OPTIONS = {"sheet": "--sheet URL", "mailbox": "--mailbox ADDRESS"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All that is to be known before a config can be written.

    Attributes:
        sheet: Address or id of the spreadsheet.
        credentials: Path of the credentials file, seen from the config's folder.
        language: "" for the sheet's.
        endpoint: A server that stands in for Google; "" for Google.
    """

    sheet: str = ""
    mailbox: str = ""
    credentials: str = "credentials.json"
    language: str = ""
    endpoint: str = ""


def earlier(path: Path) -> Answers | None:
    """What the config that is there says; None where there is none that can be read."""
    from sheetsdun import wiring

    try:
        config = wiring.read_config(path)
    except SheetsdunError:
        return None
    return Answers(
        sheet=config.sheet.url or config.sheet.id or "",
        mailbox=config.google.mailbox,
        credentials=config.google.credentials,
        language="" if config.defaults.language == "en" else config.defaults.language,
        endpoint=config.google.endpoints.sheets,
    )


def complete(given: Answers) -> Answers:
    """Ask for what is missing, and check what is there.

    Raises:
        UsageError: Something is missing and nobody is there to be asked; or it is no such thing.
    """
    lacking = [option for kind, option in _OPTIONS.items() if not getattr(given, kind)]
    if lacking and not terminal.attended():
        raise UsageError(
            f"{' and '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} needed.",
            "For example: sheetsdun init --sheet https://docs.google.com/spreadsheets/d/1AbC/edit --mailbox ar@example.com",
        )
    return Answers(
        sheet=_answer("sheet", given.sheet),
        mailbox=_answer("mailbox", given.mailbox),
        credentials=given.credentials,
        language=given.language,
        endpoint=_answer("endpoint", given.endpoint) if given.endpoint else "",
    )


def _answer(kind: Kind, given: str) -> str:
    if given:
        if wrong := mistake(kind, given):
            raise UsageError(f"--{kind}: {wrong}")
        return given
    while True:
        answer: str = click.prompt(_QUESTIONS[kind], err=True).strip()
        wrong = mistake(kind, answer)
        if not wrong:
            return answer
        click.secho(wrong, err=True, fg="red")


def mistake(kind: Kind, text: str) -> str:
    """Why the config would not take it; "" where it would."""
    from pydantic import TypeAdapter, ValidationError

    from sheetsdun.config import values

    types = {
        "sheet": values.SheetUrl if "/" in text else values.SheetId,
        "mailbox": values.Address,
        "endpoint": values.Endpoint,
    }
    try:
        TypeAdapter(types[kind]).validate_python(text)
    except ValidationError as error:
        return str(error.errors()[0]["ctx"]["error"])
    return ""
