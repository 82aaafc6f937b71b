"""Which invoice a row is: the one rule by which it is read, paid and written to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetsdun.ports import Value
from sheetsdun.rows import dates
from sheetsdun.rows.columns import Columns
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.text import is_error, token

JOINT = " · "
INSTALMENT = "instalment"
_DAYS = frozenset({"issued", "due"})
_NAMED_ROWS = 5
"""So many of the rows with the same number are named; the others are meant by an ellipsis."""


@dataclass(frozen=True, slots=True)
class Identity:
    """How to tell the identity of a row.

    Attributes:
        parts: Of each identity column its 0-based place, and whether it holds days. The instalment comes last, where
            the sheet has that column: each instalment of an invoice is a row of its own, with its own story.
        notation: Of the spreadsheet's locale.
    """

    parts: tuple[tuple[int, bool], ...]
    notation: Notation

    @classmethod
    def at(cls, places: Mapping[str, int], columns: Columns, notation: Notation) -> Identity | None:
        """The rule for a header; None where an identity column is not there, or stands twice."""
        if any(name not in places for name in columns.identity):
            return None
        last = [INSTALMENT] if INSTALMENT in places and INSTALMENT not in columns.identity else []
        return cls(tuple((places[name], name in _DAYS) for name in (*columns.identity, *last)), notation)

    def of(self, values: Sequence[Value], shown: Sequence[str]) -> str:
        """What people see in the identity columns, days as ISO dates; "" where the first of them says nothing.

        A day is taken by its value, since it would be another invoice once somebody has changed the date format.
        """
        texts = [self._part(values, shown, place, is_day) for place, is_day in self.parts]
        return JOINT.join(filter(None, texts)) if texts[0] else ""

    def _part(self, values: Sequence[Value], shown: Sequence[str], place: int, is_day: bool) -> str:
        text = token(shown[place]) if place < len(shown) else ""
        if is_error(text):
            return ""
        if is_day and text and place < len(values):
            day = dates.read(values[place], text, self.notation)
            return day.isoformat() if isinstance(day, dt.date) else text
        return text


def without_instalment(identity: str, instalment: str) -> str:
    """The identity without the instalment that it ends with: the invoice's number as the debtor knows it."""
    return identity.removesuffix(f"{JOINT}{token(instalment)}") if instalment else identity


def others(numbers: Sequence[int], own: int) -> str:
    """The other rows that have the number of row ``own``, as people read them: ``5, 9``; "" where there is none."""
    named = [number for number in numbers[: _NAMED_ROWS + 1] if number != own][:_NAMED_ROWS]
    return ", ".join(map(str, named)) + (", …" if len(numbers) > _NAMED_ROWS + 1 else "")
