"""The shop's spreadsheet and config, as they are on the first day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from embedded.google import MAILBOX, EmbeddedGoogle

from sheetsdun.journal.rows import HEADER
from sheetsdun.rows.columns import DEFAULTS, OURS

PEOPLES = ("invoice", "customer", "email", "amount", "due", "paid", "escalation", "hold_until", "action")
REMARKS = "Remarks"
HUMAN = [*(DEFAULTS[name] for name in PEOPLES), REMARKS]
WRITTEN = [DEFAULTS[name] for name in OURS]
HEADERS = [*HUMAN, *WRITTEN]
INVOICES, LOG = "Invoices", "Reminder log"
STEPS = (("courtesy", -3), ("friendly", 3), ("reminder", 10), ("firm", 20), ("final", 30))


def spreadsheet() -> dict[str, Any]:
    tabs = {INVOICES: HEADERS, LOG: list(HEADER)}
    return {
        "properties": {"title": "Receivables", "locale": "en_GB", "timeZone": "Europe/Berlin"},
        "sheets": [
            {"properties": {"title": title}, "data": [{"rowData": [row(header)]}]}
            for title, header in tabs.items()
        ],
    }


def row(values: Iterable[Any]) -> dict[str, Any]:
    return {"values": [_cell(value) for value in values]}


def _cell(value: Any) -> dict[str, Any]:
    if value == "":
        return {}
    return {"userEnteredValue": {"stringValue" if isinstance(value, str) else "numberValue": value}}


def config(google: EmbeddedGoogle, spreadsheet: str) -> str:
    address = google.sandbox.endpoint
    policies: tuple[tuple[str, str], ...] = (("standard", ""), ("auto", 'delivery = "send"\n'))
    ladders = "".join(
        f'\n[[policy.{policy}.level]]\nname = "{name}"\noffset = {offset}\n{delivery}'
        for policy, delivery in policies
        for name, offset in STEPS
    )
    return f"""\
[google]
credentials = "{google.sandbox.credentials}"
mailbox = "{MAILBOX}"

[google.endpoints]
sheets = "{address}"
gmail = "{address}"
drive = "{address}"

[sheet]
id = "{spreadsheet}"

[defaults]
policy = "standard"

[sender]
name = "Accounts"
payment = "IBAN DE00 0000"
{ladders}"""
