"""Letters of one invoice as its debtor would see them: written as a sync writes them, and put nowhere."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.outlook import Place, Stage, outlook
from sheetsdun.domain.policy import Rung
from sheetsdun.domain.reminder import Reminder, Task
from sheetsdun.domain.suppose import at, supposed
from sheetsdun.errors import UsageError
from sheetsdun.letters import Letter
from sheetsdun.letters.folder import LETTER, SCRIPT
from sheetsdun.rows.words import Words
from sheetsdun.sync.lookup import look_up
from sheetsdun.sync.scripts import scripts
from sheetsdun.sync.settings import Desk
from sheetsdun.sync.writing import write_letters


class Why(enum.StrEnum):
    """Why it is this level that is shown."""

    DUE = "due"
    OPEN = "open"
    """A draft of it lies in the mailbox; this is the letter as it would be written now."""
    NEXT = "next"
    ASKED = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What one level of an invoice brings.

    Attributes:
        invoice: Its identity.
        day: Of the letter.
        language: Asked for; "" for the row's own, or the default.
        letter: None for a task.
        script: What a person says or sends; "" for a letter.
        note: What a person should know of the letter.
    """

    invoice: str
    rung: Rung
    why: Why
    day: dt.date
    language: str = ""
    letter: Letter | None = None
    script: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be shown of a level."""

    rung: Rung
    why: Why
    day: dt.date


class Previews:
    """An invoice, and what its letters would be. The sheet is read once; nothing is written anywhere.

    Attributes:
        known: The sheet and its log.
        decision: Of the invoice.

    Raises:
        UsageError: There is no such invoice, or its row is not fit for a letter.
        Refused: There is no log tab, or a row of it is no event any more.
        Unreachable: Google cannot be had.
    """

    def __init__(self, desk: Desk, typed: str, today: dt.date | None = None) -> None:
        self._desk = desk
        self.known = look_up(desk, today)
        self._words = Words("en", self.known.run.today, desk.settings.columns.headers)
        self.decision = self._fit(self.known.identity(typed))
        self._ladder = outlook(
            self.decision, self.known.decisions, self.known.history, self.known.terms, self.known.run.today
        )

    def one(self, level: str = "", language: str = "") -> Preview:
        """The letter of a level, or of the one that is due, or of the next.

        Args:
            level: "" for the one that is due or comes next.
            language: "" for the row's.

        Raises:
            UsageError: There is no such level or language, or none is due any more.
            LetterRefused: It cannot be written.
            Unreachable: Google cannot be had.
        """
        self._speaks(language)
        wanted = self._asked(level) if level else self._present()
        (made,) = self._made(wanted, [language])
        return made

    def all(self) -> list[Preview]:
        """Every level of the ladder, in every language that has a template for it.

        Raises:
            LetterRefused: One cannot be written.
            Unreachable: Google cannot be had.
        """
        found: list[Preview] = []
        for place in self._ladder:
            wanted = self._asked(place.rung.level.name)
            level = wanted.rung.level
            names = self._desk.settings.templates.names(LETTER if level.written else SCRIPT)
            found += self._made(wanted, [tag for tag, name in names if name == level.template])
        return found

    def _fit(self, name: str) -> Decision:
        decision = self.known.decision(name)
        if decision is None:
            raise UsageError(f"Invoice “{name}” has no row in the sheet any more.", "See `sheetsdun log`.")
        invoice = decision.invoice
        unreadable = invoice.amount is None or invoice.paid is None or invoice.due is None
        if decision.policy is None or unreadable or not invoice.emails:
            said = self._words.reason(decision.reason)
            raise UsageError(
                f"No letter can be written about “{name}” (row {invoice.row}): {said}", "Mend the row first."
            )
        return decision

    def _speaks(self, language: str) -> None:
        templates = self._desk.settings.templates
        if language and not templates.speak(language):
            known = ", ".join(dict.fromkeys(tag for tag, _ in templates.names()))
            raise UsageError(f"There are no letters in “{language}”.", f"There are some in {known}.")

    def _present(self) -> _Wanted:
        """What is due, or lies open, or comes next."""
        today, rung = self.known.run.today, self.decision.rung
        if self.decision.verdict is Verdict.REMIND and rung:
            return _Wanted(rung, Why.DUE, today)
        for stage, why in ((Stage.OPEN, Why.OPEN), (Stage.NEXT, Why.NEXT)):
            for place in self._ladder:
                if place.stage is stage:
                    return _Wanted(place.rung, why, self._day(place))
        said = self._words.status(self.decision.reason)
        raise UsageError(
            f"No letter is due for “{self.decision.invoice.id}”, and none will be by itself: {said}.",
            f"Name a level with --level: {self._levels}.",
        )

    def _asked(self, level: str) -> _Wanted:
        place = next((each for each in self._ladder if each.rung.level.name == level), None)
        if place is None:
            raise UsageError(
                f"The ladder of “{self.decision.invoice.id}” has no level “{level}”.",
                f"It has {self._levels}.",
            )
        due = self.decision.verdict is Verdict.REMIND and self.decision.rung == place.rung
        return _Wanted(place.rung, Why.DUE if due else Why.ASKED, self._day(place))

    @property
    def _levels(self) -> str:
        return ", ".join(place.rung.level.name for place in self._ladder)

    def _day(self, place: Place) -> dt.date:
        """The day of a level that is still to come; today for the others."""
        today = self.known.run.today
        ahead = place.stage in {Stage.NEXT, Stage.LATER} and place.day is not None
        return max(place.day or today, today) if ahead else today

    def _made(self, wanted: _Wanted, languages: Sequence[str]) -> Iterator[Preview]:
        """The same level in some languages, with one look at the mailbox."""
        bare = Preview(invoice=self.decision.invoice.id, rung=wanted.rung, why=wanted.why, day=wanted.day)
        if not wanted.rung.level.written:
            for language in languages:
                yield replace(bare, language=language, script=self._script(wanted, language))
            return
        reminder = self._reminder(wanted)
        reminders = tuple(_in(reminder, language) for language in languages)
        plan = replace(self.known.judgement.plan, reminders=reminders)
        run = replace(self.known.run, today=wanted.day)
        spreadsheet = self.known.snapshot.spreadsheet_id
        composed, unwritten = write_letters(run, self._desk, plan, self.known.history, spreadsheet)
        for each in unwritten:
            raise each.refusal
        for language, made in zip(languages, composed, strict=True):
            yield replace(bare, language=language, letter=made.letter, note=made.note)

    def _reminder(self, wanted: _Wanted) -> Reminder:
        """The plan's own where it is due, with all that goes into the same letter; else of this invoice alone."""
        known, row = self.known, self.decision.invoice.row
        if wanted.why is Why.DUE:
            for reminder in known.judgement.plan.reminders:
                if any(each.invoice.row == row for each in reminder.climbed):
                    return reminder
        return supposed(self.decision, wanted.rung, known.decisions, known.history, known.terms, wanted.day)

    def _script(self, wanted: _Wanted, language: str) -> str:
        decision = _speaking(at(self.decision, wanted.rung), language)
        plan = replace(self.known.judgement.plan, tasks=(Task(decision, wanted.rung),))
        said = scripts(plan, self.known.history, self._desk.settings, wanted.day)
        return said[decision.invoice.id]


def _in(reminder: Reminder, language: str) -> Reminder:
    return replace(reminder, climbed=tuple(_speaking(each, language) for each in reminder.climbed))


def _speaking(decision: Decision, language: str) -> Decision:
    if not language:
        return decision
    return decision._replace(invoice=replace(decision.invoice, language=language))
