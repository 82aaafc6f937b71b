"""What a line of a story can say: acts of people, and what a run must bring about."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

from sheetsdun.rows.columns import DEFAULTS

Cell: TypeAlias = str | float | dt.date

HEADERS = tuple(DEFAULTS.values())
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})")


class Unclear(Exception):
    """A line that nobody understands."""


def day(text: str) -> dt.date:
    """``2 Mar 2026``."""
    found = _DAY.fullmatch(text)
    if not found:
        raise Unclear(f"“{text}” is no date, such as 2 Mar 2026")
    return dt.date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))


def cell(text: str) -> Cell:
    """A cell as somebody types it: a date, a number or text; ``empty`` for nothing."""
    if _DAY.fullmatch(text):
        return day(text)
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return "" if text == "empty" else text


def names(text: str) -> tuple[str, ...]:
    """``INV-1, INV-2 and INV-3``."""
    return tuple(part.strip() for part in text.replace(" and ", ", ").split(",") if part.strip())


# -- acts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Write:
    """Somebody types into a cell of invoices' rows."""

    invoices: tuple[str, ...]
    header: str
    value: Cell


@dataclass(frozen=True)
class Remove:
    """Somebody deletes a row."""

    invoice: str


@dataclass(frozen=True)
class InGmail:
    """The reviewer sends, deletes or edits the draft about an invoice; its customer answers, or a robot does."""

    invoice: str
    what: str


@dataclass(frozen=True)
class Pay:
    """A row in the Payments tab."""

    amount: Cell
    day: dt.date
    reference: str


@dataclass(frozen=True)
class Relay:
    """The config is changed: a ladder is another one from now on."""

    policy: str
    levels: str


# -- outcomes ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Letter:
    """A new draft, or a letter that went."""

    went: bool
    to: str
    level: str
    invoices: frozenset[str]
    total: Decimal
    currency: str
    listed: frozenset[str] = frozenset()

    def __str__(self) -> str:
        also = f"; it also lists {', '.join(sorted(self.listed))}" if self.listed else ""
        about = ", ".join(sorted(self.invoices))
        return f"A {'letter' if self.went else 'draft'} to {self.to}: {self.level} for {about}, {self.total} {self.currency}{also}"


@dataclass(frozen=True)
class Many:
    """So many new drafts of one level, whoever they are for."""

    count: int
    level: str


@dataclass(frozen=True)
class Task:
    """Something that a person is asked to do."""

    channel: str
    invoice: str
    level: str

    def __str__(self) -> str:
        return f"A task: {self.channel} about {self.invoice}, {self.level}"


@dataclass(frozen=True)
class Back:
    """A draft that is taken back."""

    invoices: frozenset[str]

    def __str__(self) -> str:
        return f"Taken back: the draft about {', '.join(sorted(self.invoices))}"


@dataclass(frozen=True)
class Reads:
    """What stands under a header of ours."""

    invoice: str
    header: str
    text: str


@dataclass(frozen=True)
class Says:
    """What the latest letter about an invoice says, or must not say."""

    invoice: str
    text: str
    there: bool


@dataclass(frozen=True)
class Loose:
    """A payment that a person must match."""

    amount: str
    why: str


@dataclass(frozen=True)
class Nothing:
    """No letter, no task, nothing taken back."""


Act: TypeAlias = Write | Remove | InGmail | Pay | Relay
Outcome: TypeAlias = Letter | Many | Task | Back | Reads | Says | Loose | Nothing
T = TypeVar("T")
_Form: TypeAlias = tuple[str, Callable[..., T]]

_INVOICE = r"(?P<invoice>.+?)"
_LEVEL = r"(?P<level>[\w-]+)"
_SUM = r"(?P<total>[\d.]+) (?P<currency>[A-Z]{3})"
_HEADER = "|".join(sorted(HEADERS, key=len, reverse=True))


def _letter(
    went: str, to: str, level: str, about: str, total: str, currency: str, listed: str | None
) -> Letter:
    return Letter(
        went == "letter",
        to,
        level,
        frozenset(names(about)),
        Decimal(total),
        currency,
        frozenset(names(listed or "")),
    )


_ACTS: Sequence[_Form[Act]] = (
    (rf"the draft about {_INVOICE} is (?P<what>sent|deleted|edited)", InGmail),
    (rf"the customer of {_INVOICE} (?P<what>answers|is out of office)", InGmail),
    (
        r"(?P<amount>\S+) is paid on (?P<on>.+?), with the reference “(?P<reference>.*)”",
        lambda amount, on, reference: Pay(cell(amount), day(on), reference),
    ),
    (r"the ladder (?P<policy>[\w-]+) is now (?P<levels>.+)", Relay),
    (rf"the row of {_INVOICE} is deleted", Remove),
    (
        rf"{_INVOICE}: (?P<header>{_HEADER}) is now (?P<value>.+)",
        lambda invoice, header, value: Write(names(invoice), header, cell(value)),
    ),
)

_OUTCOMES: Sequence[_Form[Outcome]] = (
    (r"nothing new", Nothing),
    (r"(?P<count>\d+) new drafts, each (?P<level>[\w-]+)", lambda count, level: Many(int(count), level)),
    (
        rf"a (?P<went>draft|letter) to (?P<to>\S+): {_LEVEL} for (?P<about>.+), {_SUM}(?:; it also lists (?P<listed>.+))?",
        _letter,
    ),
    (rf"a task: (?P<channel>[a-z]+) about {_INVOICE}, (?P<level>[\w-]+)", Task),
    (r"taken back: the draft about (?P<about>.+)", lambda about: Back(frozenset(names(about)))),
    (
        rf"the (?:draft|letter) about {_INVOICE} (?P<how>says|does not say) “(?P<text>.+)”",
        lambda invoice, how, text: Says(invoice, text, how == "says"),
    ),
    (r"left for a person: the payment of (?P<amount>\S+), which (?P<why>.+)", Loose),
    (rf"the note of {_INVOICE}: (?P<text>.+)", lambda invoice, text: Reads(invoice, "Reminder note", text)),
    (rf"{_INVOICE}: (?P<text>.+)", lambda invoice, text: Reads(invoice, "Reminder status", text)),
)


def act(text: str) -> Act:
    """What somebody does."""
    return _understood(text, _ACTS, "nobody knows how to do this")


def outcome(text: str) -> Outcome:
    """What must come out."""
    return _understood(text, _OUTCOMES, "nobody knows how to look for this")


def _understood(text: str, forms: Sequence[_Form[T]], wrong: str) -> T:
    for form, make in forms:
        # Only the first word may begin with a capital where the form has none.
        if found := re.fullmatch(form, text) or re.fullmatch(form, text[:1].lower() + text[1:]):
            given: dict[str, Any] = found.groupdict()
            return make(**given)
    raise Unclear(f"{wrong}: {text}")


def invoices(said: Act | Outcome) -> tuple[str, ...]:
    """The invoices that a line names."""
    match said:
        case Remove() | InGmail() | Task() | Reads() | Says():
            return (said.invoice,)
        case Write() | Back():
            return tuple(said.invoices)
        case Letter():
            return (*said.invoices, *said.listed)
    return ()
