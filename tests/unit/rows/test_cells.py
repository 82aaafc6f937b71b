from __future__ import annotations

import datetime as dt

import pytest

from sheetsdun.domain.invoice import Action
from sheetsdun.ports import CellWrite, NoteWrite, Table
from sheetsdun.rows.cells import header_note, writing
from sheetsdun.rows.columns import Columns
from sheetsdun.rows.project import Status

HEADER = (
    "Draft",
    "Invoice",
    "Action",
    "Reminder status",
    "Reminder level",
    "Last reminder",
    "Next reminder",
    "Reminder note",
)
DAY = dt.date(2026, 11, 21)
READY = Status(
    reminder_status="Draft ready: firm (4 of 5)", reminder_level="firm (4 of 5)", last_reminder=DAY,
    reminder_note="", draft="Draft SD-1", link="https://mail.example/#drafts/t1",
)  # fmt: skip
WRITTEN = ["Draft SD-1", "INV-1", "", "Draft ready: firm (4 of 5)", "firm (4 of 5)", 46347]


def tab(*rows, header=HEADER, header_row=1):
    return Table("Invoices", 0, header_row, header, rows, [[str(cell) for cell in row] for row in rows])


@pytest.fixture
def write(words):
    def build(table, statuses, carried_out=None, columns=None):
        return writing(table, columns or Columns(), "en_US", statuses, words, carried_out)

    return build


def test_an_untouched_row_gets_all_that_it_should_say(write):
    found = write(tab(["", "INV-1"]), {"INV-1": READY})
    assert found.cells == (
        CellWrite(1, 0, "Draft SD-1", "https://mail.example/#drafts/t1"),
        CellWrite(1, 3, "Draft ready: firm (4 of 5)"),
        CellWrite(1, 4, "firm (4 of 5)"),
        CellWrite(1, 5, DAY),
    )
    assert (found.missing, found.vanished, found.uncleared) == ((), (), ())


def test_what_stands_there_is_not_written_again(write):
    assert write(tab(WRITTEN), {"INV-1": READY}).cells == ()
    assert write(tab([*WRITTEN[:5], 46347.0, "", ""]), {"INV-1": READY}).cells == ()


def test_only_cells_that_differ_are_written(write):
    row = [*WRITTEN[:3], "Paid", "firm (4 of 5)", "21 Nov 2026", 46350, "old"]
    assert write(tab(row), {"INV-1": READY}).cells == (
        CellWrite(1, 3, "Draft ready: firm (4 of 5)"),
        CellWrite(1, 5, DAY),
        CellWrite(1, 6, None),
        CellWrite(1, 7, None),
    )


def test_rows_are_found_by_identity_wherever_they_have_moved(write):
    table = tab(["", "INV-2"], [""], WRITTEN, header_row=3)
    paid = Status(reminder_status="Paid")
    assert [(cell.row, cell.value) for cell in write(table, {"INV-1": READY, "INV-2": paid}).cells] == [
        (3, "Paid")
    ]


def test_columns_are_found_by_header_and_missing_ones_told(write):
    found = write(tab(["INV-1"], header=("Invoice", "Reminder Status")), {"INV-1": READY})
    assert found.cells == (CellWrite(1, 1, "Draft ready: firm (4 of 5)"),)
    assert found.missing == ("Reminder level", "Last reminder", "Next reminder", "Reminder note", "Draft")


def test_a_column_of_ours_that_stands_twice_is_not_guessed_at(write):
    found = write(tab(["INV-1"], header=("Invoice", "Draft", "draft")), {"INV-1": READY})
    assert found.cells == ()
    assert "Draft" in found.missing


@pytest.mark.parametrize("header", [HEADER[:1], ("Invoice", *HEADER)])
def test_without_an_identity_column_nothing_is_written(write, header):
    found = write(tab(WRITTEN, header=header), {"INV-1": READY})
    assert found.cells == ()
    assert "Invoice" in found.missing


def test_an_invoice_that_has_vanished_is_told(write):
    assert write(tab(["", "INV-9"]), {"INV-1": READY}).vanished == ("INV-1",)


def test_rows_that_share_a_number_get_a_note_and_nothing_else(write):
    table = tab(["", "INV-1"], ["", "INV-2"], WRITTEN)
    notes = (
        CellWrite(1, 7, "The same number stands in row 4."),
        CellWrite(3, 7, "The same number stands in row 2."),
    )
    assert write(table, {"INV-1": READY}).cells == notes  # twice only by now
    assert write(table, {"INV-1": None}).cells == notes  # twice already when it was parsed


def test_a_number_that_stood_twice_and_no_longer_does_waits_for_the_next_run(write):
    assert write(tab(["", "INV-1"]), {"INV-1": None}).cells == ()


def test_quiet_rows_stay_blank_and_others_do_not(write):
    quiet = Status(reminder_status="Paid", quiet=True)
    assert write(tab(["", "INV-1"]), {"INV-1": quiet}).cells == ()
    assert CellWrite(1, 3, "Paid") in write(tab(WRITTEN), {"INV-1": quiet}).cells


def test_an_action_is_emptied_only_while_it_says_what_was_carried_out(write):
    table = tab(
        ["", "INV-1", " Send "],
        ["", "INV-2", "redo"],
        ["", "INV-3"],
        ["", "INV-4", "send"],
        ["", "INV-4", "send"],
    )
    found = write(table, {}, dict.fromkeys(["INV-1", "INV-2", "INV-3", "INV-4", "INV-5"], Action.SEND))
    assert [cell for cell in found.cells if cell.column == 2] == [CellWrite(1, 2, None)]
    assert found.uncleared == ("INV-1",)


def test_people_s_cells_are_never_written(write):
    header = (*HEADER, "Amount", "Paid", "Action note")
    row = ["", "INV-1", "please call", "x", "x", "x", "x", "x", 5, 3, "hm"]
    assert {cell.column for cell in write(tab(row, header=header), {"INV-1": READY}).cells} <= {
        0,
        3,
        4,
        5,
        6,
        7,
    }


def test_the_note_on_the_status_header():
    assert header_note(tab(header_row=3), Columns(), "Checked") == NoteWrite(2, 3, "Checked")
    assert header_note(tab(header=("Invoice",)), Columns(), "Checked") is None
