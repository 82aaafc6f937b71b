"""Effective values: what cells hold once their formulas are worked out."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from sheetsdun.sandbox.sheets.areas import Area, Box
from sheetsdun.sandbox.sheets.book import Book
from sheetsdun.sandbox.sheets.cells import Cell
from sheetsdun.sandbox.sheets.formula.evaluate import outcome
from sheetsdun.sandbox.sheets.formula.parser import parse
from sheetsdun.sandbox.sheets.formula.setting import Setting
from sheetsdun.sandbox.sheets.formula.tokens import Reference, tokens
from sheetsdun.sandbox.sheets.formula.values import Array, Fault, FormulaError, Result, Value
from sheetsdun.sandbox.sheets.locales import LocaleFacts
from sheetsdun.sandbox.sheets.tab import Tab


class Calculation:
    """A spreadsheet worked out at one instant: every formula at most once."""

    def __init__(self, book: Book, now: dt.datetime) -> None:
        self.book = book
        self.locale: LocaleFacts = book.locale
        zone = zoneinfo.ZoneInfo(book.properties["timeZone"])
        self._setting = Setting(self.locale, now.astimezone(zone).replace(tzinfo=None))
        self._known: dict[tuple[int, int, int], Value] = {}

    @property
    def year(self) -> int:
        """The present year where the spreadsheet is."""
        return self._setting.now.year

    def value(self, tab: Tab, row: int, column: int) -> Value:
        """The effective value of a cell."""
        slot = tab.at(row, column)
        if not isinstance(slot, Cell):
            return slot
        if slot.formula is None:
            return slot.value
        return self._worked_out((tab.sheet_id, row, column))

    def _worked_out(self, place: tuple[int, int, int]) -> Value:
        """The value of a formula, after those that it rests on, without recursion: chains may be long."""
        stack, open_places = [place], set[tuple[int, int, int]]()
        while stack:
            here = stack[-1]
            if here in self._known:
                stack.pop()
                continue
            tab = self.book.tab(here[0])
            slot = tab.at(here[1], here[2])
            assert isinstance(slot, Cell)
            assert slot.formula is not None
            waiting = [] if here in open_places else self._needed(tab, slot.formula)
            if any(each in open_places or each == here for each in waiting):
                self._known[here] = Fault("#REF!", "Circular dependency detected.")
            elif waiting:
                open_places.add(here)
                stack.extend(waiting)
            else:
                self._known[here] = self._outcome(tab, slot.formula)
        return self._known[place]

    def _needed(self, tab: Tab, formula: str) -> list[tuple[int, int, int]]:
        """The formulas named in a formula that are not worked out yet."""
        out = []
        for token in tokens(formula, self.locale.decimal):
            area = self._area(token.reference, tab) if token.reference else None
            if token.kind == "name":
                area = self.book.named_area(token.text)
            source = self.book.find_tab(area.sheet_id) if area else None
            if area is None or source is None or not source.formulas:
                continue
            for row, column, slot in source.filled(source.clip(area)):
                place = (source.sheet_id, row, column)
                if isinstance(slot, Cell) and slot.formula is not None and place not in self._known:
                    out.append(place)
        return out

    def _outcome(self, tab: Tab, formula: str) -> Value:
        try:
            node = parse(formula, self.locale.decimal)
        except FormulaError as error:
            return error.fault
        return outcome(node, _Sight(self, tab), self._setting)

    def _area(self, reference: Reference | None, tab: Tab) -> Area | None:
        if reference is None:
            return None
        source = tab if reference.sheet is None else self.book.titled(reference.sheet)
        if source is None:
            return None
        first, last = reference.start, reference.end or reference.start
        rows = sorted(row for row in (first.row, last.row) if row is not None)
        columns = sorted(column for column in (first.column, last.column) if column is not None)
        bottom = None if last.row is None or not rows else rows[-1] + 1
        right = None if last.column is None or not columns else columns[-1] + 1
        top, left = (rows or [0])[0], (columns or [0])[0]
        return Area(source.sheet_id, top, bottom, left, right)

    def values(self, box: Box) -> Array:
        """The effective values of a box, without the empty rows at its end."""
        tab = self.book.tab(box.sheet_id)
        rows = range(box.top, max(min(box.bottom, len(tab.rows)), box.top + 1))
        return [[self.value(tab, row, column) for column in range(box.left, box.right)] for row in rows]

    def referred(self, reference: Reference, tab: Tab) -> Result:
        """The values that a reference on this sheet names.

        Raises:
            FormulaError: It names nothing.
        """
        area = self._area(reference, tab)
        if area is None:
            raise FormulaError("#REF!", f"Unresolved sheet name '{reference.sheet}'.")
        box = self.book.tab(area.sheet_id).clip(area)
        if box.empty:
            raise FormulaError("#REF!", "Reference does not exist.")
        if reference.end is None:
            return self.value(self.book.tab(area.sheet_id), box.top, box.left)
        return self.values(box)


class _Sight:
    """What a formula on one sheet sees."""

    def __init__(self, calculation: Calculation, tab: Tab) -> None:
        self._calculation = calculation
        self._tab = tab

    def referred(self, reference: Reference) -> Result:
        return self._calculation.referred(reference, self._tab)

    def named(self, name: str) -> Result | None:
        area = self._calculation.book.named_area(name)
        if area is None:
            return None
        box = self._calculation.book.tab(area.sheet_id).clip(area)
        found = self._calculation.values(box)
        return found[0][0] if box.height == box.width == 1 else found
