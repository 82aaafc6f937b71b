"""Papers that letters take along, as PDF: a layout in Typst, words by language, and data that are never markup.

Typst sees the layout alone in an empty folder: it reads no other file of this machine, no font but its own, and fetches
no package. The same data always give the same bytes.
"""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sheetsdun.letters import folder
from sheetsdun.letters.formats import formats
from sheetsdun.letters.templates import TemplateMistake, Templates

PDF = "application/pdf"
_WORDS = "paper.toml"
_PACKAGE = re.compile(r"""["']@""")


def typeset(templates: Templates, language: str, name: str, data: Mapping[str, Any]) -> bytes:
    """Make a PDF.

    Args:
        templates: Where layouts and words are.
        language: Such as ``ru`` or ``de-AT``; one without words of its own gets the English ones.
        name: Of the layout: ``statement`` or ``letter``.
        data: What stands in it; plain JSON.

    Raises:
        TemplateMistake: The layout or the words are not right.
    """
    path = _found(templates.folders, language, f"{name}.typ")
    told = {**data, "words": words(templates, language), "lang": language.split("-", maxsplit=1)[0]}
    return _compiled(path, json.dumps(told, ensure_ascii=False))


def words(templates: Templates, language: str) -> dict[str, Any]:
    """The words of a language; those that it lacks are the English ones.

    Raises:
        TemplateMistake: A file of them is no TOML.
    """
    found: dict[str, Any] = {}
    for tag in ("en", language):
        for place in reversed(folder.places(templates.folders, formats(tag).tag)):
            found |= _read(place / _WORDS)
    return found


@lru_cache(maxsize=64)
def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as mistake:
        raise TemplateMistake([f"{path}: {mistake}."]) from mistake


def _found(folders: Sequence[Path], language: str, file: str) -> Path:
    """A layout: the language's own, or else the one for all."""
    candidates = [*folder.places(folders, formats(language).tag), *folders]
    return next(path for place in candidates if (path := place / file).is_file())


def _compiled(path: Path, data: str) -> bytes:
    import typst  # noqa: PLC0415 - only those wait for it whose letters take papers along

    source = path.read_text(encoding="utf-8")
    if _PACKAGE.search(source):
        raise TemplateMistake(
            [f"{path}: packages are of no use here: nothing is fetched while a letter is written."]
        )
    with tempfile.TemporaryDirectory() as alone:
        file = Path(alone, path.name)
        file.write_text(source, encoding="utf-8")
        try:
            made = typst.compile(
                str(file),
                root=alone,
                ignore_system_fonts=True,
                package_path=alone,
                package_cache_path=alone,
                sys_inputs={"data": data},
                timestamp=0,
                format="pdf",
            )
        except typst.TypstError as mistake:
            raise TemplateMistake([f"{path}: {mistake}."]) from mistake
    return made
