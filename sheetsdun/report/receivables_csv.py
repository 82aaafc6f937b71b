"""A report of receivables as CSV files, named by what they hold.

A spreadsheet that opens them must not take a customer's name for a formula: a text that begins as one does gets an
apostrophe before it, as OWASP advises. Figures are plain decimals, dates ISO.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from sheetsdun.domain.aging import Aged, Bucket, bucket
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.recovery import After
from sheetsdun.errors import UsageError
from sheetsdun.report.receivables import state
from sheetsdun.report.told import sternest_level, total
from sheetsdun.rows.text import clean
from sheetsdun.sync.receivables import Receivables

_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""With these a text begins that a spreadsheet would compute; the last four are the full-width ones."""


def files(told: Receivables) -> Mapping[str, str]:
    """The content of each file, by its name."""
    return {
        "aging.csv": _text(_aging(told)),
        "debtors.csv": _text(_debtors(told)),
        "open-invoices.csv": _text(_invoices(told)),
        "sent.csv": _text(_sent(told)),
        "recovery.csv": _text(_recovery(told)),
        "open-letters.csv": _text(_open(told)),
        "promises.csv": _text(_promises(told)),
    }


def save(told: Receivables, folder: Path) -> list[Path]:
    """Write all files into a folder, made where it is missing; files of these names are replaced.

    Raises:
        UsageError: They cannot be written there.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files(told).items():
            file = folder / name
            # The mark at the beginning tells Excel that it is UTF-8.
            file.write_text(text, encoding="utf-8-sig", newline="")
            written.append(file)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written to ({error.strerror}).") from None
    return written


def harmless(text: str) -> str:
    """One line of text that no spreadsheet takes for a formula."""
    said = clean(text)
    return f"'{said}" if said.startswith(_FORMULAS) else said


def _text(rows: Iterator[Sequence[object]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(each) for each in row])
    return stream.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else str(value)


_SUMS = (*(each.value for each in Bucket), "open", "credits", "net", "disputed", "invoices", "oldest due")


def _sums(each: Aged) -> list[object]:
    return [
        *each.buckets.values(),
        each.open,
        each.credits,
        each.net,
        each.disputed,
        each.invoices,
        each.oldest,
    ]


def _aging(told: Receivables) -> Iterator[Sequence[object]]:
    yield ["as of", "currency", *_SUMS, "days sales outstanding"]
    for each, dso in zip(told.aging.totals, told.outstanding, strict=True):
        yield [told.today, each.currency, *_sums(each), dso.days]


def _debtors(told: Receivables) -> Iterator[Sequence[object]]:
    yield ["as of", "customer", "debtor", "currency", *_SUMS]
    for each in told.aging.debtors:
        yield [told.today, each.customer, each.debtor, each.currency, *_sums(each)]


def _invoices(told: Receivables) -> Iterator[Sequence[object]]:
    yield [
        "row",
        "invoice",
        "customer",
        "issued",
        "due",
        "days past due",
        "bucket",
        "balance",
        "currency",
        "decision",
    ]
    for decision in told.known.decisions:
        invoice = decision.invoice
        if decision.verdict is not Verdict.CLOSED:
            late = (told.today - invoice.due).days if invoice.due else None
            yield [
                invoice.row, invoice.id, invoice.customer, invoice.issued, invoice.due, late,
                bucket(invoice.due, told.today).value, invoice.balance, invoice.currency, decision.verdict.value,
            ]  # fmt: skip


def _sent(told: Receivables) -> Iterator[Sequence[object]]:
    yield ["day", "letter", "customer", "debtor", "level", "by hand", "asked for", "currency", "invoices"]
    for each in told.sent:
        yield [
            each.effective, each.id, told.names.get(each.debtor, ""), each.debtor, sternest_level(each),
            "yes" if each.by_hand else "no", total(each), each.currency,
            ", ".join(part.invoice for part in each.climbed),
        ]  # fmt: skip


def _recovery(told: Receivables) -> Iterator[Sequence[object]]:
    """One line for each level and currency: counts stand in the first of a level alone."""
    names = [each.value for each in After]
    yield [
        "since",
        "until",
        "policy",
        "level",
        "reminded",
        *names,
        "median days",
        "days known",
        "currency",
        "asked for",
        "recovered",
    ]
    for each in told.recovery:
        counts: list[object] = [each.reminded, *each.after.values(), each.median_days, len(each.delays)]
        for currency in sorted(each.asked) or [""]:
            yield [
                told.since, told.until, each.policy, each.level, *counts,
                currency, each.asked.get(currency), each.recovered.get(currency),
            ]  # fmt: skip
            counts = [None] * len(counts)


def _open(told: Receivables) -> Iterator[Sequence[object]]:
    yield ["letter", "customer", "debtor", "level", "state", "since", "total", "currency", "invoices"]
    for each in told.open:
        yield [
            each.id, told.names.get(each.debtor, ""), each.debtor, sternest_level(each), state(each),
            each.since.date(), total(each), each.currency, ", ".join(part.invoice for part in each.climbed),
        ]  # fmt: skip


def _promises(told: Receivables) -> Iterator[Sequence[object]]:
    yield ["row", "invoice", "customer", "promised", "outcome", "balance", "currency"]
    for each in told.promises:
        invoice = each.invoice
        yield [
            invoice.row, invoice.id, invoice.customer, each.day, each.word.value, invoice.balance, invoice.currency,
        ]  # fmt: skip
