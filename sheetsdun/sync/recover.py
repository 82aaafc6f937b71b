"""A log that was deleted or damaged, rebuilt from what is left of it, the mailbox and the status columns.

Why it is safe:

- The new log holds every event that can still be read, in its old order, and what must have happened beside it
  (``recollect``), each in the place of its day, all numbered anew without gaps. It is written to a new tab, which takes
  the log's name in one fenced write with the link that counts its events. The damaged tab stays, under another name. A
  run that goes on at the same time collides, or makes this one collide.
- No letter is made twice: every letter of ours that is found is in the new log, so that the guards of ``sync`` are
  content with good reason, and an invoice whose level cannot be told waits as ``uncertain`` until a person chooses.
  That record has no draft and no thread of its own, so no search ever turns it into something else by itself.
- What search has not found yet (it lags) is not forgotten either: the status columns name the last letter of each
  invoice, and the guard that counts labelled letters refuses until a second ``recover`` has found the rest.
- A draft is recorded as edited, whoever wrote it last: it is never overwritten, withdrawn or sent by itself.

What cannot be rebuilt: cycles of redo, Actions, cleared answers (an answer to an invoice's last letter is shown once
more), and what log, mailbox and sheet have all three lost, such as a level of ``backfill`` whose status was wiped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.fold import fold
from sheetsdun.domain.terms import Terms
from sheetsdun.errors import Refused
from sheetsdun.journal.rebuild import LogShelf, Rebuilding
from sheetsdun.journal.rows import HEADER, encode
from sheetsdun.journal.salvage import Salvage, salvage
from sheetsdun.ports import Snapshot
from sheetsdun.rows.readback import read_back
from sheetsdun.sync import guards
from sheetsdun.sync.guards import Accept
from sheetsdun.sync.judge import decide_all
from sheetsdun.sync.reading import begin
from sheetsdun.sync.recollect import Memory, recollect
from sheetsdun.sync.retell import answers, retell, went_since
from sheetsdun.sync.run import Run
from sheetsdun.sync.settings import Desk
from sheetsdun.sync.traces import Trace, find_traces, lost_digests
from sheetsdun.sync.understand import understand


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What a recovery has found.

    Attributes:
        left: What is left of the log.
        letters: All that the mailbox knows and that are this spreadsheet's, oldest first.
        memories: One for each row that has a number, in order.
        news: What would be added to what is left.
        unfound: How many labelled letters search has not found yet.
    """

    run: Run
    snapshot: Snapshot
    left: Salvage
    letters: Sequence[Trace]
    memories: Sequence[Memory]
    news: Sequence[Event]
    terms: Terms
    unfound: int

    @property
    def needed(self) -> bool:
        """Whether there is anything to rebuild."""
        return bool(self.news) or not self.left.whole


