"""Prints how fast sheetsdun is and what it costs of Google's quota, beside the targets. Nothing here fails.

make bench
make bench ARGS="letters calls"
"""

from __future__ import annotations

import datetime as dt
import gc
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from crowd import TERMS, crowd
from keeper import invoices
from ledger import ONE_DAY
from rehearsal import Rehearsal, embedded_google

from sheetsdun.__main__ import OBJECTS_BETWEEN_COLLECTIONS
from sheetsdun.domain.forecast import forecast
from sheetsdun.domain.plan import plan as plan_for
from sheetsdun.letters import Matter, Sender, Templates, compose, samples
from sheetsdun.letters.reference import new
from sheetsdun.sync.judge import decide_all
from sheetsdun.sync.outcome import Result

TODAY = dt.date(2026, 3, 2)
OVERDUE = TODAY - 12 * ONE_DAY
_KIB_A_MB = 1024
UNITS_A_MINUTE = 6_000

Figure = tuple[str, str, str]
"""What, how much, and the target."""


def startup() -> Iterator[Figure]:
    """``sheetsdun --help`` beside a bare ``import click``, taken in turns: each the median of several."""
    commands = {"import click": ["-c", "import click"], "sheetsdun --help": ["-m", "sheetsdun", "--help"]}
    seconds: dict[str, list[float]] = {what: [] for what in commands}
    for _ in range(15):
        for what, arguments in commands.items():
            seconds[what].append(_run(*arguments).seconds)
    bare, whole = map(statistics.median, seconds.values())
    yield "import click", f"{bare * 1000:.0f} ms", ""
    yield "sheetsdun --help", f"{whole * 1000:.0f} ms, {whole / bare:.2f} times that", "under 2 times"


def plan() -> Iterator[Figure]:
    """``sheetsdun plan`` as a command, its start and its report included.

    1 row in 100 is due, 39 wait, 60 are paid.
    """
    targets = {20: "well under 1 s", 10_000: "under 3 s", 100_000: "linear, under 1 GB"}
    for size in (20, 1_000, 10_000, 100_000):
        with _rehearsal() as rehearsal:
            rehearsal.keeper.append([*_many(size)])
            now = rehearsal.keeper.now().isoformat()
            ended = _run("-m", "sheetsdun", "plan", "--config", str(rehearsal.config), "--now", now)
        own = f"its own part {ended.own:.2f} s"
        yield (
            f"plan for {size:,} rows",
            f"{ended.seconds:.2f} s ({own}), {ended.mb:.0f} MB at the peak",
            targets.get(size, ""),
        )


def decide() -> Iterator[Figure]:
    """One decision for each invoice and the plan of the day, of invoices with ten events each, on one core.

    It begins with what a run has in memory by then: rows that are read, and the log folded to histories. What the
    folding takes is told beside it.
    """
    targets = {100_000: "under 2 s, linear"}
    for size in (10_000, 50_000, 100_000):
        yield _decided(f"decide and plan {size:,} invoices", size, targets.get(size, ""))
    yield _decided("  and 10,000, each with a draft", 10_000, "", drafted=True)


def ahead() -> Iterator[Figure]:
    """``forecast`` over 90 days, from objects in memory, on one core: every due letter taken as sent on its day."""
    targets = {1_000: "seconds"}
    for size in (1_000, 5_000):
        there = crowd(size, TODAY)
        began = time.process_time()
        seen = forecast(there.invoices, there.history, TERMS, TODAY, TODAY + 90 * ONE_DAY)
        took = time.process_time() - began
        count = sum(len(day.letters) for day in seen.days)
        yield (
            f"forecast {size:,} invoices, 90 days",
            f"{took:.2f} s, {count:,} letters",
            targets.get(size, ""),
        )


def letters() -> Iterator[Figure]:
    """Letters composed and made into mails, their headers checked, on one core."""
    templates, source = Templates(), random.Random(1)
    plain = replace(samples.SENDER, ways=())
    kinds: dict[str, tuple[Callable[..., Matter], Sender, str]] = {
        "one invoice": (samples.one, plain, "at least 300"),
        "several": (samples.several, plain, "at least 300"),
        "several, with a payment code": (samples.several, samples.SENDER, ""),
    }
    for name, (sample, sender, target) in kinds.items():
        taken: set[str] = set()
        matters = [
            sample(language, "firm", overdue=True) for _ in range(300) for language in ("en", "de", "ru")
        ]
        for matter in matters[:3]:
            _compose(matter, sender, templates, source, taken)  # compiles the templates
        began = time.process_time()
        for matter in matters:
            _compose(matter, sender, templates, source, taken)
        rate = len(matters) / (time.process_time() - began)
        yield f"letters a second, {name}", f"{rate:.0f}", target


