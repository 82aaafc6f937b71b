"""What the status columns say of an invoice: a projection of its history and of what is decided for it.

Nothing in it depends on the day, but for the decision: a row without news says tomorrow what it says today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from sheetsdun.domain.decision import Decision, Reason, Verdict
from sheetsdun.domain.event import Name
from sheetsdun.domain.history import Completion, History, InvoiceHistory, LetterHistory, State
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.reasons import Code
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.text import clip
from sheetsdun.rows.words import Words
from sheetsdun.rows.words.language import Phrase

_NOTED = frozenset({
    Code.DEADLINE, Code.SENDING_DAY, Code.MIN_GAP, Code.PER_DAY, Code.NO_ROOM, Code.LAST_MISSED, Code.NET_NOTHING, Code.CREDIT_NOTE, Code.PAID_WITH_DISCOUNT,
    Code.OVERPAID, Code.PROMISED, Code.REPLIED, Code.BOUNCED, Code.PROBLEM, Code.DUE_OUT_OF_RANGE, Code.NO_ADDRESS,
    Code.UNKNOWN_POLICY, Code.REFUSED, Code.UNWRITTEN, Code.DEBTOR_DRAFT, Code.EXHAUSTED,
})  # fmt: skip
"""Reasons that the note tells in a sentence; the others are told by the status alone."""

_LINKED = frozenset({
    State.OPENED, State.DRAFTED, State.SENDING, State.SENT, State.GONE, State.WITHDRAWING, State.UNCERTAIN,
})  # fmt: skip
_LONGEST = 1_000


def gmail_page(mailbox: str) -> str:
    """Address of a mailbox's web page in Gmail."""
    return f"https://mail.google.com/mail/?authuser={quote(mailbox)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What our columns say of one invoice.

    Attributes:
        draft: Text of the link to Gmail; "" for none.
        link: Its address.
        quiet: Nothing has ever happened: a row that is blank stays so.
    """

    reminder_status: str = ""
    reminder_level: str = ""
    last_reminder: dt.date | None = None
    next_reminder: dt.date | None = None
    reminder_note: str = ""
    draft: str = ""
    link: str = ""
    quiet: bool = False


def statuses(
    decisions: Iterable[Decision],
    history: History,
    words: Words,
    gmail: str,
    notes: Mapping[str, Iterable[Reason]],
    scripts: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Status | None]:
    """What to write of each invoice, by identity; None for one whose number stands in several rows.

    Rows without a number cannot be found again, and are told in the report only.

    Args:
        decisions: One for each invoice.
        history: The log, folded.
        words: The language of the status columns.
        gmail: Address of the mailbox's web page, to which ``#all/…`` is added.
        notes: What else to tell of an invoice, by identity: answers to an Action, flags.
        scripts: What a person is to say or to send, by identity of the invoice that the task is about.
    """
    found: dict[str, Status | None] = {}
    for decision in decisions:
        invoice = decision.invoice
        if not invoice.id:
            continue
        twice = invoice.id in found or any(problem.code == Flaw.DUPLICATE for problem in invoice.problems)
        found[invoice.id] = (
            None
            if twice
            else status(
                decision, history, words, gmail, notes.get(invoice.id, ()), scripts.get(invoice.id, "")
            )
        )
    return found


def status(
    decision: Decision,
    history: History,
    words: Words,
    gmail: str,
    notes: Iterable[Reason] = (),
    script: str = "",
) -> Status:
    """What our columns say of one invoice. The arguments are those of ``statuses``."""
    invoice = decision.invoice
    told = history.of(invoice.id)
    letters = history.letters_of(invoice.id)
    last = told.completions[-1] if told.completions else None
    reminded = next((done for done in reversed(told.completions) if done.how != Name.SKIPPED), None)
    text, said = _status(decision, last, history, words)
    reasons = [decision.reason] if said or decision.reason.code in _NOTED else []
    sentences = dict.fromkeys(words.reason(reason) for reason in (*reasons, *decision.others, *notes))
    draft, link = _link(told, letters, words, gmail)
    return Status(
        reminder_status=clip(text, _LONGEST),
        reminder_level=_level(decision, last, words),
        last_reminder=reminded.day if reminded else None,
        next_reminder=decision.until if decision.verdict is Verdict.WAIT else None,
        reminder_note=clip("\n".join(filter(None, [" ".join(sentences), script])), _LONGEST),
        draft=draft,
        link=link,
        quiet=decision.verdict is Verdict.CLOSED and not told.completions and not letters,
    )


def _status(decision: Decision, last: Completion | None, history: History, words: Words) -> tuple[str, bool]:
    """The status, and whether the note must tell the decision's reason since the status does not."""
    reason = decision.reason
    if reason.code in {Code.NEXT_LEVEL, Code.DEADLINE} and last and last.how != Name.SKIPPED:
        if last.how != Name.SENT:
            return words.phrase(Phrase.DONE, date=last.day), True
        letter = history.letters.get(last.letter)
        by_hand = letter is not None and letter.by_hand
        return words.phrase(Phrase.SENT_BY_HAND if by_hand else Phrase.SENT, date=last.day), True
    text = words.status(reason)
    if reason.code == Code.TASK_DUE:
        person = whom(decision.invoice)
        text = f"{text}: {person}" if person else text
    return text, False


def whom(invoice: Invoice) -> str:
    """Number and name of the person whom a task is about."""
    return ", ".join(part for part in (invoice.phone, invoice.contact or invoice.customer) if part)


def _level(decision: Decision, last: Completion | None, words: Words) -> str:
    """The level that a person is looking at: the one due or in review, else the last one completed."""
    policy, level = decision.policy, decision.level
    if level and policy and decision.verdict in {Verdict.REMIND, Verdict.REVIEW}:
        return words.step(level.name, policy.position(level.name) or 0, len(policy.levels))
    if last is None:
        return ""
    place = policy.position(last.level) if policy and policy.name == last.policy else None
    return words.step(last.level, place, len(policy.levels)) if policy and place else last.level


def _link(told: InvoiceHistory, letters: list[LetterHistory], words: Words, gmail: str) -> tuple[str, str]:
    """Text and address of the way to Gmail. Where the address changes the text does, since only it can be compared."""
    letter = next(
        (letter for letter in reversed(letters) if letter.state in _LINKED and letter.thread_id), None
    )
    if told.answer and told.answer.thread_id:
        answered = told.answer.letter or (letter.id if letter else "")
        return words.phrase(Phrase.LINK_ANSWER, letter=answered), f"{gmail}#all/{told.answer.thread_id}"
    if letter is None:
        return "", ""
    if letter.state is State.SENT:
        return words.phrase(Phrase.LINK_SENT, letter=letter.id), f"{gmail}#all/{letter.thread_id}"
    phrase = Phrase.LINK_EDITED if letter.edited else Phrase.LINK_DRAFT
    return words.phrase(phrase, letter=letter.id), f"{gmail}#drafts/{letter.thread_id}"
