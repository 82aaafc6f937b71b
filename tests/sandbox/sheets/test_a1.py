import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsdun.sandbox.sheets import a1
from sheetsdun.sandbox.sheets.a1 import Corners
from sheetsdun.sandbox.wire import ApiError

rows = st.integers(0, 9_999_998)
columns = st.integers(0, 18_000)


@given(columns)
def test_letters_and_index_are_one_another_s_inverse(index):
    assert a1.column_index(a1.column_letters(index)) == index
    assert a1.column_index(a1.column_letters(index).lower()) == index


@given(st.text(min_size=1), rows, st.none() | rows, st.integers(0, 17_000), st.none() | columns)
def test_what_is_written_is_read_again(title, top, height, left, width):
    bottom = None if height is None else top + height % 1000 + 1
    right = None if width is None else left + width % 500 + 1
    text = a1.range_name(title, Corners(top, bottom, left, right))
    read_title, reference, _ = a1.split_title(text)
    corners = a1.parse_corners(reference)
    assert read_title == title
    assert corners is not None
    if bottom is not None or right is not None:
        assert (corners.top, corners.bottom, corners.left, corners.right) == (top, bottom, left, right)


@pytest.mark.parametrize(
    ("text", "corners"),
    [
        ("A1", Corners(0, 1, 0, 1, single=True)),
        ("$b$3", Corners(2, 3, 1, 2, single=True)),
        ("A1:B2", Corners(0, 2, 0, 2)),
        ("B2:A1", Corners(0, 2, 0, 2)),
        ("C:A", Corners(0, None, 0, 3)),
        ("2:5", Corners(1, 5, 0, None)),
        ("A2:C", Corners(1, None, 0, 3)),
        ("B2:4", Corners(1, 4, 1, None)),
        ("AA1:AB2", Corners(0, 2, 26, 28)),
        ("R2C3", Corners(1, 2, 2, 3, single=True)),
        ("r1c1:R3C2", Corners(0, 3, 0, 2)),
        ("R3C2:R1C1", Corners(0, 3, 0, 2)),
    ],
)
def test_every_form_of_a_range(text, corners):
    assert a1.parse_corners(text) == corners


@pytest.mark.parametrize(
    "text",
    ["", "A", "1", "A0", "A0:B2", "Sheet", "A1:", ":B2", "A1:B2:C3", "ABCD1", "-1", "R0C1", "R1C1:R2", "RC"],
)
def test_what_is_no_range(text):
    assert a1.parse_corners(text) is None


@pytest.mark.parametrize(
    ("title", "quoted"),
    [
        ("Sheet1", "Sheet1!A1"),
        ("Reminder log", "'Reminder log'!A1"),
        ("It's", "'It''s'!A1"),
        ("Лист1", "'Лист1'!A1"),
        ("A1", "'A1'!A1"),
        ("2026", "'2026'!A1"),
        ("a!b", "'a!b'!A1"),
    ],
)
def test_titles_are_quoted_where_they_could_be_misread(google, title, quoted):
    book = google.create(sheets=[{"properties": {"title": title}}])
    assert book("" + ".values.get", path={"range": quoted})["range"] == quoted


def test_a_range_is_found_by_sheet_by_name_and_in_any_case(book):
    book.batch(
        {"addSheet": {"properties": {"title": "Log"}}},
        {
            "addNamedRange": {
                "namedRange": {"name": "Due", "range": {"startColumnIndex": 1, "endColumnIndex": 2}}
            }
        },
    )

    def named(text):
        return book(".values.get", path={"range": text})["range"]

    assert named("a1:b2") == "Sheet1!A1:B2"
    assert named("log!a1") == "Log!A1"
    assert named("Log") == "Log!A1:Z1000"
    assert named("'Log'") == "Log!A1:Z1000"
    assert named("due") == "Sheet1!B1:B1000"
    assert named("A5:ZZ") == "Sheet1!A5:Z1000"
    assert named("2:5000000") == "Sheet1!A2:Z1000"


@pytest.mark.parametrize("text", ["Nope!A1", "nope", "Sheet1!nope", "'Nope'", "Sheet1!A1!B2"])
def test_what_cannot_be_parsed(book, text):
    with pytest.raises(ApiError) as caught:
        book.read(text)
    assert (caught.value.code, caught.value.message) == (400, f"Unable to parse range: {text}")


@pytest.mark.parametrize(
    ("text", "shown"), [("A1001:B", "A1001:B"), ("A1001:B1001", "A1001:B1001"), ("AA1:AA2", "AA1:AA2")]
)
def test_a_range_that_begins_outside_of_the_grid(book, text, shown):
    with pytest.raises(ApiError) as caught:
        book.read(text)
    message = f"Range (Sheet1!{shown}) exceeds grid limits. Max rows: 1000, max columns: 26"
    assert (caught.value.code, caught.value.message) == (400, message)
