"""The team's own tests of its ladders, held against them before anything is done."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsdun.domain.expect import Expectation, failure
from sheetsdun.domain.terms import Terms
from sheetsdun.errors import UsageError


def failures(expectations: Sequence[Expectation], terms: Terms) -> list[str]:
    """One sentence for each that does not hold, with its line."""
    found = ((each.where, failure(each, terms)) for each in expectations)
    return [f"{where}: {what}." for where, what in found if what]


def hold(expectations: Sequence[Expectation], terms: Terms) -> None:
    """See that all of them hold.

    Raises:
        UsageError: Some do not; all are told.
    """
    if found := failures(expectations, terms):
        listed = "".join(f"\n  {each}" for each in found)
        of = (
            f"{len(found)} of {len(expectations)} expectations {'does' if len(found) == 1 else 'do'} not hold"
        )
        raise UsageError(
            f"{of}, so nothing was done:{listed}",
            "Mend the ladder, or what [[expect]] says of it. `sheetsdun check` tries them again.",
        )
