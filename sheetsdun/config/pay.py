"""The ``[[pay]]`` tables: a section for each kind of way to pay, checked by the rules that letters follow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from sheetsdun.config.sections import Section
from sheetsdun.config.values import Currency
from sheetsdun.pay import (
    Way,
    accounts,
    america,
    britain,
    europe,
    link,
    pix,
    russia,
    swiss,
    upi,
)
from sheetsdun.pay.order import PURPOSE, purpose_pattern
from sheetsdun.pay.way import one_line

_LONGEST_NAME = 60


def _line(longest: int, *, needed: bool = True) -> AfterValidator:
    """One visible line of text."""
    return AfterValidator(lambda text: one_line(text, longest) if text or needed else text)


def _country(text: str) -> str:
    if not (len(text) == len("CH") and text.isascii() and text.isalpha() and text.isupper()):
        raise ValueError(f"“{text}” is no country code of ISO 3166, such as CH")
    return text


def _prefix(text: str) -> str:
    if text and not (text.isascii() and text.isdigit() and len(text) <= swiss.LONGEST_PREFIX):
        raise ValueError(f"“{text}” must be at most {swiss.LONGEST_PREFIX} digits")
    return text


def _some(currencies: tuple[str, ...]) -> tuple[str, ...]:
    if not currencies:
        raise ValueError("must not be empty")
    return currencies


def _optional(check: Callable[[str], str]) -> AfterValidator:
    return AfterValidator(lambda text: check(text) if text else text)


Name = Annotated[str, _line(_LONGEST_NAME)]
Title = Annotated[str, _line(_LONGEST_NAME, needed=False)]
Holder = Annotated[str, _line(europe.LONGEST_NAME)]
Bank = Annotated[str, _line(120, needed=False)]
Purpose = Annotated[str, AfterValidator(purpose_pattern)]
Bic = Annotated[str, _optional(accounts.bic)]
Currencies = Annotated[tuple[Currency, ...], Field(strict=False), AfterValidator(_some)]


_LATIN = AfterValidator(swiss.plain)


class Pay(Section):
    """What every kind has."""

    name: Name
    kind: str
    title: Title = ""

    def way(self) -> Way:
        """The same as letters have it."""
        raise NotImplementedError

    @property
    def settings(self) -> dict[str, Any]:
        """Everything but the kind."""
        return self.model_dump(exclude={"kind"})


class Iban(Pay):
    """A transfer to an IBAN."""

    kind: Literal["iban"]
    currencies: Currencies = ("EUR",)
    holder: Holder
    iban: Annotated[str, AfterValidator(accounts.iban)]
    bic: Bic = ""
    bank: Bank = ""
    purpose: Purpose = PURPOSE
    qr: bool = True

    def way(self) -> Way:
        """The same as letters have it."""
        return europe.Europe(**self.settings)


class Russia(Pay):
    """A transfer within Russia, in roubles."""

    kind: Literal["russia"]
    holder: Annotated[str, _line(russia.LONGEST_NAME)]
    inn: Annotated[str, AfterValidator(russia.inn)]
    kpp: Annotated[str, AfterValidator(russia.kpp)] = ""
    bank: Annotated[str, _line(120)]
    bik: Annotated[str, AfterValidator(partial(accounts.digits, lengths=(9,)))]
    account: str
    correspondent: str
    purpose: Purpose = russia.PURPOSE
    encoding: Literal["utf-8", "windows-1251", "koi8-r"] = "utf-8"
    qr: bool = True

    @field_validator("account")
    @classmethod
    def _account(cls, text: str, info: ValidationInfo) -> str:
        return russia.account(text, info.data["bik"]) if "bik" in info.data else text

    @field_validator("correspondent")
    @classmethod
    def _correspondent(cls, text: str, info: ValidationInfo) -> str:
        return russia.correspondent(text, info.data["bik"]) if "bik" in info.data else text

    def way(self) -> Way:
        """The same as letters have it."""
        return russia.Russia(currencies=("RUB",), **self.settings)


class Us(Pay):
    """A transfer within the United States, in dollars."""

    kind: Literal["us"]
    holder: Holder
    routing: Annotated[str, AfterValidator(america.routing)]
    account: Annotated[str, AfterValidator(america.account)]
    bank: Bank = ""
    bic: Bic = ""
    purpose: Purpose = PURPOSE

    def way(self) -> Way:
        """The same as letters have it."""
        return america.America(currencies=("USD",), **self.settings)


class Uk(Pay):
    """A transfer within the United Kingdom, in pounds."""

    kind: Literal["uk"]
    holder: Holder
    sort_code: Annotated[str, AfterValidator(britain.sort_code)]
    account: Annotated[str, AfterValidator(britain.account)]
    bank: Bank = ""

    def way(self) -> Way:
        """The same as letters have it."""
        return britain.Britain(currencies=("GBP",), **self.settings)


class Swiss(Pay):
    """A payment to Switzerland or Liechtenstein."""

    kind: Literal["swiss"]
    holder: Annotated[str, _line(swiss.LONGEST_NAME), _LATIN]
    street: Annotated[str, _line(swiss.LONGEST_STREET, needed=False), _LATIN] = ""
    house: Annotated[str, _line(swiss.LONGEST_HOUSE, needed=False), _LATIN] = ""
    postcode: Annotated[str, _line(swiss.LONGEST_POSTCODE), _LATIN]
    town: Annotated[str, _line(swiss.LONGEST_TOWN), _LATIN]
    country: Annotated[str, AfterValidator(_country)] = "CH"
    iban: Annotated[str, AfterValidator(swiss.iban)]
    currencies: Annotated[tuple[Literal["CHF", "EUR"], ...], Field(strict=False), AfterValidator(_some)] = (
        "CHF",
    )
    bank: Bank = ""
    reference: Literal["QRR", "SCOR", "NON"]
    prefix: Annotated[str, AfterValidator(_prefix)] = ""
    purpose: Purpose = PURPOSE
    qr: bool = True

    @field_validator("currencies")
    @classmethod
    def _currencies(cls, currencies: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if "EUR" in currencies and swiss.is_qr_iban(info.data.get("iban", "")):
            raise ValueError("a QR-IBAN takes francs only: give the IBAN itself in another [[pay]]")
        return currencies

    @field_validator("reference")
    @classmethod
    def _reference(cls, kind: str, info: ValidationInfo) -> str:
        if "iban" in info.data and swiss.is_qr_iban(info.data["iban"]) is not (kind == "QRR"):
            fitting = "a QR-IBAN goes with QRR" if kind != "QRR" else "QRR goes with a QR-IBAN"
            raise ValueError(f"{fitting} only, and an IBAN with SCOR or NON")
        return kind

    def way(self) -> Way:
        """The same as letters have it."""
        address = {
            "name": self.holder,
            **self.model_dump(include={"street", "house", "postcode", "town", "country"}),
        }
        others = self.model_dump(
            include={"name", "title", "currencies", "iban", "bank", "reference", "prefix", "purpose", "qr"}
        )
        return swiss.Swiss(holder=swiss.Address(**address), **others)


class Pix(Pay):
    """Pix, in reais."""

    kind: Literal["pix"]
    key: Annotated[str, AfterValidator(pix.key)]
    holder: Holder
    city: Annotated[str, _line(europe.LONGEST_NAME)]
    qr: bool = True

    def way(self) -> Way:
        """The same as letters have it."""
        return pix.Pix(currencies=("BRL",), **self.settings)


class Upi(Pay):
    """UPI, in rupees."""

    kind: Literal["upi"]
    vpa: Annotated[str, AfterValidator(upi.vpa)]
    holder: Annotated[str, _line(upi.LONGEST_NAME)]
    merchant_code: Annotated[str, AfterValidator(upi.merchant_code)] = ""
    qr: bool = True

    def way(self) -> Way:
        """The same as letters have it."""
        return upi.Upi(currencies=("INR",), **self.settings)


class Link(Pay):
    """A page to pay on."""

    kind: Literal["link"]
    url: Annotated[str, AfterValidator(link.pattern)]
    currencies: Annotated[tuple[Currency, ...], Field(strict=False)] = ()
    qr: bool = False

    def way(self) -> Way:
        """The same as letters have it."""
        return link.Link(**self.settings)


KINDS: dict[str, type[Pay]] = {
    "iban": Iban, "russia": Russia, "us": Us, "uk": Uk, "swiss": Swiss, "pix": Pix, "upi": Upi, "link": Link,
}  # fmt: skip
"""Each kind's section."""
