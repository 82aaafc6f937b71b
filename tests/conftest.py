"""The figures of the proof, gathered from every test that has some."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
import tally

SOAK = float(os.environ.get("SHEETSDUN_SOAK", "0"))
"""1 for ``make soak``, which tries everything; 0.1 for about a tenth of it; 0 for a sample that takes minutes."""


@pytest.fixture(scope="session")
def soak() -> float:
    return SOAK


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Iterator[tally.Tally]:
    """What this test has tried and found; summed up at the end."""
    counted = tally.Tally()
    yield counted
    record_property(tally.PROPERTY, dict(counted))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    found = tally.total(report for reports in terminalreporter.stats.values() for report in reports)
    if not found:
        return
    if SOAK:
        terminalreporter.section("send once, write to the right row")
        for line in tally.table(found):
            terminalreporter.write_line(line)
    else:
        terminalreporter.write_line(tally.short(found))
