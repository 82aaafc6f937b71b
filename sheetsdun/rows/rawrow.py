"""The cells of one row, by field, and the problems found in them so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sheetsdun.domain.invoice import Problem, Standing
from sheetsdun.domain.money import rounded
from sheetsdun.ports import Value
from sheetsdun.rows import addresses, currency, dates, money, vocabulary
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.text import clean, clip, is_error, is_nothing

_LONGEST = {"invoice": 200, "description": 5_000, "attachments": 5_000, "action_note": 5_000, "email": 5_000}
_LONGEST_OTHERS = 1_000
"""Characters. A number over 200 would be cut off in the log, and so be another one there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What gives a cell its meaning, beside the cell itself.

    Attributes:
        locale: The spreadsheet's, such as ``de_DE``.
        currency: Where a row names none.
        standings: What each word of the Status column means, in lower case.
    """

    locale: str = "en_US"
    currency: str = "EUR"
    standings: Mapping[str, Standing] = field(default_factory=dict)


class RawRow:
    """The cells of one row, and the problems found so far.

    What a cell says is asked for by field; where it cannot be understood the answer is as if it were empty, and the
    problem is kept.

    Attributes:
        texts: By field, what people see in each cell that is not empty.
    """

    __slots__ = ("_notation", "_raw", "_values", "number", "problems", "reading", "texts")

    def __init__(
        self,
        number: int,
        cells: Sequence[tuple[str, Value, str]],
        reading: Reading,
        notation: Notation,
    ) -> None:
        """Take a row's cells that are not empty: field, value, and what people see."""
        self.number = number
        self.reading = reading
        self.problems: list[Problem] = []
        self.texts: dict[str, str] = {}
        self._values: dict[str, Value] = {}
        self._raw: dict[str, str] = {}
        self._notation = notation
        for name, value, shown in cells:
            text = clean(shown)
            if not text:
                continue
            if is_error(text):
                self.problem(name, Flaw.ERROR_VALUE, text)
                continue
            if len(text) > _LONGEST.get(name, _LONGEST_OTHERS):
                self.problem(name, Flaw.TOO_LONG, text)
            self.texts[name] = text
            self._values[name] = value
            self._raw[name] = shown

    def text(self, name: str) -> str:
        """What stands there, in one line."""
        return self.texts.get(name, "")

    def raw(self, name: str) -> str:
        """What stands there, with its line breaks."""
        return self._raw.get(name, "")

    def problem(self, name: str, flaw: Flaw, value: str = "") -> None:
        """Keep a problem of a cell."""
        self.problems.append(Problem(name, flaw.value, clip(value or self.text(name))))

    def broken(self, name: str) -> bool:
        """Whether a problem of that cell was found."""
        return any(problem.field == name for problem in self.problems)

    def addresses(self, name: str) -> tuple[str, ...]:
        """The valid addresses."""
        if is_nothing(self.text(name)):
            return ()
        found, flaw = addresses.read(self._raw[name])
        if flaw:
            self.problem(name, flaw)
        return found

    def sum(self, name: str) -> money.Sum | None:
        """A sum, with the currency's mark that stands beside it."""
        if is_nothing(self.text(name)):
            return None
        said = money.read(self._values[name], self.text(name), self._notation)
        if isinstance(said, Flaw):
            self.problem(name, said)
            return None
        return said

    def percent(self, name: str) -> Decimal | None:
        """A percentage: ``2 %``, or a number that is shown as one."""
        text, value = self.text(name), self._values.get(name)
        if not text.endswith("%"):
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Decimal(f"{value:.15g}") * 100
        said = money.of_text(text.removesuffix("%").strip(), self._notation)
        return None if isinstance(said, Flaw) or said.mark else said.amount

    def within(self, code: str, name: str, said: money.Sum | None) -> Decimal | None:
        """The sum in whole cents, unless it stands in another currency than the row."""
        if said is None:
            return None
        if code and said.mark and code not in currency.meanings(said.mark):
            self.problem(name, Flaw.CURRENCY_CONFLICT)
            return None
        return rounded(said.amount, code)

    def day(self, name: str) -> dt.date | None:
        """A date."""
        if is_nothing(self.text(name)):
            return None
        day = dates.read(self._values[name], self.text(name), self._notation)
        if isinstance(day, Flaw):
            self.problem(name, day)
            return None
        return day

    def whole(self, name: str, allowed: range) -> int | None:
        """A whole number of days."""
        text = self.text(name)
        if is_nothing(text):
            return None
        if text.isascii() and text.isdecimal() and int(text) in allowed:
            return int(text)
        self.problem(name, Flaw.NO_DAYS)
        return None

    def said_yes(self, name: str) -> bool:
        """Whether anything but a no stands there: ``yes``, a tick, ``since May``."""
        word = self.text(name).casefold()
        return self.broken(name) or not (is_nothing(word) or word in vocabulary.NO)
