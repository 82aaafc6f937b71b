"""Changing the labels of messages: what excludes what, and what a draft may not carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import labels, records, refusals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.gmail.records import Row
    from sheetsdun.sandbox.wire import Json

# A message lies in one of these places.
_PLACES = frozenset({"INBOX", "SPAM", "TRASH"})


def modify(mailbox: Mailbox, rows: Iterable[Row], request: Json, *, skip_drafts: bool = False) -> None:
    """Carry out addLabelIds and removeLabelIds.

    Args:
        mailbox: Whose.
        rows: The messages.
        request: The body.
        skip_drafts: Pass drafts over, as when a whole thread is labelled, rather than refuse.

    Raises:
        ApiError: Nothing asked for, an unknown label, one that is Gmail's to give, or a draft (400).
    """
    add, remove = set(request.get("addLabelIds") or ()), set(request.get("removeLabelIds") or ())
    if not add and not remove:
        raise refusals.invalid("No label add or removes specified")
    if add & remove:
        raise refusals.invalid("Cannot both add and remove the same label")
    labels.require_free(mailbox, sorted(add | remove))
    for row in rows:
        if add - {"TRASH"} and is_draft(mailbox, row):
            if skip_drafts:
                continue
            raise refusals.invalid(f"Invalid label: {min(add - {'TRASH'})}")
        records.relabel(mailbox, row, add, remove | (_PLACES - add if add & _PLACES else set()))


def trash(mailbox: Mailbox, row: Row) -> None:
    """Put a message into the bin; a draft stays a draft there."""
    records.relabel(mailbox, row, {"TRASH"}, {"INBOX", "SPAM"})


def untrash(mailbox: Mailbox, row: Row) -> None:
    """Take a message out of the bin; where it was before is forgotten."""
    records.relabel(mailbox, row, (), {"TRASH"})


def is_draft(mailbox: Mailbox, row: Row) -> bool:
    """Whether the message is a draft's."""
    return "DRAFT" in records.labels(mailbox, row["id"])
