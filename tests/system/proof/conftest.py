"""The embedded Google with a busy morning in it, as often as it is wanted; and the figures of the proof."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from embedded.google import EmbeddedGoogle
from embedded.morning import Morning

SOAK = bool(os.environ.get("SHEETSDUN_SOAK"))
"""Try everything, not a sample: ``make soak``."""

FIGURES = "proof"
NEVER = ("duplicates", "losses", "wrong rows", "human cells", "log")
"""What is told even if there was none."""


@pytest.fixture(scope="session")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    folder = tmp_path_factory.mktemp("proof")
    with EmbeddedGoogle(folder / "google") as google:
        yield Morning(google, folder)


@pytest.fixture(scope="session")
def soak() -> bool:
    return SOAK


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Iterator[Counter[str]]:
    """What this test has tried and found; summed up at the end of a soak."""
    counted: Counter[str] = Counter()
    yield counted
    record_property(FIGURES, dict(counted))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    total: Counter[str] = Counter(dict.fromkeys(NEVER, 0))
    tried = [
        dict(report.user_properties).get(FIGURES, {})
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "teardown"
    ]
    for counted in tried:
        total.update(counted)
    if SOAK and any(tried):
        terminalreporter.section("send once, write to the right row")
        for name, count in total.items():
            terminalreporter.write_line(f"{count:>7,}  {name}")
