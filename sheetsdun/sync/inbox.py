"""What came in since the last look: a debtor's answer, or a delivery report, in a reminder's thread.

A delivery report is looked for first, since it carries Auto-Submitted too. An out-of-office reply is neither, nor is a
report that delivery takes longer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from email.utils import parseaddr

from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.history import History, LetterHistory
from sheetsdun.ports import Mail, Mailbox, News, Returned
from sheetsdun.sync.ours import quoted
from sheetsdun.sync.run import Run

_OVERLAP = dt.timedelta(days=1)
"""A run looks for answers as it begins and writes its last event as it ends; what is found twice is told once."""


def latest(history: History, mailbox: Mailbox) -> News:
    """What has come in and gone out since the last event that has a history id.

    Nothing, and no history id, where there is nothing to look from.

    Raises:
        Unreachable: Google cannot be had.
    """
    return mailbox.news(history.history_id) if history.history_id else News("")


def arrivals(run: Run, history: History, news: News, mailbox: Mailbox) -> list[Event]:
    """Answers and bounces among what has come in.

    Returns:
        Events ``replied`` and ``bounced``, one for each invoice of the letter that was answered.

    Raises:
        Unreachable: Google cannot be had.
    """
    ids = list(news.message_ids)
    if news.expired:
        since = (history.last_time or run.now()) - _OVERLAP
        ids = mailbox.search(f"after:{int(since.timestamp())}")
    by_thread: dict[str, list[LetterHistory]] = {}
    for letter in history.letters.values():
        by_thread.setdefault(letter.thread_id, []).append(letter)
    known = {letter.message_id for letter in history.letters.values()}
    found: list[tuple[Mail, LetterHistory]] = []
    new = [message for message in ids if message not in known]
    for mail in mailbox.messages(new) if new else ():
        if mail is None or not mail.came_in:
            continue
        answered = _answered(run, mail, history, by_thread.get(mail.thread_id, ()))
        if answered is None or mail.message_id in history.answers:
            continue
        found.append((mail, answered))
    return [*_told(run, found, mailbox)]


def _told(run: Run, found: Sequence[tuple[Mail, LetterHistory]], mailbox: Mailbox) -> Iterator[Event]:
    """What each mail that belongs to a letter comes to; one from the debtor's own address is no report, whatever it quotes."""
    strangers = [mail.message_id for mail, letter in found if _sender(mail) not in _lower(letter.recipients)]
    reports = dict(zip(strangers, mailbox.returned(strangers), strict=True)) if strangers else {}
    for mail, letter in found:
        report = reports.get(mail.message_id, Returned())
        name = _kind(mail, report)
        if name is not None:
            yield from run.of_letter(
                letter,
                name,
                message_id=mail.message_id,
                thread_id=mail.thread_id,
                effective=run.day_of(mail.date),
                note=_failed(mail, report, letter) if name is Name.BOUNCED else mail.headers.get("from", ""),
            )


def _kind(mail: Mail, report: Returned) -> Name | None:
    """Whether it came back or somebody answered; None for what no person wrote and nobody needs to know."""
    if report.failed or (is_bounce(mail) and not report.harmless):
        return Name.BOUNCED
    return None if report.harmless or is_automatic(mail) else Name.REPLIED


def _lower(addresses: Sequence[str]) -> set[str]:
    return {address.lower() for address in addresses}


def _sender(mail: Mail) -> str:
    return parseaddr(mail.headers.get("from", ""))[1].lower()


def _answered(
    run: Run, mail: Mail, history: History, conversation: Sequence[LetterHistory]
) -> LetterHistory | None:
    """The letter that it belongs to, by its thread, or else by the reference that the answer quotes.

    Of several letters in the thread it is the one that the answer quotes, or else the last that had gone by then.
    """
    references = quoted(mail)
    if not conversation:
        return next((history.letters[each] for each in references if each in history.letters), None)
    named = [letter for letter in conversation if letter.id in references]
    day = run.day_of(mail.date)
    went = [letter for letter in conversation if letter.effective and letter.effective <= day]
    return (named or went or conversation)[-1]


def _failed(mail: Mail, report: Returned, letter: LetterHistory) -> str:
    """The addresses that could not be reached, as far as the report says, or else all that the letter went to.

    Those that the letter itself names come first: one may pass on mail to another, which only the report knows.
    """
    ours = [address for address in letter.recipients if address.lower() in report.failed]
    named = mail.headers.get("x-failed-recipients", "").strip()
    return ", ".join(ours or report.failed) or named or ", ".join(letter.recipients)


def is_bounce(mail: Mail) -> bool:
    """Whether it is a delivery report (RFC 3464), or a mailer-daemon's letter of the older kind."""
    kind = mail.headers.get("content-type", "").casefold()
    sender = mail.headers.get("from", "").casefold()
    return (
        ("multipart/report" in kind and "delivery-status" in kind)
        or "x-failed-recipients" in mail.headers
        or "mailer-daemon@" in sender
        or "postmaster@" in sender
    )


def is_automatic(mail: Mail) -> bool:
    """Whether no person wrote it: RFC 3834's Auto-Submitted, and what older programs say instead."""
    headers = mail.headers
    return (
        headers.get("auto-submitted", "no").split(";")[0].strip().casefold() != "no"
        or headers.get("precedence", "").strip().casefold() in {"auto_reply", "bulk", "junk", "list"}
        or any(name in headers for name in ("x-autoreply", "x-autorespond", "x-auto-response-suppress"))
    )
