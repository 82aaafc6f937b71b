"""The functions that formulas may call: what an invoice sheet uses. Any other is ``#NAME?``."""

from __future__ import annotations

import datetime as dt
import decimal
import math
from collections.abc import Callable, Mapping

from sheetsdun.sandbox.sheets.cells import number
from sheetsdun.sandbox.sheets.formula.lookups import countif, sumif, vlookup
from sheetsdun.sandbox.sheets.formula.setting import Setting, flat
from sheetsdun.sandbox.sheets.formula.values import (
    FormulaError,
    Result,
    Value,
    rank,
    single,
    to_bool,
    to_text,
)
from sheetsdun.sandbox.sheets.patterns import show
from sheetsdun.sandbox.sheets.serials import day_serial, to_serial

Function = Callable[..., Result]


def _sum(setting: Setting, *arguments: Result) -> Value:
    return number(math.fsum(setting.numbers(arguments)))


def _average(setting: Setting, *arguments: Result) -> Value:
    found = list(setting.numbers(arguments))
    if not found:
        raise FormulaError("#DIV/0!", "Evaluation of function AVERAGE caused a divide by zero error.")
    return number(math.fsum(found) / len(found))


def _count(_: Setting, *arguments: Result) -> Value:
    values = (value for argument in arguments for value in flat(argument))
    return sum(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _counta(_: Setting, *arguments: Result) -> Value:
    return sum(value is not None for argument in arguments for value in flat(argument))


def _all_bools(setting: Setting, arguments: tuple[Result, ...]) -> list[bool]:
    values = (value for argument in arguments for value in flat(argument) if value is not None)
    return [to_bool(value, setting.locale) for value in values]


def _rounding(mode: str) -> Function:
    def apply(setting: Setting, value: Result, places: Result = 0) -> Value:
        exact = decimal.Decimal(repr(setting.number(value)))
        step = decimal.Decimal(1).scaleb(-int(setting.number(places)))
        return number(float((exact / step).quantize(decimal.Decimal(1), mode) * step))

    return apply


def _concatenate(setting: Setting, *arguments: Result) -> Value:
    return "".join(to_text(value, setting.locale) for argument in arguments for value in flat(argument))


def _left(setting: Setting, text: Result, count: Result = 1) -> Value:
    return setting.text(text)[: int(setting.number(count))]


def _right(setting: Setting, text: Result, count: Result = 1) -> Value:
    width = int(setting.number(count))
    return setting.text(text)[-width:] if width else ""


def _mid(setting: Setting, text: Result, start: Result, count: Result) -> Value:
    first = int(setting.number(start)) - 1
    return setting.text(text)[first : first + int(setting.number(count))]


def _date(setting: Setting, year: Result, month: Result, day: Result) -> Value:
    months = int(setting.number(year)) * 12 + int(setting.number(month)) - 1
    try:
        first = dt.date(months // 12, months % 12 + 1, 1)
        return day_serial(first) + int(setting.number(day)) - 1
    except ValueError as error:
        raise FormulaError("#NUM!") from error


def _edate(setting: Setting, start: Result, months: Result) -> Value:
    when = setting.date(start)
    count = when.year * 12 + when.month - 1 + int(setting.number(months))
    year, month = divmod(count, 12)
    after = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December, counted from 0
    last = (after - dt.timedelta(days=1)).day
    return day_serial(dt.date(year, month + 1, min(when.day, last)))


def _eomonth(setting: Setting, start: Result, months: Result) -> Value:
    first = setting.date(start).replace(day=1)
    after = _edate(setting, day_serial(first.date()), setting.number(months) + 1)
    return setting.number(after) - 1


def _na(_: Setting) -> Value:
    raise FormulaError("#N/A")


FUNCTIONS: Mapping[str, Function] = {
    "ABS": lambda s, value: number(abs(s.number(value))),
    "AND": lambda s, *values: all(_all_bools(s, values)),
    "AVERAGE": _average,
    "CONCAT": _concatenate,
    "CONCATENATE": _concatenate,
    "COUNT": _count,
    "COUNTA": _counta,
    "COUNTBLANK": lambda _, cells: sum(value in {None, ""} for value in flat(cells)),
    "COUNTIF": countif,
    "DATE": _date,
    "DATEVALUE": lambda s, text: math.floor(s.number(text)),
    "DAY": lambda s, when: s.date(when).day,
    "DAYS": lambda s, end, start: number(s.number(end) - s.number(start)),
    "EDATE": _edate,
    "EOMONTH": _eomonth,
    "HYPERLINK": lambda s, link, label=None: single(link) if label is None else s.text(label),
    "INT": lambda s, value: math.floor(s.number(value)),
    "ISBLANK": lambda _, value: single(value) is None,
    "ISNUMBER": lambda _, value: rank(single(value))[0] == 0,
    "ISTEXT": lambda _, value: isinstance(single(value), str),
    "LEFT": _left,
    "LEN": lambda s, text: len(s.text(text)),
    "LOWER": lambda s, text: s.text(text).lower(),
    "MAX": lambda s, *values: max(s.numbers(values), default=0),
    "MID": _mid,
    "MIN": lambda s, *values: min(s.numbers(values), default=0),
    "MOD": lambda s, value, by: number(s.number(value) % s.number(by)),
    "MONTH": lambda s, when: s.date(when).month,
    "N": lambda s, value: 0 if isinstance(single(value), str) else s.number(value),
    "NA": _na,
    "NOT": lambda s, value: not to_bool(single(value), s.locale),
    "NOW": lambda s: to_serial(s.now),
    "OR": lambda s, *values: any(_all_bools(s, values)),
    "PRODUCT": lambda s, *values: number(math.prod(s.numbers(values))),
    "RIGHT": _right,
    "ROUND": _rounding(decimal.ROUND_HALF_UP),
    "ROUNDDOWN": _rounding(decimal.ROUND_DOWN),
    "ROUNDUP": _rounding(decimal.ROUND_UP),
    "SUM": _sum,
    "SUMIF": sumif,
    "TEXT": lambda s, value, pattern: show(s.number(value), s.text(pattern), s.locale),
    "TODAY": lambda s: day_serial(s.now.date()),
    "TRIM": lambda s, text: " ".join(s.text(text).split()),
    "UPPER": lambda s, text: s.text(text).upper(),
    "VALUE": lambda s, text: s.number(text),
    "VLOOKUP": vlookup,
    "WEEKDAY": lambda s, when: s.date(when).isoweekday() % 7 + 1,
    "YEAR": lambda s, when: s.date(when).year,
}
