"""A company that uses everything at once: a config with every setting, a sheet with every column and tab, busy people.

Whatever is here is chosen by numbers, so that Hypothesis can choose, and make small what it found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from doubles.files import FOLDER, MemoryFiles
from office import OURS, TEMPLATES, Office, office
from people import People

from sheetsdun import wiring
from sheetsdun.config import load
from sheetsdun.rows.columns import DEFAULTS

OWNER, MANAGER, BOSS = "owner@example.com", "meyer@example.com", "boss@example.com"
STAFF = frozenset({OWNER, MANAGER})
DRIVE = "0" * 28
FILES = f"1{0:0>32}", f"1{1:0>32}"
"""Ids that ``MemoryFiles`` gives to its folder and to the first file in it."""

CUSTOMERS, PAYMENTS, LADDERS = "Customers", "Payments", "Escalation"
HEADERS = {
    CUSTOMERS: ["Customer", "Customer ID", "Email", "Cc", "Language", "Escalation", "Manager", "Way to pay",
                "Tolerance", "Days between letters", "Do not contact"],
    PAYMENTS: ["Date", "Amount", "Currency", "Invoice", "Instalment", "Reference"],
    LADDERS: ["Policy", "Level", "Offset", "Template", "Delivery", "Channel", "Deadline days", "Charge", "Offer",
              "Waives gap"],
}  # fmt: skip
SHEETS_LADDER = [
    ["sheet", "friendly", 4, "", "", "", "", "", "We can *agree* on parts.", ""],
    ["sheet", "call", 11, "", "task", "call", "", "", "", ""],
    ["sheet", "firm", 16, "", "send", "", 5, "late", "", "yes"],
]

# -- the config -------------------------------------------------------------------------------------------------------

WAYS = """
[[pay]]
name = "sepa"
kind = "iban"
holder = "Example GmbH"
iban = "DE02120300000000202051"
[[pay]]
name = "card"
kind = "link"
url = "https://pay.example/{reference}?sum={amount}&of={currency}"
"""
STEPS = (("courtesy", -3), ("friendly", 3), ("reminder", 8), ("firm", 14), ("final", 20))


@dataclass(frozen=True)
class Rule:
    """What one level says; each attribute is a number that chooses."""

    delivery: int
    basis: int
    papers: int
    more: int

    def lines(self, name: str, offset: int, *, first: bool) -> list[str]:
        """The level as TOML."""
        delivery = _one(("draft", "send", "send", "task"), self.delivery)
        basis = "previous" if self.basis % 5 == 0 and not first else "due"
        said = [
            f'name = "{name}"',
            f"offset = {5 if basis == 'previous' else offset}",
            f'delivery = "{delivery}"',
            f'basis = "{basis}"',
        ]
        if delivery == "task":
            return [*said, f'channel = "{_one(("call", "sms", "messenger", "letter", "visit"), self.more)}"']
        flags = ("charge", "offer", "deadline", "waives", "cc", "statement", "letter")
        told = {
            "charge": 'charge = "late"',
            "offer": 'offer = "Tell us what you can pay *each month*."',
            "deadline": "deadline_days = 3",
            "waives": "waives_gap = true",
            "cc": 'cc = ["manager", "law@x.example"]',
            "statement": "statement = true",
            "letter": "letter_pdf = true",
        }
        chosen = [flag for place, flag in enumerate(flags[:5]) if self.more >> place & 1]
        chosen = [flag for flag in chosen if offset > 0 or flag != "charge"]
        chosen += [flag for place, flag in enumerate(flags[5:]) if self.papers == place]
        return [*said, *(told[flag] for flag in chosen)]


@dataclass(frozen=True)
class House:
    """What the config says, each attribute a number that chooses."""

    rules: tuple[Rule, ...]
    climb: int = 0
    group: int = 0
    gap: int = 0
    sender: int = 0
    limits: int = 0
    first: int = 0

    def toml(self) -> str:
        """The file."""
        text = [
            f'google.mailbox = "ar@example.com"\n[sheet]\nid = "{"x" * 20}"',
            f'policies_first = "{_one(("config", "sheet"), self.first)}"',
            f'[defaults]\npolicy = "standard"\ngroup = "{_one(("debtor", "debtor", "invoice"), self.group)}"',
            f'ui_language = "{_one(("en", "de", "ru"), self.first)}"',
            f"[calendar]\ndays = {_one((_ALL_DAYS, _WEEKDAYS), self.limits)}",
            f"[limits]\nmin_gap_days = {_one((9, 0, 5), self.gap)}\nper_day = {_one((0, 0, 0, 2), self.limits)}",
            '[tolerance]\nEUR = "1.00"',
            f'[sender]\nname = "Accounts"\nreply_to = "accounts@example.com"\nowner = "{OWNER}"',
            'signature = "Anna"\npayment = "No *cheques*."',
            f'[attachments]\ndrive_folder = "{FILES[0]}"\nmissing = "{_one(("refuse", "send"), self.sender)}"',
            '[charges.late]\nkind = "contractual"\ninterest = "9"\nfee = { EUR = "5.00", USD = "6.00" }',
            WAYS,
        ]
        for number, name in enumerate(("standard", "other")):
            text.append(f'[policy.{name}]\nclimb = "{_one(("step", "step", "jump"), self.climb + number)}"')
            if number == self.sender % 3:
                text.append(f'[policy.{name}.sender]\nname = "Boss"\naddress = "{BOSS}"\nfrom_level = "firm"')
            for place, (level, offset) in enumerate(STEPS):
                rule = self.rules[(number * len(STEPS) + place) % len(self.rules)]
                text += [f"[[policy.{name}.level]]", *rule.lines(level, offset, first=not place)]
        return "\n".join(text) + "\n"


_ALL_DAYS = '["mon", "tue", "wed", "thu", "fri", "sat", "sun"]'
_WEEKDAYS = '["mon", "tue", "wed", "thu", "fri"]'

# -- the sheet --------------------------------------------------------------------------------------------------------

Cell = Any
CELLS: Mapping[str, Sequence[Cell]] = {
    "amount": (100, 100, 250.5, 80, 33.33, -60, "€ 99.99", 0.4, 1e9, "1,234", "abc", "", "#REF!"),
    "paid": ("", "", 40, 0, 100, 99.5, True, False, 300, "yes", "x", -20),
    "currency": ("", "", "", "USD", "EUR", "$", "CHF", "JPY", "Taler"),
    "email": ("", "new@x.example", "a1@x.example, b1@x.example", "a0@x.example", "nobody", "аnna@x.example"),
    "status": ("", "", "paid", "disputed", "void", "on its way"),
    "escalation": ("", "", "other", "sheet", "hold", "stop", "gentel", "STANDARD"),
    "instalment": ("", "1/2", "2/2"),
    "language": ("", "de", "ru", "fr", "es", "it", "Klingon"),
    "contact": ("", "Frau Dr. Weber", "=HYPERLINK(1)", "<b>Bob</b>", "*Ms* Weber"),
    "phone": ("", "+49 30 1234567"),
    "manager": ("", MANAGER, "Meyer"),
    "description": ("", "Widgets | *bold*\nsecond line", "x" * 300),
    "attachments": ("", "", f"https://drive.google.com/file/d/{FILES[1]}/view", "gone.pdf", "https://x.example/a"),
    "customer_id": ("", "", "K-0", "K-1", "K-9"),
    "cc": ("", "", "copy@x.example", "@"),
    "discount": ("", "", "2 %", 5, 100, "lots"),
    "action": ("send", "redo", "skip", "clear", "done", "go", ""),
    "action_note": ("", "Rang them."),
    "hold_until": ("", 3, "later", -2),
    "promise": ("", 2, -1, -9, "soon"),
    "discount_until": ("", 4, 0, -3, "soon"),
    "issued": (-20, "", "long ago"),
    "due": (-4, 0, 2, -9, -15, -30, -2, "31.02.2026", "", -20000),
}  # fmt: skip
"""What people write, the usual first; a number in a column of dates is so many days from today."""

DAYS = frozenset({"hold_until", "promise", "discount_until", "issued", "due"})
FIELDS = tuple(CELLS)
PLAIN = {"amount": 1, "due": 1, "email": 0, "issued": 0}
"""By field, which of the cells a row has that says nothing else; "" for all others, and a debtor's own address."""


