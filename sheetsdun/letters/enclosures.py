"""Files that go with letters: named in a cell, found in one folder, and nowhere else."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from pathlib import Path

from sheetsdun.letters.inert import cell
from sheetsdun.letters.matter import Attachment

_UNKNOWN = "application/octet-stream"


class NoSuchFile(Exception):
    """A cell names a file that cannot go with a letter; the words say which and why."""


class Enclosures:
    """The folder of files that the Attachments column may name.

    Args:
        folder: None where the team attaches nothing: then names in the column have no effect.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder.resolve() if folder else None

    def load(self, names: Iterable[str]) -> tuple[Attachment, ...]:
        """Read the named files, each once, in order.

        Raises:
            NoSuchFile: One is not there, is not in the folder, or cannot be read.
        """
        if self._folder is None:
            return ()
        return tuple(self._read(self._folder, name) for name in dict.fromkeys(names))

    @staticmethod
    def _read(folder: Path, name: str) -> Attachment:
        try:
            path = (folder / name).resolve()
            if not path.is_relative_to(folder):
                raise NoSuchFile(f"“{cell(name)}” does not lie in the folder of attachments")
            data = path.read_bytes()
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "its name is none"
            raise NoSuchFile(f"the attachment “{cell(name)}” cannot be read ({why})") from error
        return Attachment(path.name, mimetypes.guess_type(path.name)[0] or _UNKNOWN, data)
