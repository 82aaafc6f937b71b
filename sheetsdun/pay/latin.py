"""Text in the letters that a payment system knows."""

from __future__ import annotations

import unicodedata
from collections.abc import Container

# Russian after ICAO Doc 9303, as Russian banks and passports write it; Ukrainian and Belarusian letters beside it.
_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў"
_SOUNDS = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y ~ e iu ia i i ie g u"
_CYRILLIC = {sign: sound.strip("~") for sign, sound in zip(_LETTERS, _SOUNDS.split(), strict=True)}
_OTHERS = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
    "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "№": "No", "€": "EUR", "£": "GBP", "§": "par.",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "…": "...", "·": "-", "×": "x",
}  # fmt: skip
_TABLE = str.maketrans(
    _CYRILLIC | {low.upper(): high.capitalize() for low, high in _CYRILLIC.items()} | _OTHERS
)

ASCII = frozenset(map(chr, range(0x20, 0x7F)))


def latin(text: str, allowed: Container[str] = ASCII) -> str:
    """The text in the characters allowed: those stay, others are transliterated, and what cannot be is left out."""
    return "".join(sign if sign in allowed else _written(sign, allowed) for sign in text)


def _written(sign: str, allowed: Container[str]) -> str:
    plain = unicodedata.normalize("NFKD", sign.translate(_TABLE))
    return "".join(part for part in plain if part in allowed)
