"""A transfer to an account in Russia, with the code of ГОСТ Р 56042-2014.

The account keys: Порядок расчёта контрольного ключа в номере лицевого счёта, Банк России, 08.09.1997 № 515.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from stdnum.exceptions import ValidationError
from stdnum.ru import inn as _inn

from sheetsdun.pay.accounts import digits
from sheetsdun.pay.order import Order
from sheetsdun.pay.way import Fact, Label, Way

PURPOSE = "Оплата по сч. № {invoices}, {reference}"
LONGEST_NAME, LONGEST_BANK, LONGEST_PURPOSE = 160, 45, 210
ENCODINGS = {"windows-1251": "1", "utf-8": "2", "koi8-r": "3"}
"""Of the text in a code, each with its sign in the standard."""

_NEEDED = {
    "Name": LONGEST_NAME, "PersonalAcc": 20, "BankName": LONGEST_BANK, "BIC": 9, "CorrespAcc": 20,
}  # fmt: skip
"""Blocks that every code has, in this order, with the most characters of each."""

_OTHERS = {"Sum": 18, "Purpose": LONGEST_PURPOSE, "PayeeINN": 12, "KPP": 9}
_NEEDED_BYTES = 300
_KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}", re.ASCII)
_WEIGHTS = (7, 1, 3) * 8
_SETTLEMENT_CENTRES = frozenset({"000", "001", "002"})
_ROUBLES = "810"
_TREASURY = "01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Russia(Way):
    """A settlement account: ИНН, КПП, БИК, р/с, к/с."""

    holder: str
    inn: str
    kpp: str = ""
    bank: str
    bik: str
    account: str
    correspondent: str
    purpose: str = PURPOSE
    encoding: str = "utf-8"

    KIND = "russia"

    def facts(self, order: Order) -> list[Fact]:
        """As a Russian payment order has them."""
        return [
            Fact(Label.HOLDER, self.holder),
            Fact(Label.INN, self.inn, number=True),
            Fact(Label.KPP, self.kpp, number=True),
            Fact(Label.SETTLEMENT, self.account, number=True),
            Fact(Label.BANK, self.bank),
            Fact(Label.BIK, self.bik, number=True),
            Fact(Label.CORRESPONDENT, self.correspondent, number=True),
            Fact(Label.PURPOSE, self._words(order)),
        ]

    def payload(self, order: Order) -> bytes | None:
        """In kopecks."""
        if order.cents is None:
            return None
        blocks = {
            "Name": self.holder,
            "PersonalAcc": self.account,
            "BankName": self.bank[:LONGEST_BANK].rstrip(),  # the БИК names the bank
            "BIC": self.bik,
            "CorrespAcc": self.correspondent,
            "Sum": str(int(order.cents * Decimal(100))),
            "Purpose": self._words(order),
            "PayeeINN": self.inn,
            "KPP": self.kpp,
        }
        return payload(blocks, self.encoding)

    def _words(self, order: Order) -> str:
        # "|" parts the blocks of a code.
        return order.purpose(self.purpose, LONGEST_PURPOSE, lambda text: text.replace("|", "/"))


def payload(blocks: Mapping[str, str], encoding: str = "utf-8") -> bytes | None:
    """The content of a code; None where the standard has no room for it, or the encoding no such letter.

    Args:
        blocks: By the standard's names, the five that are needed first; empty ones are left out.
        encoding: One of ``ENCODINGS``.
    """
    filled = {name: text for name, text in blocks.items() if text}
    limits = _NEEDED | _OTHERS
    wrong = [*filled][: len(_NEEDED)] != [*_NEEDED] or any(
        "|" in text or not text.isprintable() or len(text) > limits.get(name, LONGEST_NAME)
        for name, text in filled.items()
    )
    if wrong:
        return None
    parts = [f"{name}={text}" for name, text in filled.items()]
    try:
        if len("|".join(parts[: len(_NEEDED)]).encode(encoding)) > _NEEDED_BYTES:
            return None
        return "|".join([f"ST0001{ENCODINGS[encoding]}", *parts]).encode(encoding)
    except UnicodeEncodeError:
        return None


def inn(text: str) -> str:
    """An ИНН of a firm (10 digits) or a person (12). Raises ValueError."""
    try:
        return _inn.validate(digits(text, [10, 12]))
    except ValidationError:
        raise ValueError(f"“{text}” is no ИНН: its check digits do not fit, so a digit is wrong") from None


def kpp(text: str) -> str:
    """A КПП, or "": sole traders have none. Raises ValueError."""
    plain = text.replace(" ", "")
    if plain and not _KPP.fullmatch(plain):
        raise ValueError(f"“{text}” is no КПП: it has 9 digits")
    return plain


def account(text: str, bik: str) -> str:
    """A settlement account in roubles, whose key fits the bank. Raises ValueError."""
    plain = digits(text, [20])
    if plain[5:8] != _ROUBLES:
        raise ValueError(f"“{text}” is no account in roubles: its sixth to eighth digits are not {_ROUBLES}")
    if not bik.startswith(_TREASURY):
        place = f"0{bik[4:6]}" if bik[6:] in _SETTLEMENT_CENTRES else bik[6:]
        _fitting(text, plain, place)
    return plain


def correspondent(text: str, bik: str) -> str:
    """A correspondent account at the Bank of Russia, which ends as the bank's БИК does. Raises ValueError."""
    plain = digits(text, [20])
    if not bik.startswith(_TREASURY):
        if plain[17:] != bik[6:]:
            raise ValueError(f"“{text}” does not belong to the БИК {bik}: both end in the same three digits")
        _fitting(text, plain, f"0{bik[4:6]}")
    return plain


def _fitting(text: str, plain: str, place: str) -> None:
    key = sum(int(digit) * weight % 10 for digit, weight in zip(place + plain, _WEIGHTS, strict=False)) % 10
    if key:
        raise ValueError(f"“{text}” does not fit the БИК: its key is wrong, so a digit of one of them is")
