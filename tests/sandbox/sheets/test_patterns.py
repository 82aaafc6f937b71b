import pytest

from sheetsdun.sandbox.sheets.locales import facts
from sheetsdun.sandbox.sheets.patterns import general, is_date, show
from sheetsdun.sandbox.sheets.serials import day_serial, from_serial, to_serial

US, DE, RU = facts("en_US"), facts("de_DE"), facts("ru_RU")


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567.891, "#,##0", "1,234,568"),
        (0, "0.00", "0.00"),
        (0.5, "#.##", ".5"),
        (5, "000", "005"),
        (0.125, "0.0%", "12.5%"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
        (0, '0;-0;"nil"', "nil"),
        (-0.001, "0.00", "0.00"),
        (2.675, "0.00", "2.68"),
        (1234567, "#,##0,", "1,235"),
        (12345, "0.00E+00", "1.23E+04"),
        (1234.5, '"EUR" #,##0.00', "EUR 1,234.50"),
        (1234.5, "[$€-407]#,##0.00", "€1,234.50"),
        (5, "0 \\x", "5 x"),
        (1.5, "[h]:mm", "36:00"),
        (46347, "yyyy-mm-dd", "2026-11-21"),
        (46347, "dd.mm.yyyy", "21.11.2026"),
        (46347, "m/d/yyyy", "11/21/2026"),
        (46347, "dddd, d mmmm yyyy", "Saturday, 21 November 2026"),
        (46347.75, "d mmm yy h:mm am/pm", "21 Nov 26 6:00 PM"),
        (46347.5, "hh:mm:ss", "12:00:00"),
        (0.30000000000000004, "h:mm:ss", "7:12:00"),
    ],
)
def test_patterns(value, pattern, shown):
    assert show(value, pattern, US) == shown


def test_a_pattern_in_another_locale():
    assert show(1234.5, "#,##0.00", DE) == "1.234,50"
    assert show(1234.5, "#,##0.00", RU) == "1\u00a0234,50"
    assert show(46347, "d mmmm yyyy", RU) == "21 ноября 2026"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3.14159265358979, "3.141592654"),
        (0.1 + 0.2, "0.3"),
        (12345678901, "12345678901"),
        (1e20, "1E+20"),
        (0.00001, "0.00001"),
        (-0.0, "0"),
        (1500.0, "1500"),
    ],
)
def test_the_automatic_format(value, shown):
    assert general(value, US) == shown


def test_dates_are_told_from_numbers():
    assert is_date("yyyy")
    assert is_date("[h]:mm")
    assert not is_date('#,##0.00 "day"')
    assert not is_date("[Red]0.00")


def test_serial_numbers():
    assert from_serial(1).isoformat() == "1899-12-31T00:00:00"
    assert from_serial(2).date().isoformat() == "1900-01-01"
    assert day_serial(from_serial(46347).date()) == 46347
    assert to_serial(from_serial(46347.5)) == 46347.5
    assert from_serial(1e9) is None
    assert show(1e9, "yyyy-mm-dd", US) == "1000000000"
