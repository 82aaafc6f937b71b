"""Files that may go with letters: of kinds that one sends to customers, and from one folder and nowhere else."""

from __future__ import annotations

from pathlib import Path, PurePath

from sheetsdun.letters.inert import cell

_OFFICE = "application/vnd.openxmlformats-officedocument"

KINDS = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".rtf": "application/rtf",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
"""By ending: what one sends to customers. Nothing that a mail program refuses or that could carry a program, macros or
other files."""

_SAME = {"text/xml": "application/xml", "image/jpg": "image/jpeg", "text/rtf": "application/rtf"}
_ENDINGS = {kind: ending for ending, kind in reversed(KINDS.items())}

LARGEST = 18_000_000
"""Bytes of a file. With its letter around it, and written in ASCII, Gmail just delivers that."""


class NoSuchFile(Exception):
    """A cell names a file that cannot go with a letter; the words say which and why."""


def kind_of(name: str) -> str:
    """The MIME type of a file by its name. Raises NoSuchFile for one that is not sent."""
    try:
        return KINDS[PurePath(name).suffix.casefold()]
    except KeyError:
        raise NoSuchFile(f"“{cell(name)}” is of no kind that is sent to customers ({known()})") from None


def named(name: str, kind: str) -> tuple[str, str]:
    """The name under which a file of a stated type goes out, with that type's ending; and the type as we write it.

    Raises:
        NoSuchFile: Of no type that is sent.
    """
    kind = kind.partition(";")[0].strip().casefold()
    kind = _SAME.get(kind, kind)
    if kind not in _ENDINGS:
        raise NoSuchFile(f"“{cell(name)}” is of no kind that is sent to customers ({known()})")
    fits = KINDS.get(PurePath(name).suffix.casefold()) == kind
    return (name if fits else f"{name}{_ENDINGS[kind]}"), kind


def fitting(name: str, size: int) -> None:
    """Raise NoSuchFile for a file with nothing in it, or with too much."""
    if not size:
        raise NoSuchFile(f"“{cell(name)}” is empty")
    if size > LARGEST:
        raise NoSuchFile(
            f"“{cell(name)}” has {size / 1e6:.0f} MB; a mail takes {LARGEST / 1e6:.0f} at the most"
        )


def known() -> str:
    """The endings that are sent, for words."""
    return ", ".join(sorted(ending.removeprefix(".") for ending in KINDS))


class Enclosures:
    """The folder of files that the Attachments column may name.

    Args:
        folder: None where there is none: then a name in the column is one that is not there.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def read(self, name: str) -> tuple[str, str, bytes]:
        """Read a file: its name, type and content.

        Raises:
            NoSuchFile: It is not there, lies outside of the folder, cannot be read, or is of no use.
        """
        if self._folder is None:
            raise NoSuchFile(f"the attachment “{cell(name)}” is not there: there is no folder of attachments")
        try:
            folder = self._folder.resolve()
            path = (folder / name).resolve()
            if not path.is_relative_to(folder):
                raise NoSuchFile(f"“{cell(name)}” does not lie in the folder of attachments")
            if path.exists() and not path.is_file():
                raise NoSuchFile(f"“{cell(name)}” is no file")
            kind = kind_of(path.name)
            fitting(path.name, path.stat().st_size)
            return path.name, kind, path.read_bytes()
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "its name is none"
            raise NoSuchFile(f"the attachment “{cell(name)}” cannot be read ({why})") from error
