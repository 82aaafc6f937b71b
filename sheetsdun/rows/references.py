"""Invoice numbers in what people write: the reference of a bank transfer, a cell that names an invoice.

A number is found as a whole word, never inside another one. Case does not count; nor do blanks, but for those that
part two figures from each other; nor what people write before a number: No., Nr., №. A number of few digits that could
as well be a day, a year or a count is taken for one only where such a word, or nothing else at all, stands with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−﹣－"), "-")
_BREAKS = re.compile(r"[\s,;:!?()\[\]{}<>|\"'“”„«»`=+*&]+")
_MARKS = re.compile(r"[№#]")
_NUMBER = frozenset({"no", "nr", "n°", "num", "number", "nummer", "номер", "№"})
"""Words that only say that a number follows: they belong neither to it nor to another one."""
_INVOICE = frozenset({
    "inv", "invoice", "bill", "rechnung", "rechnungsnummer", "rechnungsnr", "rg", "re", "счет", "счета", "счету", "сч",
    "инвойс",
})  # fmt: skip
"""Words that say that an invoice's number follows, unless they are the beginning of one."""
_ATTACHED = re.compile(r"(?:(?:rg|re|rech|inv|сч)\.)*(?:nr|no|n°)\.?(?=\d|[^\W\d_]+[-/_.]?\d)")
"""The same without a blank before the number: ``Nr.17``, ``Rg.Nr.17``, ``No17``."""
_EDGES = ".-/_~"
_DIGITS_APART = re.compile(r"(?<!\d) | (?!\d)")
_DOUBTFUL = re.compile(r"\d{1,3}|(?:19|20)\d\d")
"""As well a day, a count or a year."""


class Numbers:
    """The numbers of a sheet's invoices."""

    def __init__(self, numbers: Iterable[tuple[str, str]]) -> None:
        """Take numbers, each with the key of the invoice that has it."""
        self._keys: dict[str, dict[str, None]] = {}
        self._longest = 1
        for number, key in numbers:
            words = [word for word, _ in _words(number)]
            self._longest = max(self._longest, len(words))
            # “Invoice 44” is the 44 of “payment for bill no. 44”, too.
            short = words[1:] if words and words[0] in _INVOICE else []
            for known in filter(None, (_joined(words), _joined(short))):
                self._keys.setdefault(known, {})[key] = None

    def named(self, text: str) -> tuple[str, ...]:
        """Keys of the invoices that a text names, in order, each once."""
        words = list(_words(text))
        found: dict[str, None] = {}
        place = 0
        while place < len(words):
            length, keys = self._at(words, place)
            found |= keys
            place += length
        return tuple(found)

    def _at(self, words: Sequence[tuple[str, bool]], place: int) -> tuple[int, Mapping[str, None]]:
        """How many words from a place on are a number, the longest first; and whose it is."""
        # A blank may stand before and after each sign of a number besides.
        for length in range(min(self._longest + 4, len(words) - place), 0, -1):
            window = words[place : place + length]
            name = _joined([word for word, _ in window])
            keys = self._keys.get(name)
            if keys and (not _DOUBTFUL.fullmatch(name) or window[0][1] or length == len(words)):
                return length, keys
        return 1, {}


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text, but for those that only say that a number follows; and whether one of these stood before."""
    apart = _MARKS.sub(" n° ", text.replace("º", "°"))
    introduced = False
    for piece in _BREAKS.split(unicodedata.normalize("NFKC", apart).translate(_DASHES).casefold()):
        word = (piece.strip(_EDGES) or piece).replace("ё", "е")
        shorter = word[found.end() :] if (found := _ATTACHED.match(word)) else word
        if word in _NUMBER:
            introduced = True
        elif word:
            yield shorter, introduced or shorter != word
            introduced = word in _INVOICE


def _joined(words: Iterable[str]) -> str:
    """Words as one number: blanks count only between two figures."""
    return _DIGITS_APART.sub("", " ".join(words))
