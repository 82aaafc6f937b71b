"""What a function may ask of its surroundings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sheetsdun.sandbox.sheets.formula.values import (
    Fault,
    FormulaError,
    Result,
    Value,
    single,
    to_number,
    to_text,
)
from sheetsdun.sandbox.sheets.locales import LocaleFacts
from sheetsdun.sandbox.sheets.serials import from_serial


@dataclass(frozen=True, slots=True)
class Setting:
    """The locale, and the wall clock of the spreadsheet; and arguments as what they are meant to be."""

    locale: LocaleFacts
    now: dt.datetime

    def numbers(self, arguments: tuple[Result, ...]) -> Iterator[float]:
        """The numbers among the arguments: of a range only its numbers, of a single argument what it means."""
        for argument in arguments:
            if isinstance(argument, list):
                for value in flat(argument):
                    if isinstance(value, Fault):
                        raise FormulaError(value.text, value.message)
                    if isinstance(value, int | float) and not isinstance(value, bool):
                        yield value
            else:
                yield to_number(argument, self.locale, self.now.year)

    def number(self, argument: Result) -> float:
        """One argument as a number."""
        return to_number(single(argument), self.locale, self.now.year)

    def text(self, argument: Result) -> str:
        """One argument as a text."""
        return to_text(single(argument), self.locale)

    def date(self, argument: Result) -> dt.datetime:
        """One argument as a date."""
        when = from_serial(self.number(argument))
        if when is None:
            raise FormulaError("#NUM!")
        return when


def flat(argument: Result) -> Iterator[Value]:
    """Every value of a range, or the one value."""
    if isinstance(argument, list):
        for row in argument:
            yield from row
    else:
        yield argument
