from __future__ import annotations

import pytest

from sheetsdun.rows.text import clean, clip, is_error, is_nothing, token


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  a  b ", "a b"),
        ("\u00a0Acme\u00a0GmbH\u202f", "Acme GmbH"),
        ("a\r\nb\tc\u2028d", "a b c d"),
        ("\ufeffAcme\u200b", "Acme"),
        ("\u202eemcA\u202c", "emcA"),
        ("A\x00c\x07me", "Acme"),
        ("Mu\u0308ller", "Müller"),
        ("u\u200b\u0308", "ü"),  # what stood between is gone before they are joined
        ("\ud800x", "x"),
        ("\u200d \u200c", ""),
        ("شركة الأمل", "شركة الأمل"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👨\u200d👩\u200d👧 Co", "👨\u200d👩\u200d👧 Co"),
    ],
)
def test_what_nobody_sees_is_gone_and_the_rest_stays(raw, cleaned):
    assert clean(raw) == cleaned


def test_a_number_is_the_same_with_a_joiner_in_it():
    assert token("INV\u200d-1") == token("INV-1")


def test_clipping_shows_that_something_is_missing():
    assert clip("x" * 80) == "x" * 80
    assert clip("x" * 81) == "x" * 79 + "…"


@pytest.mark.parametrize(
    "text", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#ССЫЛКА!", "#Н/Д", "#BEZUG!", "Loading..."]
)
def test_errors_of_formulas(text):
    assert is_error(text)


@pytest.mark.parametrize("text", ["", "#", "#1", "#12!", "# Note!", "INV-1", "#!", "hello!"])
def test_no_errors_of_formulas(text):
    assert not is_error(text)


def test_a_dash_is_nothing():
    assert is_nothing("—")
    assert not is_nothing("--5")
