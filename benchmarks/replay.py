"""Lives through a real ledger, day by day, with the real clients, and checks every reminder against plain arithmetic.

    make replay LEDGER=receivables.csv
    make replay LEDGER=receivables.csv ARGS="--days 60"
    make replay LEDGER=receivables.csv ARGS="--write docs/replay.md"

Each morning the invoices issued that day are typed into the sheet, those settled that day are marked as paid, and one
sync runs. Everything is sent by itself; every day is a sending day. Exits with 1 where the two counts differ.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
from keeper import PAID, typed
from ledger import ONE_DAY, Entry, count, read, table
from rehearsal import Rehearsal, Run, embedded_google

from sheetsdun.sync.outcome import Result

_PROGRESS_DAYS = 30


@dataclass(slots=True)
class Replay:
    """What has happened so far.

    Attributes:
        sent: Reminders by level and month.
        pairs: How often an invoice got a level.
        calls: HTTP requests by API.
        seconds: Of each sync.
        trouble: Sentences about what did not go as it should.
    """

    sent: Counter[tuple[str, str]] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def note(self, day: dt.date, run: Run) -> None:
        """Take in one day's sync."""
        self.calls.update(run.told.calls)
        self.seconds.append(run.seconds)
        self.trouble += [f"{day}: {warning}" for warning in run.outcome.warnings]
        for each in run.told.letters:
            if each.result is not Result.SENT:
                self.trouble.append(f"{day}: {each.letter.id} {each.result}: {each.note}")
                continue
            for part in each.letter.climbed:
                self.sent[part.level, f"{day:%Y-%m}"] += 1
                self.pairs[part.invoice, part.level] += 1


@click.command()
@click.argument("ledger", type=click.Path(path_type=Path), required=False)
@click.option("--days", type=click.IntRange(1), help="Live through so many days only.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Live up to this day only.")
@click.option(
    "--write",
    type=click.Path(path_type=Path),
    help="Write the result into this file, too, if the counts agree.",
)
def main(ledger: Path | None, days: int | None, until: dt.datetime | None, write: Path | None) -> None:
    """Live through a ledger day by day, and check the reminders against a plain count."""
    if ledger is None or not ledger.is_file():
        print(f"Skipped: there is no ledger{f' at {ledger}' if ledger else ''}; name one with LEDGER=path.")
        return
    entries = read(ledger)
    first, last = entries[0].issued, max(entry.settled for entry in entries)
    if days:
        last = min(last, first + (days - 1) * ONE_DAY)
    if until:
        last = min(last, until.date())
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="sheetsdun-replay-") as name:
        replay = live(Path(name), entries, first, last)
    expected = count(entries, last)
    told = report(replay, entries, first, last, time.perf_counter() - began)
    print(told)
    wrong = [*differences(replay, expected), *replay.trouble]
    if write and not wrong:
        write.write_text(f"{_TITLE}\n{told}", encoding="utf-8")
    print("\n".join(wrong) if wrong else "Both counts agree.")
    sys.exit(1 if wrong else 0)


def live(folder: Path, entries: Sequence[Entry], first: dt.date, last: dt.date) -> Replay:
    """Live from one day to another, both included."""
    replay = Replay()
    rows = {entry.number: row for row, entry in enumerate(entries, start=2)}
    with embedded_google(folder / "google") as google:
        rehearsal = Rehearsal(folder, google, delivery="send", start=first)
        keeper = rehearsal.keeper
        for day in _days(first, last):
            keeper.morning(day)
            if issued := [entry for entry in entries if entry.issued == day]:
                keeper.append([typed_in(entry) for entry in issued])
            if settled := [entry for entry in entries if entry.settled == day]:
                keeper.type(
                    {f"Invoices!{PAID}{rows[entry.number]}": [[str(entry.amount)]] for entry in settled}
                )
            replay.note(day, rehearsal.sync())
            if sys.stderr.isatty() and (day - first).days % _PROGRESS_DAYS == 0:
                print(f"{day}: {sum(replay.sent.values())} sent", file=sys.stderr)
        in_sent = keeper.sent()
    if in_sent != sum(replay.sent.values()):
        replay.trouble.append(f"Gmail has {in_sent} sent messages.")
    return replay


def differences(replay: Replay, expected: Counter[tuple[str, str]]) -> Iterator[str]:
    """Where the replay and the plain count disagree, and what was sent twice."""
    for level, month in sorted(expected.keys() | replay.sent.keys()):
        sent, due = replay.sent[level, month], expected[level, month]
        if sent != due:
            yield f"{month}, {level}: {sent} sent, {due} expected."
    for (invoice, level), times in replay.pairs.items():
        if times > 1:
            yield f"{invoice} got {level} {times} times."


def report(replay: Replay, entries: Sequence[Entry], first: dt.date, last: dt.date, seconds: float) -> str:
    """Reminders by level and month, calls by API, and time, as Markdown."""
    days = len(replay.seconds)
    known = sum(entry.issued <= last for entry in entries)
    calls = sum(replay.calls.values())
    by_api = ", ".join(f"{api} {number:,}" for api, number in replay.calls.items() if number)
    return f"""\
{known:,} invoices, {first} to {last}: {days:,} days, one sync each.

{table(replay.sent)}

| | |
| --- | ---: |
| reminders sent | {sum(replay.sent.values()):,} |
| HTTP requests of all syncs | {calls:,} ({by_api}) |
| requests a sync | {calls / days:.1f} |
| time of all | {seconds / 60:.1f} min |
| a sync, median | {statistics.median(replay.seconds) * 1000:.0f} ms |
| a sync, longest | {max(replay.seconds) * 1000:.0f} ms |
"""


_TITLE = """\
# Two years of a real ledger, replayed

`make replay LEDGER=…` takes a ledger of invoices that were settled long ago (the public sample "Late payment
histories": 100 customers in five countries), puts it into an embedded Google, and lives through it day by day with the
real client libraries. Each morning the invoices issued that day are typed into the sheet, those settled that day are
marked as paid, and one sync runs. The ladder is courtesy −3, friendly 3, reminder 10, firm 20 and final 30 days from
the due date, all sent by themselves; every day is a sending day, each invoice has letters of its own, and disputes are
left out of account.

The reminders are counted a second time from the file alone, by plain arithmetic (`benchmarks/ledger.py`): an invoice
gets a level if it is open on that level's day. Both counts agree in every cell, no invoice got a level twice, and
Gmail's own count of sent mail is the same.
"""


def typed_in(entry: Entry) -> list[str]:
    """An invoice as it is typed on the morning of its issue; one that is settled that day is paid already."""
    paid = entry.amount if entry.settled <= entry.issued else ""
    return typed(entry.number, entry.customer, entry.email, entry.issued, entry.due, entry.amount, paid)


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + number * ONE_DAY for number in range((last - first).days + 1))


if __name__ == "__main__":
    main()
