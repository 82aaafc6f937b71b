"""What a spreadsheet's locale decides: separators, the order of a date, names of months, words for true and false."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names
from babel.numbers import get_currency_symbol, get_territory_currencies

_TRUE_FALSE = {
    "de": ("WAHR", "FALSCH"),
    "es": ("VERDADERO", "FALSO"),
    "fr": ("VRAI", "FAUX"),
    "it": ("VERO", "FALSO"),
    "nl": ("WAAR", "ONWAAR"),
    "pl": ("PRAWDA", "FAŁSZ"),
    "pt": ("VERDADEIRO", "FALSO"),
    "ru": ("ИСТИНА", "ЛОЖЬ"),
    "uk": ("ІСТИНА", "ХИБНІСТЬ"),
}
_TERRITORIES = {"en": "US", "de": "DE", "fr": "FR", "ru": "RU", "es": "ES", "it": "IT", "uk": "UA"}
_SPACES = re.compile("[\u00a0\u202f\u2009]")


@dataclass(frozen=True)
class LocaleFacts:
    """The facts of one locale.

    Attributes:
        decimal: The decimal separator.
        group: The thousands separator.
        order: The order of a date's parts, such as ``dmy``.
        date: The pattern of a date as typed in this locale.
        time: The pattern of a time.
        currency: The symbol of the territory's money.
        currency_first: Whether it stands before the number.
        months: Month names, short names and other forms, casefolded, to their number.
        true: The word shown for true.
        false: The word shown for false.
    """

    name: str
    decimal: str
    group: str
    order: str
    date: str
    time: str
    currency: str
    currency_first: bool
    months: Mapping[str, int]
    month_names: Mapping[int, str]
    short_months: Mapping[int, str]
    day_names: Mapping[int, str]
    short_days: Mapping[int, str]
    true: str
    false: str

    @property
    def date_time(self) -> str:
        """The pattern of a date with a time: to 24 hours, also where a time alone is to twelve."""
        return f"{self.date} {'h:mm:ss' if 'am/pm' in self.time else self.time}"

    @property
    def argument(self) -> str:
        """What stands between a formula's arguments."""
        return ";" if self.decimal == "," else ","


def is_known(name: str) -> bool:
    """Whether Google's locale name (``de_DE``, ``en``) is a locale."""
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True


@functools.lru_cache(maxsize=64)
def facts(name: str) -> LocaleFacts:
    """The facts of a locale that is known; of en_US for one that is not."""
    locale = Locale.parse(name if is_known(name) else "en_US")
    symbols = locale.number_symbols["latn"]
    short = locale.date_formats["short"].pattern
    wide, abbreviated = (get_month_names(width, locale=locale) for width in ("wide", "abbreviated"))
    standing = get_month_names("wide", context="stand-alone", locale=locale)
    months = {
        key.casefold().rstrip("."): number
        for names in (abbreviated, get_month_names("abbreviated", "stand-alone", locale), wide, standing)
        for number, key in names.items()
    }
    days = get_day_names("wide", locale=locale), get_day_names("abbreviated", locale=locale)
    true, false = _TRUE_FALSE.get(locale.language, ("TRUE", "FALSE"))
    return LocaleFacts(
        name=name,
        decimal=symbols["decimal"],
        # Google writes the plain no-break space where Unicode has come to prefer a narrow one.
        group=_SPACES.sub("\u00a0", symbols["group"]),
        order="".join(dict.fromkeys(letter.lower() for letter in short if letter in "dMy")),
        date=re.sub("y+", "yyyy", short).replace("MMM", "M").replace("LLL", "M").replace(" г.", ""),
        time="h:mm:ss am/pm" if "a" in locale.time_formats["short"].pattern else "HH:mm:ss",
        currency=_currency(locale),
        currency_first=locale.currency_formats["standard"].pattern.startswith("¤"),
        months=months,
        month_names=dict(wide),
        short_months={number: name.rstrip(".") for number, name in abbreviated.items()},
        day_names=dict(days[0]),
        short_days=dict(days[1]),
        true=true,
        false=false,
    )


def _currency(locale: Locale) -> str:
    territory = locale.territory or _TERRITORIES.get(locale.language, "US")
    codes = get_territory_currencies(territory, tender=True)
    return get_currency_symbol(codes[-1], locale=locale) if codes else "$"
