"""Money, dates and plurals in the language of a letter."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision

from sheetsdun.errors import UsageError
from sheetsdun.letters.inwords import in_words

_AS_WRITTEN = {"en": "en_GB"}
"""Plain English gets dates that no country misreads, and says which dollar it means."""

_LONG = {"ru": "d MMMM y 'года'"}
_LONG_FIRST = {"fr": "d'er' MMMM y"}
"""Of a month's first day: « 1er juin 2026 »."""
_SHORT = {"ru": "dd.MM.y"}
_CATEGORIES = ("zero", "one", "two", "few", "many")


class Formats:
    """How one language writes money, dates and counted things.

    Attributes:
        tag: The language's tag, such as ``de-AT``.
    """

    def __init__(self, tag: str, locale: Locale) -> None:
        self.tag = tag
        self._locale = locale
        self._long = _LONG.get(locale.language, "long")
        self._first = _LONG_FIRST.get(locale.language, self._long)
        self._short = _SHORT.get(locale.language, "medium")
        tags = locale.plural_form.tags
        self._categories = [*(name for name in _CATEGORIES if name in tags), "other"]
        self.long = lru_cache(maxsize=4096)(self._format_long)
        self.short = lru_cache(maxsize=4096)(self._format_short)
        self.money = lru_cache(maxsize=4096)(self._format_money)

    def in_words(self, amount: Decimal, currency: str) -> str:
        """The amount in words, where the language's letters have it; else ""."""
        return in_words(amount, currency, self._locale.language)

    def plural(self, count: int, *forms: str) -> str:
        """The form that goes with a number.

        Args:
            count: How many.
            forms: In the order one, few, many, other, as far as the language tells them apart:
                ``"day", "days"`` in English, ``"день", "дня", "дней"`` in Russian. The last one stands for all
                that are not given.
        """
        place = self._categories.index(self._locale.plural_form(count))
        return forms[min(place, len(forms) - 1)]

    def _format_money(self, amount: Decimal, currency: str) -> str:
        """The exact amount: with the currency's usual decimals, or with more where it has more."""
        digits = get_currency_precision(currency)
        usual = amount == round(amount, digits)
        return format_currency(amount, currency, locale=self._locale, decimal_quantization=usual)

    def _format_long(self, day: dt.date) -> str:
        return format_date(day, self._first if day.day == 1 else self._long, locale=self._locale)

    def _format_short(self, day: dt.date) -> str:
        return format_date(day, self._short, locale=self._locale)


@lru_cache(maxsize=64)
def formats(tag: str) -> Formats:
    """Formats of a language such as ``en``, ``de-AT`` or ``pt_br``.

    Raises:
        UsageError: Nobody knows how that language writes dates.
    """
    parts = tag.replace("_", "-").split("-")
    for known in ("_".join(parts), parts[0]):
        try:
            locale = Locale.parse(_AS_WRITTEN.get(known.lower(), known))
        except (UnknownLocaleError, ValueError):
            continue
        return Formats("-".join([parts[0].lower(), *(part.upper() for part in parts[1:])]), locale)
    raise UsageError(
        f"“{tag}” is no language that letters can be written in.", "Write it as en, ru, de or de-AT."
    )
