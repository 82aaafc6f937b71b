"""What people asked for in the Action column, as events: ``asked`` together with the first event of its effect."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sheetsdun.domain.deed import Asked, Deed
from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.domain.invoice import Action
from sheetsdun.sync.run import Run, by_part

_COMPLETES = {Action.SKIP: Name.SKIPPED, Action.DONE: Name.DONE}


def at_once(run: Run, asked: Asked) -> list[Event]:
    """Events of Actions whose whole effect is in the log: skip, done, clear, and redo without a draft.

    They can wait for the run's first append: nothing has happened before it.
    """
    events = [
        event
        for deed in _new(asked)
        if deed.action is not Action.SEND and not deed.withdraw
        for event in _events(run, deed)
    ]
    return [*events, *cleared(run, asked.forgotten)]


def declined(run: Run, asked: Asked) -> list[Event]:
    """Events of Actions that are seen for the first time and not carried out: the log fixes what they are about."""
    return [
        run.event(Name.DECLINED, invoice=deed.invoice.id, letter=deed.letter, note=deed.action)
        for deed in asked.deeds
        if not (deed.carried_out or deed.logged or deed.declined)
    ]


def too_early(
    run: Run, history: History, began: Collection[str], actions: Mapping[str, Action]
) -> list[Event]:
    """Events of ``send`` beside drafts that this run began: whoever wrote it while the run went on saw none of them.

    Args:
        run: This run.
        history: The log as it stands now.
        began: Identities of the invoices that climb by those drafts.
        actions: The Actions in the sheet, by identity, while it does not show those drafts.
    """
    known = ((name, history.of(name)) for name in began if actions.get(name) is Action.SEND)
    return [
        run.event(Name.DECLINED, invoice=name, note=Action.SEND)
        for name, of_invoice in known
        if Action.SEND not in {*of_invoice.pending, *of_invoice.declined}
    ]


def with_draft(run: Run, asked: Asked, action: Action) -> dict[str, list[Event]]:
    """By letter: the ``asked`` of Actions that change its draft; written together with that change's first event.

    Empty for a letter whose ``asked`` is in the log already.
    """
    found: dict[str, list[Event]] = {}
    for deed in asked.deeds:
        changes = deed.letter if action is Action.SEND else deed.withdraw
        if deed.carried_out and deed.action is action and changes:
            found.setdefault(deed.letter, []).extend([] if deed.logged else _events(run, deed))
    return found


def to_clear(asked: Asked, history: History) -> dict[str, Action]:
    """By identity: Actions that the log has as asked and that are done, so that their cells are to be emptied."""
    return {
        deed.invoice.id: deed.action
        for deed in asked.deeds
        if deed.carried_out and deed.action in (pending := history.of(deed.invoice.id).pending)
        if not _unsent(history.letters.get(pending[deed.action]), deed.action)
    }


def _unsent(letter: LetterHistory | None, action: Action) -> bool:
    """Whether the letter was to be sent and is still there: the cell is what has it sent by the next run."""
    return action is Action.SEND and letter is not None and letter.state in {State.DRAFTED, State.SENDING}


def cleared(run: Run, actions: Iterable[tuple[str, str]]) -> list[Event]:
    """Events of cells that no longer say what was carried out."""
    return [run.event(Name.CLEARED, invoice=invoice, note=action) for invoice, action in actions]


def _new(asked: Asked) -> Iterable[Deed]:
    return (deed for deed in asked.deeds if deed.carried_out and not deed.logged)


def _events(run: Run, deed: Deed) -> list[Event]:
    invoice = deed.invoice
    words = {"letter": deed.letter, "debtor": invoice.debtor}
    asked = run.event(Name.ASKED, invoice=invoice.id, note=deed.action, **words)
    if deed.action not in _COMPLETES:
        return [asked]
    done = run.event(_COMPLETES[deed.action], effective=run.today, note=invoice.action_note, **words)
    return [asked, *by_part(done, deed.completes)]
