"""The [[pay]] tables: each kind becomes a way to pay, and each slip of the pen is told with its line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sheetsdun.config import load
from sheetsdun.pay import Order

FIRST = 12
"""The line of the first setting behind the good config, its table's."""

KINDS = {
    "iban": {"holder": "Example GmbH", "iban": "DE02 1203 0000 0000 2020 51"},
    "russia": {
        "holder": "ООО «Ромашка»",
        "inn": "7707083893",
        "kpp": "770701001",
        "bank": "ПАО СБЕРБАНК Г. МОСКВА",
        "bik": "044525225",
        "account": "40702810138250123017",
        "correspondent": "30101810400000000225",
    },
    "us": {"holder": "Example Inc", "routing": "021000021", "account": "123456789"},
    "uk": {"holder": "Example Ltd", "sort_code": "60-16-13", "account": "31926819"},
    "swiss": {
        "holder": "Max Muster & Söhne",
        "postcode": "8000",
        "town": "Seldwyla",
        "iban": "CH44 3199 9123 0008 8901 2",
        "reference": "QRR",
    },
    "pix": {"key": "123e4567-e12b-12d1-a456-426655440000", "holder": "Fulano de Tal", "city": "Brasília"},
    "upi": {"vpa": "example@okbank", "holder": "Example"},
    "link": {"url": "https://pay.example.com/{reference}"},
}
CURRENCIES = {
    "iban": "EUR",
    "russia": "RUB",
    "us": "USD",
    "uk": "GBP",
    "swiss": "CHF",
    "pix": "BRL",
    "upi": "INR",
    "link": "JPY",
}


def table(kind, name="main", **changes):
    told = {"name": name, "kind": kind, **KINDS[kind], **changes}
    lines = (
        f"{key} = {value if value in {'true', 'false'} or value[:1] == '[' else repr(value)}"
        for key, value in told.items()
        if value
    )
    return "\n".join(["[[pay]]", *lines, ""])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_becomes_a_way_that_takes_its_currency(good, kind):
    (way,) = load(good + table(kind)).ways
    takes = {code: way.serves(_order(code)) for code in CURRENCIES.values()}
    assert takes == {code: kind == "link" or code == CURRENCIES[kind] for code in takes}
    assert (way.payload(_order(CURRENCIES[kind])) is not None) == (kind not in {"us", "uk"})


def test_they_stand_in_the_order_of_the_file(good):
    config = load(good + table("upi", "a") + table("link", "b") + table("iban", "c"))
    assert [way.name for way in config.ways] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("kind", "changes", "setting", "words"),
    [
        ("iban", {"iban": "DE02 1203 0000 0000 2020 52"}, "iban", "check digits"),
        ("iban", {"bic": "BYLADEM"}, "bic", "is no BIC"),
        ("iban", {"holder": "x" * 71}, "holder", "has 71 characters, and 70 are the most"),
        ("iban", {"purpose": "{invoice}"}, "purpose", "{invoices} and {reference}"),
        ("iban", {"currencies": "['EURO']"}, "currencies, item 1", "no currency code"),
        ("russia", {"inn": "7707083894"}, "inn", "is no ИНН"),
        ("russia", {"kpp": "12"}, "kpp", "is no КПП"),
        ("russia", {"bik": "44525225"}, "bik", "must have 9 digits"),
        ("russia", {"account": "40702810138250123018"}, "account", "does not fit the БИК"),
        ("russia", {"account": "40702840138250123017"}, "account", "no account in roubles"),
        ("russia", {"correspondent": "30101810400000000226"}, "correspondent", "same three digits"),
        ("russia", {"encoding": "utf-16"}, "encoding", "is not utf-8, windows-1251 or koi8-r"),
        ("us", {"routing": "021000022"}, "routing", "is no routing number"),
        ("uk", {"sort_code": "60-16-1"}, "sort_code", "must have 6 digits"),
        ("swiss", {"iban": "DE02120300000000202051"}, "iban", "of Switzerland or Liechtenstein"),
        ("swiss", {"reference": "NON"}, "reference", "a QR-IBAN goes with QRR only"),
        ("swiss", {"iban": "CH5800791123000889012"}, "reference", "QRR goes with a QR-IBAN only"),
        ("swiss", {"currencies": "['CHF', 'EUR']"}, "currencies", "francs only"),
        ("swiss", {"holder": "Кооператив"}, "holder", "only Latin letters can"),
        ("swiss", {"prefix": "12345678901"}, "prefix", "at most 10 digits"),
        ("swiss", {"country": "Switzerland"}, "country", "no country code"),
        ("pix", {"key": "390.533.447-06"}, "key", "is no Pix key"),
        ("upi", {"vpa": "example"}, "vpa", "is no UPI id"),
        ("upi", {"merchant_code": "12"}, "merchant_code", "four digits"),
        ("link", {"url": "https://{invoice}.example.com/"}, "url", "whose host is fixed"),
        ("link", {"url": "http://pay.example.com/"}, "url", "must be an https address"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(wrong, kind, changes, setting, words):
    text = table(kind, **changes)
    key = setting.split(",", maxsplit=1)[0]
    line = FIRST + next(number for number, row in enumerate(text.split("\n")) if row.startswith(f"{key} ="))
    (told,) = wrong(text)
    assert told.startswith(f"line {line}: pay, item 1, {setting}: ")
    assert words in told


@pytest.mark.parametrize(
    ("changes", "setting", "words"),
    [
        ({"kind": "iban", "iban": "CH9300762011623852957"}, "bic", "outside the European Economic Area"),
        ({"kind": "russia", "encoding": "koi8-r"}, "qr", "letters that it lacks"),  # no « in it
        ({"kind": "russia", "holder": "Ж" * 150}, "qr", "too long"),
    ],
)
def test_a_code_that_could_never_be_made_is_told(wrong, good, changes, setting, words):
    text = table(**changes)
    (told,) = wrong(text)
    assert told.startswith(f"line {FIRST}: pay, item 1, {setting}: ")
    assert words in told
    assert load(good + text + "qr = false\n").ways


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[pay]\nname = 'x'\n", "line 12: pay: must be tables: [[pay]]"),
        (
            "[[pay]]\nname = 'x'\n",
            "line 12: pay, item 1, kind: is missing: one of iban, russia, us, uk, swiss, pix, upi, link",
        ),
        ("[[pay]]\nkind = 'ibn'\n", "line 13: pay, item 1, kind: there is no such kind; did you mean iban?"),
        (table("us") + "qr = true\n", "line 18: pay, item 1, qr: there is no such setting"),
        (
            table("us") + table("us", "Main"),
            "line 19: pay, item 2, name: “Main” is the name of another one already",
        ),
        (table("us", name=""), "line 12: pay, item 1, name: is missing"),
    ],
)
def test_tables_that_are_none(wrong, text, told):
    assert any(line.startswith(told) for line in wrong(text)), wrong(text)


def test_every_mistake_of_every_table_is_told(wrong):
    found = wrong(table("us", routing="1", account="1") + table("upi", vpa="x"))
    assert [line.split(": ")[1] for line in found] == [
        "pay, item 1, routing",
        "pay, item 1, account",
        "pay, item 2, vpa",
    ]


def _order(currency):
    return Order(amount=Decimal(1), currency=currency, invoices=("1",), reference="SD-7K3F9Q", single=True)
