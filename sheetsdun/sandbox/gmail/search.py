"""A query's conditions as SQL over the columns of `gmail_messages m`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sheetsdun.sandbox.gmail import labels
from sheetsdun.sandbox.gmail.mail import as_words
from sheetsdun.sandbox.gmail.query import All, Either, Node, Not, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetsdun.sandbox.gmail.mailbox import Mailbox

# "All dates used in the search query are interpreted as midnight on that date in the PST timezone."
_PACIFIC = ZoneInfo("America/Los_Angeles")
_DAY = 86_400_000
_AGES = {"h": _DAY // 24, "d": _DAY, "w": 7 * _DAY, "m": 30 * _DAY, "y": 365 * _DAY}
_SIZES = {"": 1, "k": 1024, "m": 1024**2}
_COLUMNS = {
    "": "words",
    "from": "from_words",
    "to": "to_words",
    "deliveredto": "to_words",
    "cc": "cc_words",
    "bcc": "bcc_words",
    "subject": "subject_words",
    "filename": "filename_words",
}
_COMPARISONS = {"larger": ">", "size": ">", "smaller": "<"}
_HIDDEN = ("SPAM", "TRASH")


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL, and the values for its question marks."""

    sql: str
    values: tuple[object, ...] = ()


EVERY = Condition("1")
NONE = Condition("0")


def condition(mailbox: Mailbox, node: Node) -> Condition:
    """The condition of a query."""
    match node:
        case Term(field, value):
            return _term(mailbox, field, value)
        case Not(inner):
            negated = condition(mailbox, inner)
            return Condition(f"NOT ({negated.sql})", negated.values)
        case All(nodes):
            return joined(" AND ", [condition(mailbox, inner) for inner in nodes])
        case Either(nodes):
            return joined(" OR ", [condition(mailbox, inner) for inner in nodes])


def joined(word: str, conditions: list[Condition]) -> Condition:
    """Conditions put together; none at all is always true."""
    if not conditions:
        return EVERY
    sql = word.join(f"({part.sql})" for part in conditions)
    return Condition(sql, tuple(value for part in conditions for value in part.values))


def labelled(mailbox: Mailbox, *ids: str) -> Condition:
    """Having one of these labels."""
    marks = ", ".join("?" * len(ids))
    return Condition(
        f"m.id IN (SELECT message FROM gmail_message_labels WHERE mailbox = ? AND label IN ({marks}))",  # noqa: S608  # question marks only
        (mailbox.address, *ids),
    )


def in_sight(mailbox: Mailbox) -> Condition:
    """Neither in spam nor in the bin."""
    hidden = labelled(mailbox, *_HIDDEN)
    return Condition(f"NOT ({hidden.sql})", hidden.values)


def looks_into_bin(node: Node) -> bool:
    """Whether a query asks for spam or trash by name, so that they are not left out."""
    return any(
        term.field in {"in", "label"} and term.value.lower() in {"anywhere", "spam", "trash"}
        for term in _asked(node)
    )


def _asked(node: Node) -> Iterator[Term]:
    match node:
        case Term():
            yield node
        case All(nodes) | Either(nodes):
            for inner in nodes:
                yield from _asked(inner)
        case Not():
            return


def _term(mailbox: Mailbox, field: str, value: str) -> Condition:  # noqa: PLR0911  # one return an operator
    if field in _COLUMNS:
        own = field in {"from", "to", "cc", "bcc", "deliveredto"} and value.lower() == "me"
        words = as_words(mailbox.address if own else value)
        return Condition(f"instr(m.{_COLUMNS[field]}, ?)", (words,)) if words.strip() else EVERY
    if field == "rfc822msgid":
        return Condition("m.message_id = ?", (value.strip("<>"),))
    if field == "has":
        return _having(mailbox, value.lower())
    if field in _COMPARISONS:
        size = re.fullmatch(r"(\d{1,12})([km]?)b?", value.lower())
        number = int(size[1]) * _SIZES[size[2]] if size else 0
        return Condition(f"m.size {_COMPARISONS[field]} ?", (number,)) if size else NONE
    if field in {"newer_than", "older_than"}:
        age = re.fullmatch(r"(\d{1,6})([hdwmy])", value.lower())
        sign = ">=" if field == "newer_than" else "<"
        return (
            Condition(f"m.internal_date {sign} ?", (mailbox.now - int(age[1]) * _AGES[age[2]],))
            if age
            else NONE
        )
    if field in {"after", "newer", "before", "older"}:
        instant = _instant(value)
        sign = ">=" if field in {"after", "newer"} else "<"
        return Condition(f"m.internal_date {sign} ?", (instant,)) if instant is not None else NONE
    return _place(mailbox, field, value)


def _having(mailbox: Mailbox, what: str) -> Condition:
    """The operator has: an attachment, labels of one's own, or none."""
    if what == "attachment":
        return Condition("m.attachments > 0")
    if what not in {"userlabels", "nouserlabels"}:
        return NONE
    own = "m.id IN (SELECT message FROM gmail_message_labels WHERE mailbox = ? AND label LIKE 'Label^_%' ESCAPE '^')"
    return Condition(own if what == "userlabels" else f"NOT ({own})", (mailbox.address,))


def _place(mailbox: Mailbox, field: str, value: str) -> Condition:
    """The operators in:, is:, label: and category:."""
    if field == "in" and value.lower() == "anywhere":
        return EVERY
    if field == "is" and value.lower() == "read":
        unread = labelled(mailbox, "UNREAD")
        return Condition(f"NOT ({unread.sql})", unread.values)
    found = labels.searched(mailbox, f"category_{value}" if field == "category" else value)
    return labelled(mailbox, *found) if found else NONE


def _instant(value: str) -> int | None:
    """Milliseconds since 1970 of a date (at midnight in California) or of a number of seconds."""
    if re.fullmatch(r"\d{5,12}", value):
        return int(value) * 1000
    parts = re.fullmatch(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})", value)
    numbers = parts.groups() if parts else None
    if numbers is None and (parts := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", value)):
        numbers = (parts[3], parts[1], parts[2])
    if numbers is None:
        return None
    try:
        year, month, day = map(int, numbers)
        return int(datetime(year, month, day, tzinfo=_PACIFIC).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
