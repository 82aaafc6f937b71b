"""Each section of the file by itself: a mistake in one does not hide those of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from sheetsdun.config import charges, expect, ways
from sheetsdun.config.lines import Path
from sheetsdun.config.mistakes import Mistake, found_by, unknown
from sheetsdun.config.sections import (
    Attachments,
    CustomerHeaders,
    Defaults,
    Google,
    Headers,
    Ladder,
    Limits,
    PaymentHeaders,
    PolicySender,
    Rung,
    Section,
    Sender,
    SendingDays,
    Spreadsheet,
    StatusWords,
)
from sheetsdun.config.values import Currency, Money
from sheetsdun.domain.charges import Charge
from sheetsdun.domain.policy import Climb, Level
from sheetsdun.pay import Way

_SECTIONS = (
    "google", "sheet", "defaults", "columns", "customer_columns", "payment_columns", "status", "calendar", "limits",
    "tolerance", "sender", "attachments", "pay", "charges", "policy", "expect",
)  # fmt: skip

_AnySection = TypeVar("_AnySection", bound=Section)


@dataclass(slots=True)
class Parts:
    """What could be read of each section; None for one with a mistake.

    Attributes:
        levels: By policy: the levels that could be read, each with its place in the file.
    """

    google: Google | None = None
    sheet: Spreadsheet | None = None
    defaults: Defaults | None = None
    headers: Section | None = None
    customer_headers: Section | None = None
    payment_headers: Section | None = None
    status: StatusWords | None = None
    calendar: SendingDays | None = None
    limits: Limits | None = None
    sender: Sender | None = None
    attachments: Attachments | None = None
    tolerance: Mapping[str, Decimal] = field(default_factory=dict)
    charges: Mapping[str, Charge] = field(default_factory=dict)
    expected: list[expect.Expect] = field(default_factory=list)
    ways: Sequence[Way] = ()
    climbs: dict[str, Climb] = field(default_factory=dict)
    senders: dict[str, PolicySender] = field(default_factory=dict)
    levels: dict[str, list[tuple[int, Level]]] = field(default_factory=dict)

    @property
    def policies(self) -> dict[str, tuple[Level, ...]]:
        """The levels of each policy."""
        return {name: tuple(level for _, level in levels) for name, levels in self.levels.items()}

    @property
    def default_policy(self) -> str | None:
        """The default's name: as said, else ``standard``, else the only one; None where that leaves a choice."""
        if self.defaults and self.defaults.policy is not None:
            return self.defaults.policy
        names = list(self.levels)
        return "standard" if "standard" in names else names[0] if len(names) == 1 else None


def read(raw: Mapping[str, Any]) -> tuple[Parts, list[Mistake]]:
    """Read each section, and collect the mistakes of all."""
    mistakes: list[Mistake] = [
        ((name,), unknown(name, _SECTIONS, "section")) for name in raw if name not in _SECTIONS
    ]

    def section(model: type[_AnySection], name: str) -> _AnySection | None:
        return _validated(model, raw.get(name, {}), (name,), mistakes)

    parts = Parts(
        google=section(Google, "google"),
        sheet=section(Spreadsheet, "sheet"),
        defaults=section(Defaults, "defaults"),
        headers=section(Headers, "columns"),
        customer_headers=section(CustomerHeaders, "customer_columns"),
        payment_headers=section(PaymentHeaders, "payment_columns"),
        status=section(StatusWords, "status"),
        calendar=section(SendingDays, "calendar"),
        limits=section(Limits, "limits"),
        sender=section(Sender, "sender"),
        attachments=section(Attachments, "attachments"),
    )
    try:
        parts.tolerance = TypeAdapter(dict[Currency, Money]).validate_python(raw.get("tolerance", {}))
    except ValidationError as error:
        mistakes += found_by(error, ("tolerance",))
    parts.charges, wrong = charges.read(
        raw.get("charges", {}), parts.defaults.currency if parts.defaults else ""
    )
    mistakes += wrong
    parts.expected, wrong = expect.read(raw.get("expect", []))
    mistakes += wrong
    parts.ways, wrong = ways.read(raw.get("pay", []))
    mistakes += wrong
    _policies(raw.get("policy", {}), parts, mistakes)
    return parts, mistakes


def _policies(raw: Any, parts: Parts, mistakes: list[Mistake]) -> None:
    if not isinstance(raw, dict) or not raw:
        mistakes.append(
            (("policy",), "there must be a policy: [policy.standard] with [[policy.standard.level]]")
        )
        return
    for name, settings in raw.items():
        path: Path = ("policy", name)
        parts.levels[name] = []
        if not isinstance(settings, dict):
            mistakes.append((path, "must be a section"))
            continue
        rungs = settings.get("level", [])
        ladder = _validated(
            Ladder, {key: settings[key] for key in settings if key != "level"}, path, mistakes
        )
        parts.climbs[name] = ladder.climb if ladder else Climb.STEP
        if ladder and "sender" in ladder.model_fields_set:
            parts.senders[name] = ladder.sender
        if not isinstance(rungs, list) or not rungs:
            mistakes.append((path, f"there must be a level: [[policy.{name}.level]]"))
            continue
        for place, rung in enumerate(rungs):
            read_rung = _validated(Rung, rung, (*path, "level", place), mistakes)
            if read_rung:
                parts.levels[name].append((place, read_rung.level()))


def _validated(model: type[_AnySection], raw: Any, path: Path, mistakes: list[Mistake]) -> _AnySection | None:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        mistakes += found_by(error, path, model)
        return None
