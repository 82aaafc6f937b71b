"""One run as the design has it, call by call; every rule of it can be taken away.

``steps`` gives the worlds that one step of a run can lead to: between two calls anything else may happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from protocol.world import Content, Event, Log, Request, Run, State, World, land


@dataclass(frozen=True, slots=True)
class Rules:
    """The design's rules. Each can be taken away, to see what it is good for.

    Attributes:
        send: The policy has letters sent; otherwise they stay drafts.
    """

    send: bool = True
    fence: bool = True
    chain_before_log: bool = True
    stop_when_overtaken: bool = True
    publish_before_fill: bool = True
    look_before_fill: bool = True
    look_before_delete: bool = True
    look_before_send: bool = True
    sending_before_send: bool = True
    send_names_the_draft: bool = True
    send_without_answer_is_open: bool = True
    send_of_nothing_is_open: bool = True
    fill_without_answer_is_open: bool = True
    sending_is_left_alone: bool = True
    withdrawn_after_two_looks: bool = True
    discarded_after_two_looks: bool = True
    one_empty_search_frees_nothing: bool = True
    evidence_is_looked_for: bool = True
    sweep_after_own_write: bool = True


_READING = frozenset({"log", "chain", "settle", "search"})

Then = Callable[[World, "int | str | None"], World]


def steps(world: World, place: int, rules: Rules) -> Iterator[World]:
    """What the next step of a run can lead to; nothing for one that is over."""
    run = world.runs[place]
    if run.at != "done":
        yield from _Step(world, place, run, rules).next()


class _Step:
    """One step of one run."""

    def __init__(self, world: World, place: int, run: Run, rules: Rules) -> None:
        self.world = world
        self.place = place
        self.run = run
        self.rules = rules

    def next(self) -> Iterator[World]:
        yield from getattr(self, f"_{self.run.at or 'begin'}")()

    # -- reading ------------------------------------------------------------------------------------------------------

    def _begin(self) -> Iterator[World]:
        yield self._read_chain("log") if self.rules.chain_before_log else self._read_log("chain")

    def _log(self) -> Iterator[World]:
        yield self._read_log("settle")

    def _chain(self) -> Iterator[World]:
        yield self._read_chain("settle")

    def _read_chain(self, at: str) -> World:
        return self._go(at, after=self.world.links[0])

    def _read_log(self, at: str) -> World:
        return self._go(at, view=self.world.log)

    # -- settling -----------------------------------------------------------------------------------------------------

    def _settle(self) -> Iterator[World]:
        world, view, rules = self.world, self.run.view, self.rules
        blank = [draft for draft, content in world.drafts if content is Content.BLANK]
        litter = tuple(draft for draft in blank if draft not in view.known)
        if not rules.sweep_after_own_write:
            for draft in litter:
                world = world.put(draft, None)
            litter = ()
        self.world, self.run = world, self.run._replace(litter=litter)
        content = world.content(view.draft)
        under_way = view.state is State.SENDING and world.hour <= view.since and rules.sending_is_left_alone
        if view.state is State.NOTHING:
            yield self._go("create")
        elif view.state is State.SENT or (content is not None and under_way):
            yield self._go("tell")
        elif content is None:
            yield self._go("search")
        elif content is Content.BLANK or (content is Content.OURS and view.state is State.WITHDRAWING):
            yield self._withdraw()
        elif content is Content.EDITED:
            yield self._go("tell", tell=() if view.state is State.EDITED else (State.EDITED,))
        else:
            yield self._plan(() if view.state is State.DRAFTED else (State.DRAFTED,))

    def _search(self) -> Iterator[World]:
        view, rules = self.run.view, self.rules
        later = self.world.hour > view.gone >= 0
        if rules.evidence_is_looked_for and (view.draft, True) in self.world.sent:
            yield self._go("tell", tell=(State.SENT,))
        elif not rules.one_empty_search_frees_nothing:
            yield self._go("create", tell=(State.NOTHING,))
        elif view.state in {State.DISCARDED, State.UNCERTAIN}:
            yield self._go("tell")
        elif view.state is State.SENDING:
            yield self._go("tell", tell=(State.UNCERTAIN,) if self.world.hour > view.since else ())
        elif view.state is State.WITHDRAWING and (later or not rules.withdrawn_after_two_looks):
            yield self._go("create", tell=(State.NOTHING,))
        elif view.state is not State.WITHDRAWING and (later or not rules.discarded_after_two_looks):
            yield self._go("tell", tell=(State.DISCARDED,))
        else:
            yield self._go("tell", tell=(State.GONE,) if view.gone < 0 else ())

    def _plan(self, news: tuple[State, ...]) -> World:
        """A draft of ours lies there, untouched."""
        if self.run.view.facts != self.world.facts:
            return self._withdraw(news)
        return self._go("look_to_send" if self.rules.send else "tell", draft=self.run.view.draft, tell=news)

    # -- taking back --------------------------------------------------------------------------------------------------

    def _withdraw(self, news: tuple[State, ...] = ()) -> World:
        """``withdrawing`` is written, or at least that this run is there: nothing is deleted by one that was overtaken."""
        told = () if self.run.view.state is State.WITHDRAWING else (State.WITHDRAWING,)
        at = "look_to_delete" if self.rules.look_before_delete else "delete"
        return self._go("append", draft=self.run.view.draft, tell=(*news, *told), then=at)

    def _look_to_delete(self) -> Iterator[World]:
        content = self.world.content(self.run.draft)
        if content is Content.EDITED:
            yield self._go("tell", tell=(State.EDITED,))
        else:
            yield self._go("tell" if content is None else "delete")

    def _delete(self) -> Iterator[World]:
        yield from self._ask(
            Request("delete", self.run.draft),
            lambda world, answer: (
                self._go("create", world, tell=(State.NOTHING,))
                if answer == "ok"
                else self._go("tell", world)
            ),
        )

    # -- drafting -----------------------------------------------------------------------------------------------------

    def _create(self) -> Iterator[World]:
        def then(world: World, answer: int | str | None) -> World:
            if answer is None:
                return self._go("tell" if self.run.again else "create", world, again=True)
            assert isinstance(answer, int)
            if not self.rules.publish_before_fill:
                return self._go("fill", world, draft=answer)
            return self._publish(world, answer)

        yield from self._ask(Request("create"), then)

    def _publish(self, world: World, draft: int) -> World:
        at = "look_to_fill" if self.rules.look_before_fill else "fill"
        return self._go("append", world, draft=draft, tell=(State.OPENED,), then=at)

    def _look_to_fill(self) -> Iterator[World]:
        content = self.world.content(self.run.draft)
        if content is Content.BLANK:
            yield self._go("fill")
        else:
            yield self._go("tell", tell=(State.EDITED,) if content else ())

    def _fill(self) -> Iterator[World]:
        def then(world: World, answer: int | str | None) -> World:
            if answer is None:
                free = () if self.rules.fill_without_answer_is_open else (State.NOTHING,)
                return self._go("tell", world, tell=free)
            if answer == "404":
                return self._go("tell", world, tell=(State.NOTHING,))
            ready = "look_to_send" if self.rules.send else "tell"
            if not self.rules.publish_before_fill:
                opened = ((State.OPENED, self.run.draft, world.facts), (State.DRAFTED, self.run.draft, 0))
                run = self.run._replace(at="append", waiting=opened, then=ready)
                return self._as(run, world)
            return self._go(ready, world, tell=(State.DRAFTED,))

        yield from self._ask(Request("fill", self.run.draft), then)

    # -- sending ------------------------------------------------------------------------------------------------------

    def _look_to_send(self) -> Iterator[World]:
        wanted = self.run.view.facts == self.world.facts
        there = self.world.content(self.run.draft) is Content.OURS or not self.rules.look_before_send
        if not (wanted and there):
            yield self._go("tell")
        elif self.rules.sending_before_send:
            yield self._go("append", tell=(State.SENDING,), then="send")
        else:
            yield self._go("send")

    def _send(self) -> Iterator[World]:
        def then(world: World, answer: int | str | None) -> World:
            free = (State.NOTHING,)
            if answer is None:
                told = () if self.rules.send_without_answer_is_open else free
            elif answer == "404":
                told = () if self.rules.send_of_nothing_is_open else free
            else:
                told = (State.SENT,)
            return self._go("tell", world, tell=told)

        yield from self._ask(Request("send", self.run.draft), then)

    # -- writing ------------------------------------------------------------------------------------------------------

    def _sweep(self) -> Iterator[World]:
        """Shells of dead runs go, once a write of ours has landed: whoever made them cannot publish them any more."""
        world = self.world
        for draft in self.run.litter:
            if world.content(draft) is Content.BLANK:
                world = world.put(draft, None)
        yield self._as(Run(at="done"), world)

    def _append(self) -> Iterator[World]:
        def then(world: World, answer: int | str | None) -> World:
            return self._landed(world) if answer == "ok" else self._go("read_back", world)

        run = self.run
        yield from self._ask(Request("append", 0, self.place + 1, run.after, run.waiting), then)

    def _read_back(self) -> Iterator[World]:
        """After any answer but success the chain alone can tell."""
        (number, owner), run = self.world.links, self.run
        if number == run.after:
            yield self._go("append")
        elif (number, owner) == (run.after + 1, self.place + 1):
            yield self._landed(self.world)
        elif self.rules.stop_when_overtaken:
            yield self._as(Run(at="done"), self.world)
        else:
            yield self._go("append", after=number)

    def _landed(self, world: World) -> World:
        run = self.run
        facts = next((facts for state, _, facts in run.waiting if state is State.OPENED), run.view.facts)
        return self._go(
            run.then, world, view=Log(facts=facts), after=run.after + 1, waiting=(), wrote=True, again=False
        )

    # -- inside -------------------------------------------------------------------------------------------------------

    def _as(self, run: Run, world: World) -> World:
        runs = world.runs
        return world._replace(runs=(*runs[: self.place], run, *runs[self.place + 1 :]))

    def _over(self, run: Run) -> Run:
        """What waits is written before the run is over; one that only sweeps writes a link without events."""
        if run.waiting or (run.litter and not run.wrote):
            return run._replace(at="append", then="sweep")
        return run._replace(at="sweep") if run.litter else Run(at="done")

    def _go(
        self,
        at: str,
        world: World | None = None,
        *,
        tell: tuple[State, ...] = (),
        draft: int | None = None,
        **fields: Any,
    ) -> World:
        """Go on at a step, in a world (None for the present one)."""
        world, run = world or self.world, self.run
        about = run.draft or run.view.draft if draft is None else draft
        told: tuple[Event, ...] = tuple(
            (state, about, world.facts if state is State.OPENED else 0) for state in tell
        )
        run = run._replace(at=at, draft=about, waiting=run.waiting + told)._replace(**fields)
        if at not in _READING:
            # Once it has settled, a run needs of the log only what its letter claims.
            run = run._replace(view=Log(facts=run.view.facts))
        return self._as(self._over(run) if at in {"tell", "sweep"} else run, world)

    def _ask(self, request: Request, then: Then) -> Iterator[World]:
        """Ask Google: it answers; or the answer is lost, or late, or the network repeats the request."""
        rules = self.rules
        options = {"fence": rules.fence, "content": not rules.send_names_the_draft}
        done, answer = land(self.world, request, **options)
        yield then(done, answer)
        if not self.world.faults:
            return
        poorer = self.world.faults - 1
        yield then(done._replace(faults=poorer), None)
        late = request._replace(name="sending") if request.name == "send" and answer == "ok" else request
        yield then(self._under_way(late)._replace(faults=poorer), None)
        twice, echo = land(done, request, **options)
        yield then(twice._replace(faults=poorer), echo)
        yield then(done._replace(faults=poorer, way=self._under_way(request).way), answer)

    def _under_way(self, request: Request) -> World:
        return self.world._replace(way=tuple(sorted((*self.world.way, request))))
