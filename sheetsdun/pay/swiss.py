"""A payment to an account in Switzerland or Liechtenstein, with the Swiss QR Code.

SIX, Swiss Implementation Guidelines for the QR-bill, version 2.4, which holds from 14 November 2026: structured
addresses only, and QR-IBANs for francs only.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from stdnum import iso11649
from stdnum.ch import esr
from stdnum.iso7064 import mod_97_10

from sheetsdun.pay import accounts
from sheetsdun.pay.latin import latin
from sheetsdun.pay.order import PURPOSE, Order
from sheetsdun.pay.way import Fact, Label, Way, in_groups

LONGEST_NAME, LONGEST_STREET, LONGEST_HOUSE, LONGEST_POSTCODE, LONGEST_TOWN = 70, 70, 16, 16, 35
LONGEST_MESSAGE = 140
REFERENCES = ("QRR", "SCOR", "NON")
_MOST = 997
_LARGEST = Decimal("999999999.99")
_CHARACTERS = frozenset(
    map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x20AC])
)
LONGEST_PREFIX = 10
"""Digits of a prefix, so that the letter's reference always has room behind it."""

_QRR_DIGITS = 26
_SCOR_BODY = 21
_CURRENCIES = ("CHF", "EUR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A structured address."""

    name: str
    street: str = ""
    house: str = ""
    postcode: str
    town: str
    country: str = "CH"

    def lines(self) -> list[str]:
        """As the code has it."""
        return ["S", self.name, self.street, self.house, self.postcode, self.town, self.country]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swiss(Way):
    """An account with an IBAN or a QR-IBAN, and the kind of reference that goes with it.

    Attributes:
        prefix: Digits that the bank wants at the beginning of each QR reference.
    """

    holder: Address
    iban: str
    bank: str = ""
    reference: str
    prefix: str = ""
    purpose: str = PURPOSE

    KIND = "swiss"

    def facts(self, order: Order) -> list[Fact]:
        """Account, holder, reference, words."""
        home = self.holder
        street = " ".join(filter(None, (home.street, home.house)))
        town = " ".join(
            filter(None, ("" if home.country == "CH" else home.country, home.postcode, home.town))
        )
        structured = self.structured(order)
        grouped = esr.format(structured) if self.reference == "QRR" else in_groups(structured)
        return [
            Fact(Label.HOLDER, home.name),
            Fact(Label.ADDRESS, ", ".join(filter(None, (street, town)))),
            Fact(Label.IBAN, in_groups(self.iban), number=True),
            Fact(Label.BANK, self.bank),
            Fact(Label.REFERENCE, grouped if structured else "", number=True),
            Fact(Label.MESSAGE, self._message(order)),
        ]

    def payload(self, order: Order) -> bytes | None:
        """With the amount."""
        if order.cents is None:
            return None
        return payload(
            iban=self.iban,
            creditor=self.holder,
            amount=order.cents,
            currency=order.currency,
            kind=self.reference,
            reference=self.structured(order),
            message=self._message(order),
        )

    def structured(self, order: Order) -> str:
        """The reference that a machine reads: of the one invoice where there is one, else of the letter."""
        if self.reference == "QRR":
            return _qrr(self.prefix, order)
        return _scor(order) if self.reference == "SCOR" else ""

    def _message(self, order: Order) -> str:
        return order.purpose(self.purpose, LONGEST_MESSAGE, permitted)


def payload(
    *,
    iban: str,
    creditor: Address,
    amount: Decimal | None,
    currency: str,
    kind: str,
    reference: str = "",
    message: str = "",
    debtor: Address | None = None,
) -> bytes | None:
    """The content of a code; None where the guidelines have no room for it.

    Args:
        iban: Checked, without blanks.
        creditor: Holder of the account.
        amount: None leaves it to the debtor.
        currency: CHF or EUR.
        kind: QRR, SCOR or NON.
        reference: "" for NON.
        message: Words to the creditor.
        debtor: Where name and address are known.
    """
    if currency not in _CURRENCIES or (is_qr_iban(iban) and currency != "CHF"):
        return None
    if (kind == "QRR") is not is_qr_iban(iban) or (kind == "NON") is not (reference == ""):
        return None
    if amount is not None and not (Decimal("0.01") <= amount <= _LARGEST and amount == round(amount, 2)):
        return None
    lines = [
        *("SPC", "0200", "1", iban, *creditor.lines()),
        *[""] * 7,  # the ultimate creditor, for later versions
        *("" if amount is None else f"{amount:.2f}", currency),
        *(debtor.lines() if debtor else [""] * 7),
        *(kind, reference, message, "EPD"),
    ]
    whole = "\n".join(lines)
    fits = len(message) <= LONGEST_MESSAGE and len(whole) <= _MOST
    return whole.encode() if fits and all(_CHARACTERS.issuperset(line) for line in lines) else None


def is_qr_iban(iban: str) -> bool:
    """Whether it is one for payments with a QR reference: its bank number says so."""
    return "30000" <= iban[4:9] <= "31999"


def iban(text: str) -> str:
    """An IBAN or QR-IBAN of Switzerland or Liechtenstein. Raises ValueError."""
    plain = accounts.iban(text)
    if plain[:2] not in {"CH", "LI"}:
        raise ValueError(f"“{text}” must be an IBAN of Switzerland or Liechtenstein")
    return plain


def permitted(text: str) -> str:
    """The text in the characters that the guidelines permit."""
    return latin(text, _CHARACTERS)


def plain(text: str) -> str:
    """A setting that must stand in the code as it is. Raises ValueError."""
    strange = "".join(dict.fromkeys(sign for sign in text if sign not in _CHARACTERS))
    if strange:
        raise ValueError(f"“{strange}” cannot stand in a Swiss QR Code, only Latin letters can")
    return text


def _qrr(prefix: str, order: Order) -> str:
    """27 digits, the last of which checks the others."""
    room = _QRR_DIGITS - len(prefix)
    number = "".join(sign for sign in order.number if sign in "0123456789")
    if not 0 < len(number) <= room or not number.strip("0"):
        # Each sign of the letter's reference as the two digits that ISO 7064 has for it.
        number = "".join(f"{int(sign, 36):02d}" for sign in order.code)
    if not number:
        return ""
    whole = prefix + number.rjust(room, "0")
    return whole + esr.calc_check_digit(whole)


def _scor(order: Order) -> str:
    """A creditor reference of ISO 11649: RF, two check digits, letters and digits."""
    body = "".join(sign for sign in latin(order.number).upper() if sign.isalnum())
    if not 0 < len(body) <= _SCOR_BODY:
        body = order.code
    if not body:
        return ""
    return iso11649.validate(f"RF{mod_97_10.calc_check_digits(body + 'RF')}{body}")
