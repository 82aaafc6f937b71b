"""The status columns read back: what they say of an invoice's reminders when the log cannot be asked any more.

They are a projection of the log and prove nothing by themselves, since a person may have typed there; but together
with the mailbox they tell the level of a letter, which no letter names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sheetsdun.domain.decision import Reason
from sheetsdun.domain.policy import Policy, Rung
from sheetsdun.domain.reasons import Code
from sheetsdun.ports import Table, Value
from sheetsdun.rows import dates
from sheetsdun.rows.columns import Columns, places
from sheetsdun.rows.identity import Identity
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.parse import rows
from sheetsdun.rows.text import clean
from sheetsdun.rows.words import Words
from sheetsdun.rows.words.language import Phrase

_DRAFTED = (
    Code.DRAFT_UNFINISHED, Code.DRAFT_READY, Code.DRAFT_EDITED, Code.DRAFT_SENDING, Code.DRAFT_GONE,
    Code.DRAFT_WITHDRAWING, Code.DRAFT_DISCARDED, Code.DRAFT_UNCERTAIN,
)  # fmt: skip
"""With these the level column names the level of a letter that is not known to have gone."""

_DUE = (Code.LEVEL_DUE, Code.DEBTOR_DRAFT)
"""With these, and with a task, it names a level for which there is no letter yet."""

_SENT_LINKS = (Phrase.LINK_SENT, Phrase.LINK_ANSWER)
_MARK = "SD-"
"""How every reference begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the status columns say of one invoice.

    Attributes:
        rung: The level, on the row's own policy; None where they name none that it has.
        ahead: That level is not completed.
        drafted: There is a letter for it, as far as the sheet knows.
        last: The day of the last reminder.
        draft: What the Draft column says, for a reference to be found in.
        sent: The Draft column leads to a letter that was sent.
    """

    rung: Rung | None = None
    ahead: bool = False
    drafted: bool = False
    last: dt.date | None = None
    draft: str = ""
    sent: bool = False


def read_back(
    table: Table, columns: Columns, locale: str, words: Words, policies: Mapping[str, Policy]
) -> dict[str, Said]:
    """Read the status columns.

    Args:
        table: The invoice tab, with all of its columns.
        columns: Which header each field has.
        locale: The spreadsheet's.
        words: The language of the status columns.
        policies: Of each invoice, by identity.

    Returns:
        What is said of each invoice that has a policy; of one whose number stands in several rows, nothing.
    """
    where = places(table.header, columns)
    notation = Notation.of(locale)
    identity = Identity.at(where, columns, notation)
    found: dict[str, Said | None] = {}
    for _, values, shown in rows(table):
        name = identity.of(values, shown) if identity else ""
        policy = policies.get(name)
        if policy is None:
            continue
        texts = {
            field: clean(shown[where[field]]) if field in where and where[field] < len(shown) else ""
            for field in ("reminder_status", "reminder_level", "last_reminder", "draft")
        }
        found[name] = (
            None if name in found else _said(texts, _day(values, where, texts, notation), policy, words)
        )
    return {name: said for name, said in found.items() if said is not None}


def _day(
    values: Sequence[Value], where: Mapping[str, int], texts: Mapping[str, str], notation: Notation
) -> dt.date | None:
    text = texts["last_reminder"]
    day = dates.read(values[where["last_reminder"]], text, notation) if text else None
    return day if isinstance(day, dt.date) else None


def _said(texts: Mapping[str, str], last: dt.date | None, policy: Policy, words: Words) -> Said:
    rungs = [Rung(policy, place) for place in range(1, len(policy.levels) + 1)]
    level = texts["reminder_level"]
    status, draft = texts["reminder_status"], texts["draft"]
    if not status:  # half wiped: nobody can tell whether the level is completed
        return Said()
    stated = (each for each in rungs if words.step(each.level.name, each.place, len(policy.levels)) == level)
    rung = next(stated, None)
    drafted = rung is not None and status in _statuses(_DRAFTED, rung, words)
    due = rung is not None and (
        status in _statuses(_DUE, rung, words) or status.startswith(words.task(rung.level.channel))
    )
    return Said(
        rung=rung,
        ahead=drafted or due,
        drafted=drafted,
        last=last,
        draft=draft,
        sent=any(draft.startswith(words.phrase(phrase, letter=_MARK)) for phrase in _SENT_LINKS),
    )


def _statuses(codes: Iterable[Code], rung: Rung, words: Words) -> set[str]:
    return {words.status(Reason(code, rung.naming)) for code in codes}
