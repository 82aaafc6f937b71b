"""A statement of account: all that a debtor owes, by currency; for Russian debtors an акт сверки."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sheetsdun.letters.formats import Formats, formats
from sheetsdun.letters.inert import cell
from sheetsdun.letters.matter import Attachment, Line, Matter, Sender
from sheetsdun.letters.paper import PDF, typeset, words
from sheetsdun.letters.templates import Templates

_NONE = "–"


def statement(
    matter: Matter, sender: Sender, templates: Templates, *, letter: str, today: dt.date
) -> Attachment:
    """Make the statement that goes with a letter.

    Raises:
        TemplateMistake: The layout or the words are not right.
    """
    language = templates.spoken(matter.language)
    told = words(templates, language)
    spoken = formats(language)
    us, them = parties(matter, sender)
    account = _Account(told, spoken, today, us[0], them[0])
    data = {
        "sender": us,
        "addressee": them,
        "date": spoken.long(today),
        "reference": letter,
        "sections": [account.section(currency, lines) for currency, lines in matter.account.items()],
    }
    content = typeset(templates, language, "statement", data)
    return Attachment(f"{told['file']} {today.isoformat()}.pdf", PDF, content)


def parties(matter: Matter, sender: Sender) -> tuple[list[str], list[str]]:
    """Who writes and to whom, line by line; each has one line at least."""
    us = [
        line.strip()
        for line in (sender.letterhead or sender.name or sender.address).splitlines()
        if line.strip()
    ]
    them = [cell(matter.customer) or ", ".join(matter.to)]
    if matter.contact:
        them.append(cell(matter.contact))
    return us or [_NONE], them


class _Account:
    """How the lines of one currency are told."""

    def __init__(self, told: dict[str, Any], spoken: Formats, today: dt.date, us: str, them: str) -> None:
        self._words = told
        self._formats = spoken
        self._today = today
        self._parties = {"us": us, "them": them}

    def section(self, currency: str, lines: Sequence[Line]) -> dict[str, Any]:
        """One table, with its sum; both in rows, and in entries to the debit and the credit."""
        debit = sum((line.amount for line in lines if line.amount > 0), Decimal(0))
        credit = sum((line.amount - line.balance for line in lines if line.amount > 0), Decimal(0))
        credit -= sum((line.balance for line in lines if line.amount <= 0), Decimal(0))
        total = debit - credit

        def money(amount: Decimal) -> str:
            return self._formats.money(amount, currency)

        return {
            "currency": currency,
            "rows": [self._row(line, currency) for line in lines],
            "total": money(total),
            "entries": [entry for line in lines for entry in self._entries(line, currency)],
            "debit": money(debit),
            "credit": money(credit),
            "debit_balance": money(total) if total >= 0 else "",
            "credit_balance": money(-total) if total < 0 else "",
            "verdict": self._verdict(total, currency),
        }

    def _row(self, line: Line, currency: str) -> dict[str, str]:
        late = (self._today - line.due).days if line.due else 0
        forms = [form.format(count=late) for form in self._words["overdue"]]
        days = (
            self._words["credit"]
            if line.amount < 0
            else self._formats.plural(late, *forms)
            if late > 0
            else ""
        )
        return {
            "number": cell(line.number),
            "description": " · ".join(filter(None, (cell(line.instalment), cell(line.description)))),
            "issued": self._day(line.issued),
            "due": self._day(line.due),
            "days": days,
            "amount": self._formats.money(line.amount, currency),
            "paid": self._formats.money(line.paid, currency) if line.paid else _NONE,
            "balance": self._formats.money(line.balance, currency),
        }

    def _entries(self, line: Line, currency: str) -> Iterator[dict[str, str]]:
        number = cell(line.number)
        if line.amount > 0:
            yield self._entry(line.issued, "sale", number, debit=self._formats.money(line.amount, currency))
            if line.paid:
                last = line.last_payment
                day = last.day if last and last.amount == line.paid else None  # several came on several days
                yield self._entry(day, "payment_of", number, credit=self._formats.money(line.paid, currency))
        else:
            yield self._entry(
                line.issued, "credit_note", number, credit=self._formats.money(-line.balance, currency)
            )

    def _entry(
        self, day: dt.date | None, text: str, number: str, *, debit: str = "", credit: str = ""
    ) -> dict[str, str]:
        said = self._words.get(text, "{number}").replace("{number}", number)
        return {
            "date": self._formats.short(day) if day else "",
            "text": said,
            "debit": debit,
            "credit": credit,
        }

    def _verdict(self, total: Decimal, currency: str) -> str:
        """Who owes whom, in the words of the act; "" where the language has none."""
        in_words = self._formats.in_words(abs(total), currency)
        name = (
            "nothing"
            if not total
            else "owed_to_them"
            if total < 0
            else "owed_in_words"
            if in_words
            else "owed"
        )
        sentence: str = self._words.get(name, "")
        values = {**self._parties, "sum": self._formats.money(abs(total), currency), "words": in_words}
        parts = sentence.split("{")
        return parts[0] + "".join(
            values.get(key, "") + rest for key, _, rest in (part.partition("}") for part in parts[1:])
        )

    def _day(self, day: dt.date | None) -> str:
        return self._formats.short(day) if day else _NONE
