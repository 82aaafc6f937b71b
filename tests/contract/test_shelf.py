"""A new log in the place of the old one: all of it, or nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from sheetsdun.google import relog
from sheetsdun.ports import Link, LinkTaken, Rejected

HEADER = ["Sequence", "Event"]
OLD = [HEADER, ["1", "damaged"]]
EVENTS = [[str(number), f"=event {number}"] for number in range(1, 6)]


def link(number):
    return Link(number, "run-1", dt.datetime(2026, 11, 21, 9, 3, tzinfo=dt.UTC), len(EVENTS))


@pytest.fixture
def connection(google):
    with google.connection() as made:
        yield made


def tabs(google, chosen):
    """Rows by title, in the order of the tabs."""
    answer = google.call("GET", f"/v4/spreadsheets/{chosen}?fields=sheets.properties.title")
    titles = [sheet["properties"]["title"] for sheet in answer["sheets"]]
    path = f"/v4/spreadsheets/{chosen}/values/"
    return {title: google.call("GET", f"{path}'{title}'").get("values", []) for title in titles}


def test_all_rows_are_staged_in_their_order_however_many_requests_they_take(google, connection, monkeypatch):
    monkeypatch.setattr(relog, "_ROWS_AT_ONCE", 2)
    chosen = google.spreadsheet({"Reminder log": OLD})
    connection.shelf(chosen, "Reminder log").stage("New", [HEADER, *EVENTS])
    assert connection.calls.sheets == 1 + 3
    assert tabs(google, chosen) == {"Reminder log": OLD, "New": [HEADER, *EVENTS]}
    fields = "sheets(properties(gridProperties),protectedRanges(warningOnly,range))"
    sheet = google.call("GET", f"/v4/spreadsheets/{chosen}?fields={fields}")["sheets"][1]
    assert sheet["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert [each["warningOnly"] for each in sheet["protectedRanges"]] == [True]


@pytest.mark.parametrize(
    ("others", "aside"),
    [([], "Old"), (["OLD"], "Old 2"), (["old", "Old 2"], "Old 3"), (["Old 2"], "Old")],
)
def test_the_old_one_is_put_aside_under_a_title_that_is_free(google, connection, others, aside):
    chosen = google.spreadsheet({"Reminder Log": OLD} | {title: [["x"]] for title in others})
    shelf = connection.shelf(chosen, "Reminder log")
    staged = shelf.stage("New", [HEADER, *EVENTS])
    shelf.put_in_place(link(1), staged, "Old")
    found = tabs(google, chosen)
    assert [*found] == [aside, *others, "Reminder Log"]
    assert (found[aside], found["Reminder Log"]) == (OLD, [HEADER, *EVENTS])
    assert connection.sheet(chosen, {}, "Reminder log").chain() == (link(1),)


def test_where_there_is_no_old_one_the_new_one_is_just_put_there(google, connection):
    chosen = google.spreadsheet({"Invoices": [["Invoice"]]})
    shelf = connection.shelf(chosen, "Reminder log")
    shelf.put_in_place(link(1), shelf.stage("New", [HEADER]), "Old")
    assert [*tabs(google, chosen)] == ["Invoices", "Reminder log"]


def test_behind_a_taken_link_nothing_is_renamed_and_the_staged_tab_can_be_dropped(google, connection):
    chosen = google.spreadsheet({"Reminder log": OLD})
    connection.sheet(chosen, {}, "Reminder log").append(link(1), [])
    shelf = connection.shelf(chosen, "Reminder log")
    staged = shelf.stage("New", [HEADER, *EVENTS])
    with pytest.raises(LinkTaken):
        shelf.put_in_place(link(1), staged, "Old")
    assert tabs(google, chosen)["Reminder log"] == OLD
    shelf.drop(staged)
    assert [*tabs(google, chosen)] == ["Reminder log"]


def test_any_other_refusal_is_none_of_the_links(google, connection):
    chosen = google.spreadsheet({"Reminder log": OLD})
    with pytest.raises(Rejected) as refusal:
        connection.shelf(chosen, "Reminder log").put_in_place(link(1), 12345, "Old")
    assert not isinstance(refusal.value, LinkTaken)
    assert [*tabs(google, chosen)] == ["Reminder log"]
    assert connection.sheet(chosen, {}, "Reminder log").chain() == ()
