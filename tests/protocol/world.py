"""An abstract Google for one reminder: a chain of links, a log, drafts, sent copies, and requests under way.

A state is a tuple, so that it can be counted and compared. There is one reminder to be made, of one letter at a time;
whatever lies in ``drafts`` and ``sent`` is about it, so two copies sent are one too many.
"""

from __future__ import annotations

import enum
from typing import NamedTuple, TypeAlias

Draft: TypeAlias = int


class Content(enum.IntEnum):
    BLANK = 0
    OURS = 1
    EDITED = 2


class State(enum.IntEnum):
    """Where the log sees the letter; ``NOTHING`` frees the level: the next run opens another."""

    NOTHING = 0
    OPENED = 1
    DRAFTED = 2
    EDITED = 3
    SENDING = 4
    SENT = 5
    GONE = 6
    WITHDRAWING = 7
    DISCARDED = 8
    UNCERTAIN = 9


Event: TypeAlias = tuple[State, Draft, int]
"""State, draft, and for ``OPENED`` the facts that the letter claims."""


class Log(NamedTuple):
    """The log, folded.

    Attributes:
        draft: Of the letter that stands open; 0 for none.
        facts: What that letter claims.
        since: The hour in which the state began.
        gone: The hour of the first look that did not find the draft; -1 while it is there.
        known: Every draft that was ever published.
    """

    state: State = State.NOTHING
    draft: Draft = 0
    facts: int = 0
    since: int = 0
    gone: int = -1
    known: tuple[Draft, ...] = ()


class Request(NamedTuple):
    """A change that was asked of Google.

    Attributes:
        name: ``create``, ``append``, ``fill``, ``send`` or ``delete``; ``sending`` is a ``send`` that Google has taken
            up but not carried out yet: whatever we do to the draft now may come too late.
        draft: What it is about; 0 for ``create`` and ``append``.
        owner, after, events: Of an append: the run, the number of links that it goes on from, and what it writes.
    """

    name: str
    draft: Draft = 0
    owner: int = 0
    after: int = 0
    events: tuple[Event, ...] = ()


class Run(NamedTuple):
    """A run of ours.

    Attributes:
        at: The step that it takes next; "" before it has begun, ``done`` when it is over or dead.
        after: Links that it goes on from.
        view: The log as it has read it; once it has settled only the facts that its letter claims.
        draft: The letter that it is at work on.
        waiting: Events that ride in the next append.
        then: The step after the append.
        litter: Shells that the log did not know when the drafts were listed.
        wrote: It holds the lease.
        again: A request was repeated once already.
    """

    at: str = ""
    after: int = 0
    view: Log = Log()
    draft: Draft = 0
    waiting: tuple[Event, ...] = ()
    then: str = ""
    litter: tuple[Draft, ...] = ()
    wrote: bool = False
    again: bool = False


class World(NamedTuple):
    """Everything.

    Attributes:
        links: Number of links, and the run that made the last one.
        drafts: Content by draft, in order of their ids.
        sent: Copies that went: the draft they were, and whether search finds them yet.
        way: Requests whose time-out came first, or that the network repeats: they land within the hour, or never.
        facts: What is true now in the sheet.
        deleted: A person has thrown a draft away.
        made: Drafts made so far.
        faults, acts: How often Google may still fail, and people act.
        harm: What must never happen, and has; "" as long as all is well.
    """

    runs: tuple[Run, ...]
    faults: int
    acts: int
    links: tuple[int, int] = (0, 0)
    log: Log = Log()
    drafts: tuple[tuple[Draft, Content], ...] = ()
    sent: tuple[tuple[Draft, bool], ...] = ()
    way: tuple[Request, ...] = ()
    facts: int = 0
    hour: int = 0
    deleted: bool = False
    made: int = 0
    harm: str = ""

    def content(self, draft: Draft) -> Content | None:
        """What the draft holds; None for a 404."""
        return next((content for name, content in self.drafts if name == draft), None)

    def put(self, draft: Draft, content: Content | None) -> World:
        """Set or take away a draft."""
        others = tuple(each for each in self.drafts if each[0] != draft)
        kept = others if content is None else (*others, (draft, content))
        return self._replace(drafts=tuple(sorted(kept)))

    def harmed(self, harm: str) -> World:
        return self._replace(harm=self.harm or harm)


def fold(log: Log, event: Event, hour: int) -> Log:
    """One event more."""
    state, draft, facts = event
    if state is State.OPENED:
        return Log(state, draft, facts, hour, -1, (*log.known, draft))
    if draft != log.draft or log.state is State.SENT:
        return log._replace(state=State.SENT) if state is State.SENT else log
    gone = -1 if state in {State.DRAFTED, State.EDITED} else log.gone
    if state is State.GONE:
        gone = hour if log.gone < 0 else log.gone
        state = log.state if log.state is State.WITHDRAWING else state
    since = log.since if state is log.state else hour
    return log._replace(state=state, since=since, gone=gone)


def land(
    world: World, request: Request, *, fence: bool = True, content: bool = False
) -> tuple[World, int | str]:
    """The effect of a request, and Google's answer: the draft that was made, or a word.

    Args:
        world: Before.
        request: What is asked.
        fence: An append goes through only if nobody has gone on from the link that it names.
        content: A send carries the letter with it, instead of naming the draft.
    """
    if request.name == "create":
        made = world.made + 1
        return world.put(made, Content.BLANK)._replace(made=made), made
    if request.name == "append":
        if fence and world.links[0] != request.after:
            return world, "taken"
        log = world.log
        for event in request.events:
            log = fold(log, event, world.hour)
        world = world._replace(links=(world.links[0] + 1, request.owner), log=log)
        lie = log.state is State.DISCARDED and any(draft == log.draft for draft, _ in world.sent)
        return (world.harmed("told as deleted, but it was sent") if lie else world), "ok"
    there = world.content(request.draft)
    sends = request.name in {"send", "sending"}
    if there is None and not (request.name == "sending" or (content and sends)):
        return world, "404"
    if sends:
        world = world._replace(sent=tuple(sorted((*world.sent, (request.draft, False)))))
        if len(world.sent) > 1:
            world = world.harmed("sent twice")
    if there is Content.EDITED:
        ends = {"fill": "overwritten", "delete": "deleted", "send": "sent unasked", "sending": "sent unasked"}
        world = world.harmed(f"somebody's edit was {ends[request.name]}")
    return world.put(request.draft, Content.OURS if request.name == "fill" else None), "ok"
