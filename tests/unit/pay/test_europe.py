"""EPC069-12, Quick Response Code: Guidelines to enable data capture for the initiation of a SEPA credit transfer.

The two samples stand on its page "Examples" (version 2.1, 9 February 2012).
"""

from decimal import Decimal

import pytest
from segno.helpers import make_epc_qr

from sheetsdun.pay import code
from sheetsdun.pay.accounts import bic, iban
from sheetsdun.pay.europe import Europe, payload

IBAN = "DE02120300000000202051"


@pytest.fixture
def way():
    return Europe(name="bank", currencies=("EUR",), holder="Example GmbH", iban=IBAN, bic="BYLADEM1001")


class TestSamples:
    def test_with_a_creditor_reference(self):
        made = payload(
            name="Franz Mustermänn",
            iban="DE71110220330123456789",
            bic="BHBLDEHHXXX",
            amount=Decimal("12.3"),
            purpose="GDDS",
            reference="RF18539007547034",
        )
        sample = (
            "BCD\n001\n1\nSCT\nBHBLDEHHXXX\nFranz Mustermänn\nDE71110220330123456789\nEUR12.3\nGDDS\nRF18539007547034"
        ).encode()
        assert len(sample) == 96  # as the guidelines say
        assert made == sample.replace(b"\n001\n", b"\n002\n")  # the later of the two versions

    def test_with_text(self):
        made = payload(
            name="François D'Alsace S.A.",
            iban="FR1420041010050500013M02606",
            amount=Decimal("12.3"),
            text="Client:Marie Louise La Lune",
        )
        sample = (
            "BCD\n002\n2\nSCT\n\nFrançois D'Alsace S.A.\nFR1420041010050500013M02606\nEUR12.3\n\n\nClient:Marie Louise La Lune"
        ).encode("iso-8859-1")
        assert len(sample) == 103  # as the guidelines say
        assert made.decode() == sample.decode("iso-8859-1").replace("\n2\n", "\n1\n")  # ours is UTF-8

    def test_another_maker_of_such_codes_says_the_same(self):
        told = {
            "name": "Red Cross of Belgium",
            "iban": "BE72000000001616",
            "bic": "BPOTBEB1",
            "text": "Urgency fund",
        }
        ours = payload(amount=Decimal(1), purpose="CHAR", **told)
        theirs = make_epc_qr(amount=1, purpose="CHAR", encoding="utf-8", **told)
        again = code.segno.make_qr(ours, error="m", mode="byte", boost_error=False)
        assert [*map(bytes, again.matrix)] == [*map(bytes, theirs.matrix)]


class TestLimits:
    @pytest.mark.parametrize(
        "change",
        [
            {"name": ""},
            {"name": "x" * 71},
            {"name": "two\nlines"},
            {"text": "x" * 141},
            {"text": "x", "reference": "RF18539007547034"},
            {"amount": Decimal(0)},
            {"amount": Decimal(-1)},
            {"amount": Decimal("0.001")},
            {"amount": Decimal("1000000000.00")},
            {"name": "я" * 70, "text": "я" * 140},  # more bytes than the code has
            {"iban": "CH9300762011623852957", "bic": ""},  # not in the European Economic Area
        ],
        ids=str,
    )
    def test_what_does_not_fit_makes_no_code(self, change):
        good = {"name": "Example GmbH", "iban": IBAN, "amount": Decimal("1.00")}
        assert payload(**good) is not None
        assert payload(**(good | change)) is None

    def test_the_largest_sum(self):
        made = payload(name="x", iban=IBAN, amount=Decimal("999999999.99"))
        assert made.endswith(b"EUR999999999.99")

    def test_a_country_outside_with_a_bic(self):
        assert payload(name="x", iban="CH9300762011623852957", bic="POFICHBEXXX", amount=Decimal(1))


class TestWay:
    def test_the_code_in_a_picture_is_read_by_others(self, way, order, scanned):
        lines = ["BCD", "002", "1", "SCT", "BYLADEM1001", "Example GmbH", IBAN, "EUR1250", "", ""]
        made = way.payload(order())
        assert made.decode().split("\n") == [*lines, "2026-0117 SD-7K3F9Q"]
        assert scanned(code.png(made)) == (made, "M")

    def test_a_small_code_has_no_more_correction_than_is_asked_for(self, scanned):
        assert scanned(code.png(b"short")) == (b"short", "M")

    def test_the_text_says_what_the_code_says(self, way, order):
        several = order(invoices=[f"Счёт-{number:04}-очень-длинный-номер" for number in range(40)])
        said = dict(fact[:2] for fact in way.facts(several))
        made = way.payload(several).decode()
        assert made.endswith("\n" + said["purpose"])
        assert said["purpose"].endswith(" SD-7K3F9Q")
        assert len(made.encode()) <= 331

    def test_only_in_euros(self, way, order):
        assert way.payload(order(currency="SEK")) is None

    def test_numbers_in_groups(self, way, order):
        assert dict(fact[:2] for fact in way.facts(order()))["iban"] == "DE02 1203 0000 0000 2020 51"


class TestNumbers:
    def test_an_iban_with_blanks(self):
        assert iban("de02 1203 0000 0000 2020 51") == IBAN

    @pytest.mark.parametrize(
        "text", ["DE02 1203 0000 0000 2020 52", "DE0212030000000020205", "XX82WEST12345698765432", "", "IBAN"]
    )
    def test_no_iban(self, text):
        with pytest.raises(ValueError, match="is no IBAN"):
            iban(text)

    @pytest.mark.parametrize("text", ["BYLADEM100", "BYLADEM10011", "BYLA1EM1", "BYLAQQM1", ""])
    def test_no_bic(self, text):
        with pytest.raises(ValueError, match="is no BIC"):
            bic(text)
