"""Mistakes between settings, each of which is well by itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from sheetsdun.config.mistakes import Mistake
from sheetsdun.config.parts import Parts
from sheetsdun.config.sections import Section, Spreadsheet, StatusWords
from sheetsdun.rows import ladder
from sheetsdun.rows.columns import DEFAULTS, NEEDED, OURS, key
from sheetsdun.rows.text import clean


def check(parts: Parts) -> Iterator[Mistake]:
    """Every such mistake; sections that could not be read are left out."""
    if parts.sheet:
        yield from _sheet(parts.sheet)
    if parts.headers:
        yield from _columns(parts.headers, parts.sheet)
    if parts.status:
        yield from _words(parts.status)
    yield from _policies(parts)
    yield from _senders(parts)


def _sheet(sheet: Spreadsheet) -> Iterator[Mistake]:
    if sheet.id is None and sheet.url is None:
        yield ("sheet",), "id or url is missing: which spreadsheet is it?"
    if sheet.id is not None and sheet.url is not None:
        yield ("sheet", "url"), "id is there, too: one of them is enough"
    if sheet.policies_first == "sheet" and not sheet.policies:
        yield ("sheet", "policies_first"), 'policies = "" says that there is no such tab'
    seen: dict[str, str] = {}
    for tab in ("invoices", "log", "customers", "policies", "payments", "aging"):
        title = getattr(sheet, tab)
        if title and (other := seen.setdefault(title.casefold(), tab)) != tab:
            yield ("sheet", tab), f"“{title}” is the tab of {other} already"
    for field in sheet.identity:
        if field not in DEFAULTS or field in OURS:
            yield ("sheet", "identity"), f"“{field}” is none of the people's columns under [columns]"
    if len(set(sheet.identity)) < len(sheet.identity):
        yield ("sheet", "identity"), "the same column is named twice"


def _columns(headers: Section, sheet: Spreadsheet | None) -> Iterator[Mistake]:
    titles: dict[str, str] = headers.model_dump()
    for field in dict.fromkeys((*NEEDED, *(sheet.identity if sheet else ()))):
        if field in titles and not clean(titles[field]):
            yield ("columns", field), "this column cannot be left out"
    written = {*OURS, "action"}
    for one, other in itertools.combinations(titles, 2):
        if (
            written.isdisjoint({one, other})
            or not clean(titles[one])
            or key(titles[one]) != key(titles[other])
        ):
            continue
        named = other if other in headers.model_fields_set else one
        both = f"“{titles[named]}” is the header of both {one} and {other}"
        yield ("columns", named), f"{both}, and what we write must stand alone"


def _words(status: StatusWords) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for meaning in ("paid", "void", "disputed"):
        for word in getattr(status, meaning):
            if (other := seen.setdefault(clean(word).casefold(), meaning)) != meaning:
                yield ("status", meaning), f"“{word}” means {other} already"


def _policies(parts: Parts) -> Iterator[Mistake]:
    for name, levels in parts.levels.items():
        if wrong := ladder.policy_name_mistake(name):
            yield ("policy", name), wrong
        for found in ladder.mistakes([level for _, level in levels]):
            place, level = levels[found.level]
            yield ("policy", name, "level", place, found.key), f"{found.text} (level “{level.name}”)"
        for place, level in levels:
            if level.charge and level.charge not in parts.charges:
                yield ("policy", name, "level", place, "charge"), f"there is no [charges.{level.charge}]"
    folded = [name.casefold() for name in parts.levels]
    for name in parts.levels:
        if folded.count(name.casefold()) > 1 and name != name.casefold():
            yield ("policy", name), "another policy differs from it by capitals only"
    if parts.defaults and parts.levels and parts.default_policy not in parts.levels:
        names = ", ".join(parts.levels)
        if parts.default_policy is None:
            yield ("defaults", "policy"), f"say which one counts where a row names none: {names}"
        else:
            yield ("defaults", "policy"), f"there is no policy “{parts.default_policy}”, only {names}"


def _senders(parts: Parts) -> Iterator[Mistake]:
    for name, sender in parts.senders.items():
        levels = {level.name for _, level in parts.levels[name]}
        if sender.from_level and sender.from_level not in levels:
            yield ("policy", name, "sender", "from_level"), f"there is no level “{sender.from_level}”"
