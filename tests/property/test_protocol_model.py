"""The protocol of "sending once", looked at whole: every order of every step, and what each of its rules is good for.

Over an abstract Google, with runs side by side, crashes anywhere, answers lost and late, requests repeated, and a
person who edits, sends, deletes and pays: no letter goes twice, none is lost, no edit is overwritten. Take any one
rule away, and one of these happens. ``SHEETSDUN_SOAK=1`` looks further.
"""

from __future__ import annotations

import os
from dataclasses import fields

import pytest
from protocol.explore import Bounds, Found, explore
from protocol.run import Rules
from tally import Tally

TWICE, BOTH = "sent twice", "there twice"

LONG = float(os.environ.get("SHEETSDUN_SOAK", "0")) >= 1

HOLDS = [
    pytest.param(Bounds(runs=2, faults=1, acts=1), id="two runs, a fault, a person"),
    pytest.param(Bounds(runs=2, faults=1, acts=1, drafted=True), id="the same over a draft that lies there"),
    pytest.param(Bounds(runs=3, faults=0, acts=0), id="three runs"),
    pytest.param(Bounds(runs=2, faults=0, acts=2, drafted=True), id="two runs, a person who does two things"),
]
SOAK = [
    pytest.param(Bounds(runs=2, faults=2, acts=0), id="two runs, two faults"),
    pytest.param(Bounds(runs=3, faults=0, acts=1), id="three runs, a person"),
    pytest.param(Bounds(runs=3, faults=1, acts=0), id="three runs, a fault"),
    pytest.param(Bounds(runs=3, faults=1, acts=1, drafted=True), id="three runs, a fault, a person, a draft"),
    pytest.param(Bounds(runs=2, faults=2, acts=1), id="two runs, two faults, a person"),
    pytest.param(Bounds(runs=2, faults=1, acts=2, hours=2, drafted=True), id="two hours"),
]

SIDE_BY_SIDE = Bounds(runs=2, faults=0, acts=0)
FAULT = Bounds(runs=2, faults=1, acts=0)
PERSON = Bounds(runs=2, faults=0, acts=1)
PERSON_AT_DRAFT = Bounds(runs=2, faults=0, acts=1, drafted=True)
BUSY_PERSON = Bounds(runs=2, faults=0, acts=2, drafted=True)
ALL_AT_DRAFT = Bounds(runs=2, faults=1, acts=1, drafted=True)
NEEDED = {
    "fence": (BOTH, SIDE_BY_SIDE),
    "chain_before_log": (BOTH, SIDE_BY_SIDE),
    "stop_when_overtaken": (BOTH, SIDE_BY_SIDE),
    "publish_before_fill": (BOTH, SIDE_BY_SIDE),
    "look_before_fill": ("somebody's edit was overwritten", PERSON),
    "look_before_delete": ("somebody's edit was deleted", BUSY_PERSON),
    "look_before_send": ("somebody's edit was sent unasked", PERSON_AT_DRAFT),
    "sending_before_send": ("somebody's edit was sent unasked", ALL_AT_DRAFT),
    "send_names_the_draft": (TWICE, FAULT),
    "send_without_answer_is_open": (TWICE, FAULT),
    "send_of_nothing_is_open": (TWICE, FAULT),
    "fill_without_answer_is_open": (BOTH, FAULT),
    "sending_is_left_alone": (TWICE, ALL_AT_DRAFT),
    "withdrawn_after_two_looks": (TWICE, BUSY_PERSON),
    "discarded_after_two_looks": ("told as deleted, but it was sent", PERSON_AT_DRAFT),
    "one_empty_search_frees_nothing": (TWICE, PERSON_AT_DRAFT),
    "evidence_is_looked_for": ("told as deleted, but it was sent", PERSON_AT_DRAFT),
    "sweep_after_own_write": ("lost", SIDE_BY_SIDE),
}
"""Each rule, what happens without it, and where that is seen."""


@pytest.mark.parametrize("send", [True, False], ids=["sends", "drafts"])
@pytest.mark.parametrize("bounds", HOLDS + (SOAK if LONG else []))
@pytest.mark.timeout(0 if LONG else 120)
def test_nothing_bad_can_happen(bounds: Bounds, figures: Tally, *, send: bool) -> None:
    found = explore(Rules(send=send), bounds)
    figures["states of the protocol's model"] += found.states
    assert not found.harm, told(found)
    assert found.states > 100


@pytest.mark.parametrize("rule", NEEDED)
def test_without_the_rule_something_bad_happens(rule: str) -> None:
    harm, bounds = NEEDED[rule]
    assert explore(Rules(**{rule: False}), bounds, harm).harm == harm


def test_every_rule_is_tried() -> None:
    assert {field.name for field in fields(Rules)} == {"send", *NEEDED}


def told(found: Found) -> str:
    """The shortest way to the harm, step by step."""
    return "\n".join([found.harm, *map(str, found.way)])
