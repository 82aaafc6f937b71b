"""What every Sheet does."""

from __future__ import annotations

import datetime as dt

import pytest

from sheetsdun.errors import Unreachable
from sheetsdun.ports import CellWrite, Link, LinkTaken, NoteWrite, Rejected
from sheetsdun.sync.guards import LINK_SIZE

EXPIRES = dt.datetime(2026, 11, 21, 9, 3, tzinfo=dt.UTC)
STATUS, LAST, DRAFT = 5, 6, 7


def link(number: int, owner: str = "run-1", events: int = 0) -> Link:
    return Link(number, owner, EXPIRES, events)


def test_a_snapshot_has_values_and_what_people_see(sheets):
    snapshot = sheets.sheet.read()
    assert (snapshot.title, snapshot.locale, snapshot.time_zone) == ("Receivables", "en_GB", "Europe/Berlin")
    assert snapshot.links == ()
    assert 9_000_000 < snapshot.cells < 10_000_000
    table = snapshot.tables["Invoices"]
    assert table.header[:3] == ("Invoice", "Customer", "Amount")
    assert [list(row) for row in table.values] == [
        ["INV-1", "Blumen Müller", 100, 46327, False],
        ["00123", "Søren & Søn", 12.5, 46328, True],
        [],
        ["INV-3", "", 7],
    ]
    assert table.shown[0][2] == "100"
    assert table.shown[1][4] == "TRUE"
    assert (table.header_row, table.width >= 8, table.height >= 5) == (1, True, True)
    assert list(snapshot.tables["Reminder log"].values) == []


def test_events_are_appended_as_text_below_the_last(sheets):
    sheets.sheet.append(link(1, events=2), [["1", "opened", "=1+1"], ["2", "drafted", ""]])
    sheets.sheet.append(link(2, events=3), [["3", "sent", "00123"]])
    snapshot = sheets.sheet.read()
    log = snapshot.tables["Reminder log"]
    assert [list(row) for row in log.values] == [
        ["1", "opened", "=1+1"],
        ["2", "drafted"],
        ["3", "sent", "00123"],
    ]
    assert snapshot.links == (link(1, events=2), link(2, events=3))
    assert sheets.sheet.chain() == snapshot.links


def test_a_link_alone_may_be_written(sheets):
    sheets.sheet.append(link(1), [])
    assert [each.number for each in sheets.sheet.chain()] == [1]


def test_the_expiry_is_kept_to_the_second(sheets):
    sheets.sheet.append(Link(1, "run-1", EXPIRES.replace(microsecond=999_999), 0), [])
    assert sheets.sheet.chain()[0].expires == EXPIRES


def test_that_the_lease_was_let_go_is_said_and_not_counted_from_a_clock(sheets):
    sheets.sheet.append(Link(1, "run-1", EXPIRES, 0), [])
    sheets.sheet.append(Link(2, "run-1", EXPIRES, 0, free=True), [])
    assert [each.free for each in sheets.sheet.chain()] == [False, True]


def test_a_link_takes_the_room_that_is_counted_for_it(sheets):
    before = sheets.sheet.read().room
    sheets.sheet.append(Link(1, "run-ab", EXPIRES, 9), [])
    assert before - sheets.sheet.read().room == LINK_SIZE
    sheets.sheet.append(Link(2, "run-ab", EXPIRES, 9), [], prune=[1])
    assert before - sheets.sheet.read().room == LINK_SIZE


def test_an_append_behind_a_taken_link_changes_nothing(sheets):
    sheets.sheet.append(link(1), [["1", "opened", ""]])
    with pytest.raises(LinkTaken):
        sheets.sheet.append(link(1, "run-2"), [["1", "opened", "twice"]], prune=[1])
    snapshot = sheets.sheet.read()
    assert [list(row) for row in snapshot.tables["Reminder log"].values] == [["1", "opened"]]
    assert [each.owner for each in snapshot.links] == ["run-1"]


def test_a_write_behind_a_taken_link_changes_nothing(sheets):
    sheets.sheet.append(link(1), [])
    with pytest.raises(LinkTaken):
        sheets.sheet.write(link(1, "run-2"), "Invoices", [CellWrite(1, STATUS, "Paid")])
    assert sheets.sheet.read().tables["Invoices"].values[0] == ["INV-1", "Blumen Müller", 100, 46327, False]


def test_old_links_are_pruned_with_a_write(sheets):
    for number in range(1, 5):
        sheets.sheet.append(link(number), [], prune=[number - 2] if number > 2 else [])
    assert [each.number for each in sheets.sheet.chain()] == [3, 4]


