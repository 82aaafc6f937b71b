"""SIX, Swiss Implementation Guidelines for the QR-bill, version 2.4 (24 February 2026): annexes A and B."""

from decimal import Decimal
from io import BytesIO
from typing import ClassVar

import pytest
from PIL import Image
from qrbill import QRBill

from sheetsdun.pay import code, swiss
from sheetsdun.pay.swiss import Address, Swiss, payload

QR_IBAN, IBAN = "CH4431999123000889012", "CH5800791123000889012"
MUSTER = Address(
    name="Max Muster & Söhne", street="Musterstrasse", house="123", postcode="8000", town="Seldwyla"
)
SIMON = Address(name="Simon Muster", street="Musterstrasse", house="1", postcode="8000", town="Seldwyla")


def lines(text):
    return [line.strip() for line in text.strip("\n").split("\n")]


@pytest.fixture
def way():
    def make(iban=IBAN, reference="NON", **more):
        return Swiss(
            name="Bank", currencies=("CHF", "EUR"), holder=MUSTER, iban=iban, reference=reference, **more
        )

    return make


class TestSamples:
    def test_1_with_a_qr_reference(self):
        made = payload(
            iban="CH6431961000004421557",
            creditor=MUSTER,
            amount=Decimal("50.00"),
            currency="CHF",
            debtor=SIMON,
            kind="QRR",
            reference="000008207791225857421286694",
            message="Payment of travel",
        )
        assert made.decode().split("\n") == [
            *("SPC", "0200", "1", "CH6431961000004421557"),
            *("S", "Max Muster & Söhne", "Musterstrasse", "123", "8000", "Seldwyla", "CH"),
            *("", "", "", "", "", "", ""),
            *("50.00", "CHF"),
            *("S", "Simon Muster", "Musterstrasse", "1", "8000", "Seldwyla", "CH"),
            *("QRR", "000008207791225857421286694", "Payment of travel", "EPD"),
        ]

    def test_2_up_to_the_billing_information_that_we_do_not_give(self):
        made = payload(
            iban=QR_IBAN,
            creditor=Address(
                name="Max Muster & Söhne (sample company)",
                street="Musterstrasse",
                house="123",
                postcode="8000",
                town="Seldwyla",
            ),
            amount=Decimal("1949.75"),
            currency="CHF",
            debtor=SIMON,
            kind="QRR",
            reference="210000000003139471430009017",
            message="Order from 15.10.2020",
        )
        sample = """
            SPC\n0200\n1\nCH4431999123000889012\nS\nMax Muster & Söhne (sample company)\nMusterstrasse\n123\n8000\nSeldwyla\nCH
            \n\n\n\n\n\n\n1949.75\nCHF\nS\nSimon Muster\nMusterstrasse\n1\n8000\nSeldwyla\nCH\nQRR
            210000000003139471430009017\nOrder from 15.10.2020\nEPD"""
        assert made.decode().split("\n") == lines(sample)

    def test_a_donation_without_sum_debtor_and_reference(self):
        home = Address(name="Muster Stiftung", street="P.O. Box", postcode="3001", town="Bern")
        made = payload(iban="CH5204835012345671000", creditor=home, amount=None, currency="CHF", kind="NON")
        told = [
            "SPC",
            "0200",
            "1",
            "CH5204835012345671000",
            "S",
            "Muster Stiftung",
            "P.O. Box",
            "",
            "3001",
            "Bern",
            "CH",
        ]
        assert made.decode().split("\n") == [*told, *[""] * 7, "", "CHF", *[""] * 7, "NON", "", "", "EPD"]

    def test_the_check_digit_of_annex_b(self, way, order):
        # 21 00000 00003 13947 14300 0901 gives 7.
        bank = way(QR_IBAN, "QRR", prefix="21")
        assert bank.structured(order(invoices=["3139471430009 01"])) == "210000000003139471430009017"

    def test_the_creditor_reference_of_annex_b(self, way, order):
        assert way(IBAN, "SCOR").structured(order(invoices=["5390-0754-7034"])) == "RF18539007547034"


@pytest.mark.parametrize(("iban", "reference"), [(IBAN, "NON"), (IBAN, "SCOR"), (QR_IBAN, "QRR")])
def test_another_generator_says_the_same(way, order, iban, reference):
    bank, asked = way(iban, reference), order("1234.5", "CHF")
    theirs = QRBill(
        account=iban,
        creditor={
            "name": MUSTER.name,
            "street": MUSTER.street,
            "house_num": "123",
            "pcode": "8000",
            "city": "Seldwyla",
        },
        amount="1234.50",
        reference_number=bank.structured(asked) or None,
        additional_information="2026-0117 SD-7K3F9Q",
    ).qr_data()
    assert bank.payload(asked).decode().split("\n") == theirs.rstrip("\r\n").replace("\r\n", "\n").split("\n")


