"""Where a backfill takes the levels from: a day and one level for all, a list, or a column of the sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Policy
from sheetsdun.domain.terms import Terms
from sheetsdun.errors import UsageError
from sheetsdun.ports import Snapshot
from sheetsdun.rows.columns import Columns, key, places
from sheetsdun.rows.identity import Identity
from sheetsdun.rows.locales import Notation
from sheetsdun.rows.parse import rows
from sheetsdun.rows.text import clean


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says of one invoice.

    Attributes:
        where: The place where it is said, such as ``line 3``.
        invoice: Its number, as it is written there.
        level: The name of the level that it has behind it.
        of_many: Nobody named the invoice: where its ladder has no such level it is left out, and no mistake was made.
    """

    where: str
    invoice: str
    level: str
    of_many: bool = False


Source: TypeAlias = Callable[[Sequence[Invoice], Snapshot, Terms], Iterable[Claim]]
"""Where the claims come from, once the sheet is read."""


def due_before(day: dt.date, level: str) -> Source:
    """Every invoice that was due before a day has this level behind it, where its policy has one of that name.

    Raises:
        UsageError: No policy has it.
    """

    def claims(invoices: Sequence[Invoice], _snapshot: Snapshot, terms: Terms) -> Iterator[Claim]:
        if not any(place_of(policy, level) for policy in terms.policies.values()):
            names = dict.fromkeys(each.name for policy in terms.policies.values() for each in policy.levels)
            raise UsageError(f"No policy has a level “{level}”.", f"There are {', '.join(names)}.")
        for invoice in invoices:
            if invoice.id and invoice.due and invoice.due < day:
                yield Claim(f"row {invoice.row}", invoice.id, level, of_many=True)

    return claims


def listed(claims: Iterable[Claim]) -> Source:
    """Claims that are known already."""
    return lambda _invoices, _snapshot, _terms: claims


def column(header: str, tab: str, columns: Columns) -> Source:
    """A column of the invoice tab holds the levels; an empty cell claims nothing.

    Raises:
        UsageError: There is no such column, or it stands twice.
    """

    def claims(_invoices: Sequence[Invoice], snapshot: Snapshot, _terms: Terms) -> Iterator[Claim]:
        table = snapshot.tables[tab]
        found = [place for place, title in enumerate(table.header) if key(title) == key(header)]
        if len(found) != 1:
            raise UsageError(
                f"The tab “{table.title}” has {'no column' if not found else 'several columns'} “{header}”."
            )
        where = places(table.header, columns)
        identity = Identity.at(where, columns, Notation.of(snapshot.locale))
        for number, values, shown in rows(table):
            level = clean(shown[found[0]]) if found[0] < len(shown) else ""
            name = identity.of(values, shown) if identity else ""
            if level and name:
                yield Claim(f"row {number}", name, level)

    return claims


def place_of(policy: Policy, level: str) -> int | None:
    """1-based place of a level, its name without regard to case."""
    wanted = level.casefold()
    return next(
        (place for place, each in enumerate(policy.levels, start=1) if each.name.casefold() == wanted), None
    )
