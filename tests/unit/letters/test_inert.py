import pytest

from sheetsdun.letters.inert import LONGEST, cell, header, inert, visible


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Harbour & Söhne", "Harbour & Söhne"),
        ("a\r\nBcc: x", "a  Bcc: x"),
        ("a\u2028b\u2029c\x85d\x0be", "a b c d e"),
        ("a\0b", "a b"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\u2066left\u2069\u200f", "left"),
        ("in\u200bvis\ufeffible", "invisible"),
        ("half \ud800", "half \ufffd"),
        ("\ue0003\ue001", "3"),
        ("👩\u200d👧 Acme", "👩\u200d👧 Acme"),
        ("שלום", "שלום"),
        ("1\u00a0250,00\u00a0€", "1\u00a0250,00\u00a0€"),
    ],
)
def test_what_acts_is_taken_away_and_what_is_read_stays(value, shown):
    assert inert(value) == shown


def test_a_long_value_is_clipped():
    assert inert("x" * 40_000) == "x" * (LONGEST - 1) + "…"


@pytest.mark.parametrize(
    "value", ["https://evil.example/pay", "see WWW.evil.example now", "ftp://evil.example"]
)
def test_no_mail_program_makes_a_link_of_a_cell(value):
    shown = inert(value)
    assert shown.replace("\u2060", "") == value
    assert "://" not in shown
    assert "evil.example" not in shown


@pytest.mark.parametrize("value", ["RE.2026.17", "v1.2/3", "example.com"])
def test_an_invoice_number_can_be_copied_as_it_is(value):
    assert inert(value) == value


def test_once_is_enough():
    for value in (
        "https://a.b/c" * 40,
        "www.a.b",
        "\u2060https://a.b\u2060",
        "x" * 300,
        "a\r\nb\u202e",
        " \ud800 ",
    ):
        assert inert(inert(value)) == inert(value)


def test_a_cell_of_invisible_characters_is_empty():
    assert cell(" \u200b\u202e\t\r\n ") == ""


def test_no_encoded_word_is_left_for_anybody_to_decode():
    assert header("=?utf-8?q?x=0D=0ABcc:_a@b.c?=") == "= ?utf-8?q?x=0D=0ABcc:_a@b.c?="


def test_what_a_program_reads_hides_nothing():
    assert visible(" 7\u200b/26\n\u2066b ") == "7/26 b"
    assert visible("http://x.y/7") == "http: / / x. y/ 7"
