"""A cell as a sum of money. Money is never guessed: what can be read in two ways is a problem."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from sheetsdun.ports import Value
from sheetsdun.rows import currency, dates
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.text import clean

_DIGITS = frozenset("0123456789")
_GROUPING = " '’"
_MINUS = "-−–"
_SHAPE = re.compile(r"([^0-9]*)([0-9](?:[0-9.,'’ ]*[0-9])?)([^0-9]*)", re.DOTALL)
"""A currency or a sign, the figures, a currency or empty cents."""

_EMPTY_CENTS = (",-", ",–", ",--", ".-", ".–", ".--")
_GROUP = 3
_LIMIT = 1e15
"""Above it a cell of Sheets has no cents any more."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount and the currency's mark that stands beside it in the cell, "" for none."""

    amount: Decimal
    mark: str = ""


def read(value: Value, shown: str, notation: Notation) -> Sum | Flaw:
    """What a cell that is not empty says, from its value and from what people see of it.

    A number counts only where people see the same number, a display rounding apart: a date that is typed where money
    should be has a number behind it, too.
    """
    if isinstance(value, bool):
        return Flaw.UNREADABLE_AMOUNT
    if isinstance(value, str):
        said = of_text(clean(value), notation)
        if said is Flaw.UNREADABLE_AMOUNT and _is_date(clean(value), notation):
            return Flaw.DATE_AS_AMOUNT
        return said
    if not abs(value) < _LIMIT:
        return Flaw.UNREADABLE_AMOUNT
    # Fifteen digits are what Sheets itself computes with: 0.1 + 0.2 is 0.3.
    amount = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    return _as_seen(amount, clean(shown), notation)


def _as_seen(amount: Decimal, shown: str, notation: Notation) -> Sum | Flaw:
    """The number, unless people see something else in its place."""
    seen = of_text(shown, notation)
    if isinstance(seen, Sum):
        if abs(seen.amount - amount) < 1:
            return Sum(amount, seen.mark)
        serial = dates.of_serial(float(amount))
        # What is typed as 12.05 becomes the 12th of May in some locales, and is shown as 12.05 still.
        return Flaw.DATE_AS_AMOUNT if serial and serial.year in dates.LIKELY_YEARS else Flaw.UNREADABLE_AMOUNT
    if seen is Flaw.UNREADABLE_AMOUNT:
        if _is_date(shown, notation) or "/" in shown or ":" in shown:
            return Flaw.DATE_AS_AMOUNT
        if "%" in shown:
            return Flaw.UNREADABLE_AMOUNT
    return Sum(amount)


def _is_date(text: str, notation: Notation) -> bool:
    return dates.of_text(text, notation.order) is not None


def of_text(text: str, notation: Notation) -> Sum | Flaw:
    """A cleaned text as a sum: ``1.234,56 €``, ``USD 1,234.56``, ``−5``, ``12,-``."""
    if text.startswith("(") and text.endswith(")"):
        inner = of_text(text.strip("() "), notation)
        return Flaw.BRACKETED_AMOUNT if isinstance(inner, Sum) else inner
    parts = _SHAPE.fullmatch(text)
    if parts is None:
        return Flaw.UNREADABLE_AMOUNT
    head, core, tail = parts.groups()
    if head and head[-1] in ".," and not head[:-1].strip(" +" + _MINUS):
        head, core = head[:-1], f"0{head[-1]}{core}"  # .50
    for cents in _EMPTY_CENTS:
        tail = tail.removeprefix(cents)
    signs = [sign for sign in head if sign in _MINUS]
    front = head.strip(" +" + _MINUS)
    mark = front or tail.strip()
    if len(signs) > 1 or (front and tail.strip()) or (mark and not currency.meanings(mark)):
        return Flaw.UNREADABLE_AMOUNT
    number = _number(core, notation.decimal)
    if isinstance(number, Flaw):
        return number
    return Sum(-number if signs and number else number, mark)


def _number(core: str, decimal: str) -> Decimal | Flaw:
    """Digits and separators as a number."""
    if core.isdecimal() and core.isascii():
        return Decimal(core) if len(core) <= _GROUP * 5 else Flaw.UNREADABLE_AMOUNT
    points, commas = core.count("."), core.count(",")
    if points and commas:
        decimal = max(".,", key=core.rfind)
    elif points + commas == 1:
        only = "." if points else ","
        head, _, tail = core.partition(only)
        grouped = any(sign in core for sign in _GROUPING)
        thousands = (
            len(tail) == _GROUP and 0 < len(head) <= _GROUP and not head.startswith("0") and not grouped
        )
        if thousands and only == decimal:
            return Flaw.AMBIGUOUS_AMOUNT
        # One separator before anything but three digits can only be the decimal one.
        decimal = decimal if thousands else only
    elif points or commas:
        decimal = "," if points else "."
    whole, _, cents = core.partition(decimal)
    if (cents and not (cents.isdecimal() and cents.isascii())) or len(core) > _GROUP * 10:
        return Flaw.UNREADABLE_AMOUNT
    separators = {sign for sign in whole if sign not in _DIGITS}
    groups = [whole]
    if separators:
        if len(separators) > 1 or not separators <= set(_GROUPING + ".,"):
            return Flaw.UNREADABLE_AMOUNT
        groups = whole.split(separators.pop())
        if not 0 < len(groups[0]) <= _GROUP or any(len(group) != _GROUP for group in groups[1:]):
            return Flaw.UNREADABLE_AMOUNT
    return Decimal("".join(groups) + "." + (cents or "0"))
