"""Every template tried with every made-up edge case, up to the mail's own bytes and to paper: for authors, who wait.

``proofread`` is what a run relies on and is quick; this looks further, also for what is no error and reads badly.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from sheetsdun.letters import proofread, samples
from sheetsdun.letters.compose import compose, script
from sheetsdun.letters.edges import TRAP, Edge, edges
from sheetsdun.letters.folder import LETTER, SCRIPT
from sheetsdun.letters.letter import LetterRefused
from sheetsdun.letters.posted import posted
from sheetsdun.letters.statement import statement
from sheetsdun.letters.templates import TemplateMistake, Templates

LARGEST_PAGE = 102_000
"""Bytes of HTML from which on Gmail shows only the beginning."""

_LETTER = "SD-7K3F9Q"
_SPREADSHEET = "made-up"
_GAP = re.compile(r"(?P<before>[^\n]*\S) +[.,](?=\s|$)|(?P<empty>\( *\))|(?P<none>\bNone\b)", re.MULTILINE)
_WORD = re.compile(r"\w+")


def named(templates: Templates, languages: Collection[str] = ()) -> list[tuple[str, str, str]]:
    """Language, name and ending of every template; in some languages only, where any are named."""
    return [
        (language, name, suffix)
        for suffix in (LETTER, SCRIPT)
        for language, name in templates.names(suffix)
        if not languages or language in languages
    ]


def trials(templates: Templates, languages: Collection[str] = ()) -> list[str]:
    """What is wrong with any template: a sentence a mistake, beginning with ``file:line:``."""
    found: dict[str, None] = {}
    for language, name, suffix in named(templates, languages):
        slips = proofread.problems(templates, language, name, suffix)
        found |= dict.fromkeys(slips or tried(templates, language, name, suffix))
    return list(found)


def tried(templates: Templates, language: str, name: str, suffix: str = LETTER) -> Iterator[str]:
    """What is wrong with one template, each mistake once and with the first case that shows it."""
    path = templates.path(language, name, suffix)
    told: set[str] = set()
    for edge in edges(language, name):
        for mistake in (_letter if suffix == LETTER else _script)(templates, edge, path):
            if mistake not in told:
                told.add(mistake)
                yield f"{mistake.rstrip('.')} (tried with {edge.name})."


def _letter(templates: Templates, edge: Edge, path: Path) -> Iterator[str]:
    try:
        letter = compose(
            edge.matter,
            letter=_LETTER,
            spreadsheet=_SPREADSHEET,
            sender=edge.sender,
            templates=templates,
            today=samples.TODAY,
        )
        if edge.mailed:
            letter.mime()
        if edge.printed:
            posted(letter, edge.matter, templates, today=samples.TODAY)
            statement(edge.matter, edge.sender, templates, letter=_LETTER, today=samples.TODAY)
    except TemplateMistake as mistake:
        yield from mistake.problems
        return
    except LetterRefused as refusal:
        yield f"{path}:1: the letter cannot be mailed: {refusal.why}."
        return
    if (size := len(letter.html.encode())) > LARGEST_PAGE:
        yield f"{path}:1: the letter's HTML has {size // 1000} KB, and Gmail cuts it off at {LARGEST_PAGE // 1000}."
    if TRAP[:10] in letter.html:
        yield f"{templates.layout.path}:1: a cell's text becomes HTML."
    yield from _gaps(templates, path, f"{letter.subject}\n{letter.text}")


def _script(templates: Templates, edge: Edge, path: Path) -> Iterator[str]:
    if len(edge.matter.invoices) > 1:  # a task is about one
        return
    try:
        said = script(edge.matter, sender=edge.sender, templates=templates, today=samples.TODAY)
    except TemplateMistake as mistake:
        yield from mistake.problems
        return
    yield from _gaps(templates, path, said)


def _gaps(templates: Templates, path: Path, text: str) -> Iterator[str]:
    """Places where a value was empty and the sentence was written as if it were not."""
    for gap in _GAP.finditer(text):
        file, line = _origin(templates, path, gap["before"] or "")
        shown = " ".join(gap[0].split())[-40:]
        yield f"{file}:{line}: “…{shown}” has a gap: what is printed there may be empty, so ask for it with if."


def _origin(templates: Templates, path: Path, before: str) -> tuple[Path, int]:
    """File and line of some words that stand in a letter, as near as they can be told; else the template's first."""
    words = _WORD.findall(before)
    parts = (part for folder in templates.folders for part in sorted((folder / path.parent.name).glob("_*")))
    for count in range(min(len(words), 4), 0, -1):
        wanted = " ".join(words[-count:])
        for file in (path, *parts):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
                said = f" {' '.join(_WORD.findall(line))} "
                if f" {wanted} " in said and (count > 1 or "{{" in line):
                    return file, number
    return path, 1
