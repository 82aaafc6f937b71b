"""Sums in words, for the languages whose letters have them: Russian.

num2words counts well, but writes “рублей, ноль копеек” where a Russian document says “рублей 00 копеек”, and “две миллиона
гривен”, since a gender goes through all of a number there. So it counts the thousands and the rest apart, and the
currencies are ours.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

Forms: TypeAlias = tuple[str, str, str, str]
"""Gender, and what follows 1, 2 and 5."""

_KOPECKS: Forms = ("f", "копейка", "копейки", "копеек")
_CENTS: Forms = ("m", "цент", "цента", "центов")

_RUSSIAN: dict[str, tuple[Forms, Forms]] = {
    "RUB": (("m", "рубль", "рубля", "рублей"), _KOPECKS),
    "EUR": (("m", "евро", "евро", "евро"), _CENTS),
    "USD": (("m", "доллар США", "доллара США", "долларов США"), _CENTS),
    "BYN": (("m", "белорусский рубль", "белорусских рубля", "белорусских рублей"), _KOPECKS),
    "KZT": (("m", "тенге", "тенге", "тенге"), ("m", "тиын", "тиына", "тиынов")),
    "UAH": (("f", "гривна", "гривны", "гривен"), _KOPECKS),
    "GBP": (("m", "фунт стерлингов", "фунта стерлингов", "фунтов стерлингов"), ("m", "пенс", "пенса", "пенсов")),
    "CHF": (
        ("m", "швейцарский франк", "швейцарских франка", "швейцарских франков"),
        ("m", "сантим", "сантима", "сантимов"),
    ),
    "CNY": (("m", "юань", "юаня", "юаней"), ("m", "фэнь", "фэня", "фэней")),
}  # fmt: skip

_TEENS = range(11, 15)
_FEW = range(2, 5)
_HUNDREDTHS = 100
_LARGEST = Decimal(10) ** 15


@lru_cache(maxsize=4096)
def in_words(amount: Decimal, currency: str, language: str) -> str:
    """``Одна тысяча двести пятьдесят рублей 00 копеек``.

    "" in other languages, of currencies whose name is not known here, and of sums with parts of a hundredth.

    Args:
        amount: Zero or more; of less there is nothing to say.
        currency: ISO 4217.
        language: Such as ``ru``, its country left out.
    """
    hundredths = amount * _HUNDREDTHS
    names = _RUSSIAN.get(currency) if language == "ru" else None
    if names is None or not 0 <= amount < _LARGEST or hundredths != int(hundredths):
        return ""
    from num2words import num2words  # noqa: PLC0415 - few letters need it

    whole, rest = divmod(int(hundredths), _HUNDREDTHS)
    large, small = names
    thousands, units = divmod(whole, 1000)
    parts = [num2words(thousands * 1000, lang="ru")] if thousands else []
    parts += [num2words(units, lang="ru", gender=large[0])] if units or not thousands else []
    counted = " ".join(parts)
    return f"{counted[:1].upper()}{counted[1:]} {_form(whole, large)} {rest:02d} {_form(rest, small)}"


def _form(count: int, forms: Forms) -> str:
    """1 рубль, 2 рубля, 5 рублей, 11 рублей, 21 рубль."""
    if count % 100 in _TEENS:
        return forms[3]
    return forms[1] if count % 10 == 1 else forms[2] if count % 10 in _FEW else forms[3]
