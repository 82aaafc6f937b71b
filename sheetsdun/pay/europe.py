"""A transfer to an IBAN; in euros with the code of the European Payments Council.

The code: EPC069-12, Quick Response Code: Guidelines to enable data capture for the initiation of a SEPA credit
transfer. Version 002, in which the BIC may be left out within the European Economic Area; UTF-8.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sheetsdun.pay.order import PURPOSE, Order
from sheetsdun.pay.way import Fact, Label, Way, in_groups

LONGEST_NAME = 70
LONGEST_TEXT = 140
LARGEST = Decimal("999999999.99")
_MOST_BYTES = 331
_SHORTER = (LONGEST_TEXT, 105, 70, 35)
EEA = frozenset(
    ["AT", "BE", "BG", "HR", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "GF", "GP", "MQ", "RE", "YT", "PM", "BL", "MF", "AX"]
)  # fmt: skip
"""Countries of IBANs for which a transfer needs no BIC. The French overseas parts have FR as a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Europe(Way):
    """An account with an IBAN."""

    holder: str
    iban: str
    bic: str = ""
    bank: str = ""
    purpose: str = PURPOSE

    KIND = "iban"

    def facts(self, order: Order) -> list[Fact]:
        """Account, bank, words."""
        return [
            Fact(Label.HOLDER, self.holder),
            Fact(Label.IBAN, in_groups(self.iban), number=True),
            Fact(Label.BIC, self.bic, number=True),
            Fact(Label.BANK, self.bank),
            Fact(Label.PURPOSE, self._words(order)[0]),
        ]

    def payload(self, order: Order) -> bytes | None:
        """Only in euros: the standard knows no other currency."""
        return self._words(order)[1]

    def _words(self, order: Order) -> tuple[str, bytes | None]:
        """The words that a transfer carries, cut so that the code holds them too, and that code."""
        words = [order.purpose(self.purpose, longest) for longest in _SHORTER]
        if self.qr and order.currency == "EUR" and order.cents is not None:
            for text in words:
                made = payload(name=self.holder, iban=self.iban, bic=self.bic, amount=order.cents, text=text)
                if made is not None:
                    return text, made
        return words[0], None


def payload(
    *,
    name: str,
    iban: str,
    amount: Decimal,
    bic: str = "",
    purpose: str = "",
    reference: str = "",
    text: str = "",
) -> bytes | None:
    """The content of a code; None where the standard has no room for it.

    Args:
        name: Of the beneficiary.
        iban: Checked, without blanks.
        amount: Euros.
        bic: Needed outside the European Economic Area.
        purpose: Code of ISO 20022's list, such as GDDS.
        reference: A creditor reference (ISO 11649); only where there is no text.
        text: Words of the transfer.
    """
    fields = (bic, name, iban, purpose, reference, text)
    fits = (
        0 < len(name) <= LONGEST_NAME
        and len(text) <= LONGEST_TEXT
        and not (text and reference)
        and (bic or iban[:2] in EEA)
        and Decimal("0.01") <= amount <= LARGEST
        and amount == round(amount, 2)
        and all(field.isprintable() for field in fields)
    )
    if not fits:
        return None
    # The standard's own samples write EUR12.3: no zeros at the end.
    sum_of = f"{amount:.2f}".rstrip("0").rstrip(".")
    lines = ["BCD", "002", "1", "SCT", bic, name, iban, f"EUR{sum_of}", purpose, reference, text]
    made = "\n".join(lines).rstrip("\n").encode()
    return made if len(made) <= _MOST_BYTES else None
