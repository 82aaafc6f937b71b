"""What a run attaches: each file is taken in once, and kept on disk until the letter that it goes with is filled."""

from __future__ import annotations

import tempfile
import weakref
from dataclasses import dataclass, field

from sheetsdun.letters.matter import Attachment

IN_MEMORY = 8 * 2**20
"""Bytes of all files together up to which no disk is used."""


class Stock:
    """A temporary file that holds all others; it is gone when nobody needs it any more."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed with the stock
        self._end = 0
        weakref.finalize(self, self._file.close)

    def keep(self, name: str, kind: str, data: bytes) -> Attachment:
        """Take a file in.

        Args:
            name: As the debtor sees it.
            kind: Its MIME type.
            data: Its content.
        """
        self._file.seek(self._end)
        self._file.write(data)
        held = Held(self, self._end, len(data))
        self._end += len(data)
        return Attachment(name, kind, held)

    def read(self, start: int, size: int) -> bytes:
        """The content that was taken in there."""
        self._file.seek(start)
        return self._file.read(size)


@dataclass(frozen=True, slots=True)
class Held:
    """A content that is read when somebody wants its bytes."""

    stock: Stock = field(repr=False)
    start: int
    size: int

    def __len__(self) -> int:
        return self.size

    def __bytes__(self) -> bytes:
        return self.stock.read(self.start, self.size)
