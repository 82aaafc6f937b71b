"""People at work while a run is: the team in the sheet, the reviewer in Gmail. Each act is one call that they make."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from embedded.founding import HEADERS, HUMAN, INVOICES, REMARKS
from embedded.google import Message
from embedded.shop import Shop

EDITED = "Shall we talk on the phone first?"
DRAFTS = "/gmail/v1/users/me/drafts"


@dataclass(frozen=True)
class Act:
    """Something that somebody does.

    Attributes:
        do: Does it.
        mine: Invoices about which the act says something itself, so that all may come differently for them.
        moves_columns: It has the cells of all rows in other places.
    """

    do: Callable[[Shop], object]
    mine: frozenset[str] = frozenset()
    moves_columns: bool = False


def _rows(shop: Shop) -> dict[str, int]:
    return {"sheetId": shop.tab, "startRowIndex": 1}


def _at(shop: Shop, invoice: str) -> int | None:
    return next((place for place, row in enumerate(shop.values(INVOICES)) if invoice in row), None)


def _column(shop: Shop, header: str) -> int:
    return int(shop.values(INVOICES)[0].index(header))


def _span(shop: Shop, dimension: str, first: int, count: int = 1) -> dict[str, Any]:
    return {"sheetId": shop.tab, "dimension": dimension, "startIndex": first, "endIndex": first + count}


def sort(shop: Shop, header: str = "Invoice", order: str = "DESCENDING") -> None:
    by = [{"dimensionIndex": _column(shop, header), "sortOrder": order}]
    shop.change({"sortRange": {"range": _rows(shop), "sortSpecs": by}})


def insert_rows(shop: Shop, at: int = 2, count: int = 1) -> None:
    shop.change({"insertDimension": {"range": _span(shop, "ROWS", at, count), "inheritFromBefore": True}})


def delete_row(shop: Shop, invoice: str) -> None:
    if (row := _at(shop, invoice)) is not None:
        shop.change({"deleteDimension": {"range": _span(shop, "ROWS", row)}})


def insert_column(shop: Shop, before: str = "") -> None:
    at = _column(shop, before) if before else 0
    shop.change({"insertDimension": {"range": _span(shop, "COLUMNS", at), "inheritFromBefore": False}})


def move_column(shop: Shop, header: str, to: int = 0) -> None:
    source = _span(shop, "COLUMNS", _column(shop, header))
    shop.change({"moveDimension": {"source": source, "destinationIndex": to}})


def draft(shop: Shop, to: str) -> Message | None:
    """The draft to somebody that a person would find."""
    return next((each for each in shop.google.messages() if each.where == "DRAFT" and to in each.to), None)


def edit_draft(shop: Shop, to: str) -> None:
    _reword(shop, draft(shop, to))


def fill_shell(shop: Shop, subject: str) -> None:
    """Somebody finds our empty draft, and writes the letter."""
    shells = (each for each in shop.google.messages() if each.where == "DRAFT" and not each.to)
    _reword(shop, next((each for each in shells if subject in each.subject), None))


def _reword(shop: Shop, found: Message | None) -> None:
    if found is None:
        return
    mail = EmailMessage()
    mail["To"] = found.to or "ap@new.example"
    mail["Subject"], mail["X-Sheetsdun-Key"] = found.subject, str(found.content["X-Sheetsdun-Key"] or "")
    mail.set_content(f"{EDITED} Ref. {found.letter}")
    raw = base64.urlsafe_b64encode(mail.as_bytes()).decode()
    shop.google.call("PUT", f"{DRAFTS}/{found.draft}", json={"message": {"raw": raw}})


def send_draft(shop: Shop, to: str) -> None:
    if (found := draft(shop, to)) is not None:
        shop.google.call("POST", f"{DRAFTS}/send", json={"id": found.draft})


def delete_draft(shop: Shop, to: str) -> None:
    if (found := draft(shop, to)) is not None:
        shop.google.call("DELETE", f"{DRAFTS}/{found.draft}")


def bin_draft(shop: Shop, to: str) -> None:
    if (found := draft(shop, to)) is not None:
        shop.google.call("POST", f"/gmail/v1/users/me/messages/{found.id:x}/trash")


IN_THE_SHEET: Mapping[str, Act] = {
    "sort down": Act(sort),
    "sort by remarks": Act(lambda shop: sort(shop, "Remarks", "ASCENDING")),
    "insert a row": Act(insert_rows),
    "insert rows at the top": Act(lambda shop: insert_rows(shop, 1, 3)),
    "delete an invoice": Act(lambda shop: delete_row(shop, "NEW-new"), frozenset({"NEW-new"})),
    "delete the first": Act(lambda shop: delete_row(shop, "OLD-paid"), frozenset({"OLD-paid"})),
    "insert a column": Act(insert_column, moves_columns=True),
    "insert a column among ours": Act(lambda shop: insert_column(shop, "Reminder level"), moves_columns=True),
    "move our column": Act(lambda shop: move_column(shop, "Reminder status"), moves_columns=True),
    "move theirs": Act(lambda shop: move_column(shop, "Invoice", len(HEADERS)), moves_columns=True),
    "move the Action column": Act(lambda shop: move_column(shop, "Action", len(HEADERS)), moves_columns=True),
    "type a remark": Act(lambda shop: shop.type("AUTO-1", REMARKS, "called them"), frozenset({"AUTO-1"})),
    "type over a status": Act(lambda shop: shop.type("AUTO-1", "Reminder status", "who knows")),
    "pay": Act(lambda shop: shop.type("AUTO-2", "Paid", 100), frozenset({"AUTO-2"})),
    "hold": Act(lambda shop: shop.type("NEW-new", "Escalation", "hold"), frozenset({"NEW-new"})),
    "another sum": Act(
        lambda shop: shop.type("NEW-wider", "Amount", 150), frozenset({"NEW-wider", "OLD-wider"})
    ),
    "take back an Action": Act(lambda shop: shop.type("OLD-asked", "Action", ""), frozenset({"OLD-asked"})),
}
"""What the team does."""

_WHO = {"wider": ("OLD-wider", "NEW-wider"), "new": ("NEW-new",), "auto": ("AUTO-1",), "asked": ("OLD-asked",),
        "redone": ("OLD-redone",), "paid": ("OLD-paid",), "skipped": ("OLD-skipped",)}  # fmt: skip


def _reviewing(do: Callable[[Shop, str], None], name: str) -> Act:
    return Act(lambda shop: do(shop, f"ap@{name}.example"), frozenset(_WHO[name]))


IN_GMAIL: Mapping[str, Act] = {
    f"{word} {name}": _reviewing(do, name)
    for word, do in (("edit", edit_draft), ("send", send_draft), ("delete", delete_draft), ("bin", bin_draft))
    for name in _WHO
}
"""What the reviewer does."""

IN_A_SHELL = Act(lambda shop: fill_shell(shop, "NEW-new"), frozenset({"NEW-new"}))
"""What somebody does who does not know what an empty draft is."""


def hands(shop: Shop) -> dict[str, dict[str, Any]]:
    """What people's cells say, by invoice and header; the Action cells apart, which a run may empty."""
    rows = shop.rows()
    return {
        name: {title: row.get(title, "") for title in HUMAN if title != "Action"}
        for name, row in rows.items()
    }
