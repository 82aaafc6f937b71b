"""Pix and UPI.

Banco Central do Brasil, Manual de Padrões para Iniciação do Pix, 6.1 (the static sample with its CRC).
National Payments Corporation of India, UPI Linking Specifications 1.6, 2.1 (the sample of a link).
"""

import binascii
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest

from sheetsdun.pay import code, pix, upi
from sheetsdun.pay.pix import Pix
from sheetsdun.pay.upi import Upi

RANDOM = "123e4567-e12b-12d1-a456-426655440000"
SAMPLE = f"00020126580014br.gov.bcb.pix0136{RANDOM}5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D"
LINK = (
    "upi://pay?pa=nadeem@npci&pn=nadeem%20chinna&mc=0000&tid=cxnkjcnkjdfdvjndkjfvn&tr=4894398cndhcd23"
    "&tn=Pay%20to%20mystar%20store&am=10&mam=null&cu=INR&url=https://mystar.com/orderid=9298yw89e8973e87389e78923ue892"
)


def fields(text):
    """A code's fields, taken apart without our help."""
    found = {}
    while text:
        name, length = text[:2], int(text[2:4])
        found[name], text = text[4 : 4 + length], text[4 + length :]
    return found


class TestPix:
    way = Pix(
        name="Pix",
        currencies=("BRL",),
        key=RANDOM,
        holder="Empresa de Comércio e Serviços Ltda",
        city="São Paulo",
    )

    def test_the_sample(self):
        assert pix.payload(key=RANDOM, name="Fulano de Tal", city="BRASILIA") == SAMPLE.encode()

    def test_the_code_in_a_picture_is_read_by_others(self, order, scanned):
        made = self.way.payload(order("1250.5", "BRL"))
        assert scanned(code.png(made)) == (made, "M")
        told = fields(made.decode())
        assert fields(told.pop("26")) == {"00": "br.gov.bcb.pix", "01": RANDOM, "02": "2026-0117 SD-7K3F9Q"}
        assert fields(told.pop("62")) == {"05": "SD7K3F9Q"}
        assert int(told.pop("63"), 16) == binascii.crc_hqx(made[:-4], 0xFFFF)
        assert told == {
            "00": "01", "52": "0000", "53": "986", "54": "1250.50", "58": "BR", "59": "Empresa de Comercio e Ser",
            "60": "Sao Paulo",
        }  # fmt: skip

    def test_without_a_letters_reference(self, order):
        assert b"62070503***6304" in self.way.payload(order(currency="BRL", reference=""))

    def test_a_long_key_leaves_no_room_for_words(self, order):
        mail = f"{'a' * 60}@example.com.br"
        way = Pix(name="Pix", key=mail, holder="x", city="y")
        account = fields(fields(way.payload(order(currency="BRL")).decode())["26"])
        assert account == {"00": "br.gov.bcb.pix", "01": mail}

    def test_the_line_to_copy_is_the_code(self, order):
        asked = order(currency="BRL")
        assert (
            dict(fact[:2] for fact in self.way.facts(asked))["pix_code"] == self.way.payload(asked).decode()
        )

    @pytest.mark.parametrize(
        "change",
        [
            {"name": ""}, {"name": "x" * 26}, {"name": "Comércio"}, {"city": "x" * 16}, {"txid": "SD-7K3F9Q"},
            {"txid": "x" * 26}, {"info": "x" * 60}, {"amount": Decimal(0)}, {"amount": Decimal("1.001")},
            {"amount": Decimal("10000000000.00")},
        ],
        ids=str,
    )  # fmt: skip
    def test_what_does_not_fit_makes_no_code(self, change):
        good = {"key": RANDOM, "name": "Fulano", "city": "Rio"}
        assert pix.payload(**good)
        assert pix.payload(**(good | change)) is None

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            (RANDOM.upper(), RANDOM),
            ("390.533.447-05", "39053344705"),
            ("16.727.230/0001-97", "16727230000197"),
            ("+55 (61) 91234-5678", "+5561912345678"),
            ("Ar@Example.com.br", "ar@example.com.br"),
        ],
    )
    def test_keys(self, text, key):
        assert pix.key(text) == key

    @pytest.mark.parametrize(
        "text", ["390.533.447-06", "16.727.230/0001-98", "61912345678", "+1 555 0100", "x@y", ""]
    )
    def test_no_keys(self, text):
        with pytest.raises(ValueError, match="is no Pix key"):
            pix.key(text)


class TestUpi:
    way = Upi(name="UPI", currencies=("INR",), vpa="example@okbank", holder="Example & Sons")

    def test_the_sample_as_far_as_it_is_ours_to_say(self):
        made = upi.payload(
            vpa="nadeem@npci",
            name="nadeem chinna",
            merchant_code="0000",
            reference="4894398cndhcd23",
            note="Pay to mystar store",
            amount=Decimal(10),
        ).decode()
        left_out = {"tid", "mam", "url"}  # made by shops and apps, and none of them needed
        kept = [part for part in LINK.split("?", 1)[1].split("&") if part.split("=")[0] not in left_out]
        assert made == f"upi://pay?{'&'.join(kept)}".replace("am=10&", "am=10.00&")

    def test_the_code_in_a_picture_is_read_by_others(self, order, scanned):
        made = self.way.payload(order("99.5", "INR"))
        assert scanned(code.png(made)) == (made, "M")
        assert dict(parse_qsl(urlsplit(made.decode()).query)) == {
            "pa": "example@okbank", "pn": "Example & Sons", "tr": "SD7K3F9Q", "tn": "2026-0117 SD-7K3F9Q", "am": "99.50",
            "cu": "INR",
        }  # fmt: skip

    def test_an_invoice_number_cannot_add_a_parameter(self, order):
        made = self.way.payload(order(currency="INR", invoices=["1&am=1&pa=evil@bank"])).decode()
        told = parse_qsl(urlsplit(made).query)
        assert [value for name, value in told if name in {"pa", "am"}] == ["example@okbank", "1250.00"]

    @pytest.mark.parametrize(
        "change", [{"name": ""}, {"name": "x" * 51}, {"note": "x" * 51}, {"amount": Decimal(0)}]
    )
    def test_what_does_not_fit_makes_no_code(self, change):
        assert upi.payload(**({"vpa": "a1@bank", "name": "A", "amount": Decimal(1)} | change)) is None

    @pytest.mark.parametrize("text", ["example", "a@b@c", "é@bank", "x y@bank", "@bank", ""])
    def test_no_id(self, text):
        with pytest.raises(ValueError, match="UPI id"):
            upi.vpa(text)
