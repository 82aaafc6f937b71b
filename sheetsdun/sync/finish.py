"""The end of a run: what has happened is decided upon once more, the sheet says so, and the lease goes."""

from __future__ import annotations

from sheetsdun.domain.event import Event, Name
from sheetsdun.journal.lease import Lease
from sheetsdun.journal.pen import Pen
from sheetsdun.ports import Table
from sheetsdun.rows.beside import actions
from sheetsdun.rows.leavings import leavings
from sheetsdun.sync import protected
from sheetsdun.sync.actions import cleared, to_clear, too_early
from sheetsdun.sync.judge import Judgement, checked_note, judge, projected
from sheetsdun.sync.outcome import Outcome
from sheetsdun.sync.prepared import Prepared
from sheetsdun.sync.settings import Desk
from sheetsdun.sync.writeback import Page, write_back
from sheetsdun.sync.writing import told


def finish(desk: Desk, prepared: Prepared, *, lease: Lease, pen: Pen, outcome: Outcome) -> None:
    """Decide once more from what has happened, and let the sheet say so; then let the lease go.

    Raises:
        LeaseHeld, Unreachable: Statuses are a projection: the next run writes them.
    """
    run, settings, locale = prepared.run, desk.settings, prepared.snapshot.locale
    history = prepared.history_with(pen)
    judgement = judge(prepared.invoices, history, prepared.terms, run.today)
    judgement = Judgement(judgement.asked, told(judgement.plan, prepared.unwritten))
    words = settings.words(run.today)
    carried_out = to_clear(prepared.asked, history)
    statuses = projected(judgement, history, settings, run)
    known = prepared.snapshot.tables[settings.tabs.invoices]
    page = Page(
        tab=settings.tabs.invoices,
        columns=settings.columns,
        locale=locale,
        words=words,
        statuses=statuses,
        carried_out=carried_out,
        note=checked_note(judgement, history, words, run.now().astimezone(run.zone)),
        known=known,
        left=leavings(known, settings.columns, statuses, words),
    )
    began = {each.invoice for each in pen.written if each.name == Name.OPENED}

    def early(table: Table) -> list[Event]:
        said = actions(table, settings.columns, locale) if began else {}
        return too_early(run, prepared.history_with(pen), began, said)

    written = write_back(
        page,
        sheet=desk.sheet,
        lease=lease,
        outcome=outcome,
        last=not carried_out,
        heed=lambda table: pen.write(early(table)),
    )
    said = protected.told(written.refused)
    if said and said != history.protected:
        pen.add([run.event(Name.PROTECTED, note=said)])
    done = cleared(run, [(name, carried_out[name]) for name in carried_out if name in written.emptied])
    pen.write([*done, *early(written.table)], last=True)
