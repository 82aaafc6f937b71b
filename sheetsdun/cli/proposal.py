"""What ``init`` makes of a spreadsheet never seen before: which tab, which header row, which columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies

from sheetsdun.rows import currency
from sheetsdun.rows.columns import NEEDED
from sheetsdun.rows.headers import propose
from sheetsdun.rows.words import LANGUAGES

_ADDED: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "escalation": "Эскалация",
        "hold_until": "Пауза до",
        "promise": "Обещание",
        "action": "Действие",
        "language": "Язык",
        "reminder_status": "Статус напоминания",
        "reminder_level": "Уровень напоминания",
        "last_reminder": "Последнее напоминание",
        "next_reminder": "Следующее напоминание",
        "reminder_note": "Примечание к напоминанию",
        "draft": "Черновик",
    },
    "de": {
        "escalation": "Eskalation",
        "hold_until": "Pausieren bis",
        "promise": "Zusage",
        "action": "Aktion",
        "language": "Sprache",
        "reminder_status": "Erinnerungsstatus",
        "reminder_level": "Erinnerungsstufe",
        "last_reminder": "Letzte Erinnerung",
        "next_reminder": "Nächste Erinnerung",
        "reminder_note": "Erinnerungsnotiz",
        "draft": "Entwurf",
    },
}
"""Headers of the columns that ``setup`` adds, in the team's language; English ones are the config's defaults."""

_FIRST: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "invoice": "Номер счёта",
        "customer": "Клиент",
        "email": "Почта",
        "issued": "Дата счёта",
        "due": "Срок оплаты",
        "currency": "Валюта",
        "amount": "Сумма",
        "paid": "Оплачено",
    },
    "de": {
        "invoice": "Rechnung",
        "customer": "Kunde",
        "email": "E-Mail",
        "issued": "Rechnungsdatum",
        "due": "Fällig",
        "currency": "Währung",
        "amount": "Betrag",
        "paid": "Bezahlt",
    },
}
"""The same for a tab in which nothing stands yet."""

_WORDS = re.compile(r"[^\s,;:()\[\]/]+")
_TELLING = frozenset({"amount", "due"})
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Found:
    """The likeliest table of invoices.

    Attributes:
        tab: Title of its tab.
        header_row: From 1.
        columns: Header by field, as it stands in the sheet.
        unknown: Headers that mean nothing to us, in order.
    """

    tab: str
    header_row: int
    columns: Mapping[str, str]
    unknown: tuple[str, ...]


def find(tabs: Mapping[str, Sequence[Sequence[str]]]) -> Found | None:
    """The row with the most headers of an invoice among the first rows of all tabs; None where there is none.

    Args:
        tabs: First rows as people see them, by title.
    """
    best: tuple[tuple[int, int], Found] | None = None
    for title, rows in tabs.items():
        for number, row in enumerate(rows, start=1):
            proposal = propose(row)
            needed = proposal.found.keys() & set(NEEDED)
            rank = (len(needed), len(proposal.found))
            if len(needed) < _FEWEST or not needed & _TELLING or (best and rank <= best[0]):
                continue
            best = rank, Found(title, number, proposal.found, proposal.unknown)
    return best[1] if best else None


def added(language: str, found: Mapping[str, str], *, blank: bool = False) -> dict[str, str]:
    """Headers in that language of the columns that ``setup`` will add beside those that were found."""
    taken = {title.casefold() for title in found.values()}
    headers = {**(_FIRST.get(language, {}) if blank else {}), **_ADDED.get(language, {})}
    return {
        field: title
        for field, title in headers.items()
        if field not in found and title.casefold() not in taken
    }


def language(locale: str, headers: Iterable[str]) -> str:
    """The language of the team: Russian where the headers are Cyrillic, else by the spreadsheet's locale."""
    letters = [unicodedata.name(sign, "") for sign in "".join(headers) if sign.isalpha()]
    if sum(name.startswith("CYRILLIC") for name in letters) * 2 > len(letters):
        return "ru"
    spoken = locale.replace("-", "_").partition("_")[0]
    return spoken if spoken in LANGUAGES else "en"


def currency_of(locale: str, amount: str) -> tuple[str, str]:
    """The currency of rows that name none, and what tells so.

    Args:
        locale: The spreadsheet's.
        amount: Header of the amount, such as ``Amount (EUR)``.
    """
    for word in reversed(_WORDS.findall(amount)):
        if meant := [code for code in currency.meanings(word) if code]:
            return meant[0], f"as “{amount}” says"
    try:
        territory = Locale.parse(locale.replace("-", "_")).territory
    except (ValueError, UnknownLocaleError):
        territory = None
    used = get_territory_currencies(territory) if territory else []
    return (
        (used[-1], f"by the spreadsheet's locale {locale}") if used else ("EUR", "as nothing else was said")
    )