class Crowd(People):
    """People who use every column and every tab.

    Attributes:
        odd: How much of what they write is out of the ordinary.
    """

    TABS = ("book", "know", "split", "climb")
    SHEET = (*People.SHEET, *TABS)
    ACTS = (*SHEET, "write", "write", "write", "ask", "ask", "book", "issue", "send", "send", *People.MAIL)

    def __init__(self, made: Office) -> None:
        titles = [DEFAULTS[name] for name in DEFAULTS if name not in {"status", "promise", *OURS}]
        made.rows[0][:] = [*titles, *(DEFAULTS[name] for name in OURS)]
        super().__init__(made)
        for tab, header in HEADERS.items():
            made.sheet.grids[tab] = [list(header)]

    def furnish(self, tab: str, rows: Sequence[Sequence[Cell]]) -> None:
        """Fill a tab."""
        self.office.sheet.grids[tab] += [list(row) for row in rows]

    def _issue(self, choice: int) -> None:
        """An ordinary invoice of one of three debtors, with one or two cells that say something of their own."""
        self._number += 1
        debtor = choice % 3
        row: dict[str, Cell] = {
            "invoice": f"INV-{self._number:03}",
            "customer": f"Debtor {debtor}",
            "email": f"a{debtor}@x.example",
            "amount": 100 + self._number,
            "due": self.office.today + dt.timedelta(2 - choice // 3 % 28),
            "issued": self.office.today - dt.timedelta(30),
        }
        rest = choice // 84
        for _ in range(rest % 3):
            rest //= 3
            name = _one(FIELDS, rest)
            if name != "action":
                row[name] = self._said(name, rest // len(FIELDS))
        if rest % 7 == 3:
            row["amount"] = -40
        if rest % 23 == 7:
            row["invoice"] = "INV-001"
        titled = {DEFAULTS[name]: cell for name, cell in row.items()}
        self.office.rows.append([titled.get(str(title), "") for title in self.office.rows[0]])

    def _write(self, choice: int) -> None:
        if rows := self._invoices():
            name = _one(FIELDS, choice // len(rows))
            if name != "action":
                self._put(_one(rows, choice), name, self._said(name, choice // len(rows) // len(FIELDS)))

    def _ask(self, choice: int) -> None:
        if rows := self._invoices():
            self._put(_one(rows, choice), "action", _one(CELLS["action"], choice // len(rows)))

    def _said(self, name: str, choice: int) -> Cell:
        cell = _one(CELLS[name], choice)
        days = name in DAYS and isinstance(cell, int)
        return self.office.today + dt.timedelta(cell) if days else cell

    def _book(self, choice: int) -> None:
        """A payment in its tab: for one invoice, by its number or its reference, or for nobody knows which."""
        numbers = [str(row[0]) for row in self._invoices()] or ["INV-001"]
        number = _one(numbers, choice)
        rest = choice // len(numbers)
        by, amount = _one(((number, ""), ("", f"Rg.Nr. {number}"), ("", "thanks")), rest), rest // 3
        sum_ = _one((40, 101, 102.5, 200, "x", 98), amount)
        self.office.sheet.grids[PAYMENTS].append(
            [self.office.today, sum_, _one(("", "", "USD"), amount // 6), by[0], "", by[1]]
        )

    def _know(self, choice: int) -> None:
        """Something becomes known of a customer."""
        rows = self.office.sheet.grids[CUSTOMERS]
        debtor = choice % 3
        row = next((row for row in rows[1:] if row[0] == f"Debtor {debtor}"), None)
        if row is None:
            row = [f"Debtor {debtor}", f"K-{debtor}", *[""] * (len(rows[0]) - 2)]
            rows.append(row)
        place, value = _one(_KNOWN, choice // 3)
        row[place] = value

    def _split(self, choice: int) -> None:
        """An invoice becomes one of instalments."""
        if rows := self._invoices():
            first = _one(rows, choice)
            place = self.office.rows[0].index(DEFAULTS["instalment"])
            first.extend([""] * (place + 1 - len(first)))
            if first[place]:
                return
            first[place] = "1/2"
            second = list(first)
            self.office.rows.append(second)
            self._put(second, "instalment", "2/2")
            self._put(second, "due", self.office.today + dt.timedelta(choice // len(rows) % 20 - 10))
            for name in (*OURS, "action"):
                self._put(second, name, "")

    def _climb(self, choice: int) -> None:
        """The team changes its own ladder, mostly for one that can be climbed."""
        rows = self.office.sheet.grids[LADDERS]
        rows[1:] = [] if choice % 4 == 1 else [list(row) for row in SHEETS_LADDER]
        if choice % 4 == 2 and len(rows) > 1:
            rows[1][2] = 6

    def check_hands(self, carried_out: Any = ()) -> None:
        """As everybody's, by whatever is an invoice's identity."""
        done = set(carried_out)
        for row in self.hands:
            name = " · ".join(str(row[key]) for key in ("Invoice", "Instalment") if row.get(key))
            if (name, row.get("Action")) in done and row not in self.seen():
                del row["Action"]
        assert self.seen() == self.hands


_KNOWN = (
    (10, "in insolvency"), (10, ""), (10, "no"), (3, "chief@x.example"), (4, "de"), (5, "hold"), (5, "other"), (5, ""),
    (6, MANAGER), (7, "card"), (8, 5), (8, ""), (8, "much"), (9, 9), (9, ""), (9, "a week"), (2, "known@x.example"),
)  # fmt: skip


def company(house: House) -> tuple[Office, Crowd]:
    """Move in."""
    path = Path("/nowhere/sheetsdun.toml")
    settings = wiring.settings(load(house.toml(), str(path)), path)
    made = office()
    made.desk = replace(
        made.desk,
        settings=replace(settings, templates=TEMPLATES, gmail_web="https://mail.example/"),
        files=MemoryFiles(made.hooks),
    )
    files = made.desk.files
    assert isinstance(files, MemoryFiles)
    files.put("Letters", FOLDER)
    files.put("terms.pdf", "application/pdf", b"%PDF-1.4 terms", parent=FILES[0])
    made.mailbox.aliases = [BOSS]
    return made, Crowd(made)


def _one(things: Sequence[Any], choice: int) -> Any:
    return things[choice % len(things)]
