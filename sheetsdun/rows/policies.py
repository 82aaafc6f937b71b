"""The Escalation tab: ladders that the team writes in the sheet, one row a level, lowest first.

Its columns are those of a level in the config: Policy, Level, Offset, and any of Basis, Delivery, Channel, Template,
Deadline days, Cc, Attach, Waives gap and Charge.
"""

from __future__ import annotations

import enum
from collections.abc import Container, Mapping
from typing import TypeVar

from sheetsdun.domain.policy import Basis, Channel, Delivery, Level, Policy
from sheetsdun.errors import ConfigError
from sheetsdun.ports import Table
from sheetsdun.rows import ladder, vocabulary
from sheetsdun.rows.parse import rows
from sheetsdun.rows.text import clean

_NEEDED = ("policy", "level", "offset")

_Choice = TypeVar("_Choice", bound=enum.StrEnum)


def read(table: Table, charges: Container[str] = ()) -> dict[str, Policy]:
    """The policies of the tab, by name. Where the config has one of the same name, that one counts.

    Args:
        table: The tab.
        charges: Names of the charges that the config has.

    Raises:
        ConfigError: The tab has mistakes; all of them are told, each with its row.
    """
    places = {"_".join(clean(title).casefold().split()): place for place, title in enumerate(table.header)}
    where = f"The tab “{table.title}”"
    if missing := [name for name in _NEEDED if name not in places]:
        raise ConfigError(where, [f"there is no column “{name.capitalize()}”" for name in missing])
    mistakes: list[str] = []
    ladders: dict[str, list[tuple[int, Level]]] = {}
    for number, _, shown in rows(table):
        cells = {name: clean(shown[place]) for name, place in places.items() if place < len(shown)}
        if not cells.get("policy"):
            continue
        try:
            level = _level(cells)
        except ValueError as mistake:
            mistakes.append(f"row {number}: {mistake}")
            continue
        ladders.setdefault(cells["policy"], []).append((number, level))
    for name, levels in ladders.items():
        if wrong := ladder.policy_name_mistake(name):
            mistakes.append(f"row {levels[0][0]}: {wrong}")
        mistakes += [
            f"row {levels[found.level][0]}: {found.key}: {found.text}"
            for found in ladder.mistakes([level for _, level in levels])
        ]
        mistakes += [
            f"row {row}: charge: the config has no [charges.{level.charge}]"
            for row, level in levels
            if level.charge and level.charge not in charges
        ]
    if mistakes:
        raise ConfigError(where, mistakes)
    return {name: Policy(name, tuple(level for _, level in levels)) for name, levels in ladders.items()}


def _level(cells: Mapping[str, str]) -> Level:
    """One row as a level. Raises ValueError with a sentence for people."""
    name = cells.get("level", "")
    delivery = _choice(cells, "delivery", Delivery.DRAFT)
    channel = _choice(cells, "channel", Channel.EMAIL)
    return Level(
        name=name,
        offset=_whole(cells, "offset"),
        template=ladder.template_of(cells.get("template") or None, name, delivery, channel),
        basis=_choice(cells, "basis", Basis.DUE),
        delivery=delivery,
        channel=channel,
        deadline_days=_whole(cells, "deadline_days") if cells.get("deadline_days") else 0,
        cc=tuple(cells.get("cc", "").replace(",", " ").replace(";", " ").split()),
        attach=cells.get("attach", "").casefold() not in vocabulary.NO,
        waives_gap=cells.get("waives_gap", "").casefold() in vocabulary.YES,
        charge=cells.get("charge", ""),
    )


def _whole(cells: Mapping[str, str], name: str) -> int:
    try:
        return int(cells.get(name, "").replace("−", "-"))
    except ValueError:
        raise ValueError(f"{name}: “{cells.get(name, '')}” is no whole number of days") from None


def _choice(cells: Mapping[str, str], name: str, default: _Choice) -> _Choice:
    word = cells.get(name, "").casefold()
    if not word:
        return default
    kind = type(default)
    try:
        return kind("_".join(word.split()))
    except ValueError:
        raise ValueError(f"{name}: “{word}” is none of {', '.join(kind)}") from None
