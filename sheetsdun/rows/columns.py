"""Fields of ours and columns of theirs: found by header, wherever they have been moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheetsdun.errors import Refused
from sheetsdun.rows.headers import propose
from sheetsdun.rows.text import clean

DEFAULTS: Mapping[str, str] = {
    "invoice": "Invoice",
    "customer": "Customer",
    "email": "Email",
    "amount": "Amount",
    "due": "Due",
    "paid": "Paid",
    "currency": "Currency",
    "issued": "Issued",
    "status": "Status",
    "escalation": "Escalation",
    "hold_until": "Hold until",
    "promise": "Promise",
    "instalment": "Instalment",
    "language": "Language",
    "contact": "Contact",
    "phone": "Phone",
    "manager": "Manager",
    "description": "Description",
    "attachments": "Attachments",
    "customer_id": "Customer ID",
    "cc": "Cc",
    "discount": "Discount",
    "discount_until": "Discount until",
    "action": "Action",
    "action_note": "Action note",
    "reminder_status": "Reminder status",
    "reminder_level": "Reminder level",
    "last_reminder": "Last reminder",
    "next_reminder": "Next reminder",
    "reminder_note": "Reminder note",
    "draft": "Draft",
}
"""Every field and the header that it has by default."""

CUSTOMER_FIELDS: Mapping[str, str | None] = {
    "customer": None,
    "customer_id": None,
    "email": None,
    "cc": None,
    "language": None,
    "escalation": None,
    "contact": None,
    "phone": None,
    "manager": None,
    "pay_by": "Way to pay",
    "tolerance": "Tolerance",
    "min_gap_days": "Days between letters",
    "do_not_contact": "Do not contact",
}
"""Every field of the Customers tab and its header by default; None for that of the invoice tab."""

PAYMENT_FIELDS: Mapping[str, str | None] = {
    "date": "Date",
    "amount": None,
    "currency": None,
    "invoice": None,
    "instalment": None,
    "reference": "Reference",
}
"""The same of the Payments tab."""

NEEDED = ("invoice", "customer", "email", "amount", "due")
"""Fields without which there is nothing to remind of."""

OURS = ("reminder_status", "reminder_level", "last_reminder", "next_reminder", "reminder_note", "draft")
"""Fields that we write; all others are people's."""

_GUARDING = ("paid", "status", "escalation", "hold_until", "promise")
"""Fields by which people stop a reminder: one that was renamed would let reminders out to those who have paid."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which header each field has in this sheet.

    Attributes:
        headers: By field, whole; "" for a field that this sheet has no column for.
        identity: The fields that together name an invoice.
        named: Fields whose header a person has named: their columns must be there.
    """

    headers: Mapping[str, str] = field(default_factory=lambda: DEFAULTS)
    identity: tuple[str, ...] = ("invoice",)
    named: frozenset[str] = frozenset()

    @classmethod
    def of(cls, named: Mapping[str, str], identity: Sequence[str] = ("invoice",)) -> Columns:
        """The defaults, but for what a person has named."""
        return cls({**DEFAULTS, **named}, tuple(identity), frozenset(named))

    def customers(self, named: Mapping[str, str] | None = None) -> Columns:
        """The columns of the Customers tab: as a person has named them there, or else as the invoice tab's."""
        return self._of_tab(CUSTOMER_FIELDS, named or {})

    def payments(self, named: Mapping[str, str] | None = None) -> Columns:
        """The columns of the Payments tab, those of the identity among them."""
        return self._of_tab({**dict.fromkeys(self.identity), **PAYMENT_FIELDS}, named or {})

    def _of_tab(self, fields: Mapping[str, str | None], named: Mapping[str, str]) -> Columns:
        headers = {name: self.headers[name] if title is None else title for name, title in fields.items()}
        return Columns({**headers, **named}, self.identity, frozenset(named))

    def again(self, header: str) -> bool:
        """Whether the column of that header must be read again before we write: identity, Action and ours."""
        fields = (*self.identity, "instalment", "action", *OURS)
        return key(header) in {key(self.headers[name]) for name in fields} - {""}


def places(header: Sequence[str], columns: Columns) -> dict[str, int]:
    """The 0-based place of each field whose column stands in the header exactly once."""
    by_name = _by_name(header)
    found = {name: by_name.get(key(title), []) for name, title in columns.headers.items() if title}
    return {name: where[0] for name, where in found.items() if len(where) == 1}


def lacking(header: Sequence[str], columns: Columns) -> list[str]:
    """Headers of fields that a person has named and that are not there, or stand twice."""
    found = places(header, columns)
    return [
        columns.headers[name]
        for name in columns.headers
        if name in columns.named and columns.headers[name] and name not in found
    ]


def locate(header: Sequence[str], columns: Columns, tab: str = "") -> dict[str, int]:
    """The place of each field, where all that must be there are.

    Raises:
        Refused: A needed or named column of people's is missing, one stands twice, or a column that lets people stop
            reminders seems to have been renamed.
    """
    found = places(header, columns)
    by_name = _by_name(header)
    must = {*NEEDED, *columns.identity, *columns.named}
    mistakes: list[str] = []
    for name, title in columns.headers.items():
        if name in found or name in OURS or not title:
            continue
        if len(by_name.get(key(title), ())) > 1:
            mistakes.append(f"“{title}” stands more than once")
        elif name in must:
            mistakes.append(f"there is no “{title}” ({name})")
    if not mistakes:
        mistakes = _renamed(header, columns, found)
    if mistakes:
        there = ", ".join(f"“{clean(title)}”" for title in header if clean(title)) or "nothing at all"
        raise Refused(
            f"The header row{f' of “{tab}”' if tab else ''} is not as expected: {'; '.join(mistakes)}. It has: {there}.",
            "Mend the header row, or name its columns under [columns] in the config"
            ' (a column that is not wanted is named "").',
        )
    return found


def _renamed(header: Sequence[str], columns: Columns, found: Mapping[str, int]) -> list[str]:
    """Columns that look like a missing one by which people stop reminders."""
    free = [title for place, title in enumerate(header) if place not in found.values()]
    likely = propose(free).found
    return [
        f"there is no “{columns.headers[name]}” ({name}), but “{likely[name]}” looks like it"
        for name in _GUARDING
        if name not in found and columns.headers[name] and name in likely
    ]


def _by_name(header: Sequence[str]) -> dict[str, list[int]]:
    by_name: dict[str, list[int]] = {}
    for place, title in enumerate(header):
        by_name.setdefault(key(title), []).append(place)
    return by_name


def key(title: str) -> str:
    """What two headers have in common that differ by case and blanks only."""
    return "".join(clean(title).split()).casefold()
