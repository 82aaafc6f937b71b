"""What a letter claims, as one short hash: a draft whose facts are others today is written anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal

from sheetsdun.domain.charging import NOTHING, Charged
from sheetsdun.domain.decision import Decision
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.reminder import Reminder


def facts(letter: Reminder) -> str:
    """Hash of what the letter claims: invoices, balances, recipients, levels, and all that it tells beside them.

    Two reminders with the same facts say the same thing to the same people. The day on which they are written is no
    fact, nor is interest that has grown since: a draft would be written anew each day.
    """
    claims: list[object] = [
        letter.currency,
        letter.language,
        letter.level.template,
        sorted(email.casefold() for email in letter.to),
        sorted(email.casefold() for email in letter.cc),
        sorted([*_claim(each.invoice), *_rung(each)] for each in letter.climbed),
        sorted(_claim(invoice) for invoice in letter.listed),
        sorted(_claim(invoice) for invoice in letter.credits),
    ]
    told = {
        "discounts": sorted(_discounts(letter)),
        "charges": _charges(letter.charged),
        "promised": sorted(_promises(letter)),
        "offer": letter.level.offer,
        "files": sorted(_files(letter)),
        "elsewhere": sorted([*_claim(invoice), invoice.currency] for invoice in letter.beside.elsewhere),
        "account": sorted([*_claim(invoice), invoice.currency] for invoice in letter.beside.account),
        "instalments": sorted(map(_claim, letter.beside.instalments)),
    }
    if there := {name: what for name, what in told.items() if what}:
        claims.append(there)
    text = json.dumps(claims, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _discounts(letter: Reminder) -> Iterator[list[str]]:
    for decision in letter.climbed:
        if found := letter.discount(decision.invoice):
            yield [decision.invoice.id, f"{found.amount.normalize():f}", found.until.isoformat()]


def _charges(charged: Charged) -> list[str]:
    return [f"{charged.fees.normalize():f}", *sorted(charged.by)] if charged != NOTHING else []


def _promises(letter: Reminder) -> Iterator[list[str]]:
    """The days by which the debtor has promised to pay, in vain."""
    for decision in letter.climbed:
        if (promise := decision.promise_broken) is not None:
            yield [decision.invoice.id, promise.isoformat()]


def _files(letter: Reminder) -> Iterator[str]:
    """What goes with it: names of files, and papers of ours."""
    yield from (f"file {name}" for name in letter.files)
    if letter.level.statement:
        yield "statement"
    if letter.level.letter_pdf:
        yield "letter"


def _claim(invoice: Invoice) -> list[str]:
    balance = f"{(invoice.balance or Decimal(0)).normalize():f}"
    return [invoice.id, balance, invoice.due.isoformat() if invoice.due else ""]


def _rung(decision: Decision) -> list[str]:
    return [
        decision.policy.name if decision.policy else "",
        decision.level.name if decision.level else "",
    ]
