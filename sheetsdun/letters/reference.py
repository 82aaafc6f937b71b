"""A letter's id, printed in it as its reference: ``SD-7K3F9Q``; a digest's begins with ``DG``."""

from __future__ import annotations

import random
import re
from collections.abc import Container

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""Nothing that looks like something else, and no vowels, so that no word comes out."""

LETTER, DIGEST = "SD", "DG"

_SHAPE = re.compile(r"(?:SD|DG)-[0-9A-Z]{6}")
_IN_TEXT = re.compile(r"(?<![0-9A-Za-z-])SD-[0-9A-Z]{6}(?![0-9A-Za-z])", re.IGNORECASE)


def new(source: random.Random, taken: Container[str] = (), kind: str = LETTER) -> str:
    """Make an id that is not among ``taken``; ``random.SystemRandom()`` is a good source."""
    while True:
        made = f"{kind}-" + "".join(source.choices(ALPHABET, k=6))
        if made not in taken:
            return made


def valid(text: str) -> bool:
    """Tell whether the text is a reference and nothing else."""
    return _SHAPE.fullmatch(text) is not None


def is_digest(text: str) -> bool:
    """Tell whether the text is the reference of a digest."""
    return valid(text) and text.startswith(DIGEST)


def stands_in(text: str, reference: str) -> bool:
    """Tell whether a text that a person may have written names this letter or digest."""
    return (
        re.search(rf"(?<![0-9A-Za-z-]){re.escape(reference)}(?![0-9A-Za-z])", text, re.IGNORECASE) is not None
    )


def find(text: str) -> tuple[str, ...]:
    """References of letters in a text that a person may have written, upper-case, in order, each once."""
    return tuple(dict.fromkeys(match.upper() for match in _IN_TEXT.findall(text)))
