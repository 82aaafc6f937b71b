"""Refuse the strange: what would make a careful person stop and ask stops the run before it touches anything.

Each guard raises ``Refused``, says what it saw, and names the word of ``--accept`` that goes on.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
import re
from collections.abc import Iterable, Sequence

from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.history import History, State
from sheetsdun.errors import Refused
from sheetsdun.journal.lease import outlived
from sheetsdun.journal.rows import HEADER
from sheetsdun.ports import Profile, Snapshot
from sheetsdun.sync.run import Run


class Accept(enum.StrEnum):
    """What a person can say "I know" to."""

    ROWS = "rows"
    TABS = "tabs"
    DAY = "day"
    LETTERS = "letters"
    MAILBOX = "mailbox"
    COPY = "copy"
    DRAFTS = "drafts"
    LOG = "log"


FEW_ROWS = 5
"""A tab with fewer rows than this may empty itself without a word."""

FEW_DRAFTS = 5
LINK_SIZE = 18
"""Characters of one link, key included."""

SPARE = 600
"""Characters that are left free: a few writes more than were foreseen, and other programs' metadata."""

_NUMBERS = re.compile(r"(?P<rows>\d+) rows? in (?P<spreadsheet>\S+); tabs: (?P<tabs>.*)")


def numbers(snapshot: Snapshot, rows: int) -> str:
    """The note of a ``run`` event: what the next run compares with."""
    count = "1 row" if rows == 1 else f"{rows} rows"
    return f"{count} in {snapshot.spreadsheet_id}; tabs: {json.dumps(sorted(snapshot.tables), ensure_ascii=False)}"


def check_sheet(run: Run, snapshot: Snapshot, history: History, rows: int, accept: Iterable[Accept]) -> None:
    """The spreadsheet as it was read, against what the log says of it.

    Raises:
        Refused: Most rows or a tab are gone, the day runs backwards, the spreadsheet is a copy, or the log has shrunk.
    """
    accepted = set(accept)
    expected = snapshot.links[-1].events if snapshot.links else 0
    _check_log(history, expected, shorter=Accept.LOG in accepted)
    if Accept.DAY not in accepted and history.last_day is not None and run.today < history.last_day:
        raise Refused(
            f"Today would be {run.today}, but the log has already seen {history.last_day}.",
            "Is the clock or --today wrong? If you mean it: --accept day.",
        )
    last = _NUMBERS.search(history.last_run.note) if history.last_run else None
    if last is None:
        return
    if Accept.COPY not in accepted and last["spreadsheet"] != snapshot.spreadsheet_id:
        raise Refused(
            "This spreadsheet is a copy: its log was written in another one, and both would write to the same people.",
            "Use the original, or empty the log tab of the copy. If the original is no longer used: --accept copy.",
        )
    gone = next((title for title in _tabs(last["tabs"]) if title not in snapshot.tables), None)
    if Accept.TABS not in accepted and gone is not None:
        raise Refused(
            f"The tab “{gone}” was there at the last run, and now it is not.",
            "Without it, people who have paid might be reminded. Was it renamed? Name it under [sheet] in the config. "
            "If it is no longer needed: --accept tabs.",
        )
    before = int(last["rows"])
    if Accept.ROWS not in accepted and before >= FEW_ROWS and rows * 2 < before:
        raise Refused(
            f"The invoice tab has {rows} invoices; at the last run it had {before}.",
            "Was a filter, a paste or a wrong tab at work? If you removed them on purpose: --accept rows.",
        )


def _tabs(told: str) -> list[str]:
    """Titles as ``numbers`` has written them; none where the note was clipped or edited."""
    try:
        return [*map(str, json.loads(told))]
    except ValueError:
        return []


def _check_log(history: History, expected: int, *, shorter: bool) -> None:
    """The log must be whole; that it is shorter than was written a person may know."""
    if history.broken is not None:
        raise Refused(
            f"The log is damaged at event {history.broken}: it is missing, or two rows say different things of it.",
            "Restore the log tab from the sheet's version history, or run `sheetsdun recover`.",
        )
    if history.count < expected and not shorter:
        raise Refused(
            f"The log has {history.count} events, but {expected} were written.",
            "Rows were deleted, or an old version was restored. Restore the log tab from the sheet's version history, "
            "or run `sheetsdun recover`. If you know that nothing is missing: --accept log.",
        )


