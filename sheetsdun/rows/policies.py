"""The Escalation tab: ladders that the team writes in the sheet, one row a level, lowest first.

Its columns are Policy, Level, Climb, and the settings of a level in the config, as people write them: Deadline days,
Waives gap. Which ones there are is told by ``Level`` itself.
"""

from __future__ import annotations

import difflib
import enum
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from sheetsdun.domain.policy import Climb, Level, Policy
from sheetsdun.errors import ConfigError
from sheetsdun.ports import Table
from sheetsdun.rows import ladder, vocabulary
from sheetsdun.rows.columns import key
from sheetsdun.rows.parse import rows
from sheetsdun.rows.text import clean

_Choice = TypeVar("_Choice", bound=enum.StrEnum)

_NEEDED = ("policy", "level", "offset")
_NOT_HERE = frozenset({"name", "in_sheet"})
_DEFAULTS: Mapping[str, Any] = {
    each.name: each.default for each in fields(Level) if each.name not in {*_NOT_HERE, "offset", "template"}
}
"""Every setting of a level that has a default."""

COLUMNS = ("policy", "level", "offset", "template", *_DEFAULTS, "climb")
"""Fields of the tab, in the order in which it is written."""

_YES_NO = {True: "yes", False: "no"}


def header(field: str) -> str:
    """What a column is called: ``Deadline days``."""
    return field.replace("_", " ").capitalize()


def read(table: Table, charges: Collection[str] = ()) -> dict[str, Policy]:
    """The policies of the tab, by name.

    Args:
        table: The tab.
        charges: Names of charges that the config has.

    Raises:
        ConfigError: The tab has mistakes; all of them are told, each with its row.
    """
    known = {key(header(field)): field for field in COLUMNS}
    places = {known[key(title)]: place for place, title in enumerate(table.header) if key(title) in known}
    mistakes = [*_headers(table.header, known, places)]
    ladders: dict[str, list[tuple[int, Level]]] = {}
    climbs: dict[str, dict[Climb, int]] = {}
    spellings: dict[str, str] = {}
    for number, _, shown in rows(table) if not mistakes else ():
        row = _Row({name: clean(shown[place]) for name, place in places.items() if place < len(shown)})
        if not (name := row.cells.get("policy", "")):
            if row.cells.get("level"):
                mistakes.append(f"row {number}: policy: which policy is this a level of?")
            continue
        first = spellings.setdefault(name.casefold(), name)
        if first != name:
            row.mistakes.append(f"policy: “{name}” and “{first}” differ by capitals only")
        level = row.level()
        if row.cells.get("climb"):
            climbs.setdefault(name, {}).setdefault(row.choice("climb", Climb.STEP), number)
        if level.charge and level.charge not in charges:
            row.mistakes.append(f"charge: the config has no [charges.{level.charge}]")
        mistakes += [f"row {number}: {mistake}" for mistake in row.mistakes]
        ladders.setdefault(name, [])
        if not row.mistakes:
            ladders[name].append((number, level))
    mistakes += _of_ladders(ladders, climbs)
    if mistakes:
        raise ConfigError(f"The tab “{table.title}”", sorted(mistakes, key=_row))
    return {
        name: Policy(name, tuple(level for _, level in levels), next(iter(climbs.get(name, ())), Climb.STEP))
        for name, levels in ladders.items()
    }


def written(policies: Iterable[Policy]) -> list[list[str | int]]:
    """Ladders as rows of the tab, its header first; ``read`` understands them."""
    found: list[list[str | int]] = [[header(field) for field in COLUMNS]]
    for policy in policies:
        for place, level in enumerate(policy.levels):
            cells: dict[str, str | int] = {"policy": policy.name, "level": level.name, "offset": level.offset}
            usual = ladder.template_of(None, level.name, level.delivery, level.channel)
            cells["template"] = "" if level.template == usual else level.template
            cells["climb"] = policy.climb.value if place == 0 and policy.climb is not Climb.STEP else ""
            for field, default in _DEFAULTS.items():
                value = getattr(level, field)
                cells[field] = "" if value == default else _cell(value)
            found.append([cells[field] for field in COLUMNS])
    return found


