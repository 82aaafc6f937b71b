"""Accounts in the United States and the United Kingdom, pages to pay on, and the words of a payment."""

import pytest

from sheetsdun.pay import america, britain, link
from sheetsdun.pay.britain import Britain
from sheetsdun.pay.latin import ASCII, latin
from sheetsdun.pay.link import Link
from sheetsdun.pay.order import purpose_pattern


class TestAmerica:
    def test_a_routing_number(self):
        assert america.routing("0210-0002-1") == "021000021"

    @pytest.mark.parametrize("text", ["021000022", "12345678", ""])
    def test_no_routing_number(self, text):
        with pytest.raises(ValueError, match="routing number"):
            america.routing(text)

    @pytest.mark.parametrize("text", ["123", "1" * 18, "12é45"])
    def test_no_account(self, text):
        with pytest.raises(ValueError, match="account number"):
            america.account(text)


class TestBritain:
    way = Britain(
        name="Bank", currencies=("GBP",), holder="Example Ltd", sort_code="601613", account="31926819"
    )

    @pytest.mark.parametrize(
        ("invoices", "words"),
        [
            (["INV-7"], "INV-7 SD-7K3F9Q"),
            (["INV-2026-0117"], "INV-2026-0117"),
            (["INV-2026-0117-longer"], "SD-7K3F9Q"),
            (["INV-1", "INV-2"], "SD-7K3F9Q"),
        ],
    )
    def test_a_reference_of_at_most_18_characters(self, order, invoices, words):
        assert self.way.facts(order(invoices=invoices))[-1].value == words

    def test_numbers(self):
        assert (britain.sort_code("60-16-13"), britain.account("3192 6819")) == ("601613", "31926819")


class TestLink:
    def test_everything_is_filled_in_and_encoded(self, order):
        url = (
            "https://pay.example.com/{invoice}?a={amount}&m={minor}&c={currency}&r={reference}&all={invoices}"
        )
        made = Link(name="card", url=url).link(order(invoices=["7/8 & \u20ac?#@evil.example/"]))
        number = "7%2F8%20%26%20%E2%82%AC%3F%23%40evil.example%2F"
        assert made == f"https://pay.example.com/{number}?a=1250.00&m=125000&c=EUR&r=SD-7K3F9Q&all={number}"

    def test_a_page_of_one_invoice_is_not_offered_for_several(self, order):
        one, any_number = (
            Link(name="card", url=f"https://pay.example.com/{place}") for place in ("{invoice}", "{invoices}")
        )
        both = order(invoices=["A", "B"])
        assert [way.serves(both) for way in (one, any_number)] == [False, True]
        assert not one.serves(order(single=False))  # a credit note lessens the sum
        assert one.serves(order())

    def test_an_address_that_grew_too_long_is_none(self, order):
        way = Link(name="card", url="https://pay.example.com/{invoices}")
        assert not way.serves(order(invoices=["я" * 200] * 9))

    @pytest.mark.parametrize(
        "text",
        [
            "http://pay.example.com/{invoice}",
            "HTTPS://pay.example.com/",
            "https://{invoice}.example.com/",
            "https://pay.example.com{invoice}/",
            "https://pay.example.com:8443/",
            "https://user@pay.example.com/",
            "https://user:{reference}@pay.example.com/",
            "https://localhost/",
            "https://127.0.0.1/",
            "https://[::1/",
            "https:///pay",
            "https://pay.example.com\\@evil.example/",
            "https://пример.example/",
            "https://pay.example.com/a b",
            "https://pay.example.com/\n",
            'https://pay.example.com/"',
            "javascript:alert(1)//https://",
            "",
        ],
    )
    def test_a_host_that_is_not_fixed(self, text):
        with pytest.raises(ValueError, match="whose host is fixed"):
            link.pattern(text)

    @pytest.mark.parametrize(
        "text",
        [
            "https://pay.example.com/{number}",
            "https://pay.example.com/{",
            "https://pay.example.com/{{invoice}}",
        ],
    )
    def test_places_that_are_none(self, text):
        with pytest.raises(ValueError, match="filled in"):
            link.pattern(text)


class TestWords:
    def test_as_many_numbers_as_there_is_room_for(self, order):
        asked = order(invoices=[f"INV-{number}" for number in range(1, 9)])
        assert asked.purpose("{invoices} {reference}", 36) == "INV-1, INV-2, INV-3 +5 SD-7K3F9Q"
        assert asked.purpose("{invoices} {reference}", 12) == "SD-7K3F9Q"

    @pytest.mark.parametrize(
        "text", ["{invoices", "{invoice}", "{}", "{invoices!r}", "{invoices}{0}", "{reference}", "x" * 81]
    )
    def test_no_pattern(self, text):
        with pytest.raises(ValueError, match=r"\{invoices\}"):
            purpose_pattern(text)

    def test_what_is_no_letter_has_no_reference(self, order):
        call = order(reference="", currency="GBP")
        assert call.purpose("Оплата по сч. № {invoices}, {reference}", 140) == "Оплата по сч. № 2026-0117"
        assert TestBritain.way.facts(call)[-1].value == "2026-0117"
        assert TestBritain.way.facts(order(reference="", invoices=["A" * 20]))[-1].value == ""
        assert not Link(name="card", url="https://pay.example.com/{reference}").serves(call)

    def test_latin(self):
        assert latin("Щёлково №12 – Łódź, Straße", ASCII) == "Shchelkovo No12 - Lodz, Strasse"
        assert latin("日本 7", ASCII) == " 7"
