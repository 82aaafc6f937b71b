"""ГОСТ Р 56042-2014, приложение А, and the worked examples of Банк России's rule № 515 of 8 September 1997."""

from decimal import Decimal

import pytest

from sheetsdun.pay import code, russia
from sheetsdun.pay.russia import Russia, payload

NEEDED = {
    "Name": "ООО «Три кита»",
    "PersonalAcc": "40702810138250123017",
    "BankName": 'ОАО "БАНК"',
    "BIC": "044525225",
    "CorrespAcc": "30101810400000000225",
}
SAMPLE = (
    'Name=ООО «Три кита»|PersonalAcc=40702810138250123017|BankName=ОАО "БАНК"|BIC=044525225|'
    "CorrespAcc=30101810400000000225"
)


@pytest.fixture
def way():
    return Russia(
        name="р/с",
        currencies=("RUB",),
        holder="ООО «Ромашка»",
        inn="7707083893",
        kpp="770701001",
        bank="ПАО СБЕРБАНК Г. МОСКВА",
        bik="044525225",
        account="40702810138250123017",
        correspondent="30101810400000000225",
    )


class TestSamples:
    @pytest.mark.parametrize(("encoding", "sign"), [("windows-1251", "1"), ("utf-8", "2"), ("koi8-r", "3")])
    def test_the_needed_blocks(self, encoding, sign):
        blocks = NEEDED if sign != "3" else NEEDED | {"Name": 'ООО "Три кита"'}  # KOI8-R has no «
        sample = SAMPLE if sign != "3" else SAMPLE.replace("«Три кита»", '"Три кита"')
        assert payload(blocks, encoding) == f"ST0001{sign}|{sample}".encode(encoding)

    def test_with_others(self):
        others = {
            "PayeeINN": "6200098765",
            "LastName": "Иванов",
            "FirstName": "Иван",
            "MiddleName": "Иванович",
            "Purpose": "Оплата членского взноса",
            "PayerAddress": "г.Рязань ул.Ленина д.10 кв.15",
            "Sum": "100000",
        }
        sample = (
            f"ST00012|{SAMPLE}|PayeeINN=6200098765|LastName=Иванов|FirstName=Иван|MiddleName=Иванович|"
            "Purpose=Оплата членского взноса|PayerAddress=г.Рязань ул.Ленина д.10 кв.15|Sum=100000"
        )
        assert payload(NEEDED | others) == sample.encode()


class TestLimits:
    @pytest.mark.parametrize(
        "change",
        [
            {"Name": ""},
            {"Name": "x" * 161},
            {"BankName": "x" * 46},
            {"Purpose": "x" * 211},
            {"Name": "A|B"},
            {"Name": "two\nlines"},
            {"Name": "я" * 150},  # more than 300 bytes in UTF-8
            {"Sum": "1" * 19},
        ],
        ids=str,
    )
    def test_what_does_not_fit_makes_no_code(self, change):
        assert payload(NEEDED | change) is None

    def test_a_long_name_fits_where_each_letter_is_one_byte(self):
        assert payload(NEEDED | {"Name": "я" * 150}, "windows-1251")

    def test_a_letter_that_the_encoding_lacks(self):
        assert payload(NEEDED | {"Name": "日本"}, "windows-1251") is None


class TestWay:
    def test_the_code_in_a_picture_is_read_by_others(self, way, order, scanned):
        made = way.payload(order("1250.50", "RUB"))
        assert made.decode() == (
            "ST00012|Name=ООО «Ромашка»|PersonalAcc=40702810138250123017|BankName=ПАО СБЕРБАНК Г. МОСКВА|BIC=044525225|"
            "CorrespAcc=30101810400000000225|Sum=125050|Purpose=Оплата по сч. № 2026-0117, SD-7K3F9Q|PayeeINN=7707083893|"
            "KPP=770701001"
        )
        assert scanned(code.png(made)) == (made, "M")

    def test_a_stroke_in_an_invoice_number_parts_nothing(self, way, order):
        parts = way.payload(order("1", "RUB", invoices=["7|Sum=1"])).decode().split("|")
        assert [part.split("=")[0] for part in parts].count("Sum") == 1
        assert "Purpose=Оплата по сч. № 7/Sum=1, SD-7K3F9Q" in parts


class TestKeys:
    def test_a_correspondent_account(self):
        assert russia.correspondent("30101810800000000746", "049805746") == "30101810800000000746"

    def test_an_account_at_a_bank(self):
        assert russia.account("4060 2810 7000 0000 0025", "049805746") == "40602810700000000025"

    def test_an_account_at_a_settlement_centre_counts_with_its_own_number(self):
        # The example's correspondent account is one: it lies at the centre with this БИК.
        assert russia.account("30101810800000000746", "049805000")

    def test_the_treasury_counts_otherwise(self):
        assert russia.account("03224810900000004800", "014525988") == "03224810900000004800"

    @pytest.mark.parametrize("place", range(20))
    def test_any_wrong_digit_is_seen(self, place):
        right = "40602810700000000025"
        wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
        with pytest.raises(ValueError, match=r"does not fit|no account in roubles"):
            russia.account(wrong, "049805746")

    def test_a_correspondent_account_of_another_bank(self):
        with pytest.raises(ValueError, match="same three digits"):
            russia.correspondent("30101810400000000225", "044525593")

    @pytest.mark.parametrize("text", ["7707083894", "77070838931", "500100732258", ""])
    def test_no_inn(self, text):
        with pytest.raises(ValueError, match=r"ИНН|digits"):
            russia.inn(text)

    def test_inns_of_firms_and_people(self):
        assert [*map(russia.inn, ("7707083893", "500100732259"))] == ["7707083893", "500100732259"]

    @pytest.mark.parametrize(
        ("text", "good"), [("770701001", True), ("7707AB001", True), ("", True), ("77070100", False)]
    )
    def test_kpp(self, text, good):
        if good:
            assert russia.kpp(text) == text
        else:
            with pytest.raises(ValueError, match="КПП"):
                russia.kpp(text)


def test_kopecks_are_whole(way, order):
    assert b"|Sum=1|" in way.payload(order("0.01", "RUB"))
    assert way.payload(order("0.001", "RUB")) is None
    assert Decimal("0.01") == order("0.01").cents
