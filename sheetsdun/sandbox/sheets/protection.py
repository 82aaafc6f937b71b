"""Protected ranges: whom they bind."""

from __future__ import annotations

from sheetsdun.sandbox.sheets.areas import Area, from_grid_range
from sheetsdun.sandbox.sheets.book import Book
from sheetsdun.sandbox.wire import Json

LOCKED_OUT = "lockedOut"
"""Kept beside Google's fields, never shown: who asked for a protection that binds also them."""


def protected_area(protected: Json, book: Book) -> Area | None:
    """The cells that it protects, by themselves or through a named range."""
    if "range" in protected:
        return from_grid_range(protected["range"])
    named = next((n for n in book.named if n["namedRangeId"] == protected.get("namedRangeId")), None)
    return from_grid_range(named["range"]) if named else None


def may_edit(protected: Json, book: Book, caller: str) -> bool:
    """Whether the caller may change what it protects."""
    if protected.get("warningOnly"):
        return True
    if caller in protected.get(LOCKED_OUT, ()):
        return False
    return caller == book.owner or caller in (protected.get("editors") or {}).get("users", ())


def is_bound(protected: Json, book: Book, area: Area, caller: str) -> bool:
    """Whether it forbids the caller to change something in this area."""
    where = protected_area(protected, book)
    if where is None or not where.meets(area) or may_edit(protected, book, caller):
        return False
    return not any(from_grid_range(free).covers(area) for free in protected.get("unprotectedRanges", ()))


def shown(protected: Json, book: Book, caller: str) -> Json:
    """A protected range as the caller sees it."""
    able = may_edit(protected, book, caller)
    out = {name: value for name, value in protected.items() if name != LOCKED_OUT}
    if able:
        out["requestingUserCanEdit"] = True
    else:
        out.pop("editors", None)
    return out