def check_room(snapshot: Snapshot, now: dt.datetime, links: int, events: int) -> None:
    """Room for what this run will write; links that it may prune make some.

    Raises:
        Refused: The spreadsheet's limits would stop it half-way.
    """
    if (links - len(outlived(snapshot.links, now))) * LINK_SIZE > snapshot.room - SPARE:
        raise Refused(
            "The spreadsheet's developer metadata is full: too many writes in the last seven days.",
            "Run less often for a week; old entries are removed by themselves.",
        )
    if events * len(HEADER) > snapshot.cells:
        raise Refused(
            "The spreadsheet is nearly full (10 million cells), and the log needs room.",
            "Remove tabs or empty rows and columns that nobody needs.",
        )


def check_letters(letters: int, limit: int, accept: Iterable[Accept]) -> None:
    """More letters than the limit would go out.

    Raises:
        Refused: With the numbers.
    """
    if letters > limit and Accept.LETTERS not in set(accept):
        raise Refused(
            f"{letters} letters would be made in one run; the limit is {limit}.",
            "Look at `sheetsdun plan`. Raise [limits] max_letters, or this once: --accept letters.",
        )


def check_mailbox(
    history: History, mailbox: str, profile: Profile, labelled: int, unknown: int, accept: Iterable[Accept]
) -> None:
    """The mailbox against the log.

    Args:
        history: The log, settled.
        mailbox: The mailbox that the config names.
        profile: Whose mailbox it is.
        labelled: Messages that carry our label.
        unknown: Drafts of this spreadsheet's with a recipient or text that the log does not know.
        accept: What a person has said "I know" to.

    Raises:
        Refused: Another mailbox than the config's or the log's, or the mailbox knows more letters than the log.
    """
    accepted = set(accept)
    address = profile.address.casefold()
    if Accept.MAILBOX not in accepted and mailbox.casefold() != address:
        raise Refused(
            f"The config names the mailbox {mailbox}, but the credentials are those of {profile.address}.",
            "Correct [google] mailbox, or sign in with the other account. If both are one mailbox: --accept mailbox.",
        )
    if Accept.MAILBOX not in accepted and history.mailbox and history.mailbox.casefold() != address:
        raise Refused(
            f"The log was written with the mailbox {history.mailbox}, but this is {profile.address}.",
            "Drafts and answers in the other one would not be seen. If the team has moved: --accept mailbox.",
        )
    if Accept.LOG not in accepted and unknown:
        drafts = "a draft" if unknown == 1 else f"{unknown} drafts"
        raise Refused(
            f"The mailbox has {drafts} of this spreadsheet's that the log does not know.",
            "Rows of the log are missing: restore the tab from the sheet's version history, or run "
            "`sheetsdun recover`. If you know better, delete the drafts, or --accept log.",
        )
    went = {State.SENT, State.REPLACED, State.SENDING, State.UNCERTAIN}
    sent = sum(letter.tried or letter.state in went for letter in history.letters.values())
    if Accept.LOG not in accepted and labelled > sent:
        raise Refused(
            f"The mailbox holds {labelled} letters sent for this spreadsheet, but the log knows of {sent}.",
            "Rows of the log are missing: restore the tab from the sheet's version history, or run "
            "`sheetsdun recover`. If you know better: --accept log.",
        )


def check_drafts(history: History, settled: Sequence[Event], accept: Iterable[Accept]) -> None:
    """What settling found, before it is believed.

    Args:
        history: The log before settling.
        settled: What settling concluded.
        accept: What a person has said "I know" to.

    Raises:
        Refused: Most of the open drafts are gone at once.
    """
    there = {letter.id for letter in history.letters.values() if letter.state is State.DRAFTED}
    lost = {event.letter for event in settled if event.name in {Name.GONE, Name.DISCARDED}} & there
    if Accept.DRAFTS not in set(accept) and len(there) >= FEW_DRAFTS and len(lost) * 2 > len(there):
        raise Refused(
            f"{len(lost)} of {len(there)} open drafts are gone, and none of them was sent.",
            "Is this the right mailbox? If somebody deleted them on purpose: --accept drafts.",
        )