def calls() -> Iterator[Figure]:
    """HTTP requests of a run; the time is without the pauses that Google's quotas ask for, which are told beside it."""
    for due in (0, 1, 100, 1_000):
        with _rehearsal() as rehearsal:
            rehearsal.keeper.append(invoices([OVERDUE] * due + [TODAY + 20 * ONE_DAY] * 10))
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


def sends() -> Iterator[Figure]:
    """A run that drafts and sends 500 letters against Google's quotas, on a clock that jumps where it waits for them.

    The least time is what the units that it uses take, the first minute's being there at once.
    """
    with _rehearsal(delivery="send", quotas=True) as rehearsal:
        rehearsal.keeper.append(invoices([OVERDUE] * 500))
        before = len(rehearsal.keeper.read().get("developerMetadata", ()))
        run = rehearsal.sync()
        used = rehearsal.keeper.used()
        links = len(rehearsal.keeper.read()["developerMetadata"]) - before
    sent = sum(each.result is Result.SENT for each in run.told.letters)
    took, least = run.seconds + run.paused, (used["units"] / UNITS_A_MINUTE - 1) * 60
    rate = f"{took / 60:.1f} minutes, {least / took:.0%} of the rate that {used['units']:,} units allow"
    yield f"{sent} sends", rate, "at least 90%"
    yield "  calls refused for the rate", str(used["refused"]), "0"
    yield "  links of the chain", str(links), "1,600 in seven days"


SECTIONS = {
    "startup": startup,
    "plan": plan,
    "decide": decide,
    "ahead": ahead,
    "letters": letters,
    "calls": calls,
    "sends": sends,
}


@click.command()
@click.argument("sections", nargs=-1, type=click.Choice([*SECTIONS]))
def main(sections: tuple[str, ...]) -> None:
    """Print the figures: of all sections, or of those that are named."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)  # as the command line has it
    _row("", "measured", "target")
    for name in sections or SECTIONS:
        for figure in SECTIONS[name]():
            _row(*figure)


@contextmanager
def _rehearsal(**options: Any) -> Iterator[Rehearsal]:
    """A fresh one, its Google in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="sheetsdun-bench-") as name:
        folder = Path(name)
        with embedded_google(folder / "google") as google:
            yield Rehearsal(folder, google, start=TODAY, **options)


def _row(what: str, measured: str, target: str) -> None:
    print(f"{what:<30}  {measured:<58}  {target}".rstrip(), flush=True)


@dataclass(frozen=True, slots=True)
class _Ended:
    """A run of Python that has ended well.

    Attributes:
        seconds: From its start to its end.
        own: Seconds of the processor, without those of the embedded Google.
        mb: Of memory, at the peak.
    """

    seconds: float
    own: float
    mb: float


def _run(*arguments: str) -> _Ended:
    began = time.perf_counter()
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        # Beside the end of a process this tells what it has used.
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return _Ended(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / _KIB_A_MB)


def _many(size: int) -> Iterable[list[str]]:
    offsets = (-12 if number % 100 == 0 else 40 for number in range(size))
    rows = invoices(TODAY + offset * ONE_DAY for offset in offsets)
    for number, row in enumerate(rows):
        amount = row[5]
        yield [*row[:6], amount if number % 100 >= 40 else ""]


def _decided(what: str, size: int, target: str, *, drafted: bool = False) -> Figure:
    began = time.process_time()
    many = crowd(size, TODAY, drafted=drafted)
    made = time.process_time() - began
    gc.collect()
    began = time.process_time()
    decisions = decide_all(many.invoices, many.history, TERMS, TODAY)
    planned = plan_for(decisions, many.history, TERMS, TODAY)
    taken = time.process_time() - began
    told = f"{len(planned.reminders):,} letters"
    return (
        what,
        f"{taken:.2f} s, {taken / size * 1e6:.0f} µs each, {told} (to make and fold {many.events:,} events: {made:.1f} s)",
        target,
    )


def _compose(
    matter: Matter, sender: Sender, templates: Templates, source: random.Random, taken: set[str]
) -> None:
    letter = new(source, taken)
    taken.add(letter)
    compose(
        matter,
        letter=letter,
        spreadsheet="sheet-1",
        sender=sender,
        templates=templates,
        today=samples.TODAY,
    ).mime()


if __name__ == "__main__":
    main()
