from __future__ import annotations

import pytest

from sheetsdun.rows.references import Numbers

NUMBERS = ("INV-1", "INV-12", "2026-0117", "17", "№ 5", "Счёт 44", "INV 2026 17", "A/2026/3", "1001", "2026")


def named(text):
    return Numbers((number, number) for number in NUMBERS).named(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("INV-1", "INV-1"),
        ("inv - 1 thanks", "INV-1"),
        ("INV–1.", "INV-1"),
        ("INV-1 and INV-1 again", "INV-1"),
        ("(INV-12)", "INV-12"),
        ("Nr. 2026-0117", "2026-0117"),
        ("Rg.Nr.2026-0117 danke", "2026-0117"),
        ("Inv.No.1001", "1001"),
        ("payment 1001 of March", "1001"),
        ("№17", "17"),
        ("No 17", "17"),
        ("invoice 17", "17"),
        ("nr.17.", "17"),
        ("17", "17"),
        ("No. 5", "№ 5"),
        ("#5", "№ 5"),
        ("счет 44", "Счёт 44"),
        ("Оплата по счёту № 44", "Счёт 44"),
        ("INV2026 17", "INV 2026 17"),
        ("a/2026/3", "A/2026/3"),
        ("invoice no. 2026", "2026"),
    ],
)
def test_a_number_is_found(text, number):
    assert named(text) == (number,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "thank you",
        "2026-01170",
        "12026-0117",
        "x2026-0117",
        "2026-0117-2",
        "2 026-0117",  # a blank between two figures parts them
        "inv 202617",
        "paid 17 of 30",  # a count, perhaps
        "rent March 2026",
    ],
)
def test_no_number_is_guessed(text):
    assert named(text) == ()


@pytest.mark.parametrize("text", ["INV-1, INV-12", "INV-12 and 1001 and INV-1", "INV-1+INV-12"])
def test_several_numbers_are_several(text):
    assert len(named(text)) >= 2


def test_numbers_that_look_the_same_are_both_named():
    assert Numbers([("INV-7", "row 2"), ("inv - 7", "row 3")]).named("INV-7") == ("row 2", "row 3")
