"""What every Sheet does with a tab that is wholly ours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from sheetsdun.google import chain
from sheetsdun.ports import Entry, Leaf, Link, LinkTaken, Rejected, serial

EXPIRES = dt.datetime(2026, 11, 21, 9, 3, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 21)
LEAF = Leaf(
    "Aging",
    [
        [Entry("=1+1", bold=True), Entry("Sum"), Entry("Day")],
        [Entry("Søren"), Entry(Decimal("12.50"), pattern="#,##0.00"), Entry(DAY)],
        [Entry(None), Entry(3)],
    ],
    frozen=1,
)


def link(number: int) -> Link:
    return Link(number, "run-1", EXPIRES, 0)


def trimmed(values):
    rows = [[*row] for row in values]
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    return rows


def test_it_is_added_with_the_link_marked_and_read_back(sheets):
    assert sheets.sheet.kept("Aging") is None
    sheets.sheet.rewrite(link(1), LEAF)
    kept = sheets.sheet.kept("Aging")
    assert kept.stamp == LEAF.stamp
    assert trimmed(kept.values) == [["=1+1", "Sum", "Day"], ["Søren", 12.5, serial(DAY)], ["", 3]]
    assert [each.number for each in sheets.sheet.chain()] == [1]


def test_it_is_written_as_a_whole(sheets):
    sheets.sheet.kept("Aging")
    sheets.sheet.rewrite(link(1), LEAF)
    sheets.type("Aging", 0, 2, "typed over")
    shorter = Leaf("Aging", [[Entry("only")], [Entry("a"), Entry("b"), Entry("c")]])
    sheets.sheet.kept("Aging")
    sheets.sheet.rewrite(link(2), shorter)
    kept = sheets.sheet.kept("Aging")
    assert (trimmed(kept.values), kept.stamp) == ([["only"], ["a", "b", "c"]], shorter.stamp)
    sheets.sheet.rewrite(link(3), LEAF)
    assert trimmed(sheets.sheet.kept("Aging").values)[1] == ["Søren", 12.5, serial(DAY)]


def test_nothing_of_it_lands_where_the_link_is_taken(sheets):
    sheets.sheet.append(link(1), [])
    sheets.sheet.kept("Aging")
    with pytest.raises(LinkTaken):
        sheets.sheet.rewrite(link(1), LEAF)
    assert sheets.sheet.kept("Aging") is None


def test_a_persons_tab_bears_no_mark_and_is_not_written(sheets):
    assert sheets.sheet.kept("Invoices").stamp is None
    with pytest.raises(Rejected):
        sheets.sheet.rewrite(link(1), Leaf("Invoices", LEAF.rows))
    assert sheets.sheet.read().tables["Invoices"].values[0][0] == "INV-1"
    assert sheets.sheet.chain() == ()


def test_the_other_tabs_are_as_they_were(sheets):
    before = sheets.sheet.read().tables
    sheets.sheet.kept("Aging")
    sheets.sheet.rewrite(link(1), LEAF)
    assert sheets.sheet.read().tables == before


def test_google_has_formats_a_frozen_row_and_a_warning(google):
    made = google.spreadsheet({"Invoices": [["Invoice"]]})
    with google.connection() as connection:
        sheet = connection.sheet(made, {"Invoices": 1})
        sheet.read()
        sheet.kept("Aging")
        sheet.rewrite(link(1), LEAF)
        assert sheet.kept("Aging").size == 3 * 3
        before = connection.calls.sheets
        assert not sheet.kept("Invoices").values
        assert connection.calls.sheets - before == 1, "what is a person's is not read"
    fields = "sheets(properties,protectedRanges,data(rowData(values(formattedValue,userEnteredFormat,userEnteredValue))))"
    answer = google.call("GET", f"/v4/spreadsheets/{made}", params={"fields": fields})
    (tab,) = [each for each in answer["sheets"] if each["properties"]["title"] == "Aging"]
    assert tab["properties"]["gridProperties"] == {"rowCount": 3, "columnCount": 3, "frozenRowCount": 1}
    assert [each["warningOnly"] for each in tab["protectedRanges"]] == [True]
    first, second = tab["data"][0]["rowData"][:2]
    assert first["values"][0]["userEnteredValue"] == {"stringValue": "=1+1"}
    assert first["values"][0]["userEnteredFormat"]["textFormat"]["bold"] is True
    assert second["values"][1]["formattedValue"] == "12.50"
    assert second["values"][2]["userEnteredFormat"]["numberFormat"]["type"] == "DATE"


def test_google_finds_it_by_its_title_in_any_case_and_takes_away_what_people_left_there(google):
    made = google.spreadsheet({"Invoices": [["Invoice"]]})

    def change(*requests):
        google.call("POST", f"/v4/spreadsheets/{made}:batchUpdate", json={"requests": list(requests)})

    with google.connection() as connection:
        sheet = connection.sheet(made, {"Invoices": 1})
        sheet.kept("Aging")
        sheet.rewrite(link(1), LEAF)
        path = f"/v4/spreadsheets/{made}?fields=sheets.properties"
        tab = google.call("GET", path)["sheets"][1]["properties"]["sheetId"]
        span = {
            "sheetId": tab,
            "startRowIndex": 0,
            "endRowIndex": 1,
            "startColumnIndex": 0,
            "endColumnIndex": 1,
        }
        grid = {"sheetId": tab, "title": "AGING", "gridProperties": {"frozenColumnCount": 1}}
        change(
            {"updateCells": {"range": span, "rows": [{"values": [{"note": "mine"}]}], "fields": "note"}},
            {"setDataValidation": {"range": span, "rule": {"condition": {"type": "BOOLEAN"}}}},
            {
                "updateSheetProperties": {
                    "properties": grid,
                    "fields": "title,gridProperties.frozenColumnCount",
                }
            },
        )
        assert sheet.kept("Aging").stamp == LEAF.stamp
        heading = Leaf("Aging", LEAF.rows[:1], frozen=1)
        sheet.rewrite(link(2), heading)
        assert sheet.kept("Aging").stamp == heading.stamp
    fields = "sheets(properties,data(rowData(values(note,dataValidation,userEnteredValue))))"
    found = google.call("GET", f"/v4/spreadsheets/{made}", params={"fields": fields})["sheets"][1]
    assert found["properties"]["gridProperties"] == {"rowCount": 2, "columnCount": 3, "frozenRowCount": 1}
    assert found["data"][0]["rowData"][0]["values"][0] == {"userEnteredValue": {"stringValue": "=1+1"}}


def test_a_mark_of_somebody_elses_makes_no_tab_ours(google):
    made = google.spreadsheet({"Invoices": [["Invoice"]]})
    properties = google.call("GET", f"/v4/spreadsheets/{made}?fields=sheets.properties")["sheets"][0][
        "properties"
    ]
    theirs = chain.creation(7, "theirs", "x")
    place = {"sheetId": properties.get("sheetId", 0)}
    theirs["createDeveloperMetadata"]["developerMetadata"]["location"] = place
    google.call("POST", f"/v4/spreadsheets/{made}:batchUpdate", json={"requests": [theirs]})
    with google.connection() as connection:
        sheet = connection.sheet(made, {"Invoices": 1})
        assert sheet.kept("Invoices").stamp is None
        with pytest.raises(Rejected):
            sheet.rewrite(link(1), Leaf("Invoices", LEAF.rows))
