import pytest

YEAR_OF_THE_CLOCK = 2026
DAY = 46347  # 21 November 2026


@pytest.mark.parametrize(
    ("locale", "typed", "value", "shown"),
    [
        ("en_US", "1,234.50", 1234.5, "1,234.50"),
        ("en_US", "1,234", 1234, "1,234"),
        ("en_US", "00123", 123, "123"),
        ("en_US", "-5", -5, "-5"),
        ("en_US", "(50)", -50, "-50"),
        ("en_US", "$5", 5, "$5"),
        ("en_US", "€1,000", 1000, "€1,000"),
        ("en_US", "15%", 0.15, "15%"),
        ("en_US", "1e3", 1000, "1.00E+03"),
        ("en_US", "11/21/2026", DAY, "11/21/2026"),
        ("en_US", "2026-11-21", DAY, "2026-11-21"),
        ("en_US", "21 Nov 2026", DAY, "21 Nov 2026"),
        ("en_US", "10:30", 0.4375, "10:30"),
        ("en_US", "9:05 pm", 0.87847222222222, "9:05 PM"),
        ("de_DE", "9:05:07", 0.378553240740741, "09:05:07"),
        ("en_US", "11/21/2026 3:05 PM", DAY + 0.62847222222222, "11/21/2026 3:05 PM"),
        ("en_US", "2026-11-21 15:05:00", DAY + 0.62847222222222, "2026-11-21 15:05:00"),
        ("en_US", "Nov 21, 2026", DAY, "Nov 21, 2026"),
        ("en_US", "November 21 2026", DAY, "November 21 2026"),
        ("en_GB", "21/11/2026", DAY, "21/11/2026"),
        ("de_DE", "1.234,50", 1234.5, "1.234,50"),
        ("de_DE", "12,5 %", 0.125, "12,50%"),
        ("de_DE", "5 €", 5, "5\u00a0€"),
        ("de_DE", "21.11.2026", DAY, "21.11.2026"),
        ("de_DE", "21.11.26", DAY, "21.11.26"),
        ("ru_RU", "1 234,5", 1234.5, "1\u00a0234,50"),
        ("ru_RU", "21.11.2026", DAY, "21.11.2026"),
    ],
)
def test_typing_is_read_in_the_locale(google, locale, typed, value, shown):
    book = google.create(properties={"locale": locale})
    book.type("A1", [[typed]])
    assert book.plain() == [[pytest.approx(value)]]
    assert book.read() == [[shown]]


@pytest.mark.parametrize(
    ("locale", "typed", "kept"),
    [
        ("en_US", "'007", "007"),
        ("en_US", "INV-007", "INV-007"),
        ("en_US", "21.11.2026", "21.11.2026"),
        ("de_DE", "31.02.2026", "31.02.2026"),
        ("de_DE", "12/2x", "12/2x"),
        ("en_US", "a@b.example", "a@b.example"),
        ("en_US", "=", "="),
    ],
)
def test_what_is_nothing_else_is_text(google, locale, typed, kept):
    book = google.create(properties={"locale": locale})
    book.type("A1", [[typed]])
    assert book.plain() == [[kept]]


def test_a_german_1_5_is_the_first_of_may_of_this_year(google):
    book = google.create(properties={"locale": "de_DE"})
    book.type("A1", [["1.5"]])
    assert book.read() == [["01.05.2026"]]


@pytest.mark.parametrize(
    ("locale", "word", "shown"),
    [("en_US", "true", "TRUE"), ("de_DE", "wahr", "WAHR"), ("ru_RU", "ложь", "ЛОЖЬ")],
)
def test_booleans(google, locale, word, shown):
    book = google.create(properties={"locale": locale})
    book.type("A1", [[word]])
    assert book.plain() == [[word in {"true", "wahr"}]]
    assert book.read() == [[shown]]


def test_raw_parses_nothing(book):
    book.write("A1", [["=1+1", "2026-11-21", "'x", "TRUE", " 5 "], [5, 5.0, 5.5, True, False]])
    assert book.plain() == [["=1+1", "2026-11-21", "'x", "TRUE", " 5 "], [5, 5, 5.5, True, False]]
    assert book.cell("A1")["userEnteredValue"] == {"stringValue": "=1+1"}


def test_a_cell_of_plain_text_takes_typing_as_text(book):
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    book.batch({"repeatCell": {"range": {"endRowIndex": 1}, "cell": text, "fields": "userEnteredFormat"}})
    book.type("A1", [["00123", "=1+1"]])
    assert book.plain() == [["00123", "=1+1"]]


def test_a_format_that_is_there_is_kept_when_a_date_is_typed(book):
    form = {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "dd.mm.yyyy"}}}
    book.batch({"repeatCell": {"range": {"endRowIndex": 1}, "cell": form, "fields": "userEnteredFormat"}})
    book.type("A1", [["11/21/2026"]])
    assert book.read() == [["21.11.2026"]]


@pytest.mark.parametrize(
    ("locale", "shown"), [("en_US", "11/21/2026 12:00:00"), ("de_DE", "21.11.2026 12:00:00")]
)
def test_now_is_told_to_24_hours(google, locale, shown):
    book = google.create(properties={"locale": locale})
    book.type("A1", [["=NOW()"]])
    assert book.read() == [[shown]]
