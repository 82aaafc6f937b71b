"""One row as an invoice. What cannot be understood is None in it, and told in its problems."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sheetsdun.domain.invoice import Action, Hold, Invoice, Problem, Standing
from sheetsdun.domain.money import rounded
from sheetsdun.ports import Value
from sheetsdun.rows import addresses, currency, dates, money, vocabulary
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.text import clean, clip, is_error, is_nothing

_LONGEST = {"invoice": 200, "description": 5_000, "attachments": 5_000, "action_note": 5_000, "email": 5_000}
_LONGEST_OTHERS = 1_000
"""Characters. A number over 200 would be cut off in the log, and so be another one there."""

_FILES = re.compile(r"[;,\n\r]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What gives a cell its meaning, beside the cell itself.

    Attributes:
        locale: The spreadsheet's, such as ``de_DE``.
        currency: Where a row names none.
        standings: What each word of the Status column means, in lower case.
    """

    locale: str = "en_US"
    currency: str = "EUR"
    standings: Mapping[str, Standing] = field(default_factory=dict)


class Row:
    """The cells of one row, and the problems found so far."""

    __slots__ = ("_default", "_notation", "_raw", "_standings", "_values", "number", "problems", "texts")

    def __init__(
        self,
        number: int,
        cells: Sequence[tuple[str, Value, str]],
        reading: Reading,
        notation: Notation,
    ) -> None:
        """Take a row's cells that are not empty: field, value, and what people see."""
        self.number = number
        self.problems: list[Problem] = []
        self.texts: dict[str, str] = {}
        self._values: dict[str, Value] = {}
        self._raw: dict[str, str] = {}
        self._notation = notation
        self._standings = reading.standings
        self._default = reading.currency
        for name, value, shown in cells:
            text = clean(shown)
            if not text:
                continue
            if is_error(text):
                self._problem(name, Flaw.ERROR_VALUE, text)
                continue
            if len(text) > _LONGEST.get(name, _LONGEST_OTHERS):
                self._problem(name, Flaw.TOO_LONG, text)
            self.texts[name] = text
            self._values[name] = value
            self._raw[name] = shown

    def invoice(self, identity: str) -> Invoice:
        """The invoice of that identity that this row is."""
        emails, flaw = (
            addresses.read(self._raw["email"]) if not is_nothing(self._text("email")) else ((), None)
        )
        if flaw:
            self._problem("email", flaw)
        code, amount = self._amount()
        standing, paid = self._paid(code, amount)
        escalation = self._text("escalation")
        word = escalation.casefold()
        stopped, holds = word in vocabulary.STOP, word in vocabulary.HOLD
        return Invoice(
            row=self.number,
            id=identity,
            customer=self._text("customer"),
            emails=emails,
            amount=amount,
            paid=paid,
            currency=code,
            due=self._day("due"),
            issued=self._day("issued"),
            standing=standing,
            escalation="" if stopped or holds or is_nothing(word) else escalation,
            stopped=stopped,
            hold=self._hold(holds),
            promise=self._day("promise"),
            instalment=self._text("instalment"),
            language=self._language(),
            contact=self._text("contact"),
            phone=self._text("phone"),
            manager=self._text("manager"),
            description=self._text("description"),
            attachments=tuple(filter(None, map(clean, _FILES.split(self._raw.get("attachments", ""))))),
            action=self._action(),
            action_note=self._text("action_note"),
            problems=tuple(self.problems),
        )

    def _text(self, name: str) -> str:
        return self.texts.get(name, "")

    def _problem(self, name: str, flaw: Flaw, value: str = "") -> None:
        self.problems.append(Problem(name, flaw.value, clip(value or self._text(name))))

    def _broken(self, name: str) -> bool:
        return any(problem.field == name for problem in self.problems)

    def _amount(self) -> tuple[str, Decimal | None]:
        """Currency and amount of the row; the amount's own mark counts where no currency column speaks."""
        said = self._sum("amount")
        named = self._text("currency")
        code = self._default
        if not is_nothing(named):
            code = currency.resolve(named, self._default)
            if not code:
                self._problem("currency", Flaw.UNKNOWN_CURRENCY)
        elif said and said.mark:
            code = currency.resolve(said.mark, self._default)
            if not code:
                self._problem("amount", Flaw.UNKNOWN_CURRENCY, said.mark)
        return code, self._in(code, "amount", said)

    def _paid(self, code: str, amount: Decimal | None) -> tuple[Standing, Decimal | None]:
        """Standing and sum paid. A yes, a tick or the word for paid in the Paid column is all of it."""
        standing = self._standings.get(self._text("status").casefold(), Standing.OPEN)
        word = self._text("paid").casefold()
        if is_nothing(word) or word in vocabulary.NO:
            return standing, None if self._broken("paid") else Decimal(0)
        if word in vocabulary.YES or self._standings.get(word) is Standing.PAID:
            standing = standing if standing is Standing.VOID else Standing.PAID
            return standing, Decimal(0) if amount is None else amount
        return standing, self._in(code, "paid", self._sum("paid"))

    def _sum(self, name: str) -> money.Sum | None:
        if is_nothing(self._text(name)):
            return None
        said = money.read(self._values[name], self._text(name), self._notation)
        if isinstance(said, Flaw):
            self._problem(name, said)
            return None
        return said

    def _in(self, code: str, name: str, said: money.Sum | None) -> Decimal | None:
        """The sum in whole cents, unless it stands in another currency than the row."""
        if said is None:
            return None
        if code and said.mark and code not in currency.meanings(said.mark):
            self._problem(name, Flaw.CURRENCY_CONFLICT)
            return None
        return rounded(said.amount, code)

    def _day(self, name: str) -> dt.date | None:
        if is_nothing(self._text(name)):
            return None
        day = dates.read(self._values[name], self._text(name), self._notation)
        if isinstance(day, Flaw):
            self._problem(name, day)
            return None
        return day

    def _hold(self, holds: bool) -> Hold | None:
        """A hold; one whose date cannot be read holds, too, until somebody has looked."""
        until = self._day("hold_until")
        return Hold(until) if holds or until or self._broken("hold_until") else None

    def _language(self) -> str:
        word = self._text("language").casefold()
        return "" if is_nothing(word) else vocabulary.LANGUAGES.get(word, word)

    def _action(self) -> Action | None:
        word = self._text("action").casefold()
        action = vocabulary.ACTIONS.get(word)
        if action is None and not is_nothing(word):
            self._problem("action", Flaw.UNKNOWN_ACTION)
        return action
