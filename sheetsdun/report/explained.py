"""An invoice explained: what is decided and by which question, whose policy counts, the ladder, what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheetsdun.domain.decision import Decision
from sheetsdun.domain.outlook import Place, Stage
from sheetsdun.domain.policy import Basis, Rung
from sheetsdun.domain.trace import Answer
from sheetsdun.journal.rows import HEADER, encode
from sheetsdun.report.advice import advice, outcome
from sheetsdun.report.asked import NAMES, saw
from sheetsdun.report.story import happened, heading
from sheetsdun.rows.words import Words
from sheetsdun.sync.explain import Explanation, Origin

_MARKS = {Answer.DECIDED: "→", Answer.WOULD: "!", Answer.PASSED: " ", Answer.NOT_ASKED: " "}


def explained_lines(told: Explanation, words: Words) -> Iterator[str]:
    """The explanation for people."""
    decision = told.decision
    yield heading(told.name, decision, words)
    if decision is None:
        yield "Its row is not in the sheet any more, so nothing is decided for it."
        yield from _block("What has happened", happened(told.events, told.terms, words))
        return
    yield f"Decision: {decision.verdict}. {_reasons(decision, words)}"
    if told.others:
        yield f"The same number stands in row {', '.join(map(str, told.others))}, too; this is about row {decision.invoice.row}."
    yield from _action(told, words)
    yield from _block(
        "Why: asked in this order; → decides, ! would if nothing above it did", _steps(told, words)
    )
    yield ""
    yield _policy(told, decision)
    yield from _ladder(told, words)
    yield from _block("What has happened", happened(told.events, told.terms, words))
    yield from _block("What would change it", (f"  - {each}" for each in advice(told, words)))


def explained_record(told: Explanation, words: Words) -> dict[str, Any]:
    """The same for programs."""
    decision = told.decision
    names = [column.lower().replace(" ", "_") for column in HEADER]
    record: dict[str, Any] = {
        "invoice": told.name,
        "row": decision.invoice.row if decision else None,
        "decision": decision.verdict if decision else None,
        "level": decision.level.name if decision and decision.level else None,
        "until": _iso(decision.until) if decision else None,
        "reason": _reasons(decision, words) if decision else "",
        "policy": None,
        "steps": [
            {
                "question": step.question,
                "answer": step.answer,
                "decision": step.finding.verdict if step.finding else None,
                "saw": saw(step, told, words),
            }
            for step in told.steps
        ],
        "ladder": [_level(place) for place in told.ladder],
        "would_change": [
            {
                "change": each.change,
                "day": _iso(each.day),
                "decision": each.then.verdict,
                "level": each.then.level.name if each.then.level else None,
                "until": _iso(each.then.until),
                "then": outcome(each, words),
            }
            for each in told.changes
        ],
        "advice": [*advice(told, words)],
        "events": [dict(zip(names, encode(event), strict=True)) for event in told.events],
    }
    if decision and decision.policy:
        where = "sheet" if told.in_sheet else "config"
        record["policy"] = {"name": decision.policy.name, "named_by": told.origin, "written_in": where}
    return record


def _block(title: str, lines: Iterator[str]) -> Iterator[str]:
    """Lines under a title, after an empty one; nothing where there are none."""
    first = next(lines, None)
    if first is not None:
        yield ""
        yield title
        yield first
        yield from lines


def _reasons(decision: Decision, words: Words) -> str:
    return " ".join(map(words.reason, (decision.reason, *decision.others)))


def _action(told: Explanation, words: Words) -> Iterator[str]:
    if told.deed is not None:
        when = "the next sync carries it out" if told.deed.carried_out else "it is not carried out"
        yield f"Action says {told.deed.action}: {when}. {words.reason(told.deed.reason)}"


def _steps(told: Explanation, words: Words) -> Iterator[str]:
    width = max(map(len, NAMES.values()))
    left = [step for step in told.steps if step.answer is Answer.NOT_ASKED]
    for number, step in enumerate(told.steps, 1):
        if step in left[1:]:
            continue
        if len(left) > 1 and step is left[0]:
            names = ", ".join(NAMES[each.question] for each in left)
            yield f"  {number:>2} not asked: {names}"
            continue
        name = NAMES[step.question]
        yield f"{_MARKS[step.answer]} {number:>2} {name:<{width}}  {saw(step, told, words)}"


def _policy(told: Explanation, decision: Decision) -> str:
    """Whose policy it is, and why."""
    invoice = decision.invoice
    if decision.policy is None:
        return f"Policy: none; there is no “{invoice.escalation or told.terms.default}”"
    where = "the sheet" if told.in_sheet else "the config"
    if invoice.escalation:
        whose = "the row names it" if told.origin is Origin.ROW else "the customer's row names it"
    else:
        whose = "the default, since neither the row nor the customer names one"
    return f"Policy: {decision.policy.name}, of {where}; {whose}"


def _ladder(told: Explanation, words: Words) -> Iterator[str]:
    rows = [(place.rung.level.name, _when(place.rung), _stands(told, place, words)) for place in told.ladder]
    wide, wider = (max((len(row[column]) for row in rows), default=0) for column in (0, 1))
    for name, when, stands in rows:
        yield f"  {name:<{wide}}  {when:<{wider}}  {stands}".rstrip()
    if any(place.stage is Stage.LATER and place.day for place in told.ladder):
        yield "  The days to come hold if nothing is paid and each letter goes on its day."


def _when(rung: Rung) -> str:
    """What the level's offset is, in words."""
    level, count = rung.level, Words("en").days(abs(rung.level.offset))
    if level.basis is Basis.PREVIOUS:
        said = f"{count} after the one before"
    elif level.offset == 0:
        said = "on the due date"
    else:
        said = f"{count} {'before the due date' if level.offset < 0 else 'past due'}"
    if level.basis is Basis.END_OF_MONTH:
        said = f"{said}, then the end of that month"
    return said if level.written else f"{said} ({level.channel})"


def _stands(told: Explanation, place: Place, words: Words) -> str:
    day = words.date(place.day) if place.day else ""
    letter = f" ({place.letter})" if place.letter else ""
    match place.stage:
        case Stage.DONE:
            return f"{place.how} on {day}{letter}"
        case Stage.PASSED:
            return "passed over"
        case Stage.OPEN:
            return f"open since {day}{letter}"
        case Stage.NEXT:
            return "next: today" if place.day == told.today else f"next: {day}"
        case Stage.LATER:
            return day


def _level(place: Place) -> dict[str, Any]:
    return {
        "level": place.rung.level.name,
        "place": place.rung.place,
        "offset": place.rung.level.offset,
        "basis": place.rung.level.basis,
        "stage": place.stage,
        "how": place.how,
        "day": _iso(place.day),
        "letter": place.letter,
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
