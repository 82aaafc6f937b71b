"""The routine, top to bottom: read, parse, settle, decide, plan, compose; then, if it is asked to, act.

``prepare`` changes nothing: ``plan`` stops after it. ``carry_out`` does what was prepared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from sheetsdun.domain.digest import Digests, digests
from sheetsdun.domain.event import Name
from sheetsdun.domain.fold import fold
from sheetsdun.domain.invoice import Action
from sheetsdun.errors import LeaseHeld, Refused, Unreachable
from sheetsdun.journal.lease import Lease
from sheetsdun.journal.pen import Pen
from sheetsdun.ports import Snapshot
from sheetsdun.rows import beside, leavings
from sheetsdun.rows.cells import writing
from sheetsdun.sync import actions, expectations, guards, protected
from sheetsdun.sync.digesting import write_digests
from sheetsdun.sync.drafting import draft
from sheetsdun.sync.finish import finish
from sheetsdun.sync.guards import Accept
from sheetsdun.sync.inbox import arrivals, latest
from sheetsdun.sync.judge import Judgement, judge, projected, to_send
from sheetsdun.sync.litter import Litter, suspects, sweep
from sheetsdun.sync.outcome import LetterOutcome, Outcome, Result
from sheetsdun.sync.prepared import Prepared, only_these
from sheetsdun.sync.reading import read
from sheetsdun.sync.sending import send_all
from sheetsdun.sync.settings import Desk
from sheetsdun.sync.settle import settle
from sheetsdun.sync.understand import understand_all
from sheetsdun.sync.withdrawing import withdraw
from sheetsdun.sync.writing import told, write_letters

MANY = range(100, 1200)
"""Events by which a run has filled the mailbox's history so that going to its end is worth the few requests it takes."""


def prepare(
    desk: Desk,
    *,
    today: dt.date | None = None,
    only: Collection[str] = (),
    accept: Collection[Accept] = (),
) -> Prepared:
    """Find out what is to be done. Nothing is changed anywhere.

    Args:
        desk: What the run works with.
        today: The run's day; None for the clock's in the sheet's time zone.
        only: Identities of the invoices that letters may be about; none for all.
        accept: What a person has said "I know" to.

    Raises:
        Refused: Something is strange.
        LeaseHeld: What looks strange is the work of another run, which has gone on meanwhile.
        UsageError: Config or templates are not right, or the ladders are not as the config expects.
        Unreachable: Google cannot be had.
    """
    settings = desk.settings
    run, snapshot, events = read(desk, today)
    written = fold(events)
    understood = understand_all(snapshot.tables, settings, snapshot.locale)
    invoices, terms = understood.invoices, understood.terms
    expectations.hold(settings.expectations, terms)
    guards.check_sheet(run, snapshot, written, len(invoices), accept)

    key = snapshot.spreadsheet_id
    # In this order: what is sent after the first is either a draft still in the second, or told to the next run.
    since = latest(written, desk.mailbox)
    settled = settle(run, written, desk.mailbox.drafts(), since, desk.mailbox)
    with _unless_overtaken(desk, snapshot):
        guards.check_drafts(written, settled.events, accept)
    news = [*settled.events, *arrivals(run, written, since, desk.mailbox)]

    history = fold([*events, *news]) if news else written
    table = snapshot.tables[settings.tabs.invoices]
    shown = beside.drafts(table, settings.columns, snapshot.locale)
    judgement = judge(invoices, history, terms, run.today, shown)
    asked = judgement.asked
    at_once = actions.at_once(run, asked)
    redone = actions.with_draft(run, asked, Action.REDO)
    # Decided and planned as if these drafts were taken back already; carry_out sees to it that they are.
    take_back = [*settled.take_back, *(history.letters[letter] for letter in redone)]
    gone = [event for started in redone.values() for event in started]
    gone += [event for letter in take_back for event in run.of_letter(letter, Name.WITHDRAWN)]
    if at_once or gone:
        news += at_once
        history = fold([*events, *news, *gone])
        judgement = judge(invoices, history, terms, run.today, shown)
    declined = actions.declined(run, judgement.asked)
    news += declined
    history = fold([*events, *news, *gone]) if declined else history

    plan = only_these(judgement.plan, only)
    letters, unwritten = write_letters(run, desk, plan, history, key)
    plan = told(plan, unwritten)
    guards.check_letters(len(letters), settings.max_letters, accept)
    judgement = Judgement(judgement.asked, told(judgement.plan, unwritten))
    told_today = (
        digests(judgement.plan, history, settings.owner, terms.calendar, run.today) if not only else Digests()
    )
    written_digests, no_digest = write_digests(run, desk, judgement.plan, told_today.write, history, key)
    statuses = projected(judgement, history, settings, run)
    words, emptied = settings.words(run.today), actions.to_clear(asked, history)
    differing = writing(table, settings.columns, snapshot.locale, statuses, words, emptied).cells
    left = leavings.leavings(table, settings.columns, statuses, words)
    stale = [*differing, *leavings.emptied(table, settings.columns, left)]
    known = protected.told(stale) == history.protected
    return Prepared(
        run=run,
        snapshot=snapshot,
        events=events,
        logged=written.count,
        news=news,
        history=history,
        history_id=since.history_id,
        invoices=invoices,
        loose=understood.loose,
        terms=terms,
        asked=asked,
        redone=redone,
        take_back=[*take_back, *told_today.stale],
        strangers=settled.strangers,
        litter=Litter.of(suspects(settled.strangers, history), mailbox=desk.mailbox, key=key),
        plan=plan,
        letters=letters,
        digests=written_digests,
        no_digest=no_digest,
        unwritten=unwritten,
        to_send=to_send(run, history, plan, terms, settings.hours),
        stale_cells=0 if known else len(stale),
        emptied=emptied,
        only=frozenset(only),
    )


