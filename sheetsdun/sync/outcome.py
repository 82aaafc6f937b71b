"""What came of a run: filled in while it acts, told by ``report``."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

from sheetsdun.domain.event import Event
from sheetsdun.domain.history import LetterHistory


class Result(enum.StrEnum):
    """What became of a letter; the words of the JSON report."""

    PLANNED = "planned"
    DRAFTED = "drafted"
    SENT = "sent"
    TASK = "task"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class LetterOutcome:
    """What became of one letter, and why it did not go as planned."""

    letter: LetterHistory
    result: Result
    note: str = ""


@dataclass(slots=True)
class Outcome:
    """What a run has done so far.

    Attributes:
        letters: By letter id; a later outcome replaces an earlier one.
        warnings: Sentences for the person who runs it; none of them loses anything.
        stopped: Why the run left the rest for the next one (a limit of Gmail's); "" where it did not.
        events: Events of this run that are no letter's ordinary course.
        applied: Something could be written; False for a mere plan.
    """

    letters: dict[str, LetterOutcome] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    stopped: str = ""
    events: Sequence[Event] = ()
    applied: bool = False

    def add(self, letter: LetterOutcome) -> None:
        """Note what became of a letter."""
        self.letters[letter.letter.id] = letter

    def warn(self, sentence: str) -> None:
        """Note something that the person should know."""
        self.warnings.append(sentence)

    def stop(self, why: str) -> None:
        """Leave the rest for the next run."""
        self.stopped = self.stopped or why

    @property
    def unwell(self) -> bool:
        """Whether a letter failed or became uncertain (exit code 1)."""
        return any(each.result in {Result.FAILED, Result.UNCERTAIN} for each in self.letters.values())