class TestLimits:
    good: ClassVar = {
        "iban": IBAN,
        "creditor": MUSTER,
        "amount": Decimal(1),
        "currency": "CHF",
        "kind": "NON",
    }

    @pytest.mark.parametrize(
        "change",
        [
            {"amount": Decimal(0)},
            {"amount": Decimal("0.001")},
            {"amount": Decimal(1000000000)},
            {"currency": "USD"},
            {"message": "x" * 141},
            {"message": "Привет"},
            {"message": "two\nlines"},
            {"reference": "RF18539007547034"},
            {"kind": "SCOR"},
            {"kind": "QRR", "reference": "210000000003139471430009017"},
            {"iban": QR_IBAN},
            {"iban": QR_IBAN, "kind": "SCOR", "reference": "RF18539007547034"},
            {"iban": QR_IBAN, "kind": "QRR", "reference": "210000000003139471430009017", "currency": "EUR"},
        ],
        ids=str,
    )
    def test_what_the_guidelines_do_not_permit_makes_no_code(self, change):
        assert payload(**self.good)
        assert payload(**(self.good | change)) is None


class TestReferences:
    def test_several_invoices_have_the_letters_own(self, way, order):
        both = order(invoices=["2026-0117", "2026-0121"])
        assert way(IBAN, "SCOR").structured(both).endswith("SD7K3F9Q")
        # S, D, 7, K, 3, F, 9, Q as ISO 7064 counts letters: 28, 13, 7, 20, 3, 15, 9, 26.
        assert way(QR_IBAN, "QRR").structured(both)[:26].endswith("2813072003150926")

    @pytest.mark.parametrize("number", ["Nr.", "000", "1" * 30, ""])
    def test_a_number_that_makes_none(self, way, order, number):
        bank = way(QR_IBAN, "QRR", prefix="123456")
        assert bank.structured(order(invoices=[number]))[:26] == "12345600002813072003150926"

    def test_a_long_prefix_leaves_less_room(self, way, order):
        bank = way(QR_IBAN, "QRR", prefix="1" * 10)
        assert bank.structured(order(invoices=["a", "b"]))[:26] == "1" * 10 + "2813072003150926"

    @pytest.mark.parametrize(("iban", "kind"), [(IBAN, "SCOR"), (QR_IBAN, "QRR")])
    def test_nothing_to_make_one_of(self, way, order, iban, kind):
        call = order(currency="CHF", invoices=["A", "B"], reference="")
        assert way(iban, kind).structured(call) == ""
        assert way(iban, kind).payload(call) is None

    def test_cyrillic_numbers(self, way, order):
        assert way(IBAN, "SCOR").structured(order(invoices=["Сч-7"])).endswith("SCH7")


class TestPicture:
    def test_it_is_read_by_others_in_spite_of_the_cross(self, way, order, scanned):
        made = way(QR_IBAN, "QRR").payload(order("1949.75", "CHF"))
        with_cross = code.png(made, cross=True)
        assert with_cross != code.png(made)
        assert scanned(with_cross) == (made, "M")

    def test_the_message_has_permitted_letters_only(self, way, order):
        made = way().payload(order(currency="CHF", invoices=["Счёт №7"]))
        assert made.decode().split("\n")[-2] == "Schet No7 SD-7K3F9Q"


@pytest.mark.parametrize("text", ["DE02120300000000202051", "CH5800791123000889013"])
def test_ibans_of_elsewhere_and_wrong_ones(text):
    with pytest.raises(ValueError, match="IBAN"):
        swiss.iban(text)


def test_qr_ibans_are_known():
    assert swiss.is_qr_iban(QR_IBAN)
    assert not swiss.is_qr_iban(IBAN)


def test_a_picture_brings_its_own_white_around_it(way, order):
    made = way(QR_IBAN, "QRR").payload(order("1949.75", "CHF"))
    with Image.open(BytesIO(code.png(made, cross=True))) as picture:
        dots = picture.convert("L")
    quiet = 4 * 4  # four modules of four pixels: ISO/IEC 18004
    inner = dots.crop((quiet, quiet, dots.width - quiet, dots.height - quiet))
    assert dots.point(lambda dot: 255 - dot).getbbox() == (
        quiet,
        quiet,
        dots.width - quiet,
        dots.height - quiet,
    )
    # 7 mm of 46: white edge, black square, white cross.
    middle, half = inner.width // 2, inner.width * 7 / 46 / 2
    row = [inner.getpixel((middle + round(half * part), middle)) for part in (0, 0.5, 0.75, 0.97)]
    assert row == [255, 255, 0, 255]
