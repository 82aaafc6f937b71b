"""Prints how fast sheetsdun is and what it costs of Google's quota, beside the targets. Nothing here fails.

make bench
make bench ARGS="letters calls"
"""

from __future__ import annotations

import datetime as dt
import json
import math
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from ledger import ONE_DAY
from rehearsal import Rehearsal, embedded_google, invoices

from sheetsdun.letters import Matter, Templates, compose, samples
from sheetsdun.letters.reference import new
from sheetsdun.sync.outcome import Result

TODAY = dt.date(2026, 3, 2)
OVERDUE = TODAY - 12 * ONE_DAY

Figure = tuple[str, str, str]
"""What, how much, and the target."""


def startup() -> Iterator[Figure]:
    """``sheetsdun --help`` beside a bare ``import click``, each the median of several."""
    python = [sys.executable, "-c"]
    bare = _median([*python, "import click"])
    whole = _median([*python, "from sheetsdun.__main__ import main; main()", "--help"])
    yield "import click", f"{bare * 1000:.0f} ms", ""
    yield "sheetsdun --help", f"{whole * 1000:.0f} ms, {whole / bare:.2f} times that", "under 2 times"


def plan() -> Iterator[Figure]:
    """Reading, deciding and planning, in a process of its own; 1 row in 100 is due, 39 wait, 60 are paid."""
    targets = {10_000: "under 3 s", 100_000: "linear, under 1 GB"}
    for size in (1_000, 10_000, 100_000):
        with _rehearsal() as rehearsal:
            rehearsal.append([*_many(size)])
            child = [sys.executable, str(Path(__file__).parent / "plan_once.py"), str(rehearsal.config)]
            now = rehearsal.now().isoformat()
            ended = subprocess.run([*child, now], capture_output=True, text=True, check=True)
        took = json.loads(ended.stdout)
        told = f"{took['seconds']:.2f} s (its own part {took['own']:.2f} s), {took['mb']:.0f} MB at the peak"
        what = f"plan for {took['rows']:,} rows, {took['letters']:,} letters"
        yield what, told, targets.get(size, "")


def letters() -> Iterator[Figure]:
    """Letters composed and made into mails, their headers checked, on one core."""
    templates, source = Templates(), random.Random(1)
    kinds: dict[str, Callable[..., Matter]] = {"one invoice": samples.one, "several": samples.several}
    for name, sample in kinds.items():
        taken: set[str] = set()
        matters = [
            sample(language, "firm", overdue=True) for _ in range(300) for language in ("en", "de", "ru")
        ]
        for matter in matters[:3]:
            _compose(matter, templates, source, taken)  # compiles the templates
        began = time.process_time()
        for matter in matters:
            _compose(matter, templates, source, taken)
        rate = len(matters) / (time.process_time() - began)
        yield f"letters a second, {name}", f"{rate:.0f}", "at least 300"


def calls() -> Iterator[Figure]:
    """HTTP requests of a run; the time is without the pauses that Google's quotas ask for, which are told beside it."""
    for due in (0, 1, 100, 1_000):
        with _rehearsal() as rehearsal:
            rehearsal.append(invoices([OVERDUE] * due + [TODAY + 20 * ONE_DAY] * 10))
            first, second = rehearsal.sync(), rehearsal.sync()
        drafted = sum(each.result is Result.DRAFTED for each in first.told.letters)
        by_api = ", ".join(f"{api} {number}" for api, number in first.told.calls.items() if number)
        took = f"{first.seconds:.1f} s" + (f" and {first.paused:.0f} s of pauses" if first.paused else "")
        most = 12 + 4 * math.ceil(due / 50)
        yield (
            f"requests for {drafted:,} new drafts",
            f"{first.requests} ({by_api}), {took}",
            f"at most {most}",
        )
        yield "  and when nothing is new", str(second.requests), "at most 5"


SECTIONS = {"startup": startup, "plan": plan, "letters": letters, "calls": calls}


@click.command()
@click.argument("sections", nargs=-1, type=click.Choice([*SECTIONS]))
def main(sections: tuple[str, ...]) -> None:
    """Print the figures: of all sections, or of those that are named."""
    _row("", "measured", "target")
    for name in sections or SECTIONS:
        for figure in SECTIONS[name]():
            _row(*figure)


@contextmanager
def _rehearsal() -> Iterator[Rehearsal]:
    """A fresh one, its Google in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="sheetsdun-bench-") as name:
        folder = Path(name)
        with embedded_google(folder / "google") as google:
            yield Rehearsal(folder, google, start=TODAY)


def _row(what: str, measured: str, target: str) -> None:
    print(f"{what:<42}  {measured:<58}  {target}".rstrip(), flush=True)


def _median(command: list[str]) -> float:
    return statistics.median(_seconds(command) for _ in range(15))


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _many(size: int) -> Iterable[list[str]]:
    offsets = (-12 if number % 100 == 0 else 40 for number in range(size))
    rows = invoices(TODAY + offset * ONE_DAY for offset in offsets)
    for number, row in enumerate(rows):
        amount = row[5]
        yield [*row[:6], amount if number % 100 >= 40 else ""]


def _compose(matter: Matter, templates: Templates, source: random.Random, taken: set[str]) -> None:
    letter = new(source, taken)
    taken.add(letter)
    compose(
        matter,
        letter=letter,
        spreadsheet="sheet-1",
        sender=samples.SENDER,
        templates=templates,
        today=samples.TODAY,
    ).mime()


if __name__ == "__main__":
    main()
