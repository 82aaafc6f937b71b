"""The three contracts, Sheet, Mailbox and Files, and the types that cross them.

A method that changes something ends in one of three ways. It returns: the effect is there. It raises ``Rejected``
(or a part of a batch is a ``Rejected``): the effect is certainly not there. It raises ``NoAnswer`` (or a part is one):
nobody knows, and whoever called looks. Reading methods raise ``errors.Unreachable`` when Google cannot be had.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeAlias

Value: TypeAlias = str | int | float | bool
"""A cell as Sheets gives it unformatted. Empty cells are ""; dates are serial numbers."""

EPOCH = dt.date(1899, 12, 30)
"""Day 0 of Sheets: day 1 is 1899-12-31."""


def serial(day: dt.date) -> int:
    """The number that Sheets keeps for a day."""
    return (day - EPOCH).days


def letters(column: int) -> str:
    """The letters of a 0-based column: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


class Rejected(Exception):
    """Refused for certain: nothing has happened.

    Attributes:
        code: HTTP status.
        reason: Google's reason or status, such as ``notFound`` or ``rateLimitExceeded``.
        quota: It was a matter of rate or daily limit.
        retry_at: When the same request may be tried again, if Google said so.
    """

    def __init__(
        self,
        message: str,
        *,
        code: int,
        reason: str = "",
        quota: bool = False,
        retry_at: dt.datetime | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.reason = reason
        self.quota = quota
        self.retry_at = retry_at


class LinkTaken(Rejected):
    """The link to be created is there already: the fence held, nothing of the write has landed."""


class NoAnswer(Exception):
    """The request may or may not have been carried out."""


# -- Sheet ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the lease's chain; its number never comes back.

    Attributes:
        number: From 1; the highest is the present one.
        owner: Id of the run that holds it.
        expires: UTC; for a lease that was let go, when that was.
        events: Number of events in the log once this write has landed.
        free: The lease was let go with this write, whatever anybody's clock says.
    """

    number: int
    owner: str
    expires: dt.datetime
    events: int
    free: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One tab as it was read.

    Attributes:
        title: The tab's title.
        sheet_id: Its id, which stays when it is renamed.
        header_row: 1-based.
        header: Header cells as shown.
        values: Rows under the header, unformatted; trailing empty cells are absent.
        shown: The same rows as people see them.
        width, height: Of the grid, in columns and rows.
    """

    title: str
    sheet_id: int
    header_row: int
    header: tuple[str, ...]
    values: Sequence[Sequence[Value]] = ()
    shown: Sequence[Sequence[str]] = ()
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The spreadsheet at one moment: the chain was read first, then the tabs.

    Attributes:
        locale: Such as ``de_DE``.
        time_zone: IANA name.
        links: The lease's chain, lowest number first.
        cells: Cells that the whole spreadsheet may still take.
        room: Characters of links that it may still take.
        tables: By the title asked for; a tab that is not there is absent.
    """

    spreadsheet_id: str
    title: str
    locale: str
    time_zone: str
    links: tuple[Link, ...]
    tables: Mapping[str, Table]
    cells: int = 0
    room: int = 0


@dataclass(frozen=True, slots=True)
class CellWrite:
    """One cell of ours to be written: text, number or date, never a formula.

    Attributes:
        row, column: 0-based place in the grid.
        value: None empties the cell.
        link: An address that the cell's text leads to; "" for none.
    """

    row: int
    column: int
    value: str | int | float | dt.date | None
    link: str = ""


@dataclass(frozen=True, slots=True)
class NoteWrite:
    """The note of one cell of ours (the status header)."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of a tab that is wholly ours.

    Attributes:
        value: Text, number or date, never a formula; None for an empty cell.
        bold: Whether it stands out.
        pattern: How a number is shown, such as ``#,##0.00``; "" as Sheets likes.
    """

    value: str | Decimal | int | dt.date | None
    bold: bool = False
    pattern: str = ""

    @property
    def plain(self) -> Value:
        """The value as a reading gives it."""
        if self.value is None:
            return ""
        if isinstance(self.value, Decimal):
            return float(self.value)
        return serial(self.value) if isinstance(self.value, dt.date) else self.value


@dataclass(frozen=True, slots=True)
class Leaf:
    """A tab that is wholly ours, as it is to be.

    Attributes:
        title: Its title.
        rows: All of its cells.
        frozen: Rows at the top that stay in sight.
    """

    title: str
    rows: Sequence[Sequence[Entry]]
    frozen: int = 0

    @property
    def width(self) -> int:
        """Its columns."""
        return max(map(len, self.rows), default=1)

    @property
    def stamp(self) -> str:
        """A hash of all that stands on it, formats included: what the tab is marked with as ours."""
        told = [[(str(each.value), each.bold, each.pattern) for each in row] for row in self.rows]
        text = json.dumps([self.frozen, told], ensure_ascii=False)
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A tab as it was found, for whoever would write it.

    Attributes:
        stamp: What it is marked with; None where it does not bear our mark: it is a person's.
        values: Its cells, unformatted; trailing empty ones are absent.
        size: Cells of its grid.
    """

    stamp: str | None
    values: Sequence[Sequence[Value]] = ()
    size: int = 0


class Sheet(Protocol):
    """A spreadsheet with an invoice tab, a log tab and a chain."""

    def read(self) -> Snapshot:
        """Read the chain, then all tabs that the config names, each both unformatted and as shown."""

    def chain(self) -> tuple[Link, ...]:
        """Read the chain alone, lowest number first."""

    def tables(self) -> Mapping[str, Table]:
        """Read the tabs again, as ``read`` does, but neither the chain nor the log: what decide is asked with anew."""

    def reread(self, tab: str, wanted: Callable[[str], bool]) -> Table:
        """Read the tab's header again, and the columns whose header is wanted; the others' cells are "" in the answer.

        Which headers mean the same column is for whoever asks to say.
        """

    def append(self, link: Link, events: Sequence[Sequence[str]], *, prune: Sequence[int] = ()) -> None:
        """One atomic write: create the link, append rows to the log, delete the links numbered ``prune``.

        Without events it only creates the link. Raises LinkTaken, Rejected, NoAnswer.
        """

    def write(
        self, link: Link, tab: str, cells: Sequence[CellWrite], notes: Sequence[NoteWrite] = (), *,
        prune: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """One atomic write: create the link, set these cells and notes. Raises LinkTaken, Rejected, NoAnswer."""

    def kept(self, title: str) -> Kept | None:
        """Look at a tab that would be wholly ours; None where there is none of that title."""

    def rewrite(self, link: Link, leaf: Leaf, *, prune: Sequence[int] = ()) -> None:
        """One atomic write: create the link, and make the tab what the leaf says, adding it where it was not ``kept``.

        To be called only after ``kept``, and only where the tab is missing or ours. Raises LinkTaken, Rejected, NoAnswer.
        """


# -- Mailbox ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose mailbox it is, and how far its history has come."""

    address: str
    history_id: str


@dataclass(frozen=True, slots=True)
class DraftRef:
    """A draft as a list shows it."""

    draft_id: str
    message_id: str
    thread_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message as it lies in the mailbox.

    Attributes:
        headers: By lower-case name, decoded; of a repeated header the first.
        to: Addresses of To, Cc and Bcc, lower-case, in order.
        text: The text/plain part, decoded; "" where there is none.
        empty: It has no text, no HTML and no attachment at all.
        date: Gmail's internalDate, UTC.
    """

    message_id: str
    thread_id: str
    labels: frozenset[str]
    headers: Mapping[str, str]
    to: tuple[str, ...]
    text: str
    empty: bool
    date: dt.datetime
    history_id: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A finished message for the mailbox.

    Attributes:
        raw: RFC 5322 bytes.
        thread_id: Thread to continue; "" for a new one.
    """

    raw: bytes
    thread_id: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """What others have sent to the mailbox since a history id; our own drafts and letters are left out.

    Attributes:
        history_id: Where the next look begins.
        message_ids: Added since, oldest first.
        expired: The history id was too old: ask for what is newer than an instant instead.
    """

    history_id: str
    message_ids: tuple[str, ...] = ()
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """What a mail says about letters that did not arrive.

    Attributes:
        failed: Addresses that they could not be delivered to for good, lower-case, in order of the alphabet.
        harmless: It reports on deliveries, and of none that it has failed: it takes longer, or all is well.
    """

    failed: tuple[str, ...] = ()
    harmless: bool = False


class Mailbox(Protocol):
    """A Gmail account. Methods on several drafts answer part by part, in the order asked."""

    def profile(self) -> Profile:
        """The account's address and present history id."""

    def senders(self) -> list[str]:
        """Addresses that the account may write from, lower-case: its own, and its verified others."""

    def drafts(self) -> list[DraftRef]:
        """Every draft but those in the bin."""

    def create(self, messages: Sequence[Outgoing]) -> list[DraftRef | Rejected | NoAnswer]:
        """Make drafts, at most fifty."""

    def look(self, draft_ids: Sequence[str]) -> list[Mail | None]:
        """Read drafts with their content, those in the bin too (label TRASH); None where Google says 404.

        Raises Unreachable if that cannot be told for one of them.
        """

    def fill(self, drafts: Sequence[tuple[str, Outgoing]]) -> list[DraftRef | Rejected | NoAnswer]:
        """Replace the content of drafts (draft id, message), at most fifty."""

    def send(self, draft_id: str) -> Mail:
        """Send the draft as it stands. Never repeated by itself. Raises Rejected, NoAnswer.

        Of the answer only ids, labels and date are sure to be there.
        """

    def delete(self, draft_ids: Sequence[str]) -> list[bool | Rejected | NoAnswer]:
        """Delete drafts; False where there was none."""

    def messages(self, message_ids: Sequence[str]) -> list[Mail | None]:
        """Read messages by id; None where there is none."""

    def returned(self, message_ids: Sequence[str]) -> list[Returned]:
        """What messages say about letters that did not arrive; nothing for one that is not there."""

    def thread(self, thread_id: str) -> list[Mail]:
        """All messages of a thread, oldest first; none where there is no such thread."""

    def search(self, query: str) -> list[str]:
        """Message ids for a Gmail query, newest first, the bin included. It may lag behind by hours."""

    def news(self, history_id: str) -> News:
        """What others have sent since."""

    def labelled(self, label: str) -> int:
        """How many messages carry the label; 0 where there is no such label."""

    def mark(self, message_ids: Sequence[str], label: str) -> None:
        """Put the label on messages, making it where it is missing. Safe to repeat. Raises Rejected, NoAnswer."""


# -- Files ------------------------------------------------------------------------------------------------------------

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
