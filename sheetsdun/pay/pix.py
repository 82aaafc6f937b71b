"""Pix, Brazil's instant payments, with a static BR Code.

Banco Central do Brasil, Manual de Padrões para Iniciação do Pix, on top of EMV QR Code Specification for Payment
Systems, Merchant-Presented Mode: fields of two digits' name, two digits' length, value; a CRC at the end.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from stdnum.br import cnpj, cpf

from sheetsdun.pay.latin import latin
from sheetsdun.pay.order import PURPOSE, Order
from sheetsdun.pay.way import Fact, Label, Way

LONGEST_NAME, LONGEST_CITY = 25, 15
_LONGEST_KEY = 77
_LARGEST = Decimal("9999999999.99")
_LONGEST_FIELD = 99
_NO_TXID = "***"
_GUI = "br.gov.bcb.pix"
_PHONE = re.compile(r"\+55\d{10,11}", re.ASCII)
_RANDOM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MAIL = re.compile(r"[a-z0-9.!#$&'*+/=?^_`{|}~-]+@[a-z0-9.-]+\.[a-z0-9-]+")
_TXID = re.compile(r"[A-Za-z0-9]{1,25}|\*\*\*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pix(Way):
    """A key at Brazil's central bank."""

    key: str
    holder: str
    city: str

    KIND = "pix"

    def facts(self, order: Order) -> list[Fact]:
        """The key, and the code as a line to copy, which is what people on a phone do."""
        code = self.payload(order)
        return [
            Fact(Label.HOLDER, self.holder),
            Fact(Label.PIX_KEY, self.key),
            Fact(Label.PURPOSE, order.purpose(PURPOSE, 140)),
            Fact(Label.PIX_CODE, code.decode() if code else ""),
        ]

    def payload(self, order: Order) -> bytes | None:
        """With the letter's reference as the transaction's."""
        if order.cents is None:
            return None
        room = _LONGEST_FIELD - len(_field(0, _GUI) + _field(1, self.key)) - len(_field(2, ""))
        return payload(
            key=self.key,
            name=_short(self.holder, LONGEST_NAME),
            city=_short(self.city, LONGEST_CITY),
            amount=order.cents,
            txid=order.code or _NO_TXID,
            info=order.purpose(PURPOSE, room, latin) if room >= len(order.reference) else "",
        )


def payload(
    *, key: str, name: str, city: str, amount: Decimal | None = None, txid: str = _NO_TXID, info: str = ""
) -> bytes | None:
    """The content of a code; None where the standard has no room for it.

    Args:
        key: Checked, as the central bank has it.
        name: The receiver's, ASCII.
        city: The receiver's, ASCII.
        amount: Reais; None leaves it to the payer.
        txid: Letters and digits; ``***`` for none.
        info: Words for the payer.
    """
    account = _fields([(0, _GUI), (1, key), (2, info)])
    fits = (
        _TXID.fullmatch(txid)
        and 0 < len(name) <= LONGEST_NAME
        and 0 < len(city) <= LONGEST_CITY
        and len(account) <= _LONGEST_FIELD
        and all(text.isascii() and text.isprintable() for text in (key, name, city, info))
    )
    if not fits or (amount is not None and not (0 < amount <= _LARGEST and amount == round(amount, 2))):
        return None
    # In order: format, account, branch of trade (unknown), reais, amount, Brazil, name, city, transaction.
    body = _fields(
        [
            *((0, "01"), (26, account), (52, "0000"), (53, "986")),
            *((54, "" if amount is None else f"{amount:.2f}"), (58, "BR"), (59, name), (60, city)),
            (62, _field(5, txid)),
        ]
    )
    checked = f"{body}6304".encode("ascii")
    return checked + f"{binascii.crc_hqx(checked, 0xFFFF):04X}".encode("ascii")


def key(text: str) -> str:
    """A key: CPF, CNPJ, telephone, e-mail address or a random one, as the central bank has it.

    Raises:
        ValueError: It is none of these, or its check digits are wrong.
    """
    plain = text.strip()
    lower = plain.lower()
    if _RANDOM.fullmatch(lower) or (_MAIL.fullmatch(lower) and len(lower) <= _LONGEST_KEY):
        return lower
    if plain.startswith("+"):
        phone = re.sub(r"[ ().-]", "", plain)
        if _PHONE.fullmatch(phone):
            return phone
    elif cpf.is_valid(plain):
        return cpf.compact(plain)
    elif cnpj.is_valid(plain):
        return cnpj.compact(plain)
    raise ValueError(
        f"“{text}” is no Pix key: a CPF, a CNPJ, +55 and a telephone number, an e-mail address or a random key"
    )


def _fields(pairs: Iterable[tuple[int, str]]) -> str:
    return "".join(_field(name, value) for name, value in pairs if value)


def _field(name: int, value: str) -> str:
    return f"{name:02d}{len(value):02d}{value}"


def _short(text: str, longest: int) -> str:
    return latin(text)[:longest].strip()
