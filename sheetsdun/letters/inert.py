"""Values from cells, made harmless before they are shown.

Markdown and HTML are no danger here: a value is put into a letter only after its Markdown has been understood
(``markdown``). This room takes away what would still act on whoever reads it.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
"""Characters of one value in a letter; more is no name and no description."""

_JOINERS = {"\u200c", "\u200d", "\u2060"}
"""Invisible, but Persian words and emoji families are made with the first two, and the third is ours."""

_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]{0,20}://|\bwww\.)\S*", re.IGNORECASE)
_WORD_JOINER = "\u2060"

_BARE = re.compile(
    r"(?<![\w@.-])(?:[\w-]+\.(?!\u2060))+(?=(?:[a-z]{2,24}|xn--[a-z0-9-]+|рф|бел|укр|москва|рус|дети)\b(?!@))",
    re.IGNORECASE,
)
"""What stands before the last part of a name such as ``pay.example.com``: its dots are taken for sentences' no more."""


class _Harmless(dict[int, str]):
    """A table for ``str.translate`` that fills itself by the characters' categories."""

    def __missing__(self, code: int) -> str:
        self[code] = harmless = self._harmless(chr(code))
        return harmless

    @staticmethod
    def _harmless(character: str) -> str:
        category = unicodedata.category(character)
        if category in {"Cc", "Zl", "Zp"}:  # line breaks of every kind, NUL, tabs
            return " "
        if category == "Cs":  # half a character: it could not be encoded
            return "\ufffd"
        # Cf: text that runs the other way, invisible characters. Co: our own marks in Markdown are among these.
        if category in {"Cf", "Co"} and character not in _JOINERS:
            return ""
        return character


_HARMLESS = _Harmless()


def inert(value: str) -> str:
    """One line of visible text, clipped, with no address in it that a mail program would make a link of.

    The address stays readable: an invisible word joiner stands between its parts. Bare names such as
    ``example.com`` are left alone here, since invoice numbers look like them and get copied into bank transfers;
    see ``words``.
    """
    if not value.isprintable():
        value = value.translate(_HARMLESS)
    value = value.strip()
    if len(value) > LONGEST and len(bare := value.replace(_WORD_JOINER, "")) > LONGEST:
        value = bare[: LONGEST - 1].rstrip() + "…"
    if "//" in value or "www." in value.lower():
        value = _LINK.sub(lambda link: re.sub(r"[.:/](?!\u2060)", rf"\g<0>{_WORD_JOINER}", link[0]), value)
    return value


def cell(value: str) -> str:
    """A cell's text as templates get it: inert, with runs of blanks made one."""
    return " ".join(inert(value).split())


def visible(value: str) -> str:
    """A cell's text for a machine that pays by it: as ``cell``, and nothing in it hides.

    Where only a hidden sign keeps an address from becoming a link, a blank does so here.
    """
    told = cell(value).replace(_WORD_JOINER, " ")
    return " ".join("".join(sign for sign in told if unicodedata.category(sign) != "Cf").split())


def words(value: str) -> str:
    """A cell's text that is read and never copied into a form: a name, a description.

    In it a bare ``example.com`` is no link either: Gmail makes links of those, too, and whoever may edit the sheet must
    not put links into our letters. Addresses of e-mail stay whole: a person may be reached by them.
    """
    text = cell(value)
    return _BARE.sub(rf"\g<0>{_WORD_JOINER}", text) if "." in text else text


def header(value: str) -> str:
    """An inert value that means nothing but itself in a mail header.

    ``=?`` opens an encoded-word. Some programs decode those wherever they see them, even twice, and CPython's
    email package made new header lines of them before 3.11.10, 3.12.5 and 3.13 (CVE-2024-6923).
    """
    return cell(value).replace("=?", "= ?")
