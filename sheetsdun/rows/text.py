"""A cell's text without what nobody can see."""

from __future__ import annotations

import functools
import unicodedata

_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()]
_DROPPED = dict.fromkeys([
    *_CONTROLS,
    0x00AD,  # soft hyphen
    0x061C,  # Arabic letter mark
    0x180E,  # Mongolian vowel separator
    0x200B,  # zero-width space
    *range(0x200E, 0x2010),  # left-to-right and right-to-left marks
    *range(0x202A, 0x202F),  # bidi embeddings and overrides
    *range(0x2060, 0x2070),  # word joiner, invisible operators, bidi isolates
    *range(0xD800, 0xE000),  # half characters, which no encoding can write
    0xFEFF,  # byte order mark
])  # fmt: skip
_JOINERS = "\u200c\u200d"
"""Needed inside Persian words and emoji families, and meaningless at either end."""

_ERRORS = frozenset({"#N/A", "#NV", "#Н/Д", "Loading...", "Загрузка...", "Wird geladen..."})
_NOTHING = frozenset({"-", "–", "—"})


@functools.lru_cache(maxsize=1 << 14)
def clean(text: str) -> str:
    """The text in NFC, its white space single and none at the ends, without control, zero-width and bidi characters.

    Joiners inside words stay: names of every script and emoji come out as people see them.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible = unicodedata.normalize("NFC", text.translate(_DROPPED))
    return " ".join(visible.split()).strip(_JOINERS + " ")


def token(text: str) -> str:
    """A cleaned text that is compared and not read, such as an invoice number: without joiners too."""
    cleaned = clean(text)
    if cleaned.isascii():
        return cleaned
    return clean(cleaned.replace(_JOINERS[0], "").replace(_JOINERS[1], ""))


def clip(text: str, length: int = 80) -> str:
    """At most ``length`` characters, the last of them an ellipsis where something was cut off."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def is_error(text: str) -> bool:
    """Whether a cell shows the error of a formula, in any language, or one that is not computed: ``#REF!``, ``#N/A``."""
    return text in _ERRORS or (text.startswith("#") and text[-1] in "!?" and text[1:-1].isupper())


def is_nothing(text: str) -> bool:
    """Whether a cleaned text stands for an empty cell: nothing, or a dash."""
    return not text or text in _NOTHING
