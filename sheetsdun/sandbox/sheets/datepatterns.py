"""The patterns of dates and times: ``yyyy-mm-dd``, ``d mmm yyyy``, ``h:mm am/pm``, ``[h]:mm``."""

from __future__ import annotations

import datetime as dt
import functools
import re

from sheetsdun.sandbox.sheets.locales import LocaleFacts
from sheetsdun.sandbox.sheets.serials import from_serial

_TOKEN = re.compile(
    r'(?i)"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]|_.|\*.'
    r"|(?P<half>am/pm|a/p)|(?P<part>y+|m+|d+|h+|s+)|(?P<fraction>(?<=s)\.0+)|(?P<other>.)",
    re.DOTALL,
)
_HOURS, _MINUTES, _SECONDS = 24, 60, 60
_NOON = 12
_SHORT, _LONG, _FIRST_LETTER = 3, 4, 5


def show(serial: float, pattern: str, locale: LocaleFacts) -> str | None:
    """The date as the pattern shows it; None for a number that is no date."""
    when = from_serial(serial)
    if when is None:
        return None
    pieces = _pieces(pattern)
    halved = any(kind == "half" for kind, _ in pieces)
    if not any(kind == "fraction" for kind, _ in pieces):
        # Shown to the second, a time is rounded, not cut: 0.1 + 0.2 days must not lose one.
        when = (when + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    return "".join(_piece(kind, text, when, serial, halved, locale) for kind, text in pieces)


def _piece(  # noqa: PLR0911 - one return for each kind
    kind: str, text: str, when: dt.datetime, serial: float, halved: bool, locale: LocaleFacts
) -> str:
    match kind:
        case "y":
            return f"{when.year % 100:02d}" if len(text) < _SHORT else f"{when.year:04d}"
        case "month":
            return _month(len(text), when, locale)
        case "d":
            return _day(len(text), when, locale)
        case "h":
            hour = (when.hour % _NOON or _NOON) if halved else when.hour
            return f"{hour:0{len(text)}d}"
        case "minute":
            return f"{when.minute:0{len(text)}d}"
        case "s":
            return f"{when.second:0{len(text)}d}"
        case "fraction":
            return f"{locale.decimal}{when.microsecond:06d}"[: len(text)]
        case "half":
            half = "AM" if when.hour < _NOON else "PM"
            return half[: len(text.partition("/")[0])]
        case "elapsed":
            return _elapsed(text, serial)
        case _:
            return text


def _month(width: int, when: dt.datetime, locale: LocaleFacts) -> str:
    if width < _SHORT:
        return f"{when.month:0{width}d}"
    if width == _SHORT:
        return locale.short_months[when.month]
    name = locale.month_names[when.month]
    return name[0] if width == _FIRST_LETTER else name


def _day(width: int, when: dt.datetime, locale: LocaleFacts) -> str:
    if width < _SHORT:
        return f"{when.day:0{width}d}"
    return (locale.short_days if width == _SHORT else locale.day_names)[when.weekday()]


def _elapsed(text: str, serial: float) -> str:
    seconds = round(serial * _HOURS * _MINUTES * _SECONDS)
    unit = {"h": _MINUTES * _SECONDS, "m": _SECONDS, "s": 1}[text[0].lower()]
    return f"{seconds // unit:0{len(text)}d}"


@functools.lru_cache(maxsize=1024)
def _pieces(pattern: str) -> tuple[tuple[str, str], ...]:
    """The pattern in pieces; an m beside hours or seconds is minutes, any other a month."""
    found: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(pattern):
        kind, text = match.lastgroup, match.group(match.lastgroup) if match.lastgroup else ""
        if kind in {"half", "elapsed", "fraction"}:
            found.append((kind, text))
        elif kind == "part":
            found.append((text[0].lower(), text))
        elif kind:
            found.append(("text", text))
    clock = [(place, kind) for place, (kind, _) in enumerate(found) if kind in "ymdhs" or kind == "elapsed"]
    for order, (place, kind) in enumerate(clock):
        if kind != "m":
            continue
        after_hour = order > 0 and clock[order - 1][1] in {"h", "elapsed"}
        before_second = order + 1 < len(clock) and clock[order + 1][1] == "s"
        found[place] = ("minute" if after_hour or before_second else "month", found[place][1])
    return tuple(found)
