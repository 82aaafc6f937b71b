"""What is wrong with a ladder, wherever it is written: in the config or in the Escalation tab."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheetsdun.domain.policy import Basis, Channel, Delivery, Level
from sheetsdun.rows import vocabulary
from sheetsdun.rows.addresses import valid

NAME = re.compile(r"[\w-]+")
"""Names of policies, levels and templates: letters, digits, ``-`` and ``_`` of any script."""

OFFSETS = range(-365, 3651)
"""Days: a year before, to ten years after."""

DEADLINES = range(366)
"""Business days to pay."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one level.

    Attributes:
        level: Its 0-based place among those looked at.
        key: The setting that is wrong.
        text: One sentence, beginning with what stands there.
    """

    level: int
    key: str
    text: str


def template_of(said: str | None, level: str, delivery: Delivery, channel: Channel) -> str:
    """The template of a level: the one that is said, else a letter's has the level's name, and a task's the channel's."""
    if said is not None:
        return said
    return str(channel) if delivery is Delivery.TASK else level


def policy_name_mistake(name: str) -> str:
    """What is wrong with a policy's name; "" where nothing is."""
    if not NAME.fullmatch(name):
        return f"“{name}” is no name: use letters, digits, - and _"
    if name.casefold() in vocabulary.HOLD | vocabulary.STOP:
        return f"“{name}” cannot name a policy: in the Escalation column it means that nothing is sent"
    return ""


def mistakes(levels: Sequence[Level]) -> Iterator[Mistake]:
    """Every mistake of a ladder, lowest level first."""
    names: set[str] = set()
    highest: dict[Basis, Level] = {}
    for place, level in enumerate(levels):
        yield from (Mistake(place, key, text) for key, text in _alone(level))
        if level.name.casefold() in names:
            yield Mistake(place, "name", f"there is another level “{level.name}” in this policy")
        names.add(level.name.casefold())
        if level.basis is Basis.PREVIOUS:
            if place == 0:
                yield Mistake(place, "basis", "“previous” cannot be the basis of the first level")
            if level.offset < 1:
                yield Mistake(
                    place, "offset", f"{level.offset} days after the previous level is no later day"
                )
            continue
        below = highest.get(level.basis)
        if below and level.offset <= below.offset:
            yield Mistake(
                place,
                "offset",
                f"{level.offset} is not after {below.offset}, the offset of “{below.name}” below it",
            )
        highest[level.basis] = level


def _alone(level: Level) -> Iterator[tuple[str, str]]:
    """Key and sentence of each mistake that a level has by itself."""
    for name, key in {level.template: "template", level.name: "name"}.items():
        if not NAME.fullmatch(name):
            yield key, f"“{name}” is no name: use letters, digits, - and _"
    if level.offset not in OFFSETS:
        yield "offset", f"{level.offset} is not between {OFFSETS[0]} and {OFFSETS[-1]} days"
    if level.deadline_days not in DEADLINES:
        yield "deadline_days", f"{level.deadline_days} is not between 0 and {DEADLINES[-1]} business days"
    yield from _of_delivery(level)
    for address in level.cc:
        if address != "manager" and not valid(address):
            yield "cc", f"“{address}” is no address, and not “manager”"


def _of_delivery(level: Level) -> Iterator[tuple[str, str]]:
    """What does not go with the way in which a level reaches the debtor."""
    if not level.written and level.channel is Channel.EMAIL:
        yield "channel", "a task needs a channel other than email: call, sms, messenger, letter or visit"
    if level.written and level.channel is not Channel.EMAIL:
        yield "channel", f'“{level.channel}” is for tasks only: write delivery = "task" with it'
    if level.charge and not (level.written and level.overdue):
        yield "charge", "only a letter after the due date can charge something"
