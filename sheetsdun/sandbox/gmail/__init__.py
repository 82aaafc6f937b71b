"""Gmail v1, as far as it matters, and as awkward as it is: one server, several mailboxes, kept in SQLite.

A mailbox is its owner's alone (`userId` is "me" or the caller) and comes into being when first used. Mail to an
address that has a mailbox here arrives there; all other mail goes nowhere.

Rooms, from the API down:
    drafts, messages, threads, labels, send_as, changes   the methods, one function each
    labelling, delivery, conversation, listing            what several of them do
    search, query                                         Gmail's search language, to SQL
    outgoing                                              what Gmail makes of a message that is written here
    views, records                                        rows out as JSON, rows in with their history
    mail, mime, headers, addresses                        reading a message's bytes; rewriting its headers in place
    mailbox, schema, refusals, palette                    whose it is and its numbers; tables; Google's words
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import changes, drafts, labels, messages, schema, send_as, threads
from sheetsdun.sandbox.gmail.mailbox import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sheetsdun.sandbox.clock import Clock
    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.store import Store
    from sheetsdun.sandbox.wire import Call, Handler, Json

_RESOURCES: Mapping[str, Mapping[str, Callable[[Mailbox, Call], Json]]] = {
    "drafts": drafts.METHODS,
    "messages": messages.METHODS,
    "threads": threads.METHODS,
    "labels": labels.METHODS,
    "settings.sendAs": send_as.METHODS,
    "history": {"list": changes.history},
}


def handlers(store: Store, clock: Clock) -> dict[str, Handler]:
    """The methods by their discovery ids, such as ``gmail.users.drafts.create``.

    Args:
        store: Where the mailboxes are kept; its tables are created where they are missing.
        clock: What time it is: for internalDate, Date headers, searches by age, and the expiry of history.
    """
    with store.transaction() as db:
        schema.create(db)
    methods = {
        f"gmail.users.{resource}.{name}": method
        for resource, several in _RESOURCES.items()
        for name, method in several.items()
    }
    methods["gmail.users.getProfile"] = changes.profile
    return {name: partial(_carry_out, store, clock, method) for name, method in methods.items()}


def tune(store: Store, *, search_lag_seconds: float | None = None, history_days: float | None = None) -> None:
    """Make the server as slow or forgetful as Gmail can be.

    Args:
        store: The server's.
        search_lag_seconds: A message is found by `q` only so long after it came, by the sandbox's clock; getting it
            by id, and lists without `q`, show it at once. 0 at first.
        history_days: How long changes are remembered for history.list; 0 forgets all there are. 7 at first.
    """
    given = {"search_lag_seconds": search_lag_seconds, "history_days": history_days}
    with store.transaction() as db:
        db.executemany(
            "INSERT OR REPLACE INTO gmail_settings VALUES (?, ?)",
            [(name, value) for name, value in given.items() if value is not None],
        )


def _carry_out(store: Store, clock: Clock, method: Callable[[Mailbox, Call], Json], call: Call) -> Json:
    with store.transaction() as db:
        return method(opened(db, clock, call), call)
