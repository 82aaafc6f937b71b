"""What cells show: the texts that people see, and the number formats behind them."""

from __future__ import annotations

import datetime as dt

from sheetsdun.sandbox.sheets.book import Book
from sheetsdun.sandbox.sheets.calculated import Calculation
from sheetsdun.sandbox.sheets.cells import Cell, Slot
from sheetsdun.sandbox.sheets.formula.parser import CallNode, Node, Operation, parse
from sheetsdun.sandbox.sheets.formula.tokens import End, Reference
from sheetsdun.sandbox.sheets.formula.values import Fault, FormulaError, Value
from sheetsdun.sandbox.sheets.patterns import general, is_date, show, show_text
from sheetsdun.sandbox.sheets.tab import Tab
from sheetsdun.sandbox.wire import Json

_DATES = frozenset({"TODAY", "DATE", "EDATE", "EOMONTH", "DATEVALUE"})
_DATE_TYPES = frozenset({"DATE", "TIME", "DATE_TIME"})
_FOLLOWED = 20


class Lens(Calculation):
    """A look at a spreadsheet at one instant."""

    def __init__(self, book: Book, now: dt.datetime) -> None:
        super().__init__(book, now)
        # A column of dates or sums says the same many times over.
        self._patterned: dict[tuple[float, str], str] = {}

    def text(self, tab: Tab, row: int, column: int) -> str:
        """What a person sees in a cell."""
        slot = tab.at(row, column)
        if isinstance(slot, str):
            return slot
        return self.formatted(self.value(tab, row, column), self.number_format(tab, slot))

    def formatted(self, value: Value, number_format: Json | None) -> str:
        """A value in a number format."""
        if value is None:
            return ""
        if isinstance(value, Fault):
            return value.text
        if isinstance(value, bool):
            return self.locale.true if value else self.locale.false
        pattern = self.pattern(number_format)
        if isinstance(value, str):
            return show_text(value, pattern) if pattern else value
        return self._shown(value, pattern) if pattern else general(value, self.locale)

    def _shown(self, value: float, pattern: str) -> str:
        key = value, pattern
        if key not in self._patterned:
            self._patterned[key] = show(value, pattern, self.locale)
        return self._patterned[key]

    def pattern(self, number_format: Json | None) -> str:
        """The pattern of a number format; of a type without one the locale's default."""
        if not number_format:
            return ""
        pattern: str = number_format.get("pattern") or ""
        if pattern:
            return pattern
        locale = self.locale
        money = f'"{locale.currency}"#,##0.00' if locale.currency_first else f'#,##0.00 "{locale.currency}"'
        defaults = {
            "TEXT": "@",
            "NUMBER": "#,##0.00",
            "PERCENT": "0.00%",
            "CURRENCY": money,
            "DATE": locale.date,
            "TIME": locale.time,
            "DATE_TIME": locale.date_time,
            "SCIENTIFIC": "0.00E+00",
        }
        return defaults.get(number_format.get("type") or "", "")

    def number_format(self, tab: Tab, slot: Slot) -> Json | None:
        """The number format that a cell has, or that its formula takes over from what it names."""
        return self._format(tab, slot, _FOLLOWED)

    def is_date(self, number_format: Json | None) -> bool:
        """Whether a number format shows dates or times."""
        if not number_format:
            return False
        return number_format.get("type") in _DATE_TYPES or is_date(self.pattern(number_format))

    def _format(self, tab: Tab, slot: Slot, left: int) -> Json | None:
        if not isinstance(slot, Cell):
            return None
        own: Json | None = (slot.format or {}).get("numberFormat")
        if own or slot.formula is None or not left:
            return own
        try:
            return self._hint(parse(slot.formula, self.locale.decimal), tab, left - 1)
        except FormulaError:
            return None

    def _hint(self, node: Node | None, tab: Tab, left: int) -> Json | None:  # noqa: PLR0911 - one for each kind
        match node:
            case Reference(start=End(row=int(row), column=int(column)), end=None, sheet=sheet):
                source = tab if sheet is None else self.book.titled(sheet)
                return self._format(source, source.at(row, column), left) if source else None
            case Operation("+" | "-", (first, second)):
                hints = [self._hint(each, tab, left) for each in (first, second)]
                if node.operator == "-" and all(map(self.is_date, hints)):
                    return None
                return hints[0] or hints[1]
            case CallNode("NOW"):
                return {"type": "DATE_TIME"}
            case CallNode(name) if name in _DATES:
                return {"type": "DATE"}
            case CallNode("SUM" | "MAX" | "MIN" | "IF" | "IFERROR", arguments):
                ends = [part for part in arguments if part is not None][-1:]
                return self._hint(ends[0], tab, left) if ends else None
        return None
