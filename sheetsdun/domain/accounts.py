"""What each debtor owes in each currency: which invoices a letter lists, and what credits are set against them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.invoice import Invoice, customer_key
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.reminder import Account, Beside, account, owed
from sheetsdun.domain.terms import Terms

LISTED = frozenset({Verdict.REMIND, Verdict.WAIT, Verdict.EXHAUSTED})
"""Never one that is held, disputed, promised or stopped, nor one that another letter speaks of."""

CREDITS = frozenset({Code.CREDIT_NOTE, Code.OVERPAID})
"""Reasons of rows that are closed, and shown in letters all the same, set against what is owed."""

_CLOSED, _PROBLEM = Verdict.CLOSED, Verdict.PROBLEM


class Accounts:
    """All debtors of a sheet.

    A credit belongs to its debtor. A credit note needs no address; without one it belongs to the customer. Where the
    customer has but one set of addresses, that makes no difference. Where there are several, the letters do not show
    it, but none of them is written once it covers all that the customer owes.
    """

    def __init__(self, decisions: Iterable[Decision], terms: Terms, today: dt.date) -> None:
        """Sort the invoices.

        Args:
            decisions: What is wanted for each row.
            terms: For the tolerances.
            today: An invoice is overdue from the day after its due date.
        """
        self._terms = terms
        self._today = today
        self._rows: dict[str, list[Decision]] = defaultdict(list)
        self._credits: dict[Account, list[Invoice]] = defaultdict(list)
        self._loose: dict[Account, list[Invoice]] = defaultdict(list)
        self._loose_in: dict[str, dict[str, None]] = defaultdict(dict)
        self._instalments: dict[str, list[Invoice]] = defaultdict(list)
        self._of_customer: dict[Account, dict[Account, None]] = defaultdict(dict)
        for decision in decisions:
            invoice, verdict = decision.invoice, decision.verdict
            if invoice.instalment and invoice.due and invoice.balance is not None:
                self._instalments[invoice.known_as].append(invoice)
            if verdict is not _CLOSED:
                self._rows[invoice.debtor].append(decision)
            elif decision.reason.code in CREDITS:
                self._rows[invoice.debtor].append(decision)
                if invoice.emails:
                    self._credits[account(invoice)].append(invoice)
                elif invoice.customer:
                    self._loose[_customer(invoice)].append(invoice)
                    self._loose_in[customer_key(invoice.customer)][invoice.currency] = None
        # Few customers have credits that name no address: for all others it does not matter how many accounts they are.
        for rows in self._rows.values() if self._loose else ():
            for invoice in (each.invoice for each in rows if each.verdict in LISTED):
                self._of_customer[_customer(invoice)][account(invoice)] = None

    def overdue(self, invoice: Invoice) -> list[Invoice]:
        """The debtor's overdue invoices that may be spoken of."""
        return self._overdue(account(invoice))

    def _overdue(self, one: Account) -> list[Invoice]:
        debtor, currency = one
        return [each for each in self._late(debtor) if each.currency == currency]

    def _late(self, debtor: str) -> Iterator[Invoice]:
        """The same in every currency."""
        for decision in self._rows.get(debtor, ()):
            due = decision.invoice.due
            if decision.verdict in LISTED and due is not None and due < self._today:
                yield decision.invoice

    def credits(self, invoice: Invoice) -> list[Invoice]:
        """The debtor's credits."""
        own = self._credits.get(account(invoice), [])
        return [*own, *self._loose_of(account(invoice), _customer(invoice))] if self._loose else own

    def beside(self, climbed: Sequence[Decision]) -> Beside:
        """What else there is between us and the debtor of these invoices, which are of one account.

        All that is open is looked up only where one of their levels wants a statement.
        """
        first = climbed[0].invoice
        numbers = dict.fromkeys(each.invoice.known_as for each in climbed if each.invoice.instalment)
        plans = [self._instalments.get(number, []) for number in numbers]
        stated = any(each.level and each.level.statement for each in climbed)
        return Beside(
            elsewhere=tuple([each for each in self._late(first.debtor) if each.currency != first.currency]),
            account=tuple(self._open(first)) if stated else (),
            instalments=tuple(
                part
                for plan in plans
                if len(plan) > 1
                for part in sorted(plan, key=lambda one: one.due or dt.date.max)
            ),
        )

    def _open(self, invoice: Invoice) -> Iterator[Invoice]:
        """What a statement of account shows: also what is not due, held or disputed, and credits.

        Not a row with a problem: its sum, its debtor or its being there once is in doubt.
        """
        for decision in self._rows.get(invoice.debtor, ()):
            if decision.verdict is not _PROBLEM and decision.invoice.balance:
                yield decision.invoice
        name = customer_key(invoice.customer)
        for currency in self._loose_in.get(name, ()):
            yield from self._loose_of((invoice.debtor, currency), (name, currency))

    def _loose_of(self, one: Account, customer: Account) -> Sequence[Invoice]:
        """A customer's credits that name no address, where they can only be this account's."""
        return self._loose.get(customer, []) if [*self._of_customer.get(customer, ())] == [one] else []

    def net_nothing(self, climbed: Iterable[Invoice]) -> Decimal | None:
        """What the debtor of these invoices owes, if that is nothing or less; None where there is something to chase.

        Overdue invoices are paid by a credit first, upcoming ones by what is left of it.
        """
        invoices = list(climbed)
        first = invoices[0]
        loose = self._loose.get(_customer(first)) if self._loose else None
        if not loose and account(first) not in self._credits:
            return None
        overdue = {invoice.row: invoice for invoice in (*self.overdue(first), *invoices)}
        net = owed(overdue.values()) + owed(self.credits(first))
        if self._terms.is_nothing(net, first.currency, first.tolerance):
            return net
        if not loose:
            return None
        accounts = self._of_customer[_customer(first)]
        others = [each for one in accounts if one != account(first) for each in self._overdue(one)]
        spent = [each for one in accounts for each in self._credits.get(one, [])]
        whole = owed(overdue.values()) + owed(others) + owed(spent) + owed(loose)
        return whole if self._terms.is_nothing(whole, first.currency, first.tolerance) else None


def _customer(invoice: Invoice) -> Account:
    return customer_key(invoice.customer), invoice.currency
