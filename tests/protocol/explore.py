"""All that can happen: every order of the steps of runs, people, the network and the clock, breadth first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from protocol.run import Rules, steps
from protocol.world import Content, Draft, Log, Run, State, World, land

EVENINGS = 6
"""Clean runs, each an hour after the one before, that finish whatever was begun."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may happen, and where it begins.

    Attributes:
        drafted: A draft of an earlier run's lies there; otherwise nothing has been written yet.
    """

    runs: int = 2
    faults: int = 1
    acts: int = 1
    hours: int = 1
    drafted: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """How many different states there are, and the way to the first that must not be; empty if there is none."""

    states: int
    harm: str = ""
    way: tuple[World, ...] = ()


def explore(rules: Rules, bounds: Bounds, wanted: str = "") -> Found:
    """Look at everything that can happen within the bounds, the shortest ways first.

    Args:
        rules: The design's, or some of them.
        bounds: How much may happen.
        wanted: Look for this harm, and pass over others; "" for any.
    """
    start = World(runs=(Run(),) * bounds.runs, faults=bounds.faults, acts=bounds.acts)
    if bounds.drafted:
        log = Log(State.DRAFTED, draft=1, known=(1,))
        start = start._replace(log=log, drafts=((1, Content.OURS),), made=1)
    came_from: dict[World, World | None] = {start: None}
    ends: dict[World, str] = {}
    frontier = [start]
    while frontier:
        following = []
        for world in frontier:
            harm = world.harm or _end(world, rules, ends)
            if harm and wanted in {"", harm}:
                return Found(len(came_from), harm, tuple(_way(came_from, world)))
            if harm:
                continue
            for after in map(_canonical, _successors(world, rules, bounds)):
                if after not in came_from:
                    came_from[after] = world
                    following.append(after)
        frontier = following
    return Found(len(came_from))


def _way(came_from: dict[World, World | None], world: World | None) -> list[World]:
    way: list[World] = []
    while world is not None:
        way.insert(0, world)
        world = came_from[world]
    return way


def _successors(world: World, rules: Rules, bounds: Bounds) -> Iterator[World]:
    for place, run in enumerate(world.runs):
        # Runs that have not begun are alike: the first of them begins.
        if run.at or not any(other.at == "" for other in world.runs[:place]):
            yield from steps(world, place, rules)
    yield from _landings(world, rules)
    if world.acts:
        yield from _people(world._replace(acts=world.acts - 1), rules)
    if world.hour < bounds.hours:
        yield _hour(world)


def _landings(world: World, rules: Rules) -> Iterator[World]:
    for place, request in enumerate(world.way):
        rest = world._replace(way=world.way[:place] + world.way[place + 1 :])
        yield land(rest, request, fence=rules.fence, content=not rules.send_names_the_draft)[0]


def _people(world: World, rules: Rules) -> Iterator[World]:
    """Send, delete or edit a draft that has a recipient; type into a published shell; enter a payment."""
    for draft, content in world.drafts:
        if content is not Content.BLANK:
            gone = _by_hand(world.put(draft, None), draft)
            copies = tuple(sorted((*world.sent, (draft, False))))
            yield gone._replace(sent=copies).harmed("sent twice" if len(copies) > 1 else "")
            yield gone._replace(deleted=True)
        published = draft in world.log.known
        if content is not Content.EDITED and published and world.log.state is not State.SENDING:
            yield _seen_in_time(world.put(draft, Content.EDITED), rules)
    if not world.facts:
        yield world._replace(facts=1)


def _by_hand(world: World, draft: Draft) -> World:
    """Where a person and a request of ours want the same draft at once, Google gives it to the person."""
    return world._replace(way=tuple(each for each in world.way if each[:2] != ("sending", draft)))


def _seen_in_time(world: World, rules: Rules) -> World:
    """An edit between a last look and what follows it is the risk that remains: such runs and requests end here."""
    looked = {
        at
        for at, rule in (
            ("fill", rules.look_before_fill),
            ("delete", rules.look_before_delete),
            ("send", rules.look_before_send),
        )
        if rule
    }
    runs = tuple(Run(at="done") if run.at in looked or _next(run) in looked else run for run in world.runs)
    return world._replace(
        runs=runs, way=tuple(each for each in world.way if each.name not in {"fill", "delete"})
    )


def _next(run: Run) -> str:
    """What follows the append that the run is at."""
    return run.then if run.at in {"append", "read_back"} else ""


def _canonical(world: World) -> World:
    """The same state for what no run and no rule can tell apart: counted back from the last link, runs in order."""
    number, owner = world.links
    order = sorted(range(len(world.runs)), key=lambda place: (world.runs[place], place + 1 == owner))
    places = {place + 1: new for new, place in enumerate(order, start=1)}
    there = {draft for draft, _ in world.drafts}
    runs = tuple(_counted_back(world.runs[place], number, there) for place in order)
    way = tuple(
        each._replace(owner=places[each.owner], after=max(each.after - number, -2)) if each.owner else each
        for each in world.way
    )
    alive = owner if owner and world.runs[owner - 1].at != "done" else 0
    return world._replace(runs=runs, way=way, links=(0, places.get(alive, 0)), log=_known(world.log, there))


def _counted_back(run: Run, number: int, there: set[Draft]) -> Run:
    if run.at in {"", "done"}:
        return run
    return run._replace(after=max(run.after - number, -2), view=_known(run.view, there))


def _known(log: Log, there: set[Draft]) -> Log:
    if there.issuperset(log.known):
        return log
    return log._replace(known=tuple(draft for draft in log.known if draft in there))


def _hour(world: World) -> World:
    """An hour goes by: what was under way is lost, search finds everything, and a lease has run out."""
    runs = tuple(Run(at="done") if run.wrote else run for run in world.runs)
    sent = tuple((draft, True) for draft, _ in world.sent)
    return world._replace(hour=world.hour + 1, way=(), sent=sent, runs=runs)


def _end(world: World, rules: Rules, ends: dict[World, str]) -> str:
    """What is wrong in the end, if every run dies now, and clean runs finish what was begun; "" for nothing."""
    calm = world._replace(runs=(), links=(0, 0), faults=0, acts=0)
    if calm not in ends:
        ends[calm] = _finished(calm, rules)
    return ends[calm]


def _finished(world: World, rules: Rules) -> str:
    for _ in range(EVENINGS):
        world = _hour(world)._replace(runs=(Run(),), links=(0, 0))
        while world.runs[0].at != "done":
            world = next(steps(world, 0, rules))
    filled = [content for _, content in world.drafts if content is not Content.BLANK]
    copies, state = len(world.sent), world.log.state
    told = world.deleted and state in {State.DISCARDED, State.UNCERTAIN}
    wrong = {
        "there twice": copies + len(filled) > 1,
        "a shell was left behind": len(filled) < len(world.drafts),
        "lost": not (copies or filled or told),
        "sent, and the log does not say so": copies and state is not State.SENT,
        "never sent": rules.send and filled == [Content.OURS],
        "a draft that the log takes for something else": filled
        and state not in {State.DRAFTED, State.EDITED},
    }
    return world.harm or next((harm for harm, true in wrong.items() if true), "")
