"""A report of receivables for programs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sheetsdun.domain.aging import Aged
from sheetsdun.domain.outstanding import Outstanding
from sheetsdun.domain.promises import Word
from sheetsdun.domain.recovery import Recovery
from sheetsdun.report.receivables import asked_for, promise_counts, remarks, sent_by_level, weeks
from sheetsdun.report.told import sternest_level, total
from sheetsdun.rows.words import Words
from sheetsdun.sync.receivables import Receivables

VERSION = 1
"""A later version may add names, never change one."""


def as_record(told: Receivables, words: Words) -> dict[str, Any]:
    """All of it; sums are texts, and by currency wherever there may be several."""
    return {
        "version": VERSION,
        "today": told.today.isoformat(),
        "since": told.since.isoformat(),
        "until": told.until.isoformat(),
        "broken": told.known.broken,
        "aging": [_aged(each) for each in told.aging.totals],
        "debtors": [
            {"customer": each.customer, "debtor": each.debtor, **_aged(each)} for each in told.aging.debtors
        ],
        "days_sales_outstanding": [_outstanding(each) for each in told.outstanding],
        "sent": {
            "letters": len(told.sent),
            "by_hand": sum(each.by_hand for each in told.sent),
            "asked_for": _sums(asked_for(told.sent)),
            "by_level": dict(sent_by_level(told)),
            "by_week": [{"week": day.isoformat(), "letters": count.total()} for day, count in weeks(told)],
        },
        "recovery": [_recovery(each) for each in told.recovery],
        "open_letters": [
            {
                "letter": each.id,
                "customer": told.names.get(each.debtor, ""),
                "debtor": each.debtor,
                "level": sternest_level(each),
                "state": each.state,
                "edited": each.edited,
                "since": each.since.isoformat(),
                "currency": each.currency,
                "total": _text(total(each)),
                "invoices": [part.invoice for part in each.climbed],
            }
            for each in told.open
        ],
        "promises": {
            **{word.value: promise_counts(told)[word] for word in Word},
            "rows": [
                {"row": each.invoice.row, "invoice": each.invoice.id, "day": each.day.isoformat(), "promise": each.word}
                for each in told.promises
            ],
        },
        "remarks": [*remarks(told, words)],
    }  # fmt: skip


def _text(amount: Decimal) -> str:
    return f"{amount:f}"


def _sums(sums: dict[str, Decimal]) -> dict[str, str]:
    return {currency: _text(sums[currency]) for currency in sorted(sums)}


def _aged(each: Aged) -> dict[str, Any]:
    return {
        "currency": each.currency,
        "buckets": {name.value: _text(balance) for name, balance in each.buckets.items()},
        "open": _text(each.open),
        "past_due": _text(each.past_due),
        "credits": _text(each.credits),
        "net": _text(each.net),
        "disputed": _text(each.disputed),
        "invoices": each.invoices,
        "overdue": each.overdue,
        "oldest_due": each.oldest.isoformat() if each.oldest else None,
    }


def _outstanding(each: Outstanding) -> dict[str, Any]:
    return {
        "currency": each.currency,
        "days": None if each.days is None else int(each.days),
        "receivables": _text(each.receivables),
        "sales": _text(each.sales),
        "lacking": each.lacking,
    }


def _recovery(each: Recovery) -> dict[str, Any]:
    return {
        "policy": each.policy,
        "level": each.level,
        "reminded": each.reminded,
        "after": {name.value: count for name, count in each.after.items()},
        "asked_for": _sums(each.asked),
        "recovered": _sums(each.recovered),
        "median_days": each.median_days,
        "days_known": len(each.delays),
    }
