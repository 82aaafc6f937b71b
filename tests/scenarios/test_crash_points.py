"""Every crash point of a run, with every fault, in memory: no letter twice, none lost, every status in its place."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter
from typing import Any

import pytest
from office import Office, ladder, office
from tally import Tally

from sheetsdun.domain.history import State
from sheetsdun.domain.policy import Channel, Delivery, Level, Policy
from sheetsdun.errors import SheetsdunError, Unreachable
from sheetsdun.ports import NoAnswer, Rejected

LATER = dt.timedelta(hours=2)
"""After a fault the next run comes when the lease has expired and a request cannot be on its way any more."""

PARTS = {"create", "fill", "delete"}
"""Calls that are answered part by part, and never fail as a whole."""

CHANGES = {"append", "write", "send", "mark"}

RING = Policy(
    "ring", (Level(name="ring", offset=3, template="call", delivery=Delivery.TASK, channel=Channel.CALL),)
)


class Killed(BaseException):
    """The process is gone."""


def busy() -> Office:
    """A morning with everything in it: new drafts, sends, a draft to take back, a wider letter, Actions, tasks.

    The owner's digest of yesterday makes way for today's.
    """
    shop = office(
        owner="boss@example.com",
        policies={"standard": ladder(), "auto": ladder("auto", Delivery.SEND), "ring": RING},
    )
    shop.add("OLD-1", due=-4, customer="Paid Ltd", email="a@paid.example")
    shop.add("OLD-2", due=-4, customer="Wider Ltd", email="a@wider.example")
    shop.add("OLD-3", due=-4, customer="Asked Ltd", email="a@asked.example")
    shop.add("OLD-4", due=-4, customer="Skipped Ltd", email="a@skipped.example")
    shop.add("OLD-5", due=-4, customer="Redone Ltd", email="a@redone.example")
    shop.add("CALL-1", due=-4, customer="Called Ltd", email="a@called.example", escalation="ring")
    shop.add("CALL-2", due=-4, customer="Rung Ltd", email="a@rung.example", escalation="ring")
    shop.sync()
    shop.pass_days(1)
    shop.write("CALL-1", "action", "done")
    shop.write("OLD-1", "paid", 100)
    shop.add("NEW-2", due=-4, customer="Wider Ltd", email="a@wider.example")
    shop.write("OLD-3", "action", "send")
    shop.write("OLD-4", "action", "skip")
    shop.write("OLD-5", "action", "redo")
    shop.add("NEW-1", due=-4, customer="New Ltd", email="a@new.example")
    shop.add("AUTO-1", due=-4, customer="Auto Ltd", email="a@auto.example", escalation="auto")
    shop.hooks.calls.clear()
    return shop


def outcome(shop: Office) -> dict[str, Any]:
    """What must be the same whatever happened: who has which letter, and what the sheet says."""
    letters: Counter[tuple[str, str, str]] = Counter()
    for message in shop.mailbox.all.values():
        where = "SENT" if "SENT" in message.labels else "DRAFT" if "DRAFT" in message.labels else "elsewhere"
        letters[where, str(message.content["To"] or ""), str(message.content["Subject"])] += 1
    texts = {row[0]: [str(cell) for cell in row[:11]] for row in shop.rows[1:]}
    return {"letters": letters, "rows": texts}


def calm() -> tuple[dict[str, Any], list[str]]:
    shop = busy()
    shop.sync()
    calls = list(shop.hooks.calls)
    shop.time += LATER
    shop.sync()
    return outcome(shop), calls


def wrong(seen: dict[str, Any]) -> dict[str, list[object]]:
    """What is not as it would be if nothing had gone wrong, by kind."""
    letters, due = seen["letters"], EXPECTED["letters"]
    rows = [name for name, row in EXPECTED["rows"].items() if seen["rows"].get(name) != row]
    return {"duplicates": [*(letters - due)], "losses": [*(due - letters)], "wrong rows": rows}


EXPECTED, CALLS = calm()
FAULTS = ("killed before", "killed after", "no answer before", "no answer after", "refused")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("number", range(1, len(CALLS) + 1))
def test_whatever_happens_at_a_call_two_later_runs_make_it_good(
    number: int, fault: str, figures: Tally
) -> None:
    shop = busy()
    _arm(shop, number, fault)
    with contextlib.suppress(Killed, SheetsdunError):
        shop.sync()
    _disarm(shop)
    shop.time += LATER
    shop.sync(take_over=True)
    shop.time += LATER
    if any(letter.state is State.WITHDRAWING for letter in shop.history.mails.values()):
        # Whether a draft was deleted by us, or sent by a person that very minute, takes two looks an hour apart.
        shop.sync(take_over=True)
        shop.time += LATER
    before = [list(row) for row in shop.rows], len(shop.sheet.chain_), dict(shop.mailbox.draft_ids)
    shop.sync(take_over=True)
    assert ([list(row) for row in shop.rows], len(shop.sheet.chain_), dict(shop.mailbox.draft_ids)) == before
    seen = outcome(shop)
    figures["crash points × kinds of fault, in memory"] += 1
    figures["letters counted"] += sum(seen["letters"].values())
    figures["rows compared"] += len(seen["rows"])
    figures.wrong(wrong(seen))
    assert seen == EXPECTED


def _arm(shop: Office, number: int, fault: str) -> None:
    name = CALLS[number - 1]
    failure = Rejected("too many", code=429, quota=True) if fault == "refused" else NoAnswer("no answer")

    def here() -> bool:
        return len(shop.hooks.calls) == number

    def fail(count: int, called: str) -> None:
        if count == number and (name not in PARTS or fault.startswith("killed")):
            assert called == name
            if fault.startswith("killed"):
                raise Killed
            raise failure if name in CHANGES else Unreachable("Google is not there.")

    if name in PARTS and not fault.startswith("killed"):
        if fault.endswith("after"):
            shop.hooks.lose = lambda _name, _place: failure if here() else None
        else:
            shop.hooks.refuse = lambda _name, _place: failure if here() else None
    elif fault.endswith("after"):
        shop.hooks.after = fail
    else:
        shop.hooks.before = fail


def _disarm(shop: Office) -> None:
    shop.hooks.before = shop.hooks.after = lambda _number, _name: None
    shop.hooks.refuse = shop.hooks.lose = lambda _name, _place: None


def test_a_request_to_send_that_may_be_on_its_way_is_left_alone_for_half_an_hour() -> None:
    """Neither sent again nor called uncertain, whether the draft is there still or gone."""
    shop = office()
    for number in (1, 2):
        shop.add(
            f"AUTO-{number}", due=-4, customer=f"C{number}", email=f"a@c{number}.example", escalation="auto"
        )

    def die(_number: int, name: str) -> None:
        if name == "send":
            raise Killed

    shop.hooks.before = die
    with contextlib.suppress(Killed):
        shop.sync()
    _disarm(shop)
    shop.mailbox.discard(shop.drafts()[0][0])
    for _ in range(2):
        shop.time += dt.timedelta(minutes=10)
        shop.sync(take_over=True)
        assert not shop.sent()
        assert {letter.state for letter in shop.history.letters.values()} == {State.SENDING}
    shop.time += dt.timedelta(minutes=10)
    shop.sync(take_over=True)
    assert len(shop.sent()) == 1
    assert {letter.state for letter in shop.history.letters.values()} == {State.SENT, State.UNCERTAIN}
