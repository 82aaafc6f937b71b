"""The Contact cell -> how that person may be addressed, as far as the cell itself tells it.

Nobody's sex is guessed from a first name: only a title ("Frau", "Mr", "г-жа") or a Russian patronymic tells it. A cell
that begins with a salutation is used as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_OWN = re.compile(
    r"(?:уважаем\w+|дорог(?:ой|ая|ие)|здравствуйте|добрый (?:день|вечер)|sehr geehrte\w*|liebe[rs]?|hallo|guten (?:tag|morgen)|"
    r"dear|hello|hi|chère?s?|bonjour|madame, monsieur|estimad[oa]s?|querid[oa]s?|hola|buen[oa]s (?:días|tardes))\b",
    re.IGNORECASE,
)
_TITLES = {
    "f": "frau; ms; mrs; miss; mme; madame; mlle; mademoiselle; sra; señora; doña; госпожа; г-жа",
    "m": "herr; herrn; mr; monsieur; sr; señor; don; господин; г-н; г",
}
_SEX_OF_TITLE = {title: sex for sex, titles in _TITLES.items() for title in titles.split("; ")}
_FRENCH = {"m": "m"}
"""“M. Dupont” is Monsieur Dupont in French, and somebody's initial elsewhere."""

_PATRONYMIC = {"m": re.compile(r"\w+(?:ович|евич|ьич|мич|кич)"), "f": re.compile(r"\w+(?:овна|евна|ична)")}
_LIKE_WOMENS = ("а", "я", "ь")
_MEN = frozenset({
    "илья", "никита", "фома", "лука", "кузьма", "савва", "данила", "гаврила", "добрыня", "игорь", "лазарь", "эмиль",
    "камиль", "шамиль", "равиль", "наиль",
})  # fmt: skip
"""Men's first names that end as women's do: “Анна Мицкевич” bears a surname, “Илья Петрович” does not."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a letter addresses; nothing in it is false.

    Attributes:
        name: What follows a title or a salutation: ``Weber``, ``Dr. Weber``, ``Мария Петровна``.
        sex: ``f`` or ``m`` where the cell tells it, else "".
        titled: The cell gives a title, which ``name`` leaves out.
        salutation: The cell's own, such as ``Liebe Anna``, without the sign at its end; else "".
    """

    name: str = ""
    sex: str = ""
    titled: bool = False
    salutation: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.salutation)


@lru_cache(maxsize=1024)
def person(contact: str, language: str) -> Person:
    """Understand a Contact cell.

    Args:
        contact: Its text, inert.
        language: The letter's, such as ``ru`` or ``de-AT``.
    """
    if _OWN.match(contact):
        return Person(salutation=contact.rstrip(" ,.!:;"))
    first, _, rest = contact.partition(" ")
    title = first.casefold().rstrip(".")
    sex = _SEX_OF_TITLE.get(title, _FRENCH.get(title, "") if language.startswith("fr") else "")
    if sex and rest:
        return Person(rest, sex, titled=True)
    if language.startswith("ru") and (known := _patronymic(contact.split())):
        return known
    return Person(contact)


def _patronymic(words: list[str]) -> Person | None:
    """First name and patronymic, wherever the surname stands; None where that is not certain."""
    found: list[Person] = []
    for before, word in zip(["", *words], words, strict=False):
        sex = _sex_of_patronymic(word)
        if not sex or _sex_of_patronymic(before) or not before.isalpha():
            continue
        given = before.casefold()
        if sex == "m" and given.endswith(_LIKE_WOMENS) and given not in _MEN:
            continue
        found.append(Person(f"{before} {word}", sex))
    return found[0] if len(found) == 1 else None


def _sex_of_patronymic(word: str) -> str:
    return next((sex for sex, shape in _PATRONYMIC.items() if shape.fullmatch(word.casefold())), "")
