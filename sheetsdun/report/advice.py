"""What would change a decision: what was tried out, and what only a person can know, as sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from sheetsdun.domain.decision import Decision, Verdict
from sheetsdun.domain.money import rounded
from sheetsdun.domain.policy import Kind, Rung
from sheetsdun.domain.reasons import Code
from sheetsdun.rows.columns import DEFAULTS
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.words import Words
from sheetsdun.sync.explain import Explanation, Origin
from sheetsdun.sync.whatif import Change, WhatIf

_SHOWN = 5


_TRIED: Mapping[Change, str] = {
    Change.PAY: "Pay {sum}",
    Change.UNSTOP: "Take “stop” out of {escalation}{where}",
    Change.CONTACT: "Let the customer be contacted again, in the customer's row",
    Change.UNHOLD: "Lift the hold, in {escalation} or {hold_until}{where}",
    Change.SETTLE: "Settle the dispute, and take its word out of {status}",
    Change.UNPROMISE: "Clear {promise}",
    Change.SEND: "Send the draft, in Gmail or by {action} send",
    Change.SEND_BY_HAND: "Send the draft in Gmail",
    Change.CLEAR: "Deal with the answer, then {action} clear",
    Change.REDO: "{action} redo",
    Change.SKIP: "{action} skip",
    Change.DONE: "{action} done",
}
"""What was tried out. Columns are named as the sheet does."""

_BY_HAND: Mapping[Code, str] = {
    Code.NO_ADDRESS: "Write an address into {email} of row {row}.",
    Code.UNKNOWN_POLICY: "Write one of {policies} into {escalation} of row {row}, or empty it.",
    Code.EXHAUSTED: "A policy with a further level, in {escalation} of row {row}.",
    Code.NO_ROOM: "A higher per_day under [limits]: it is {per_day}.",
    Code.LAST_MISSED: "A higher per_day under [limits]: it is {per_day}.",
    Code.PER_DAY: "A higher per_day under [limits]: it is {per_day}.",
    Code.NET_NOTHING: "A further invoice, or the end of the credits: the debtor owes nothing on balance.",
    Code.REFUSED: "Another address or sum in row {row}.",
    Code.PAID: "Nothing needs to. If it is not paid, correct {paid} or {status} of row {row}.",
    Code.OVERPAID: "Nothing needs to. If the sum is wrong, correct {paid} of row {row}.",
    Code.VOID: "Nothing needs to. If it is owed after all, correct {status} of row {row}.",
    Code.DO_NOT_CONTACT: "Nothing by itself: no letter goes, and no task is asked, as long as that stands there.",
    Code.CREDIT_NOTE: "Nothing: a credit note is never reminded of.",
    Code.LEVEL_DUE: "The next sync writes the letter.",
    Code.TASK_DUE: "Do it, then {action} done.",
    Code.DRAFT_READY: "Delete the draft in Gmail: then nothing goes until you choose redo or skip.",
    Code.DRAFT_EDITED: "Delete the draft in Gmail: then nothing goes until you choose redo or skip.",
}
"""What only a person can know, by the reason of the decision."""

_TO_MEND = frozenset({Code.PROBLEM, Code.NO_AMOUNT, Code.NO_DUE, Code.DUE_OUT_OF_RANGE})


def advice(told: Explanation, words: Words) -> Iterator[str]:
    """Each sentence says one thing that would change it."""
    if told.decision is None:
        return
    yield from _by_hand(told, told.decision, words)
    for each in told.changes:
        yield _tried(each, told, told.decision, words)


def outcome(each: WhatIf, words: Words) -> str:
    """What would be decided, as the end of a sentence."""
    then = each.then
    step = _step(then.rung, words) if then.rung else ""
    if then.verdict is Verdict.CLOSED:
        return "it is closed."
    if then.verdict is Verdict.REMIND and step:
        return f"{step} is due." if each.change is Change.WAIT else f"{step} is due at once."
    if then.verdict is Verdict.WAIT and step and then.until is not None:
        return f"next is {step} on {words.date(then.until)}.".replace("..", ".")
    said = words.reason(then.reason)
    return f"{said[:1].lower()}{said[1:]}"


def _tried(each: WhatIf, told: Explanation, decision: Decision, words: Words) -> str:
    if each.change is Change.WAIT:
        return f"By itself on {words.date(each.day)}: {outcome(each, words)}"
    hold = decision.invoice.hold
    dated = each.change is Change.UNHOLD and hold is not None and hold.until is not None
    what = "Clear {hold_until}" if dated else _TRIED[each.change]
    return f"{_filled(what, told, decision, words)}: {outcome(each, words)}"


def _by_hand(told: Explanation, decision: Decision, words: Words) -> Iterator[str]:
    """What cannot be tried out, since only a person knows what to write; and settings that stand behind it."""
    code = Code(decision.reason.code)
    if code in _TO_MEND:
        yield from _cells_to_mend(told, decision, words)
    elif code is Code.MIN_GAP:
        yield _gap(told, decision, words)
    elif code in _BY_HAND:
        yield _filled(_BY_HAND[code], told, decision, words)


def _filled(template: str, told: Explanation, decision: Decision, words: Words) -> str:
    """A sentence with what the sheet calls its columns, and the other names that it may need."""
    names = [name for name in told.terms.policies if decision.policy is None or name != decision.policy.name]
    invoice = decision.invoice
    values = {
        **DEFAULTS,
        **{name: title for name, title in words.labels.items() if title},
        "row": str(invoice.row),
        "where": " in the customer's row" if told.origin is Origin.CUSTOMER else "",
        "policies": ", ".join(f"“{name}”" for name in names),
        "per_day": str(told.terms.per_day),
        "sum": f"{words.money(rounded(invoice.balance or Decimal(0), invoice.currency))} {invoice.currency}",
    }
    return template.format_map(values)


def _cells_to_mend(told: Explanation, decision: Decision, words: Words) -> Iterator[str]:
    for reason in (decision.reason, *decision.others):
        if reason.code == Code.PROBLEM and reason.args.get("problem") == Flaw.DUPLICATE:
            yield "Give each row a number of its own."
        elif reason.code == Code.PROBLEM:
            field = str(reason.args.get("field", ""))
            yield f"Mend {words.labels.get(field) or field} in row {decision.invoice.row}."
        elif reason.code == Code.NO_AMOUNT:
            yield _filled("Write a sum into {amount} of row {row}.", told, decision, words)
        elif reason.code in {Code.NO_DUE, Code.DUE_OUT_OF_RANGE}:
            yield _filled("Write the right day into {due} of row {row}.", told, decision, words)


def _gap(told: Explanation, decision: Decision, words: Words) -> str:
    """Which letter it is that the gap is kept from."""
    last, until = decision.reason.args.get("last"), decision.until
    assert isinstance(last, dt.date)
    assert until is not None
    about = dict.fromkeys(
        part.invoice
        for letter in told.history.letters.values()
        if letter.debtor == decision.invoice.debtor
        and letter.kind is Kind.OVERDUE
        and letter.effective == last
        for part in letter.climbed
    )
    more = f" and {len(about) - _SHOWN} more" if len(about) > _SHOWN else ""
    named = f" about {', '.join([*about][:_SHOWN])}{more}" if about else ""
    when, since = words.date(until), words.date(last)
    whose = "" if decision.invoice.min_gap_days is None else " of this customer"
    gap = f"min_gap_days = {told.terms.gap(decision.invoice)}{whose}"
    return f"Nothing before {when}: {gap}, after the letter of {since} to the same debtor{named}."


def _step(rung: Rung, words: Words) -> str:
    return words.step(rung.level.name, rung.place, len(rung.policy.levels))
