"""Number formats: what a pattern such as ``#,##0.00`` or ``dd.mm.yyyy`` shows for a number, in a locale."""

from __future__ import annotations

import decimal
import functools
import re
from dataclasses import dataclass

from sheetsdun.sandbox.sheets import datepatterns
from sheetsdun.sandbox.sheets.locales import LocaleFacts

_TOKEN = re.compile(
    r'"([^"]*)"?|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.|([eE][+-]0+)|([0#?.,]+)|(.)', re.DOTALL
)
_LITERALS = re.compile(r'"[^"]*"?|\\.|\[\$[^\]]*\]|_.|\*.', re.DOTALL)
_DATE_LETTERS = re.compile(r"(?i)[ymdhs]")
_SIGNIFICANT = 10
_SCIENTIFIC_FROM = 1e15
_SCIENTIFIC_BELOW = 1e-9
_DIGITS = 3
_PERCENT = 100
_TEXT_SECTION = 3


@dataclass(frozen=True, slots=True)
class _Section:
    """One of a pattern's sections, in pieces: (kind, text)."""

    pieces: tuple[tuple[str, str], ...]
    percent: int
    scale: int


def general(value: float, locale: LocaleFacts) -> str:
    """A number in the automatic format: at most ten significant digits, no grouping."""
    if isinstance(value, int):
        size = abs(value)
        return str(value) if size < _SCIENTIFIC_FROM else _scientific(value, locale)
    if value and (abs(value) >= _SCIENTIFIC_FROM or abs(value) < _SCIENTIFIC_BELOW):
        return _scientific(value, locale)
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    shown = f"{value:.{max(0, _SIGNIFICANT - whole)}f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown in {"-0", ""} else shown.replace(".", locale.decimal)


def _scientific(value: float, locale: LocaleFacts) -> str:
    mantissa, exponent = f"{value:.5E}".split("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}".replace(".", locale.decimal)


@functools.lru_cache(maxsize=4096)
def is_date(pattern: str) -> bool:
    """Whether the pattern shows a date or a time."""
    return bool(
        _DATE_LETTERS.search(re.sub(r"(?i)\[(?!h+\]|m+\]|s+\])[^\]]*\]", "", _LITERALS.sub("", pattern)))
    )


def show(value: float, pattern: str, locale: LocaleFacts) -> str:
    """The number as the pattern shows it."""
    if not pattern or pattern.casefold() in {"general", "@"}:
        return general(value, locale)
    sections = _split(pattern)
    if is_date(sections[0]):
        shown = datepatterns.show(value, sections[0], locale)
        return general(value, locale) if shown is None else shown
    chosen, magnitude, signed = _choose(sections, value)
    section = _section(chosen)
    if section is None:
        return general(value, locale)
    body = _render(section, magnitude, locale)
    zero = not re.search(r"[1-9]", body)
    return f"-{body}" if signed and not zero else body


def show_text(value: str, pattern: str) -> str:
    """A text as the pattern's fourth section shows it."""
    sections = _split(pattern)
    if len(sections) <= _TEXT_SECTION or "@" not in sections[_TEXT_SECTION]:
        return value
    return sections[_TEXT_SECTION].replace('"', "").replace("@", value)


@functools.lru_cache(maxsize=4096)
def _split(pattern: str) -> tuple[str, ...]:
    sections, current, quoted = [], "", False
    for letter in pattern:
        quoted ^= letter == '"'
        if letter == ";" and not quoted:
            sections.append(current)
            current = ""
        else:
            current += letter
    return (*sections, current)


def _choose(sections: tuple[str, ...], value: float) -> tuple[str, float, bool]:
    """The section for a number, the number to show in it, and whether a minus must be put before."""
    if value < 0:
        if len(sections) > 1 and sections[1]:
            return sections[1], -value, False
        return sections[0], -value, True
    if value == 0 and len(sections) > 2 and sections[2]:  # noqa: PLR2004 - the third section is for zero
        return sections[2], 0, False
    return sections[0], value, False


@functools.lru_cache(maxsize=4096)
def _section(text: str) -> _Section | None:
    pieces: list[tuple[str, str]] = []
    percent = scale = 0
    for match in _TOKEN.finditer(text):
        quoted, escaped, money, exponent, digits, other = match.groups()
        literal = next((part for part in (quoted, escaped, money) if part is not None), None)
        if literal is not None:
            pieces.append(("text", literal))
        elif exponent:
            pieces.append(("exponent", exponent))
        elif digits and not any(kind == "digits" for kind, _ in pieces) and digits.strip(".,"):
            bare = digits.rstrip(",")
            scale = len(digits) - len(bare)
            pieces.append(("digits", bare))
        elif digits or other:
            percent += (digits or other).count("%")
            pieces.append(("text", digits or other))
    if not pieces:
        return None
    return _Section(tuple(pieces), percent, scale)


def _render(section: _Section, value: float, locale: LocaleFacts) -> str:
    exact = decimal.Decimal(repr(value)) * _PERCENT**section.percent
    exact = exact.scaleb(-_DIGITS * section.scale)
    power = ""
    for kind, text in section.pieces:
        if kind == "exponent":
            shift = exact.adjusted() if exact else 0
            exact = exact.scaleb(-shift)
            sign = "-" if shift < 0 else ("+" if text[1] == "+" else "")
            power = f"{text[0]}{sign}{abs(shift):0{len(text) - 2}d}"
    out = ""
    for kind, text in section.pieces:
        if kind == "digits":
            out += _digits(text, exact, locale)
        elif kind == "exponent":
            out += power
        else:
            out += text
    return out


def _digits(pattern: str, value: decimal.Decimal, locale: LocaleFacts) -> str:
    whole, _, fraction = pattern.partition(".")
    places = sum(letter in "0#?" for letter in fraction)
    fixed = f"{value.quantize(decimal.Decimal(1).scaleb(-places), decimal.ROUND_HALF_UP):f}"
    integer, _, decimals = fixed.partition(".")
    least = fraction.rfind("0") + 1
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    integer = integer.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        integer = re.sub(r"(?<=\d)(?=(\d{3})+\Z)", locale.group, integer)
    return integer + (locale.decimal + decimals if decimals or ("." in pattern and least) else "")
