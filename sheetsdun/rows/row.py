"""One row as an invoice. What cannot be understood is None in it, and told in its problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from sheetsdun.domain.invoice import Action, Discount, Hold, Invoice, Standing
from sheetsdun.domain.money import rounded
from sheetsdun.rows import currency, vocabulary
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.rawrow import RawRow, Reading
from sheetsdun.rows.text import clean, is_nothing

__all__ = ["Reading", "Row"]

_NONE: Mapping[str, str] = MappingProxyType({})
_FILES = re.compile(r"[;,\n\r]")


class Row(RawRow):
    """One row of the invoice tab, or of the customers' tab, which has some of its columns."""

    __slots__ = ()

    def invoice(self, identity: str, cells: Mapping[str, str] = _NONE) -> Invoice:
        """The invoice of that identity that this row is; ``cells`` is all of the row."""
        emails, cc = self.addresses("email"), self.addresses("cc")
        code, amount = self._amount()
        standing, paid = self._paid(code, amount)
        escalation = self.text("escalation")
        word = escalation.casefold()
        stopped, holds = word in vocabulary.STOP, word in vocabulary.HOLD
        return Invoice(
            row=self.number,
            id=identity,
            customer=self.text("customer"),
            customer_id=self.text("customer_id"),
            emails=emails,
            cc=cc,
            amount=amount,
            paid=paid,
            currency=code,
            due=self.day("due"),
            issued=self.day("issued"),
            standing=standing,
            escalation="" if stopped or holds or is_nothing(word) else escalation,
            stopped=stopped,
            hold=self._hold(holds),
            promise=self.day("promise"),
            instalment=self.text("instalment"),
            language=self._language(),
            contact=self.text("contact"),
            phone=self.text("phone"),
            manager=self.text("manager"),
            description=self.text("description"),
            attachments=tuple(filter(None, map(clean, _FILES.split(self.raw("attachments"))))),
            discount=self._discount(code, amount),
            action=self._action(),
            action_note=self.text("action_note"),
            problems=tuple(self.problems),
            cells=cells,
        )

    def _amount(self) -> tuple[str, Decimal | None]:
        """Currency and amount of the row; the amount's own mark counts where no currency column speaks."""
        said = self.sum("amount")
        named = self.text("currency")
        code = self.reading.currency
        if not is_nothing(named):
            code = currency.resolve(named, self.reading.currency)
            if not code:
                self.problem("currency", Flaw.UNKNOWN_CURRENCY)
        elif said and said.mark:
            code = currency.resolve(said.mark, self.reading.currency)
            if not code:
                self.problem("amount", Flaw.UNKNOWN_CURRENCY, said.mark)
        return code, self.within(code, "amount", said)

    def _paid(self, code: str, amount: Decimal | None) -> tuple[Standing, Decimal | None]:
        """Standing and sum paid. A yes, a tick or the word for paid in the Paid column is all of it."""
        standing = self.reading.standings.get(self.text("status").casefold(), Standing.OPEN)
        word = self.text("paid").casefold()
        if is_nothing(word) or word in vocabulary.NO:
            return standing, None if self.broken("paid") else Decimal(0)
        if word in vocabulary.YES or self.reading.standings.get(word) is Standing.PAID:
            standing = standing if standing is Standing.VOID else Standing.PAID
            return standing, Decimal(0) if amount is None else amount
        return standing, self.within(code, "paid", self.sum("paid"))

    def _hold(self, holds: bool) -> Hold | None:
        """A hold; one whose date cannot be read holds, too, until somebody has looked."""
        until = self.day("hold_until")
        return Hold(until) if holds or until or self.broken("hold_until") else None

    def _language(self) -> str:
        word = self.text("language").casefold()
        return "" if is_nothing(word) else vocabulary.LANGUAGES.get(word, word)

    def _discount(self, code: str, amount: Decimal | None) -> Discount | None:
        """What may be deducted, in whole cents; one without a last day is none, and so is one of nothing or of all."""
        if is_nothing(self.text("discount")) or amount is None:
            return None
        if self.text("discount").endswith("%"):
            percent = self.percent("discount")
            said = None if percent is None else rounded(amount * percent / 100, code)
        else:
            said = self.within(code, "discount", self.sum("discount"))
        until = self.day("discount_until")
        if not (said and 0 < said < amount) and not self.broken("discount"):
            self.problem("discount", Flaw.NO_DISCOUNT)
        if until is None and not self.broken("discount_until"):
            self.problem("discount_until", Flaw.NO_LAST_DAY, self.text("discount"))
        whole = until and said and not self.broken("discount")
        return Discount(said, until) if whole and said and until else None

    def _action(self) -> Action | None:
        word = self.text("action").casefold()
        action = vocabulary.ACTIONS.get(word)
        if action is None and not is_nothing(word):
            self.problem("action", Flaw.UNKNOWN_ACTION)
        return action
