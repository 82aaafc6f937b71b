"""Every template filled with made-up invoices, for a page that shows them side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sheetsdun import wiring
from sheetsdun.cli.options import USUAL
from sheetsdun.letters import Sender, Templates, compose, samples, script
from sheetsdun.letters.folder import LETTER, SCRIPT
from sheetsdun.letters.matter import Matter
from sheetsdun.report.letter_page import Specimen
from sheetsdun.report.mail import taken_apart
from sheetsdun.report.previewed import file_of

LEAD = "Every letter and script in every language, about made-up invoices."
_REFERENCE = "SD-7K3F9Q"
_SPREADSHEET = "made-up"
_CALMEST = ("courtesy", "deposit", "friendly", "reminder", "firm", "final")


def templates_and_sender(config_path: Path) -> tuple[Templates, Sender]:
    """The team's own where there is a config, else those that come with sheetsdun.

    Raises:
        UsageError: The config, or the layout of the letters, is not right.
    """
    if not config_path.exists() and config_path == USUAL:
        return wiring.templates(config_path.parent), samples.SENDER
    config = wiring.read_config(config_path)
    own = wiring.senders(config).usual
    named = own if own.ways or own.payment or own.signature else samples.SENDER
    return wiring.templates(config_path.parent, config.defaults.language), named


def specimens(templates: Templates, sender: Sender) -> list[Specimen]:
    """Letters from calm to stern, then scripts.

    Raises:
        TemplateMistake: A template is wrong.
    """
    letters = sorted(templates.names(LETTER), key=lambda each: (_calm(each[1]), each[1], each[0]))
    scripts = sorted(templates.names(SCRIPT), key=lambda each: (each[1], each[0]))
    return [*_letters(templates, sender, letters), *_scripts(templates, sender, scripts)]


def _letters(templates: Templates, sender: Sender, names: list[tuple[str, str]]) -> Iterator[Specimen]:
    for language, name in names:
        letter = compose(
            matter(language, name),
            letter=_REFERENCE,
            spreadsheet=_SPREADSHEET,
            sender=sender,
            templates=templates,
            today=samples.TODAY,
        )
        yield Specimen(
            level=name,
            language=language,
            mail=taken_apart(letter.mime()),
            file=file_of(name, language, letter=True),
        )


def _scripts(templates: Templates, sender: Sender, names: list[tuple[str, str]]) -> Iterator[Specimen]:
    for language, name in names:
        told = samples.task(language, name, overdue=True)
        said = script(told, sender=sender, templates=templates, today=samples.TODAY)
        yield Specimen(
            level=f"{name} (script)",
            language=language,
            script=said,
            file=file_of(f"script-{name}", language, letter=False),
        )


def matter(language: str, name: str) -> Matter:
    """What a made-up letter is about: before the due date one invoice, later the more there are."""
    if name in {"courtesy", "deposit"}:
        return samples.one(language, name, overdue=False)
    if name in {"reminder", "final"}:
        return replace(samples.several(language, name, overdue=True), elsewhere={})
    return samples.one(language, name, overdue=True)


def _calm(name: str) -> int:
    return _CALMEST.index(name) if name in _CALMEST else len(_CALMEST)
