"""A preview as files: one page with everything on it, and each part by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from sheetsdun.errors import UsageError
from sheetsdun.report import page
from sheetsdun.report.letter_page import STYLE, Specimen, sheet, views
from sheetsdun.report.mail import Enclosed, Mail, taken_apart
from sheetsdun.rows.words import Words
from sheetsdun.sync.preview import Preview, Why

INDEX = "index.html"
_FOOT = (
    "Nothing was written into the sheet or the mailbox. The reference is another one in each letter; date and "
    "Message-ID are Gmail's to give."
)
_UNSAFE = re.compile(r'[\x00-\x1f/\\<>:"|?*]')


def what(told: Preview, words: Words) -> str:
    """Which level is shown, and why that one: a sentence."""
    level = f"{told.rung.level.name} ({told.rung.place} of {len(told.rung.policy.levels)})"
    day = words.date(told.day)
    said = {
        Why.DUE: f"{level} is due today, {day}",
        Why.OPEN: f"A draft of {level} lies open; this is how it would be written today, {day}",
        Why.NEXT: f"Nothing is due today; {level} comes next, as it would be written on {day}",
        Why.ASKED: f"{level}, as it would be written on {day}",
    }[told.why]
    return f"{said[:1].upper()}{said[1:]}."


def write(told: Preview, words: Words, folder: Path) -> Path:
    """Write one letter, or one task's script, into a folder.

    Returns:
        The page that shows all of it.

    Raises:
        UsageError: The folder cannot be written into.
    """
    if told.letter is None:
        parts = [
            page.section(
                "What a person says or sends", Markup('<pre class="text">{}</pre>').format(told.script)
            )
        ]
        files = {"script.txt": told.script.encode()}
    else:
        mail = taken_apart(told.letter.mime())
        names = file_names(mail.enclosed)
        parts = list(_parts(mail, names, told.note))
        files = {
            "letter.html": mail.html.encode(),
            "letter.txt": mail.text.encode(),
            "letter.eml": mail.raw,
            "headers.txt": "".join(f"{name}: {value}\n" for name, value in mail.headers).encode(),
            **{f"attachments/{name}": each.data for name, each in zip(names, mail.enclosed, strict=True)},
        }
    html = page.page(f"Preview of {told.invoice}", parts, lead=what(told, words), foot=_FOOT, style=STYLE)
    return save(folder, {**files, INDEX: html.encode()})


def write_all(specimens: Iterable[Specimen], title: str, lead: str, folder: Path) -> Path:
    """Write many letters into a folder, and one page that shows them side by side.

    Returns:
        The page.

    Raises:
        UsageError: The folder cannot be written into.
    """
    shown = list(specimens)
    files: dict[str, bytes] = {}
    for each in shown:
        if each.mail is not None:
            files[each.file] = each.mail.html.encode()
            files[each.file.replace(".html", ".txt")] = each.mail.text.encode()
        else:
            files[each.file] = each.script.encode()
    html = page.page(title, sheet(shown), lead=lead, foot=_FOOT, style=STYLE)
    return save(folder, {**files, INDEX: html.encode()})


def specimen(told: Preview, language: str) -> Specimen:
    """A preview as one of many."""
    level = told.rung.level.name
    mail = taken_apart(told.letter.mime()) if told.letter else None
    remark = ", ".join(each.name for each in mail.enclosed) if mail else ""
    return Specimen(
        level=level,
        language=language,
        mail=mail,
        script=told.script,
        file=file_of(level, language, letter=mail is not None),
        remark=f"with {remark}" if remark else "",
    )


def file_of(level: str, language: str, *, letter: bool) -> str:
    """Where a specimen lies by itself, seen from the page."""
    name = f"{language}-{level}.{'html' if letter else 'txt'}"
    return _UNSAFE.sub("_", name)


def file_names(enclosed: Sequence[Enclosed]) -> list[str]:
    """A name on this machine's disk for each attachment: no path, and no two the same."""
    names: list[str] = []
    for number, each in enumerate(enclosed, start=1):
        plain = _UNSAFE.sub("_", each.name).strip(". ") or "attachment"
        names.append(plain if plain not in names else f"{number}-{plain}")
    return names


def save(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files; the folder is made where it is not there.

    Returns:
        The page.

    Raises:
        UsageError: They cannot be written.
    """
    try:
        for name, data in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written into ({error.strerror}).", "Name another with --folder."
        ) from None
    return folder / INDEX


def _parts(mail: Mail, names: Sequence[str], note: str) -> Iterator[Markup]:
    yield page.section("To whom, and what goes with it", *_facts(mail, names), note=note)
    yield page.section("The letter", views(mail, "light"), views(mail, "dark"))
    yield page.section(
        "Without HTML, and as it travels",
        Markup(
            '<div class="pair"><div><h3>Plain text</h3><pre class="text">{}</pre></div><div><h3>Source</h3><pre>{}</pre></div></div>'
        ).format(mail.text, mail.source),
    )
    rows = ([name, value] for name, value in mail.headers)
    yield page.section("Headers", Markup('<div class="card facts">{}</div>').format(_plain(rows)))


def _facts(mail: Mail, names: Sequence[str]) -> Iterator[Markup]:
    told = [(name, mail.header(name)) for name in ("From", "To", "Cc", "Reply-To", "Subject")]
    files = Markup("<br>").join(
        Markup('<a href="attachments/{}">{}</a> ({}, {})').format(
            quote(name), each.name, each.type, _size(each.data)
        )
        for name, each in zip(names, mail.enclosed, strict=True)
    )
    rows = [[name, value] for name, value in told if value]
    rows.append(["Attachments", files or "none"])
    rows.append(
        ["Thread", "answers the letter before it" if mail.header("In-Reply-To") else "begins a new one"]
    )
    yield Markup('<div class="card facts">{}</div>').format(_plain(rows))


def _plain(rows: Iterable[Sequence[str]]) -> Markup:
    """A table of names and values that needs no headers."""
    lines = (Markup("<tr><td>{}</td><td>{}</td></tr>").format(*row) for row in rows)
    return Markup("<table><tbody>{}</tbody></table>").format(Markup("").join(lines))


def _size(data: bytes) -> str:
    return f"{len(data) / 1024:,.0f} KB" if len(data) >= 1024 else f"{len(data)} bytes"  # noqa: PLR2004 - of a kilobyte