def test_cells_notes_and_addresses_are_written(sheets):
    cells = [
        CellWrite(1, STATUS, "=Draft ready"),
        CellWrite(1, LAST, dt.date(2026, 11, 21)),
        CellWrite(1, DRAFT, "Open", link="https://mail.google.com/mail/#drafts/1"),
        CellWrite(2, STATUS, "Paid"),
        CellWrite(2, LAST, 3),
    ]
    sheets.sheet.write(link(1), "Invoices", cells, [NoteWrite(0, STATUS, "Checked today")])
    table = sheets.sheet.read().tables["Invoices"]
    assert table.values[0][STATUS:] == ["=Draft ready", 46347, "Open"]
    assert table.shown[0][LAST] not in {"46347", ""}, "a date is shown as one"
    assert table.values[1][STATUS:] == ["Paid", 3]
    assert sheets.address("Invoices", 1, DRAFT) == "https://mail.google.com/mail/#drafts/1"
    assert sheets.note("Invoices", 0, STATUS) == "Checked today"
    sheets.sheet.write(link(2), "Invoices", [CellWrite(1, column, None) for column in (STATUS, LAST, DRAFT)])
    assert sheets.sheet.read().tables["Invoices"].values[0] == ["INV-1", "Blumen Müller", 100, 46327, False]
    assert sheets.address("Invoices", 1, DRAFT) == ""


def test_cells_far_apart_are_written_each_at_its_place(sheets):
    places = [(row, column) for row in (7, 8, 9, 30, 31) for column in (0, 1, 3) if (row, column) != (8, 1)]
    sheets.sheet.write(
        link(1), "Invoices", [CellWrite(row, column, f"{row}/{column}") for row, column in places]
    )
    values = sheets.sheet.read().tables["Invoices"].values
    found = {
        (row + 1, column)
        for row, cells in enumerate(values[6:], 6)
        for column, cell in enumerate(cells)
        if cell
    }
    assert found == set(places)
    assert all(values[row - 1][column] == f"{row}/{column}" for row, column in places)


def test_a_protected_cell_refuses_the_whole_write(sheets):
    sheets.protect("Invoices", LAST)
    with pytest.raises(Rejected) as refusal:
        sheets.sheet.write(link(1), "Invoices", [CellWrite(1, STATUS, "Paid"), CellWrite(1, LAST, 3)])
    assert not isinstance(refusal.value, LinkTaken)
    assert (refusal.value.code, refusal.value.reason) == (400, "protected")
    assert sheets.sheet.chain() == ()
    assert len(sheets.sheet.read().tables["Invoices"].values[0]) == 5


def test_the_tabs_are_read_again_without_the_log(sheets):
    before = sheets.sheet.read().tables["Invoices"]
    assert dict(sheets.sheet.tables()) == {"Invoices": before}
    sheets.type("Invoices", 1, STATUS, "Paid")
    assert sheets.sheet.tables()["Invoices"].values[0][STATUS] == "Paid"


def test_reread_gives_only_the_wanted_columns(sheets):
    sheets.sheet.read()
    table = sheets.sheet.reread("Invoices", {"Amount", "Invoice", "No such"}.__contains__)
    assert table.header[:3] == ("Invoice", "Customer", "Amount")
    assert [list(row) for row in table.values] == [
        ["INV-1", "", 100],
        ["00123", "", 12.5],
        [],
        ["INV-3", "", 7],
    ]
    assert [list(row) for row in table.shown] == [
        ["INV-1", "", "100"],
        ["00123", "", "12.5"],
        [],
        ["INV-3", "", "7"],
    ]


def test_reread_sees_what_people_did_meanwhile(sheets):
    sheets.sheet.read()
    sheets.sort_down("Invoices")
    sheets.type("Invoices", 0, 9, "New column")
    sheets.type("Invoices", 0, 1, "Amount")
    sheets.type("Invoices", 0, 2, "Was amount")
    table = sheets.sheet.reread("Invoices", {"Invoice", "Amount"}.__contains__)
    assert [row[0] if row else "" for row in table.values] == ["INV-3", "INV-1", "00123"]
    assert table.header[9] == "New column"
    assert table.shown[1][1] == "Blumen Müller"
    assert len(table.values[1]) == 2, "the column that is called otherwise now is not read"


def test_reread_of_a_tab_that_is_not_there_says_so(sheets):
    with pytest.raises(Unreachable):
        sheets.sheet.reread("Invoice", bool)
