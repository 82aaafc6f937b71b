"""Invoices and history -> decisions, Actions and plan, for all rows at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetsdun.domain.actions import asked
from sheetsdun.domain.addresses import foreign
from sheetsdun.domain.decide import decide
from sheetsdun.domain.decision import Decision, Reason, Verdict, reason
from sheetsdun.domain.deed import Asked
from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.plan import Plan, plan
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.terms import Terms
from sheetsdun.letters import Templates
from sheetsdun.rows.project import Status, statuses
from sheetsdun.rows.words import Words
from sheetsdun.rows.words.language import Phrase
from sheetsdun.sync.run import Run
from sheetsdun.sync.scripts import scripts
from sheetsdun.sync.settings import Settings

_MAY_GET_A_LETTER = frozenset({Verdict.REMIND, Verdict.WAIT, Verdict.REVIEW})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is decided for every row, and what people ask for."""

    asked: Asked
    plan: Plan


def decide_all(invoices: Sequence[Invoice], history: History, terms: Terms, today: dt.date) -> list[Decision]:
    """One decision for each row, in order."""
    return [
        decide(invoice, known, [history.letters[letter] for letter in known.letters], terms, today)
        for invoice in invoices
        for known in [history.of(invoice.id)]
    ]


def judge(
    invoices: Sequence[Invoice],
    history: History,
    terms: Terms,
    today: dt.date,
    shown: Mapping[str, str] | None = None,
) -> Judgement:
    """Decide for every row, look at the Actions, and plan; ``shown`` is what the Draft column says beside them."""
    decisions = decide_all(invoices, history, terms, today)
    return Judgement(asked(decisions, history, terms, today, shown), plan(decisions, history, terms, today))


def to_send(
    run: Run, history: History, plan: Plan, terms: Terms, hours: tuple[dt.time, dt.time] | None
) -> list[LetterHistory]:
    """Drafts that go by themselves, and may go now.

    They are untouched and still true, nothing in them wants a person's look (``Terms.goes_by_itself``), and no
    other letter has just gone to the debtor.
    """
    time = run.now().astimezone(run.zone).time()
    if not terms.calendar.is_sending_day(run.today) or (hours and not hours[0] <= time < hours[1]):
        return []
    waiting = plan.too_soon.union(each.letter for each in plan.withdrawals)
    return [
        letter
        for letter in history.letters.values()
        if letter.untouched and letter.id not in waiting and terms.goes_by_itself(letter)
    ]


def projected(
    judgement: Judgement, history: History, settings: Settings, run: Run
) -> Mapping[str, Status | None]:
    """What the status columns should say."""
    told = settings.words(run.today)
    said = scripts(judgement.plan, history, settings, run.today)
    notes = _notes(judgement, history, settings.templates)
    return statuses(judgement.plan.decisions, history, told, settings.gmail_web, notes, said)


def checked_note(judgement: Judgement, history: History, words: Words, when: dt.datetime) -> str:
    """The note on the header of the status column.

    Args:
        judgement: What is decided now.
        history: The log as it stands now.
        words: The language of the sheet.
        when: The present instant in the sheet's time zone.
    """
    ready = sum(letter.state is State.DRAFTED for letter in history.letters.values())
    rows = sum(
        decision.verdict.needs_help
        or any(letter.state.lost for letter in history.letters_of(decision.invoice.id))
        for decision in judgement.plan.decisions
    )
    said = f"{words.date(when.date())}, {when:%H:%M}"
    return words.phrase(Phrase.CHECKED, when=said, ready=ready, help=rows)


def _notes(judgement: Judgement, history: History, templates: Templates) -> dict[str, list[Reason]]:
    """What else the rows are told.

    Actions that were not carried out, edited drafts that are no longer true, a language that no letter is in, an
    address that a person should look at.
    """
    notes: dict[str, list[Reason]] = {}
    for deed in judgement.asked.deeds:
        if not deed.carried_out:
            notes.setdefault(deed.invoice.id, []).append(deed.reason)
    for flag in judgement.plan.flags:
        for part in history.letters[flag.letter].climbed:
            notes.setdefault(part.invoice, []).append(flag.reason)
    for decision in judgement.plan.decisions:
        language = decision.invoice.language
        if language and decision.verdict in _MAY_GET_A_LETTER and not templates.speak(language):
            because = reason(Code.NO_LANGUAGE, language=language, used=templates.language)
            notes.setdefault(decision.invoice.id, []).append(because)
        if decision.verdict in _MAY_GET_A_LETTER and (strange := _foreign(decision.invoice)):
            because = reason(Code.FOREIGN_ADDRESS, who=", ".join(strange))
            notes.setdefault(decision.invoice.id, []).append(because)
    return notes


def _foreign(invoice: Invoice) -> list[str]:
    return [each for each in (*invoice.emails, *invoice.cc, invoice.manager) if "@" in each and foreign(each)]
