"""Drive in memory, behind the same contract as Google's."""

from __future__ import annotations

from collections.abc import Sequence

from doubles.hooks import Hooks, call

from sheetsdun.ports import GOOGLE_TYPES, Rejected, StoredFile

FOLDER = f"{GOOGLE_TYPES}folder"
_HAVE_A_PDF = {f"{GOOGLE_TYPES}{kind}" for kind in ("document", "spreadsheet", "presentation", "drawing")}


class MemoryFiles:
    """A Drive in memory.

    Attributes:
        all: What is there by id: the file, and its bytes.
    """

    def __init__(self, hooks: Hooks | None = None) -> None:
        self.hooks = hooks or Hooks()
        self.all: dict[str, tuple[StoredFile, bytes]] = {}

    def put(
        self,
        name: str,
        kind: str,
        content: bytes = b"",
        *,
        parent: str = "",
        trashed: bool = False,
        readable: bool = True,
    ) -> str:
        """Somebody uploads a file; its id."""
        file_id = f"1{len(self.all):0>32}"
        self.all[file_id] = (
            StoredFile(
                id=file_id,
                name=name,
                type=kind,
                size=len(content),
                parents=(parent,) if parent else (),
                trashed=trashed,
                readable=readable,
            ),
            content,
        )
        return file_id

    @call
    def about(self, file_ids: Sequence[str]) -> list[StoredFile | None]:
        return [self.all[each][0] if each in self.all else None for each in file_ids]

    @call
    def content(self, file: StoredFile) -> bytes:
        if file.id not in self.all:
            raise Rejected(f"File not found: {file.id}.", code=404, reason="notFound")
        kept, content = self.all[file.id]
        if kept.type in _HAVE_A_PDF:
            return b"%PDF-1.4 " + kept.name.encode()
        if kept.type.startswith(GOOGLE_TYPES):
            raise Rejected("Export only supports Docs Editors files.", code=403, reason="fileNotExportable")
        return content
