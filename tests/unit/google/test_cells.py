"""As few requests as may be, and never a formula."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from types import SimpleNamespace
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsdun.google import cells, chain, grids
from sheetsdun.google.sheet import GoogleSheet
from sheetsdun.ports import CellWrite, Link, NoteWrite, letters, serial
from sheetsdun.sync.guards import LINK_SIZE

DAY = dt.date(2026, 11, 21)


def test_a_day_has_the_number_that_sheets_gives_it():
    assert serial(dt.date(1899, 12, 31)) == 1
    assert serial(DAY) == 46347


def updates(*writes, notes=(), dated=()):
    return [request["updateCells"] for request in cells.updates(0, writes, notes, dated)]


def test_a_block_of_status_cells_is_one_request():
    writes = [CellWrite(row, column, "x") for column in (4, 3, 5) for row in (9, 8)]
    (request,) = updates(*writes)
    assert request["start"] == {"sheetId": 0, "rowIndex": 8, "columnIndex": 3}
    assert [len(row["values"]) for row in request["rows"]] == [3, 3]


def test_a_thousand_rows_of_statuses_with_dates_are_a_few_requests():
    values = ["Draft ready", "firm (4 of 5)", DAY, DAY, "", "Open"]
    writes = [CellWrite(row, column, value) for row in range(1000) for column, value in enumerate(values)]
    assert len(updates(*writes)) == 3
    assert len(updates(*writes, dated={(row, column) for row in range(1000) for column in (2, 3)})) == 1


def test_a_date_brings_its_format_only_where_none_shows_dates():
    (bare,) = updates(CellWrite(1, 1, DAY))
    (dated,) = updates(CellWrite(1, 1, DAY), dated={(1, 1)})
    assert bare["fields"] == "userEnteredValue,userEnteredFormat.numberFormat"
    assert bare["rows"][0]["values"][0]["userEnteredFormat"] == {"numberFormat": {"type": "DATE"}}
    assert "numberFormat" not in dated["fields"]
    assert dated["rows"][0]["values"] == [{"userEnteredValue": {"numberValue": 46347}}]


def test_a_note_touches_nothing_but_the_note():
    (request,) = updates(notes=[NoteWrite(0, 5, "Checked")])
    assert (request["fields"], request["rows"]) == ("note", [{"values": [{"note": "Checked"}]}])


def test_only_a_text_is_a_link():
    writes = [
        CellWrite(1, 1, "Open", "https://mail.example/1"),
        CellWrite(1, 2, "", "https://mail.example/1"),
    ]
    (request,) = updates(*writes, CellWrite(1, 3, "Open"))
    runs = [cell.get("textFormatRuns") for cell in request["rows"][0]["values"]]
    assert runs == [[{"format": {"link": {"uri": "https://mail.example/1"}}}], None, None]


VALUES = st.one_of(
    st.none(), st.booleans(), st.text(), st.integers(-9, 9), st.floats(allow_nan=False), st.dates()
)
WRITES = st.dictionaries(st.tuples(st.integers(0, 12), st.integers(0, 6)), VALUES, max_size=40)


@settings(deadline=None)  # a busy machine is no failure
@given(WRITES)
def test_every_cell_is_written_once_at_its_place_and_no_other(writes):
    given_cells = [CellWrite(row, column, value) for (row, column), value in writes.items()]
    written = {}
    for request in updates(*given_cells):
        for down, row in enumerate(request["rows"]):
            for right, cell in enumerate(row["values"]):
                place = (request["start"]["rowIndex"] + down, request["start"]["columnIndex"] + right)
                assert place not in written
                written[place] = cell.get("userEnteredValue", {})
    assert written.keys() == writes.keys()
    for place, value in writes.items():
        assert "formulaValue" not in written[place]
        if isinstance(value, str):
            assert written[place] == ({"stringValue": value} if value else {})
        else:
            kind = "boolValue" if isinstance(value, bool) else "numberValue"
            assert [*written[place]] == ([] if value is None else [kind])


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.integers(1, 10**9),
    st.integers(0, 10**6),
    st.integers(1_500_000_000, 3_500_000_000),
    st.booleans(),
)
def test_a_link_comes_back_as_it_was_written_and_takes_no_more_room_than_is_counted(
    number, events, expires, free
):
    link = Link(number, "k3f9q2", dt.datetime.fromtimestamp(expires, dt.UTC), events, free)
    metadata = chain.create(link)["createDeveloperMetadata"]["developerMetadata"]
    assert metadata["metadataId"] <= 2**31 - 1
    assert chain.MOST - chain.room([metadata]) == LINK_SIZE
    assert chain.links([metadata]) == (link,)


def test_a_link_that_cannot_be_read_still_takes_its_number_and_holds_nobody_up():
    metadata = [
        {"metadataId": chain.BASE + 7, "metadataKey": chain.KEY, "metadataValue": "garbled"},
        {"metadataId": chain.BASE + 4, "metadataKey": "sheetsdun", "metadataValue": "k3f9q2:t0ab12:3f"},
        {"metadataId": chain.BASE + 3, "metadataKey": chain.KEY},
        {"metadataId": chain.BASE + 9, "metadataKey": "another tool's", "metadataValue": "a:1:1"},
        {"metadataId": chain.BASE, "metadataKey": chain.KEY, "metadataValue": "a:1:1"},
        {"metadataId": 5, "metadataKey": chain.KEY, "metadataValue": "a:1:1"},
    ]
    found = chain.links(metadata)
    assert [(link.number, link.owner) for link in found] == [(3, ""), (4, ""), (7, "")]
    assert all(link.free and link.expires.year == 1970 for link in found)


@pytest.mark.parametrize(
    ("message", "taken"),
    [
        ("Invalid requests[0].createDeveloperMetadata: an entity with id 7 already exists.", True),
        ("Invalid requests[0].createDeveloperMetadata: the quota of 30000 characters is reached.", False),
        ("Invalid requests[1].updateCells: the range does not exist.", False),
    ],
)
def test_only_a_link_that_is_there_already_is_a_collision(message, taken):
    assert chain.collision(message) is taken


def test_an_owner_that_does_not_fit_is_refused_before_it_is_written():
    with pytest.raises(ValueError, match="too long"):
        chain.create(Link(1, "x" * 30, dt.datetime.now(dt.UTC), 0))


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(column, name):
    assert letters(column) == name


def test_a_title_is_quoted():
    tab = grids.Tab("Jo's 'A1'", 5, 3, 10)
    assert tab.below(2) == "'Jo''s ''A1'''!A2:C"


@settings(deadline=None)  # a busy machine is no failure
@given(st.sets(st.integers(0, 60)))
def test_neighbouring_columns_are_read_together(columns):
    spans = list(grids.spans(columns))
    assert {column for first, last in spans for column in range(first, last + 1)} == columns
    assert all(later[0] - earlier[1] > 1 for earlier, later in pairwise(spans))


def test_two_readings_agree_only_if_every_text_is_the_same():
    assert grids.agree([["INV-1", 100, True]], [["INV-1", "100.00 €", "TRUE"]])
    assert not grids.agree([["INV-1", 100]], [["INV-2", "100.00 €"]])
    assert not grids.agree([["INV-1"]], [["INV-1"], ["INV-2"]])


class Twofold:
    """A spreadsheet with a text that its format shows otherwise, as ``;;;`` hides it, and with a chart for a tab."""

    transport = SimpleNamespace(identity=None)
    layout: ClassVar = {
        "sheets": [
            {"properties": {"sheetId": 1, "title": "Invoices", "gridProperties": {"columnCount": 1}}},
            {"properties": {"sheetId": 2, "title": "Chart"}},
        ]
    }

    def fetch_sheet_metadata(self, *_asked):
        return self.layout

    def values_batch_get(self, _id, ranges, options):
        plain = options["valueRenderOption"] == "UNFORMATTED_VALUE"
        return {"valueRanges": [{"values": [["Invoice"], ["INV-1" if plain else ""]]} for _ in ranges]}


def test_a_text_that_is_always_shown_otherwise_can_be_read_and_a_chart_is_no_table():
    tables = GoogleSheet(Twofold(), "s", {"Invoices": 1, "Chart": 1}).read().tables
    assert [*tables] == ["Invoices"]
    assert (tables["Invoices"].values, tables["Invoices"].shown) == ([["INV-1"]], [[""]])
