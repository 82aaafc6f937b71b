"""Open letters and digests x mailbox -> new events: what a person did with our drafts, and what a crash left behind.

Nothing here changes the mailbox or the sheet. What is concluded rests on Google's definite answers only: a draft is
gone when Google says 404 for that very draft, it was sent when there is a message with its reference that is neither
draft nor in the bin; one empty search concludes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from sheetsdun.domain.event import BY_HAND, Event, Name
from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.letters.headers import KEY
from sheetsdun.ports import DraftRef, Mail, Mailbox, News
from sheetsdun.sync.ours import is_as_written, is_letter, is_unfilled, letter_of, quoted
from sheetsdun.sync.run import Run

ON_ITS_WAY = dt.timedelta(minutes=30)
"""A request to send may still be carried out for so long."""

SECOND_LOOK = dt.timedelta(hours=1)
"""Search lags: between the first look that finds nothing and a conclusion."""


@dataclass(slots=True)
class Settled:
    """What was found.

    Attributes:
        events: To be written with this run's first append.
        take_back: Letters whose draft a crash has left in the way: a shell that was never filled, or a draft of ours
            whose withdrawal did not come through. What is still due is written anew.
        strangers: Drafts that no letter of the log has.
    """

    events: list[Event] = field(default_factory=list)
    take_back: list[LetterHistory] = field(default_factory=list)
    strangers: list[DraftRef] = field(default_factory=list)


def settle(run: Run, history: History, drafts: Iterable[DraftRef], since: News, mailbox: Mailbox) -> Settled:
    """Look at every letter that is not finished.

    Args:
        run: This run.
        history: The log, folded.
        drafts: The mailbox's drafts, listed after the log was read.
        since: What has gone out since the last look, asked for before the drafts.
        mailbox: Asked for what the list does not tell.

    Returns:
        New events, and what else was seen.

    Raises:
        Unreachable: Google could not say whether a draft is there.
    """
    listed = {draft.draft_id: draft for draft in drafts}
    mails = history.mails.values()
    known = {letter.draft_id for letter in mails}
    settled = Settled(strangers=[draft for draft in listed.values() if draft.draft_id not in known])
    letters = [letter for letter in mails if letter.state.open and letter.draft_id]
    unclear = [letter for letter in letters if not _as_we_left_it(letter, listed.get(letter.draft_id))]
    if not unclear:
        return settled
    seen = dict(zip(unclear, mailbox.look([letter.draft_id for letter in unclear]), strict=True))
    known_mails = {letter.message_id for letter in mails}
    new = [message for message in since.sent_ids if message not in known_mails]
    gone_out = cache(lambda: mailbox.messages(new) if new else [])
    adoptable = cache(lambda: _with_content(settled.strangers, mailbox))
    for letter, mail in seen.items():
        if mail is not None:
            if mail.in_bin:
                settled.events += _absent(run, letter, in_bin=True)
            else:
                _present(run, letter, mail, settled)
        elif (sent := _evidence(letter, mailbox, gone_out)) and not _is_copy(sent, letter):
            settled.events += run.of_letter(
                letter,
                Name.SENT,
                message_id=sent.message_id,
                thread_id=sent.thread_id,
                effective=run.day_of(sent.date),
                note="" if letter.state is State.SENDING else BY_HAND,
            )
        elif adopted := _adopted(letter, adoptable()):
            # A person may have put the text of several letters into one draft: it is each of theirs.
            settled.strangers = [draft for draft in settled.strangers if draft != adopted]
            settled.events += run.of_letter(
                letter,
                Name.EDITED,
                draft_id=adopted.draft_id,
                message_id=adopted.message_id,
                thread_id=adopted.thread_id,
                note="under a new draft id",
            )
        elif sent and not letter.state.lost:
            settled.events += run.of_letter(
                letter, Name.UNCERTAIN, note=f"its words went to {', '.join(sent.to)}"
            )
        elif letter.state is State.WITHDRAWING and _wrote(letter, gone_out(), history):
            settled.events += run.of_letter(letter, Name.UNCERTAIN, note="somebody wrote to them meanwhile")
        else:
            settled.events += _absent(run, letter, in_bin=False)
    return settled


def _as_we_left_it(letter: LetterHistory, draft: DraftRef | None) -> bool:
    """A drafted letter whose draft still is the message that we wrote, or that we saw edited."""
    return draft is not None and letter.state is State.DRAFTED and draft.message_id == letter.message_id


def _present(run: Run, letter: LetterHistory, mail: Mail, settled: Settled) -> None:
    if letter.state is State.SENDING and run.now() - letter.since < ON_ITS_WAY:
        return
    if is_unfilled(mail, letter):
        settled.take_back.append(letter)
        return
    ids = {"message_id": mail.message_id, "thread_id": mail.thread_id}
    ours = is_as_written(mail, letter)
    # Another subject is another conversation, and there the letter will be looked for when its draft is gone.
    known = (
        letter.edited
        and letter.state is State.DRAFTED
        and not letter.refused
        and letter.thread_id == mail.thread_id
    )
    if not ours and not known:
        settled.events += run.of_letter(letter, Name.EDITED, **ids)
    elif letter.state is State.WITHDRAWING:
        settled.take_back.append(letter)
    elif ours:
        settled.events += run.of_letter(letter, Name.DRAFTED, **ids)


def _absent(run: Run, letter: LetterHistory, *, in_bin: bool) -> list[Event]:
    """The draft is gone and nothing tells that it was sent."""
    now = run.now()
    if letter.state.lost:
        return []
    if letter.state is State.SENDING:
        return run.of_letter(letter, Name.UNCERTAIN) if now - letter.since >= ON_ITS_WAY else []
    if in_bin:
        return run.of_letter(letter, Name.DISCARDED, note="in the bin")
    if letter.gone is None:
        return run.of_letter(letter, Name.GONE)
    if now - letter.gone < SECOND_LOOK:
        return []
    # A request of ours that came through late may have sent it, with a person's words in the place of all of ours.
    deleted = Name.UNCERTAIN if letter.tried else Name.DISCARDED
    return run.of_letter(letter, Name.WITHDRAWN if letter.state is State.WITHDRAWING else deleted)


def _evidence(
    letter: LetterHistory, mailbox: Mailbox, gone_out: Callable[[], Sequence[Mail | None]]
) -> Mail | None:
    """The message that the draft became: in the thread first, then by the reference, then among what has just gone.

    Search lags, and under another subject it is another thread: what has gone out since the last look is told at once.
    Of a letter that is lost already it was asked when it vanished. A copy counts where there is nothing better.
    """
    places: Iterable[Callable[[], Sequence[Mail | None]]] = (
        lambda: mailbox.thread(letter.thread_id) if letter.thread_id else [],
        lambda: mailbox.messages(ids) if (ids := mailbox.search(f'"{letter.id}"')) else [],
        lambda: [] if letter.state.lost else gone_out(),
    )
    copy: Mail | None = None
    for mail in (mail for place in places for mail in place()):
        if mail is not None and _went(mail, letter):
            if not _is_copy(mail, letter):
                return mail
            copy = mail
    return copy


def _is_copy(mail: Mail, letter: LetterHistory) -> bool:
    """Whether it may be a mail of somebody's own that has the letter's words in it, such as a question to a colleague.

    What went to nobody in the house that the letter was for, in another conversation and without our header. It may be
    the letter all the same, with another subject for another address.
    """
    to_others = _houses(letter.recipients).isdisjoint(_houses(mail.to))
    elsewhere = mail.thread_id != letter.thread_id and KEY.casefold() not in mail.headers
    return to_others and elsewhere and not letter.is_digest


def _houses(addresses: Iterable[str]) -> set[str]:
    return {address.rpartition("@")[2] for address in addresses}


def _wrote(letter: LetterHistory, gone_out: Sequence[Mail | None], history: History) -> bool:
    """Whether a mail that is no letter of ours, as far as anybody can tell, has gone to the debtor since the last look.

    A draft that could not be deleted at once lies there to be sent, and a person may have put other words in the place
    of all of ours, the reference too.
    """
    theirs = {address.lower() for address in letter.recipients}
    return not letter.is_digest and any(
        not (mail is None or mail.in_bin or theirs.isdisjoint(mail.to))
        and history.letters.keys().isdisjoint({letter_of(mail), *quoted(mail)})
        for mail in gone_out
    )


def _went(mail: Mail, letter: LetterHistory) -> bool:
    """Ours, neither draft nor in the bin, and from here: a debtor's answer quotes the reference too.

    Its date proves nothing: that is Google's clock, and what the log says is another's. No message had the reference
    before the letter was opened, since it was drawn for this letter.
    """
    from_here = mail.went_out or KEY.casefold() in mail.headers
    return from_here and not (mail.is_draft or mail.in_bin) and is_letter(mail, letter.id)


def _with_content(drafts: list[DraftRef], mailbox: Mailbox) -> list[tuple[DraftRef, Mail]]:
    looked = mailbox.look([draft.draft_id for draft in drafts])
    return [(draft, mail) for draft, mail in zip(drafts, looked, strict=True) if mail is not None]


def _adopted(letter: LetterHistory, drafts: list[tuple[DraftRef, Mail]]) -> DraftRef | None:
    return next((draft for draft, mail in drafts if mail.to and is_letter(mail, letter.id)), None)
