"""The report for programs. Version 1; a later version may add names, never change one."""

from __future__ import annotations

import json
from typing import Any

from sheetsdun.domain.decision import Decision
from sheetsdun.domain.digest import Digest
from sheetsdun.domain.event import Event, Role
from sheetsdun.domain.reminder import Task
from sheetsdun.report.told import Told, invoices, sternest_level, total
from sheetsdun.rows.payments import Loose
from sheetsdun.sync.outcome import LetterOutcome, Result

VERSION = 1


def to_json(told: Told) -> str:
    """The report as one JSON object."""
    whole = {
        "version": VERSION,
        "run": told.run,
        "today": told.today.isoformat(),
        "applied": told.applied,
        "rows": [_row(told, decision) for decision in told.decisions],
        "letters": [*map(_letter, told.letters), *map(_task, told.tasks)],
        "payments": [_payment(loose) for loose in told.loose],
        "digests": [_digest(*each) for each in told.digests],
        "events": [_event(event) for event in told.events],
        "warnings": [*told.warnings],
        "stopped": told.stopped,
        "calls": dict(told.calls),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _row(told: Told, decision: Decision) -> dict[str, Any]:
    invoice = decision.invoice
    balance = invoice.balance
    return {
        "row": invoice.row,
        "invoice": invoice.id,
        "decision": decision.verdict,
        "level": decision.level.name if decision.level else None,
        "until": decision.until.isoformat() if decision.until else None,
        "reason": " ".join(map(told.words.reason, (decision.reason, *decision.others))),
        "balance": f"{balance:f}" if balance is not None else None,
        "currency": invoice.currency,
    }


def _letter(outcome: LetterOutcome) -> dict[str, Any]:
    letter = outcome.letter
    return {
        "letter": letter.id,
        "debtor": letter.debtor,
        "to": [*letter.recipients],
        "currency": letter.currency,
        "total": f"{total(letter):f}",
        "level": sternest_level(letter),
        "kind": letter.kind,
        "invoices": invoices(letter, Role.CLIMBED),
        "listed": invoices(letter, Role.LISTED),
        "outcome": outcome.result,
        "draft_id": letter.draft_id,
        "note": outcome.note,
    }


def _task(task: Task) -> dict[str, Any]:
    invoice, level = task.decision.invoice, task.rung.level
    return {
        "letter": "",
        "debtor": invoice.debtor,
        "to": [],
        "currency": invoice.currency,
        "total": f"{invoice.balance or 0:f}",
        "level": level.name,
        "kind": level.kind,
        "invoices": [invoice.id],
        "listed": [],
        "outcome": Result.TASK,
        "draft_id": "",
        "note": level.channel,
    }


def _payment(loose: Loose) -> dict[str, Any]:
    return {
        "tab": loose.tab,
        "row": loose.row,
        "amount": loose.amount,
        "text": loose.text,
        "matches": [*loose.matches],
    }


def _digest(digest: Digest, outcome: LetterOutcome) -> dict[str, Any]:
    return {
        "digest": outcome.letter.id,
        "to": digest.to,
        "tasks": [task.decision.invoice.id for task in digest.tasks],
        "exhausted": [news.part.invoice for news in digest.news if news.exhausted],
        "uncertain": [news.part.invoice for news in digest.news if not news.exhausted],
        "outcome": outcome.result,
        "draft_id": outcome.letter.draft_id,
        "note": outcome.note,
    }


def _event(event: Event) -> dict[str, str]:
    return {"event": event.name, "letter": event.letter, "invoice": event.invoice, "note": event.note}
