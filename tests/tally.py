"""Figures of the proof: what the tests have tried and what they found, counted while they go and told at the end.

A zero among them is a count, like the other figures: each place where a duplicate, a loss or a wrong row would show is
looked at, and whatever is found there is added, before the test fails because of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sized
from typing import Any

PROPERTY = "tally"
NEVER = (
    "duplicates",
    "losses",
    "wrong rows",
    "human cells",
    "edits lost",
    "log",
    "hostile cells that got through",
)
"""What is told even if there was none."""

SHORT = (
    "crash points × kinds of fault", "concurrent runs", "edits", "days in the office", "hostile cells", "letters counted",
)  # fmt: skip
"""What one line tells at the end of any run of the tests; a figure counts for it whose name begins so."""


class Tally(Counter[str]):
    """The figures of one test."""

    def wrong(self, cases: Mapping[str, Sized]) -> None:
        """Count what was found wrong, by kind."""
        for kind, found in cases.items():
            self[kind] += len(found)


def total(reports: Iterable[Any]) -> Tally:
    """All figures of the tests of these reports; with xdist, they have come from the workers."""
    found = Tally()
    for report in reports:
        if getattr(report, "when", "") == "teardown":
            found.update(dict(report.user_properties).get(PROPERTY, {}))
    return found


def short(figures: Tally) -> str:
    """One line."""
    tried = {
        name: sum(count for figure, count in figures.items() if figure.startswith(name)) for name in SHORT
    }
    told = [f"{count:,} {name}" for name, count in tried.items() if count]
    return f"Sent once: {', '.join(told)}; {', '.join(f'{figures[name]:,} {name}' for name in NEVER)}."


def table(figures: Tally) -> list[str]:
    """A line for each figure: what was tried, then what must be none."""
    tried = sorted(figures.keys() - set(NEVER))
    return [f"{figures[name]:>11,}  {name}" for name in (*tried, *NEVER)]
