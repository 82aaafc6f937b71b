"""The words around a way to pay, in each language: a new language is one more table here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sheetsdun.pay.way import Label


@dataclass(frozen=True, slots=True)
class Words:
    """One language.

    Attributes:
        labels: Names of the lines.
        titles: Headings by kind.
        code: What stands for the picture of a code, with the heading and the sum to fill in.
        click: The text of a link, with the heading and the sum to fill in.
        scan: What stands under the picture of a code.
    """

    labels: dict[Label, str]
    titles: dict[str, str]
    code: str
    click: str
    scan: str


_OWN_NAMES = {
    Label.IBAN: "IBAN",
    Label.BIC: "BIC",
    Label.INN: "ИНН",
    Label.KPP: "КПП",
    Label.BIK: "БИК",
    Label.SETTLEMENT: "Р/с",
    Label.CORRESPONDENT: "К/с",
    Label.ROUTING: "Routing number",
    Label.SORT_CODE: "Sort code",
    Label.PIX_CODE: "Pix copia e cola",
    Label.UPI_ID: "UPI ID",
}
"""The same in every language: that is what stands in the form into which they are typed."""

_PRODUCTS = {"pix": "Pix", "upi": "UPI"}

EN = Words(
    {
        **_OWN_NAMES,
        Label.HOLDER: "Payee",
        Label.ADDRESS: "Address",
        Label.BANK: "Bank",
        Label.ACCOUNT: "Account number",
        Label.INN: "INN (tax ID)",
        Label.KPP: "KPP",
        Label.BIK: "BIK (bank code)",
        Label.SETTLEMENT: "Account",
        Label.CORRESPONDENT: "Corr. account",
        Label.PIX_KEY: "Pix key",
        Label.AMOUNT: "Amount",
        Label.REFERENCE: "Reference",
        Label.PURPOSE: "Payment reference",
        Label.MESSAGE: "Additional information",
    },
    {
        **_PRODUCTS,
        **dict.fromkeys(("iban", "russia", "us", "uk", "swiss"), "Bank transfer"),
        "link": "Pay online",
    },
    "QR code for your banking app: {title}, {amount}",
    "{title}: {amount}",
    "Scan with your banking app",
)

RU = Words(
    {
        **_OWN_NAMES,
        Label.HOLDER: "Получатель",
        Label.ADDRESS: "Адрес",
        Label.BANK: "Банк",
        Label.ACCOUNT: "Номер счёта",
        Label.PIX_KEY: "Ключ Pix",
        Label.AMOUNT: "Сумма",
        Label.REFERENCE: "Референс",
        Label.PURPOSE: "Назначение",
        Label.MESSAGE: "Сообщение",
    },
    {
        **_PRODUCTS,
        **dict.fromkeys(("iban", "russia", "us", "uk", "swiss"), "Банковский перевод"),
        "link": "Оплатить онлайн",
    },
    "QR-код для приложения банка: {title}, {amount}",
    "{title}: {amount}",
    "Сканируйте в приложении банка",
)

DE = Words(
    {
        **_OWN_NAMES,
        Label.HOLDER: "Empfänger",
        Label.ADDRESS: "Adresse",
        Label.BANK: "Bank",
        Label.ACCOUNT: "Kontonummer",
        Label.INN: "INN (Steuernr.)",
        Label.KPP: "KPP",
        Label.BIK: "BIK (Bank)",
        Label.SETTLEMENT: "Konto",
        Label.CORRESPONDENT: "Korr.-Konto",
        Label.PIX_KEY: "Pix-Schlüssel",
        Label.AMOUNT: "Betrag",
        Label.REFERENCE: "Referenz",
        Label.PURPOSE: "Verwendungszweck",
        Label.MESSAGE: "Mitteilung",
    },
    {
        **_PRODUCTS,
        **dict.fromkeys(("iban", "russia", "us", "uk", "swiss"), "Überweisung"),
        "link": "Online bezahlen",
    },
    "QR-Code für Ihre Banking-App: {title}, {amount}",
    "{title}: {amount}",
    "Mit der Banking-App scannen",
)

FR = Words(
    {
        **_OWN_NAMES,
        Label.HOLDER: "Bénéficiaire",
        Label.ADDRESS: "Adresse",
        Label.BANK: "Banque",
        Label.ACCOUNT: "Numéro de compte",
        Label.INN: "INN (n° fiscal)",
        Label.KPP: "KPP",
        Label.BIK: "BIK (banque)",
        Label.SETTLEMENT: "Compte",
        Label.CORRESPONDENT: "Compte corr.",
        Label.PIX_KEY: "Clé Pix",
        Label.AMOUNT: "Montant",
        Label.REFERENCE: "Référence",
        Label.PURPOSE: "Référence",
        Label.MESSAGE: "Communication",
    },
    {
        **_PRODUCTS,
        **dict.fromkeys(("iban", "russia", "us", "uk", "swiss"), "Virement bancaire"),
        "link": "Payer en ligne",
    },
    "Code QR pour votre application bancaire : {title}, {amount}",
    "{title} : {amount}",
    "À scanner avec votre appli bancaire",
)

ES = Words(
    {
        **_OWN_NAMES,
        Label.HOLDER: "Beneficiario",
        Label.ADDRESS: "Dirección",
        Label.BANK: "Banco",
        Label.ACCOUNT: "Número de cuenta",
        Label.INN: "INN (n.º fiscal)",
        Label.KPP: "KPP",
        Label.BIK: "BIK (banco)",
        Label.SETTLEMENT: "Cuenta",
        Label.CORRESPONDENT: "Cuenta corr.",
        Label.PIX_KEY: "Clave Pix",
        Label.AMOUNT: "Importe",
        Label.REFERENCE: "Referencia",
        Label.PURPOSE: "Concepto",
        Label.MESSAGE: "Mensaje",
    },
    {
        **_PRODUCTS,
        **dict.fromkeys(("iban", "russia", "us", "uk", "swiss"), "Transferencia bancaria"),
        "link": "Pagar en línea",
    },
    "Código QR para la aplicación de su banco: {title}, {amount}",
    "{title}: {amount}",
    "Para escanear con la aplicación de su banco",
)

LANGUAGES = {"en": EN, "ru": RU, "de": DE, "fr": FR, "es": ES}


@lru_cache(maxsize=64)
def words(tag: str) -> Words:
    """Those of a language such as ``de-AT``; of one that has none here, the English ones."""
    return LANGUAGES.get(tag.split("-", maxsplit=1)[0], EN)
