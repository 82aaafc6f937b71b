"""Where templates are found: a user's own folder first, then those that come with sheetsdun.

Own or not, a folder holds ``layout.html`` and one folder for each language; a file of one's own takes the place of
the file of the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path

LETTER = ".md"
SCRIPT = ".txt"
"""Ending of a task's template: plain text, for a person to say or to send by other means."""


def builtin() -> Path:
    """The folder that comes with sheetsdun: inside the installed package, beside it in a checkout."""
    package = Path(str(resources.files("sheetsdun")))
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def places(folders: Sequence[Path], language: str) -> list[Path]:
    """Where a language's files are looked for, first to last: ``de-AT`` falls back to ``de``."""
    tags = dict.fromkeys((language, language.split("-", maxsplit=1)[0]))
    return [folder / tag for tag in tags for folder in folders]


def find(folders: Sequence[Path], language: str, name: str, suffix: str = LETTER) -> Path | None:
    """The file of a template; None where there is none."""
    candidates = (place / f"{name}{suffix}" for place in places(folders, language))
    return next((path for path in candidates if path.is_file()), None)


def contents(folders: Sequence[Path], suffix: str = LETTER) -> Iterator[tuple[str, str]]:
    """Every language and template name there is, sorted; parts, which begin with ``_``, are no templates."""
    found = {
        (path.parent.name, path.stem)
        for folder in folders
        for path in folder.glob(f"*/*{suffix}")
        if not path.name.startswith("_")
    }
    yield from sorted(found)


def copy(target: Path, languages: Iterable[str]) -> list[Path]:
    """Copy the letters of some languages, for people to edit; a file that is there already stays as it is.

    Returns:
        The files that were written.
    """
    written: list[Path] = []
    for language in languages:
        for source in sorted((builtin() / language).iterdir()):
            path = target / language / source.name
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(source.read_bytes())
                written.append(path)
    return written


def languages() -> tuple[str, ...]:
    """The languages that sheetsdun's own letters are in."""
    return tuple(sorted({language for language, _ in contents([builtin()])}))


def layout(folders: Sequence[Path]) -> Path:
    """The file of the layout."""
    return next(path for folder in folders if (path := folder / "layout.html").is_file())
