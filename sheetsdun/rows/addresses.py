"""A cell as e-mail addresses: several are split by commas, semicolons, blanks or lines; strict, and ASCII in the end.

A domain in another script is written as mail systems know it (``xn--…``, RFC 5891).
"""

from __future__ import annotations

import functools
import re
import unicodedata

import idna

from sheetsdun.rows.problems import Flaw

_SEPARATORS = re.compile(r"[,;\n\r]")
_NAMED = re.compile(r'[^<>@"()\\]*<\s*([^<>\s]+)\s*>')
_EDGES = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""What comes along when an address is pasted, and nobody can see."""

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|xn--[A-Za-z0-9-]{{1,58}}[A-Za-z0-9])")
_MOST = 254
_MOST_LOCAL = 64


def valid(address: str) -> bool:
    """Whether it is a plain address of RFC 5321 with a domain name: no quotes, comments, groups or IP literals."""
    local, _, domain = address.rpartition("@")
    return (
        len(address) <= _MOST
        and len(local) <= _MOST_LOCAL
        and _LOCAL.fullmatch(local) is not None
        and _DOMAIN.fullmatch(domain) is not None
    )


def in_ascii(address: str) -> str:
    """The address with its domain in ASCII; as it is where that cannot be, or where a label mixes scripts.

    Mixed scripts are how one name is made to look like another; nobody's own domain does that.
    """
    local, at, domain = address.rpartition("@")
    if domain.isascii() or not local.isascii():
        return address
    labels = unicodedata.normalize("NFC", domain.lower()).split(".")
    if any(len(_scripts(label)) > 1 for label in labels):
        return address
    try:
        return local + at + ".".join(idna.alabel(label).decode("ascii") for label in labels)
    except (idna.IDNAError, UnicodeError):
        return address


def _scripts(label: str) -> set[str]:
    """The scripts of its letters, as the first words of their names tell them."""
    return {unicodedata.name(sign, "").partition(" ")[0] for sign in label if sign.isalpha()}


@functools.lru_cache(maxsize=1 << 14)
def read(text: str) -> tuple[tuple[str, ...], Flaw | None]:
    """The valid addresses of a cell's raw text, in order, without repetition; and what is wrong with the others.

    ``Name <a@b.c>`` gives the address. Whatever is no address is a problem, also beside good ones: it is
    somebody whom a letter would not reach.
    """
    if not text.isprintable() and any(
        unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\t\n\r" for sign in text
    ):
        return (), Flaw.INVALID_ADDRESS
    found: dict[str, str] = {}
    flaw: Flaw | None = None
    for piece in _SEPARATORS.split(text):
        named = _NAMED.fullmatch(piece.strip())
        for part in [named[1]] if named else piece.split():
            address = in_ascii(part.strip(_EDGES))
            if valid(address):
                found.setdefault(address.casefold(), address)
            elif address:
                flaw = flaw or (Flaw.INVALID_ADDRESS if address.isascii() else Flaw.FOREIGN_ADDRESS)
    return tuple(found.values()), flaw
