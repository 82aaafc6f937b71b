"""Whatever is asked for, by whatever name: a code within its standard's limits, or none; never a wrong one."""

from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649
from stdnum.ch import esr

from sheetsdun.letters.inert import visible
from sheetsdun.letters.reference import ALPHABET
from sheetsdun.pay import Order
from sheetsdun.pay.britain import Britain
from sheetsdun.pay.europe import Europe
from sheetsdun.pay.link import Link
from sheetsdun.pay.pix import Pix
from sheetsdun.pay.russia import Russia
from sheetsdun.pay.shown import offered
from sheetsdun.pay.swiss import Address, Swiss
from sheetsdun.pay.upi import Upi

NUMBERS = st.text(max_size=300).map(visible).filter(bool) | st.from_regex(
    r"[A-Z]{0,4}[-/]?[0-9]{1,30}", fullmatch=True
)
AMOUNTS = st.decimals("0.01", "99999.99", places=2) | st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15
)
ORDERS = st.builds(
    Order,
    amount=AMOUNTS,
    currency=st.sampled_from(["EUR", "CHF", "RUB", "BRL", "INR", "GBP", "USD"]),
    invoices=st.lists(NUMBERS, max_size=30).map(tuple),
    reference=st.text(ALPHABET, min_size=6, max_size=6).map("SD-{}".format),
    single=st.booleans(),
)
PATTERNS = st.sampled_from(
    ["{invoices} {reference}", "Оплата по сч. № {invoices}, {reference}", "№{invoices}" + "x" * 70]
)
NAMES = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=70).filter(
    lambda text: text.isprintable() and text.strip()
)


@given(order=ORDERS, pattern=PATTERNS, name=NAMES, bic=st.sampled_from(["", "BYLADEM1001"]))
def test_epc(order, pattern, name, bic):
    way = Europe(
        name="x", currencies=(), holder=name, iban="DE02120300000000202051", bic=bic, purpose=pattern
    )
    made = way.payload(order)
    if made is None:
        return
    assert len(made) <= 331
    lines = made.decode().split("\n")
    assert lines[:7] == ["BCD", "002", "1", "SCT", bic, name, "DE02120300000000202051"]
    assert Decimal(lines[7].removeprefix("EUR")) == order.amount
    assert Decimal("0.01") <= order.amount <= Decimal("999999999.99")
    assert len(lines) in {8, 11}
    assert len("".join(lines[10:])) <= 140
    assert order.currency == "EUR"


@given(
    order=ORDERS, pattern=PATTERNS, name=NAMES, encoding=st.sampled_from(["utf-8", "windows-1251", "koi8-r"])
)
def test_gost(order, pattern, name, encoding):
    way = Russia(
        name="x", holder=name, inn="7707083893", bank=name, bik="044525225", account="40702810138250123017",
        correspondent="30101810400000000225", purpose=pattern, encoding=encoding,
    )  # fmt: skip
    made = way.payload(order)
    if made is None:
        return
    sign, *blocks = made.decode(encoding).split("|")
    assert sign in {"ST00011", "ST00012", "ST00013"}
    told = dict(block.split("=", 1) for block in blocks)
    assert [*told] == ["Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc", "Sum", "Purpose", "PayeeINN"]
    assert Decimal(told["Sum"]) == order.amount * 100
    assert len(told["Purpose"]) <= 210
    assert len(told["BankName"]) <= 45
    assert len("|".join(blocks[:5]).encode(encoding)) <= 300


@given(
    order=ORDERS,
    pattern=PATTERNS,
    kind=st.sampled_from(["QRR", "SCOR", "NON"]),
    prefix=st.text("0123456789", max_size=10),
)
def test_swiss(order, pattern, kind, prefix):
    iban = "CH4431999123000889012" if kind == "QRR" else "CH5800791123000889012"
    holder = Address(name="Max Muster & Söhne", postcode="8000", town="Seldwyla")
    way = Swiss(name="x", holder=holder, iban=iban, reference=kind, prefix=prefix, purpose=pattern)
    reference = way.structured(order)
    if kind == "QRR":
        assert len(reference) == 27
        assert esr.is_valid(reference)
        assert reference.strip("0")
    if kind == "SCOR":
        assert iso11649.is_valid(reference)
        assert reference.isascii()
    made = way.payload(order)
    if made is None:
        return
    assert len(made.decode()) <= 997
    lines = made.decode().split("\n")
    assert (len(lines), lines[-1]) == (31, "EPD")
    assert (Decimal(lines[18]), lines[18].partition(".")[2].isdigit(), lines[19]) == (
        order.amount,
        True,
        order.currency,
    )
    assert lines[27:29] == [kind, reference]
    assert len(lines[29]) <= 140
    assert all(ord(sign) <= 0x17F or sign in "ȘșȚț€" for sign in made.decode().replace("\n", ""))


@given(order=ORDERS, name=NAMES)
def test_pix(order, name):
    made = Pix(name="x", key="ar@example.com.br", holder=name, city=name).payload(order)
    if made is None:
        return
    text, told = made.decode("ascii"), {}
    while text:
        size = int(text[2:4])
        told[text[:2]], text = text[4 : 4 + size], text[4 + size :]
    assert [*told] == ["00", "26", "52", "53", "54", "58", "59", "60", "62", "63"]
    assert Decimal(told["54"]) == order.amount
    assert 1 <= len(told["59"]) <= 25
    assert 1 <= len(told["60"]) <= 15
    assert told["62"] == f"0508{order.code}"


@given(order=ORDERS, name=NAMES.filter(lambda text: len(text) <= 50))
def test_upi(order, name):
    made = Upi(name="x", vpa="example@okbank", holder=name).payload(order)
    if made is None:
        return
    told = parse_qsl(urlsplit(made.decode("ascii")).query, strict_parsing=True)
    assert [key for key, _ in told] == ["pa", "pn", "tr", "tn", "am", "cu"]
    assert dict(told)["pn"] == name
    assert Decimal(dict(told)["am"]) == order.amount


@given(order=ORDERS)
def test_a_link_stays_on_its_host(order):
    url = "https://pay.example.com/{invoice}/{invoices}?a={amount}&m={minor}&c={currency}&r={reference}"
    made = Link(name="x", url=url).link(order)
    if made:
        parts = urlsplit(made)
        assert (parts.scheme, parts.netloc) == ("https", "pay.example.com")
        assert made.isascii()
        assert dict(parse_qsl(parts.query))["a"] == f"{order.amount:.2f}"


@given(order=ORDERS)
def test_a_british_reference_fits(order):
    way = Britain(name="x", holder="x", sort_code="601613", account="31926819")
    assert 0 < len(way.facts(order)[-1].value) <= 18


@given(order=ORDERS, language=st.sampled_from(["en", "ru", "de", "fr", "es", "pt-BR", "xx"]))
def test_every_way_can_be_shown(language, order):
    ways = [
        Europe(name="a", holder="x", iban="DE02120300000000202051"),
        Pix(name="b", key="ar@example.com.br", holder="x", city="y"),
        Upi(name="c", vpa="example@okbank", holder="x"),
        Link(name="d", url="https://pay.example.com/{reference}"),
    ]
    for shown in offered(ways, order, language=language, amount="1"):
        assert shown.title in shown.html({})
        assert shown.text.startswith(shown.title)
