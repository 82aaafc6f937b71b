"""What dead runs have left in the mailbox: shells that were never published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetsdun.domain.history import History
from sheetsdun.journal.lease import Lease
from sheetsdun.ports import DraftRef, Mailbox
from sheetsdun.sync.ours import is_blank, spreadsheet_of


@dataclass(frozen=True, slots=True)
class Litter:
    """Drafts of this spreadsheet's that the log does not know.

    Attributes:
        shells: Wholly empty: a run died before it published them.
        unknown: How many have a recipient or text; there should be none.
    """

    shells: tuple[DraftRef, ...] = ()
    unknown: int = 0

    @classmethod
    def of(cls, strangers: Sequence[DraftRef], *, mailbox: Mailbox, key: str) -> Litter:
        """Look at drafts that no letter of the log has; most are people's own, and none of our business."""
        seen = mailbox.look([draft.draft_id for draft in strangers]) if strangers else []
        ours = [
            (draft, mail)
            for draft, mail in zip(strangers, seen, strict=True)
            if mail is not None and spreadsheet_of(mail) == key and not mail.in_bin
        ]
        shells = tuple(draft for draft, mail in ours if is_blank(mail))
        return cls(shells, len(ours) - len(shells))

    def __add__(self, other: Litter) -> Litter:
        """Both."""
        return Litter(self.shells + other.shells, self.unknown + other.unknown)


def suspects(strangers: Sequence[DraftRef], history: History) -> list[DraftRef]:
    """Drafts that look as if we had made them: only these are worth a look in a run without news.

    Either nobody has ever changed it (a thread has the id of its first message, and an edit gives a draft another
    message), or it stands in a conversation of ours.
    """
    ours = {letter.thread_id for letter in history.mails.values()}
    return [draft for draft in strangers if draft.message_id == draft.thread_id or draft.thread_id in ours]


def sweep(litter: Litter, *, mailbox: Mailbox, lease: Lease) -> None:
    """Delete the shells, once a write of this run has landed: whoever made them cannot publish them any more."""
    if not litter.shells:
        return
    if not lease.taken:
        lease.append([])
    lease.check()
    seen = mailbox.look([draft.draft_id for draft in litter.shells])
    mailbox.delete(
        [
            draft.draft_id
            for draft, mail in zip(litter.shells, seen, strict=True)
            if mail is not None and is_blank(mail)
        ]
    )
