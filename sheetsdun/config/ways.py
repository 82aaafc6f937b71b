"""The ``[[pay]]`` tables -> ways to pay."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from sheetsdun.config.lines import Path
from sheetsdun.config.mistakes import Mistake, found_by, unknown
from sheetsdun.config.pay import KINDS
from sheetsdun.pay import Order, Way, america, britain, europe


def read(raw: Any) -> tuple[list[Way], list[Mistake]]:
    """Read every table.

    Args:
        raw: The tables, as TOML has them.

    Returns:
        Ways to pay in order, and the mistakes.
    """
    if not isinstance(raw, list) or not all(isinstance(table, dict) for table in raw):
        return [], [(("pay",), "must be tables: [[pay]]")]
    ways: list[Way] = []
    mistakes: list[Mistake] = []
    for place, table in enumerate(raw):
        way, wrong = _read(table, ("pay", place))
        mistakes += wrong
        if way is None:
            continue
        if any(way.name.casefold() == other.name.casefold() for other in ways):
            mistakes.append((("pay", place, "name"), f"“{way.name}” is the name of another one already"))
        ways.append(way)
    return ways, mistakes


def _read(table: dict[str, Any], path: Path) -> tuple[Way | None, list[Mistake]]:
    kind = table.get("kind")
    if kind is None:
        return None, [((*path, "kind"), f"is missing: one of {', '.join(KINDS)}")]
    section = KINDS.get(kind) if isinstance(kind, str) else None
    if section is None:
        return None, [
            ((*path, "kind"), unknown(str(kind), KINDS, "kind") + f" (there are {', '.join(KINDS)})")
        ]
    try:
        way = section.model_validate(table).way()
    except ValidationError as error:
        return None, [*found_by(error, path, section)]
    lacking = _lacking(way)
    return way, [((*path, lacking[0]), lacking[1])] if lacking else []


def _lacking(way: Way) -> tuple[str, str] | None:
    """The setting that keeps a way to pay from having its code, and why; None where nothing does."""
    for currency in _with_code(way):
        order = Order(amount=Decimal(1), currency=currency, invoices=("1",), reference="SD-222222")
        if way.payload(order) is not None:
            continue
        if isinstance(way, europe.Europe) and not way.bic and way.iban[:2] not in europe.EEA:
            return (
                "bic",
                "is missing: outside the European Economic Area the code needs one; or say qr = false",
            )
        return "qr", "no code can be made: a name is too long for its standard, or has letters that it lacks"
    return None


def _with_code(way: Way) -> tuple[str, ...]:
    """The currencies for which it should have a code."""
    if not way.qr or isinstance(way, america.America | britain.Britain):
        return ()
    if isinstance(way, europe.Europe):
        return tuple(currency for currency in way.currencies if currency == "EUR")
    return way.currencies or ("EUR",)
