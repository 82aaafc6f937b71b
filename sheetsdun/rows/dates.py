"""A cell as a day."""

from __future__ import annotations

import datetime as dt
import functools
import re

from sheetsdun.ports import EPOCH, Value
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.text import clean

LIKELY_YEARS = range(2000, 2050)
"""Years of dates that stand by mistake where a number should."""

_LAST = (dt.date.max - EPOCH).days

_FIGURES = re.compile(
    r"(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?:\.|\s?г\.?)?(?:[T ]\d{1,2}:\d\d[\d:.]*(?: ?[AP]M)?Z?)?",
    re.ASCII | re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[.\s-]\s?([^\W\d_]{3,})[.,\s-]+(\d{4})(?:\s?г(?:ода|\.)?)?", re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s(\d{1,2})(?:st|nd|rd|th)?[,\s]\s?(\d{4})", re.IGNORECASE)

_MONTHS = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber mrz apr mai jun jul aug sep okt nov dez",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
)


def read(value: Value, shown: str, notation: Notation) -> dt.date | Flaw:
    """The day that a cell which is not empty means: a serial number, or a text in the sheet's locale or ISO's."""
    if isinstance(value, bool):
        return Flaw.UNREADABLE_DATE
    day = of_text(clean(shown or value), notation.order) if isinstance(value, str) else of_serial(value)
    return day or Flaw.UNREADABLE_DATE


def of_serial(number: float) -> dt.date | None:
    """The day of a serial number; a time of day in it is left out. None where it is no day."""
    if not 1 <= number <= _LAST:
        return None
    return EPOCH + dt.timedelta(days=int(number))


@functools.lru_cache(maxsize=1 << 12)
def of_text(text: str, order: str) -> dt.date | None:
    """A cleaned text as a day: ``2026-12-31``, ``31.12.2026``, ``12/31/2026`` by ``order``, ``31 Dec 2026``.

    Day and month are never swapped to make sense of a text: other cells of that column would be swapped in silence.
    """
    try:
        if match := _FIGURES.fullmatch(text):
            first, separator, middle, last = match.groups()
            return _of_figures(first, separator, middle, last, order)
        if match := _DAY_FIRST.fullmatch(text):
            day, month, year = match.groups()
        elif match := _MONTH_FIRST.fullmatch(text):
            month, day, year = match.groups()
        else:
            return None
        number = _month(month.casefold())
        return dt.date(int(year), number, int(day)) if number else None
    except ValueError:  # 31.02.2026
        return None


def _of_figures(first: str, separator: str, middle: str, last: str, order: str) -> dt.date | None:
    year_digits = len("2026")
    if len(first) == year_digits:
        return dt.date(int(first), int(middle), int(last))
    if len(first) > len("31") or len(last) not in {len("26"), year_digits}:
        return None
    year = int(last) + (2000 if len(last) < year_digits else 0)
    if separator == "." or order == "dmy":
        return dt.date(year, int(middle), int(first))
    return dt.date(year, int(first), int(middle)) if order == "mdy" else None


@functools.lru_cache(maxsize=1 << 8)
def _month(word: str) -> int:
    """1 for January, in English, German or Russian, whole or cut off after at least three letters; 0 for no month."""
    for names in _MONTHS:
        for number, name in enumerate(names.split(), start=1):
            if name.startswith(word):
                return number
    return 0
