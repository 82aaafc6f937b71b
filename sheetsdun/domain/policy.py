"""A policy is a named ladder; its rungs are levels.

There are few of them and they are asked often: what follows from their fields is found once and kept.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_LONGEST_MONTH = 31


class Basis(enum.StrEnum):
    """What a level's offset is counted from."""

    DUE = "due"
    END_OF_MONTH = "end_of_month"
    PREVIOUS = "previous"


class Delivery(enum.StrEnum):
    """How a level reaches the debtor."""

    DRAFT = "draft"
    SEND = "send"
    TASK = "task"


class Climb(enum.StrEnum):
    """How a policy goes up: never skipping a level, or straight to the highest one reached."""

    STEP = "step"
    JUMP = "jump"


class Channel(enum.StrEnum):
    """How a person carries out a task."""

    EMAIL = "email"
    CALL = "call"
    SMS = "sms"
    MESSENGER = "messenger"
    LETTER = "letter"
    VISIT = "visit"


class Kind(enum.StrEnum):
    """Whether a reminder speaks of a day that comes or of one that has passed."""

    UPCOMING = "upcoming"
    OVERDUE = "overdue"


@dataclass(frozen=True, kw_only=True)
class Level:
    """One rung of a ladder.

    Attributes:
        name: Unique in its policy; letters, digits, ``-`` and ``_`` of any script.
        offset: Days from the basis; negative is before it.
        template: Name of the template without its ending.
        deadline_days: Business days that the letter gives to pay; 0 for none.
        cc: Addresses, or ``manager``.
        attach: Whether the row's attachments go with it.
        offer: Words of ours that offer a deferral or a plan of instalments; "" for none.
        in_sheet: Whether it stands in the sheet, and not in the config: its words are data then, as those of any cell.
        charge: Name of what the letter charges beside the principal; "" for nothing.
        statement: A statement of account goes with the letter.
        letter_pdf: The letter goes with itself as a PDF, for the post.
        waives_gap: It need not keep ``min_gap_days`` (a final notice).
    """

    name: str
    offset: int
    template: str
    basis: Basis = Basis.DUE
    delivery: Delivery = Delivery.DRAFT
    channel: Channel = Channel.EMAIL
    deadline_days: int = 0
    cc: tuple[str, ...] = ()
    attach: bool = True
    waives_gap: bool = False
    charge: str = ""
    offer: str = ""
    in_sheet: bool = False
    statement: bool = False
    letter_pdf: bool = False

    @cached_property
    def kind(self) -> Kind:
        """A level on or before the due date speaks of a day that comes.

        The end of a month is past the due date unless the offset goes back by a whole month.
        """
        if self.basis is Basis.DUE:
            upcoming = self.offset <= 0
        else:
            upcoming = self.basis is Basis.END_OF_MONTH and self.offset <= -_LONGEST_MONTH
        return Kind.UPCOMING if upcoming else Kind.OVERDUE

    @cached_property
    def overdue(self) -> bool:
        """Whether it speaks of a day that has passed."""
        return self.kind is Kind.OVERDUE

    @cached_property
    def written(self) -> bool:
        """Whether a letter goes, and not a task to a person."""
        return self.delivery is not Delivery.TASK


@dataclass(frozen=True)
class Policy:
    """A named ladder, lowest level first."""

    name: str
    levels: tuple[Level, ...]
    climb: Climb = Climb.STEP

    @cached_property
    def jumps(self) -> bool:
        """Whether it goes straight to the highest level reached."""
        return self.climb is Climb.JUMP

    @cached_property
    def rungs(self) -> tuple[Rung, ...]:
        """Every place on it, lowest first."""
        return tuple(Rung(self, place) for place in range(1, len(self.levels) + 1))

    @cached_property
    def _by_name(self) -> Mapping[str, Rung]:
        return {rung.level.name: rung for rung in reversed(self.rungs)}

    def rung(self, level: str) -> Rung | None:
        """The place of the level of that name; None where the policy has none."""
        return self._by_name.get(level)

    def position(self, level: str) -> int | None:
        """1-based place of the level of that name; None where the policy has none."""
        rung = self.rung(level)
        return rung.place if rung else None


@dataclass(frozen=True)
class Rung:
    """A place on a policy's ladder.

    Attributes:
        place: From 1, at most the number of levels.
    """

    policy: Policy
    place: int

    @cached_property
    def level(self) -> Level:
        """The level at this place."""
        return self.policy.levels[self.place - 1]

    @cached_property
    def naming(self) -> Mapping[str, str | int]:
        """What words need to say "firm (4 of 5)"."""
        return {"level": self.level.name, "place": self.place, "levels": len(self.policy.levels)}

    @cached_property
    def offset(self) -> int:
        """Days from the due date that the level stands for, whatever its basis.

        Comparable between policies: the log keeps it, a change of policy and the choice of the sternest level go by
        it. More than 0 just where the level's kind is overdue.
        """
        level = self.level
        if level.kind is Kind.UPCOMING:
            return level.offset
        before = Rung(self.policy, self.place - 1).offset if self._after_another else 0
        return max(before + level.offset, 1)

    @property
    def _after_another(self) -> bool:
        return self.level.basis is Basis.PREVIOUS and self.place > 1
