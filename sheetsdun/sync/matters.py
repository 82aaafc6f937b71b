"""A reminder -> what its letter is about: everything that the sheet and the log know of the debt."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sheetsdun.domain.accounts import CREDITS, LISTED
from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Kind
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.reminder import Reminder, Task
from sheetsdun.letters import Line, Matter, Payment
from sheetsdun.sync.settings import Settings


class Matters:
    """What all letters of a run may speak of."""

    def __init__(
        self, decisions: Iterable[Decision], history: History, settings: Settings, today: dt.date
    ) -> None:
        """Sort what is overdue.

        Args:
            decisions: The final ones, of all rows.
            history: The log, for the reminders that went before.
            settings: For the language of rows that name none.
            today: The run's day.
        """
        self._history = history
        self._language = settings.language
        self._overdue: dict[str, list[Invoice]] = defaultdict(list)
        self._open: dict[str, list[Invoice]] = defaultdict(list)
        self._instalments: dict[str, list[Invoice]] = defaultdict(list)
        for decision in decisions:
            invoice = decision.invoice
            if invoice.instalment and invoice.due and invoice.balance is not None:
                self._instalments[invoice.known_as].append(invoice)
            if _stands_open(decision):
                self._open[invoice.debtor].append(invoice)
            if decision.verdict in LISTED and invoice.due is not None and invoice.due < today:
                self._overdue[invoice.debtor].append(invoice)

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
            elsewhere=self._elsewhere(reminder),
            customer=first.customer,
            contact=first.contact,
            manager=first.manager,
            fees=reminder.charged.fees,
            deadline=reminder.deadline,
            offer=reminder.level.offer,
            offer_is_data=reminder.level.in_sheet,
            account=self._account(reminder) if reminder.level.statement else {},
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
            overdue=level.kind is Kind.OVERDUE,
            currency=invoice.currency,
            invoices=(self.line(invoice, broken=_broken(task.decision)),),
            customer=invoice.customer,
            contact=invoice.contact,
            manager=invoice.manager,
            pay_by=invoice.pay_by,
        )

    def _account(self, reminder: Reminder) -> Mapping[str, tuple[Line, ...]]:
        """All that is open between the debtor and us, oldest first; the letter's own currency before the others."""
        found: dict[str, list[Line]] = {reminder.currency: []}
        for invoice in sorted(self._open[reminder.debtor], key=_age):
            found.setdefault(invoice.currency, []).append(self.line(invoice))
        return {currency: tuple(lines) for currency, lines in found.items()}

    def _elsewhere(self, reminder: Reminder) -> Mapping[str, tuple[Line, ...]]:
        """What the debtor owes in other currencies; a letter of its own asks for it."""
        found: dict[str, list[Line]] = defaultdict(list)
        for invoice in self._overdue[reminder.debtor] if reminder.kind is Kind.OVERDUE else ():
            if invoice.currency != reminder.currency:
                found[invoice.currency].append(self.line(invoice))
        return {currency: tuple(found[currency]) for currency in sorted(found)}

    def _climbed(self, decision: Decision, reminder: Reminder) -> Line:
        """An invoice that the letter is about."""
        invoice = decision.invoice
        line = self.line(invoice, broken=_broken(decision))
        parts = self._instalments[invoice.known_as] if invoice.instalment else []
        plan = (
            map(self.line, sorted(parts, key=lambda part: part.due or dt.date.max)) if len(parts) > 1 else ()
        )
        discount = reminder.discount(invoice)
        return replace(
            line,
            interest=reminder.charged.interest.get(invoice.id, line.interest),
            plan=tuple(plan),
            discount=discount.amount if discount else line.discount,
            discount_until=discount.until if discount else None,
        )

    def line(self, invoice: Invoice, *, broken: bool = False) -> Line:
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
            promised=invoice.promise if broken else None,
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


def _broken(decision: Decision) -> bool:
    return any(told.code == Code.BROKEN_PROMISE for told in decision.others)


def _stands_open(decision: Decision) -> bool:
    """Whether it belongs into a statement of account: also what is not due, held or disputed, and credits.

    A row with a problem does not: its sum, its debtor or its being there once is in doubt.
    """
    invoice, verdict = decision.invoice, decision.verdict
    known = invoice.amount is not None and invoice.paid is not None and bool(invoice.balance)
    wanted = verdict not in {Verdict.CLOSED, Verdict.PROBLEM} or decision.reason.code in CREDITS
    return known and wanted


def _age(invoice: Invoice) -> tuple[dt.date, int]:
    return invoice.issued or invoice.due or dt.date.max, invoice.row
