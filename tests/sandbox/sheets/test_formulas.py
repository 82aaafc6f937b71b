import datetime as dt

import pytest


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3", 7),
        ("=(1+2)*3", 9),
        ("=-2^2", 4),
        ("=2^-1", 0.5),
        ("=50%", 0.5),
        ('="a"&"b"&1', "ab1"),
        ("=1=1", True),
        ('="A"="a"', True),
        ("=A1+B1", 15),
        ("=SUM(A1:B1;5)", 20),
        ("=SUM(A:A)", 110),
        ("=$A$1*2", 20),
        ("=AVERAGE(A1:A2)", 55),
        ("=MAX(A1:B2)-MIN(A1:B2)", 95),
        ('=IF(A1>5,"late","ok")', "late"),
        ("=IF(FALSE,1/0,2)", 2),
        ("=IFERROR(1/0,9)", 9),
        ("=ROUND(2.345,2)", 2.35),
        ('=COUNTIF(A1:A2,">50")', 1),
        ('=SUMIF(A1:A2,">50",B1:B2)', 7),
        ("=VLOOKUP(100,A1:B2,2,FALSE)", 7),
        ('=CONCATENATE(A1,"-",B1)', "10-5"),
        ("=TODAY()", 46347),
        ("=DATE(2026,11,21)", 46347),
        ("=EDATE(DATE(2026,1,31),1)", 46081),
        ('=TEXT(A1,"0.00")', "10.00"),
        ("=Other!A1", "there"),
        ("='Other'!A1&\"!\"", "there!"),
        ("=Total", 115),
        ("=Z99", 0),
        ('=LEN("äöü")', 3),
    ],
)
def test_what_formulas_yield(book, formula, value):
    book.batch(
        {"addSheet": {"properties": {"title": "Other"}}},
        {
            "addNamedRange": {
                "namedRange": {
                    "name": "Total",
                    "range": {
                        "startRowIndex": 8,
                        "endRowIndex": 9,
                        "startColumnIndex": 3,
                        "endColumnIndex": 4,
                    },
                }
            }
        },
    )
    book.write("A1", [[10, 5], [100, 7]])
    book.write("Other!A1", [["there"]])
    book.type("D9", [["=A1+B1+A2"]])
    book.type("F20", [[formula]])
    assert book.plain("F20") == [[pytest.approx(value) if isinstance(value, float) else value]]
    assert book.read("F20", valueRenderOption="FORMULA") == [[formula]]


@pytest.mark.parametrize(
    ("formula", "error", "kind"),
    [
        ("=1/0", "#DIV/0!", "DIVIDE_BY_ZERO"),
        ("=NOSUCH(1)", "#NAME?", "NAME"),
        ("=nosuchname", "#NAME?", "NAME"),
        ("=1+", "#ERROR!", "ERROR"),
        ("=SUM(1", "#ERROR!", "ERROR"),
        ("=Nope!A1", "#REF!", "REF"),
        ('="x"+1', "#VALUE!", "VALUE"),
        ("=A1", "#REF!", "REF"),
        ("=VLOOKUP(1,B1:B2,1,FALSE)", "#N/A", "N_A"),
        ("=10^400", "#NUM!", "NUM"),
        ("=LEN()", "#N/A", "N_A"),
    ],
)
def test_errors_are_values(book, formula, error, kind):
    book.type("A1", [[formula]])
    assert book.read() == [[error]]
    assert book.plain() == [[error]]
    assert book.cell("A1")["effectiveValue"]["errorValue"]["type"] == kind


def test_circles_and_what_rests_on_them(book):
    book.type("A1", [["=B1", "=C1", "=A1", "=A1+1", "5"]])
    assert book.read() == [["#REF!", "#REF!", "#REF!", "#REF!", "5"]]


def test_a_long_chain_is_worked_out_from_its_end(book):
    book.type("A1", [["1"], *[[f"=A{n}+1"] for n in range(1, 900)]])
    assert book.plain("A900") == [[900]]


def test_formulas_follow_the_date(book, clock):
    book.type("A1", [["=TODAY()"]])
    assert book.read() == [["11/21/2026"]]
    clock.set(dt.datetime(2026, 12, 24, 12, tzinfo=dt.UTC))
    assert book.read() == [["12/24/2026"]]


def test_a_day_begins_where_the_spreadsheet_is(google, clock):
    clock.set(dt.datetime(2026, 11, 21, 23, 30, tzinfo=dt.UTC))
    book = google.create(properties={"timeZone": "Europe/Berlin", "locale": "de_DE"})
    book.type("A1", [["=TODAY()"]])
    assert book.read() == [["22.11.2026"]]


def test_separators_of_a_locale_with_a_decimal_comma(google):
    book = google.create(properties={"locale": "de_DE"})
    book.type("A1", [["=1,5+1"], ["=SUM(1,5;2)"], ["=SUM(1,2,3)"]])
    assert book.plain() == [[2.5], [3.5], ["#ERROR!"]]


def test_references_follow_rows_columns_and_titles(book):
    book.write("A1", [[1], [2], [3]])
    book.type("C1", [["=A1"], ["=SUM(A1:A3)"], ["=$A$3"], ["=SUM(A:A)"]])
    insert = {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}}
    book.batch({"insertDimension": insert})
    formula = {"valueRenderOption": "FORMULA", "majorDimension": "COLUMNS"}
    assert book.read("C1:C5", **formula) == [["=A1", "", "=SUM(A1:A4)", "=$A$4", "=SUM(A:A)"]]
    column = {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}}
    book.batch(
        {"insertDimension": column},
        {"updateSheetProperties": {"properties": {"title": "My invoices"}, "fields": "title"}},
    )
    assert book.read("D1:D5", **formula) == [["=B1", "", "=SUM(B1:B4)", "=$B$4", "=SUM(B:B)"]]
    book.batch({"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 3, "endIndex": 4}}})
    assert book.read("D1:D5", **formula)[0] == ["=B1", "", "=SUM(B1:B3)", "=SUM(B:B)"]


def test_a_deleted_cell_is_an_error_in_what_named_it(book):
    book.batch({"addSheet": {"properties": {"title": "Other", "sheetId": 7}}})
    book.write("A1", [[1], [2]])
    book.type("C2", [["=A1", "=Other!B2", "=A2"]])
    delete = {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}
    book.batch({"deleteDimension": delete}, {"deleteSheet": {"sheetId": 7}})
    assert book.read("C1:E1", valueRenderOption="FORMULA") == [["=#REF!", "=#REF!", "=A1"]]
    assert book.read("C1:E1") == [["#REF!", "#REF!", "2"]]


def test_renaming_a_sheet_is_followed(book):
    book.batch({"addSheet": {"properties": {"title": "Other", "sheetId": 7}}})
    book.type("A1", [["=Other!B2"]])
    book.batch({"updateSheetProperties": {"properties": {"sheetId": 7, "title": "It's"}, "fields": "title"}})
    assert book.read("A1", valueRenderOption="FORMULA") == [["='It''s'!B2"]]
