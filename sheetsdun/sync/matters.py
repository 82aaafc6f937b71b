"""A reminder -> what its letter is about: everything that the sheet and the log know of the debt."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sheetsdun.domain.decision import Decision
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Kind
from sheetsdun.domain.reminder import Reminder, Task
from sheetsdun.letters import Line, Matter, Payment
from sheetsdun.sync.settings import Settings


class Matters:
    """What all letters of a run may speak of."""

    def __init__(self, history: History, settings: Settings) -> None:
        """Take note of what went before.

        Args:
            history: The log, for the reminders that went before.
            settings: For the language of rows that name none.
        """
        self._history = history
        self._language = settings.language

    def of(self, reminder: Reminder) -> Matter:
        """The matter of one letter."""
        first = reminder.climbed[0].invoice
        return Matter(
            to=reminder.to,
            cc=reminder.cc,
            language=reminder.language or self._language,
            template=reminder.level.template,
            level=reminder.level.name,
            overdue=reminder.kind is Kind.OVERDUE,
            currency=reminder.currency,
            invoices=tuple(self._climbed(each, reminder) for each in reminder.climbed),
            listed=tuple(self.line(invoice) for invoice in reminder.listed),
            credits=tuple(self.line(invoice) for invoice in reminder.credits),
            elsewhere=self._by_currency(
                sorted(reminder.beside.elsewhere, key=lambda invoice: invoice.currency)
            ),
            customer=first.customer,
            contact=first.contact,
            manager=first.manager,
            fees=reminder.charged.fees,
            deadline=reminder.deadline,
            offer=reminder.level.offer,
            offer_is_data=reminder.level.in_sheet,
            account=self._by_currency(sorted(reminder.beside.account, key=_age(reminder.currency))),
            pay_by=next((each.invoice.pay_by for each in reminder.climbed if each.invoice.pay_by), ""),
        )

    def of_task(self, task: Task) -> Matter:
        """The matter of what a person is to say instead of a letter."""
        invoice, level = task.decision.invoice, task.rung.level
        return Matter(
            to=invoice.emails,
            language=invoice.language or self._language,
            template=level.template,
            level=level.name,
            overdue=level.overdue,
            currency=invoice.currency,
            invoices=(self.line(invoice, promised=task.decision.promise_broken),),
            customer=invoice.customer,
            contact=invoice.contact,
            manager=invoice.manager,
            pay_by=invoice.pay_by,
        )

    def _by_currency(self, invoices: Iterable[Invoice]) -> Mapping[str, tuple[Line, ...]]:
        found: dict[str, list[Line]] = defaultdict(list)
        for invoice in invoices:
            found[invoice.currency].append(self.line(invoice))
        return {currency: tuple(lines) for currency, lines in found.items()}

    def _climbed(self, decision: Decision, reminder: Reminder) -> Line:
        """An invoice that the letter is about."""
        invoice = decision.invoice
        line = self.line(invoice, promised=decision.promise_broken)
        parts = reminder.beside.instalments if invoice.instalment else ()
        plan = (self.line(part) for part in parts if part.known_as == invoice.known_as)
        discount = reminder.discount(invoice)
        return replace(
            line,
            interest=reminder.charged.interest.get(invoice.id, line.interest),
            plan=tuple(plan),
            discount=discount.amount if discount else line.discount,
            discount_until=discount.until if discount else None,
        )

    def line(self, invoice: Invoice, *, promised: dt.date | None = None) -> Line:
        """One invoice, as letters show it."""
        # Nobody is reminded of an invoice whose sums cannot be read: the guards see to that.
        assert invoice.amount is not None
        assert invoice.paid is not None
        last = invoice.last_payment
        return Line(
            number=invoice.known_as,
            amount=invoice.amount,
            due=invoice.due,
            paid=invoice.paid,
            issued=invoice.issued,
            description=invoice.description,
            instalment=invoice.instalment,
            promised=promised,
            last_payment=Payment(last.day, last.amount) if last and last.day else None,
            reminded=self._reminded(invoice),
            cells=invoice.cells,
            row=invoice.row,
        )

    def _reminded(self, invoice: Invoice) -> dt.date | None:
        """The day of the last letter that told the debtor that it is overdue."""
        days = (
            letter.effective
            for letter in self._history.letters_of(invoice.id)
            if letter.kind is Kind.OVERDUE and letter.effective is not None
        )
        return max(days, default=None)


def _age(first: str) -> Callable[[Invoice], tuple[bool, dt.date, int]]:
    """Oldest first; one currency before the others."""
    return lambda each: (each.currency != first, each.issued or each.due or dt.date.max, each.row)
