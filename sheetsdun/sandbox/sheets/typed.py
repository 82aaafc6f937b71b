"""What a person's typing means: ``1.234,50 €``, ``21.11.2026``, ``15%``, ``WAHR``, ``'007`` in the locale."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sheetsdun.sandbox.sheets.cells import Scalar, number
from sheetsdun.sandbox.sheets.locales import LocaleFacts
from sheetsdun.sandbox.sheets.serials import day_serial
from sheetsdun.sandbox.wire import Json

_ISO_DATE = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\Z")
_NUMERIC_DATE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})\Z")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\Z")
_NAMED_DATE = re.compile(
    r"(?:(\d{1,2})[\s.-]+([^\W\d_]+)\.?,?[\s-]+(\d{4})|([^\W\d_]+)\.? (\d{1,2}),? (\d{4}))\Z"
)
_TIME = re.compile(r"(?i)(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(?:\s?([ap])\.?m\.?)?\Z")
_SYMBOLS = "$€£¥₽₴₹"
_CENTURY_FROM = 30
_NOON = 12
_TWO_DIGITS = 100
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Entry:
    """What was entered: a value or a formula, and the number format that typing it so gives to a bare cell."""

    value: Scalar | None = None
    formula: str | None = None
    number_format: Json | None = None


def understand(text: str, locale: LocaleFacts, year: int) -> Entry:  # noqa: PLR0911 - one return for each kind
    """The entry that typing this text makes in a year (which ``1.5.`` in German does not name)."""
    if text.startswith("'"):
        return Entry(text[1:] or None)
    if text.startswith("=") and len(text) > 1:
        return Entry(formula=text)
    stripped = text.strip()
    if not stripped:
        return Entry(text or None)
    word = stripped.upper()
    if word in {"TRUE", locale.true}:
        return Entry(value=True)
    if word in {"FALSE", locale.false}:
        return Entry(value=False)
    if not any(letter.isdigit() for letter in stripped):
        return Entry(text)
    return _number(stripped, locale) or _moment(stripped, locale, year) or Entry(text)


def _format(kind: str, pattern: str) -> Json:
    return {"type": kind, "pattern": pattern}


def _number(text: str, locale: LocaleFacts) -> Entry | None:
    """Plain numbers, percentages, amounts of money, brackets for a minus."""
    body = text.replace("\u202f", "\u00a0")
    negative = body.startswith("(") and body.endswith(")")
    body = body[1:-1] if negative else body
    symbol = next((known for known in (locale.currency, *_SYMBOLS) if known in body), "")
    if symbol:
        head, _, tail = body.partition(symbol)
        if head.strip("+- \u00a0") and tail.strip():
            return None
        body = head.strip("\u00a0 ") + tail.strip("\u00a0 ")
    percent = body.endswith("%")
    body = body.removesuffix("%").rstrip()
    parsed = _plain(body, locale)
    if parsed is None or (percent and symbol):
        return None
    value, decimals, grouped, scientific = parsed
    value = -value if negative else value
    fraction = ".00" if decimals else ""
    if percent:
        return Entry(number(value / _TWO_DIGITS), None, _format("PERCENT", f"0{fraction}%"))
    if symbol:
        money = f'"{symbol}"#,##0' if locale.currency_first else "#,##0"
        tail = "" if locale.currency_first else f'\u00a0"{symbol}"'
        return Entry(number(value), None, _format("CURRENCY", f"{money}{fraction}{tail}"))
    if scientific:
        return Entry(number(value), None, _format("SCIENTIFIC", "0.00E+00"))
    return Entry(number(value), None, _format("NUMBER", f"#,##0{fraction}") if grouped else None)


def _plain(text: str, locale: LocaleFacts) -> tuple[float, bool, bool, bool] | None:
    """The number, whether it had decimals, thousands separators, an exponent."""
    groups = r"[ \u00a0]" if locale.group == "\u00a0" else re.escape(locale.group)
    match = re.match(
        rf"([+-]?)\s?((?:\d{{1,3}}(?:{groups}\d{{3}})+)|\d+|)(?:{re.escape(locale.decimal)}(\d*))?([eE][+-]?\d+)?\Z",
        text,
    )
    if match is None:
        return None
    sign, whole, fraction, exponent = match.groups()
    if not whole and not fraction:
        return None
    digits = re.sub(r"\D", "", whole)
    value = float(f"{sign}{digits or 0}.{fraction or 0}{exponent or ''}")
    if value in {float("inf"), float("-inf")}:
        return None
    return value, bool(fraction), digits != whole, bool(exponent)


def _moment(text: str, locale: LocaleFacts, year: int) -> Entry | None:
    """Dates, times, and dates with times."""
    time = _time(text, locale)
    if time is not None:
        return Entry(number(time[0]), None, _format("TIME", time[1]))
    day, _, clock = text.replace("T", " ").rpartition(" ")
    time = _time(clock, locale) if day else None
    if time is None and day:
        # ``11/21/2026 3:05 PM`` has a blank before PM.
        head, _, hour = day.rpartition(" ")
        time = _time(f"{hour} {clock}", locale) if head else None
        day = head if time is not None else day
    found = _date(text if time is None else day, locale, year)
    if found is None:
        return None
    date, pattern = found
    if time is None:
        return Entry(day_serial(date), None, _format("DATE", pattern))
    return Entry(number(day_serial(date) + time[0]), None, _format("DATE_TIME", f"{pattern} {time[1]}"))


def _time(text: str, locale: LocaleFacts) -> tuple[float, str] | None:
    """A time of day, and the pattern that it was typed in."""
    match = _TIME.match(text)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.group(1, 2, 3))
    half = (match.group(5) or "").lower()
    if half:
        if not 1 <= hours <= _NOON:
            return None
        hours = hours % _NOON + (_NOON if half == "p" else 0)
    try:
        moment = dt.time(hours, minutes, seconds)
    except ValueError:
        return None
    fraction = float(match.group(4) or 0)
    pattern = (
        locale.time.partition(":")[0] + ":mm" + (":ss" if match.group(3) else "") + (" am/pm" if half else "")
    )
    return (moment.hour * 3600 + moment.minute * 60 + moment.second + fraction) / _DAY, pattern


def _date(text: str, locale: LocaleFacts, this_year: int) -> tuple[dt.date, str] | None:
    """A date and the pattern that it was typed in."""
    if match := _ISO_DATE.match(text):
        year, mark, month, day = match.groups()
        return _made(int(year), int(month), int(day), f"yyyy{mark}mm{mark}dd")
    if match := _NUMERIC_DATE.match(text):
        first, mark, second, year = match.groups()
        order = locale.order.replace("y", "")
        day, month = (first, second) if order == "dm" else (second, first)
        return _made(_year(year), int(month), int(day), _pattern(mark, first, second, year, order, locale))
    if match := _DAY_AND_MONTH.match(text):
        first, _, second = match.groups()
        day, month = (first, second) if locale.order.startswith("d") else (second, first)
        return _made(this_year, int(month), int(day), locale.date)
    if match := _NAMED_DATE.match(text):
        day, name, year, name_first, day_after, year_after = match.groups()
        month_number = locale.months.get((name or name_first).casefold().rstrip("."))
        if month_number is None:
            return None
        month = (
            "mmmm"
            if (name or name_first).casefold() != locale.short_months[month_number].casefold()
            else "mmm"
        )
        pattern = f"d {month} yyyy" if day else f"{month} d{',' * (',' in text)} yyyy"
        return _made(int(year or year_after), month_number, int(day or day_after), pattern)
    return None


def _pattern(mark: str, first: str, second: str, year: str, order: str, locale: LocaleFacts) -> str:
    """The locale's own pattern where its mark was typed, else the typed one."""
    if mark in locale.date and len(year) > 2:  # noqa: PLR2004 - a year of two digits is shown with two
        return locale.date
    wide = "0" in {first[0], second[0]}
    day, month = ("dd", "mm") if wide else ("d", "m")
    start, end = (day, month) if order == "dm" else (month, day)
    return f"{start}{mark}{end}{mark}{'yyyy' if len(year) > 2 else 'yy'}"  # noqa: PLR2004 - as above


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - written out
        return year
    return year + (2000 if year < _CENTURY_FROM else 1900)


def _made(year: int, month: int, day: int, pattern: str) -> tuple[dt.date, str] | None:
    try:
        return dt.date(year, month, day), pattern
    except ValueError:
        return None