def _cell(value: Any) -> str | int:
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, tuple):
        return ", ".join(value)
    return value if isinstance(value, int) else str(value)


def _headers(there: Iterable[str], known: Mapping[str, str], places: Mapping[str, int]) -> Iterator[str]:
    """What is wrong with the header row: a column misspelt would be a rule that nobody follows."""
    titles = [title for title in map(clean, there) if title]
    yield from (f"there is no column “{header(name)}”" for name in _NEEDED if name not in places)
    for title in titles:
        if key(title) in known and [key(each) for each in titles].count(key(title)) > 1:
            yield f"“{title}” stands more than once"
        elif key(title) not in known and (near := difflib.get_close_matches(key(title), known, 1, 0.8)):
            yield f"“{title}” is no column of a level; did you mean “{header(known[near[0]])}”?"


def _of_ladders(
    ladders: Mapping[str, list[tuple[int, Level]]], climbs: Mapping[str, Mapping[Climb, int]]
) -> Iterator[str]:
    """Mistakes between the rows of each ladder."""
    for name, levels in ladders.items():
        if levels and (wrong := ladder.policy_name_mistake(name)):
            yield f"row {levels[0][0]}: policy: {wrong}"
        for found in ladder.mistakes([level for _, level in levels]):
            yield f"row {levels[found.level][0]}: {found.key}: {found.text}"
        if len(said := climbs.get(name, {})) > 1:
            yield f"row {max(said.values())}: climb: “{name}” cannot climb both by {' and by '.join(said)}"


def _row(mistake: str) -> int:
    """The row that a mistake names, for sorting; 0 for the header row."""
    first, _, rest = mistake.partition(" ")
    return int(rest.partition(":")[0]) if first == "row" else 0


class _Row:
    """One row of the tab, and the mistakes found in it."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.mistakes: list[str] = []

    def level(self) -> Level:
        """The row as a level; where there are mistakes, their settings have their defaults."""
        name = self.cells.get("level", "")
        given: dict[str, Any] = {field: self._setting(field, default) for field, default in _DEFAULTS.items()}
        said, delivery, channel = self.cells.get("template") or None, given["delivery"], given["channel"]
        template = ladder.template_of(said, name, delivery, channel)
        return Level(name=name, offset=self._whole("offset", None), template=template, in_sheet=True, **given)

    def _setting(self, field: str, default: Any) -> Any:
        text = self.cells.get(field, "")
        if not text:
            return default
        if isinstance(default, enum.StrEnum):
            return self.choice(field, default)
        if isinstance(default, bool):
            return self._yes_or_no(field, default)
        if isinstance(default, int):
            return self._whole(field, default)
        return tuple(text.replace(",", " ").replace(";", " ").split()) if isinstance(default, tuple) else text

    def choice(self, field: str, default: _Choice) -> _Choice:
        """One of several words."""
        word, kind = self.cells[field].casefold(), type(default)
        try:
            return kind("_".join(word.split()))
        except ValueError:
            self.mistakes.append(f"{field}: “{word}” is none of {', '.join(kind)}")
            return default

    def _yes_or_no(self, field: str, default: bool) -> bool:
        word = self.cells[field].casefold()
        if word in vocabulary.YES | vocabulary.NO:
            return word in vocabulary.YES
        self.mistakes.append(f"{field}: “{word}” is neither yes nor no")
        return default

    def _whole(self, field: str, default: int | None) -> int:
        text = self.cells.get(field, "")
        try:
            return int(text.replace("−", "-"))
        except ValueError:
            self.mistakes.append(f"{field}: “{text}” is no whole number of days")
            return default or 0
