"""The three contracts, Sheet, Mailbox and Files, and the types that cross them: a module each.

A method that changes something ends in one of three ways. It returns: the effect is there. It raises ``Rejected``
(or a part of a batch is a ``Rejected``): the effect is certainly not there. It raises ``NoAnswer`` (or a part is one):
nobody knows, and whoever called looks. Reading methods raise ``errors.Unreachable`` when Google cannot be had.
"""

from __future__ import annotations

from sheetsdun.ports.answers import LinkTaken, NoAnswer, Rejected
from sheetsdun.ports.files import GOOGLE_TYPES, Files, StoredFile
from sheetsdun.ports.mailbox import DraftRef, Mail, Mailbox, News, Outgoing, Profile, Returned
from sheetsdun.ports.sheet import (
    EPOCH,
    CellWrite,
    Entry,
    Kept,
    Leaf,
    Link,
    NoteWrite,
    Sheet,
    Snapshot,
    Table,
    Value,
    letters,
    serial,
)

__all__ = [
    "EPOCH",
    "GOOGLE_TYPES",
    "CellWrite",
    "DraftRef",
    "Entry",
    "Files",
    "Kept",
    "Leaf",
    "Link",
    "LinkTaken",
    "Mail",
    "Mailbox",
    "News",
    "NoAnswer",
    "NoteWrite",
    "Outgoing",
    "Profile",
    "Rejected",
    "Returned",
    "Sheet",
    "Snapshot",
    "StoredFile",
    "Table",
    "Value",
    "letters",
    "serial",
]
