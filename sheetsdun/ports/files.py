"""The contract Files, and the types that cross it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

GOOGLE_TYPES = "application/vnd.google-apps."
"""How the types of documents begin that are Google's own, and of folders: they have no bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file, or a folder, as Drive tells of it.

    Attributes:
        type: MIME type.
        size: In bytes; 0 for what has none of its own.
        parents: Ids of the folders in which it lies, as far as the account may see them.
        trashed: It lies in the bin.
        readable: Its content may be downloaded.
    """

    id: str
    name: str
    type: str
    size: int = 0
    parents: tuple[str, ...] = ()
    trashed: bool = False
    readable: bool = True


class Files(Protocol):
    """Drive, read only."""

    def about(self, file_ids: Sequence[str]) -> list[StoredFile | None]:
        """What each of them is; None where there is none, or the account may not see it."""

    def content(self, file: StoredFile) -> bytes:
        """A file's bytes; of a document of Google's own, a PDF of it.

        Raises Rejected if it cannot be had, Unreachable if that cannot be told.
        """
