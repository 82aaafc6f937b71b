"""A way to pay, whatever its kind."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple

from sheetsdun.pay.order import Order


class Label(enum.StrEnum):
    """What a line of payment details is; ``words`` has its name in each language."""

    HOLDER = "holder"
    ADDRESS = "address"
    IBAN = "iban"
    BIC = "bic"
    BANK = "bank"
    INN = "inn"
    KPP = "kpp"
    BIK = "bik"
    SETTLEMENT = "settlement"
    CORRESPONDENT = "correspondent"
    ROUTING = "routing"
    SORT_CODE = "sort_code"
    ACCOUNT = "account"
    PIX_KEY = "pix_key"
    PIX_CODE = "pix_code"
    UPI_ID = "upi_id"
    AMOUNT = "amount"
    REFERENCE = "reference"
    PURPOSE = "purpose"
    MESSAGE = "message"


class Fact(NamedTuple):
    """One line of payment details.

    Attributes:
        number: It is a number in groups, which is easiest to read on one line.
    """

    label: Label
    value: str
    number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to pay, from the config and nowhere else.

    Attributes:
        name: What it is called in the config, and in the Customers tab where a debtor prefers it.
        title: Heading in letters; "" for the usual one of its kind.
        currencies: Those that it takes; empty for any.
        qr: A code to scan goes with it, where its kind has one.
    """

    name: str
    title: str = ""
    currencies: tuple[str, ...] = ()
    qr: bool = True

    KIND = ""

    def serves(self, order: Order) -> bool:
        """Whether the order can be paid so."""
        return not self.currencies or order.currency in self.currencies

    def facts(self, order: Order) -> list[Fact]:
        """What a person types into a form, in order; without the amount, which is each letter's own to write."""
        raise NotImplementedError

    def payload(self, order: Order) -> bytes | None:  # noqa: ARG002 - the kinds' own need it
        """What the code says; None where the kind has no code, or this order cannot be put into a valid one."""
        return None

    def link(self, order: Order) -> str:  # noqa: ARG002 - the same
        """Where it is paid with a click; "" where there is no such place."""
        return ""


def in_groups(text: str, size: int = 4) -> str:
    """A long number in groups, for reading."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def one_line(text: str, longest: int) -> str:
    """A setting of one visible line.

    Raises:
        ValueError: It is empty, too long, or holds a line break.
    """
    plain = text.strip()
    if not plain or not plain.isprintable():
        raise ValueError("must be one line of text")
    if len(plain) > longest:
        raise ValueError(f"has {len(plain)} characters, and {longest} are the most")
    return plain