def look(desk: Desk, *, today: dt.date | None = None, accept: Collection[Accept] = ()) -> Recovery:
    """Find out what can be rebuilt. Nothing is changed.

    Raises:
        Refused: Something else than the log is strange; or there never was a log.
        Unreachable: Google cannot be had.
    """
    settings = desk.settings
    snapshot, left = _left(desk)
    run = begin(desk, snapshot, today)
    history = fold(left.events)
    invoices, terms = understand(snapshot.tables, settings, snapshot.locale)
    guards.check_sheet(run, snapshot, history, len(invoices), [*accept, Accept.LOG])
    profile = desk.mailbox.profile()
    guards.check_mailbox(history, run.mailbox, profile, 0, 0, accept)

    label = f"Sheetsdun/{snapshot.title}"
    found = find_traces(run, desk.mailbox, key=snapshot.spreadsheet_id, label=label)
    letters = [trace for trace in found if trace.certain or any(map(trace.names, invoices))]
    news = [] if left.whole else went_since(run, letters, history)
    history = fold(_merged(left.events, news))
    if not (left.tab or letters or snapshot.links):
        raise Refused("There is no log, and there never was one.", "Run `sheetsdun setup`, which adds it.")

    policies = {
        invoice.id: policy
        for invoice in invoices
        if invoice.id and (policy := terms.policy(invoice.escalation))
    }
    table = snapshot.tables[settings.tabs.invoices]
    said = read_back(table, settings.columns, snapshot.locale, settings.words(run.today), policies)
    decisions = decide_all(invoices, history, terms, run.today)
    memories = [
        recollect(
            decision.invoice,
            policies.get(decision.invoice.id),
            said.get(decision.invoice.id),
            letters,
            history,
            whole=left.whole,
            closed=decision.verdict is Verdict.CLOSED,
        )
        for decision in decisions
        if decision.invoice.id
    ]
    news += retell(run, letters, memories, history, desk.source)
    news += lost_digests(run, history, desk.mailbox, key=snapshot.spreadsheet_id)
    open_ = [each.invoice.id for each in decisions if each.verdict is not Verdict.CLOSED]
    news += answers(run, fold(_merged(left.events, news)), open_, desk.mailbox)
    note = guards.numbers(snapshot, len(invoices))
    start = run.event(Name.RUN, note=note, history_id=profile.history_id)
    return Recovery(
        run=run,
        snapshot=snapshot,
        left=left,
        letters=letters,
        memories=memories,
        news=[start, *news] if news or not left.whole else [],
        terms=terms,
        unfound=max(0, desk.mailbox.labelled(label) - sum(trace.labelled for trace in letters)),
    )


def rebuild(desk: Desk, found: Recovery, shelf: LogShelf) -> str:
    """Put the new log in the place of the damaged one.

    Returns:
        The title that the damaged tab has from now on, where there was one; a number may be added to it.

    Raises:
        LeaseHeld: Another run is at work, or has gone on since ``look``: the log is as it was.
        Refused: There is no room for it.
        Unreachable: Google cannot be had.
    """
    run, snapshot, title = found.run, found.snapshot, desk.settings.tabs.log
    events = numbered(found)
    guards.check_room(snapshot, desk.now(), 1, len(events))
    lease = Rebuilding(
        desk.sheet, snapshot.links, owner=run.id, events=len(found.left.events), now=run.now, pause=desk.pause
    )
    rows = [list(HEADER), *map(encode, events)]
    aside = f"{title} (damaged {run.today.day} {run.today:%b %Y})"
    lease.replace_log(shelf, f"{title} (new, {run.id})", aside, rows)
    return aside if found.left.tab else ""


def numbered(found: Recovery) -> list[Event]:
    """The new log: what is left, and what was found, each in the place of its day; all numbered."""
    now, old = found.run.now(), set(map(id, found.left.events))
    return [
        replace(event, sequence=number, time=event.time if id(event) in old else now)
        for number, event in enumerate(_merged(found.left.events, found.news), start=1)
    ]


def _merged(left: Sequence[Event], news: Sequence[Event]) -> list[Event]:
    """What was found before the first event of a later day: levels are completed in the order of their days.

    What has no day of its own comes last.
    """
    merged: list[Event] = []
    waiting = sorted((event for event in news if event.effective), key=_day)
    for event in left:
        while waiting and _day(waiting[0]) < event.day:
            merged.append(waiting.pop(0))
        merged.append(event)
    return [*merged, *waiting, *(event for event in news if event.effective is None)]


def _day(event: Event) -> dt.date:
    return event.effective or event.day


def _left(desk: Desk) -> tuple[Snapshot, Salvage]:
    """The spreadsheet and what is left of its log; read once more where something is missing: a reading may be stale."""
    snapshot, left = _read(desk)
    return (snapshot, left) if left.whole else _read(desk)


def _read(desk: Desk) -> tuple[Snapshot, Salvage]:
    snapshot = desk.sheet.read()
    expected = snapshot.links[-1].events if snapshot.links else 0
    return snapshot, salvage(snapshot.tables.get(desk.settings.tabs.log), expected)
