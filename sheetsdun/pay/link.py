"""A page where the debtor pays with a click: by card, say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from sheetsdun.pay.order import Order
from sheetsdun.pay.way import Fact, Way

NAMES = ("amount", "minor", "currency", "invoice", "invoices", "reference")
"""What a pattern may have filled in."""

_PLACE = re.compile(r"\{(\w*)\}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.IGNORECASE)
_LONGEST = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Way):
    """A page on a host that the config fixes."""

    url: str

    KIND = "link"

    def serves(self, order: Order) -> bool:
        """A pattern for one invoice says nothing of a letter about several, whose sum it would name."""
        known = not self.currencies or order.currency in self.currencies
        return known and bool(self.link(order))

    def facts(self, order: Order) -> list[Fact]:  # noqa: ARG002 - there are none
        """Nothing to type."""
        return []

    def link(self, order: Order) -> str:
        """The address, all that is filled in percent-encoded; "" where that makes none."""
        lacking = ("{invoice}" in self.url and not order.number) or (
            "{reference}" in self.url and not order.reference
        )
        if order.cents is None or lacking:
            return ""
        values = {
            "amount": f"{order.cents:.2f}",
            "minor": str(int(order.cents * 100)),
            "currency": order.currency,
            "invoice": order.number,
            "invoices": ",".join(order.invoices),
            "reference": order.reference,
        }
        made = _PLACE.sub(lambda place: quote(values[place[1]], safe=""), self.url)
        return made if len(made) <= _LONGEST else ""

    def payload(self, order: Order) -> bytes | None:
        """The same address."""
        return self.link(order).encode("ascii") or None


def pattern(text: str) -> str:
    """An https address with places to fill in after its host.

    Raises:
        ValueError: It is none, or it would let a value choose the host.
    """
    host = (
        f"“{text}” must be an https address whose host is fixed, such as https://pay.example.com/{{invoice}}"
    )
    try:
        good = text.startswith("https://") and _HOST.fullmatch(urlsplit(text).netloc)
    except ValueError:  # brackets that make no address
        good = None
    if not good or not text.isascii() or not text.isprintable() or re.search(r"[\s\"'<>\\^`|]", text):
        raise ValueError(host)
    unknown = [name for name in _PLACE.findall(text) if name not in NAMES]
    if unknown or re.search(r"[{}]", _PLACE.sub("", text)):
        known = ", ".join(f"{{{name}}}" for name in NAMES)
        raise ValueError(f"only these can be filled in: {known}")
    return text