def carry_out(
    desk: Desk,
    prepared: Prepared,
    *,
    accept: Collection[Accept] = (),
    take_over: bool = False,
    drafts_only: bool = False,
) -> Outcome:
    """Do what was prepared.

    Args:
        desk: What the run works with; the same that ``prepare`` had.
        prepared: What is to be done.
        accept: What a person has said "I know" to.
        take_over: Treat another run's lease as expired.
        drafts_only: Send nothing, whatever the policy or an Action says.

    Raises:
        LeaseHeld: Another run is at work, or has taken over.
        Refused: Something is strange.
        Unreachable: Google cannot be had. Whatever was begun is settled by the next run.
    """
    outcome = Outcome(applied=True)
    for letter in prepared.unwritten:
        outcome.add(LetterOutcome(letter.record, Result.FAILED, str(letter.refusal)))
    for refusal in prepared.no_digest:
        outcome.warn(str(refusal))
    if prepared.idle:
        return outcome
    run, snapshot, mailbox = prepared.run, prepared.snapshot, desk.mailbox
    lease = Lease(
        desk.sheet,
        snapshot.links,
        owner=run.id,
        events=prepared.logged,
        now=run.now,
        pause=desk.pause,
        take_over=take_over,
    )
    lease.check()
    with _unless_overtaken(desk, snapshot):
        litter, history_id = _look_around(desk, prepared, accept)
    log = snapshot.tables[desk.settings.tabs.log]
    pen = Pen(lease, last=prepared.logged, header=log.header, now=run.now)
    if prepared.tells:
        note = guards.numbers(snapshot, len(prepared.invoices))
        pen.add([run.event(Name.RUN, note=note, history_id=history_id), *prepared.news])
    try:
        gone = withdraw(run, prepared, mailbox=mailbox, lease=lease, pen=pen)
        letters = prepared.free_to_write(gone)
        draft(
            run, letters, mailbox=mailbox, lease=lease, pen=pen, key=snapshot.spreadsheet_id, outcome=outcome
        )
        if not drafts_only:
            send_all(desk, prepared, lease=lease, pen=pen, outcome=outcome)
        if len(pen.written) + len(pen.pending) in MANY:
            with suppress(Unreachable):  # a convenience; the next run looks from where this one began
                _catch_up(desk, prepared, pen)
        pen.write()
        sweep(litter, mailbox=mailbox, lease=lease)
        finish(desk, prepared, lease=lease, pen=pen, outcome=outcome)
    finally:
        pen.let_go()
        outcome.events = tuple(pen.written)
    return outcome


@contextmanager
def _unless_overtaken(desk: Desk, snapshot: Snapshot) -> Iterator[None]:
    """What looks strange beside an old log may be another run's work.

    Raises:
        LeaseHeld: The chain has moved on since the log was read.
    """
    try:
        yield
    except Refused:
        if desk.sheet.chain() != snapshot.links:
            raise LeaseHeld(
                "Another run has gone on meanwhile, so this one stopped.", "Run it again."
            ) from None
        raise


def _catch_up(desk: Desk, prepared: Prepared, pen: Pen) -> None:
    """Look for answers once more, so that no later run has to read past all the drafts that this one has made."""
    history = prepared.history_with(pen)
    since = latest(history, desk.mailbox)
    pen.add(arrivals(prepared.run, history, since, desk.mailbox))
    # What went out and nobody knows may be a letter of ours in other words: the next run must be told of it.
    known = {letter.message_id for letter in history.mails.values()}
    if pen.pending and known.issuperset(since.sent_ids):
        pen.pending[-1] = replace(pen.pending[-1], history_id=since.history_id)


def _look_around(desk: Desk, prepared: Prepared, accept: Collection[Accept]) -> tuple[Litter, str]:
    """The mailbox, before anything in it is changed: is it the right one, and does the log know all that is ours?

    Returns:
        Shells to be swept, and the history id from which the next run looks for answers.
    """
    profile = desk.mailbox.profile()
    suspected = suspects(prepared.strangers, prepared.history)
    others = [draft for draft in prepared.strangers if draft not in suspected]
    litter = prepared.litter + Litter.of(others, mailbox=desk.mailbox, key=prepared.snapshot.spreadsheet_id)
    labelled = desk.mailbox.labelled(prepared.label)
    guards.check_mailbox(prepared.history, prepared.run.mailbox, profile, labelled, litter.unknown, accept)
    guards.check_room(prepared.snapshot, prepared.run.now(), prepared.writes, prepared.rows_to_log)
    return litter, prepared.history_id or profile.history_id
