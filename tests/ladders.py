"""Ladders of other systems, and offices that climb them: for tables of who owes what, who ran when, and what came out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from office import Office, office

from sheetsdun.domain.policy import Basis, Climb, Delivery, Level, Policy

END_OF_MONTH, PREVIOUS = Basis.END_OF_MONTH, Basis.PREVIOUS


def policy(name: str, *levels: tuple[str, int] | tuple[str, int, Basis], **fields: Any) -> Policy:
    """A ladder of letters that go by themselves.

    Args:
        name: Of the ladder.
        levels: Of each its name, days and basis.
        fields: What all of them have; but ``climb`` is the ladder's, and ``charge`` tells charges by level.
    """
    climb, charge = fields.pop("climb", Climb.STEP), fields.pop("charge", {})
    ordinary = {"template": "reminder", "delivery": Delivery.SEND, **fields}
    made = [
        Level(
            name=level,
            offset=days,
            basis=basis[0] if basis else Basis.DUE,
            charge=charge.get(level, ""),
            **ordinary,
        )
        for level, days, *basis in levels
    ]
    return Policy(name, tuple(made), climb)


def on(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


def shop_with(*policies: Policy, start: str = "", **terms: Any) -> Office:
    """An office with these ladders, the first of them for all rows that name none.

    Args:
        policies: The ladders.
        start: The day on which its rows are written; the office's usual one if left out.
        terms: Other terms. Letters go on all days and keep no distance, if nothing else is said.
    """
    shop = office(
        policies={each.name: each for each in policies},
        default=policies[0].name,
        **{"min_gap_days": 0, **terms},
    )
    if start:
        shop.time = dt.datetime.combine(on(start), dt.time(8), dt.UTC)
    return shop


def owes(shop: Office, number: str, due: str, amount: Any = 100, customer: str = "", **fields: Any) -> None:
    """A row with that due date; each customer has an address of its own."""
    named = (
        {"customer": customer, "email": f"ap@{customer.replace(' ', '-').lower()}.example"}
        if customer
        else {}
    )
    shop.add(number, (on(due) - shop.today).days, amount, **named, **fields)


def run(shop: Office, day: str) -> set[tuple[str, str]]:
    """Sync on a day at eight; what went by then and had not gone before: invoice and level."""
    before = _levels(shop)
    shop.time = dt.datetime.combine(on(day), dt.time(8), dt.UTC)
    shop.sync()
    return _levels(shop) - before


def runs(shop: Office, *days: str) -> dict[str, set[tuple[str, str]]]:
    """Sync on each of the days; those on which something went."""
    return {day: went for day in days if (went := run(shop, day))}


def daily(shop: Office, first: str, last: str) -> dict[str, set[tuple[str, str]]]:
    """Sync every day from one to the other; the days on which something went."""
    count = (on(last) - on(first)).days + 1
    return runs(shop, *((on(first) + dt.timedelta(day)).isoformat() for day in range(count)))


def _levels(shop: Office) -> set[tuple[str, str]]:
    if "Reminder log" not in shop.sheet.read().tables:
        return set()
    return {(name, done.level) for name, known in shop.history.invoices.items() for done in known.completions}


def last_letter(shop: Office) -> str:
    """The text of the last letter that went, its blanks as one."""
    sent = [each for each in shop.mailbox.all.values() if "SENT" in each.labels]
    return " ".join(sent[-1].text.split())


def lines(text: str) -> list[list[str]]:
    """The rows of a table: its cells, without the blanks around them."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
