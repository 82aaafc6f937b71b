"""Somebody inserts, sorts or renames in the instant between our last look at the rows and our write."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from office import OURS, Office, office

from sheetsdun.rows.columns import DEFAULTS


@pytest.fixture
def shop() -> Office:
    made = office()
    for number in (1, 2):
        made.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
    return made


def right_before(shop: Office, **acts: Callable[[], object]) -> None:
    """Act once, right before the first call of each name."""

    def before(_number: int, name: str) -> None:
        if act := acts.pop(name, None):
            act()

    shop.hooks.before = before


def column(shop: Office, field: str) -> int:
    return int(shop.rows[0].index(DEFAULTS[field]))


@pytest.mark.parametrize("new", ["", "INV-3"], ids=["blank", "of a new invoice"])
def test_a_status_that_fell_into_a_row_that_was_just_inserted_is_taken_out_again(
    shop: Office, new: str
) -> None:
    shop.write("INV-1", "escalation", "auto")  # a letter that goes leaves dates in the row
    row = [new] + [""] * (len(shop.rows[0]) - 1)
    right_before(shop, write=lambda: shop.rows.insert(1, row))
    shop.sync()
    assert [row[column(shop, field)] for field in OURS] == [""] * len(OURS)
    assert shop.status("INV-1") == "Sent on 2 Mar"
    assert shop.status("INV-2") == "Draft ready: friendly (2 of 5)"


@pytest.mark.parametrize("often", [1, 2])
def test_it_is_taken_out_too_where_another_row_is_inserted_before_it_is_read_back(
    shop: Office, often: int
) -> None:
    shop.write("INV-1", "escalation", "auto")
    said = [""] * len(shop.rows[0])
    said[column(shop, "customer")] = "Where C2 stands"  # a row of a person's own
    said[column(shop, "reminder_status")] = "Draft ready: friendly (2 of 5)"
    shop.rows.append(said)
    writes: list[int] = []

    def before(_number: int, name: str) -> None:
        if name == "write":
            writes.append(1)
        if (name == "write" and len(writes) == 1) or (name == "reread" and 0 < len(writes) <= often):
            shop.rows.insert(1, [""] * len(shop.rows[0]))

    shop.hooks.before = before
    shop.sync()
    blank = [row for row in shop.rows[1:] if not row[0] and row is not said]
    assert blank
    assert not any(any(row) for row in blank)
    assert said[column(shop, "reminder_status")] == "Draft ready: friendly (2 of 5)"
    assert shop.status("INV-2") == "Draft ready: friendly (2 of 5)"


@pytest.fixture
def left(shop: Office) -> list[object]:
    """A blank row, inserted as a run was writing, that died before it could read back."""
    row: list[object] = [""] * len(shop.rows[0])
    row[column(shop, "paid")] = False  # an empty box
    right_before(shop, write=lambda: shop.rows.insert(1, row))

    def dies(_number: int, name: str) -> None:
        if name == "write":
            raise KeyboardInterrupt

    shop.hooks.after = dies
    with pytest.raises(KeyboardInterrupt):
        shop.sync()
    shop.hooks.after = lambda _number, _name: None
    assert row[column(shop, "reminder_status")] == "Draft ready: friendly (2 of 5)"
    return row


@pytest.mark.parametrize("meanwhile", ["nothing", "insert", "sort"])
def test_what_a_dead_run_left_in_a_blank_row_is_taken_out_by_the_next(
    shop: Office, left: list[object], meanwhile: str
) -> None:
    acts: dict[str, dict[str, Callable[[], object]]] = {
        "insert": {"reread": lambda: shop.rows.insert(1, [""] * len(shop.rows[0]))},
        "sort": {"write": lambda: shop.rows.append(shop.rows.pop(1))},
    }
    right_before(shop, **acts.get(meanwhile, {}))
    shop.sync(take_over=True)
    assert not any(left)
    assert shop.status("INV-1") == shop.status("INV-2") == "Draft ready: friendly (2 of 5)"
    shop.hooks.calls.clear()
    shop.sync()
    assert "write" not in shop.hooks.calls


def test_it_is_taken_out_too_where_all_other_statuses_are_right(shop: Office, left: list[object]) -> None:
    said = list(left)
    shop.sync(take_over=True)
    left[:] = said
    shop.sync()
    assert not any(left)


@pytest.mark.parametrize("field", ["customer", "action"])
def test_a_row_in_which_people_have_something_is_theirs(shop: Office, left: list[object], field: str) -> None:
    left[column(shop, field)] = "Total"
    said = list(left)
    for _ in range(2):
        shop.sync(take_over=True)
    assert left == said


def test_what_a_row_of_theirs_says_too_is_not_guessed(shop: Office, left: list[object]) -> None:
    theirs = list(left)
    theirs[column(shop, "customer")] = "Total"
    shop.rows.append(theirs)
    said = list(theirs)
    shop.sync(take_over=True)
    assert theirs == said
    assert any(left)


@pytest.mark.parametrize("field", ["reminder_status", "draft"])
def test_a_row_of_which_a_person_has_emptied_all_but_our_cells_is_emptied_of_them_too(
    shop: Office, field: str
) -> None:
    shop.write("INV-1", "escalation", "auto")
    shop.sync()
    if field == "draft":
        shop.write("INV-1", "reminder_status", "")
    row = next(row for row in shop.rows if row[0] == "INV-1")
    ours = {column(shop, field) for field in OURS}
    row[:] = [cell if place in ours else "" for place, cell in enumerate(row)]
    shop.sync()
    assert any(row) is (field == "draft"), "whose a link is that no row has, nobody can tell"


@pytest.mark.parametrize(
    "status",
    ["Next: firm on 21 Mar", "Sent by hand on 9 Feb 2025", "Anna Weber answered on 2 Mar", "Call today: 1"],
)
def test_an_older_content_that_is_pasted_back_leaves_nothing_in_blank_rows(shop: Office, status: str) -> None:
    row = [""] * len(shop.rows[0])
    row[column(shop, "reminder_status")] = status
    shop.rows[1:1] = [row]
    shop.sync()
    assert not any(row)


def test_what_no_status_says_stays_in_a_blank_row(shop: Office) -> None:
    row = [""] * len(shop.rows[0])
    row[column(shop, "reminder_status")] = "Ask Jo"
    row[column(shop, "next_reminder")] = "friendly (2 of 5)"
    shop.rows.append(row)
    for _ in range(2):
        shop.sync()
    assert row[column(shop, "reminder_status")] == "Ask Jo"
    assert row[column(shop, "next_reminder")] == "friendly (2 of 5)"


def own_row(shop: Office, place: int, **said: str) -> list[object]:
    """A row of a person's own, without a number."""
    row: list[object] = [""] * len(shop.rows[0])
    for field, text in said.items():
        row[column(shop, field)] = text
    shop.rows.insert(place, row)
    return row


def test_it_is_taken_out_where_a_row_of_a_persons_own_says_the_same(shop: Office) -> None:
    text = "Draft ready: friendly (2 of 5)"
    own = own_row(shop, 3, customer="Where C2 stands", reminder_status=text)
    right_before(shop, write=lambda: own_row(shop, 2))
    shop.sync()
    assert not any(shop.rows[2])
    assert (shop.status("INV-2"), own[column(shop, "reminder_status")]) == (text, text)


def test_it_is_taken_out_where_it_moves_on_and_an_older_row_says_the_same(shop: Office) -> None:
    shop.sync()
    shop.add("INV-3", due=-4, customer="C3", email="c3@x.example")
    blank: list[list[object]] = []
    right_before(
        shop,
        write=lambda: (
            blank.append(own_row(shop, 3)),
            right_before(shop, reread=lambda: blank.append(own_row(shop, 1))),
        ),
    )
    shop.sync()
    assert len(blank) == 2
    assert not any(any(row) for row in blank)
    assert shop.status("INV-1") == shop.status("INV-3") == "Draft ready: friendly (2 of 5)"


def test_where_a_cell_was_emptied_nothing_is_to_be_taken_out(shop: Office) -> None:
    shop.sync()
    shop.write("INV-1", "paid", 100)
    right_before(shop, write=lambda: own_row(shop, 1, last_reminder="Ask Jo"))
    assert not shop.sync().warnings
    assert [cell for cell in shop.rows[1] if cell] == ["Ask Jo"]
    assert shop.status("INV-1") == "Paid"


def test_an_action_of_a_row_without_a_number_is_nobody_elses(shop: Office) -> None:
    shop.sync()
    own = own_row(shop, 1, action="skip")
    shop.write("INV-1", "action", "redo")
    right_before(shop, write=lambda: own_row(shop, 2))
    shop.sync()
    assert own[column(shop, "action")] == "skip"
    assert not any(shop.rows[2])


def test_an_action_that_a_person_empties_once_it_is_written_back_stays_empty(shop: Office) -> None:
    shop.sync()
    shop.write("INV-1", "action", "redo")
    writes: list[int] = []

    def sort() -> None:
        shop.rows[1:] = reversed(shop.rows[1:])

    def empty(_number: int, name: str) -> None:
        writes.extend([1] if name == "write" else [])
        if len(writes) == 2 and shop.cell("INV-2", "action"):
            shop.write("INV-2", "action", "")
            writes.append(1)

    shop.hooks.after = empty
    right_before(shop, reread=lambda: shop.write("INV-2", "action", "skip"), write=sort)
    shop.sync()
    assert len(writes) > 2
    assert shop.cell("INV-2", "action") == ""


def test_what_a_person_types_over_it_meanwhile_is_theirs(shop: Office) -> None:
    row = [""] * len(shop.rows[0])
    place = column(shop, "reminder_level")
    right_before(shop, write=lambda: shop.rows.insert(1, row))

    def type_over(_number: int, name: str) -> None:
        if name == "write" and row[place] == "friendly (2 of 5)":
            row[place] = "Ask Jo"
            row[column(shop, "reminder_note") :] = ["Call her"]  # and the draft's link is emptied

    shop.hooks.after = type_over
    shop.sync()
    assert row[place] == "Ask Jo", "it was not emptied after that"
    assert row[column(shop, "reminder_status")] == ""


def test_an_action_that_was_emptied_in_the_row_of_another_is_written_back(shop: Office) -> None:
    shop.sync()
    shop.write("INV-1", "action", "redo")

    def sort() -> None:
        shop.rows[1:] = reversed(shop.rows[1:])

    right_before(shop, reread=lambda: shop.write("INV-2", "action", "skip"), write=sort)
    shop.sync()
    assert shop.cell("INV-2", "action") == "skip"
    assert shop.cell("INV-1", "action") == ""
    assert not shop.history.of("INV-2").completions
    shop.sync()
    assert [done.how for done in shop.history.of("INV-2").completions] == ["skipped"]


@pytest.mark.parametrize("undone", [True, False], ids=["the sorting is undone", "two are inserted"])
def test_an_action_that_is_written_back_stays_with_its_row_when_rows_move_again(
    shop: Office, undone: bool
) -> None:
    shop.sync()
    shop.write("INV-1", "action", "redo")
    shop.write("INV-2", "action", "clear")  # there is no answer to be cleared
    new = [[name] + [""] * (len(shop.rows[0]) - 1) for name in ("INV-3", "INV-4")]

    def sort() -> None:
        shop.rows[1:] = reversed(shop.rows[1:])

    def insert() -> None:
        shop.rows[1:1] = new

    acts = [sort, sort if undone else insert]

    def before(_number: int, name: str) -> None:
        if name == "write" and acts:
            acts.pop(0)()

    shop.hooks.before = before
    assert not shop.sync().warnings
    assert not acts
    assert (shop.cell("INV-1", "action"), shop.cell("INV-2", "action")) == ("", "clear")
    assert [any(row[1:]) for row in new] == [False, False]


@pytest.mark.parametrize("often", [1, 2, 3])
def test_an_action_is_back_in_its_row_however_often_rows_are_sorted_while_statuses_are_written(
    shop: Office, often: int
) -> None:
    shop.sync()
    shop.write("INV-1", "action", "redo")
    shop.write("INV-2", "action", "clear")
    left = iter(range(often))

    def sort(_number: int, name: str) -> None:
        if name == "write" and next(left, None) is not None:
            shop.rows[1:] = reversed(shop.rows[1:])

    shop.hooks.before = sort
    shop.sync()
    assert shop.cell("INV-2", "action") == "clear"
    assert shop.cell("INV-1", "action") in {"", "redo"}
    shop.sync()
    assert (shop.cell("INV-1", "action"), shop.cell("INV-2", "action")) == ("", "clear")
    assert len(shop.drafts()) == 2


def test_an_action_that_falls_into_a_blank_row_on_its_way_back_is_taken_out_of_it(shop: Office) -> None:
    shop.sync()
    shop.write("INV-2", "action", "redo")
    shop.write("INV-1", "action", "clear")
    note = [""] * len(shop.rows[0])
    note[column(shop, "customer")], note[column(shop, "action")] = "Next week", "clear"
    shop.rows.append(note)
    said = list(note)
    left = iter(range(2))

    def insert(_number: int, name: str) -> None:
        if name == "write" and next(left, None) is not None:
            shop.rows.insert(1, [""] * len(shop.rows[0]))

    shop.hooks.before = insert
    shop.sync()
    assert shop.cell("INV-1", "action") == "clear"
    shop.sync()
    assert (shop.cell("INV-1", "action"), shop.cell("INV-2", "action")) == ("clear", "")
    assert [row for row in shop.rows if not row[0] and any(row)] == [said]


def test_an_action_that_is_chosen_anew_where_one_was_emptied_by_mistake_stays(shop: Office) -> None:
    shop.sync()
    shop.write("INV-1", "action", "redo")

    def sort() -> None:
        shop.rows[1:] = reversed(shop.rows[1:])

    def choose(_number: int, name: str) -> None:
        if name == "write" and not shop.cell("INV-2", "action"):
            shop.write("INV-2", "action", "clear")

    shop.hooks.after = choose
    right_before(shop, reread=lambda: shop.write("INV-2", "action", "skip"), write=sort)
    shop.sync()
    assert shop.cell("INV-2", "action") == "clear"


def test_a_new_invoice_where_an_action_is_emptied_stops_nobody(shop: Office) -> None:
    shop.sync()
    shop.write("INV-1", "action", "redo")
    row = ["INV-3"] + [""] * (len(shop.rows[0]) - 1)
    right_before(shop, write=lambda: shop.rows.insert(1, row))
    shop.sync()
    assert row == ["INV-3"] + [""] * (len(shop.rows[0]) - 1)
    assert shop.cell("INV-1", "action") == ""


def test_rows_that_are_sorted_at_every_write_are_told_and_set_right_by_the_next_run(shop: Office) -> None:
    shop.write("INV-1", "escalation", "auto")

    def sort(_number: int, name: str) -> None:
        if name == "write":
            shop.rows[1:] = reversed(shop.rows[1:])

    shop.hooks.before = sort
    outcome = shop.sync()
    assert shop.hooks.calls.count("write") == 3
    assert any("changed while they were written" in warning for warning in outcome.warnings)
    right_before(shop)
    assert not shop.sync().warnings
    assert shop.status("INV-1") == "Sent on 2 Mar"
    assert shop.status("INV-2") == "Draft ready: friendly (2 of 5)"


def test_an_action_that_is_chosen_again_once_its_cell_was_emptied_is_carried_out_again(shop: Office) -> None:
    shop.sync()
    for cycle in (2, 3):
        shop.write("INV-1", "action", "redo")
        shop.sync()
        assert shop.history.of("INV-1").cycle == cycle


def put(shop: Office, place: int, title: str, *values: str) -> None:
    """A column."""
    for row, value in zip(shop.rows, [title, *values], strict=True):
        row.insert(place, value)


def put_first(shop: Office) -> Callable[[], object]:
    """Somebody inserts a column at the very moment of writing: statuses land one column further to the left."""
    return lambda: put(shop, 0, *[""] * len(shop.rows))


@pytest.mark.parametrize("titles", [["Remarks", "Remarks"], [""]], ids=["two of one name", "no name"])
def test_what_stood_in_a_column_that_cannot_be_told_from_another_is_not_guessed(
    shop: Office, titles: list[str]
) -> None:
    for title in titles:
        put(shop, 9, title, "by phone", "by mail")
    missing = column(shop, "last_reminder")
    for row in shop.rows:
        del row[missing]
    right_before(shop, write=put_first(shop))
    warnings = shop.sync().warnings
    place = "K" if titles == [""] else "L"
    assert any(f"{place}2, {place}3. 0 of 2 cells" in warning for warning in warnings)
    assert shop.status("INV-2") == "Draft ready: friendly (2 of 5)"


def test_what_stood_in_rows_that_have_one_number_between_them_is_not_guessed(shop: Office) -> None:
    shop.add("INV-1", due=-4)
    put(shop, column(shop, "reminder_note"), "Remarks", "1", "2", "3")
    right_before(shop, write=put_first(shop))
    assert any("O2, O4. 0 of 2 cells" in warning for warning in shop.sync().warnings)


def test_a_new_column_among_ours_is_emptied_and_nothing_is_to_be_told(shop: Office) -> None:
    place = column(shop, "reminder_level")
    right_before(shop, write=lambda: put(shop, place, "", "", ""))
    assert not shop.sync().warnings
    assert [row[place] for row in shop.rows] == ["", "", ""]
    assert shop.cell("INV-2", "reminder_level") == "friendly (2 of 5)"


def test_a_column_deleted_at_the_very_moment_of_writing_leaves_nothing_beside_the_table(shop: Office) -> None:
    place = column(shop, "hold_until")

    def delete() -> None:
        for row in shop.rows:
            del row[place]

    right_before(shop, write=delete)
    assert not shop.sync().warnings
    assert not any(any(row[len(shop.rows[0]) :]) for row in shop.rows)
    assert shop.status("INV-2") == "Draft ready: friendly (2 of 5)"


def test_an_action_that_we_wrote_over_and_that_was_not_carried_out_is_given_back(shop: Office) -> None:
    shop.sync()
    shop.write("INV-2", "paid", 100)
    shop.write("INV-2", "action", "clear")
    right_before(shop, write=put_first(shop))
    (warning,) = shop.sync().warnings
    assert "J3. 1 of 1 cells" in warning, "our own columns are not among them"
    assert shop.cell("INV-2", "action") == "clear", "there is no answer to be cleared"
    assert shop.status("INV-2") == "Paid"


@pytest.mark.parametrize("field", ["last_reminder", "action"], ids=["under a date", "emptied"])
def test_whatever_we_wrote_there_what_stood_in_a_column_of_theirs_is_given_back(
    shop: Office, field: str
) -> None:
    shop.sync()
    shop.write("INV-1", "action", "send" if field == "last_reminder" else "redo")
    put(shop, column(shop, field), "Remarks", "by phone", "by mail")
    right_before(shop, write=put_first(shop))
    (warning,) = shop.sync().warnings
    assert "1 of 1 cells" in warning
    place = shop.rows[0].index("Remarks")
    assert [row[place] for row in shop.rows] == ["Remarks", "by phone", "by mail"]
    assert shop.cell("INV-1", "action") == ""


def test_what_a_person_does_to_cells_that_we_wrote_over_stays(shop: Office) -> None:
    for number in (3, 4):
        shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
    put(shop, 9, "Remarks", "by phone", "by mail", "", "by fax")
    for name in ("INV-2", "INV-3"):
        shop.write(name, "action", "clear")  # the last cell before that column
    right_before(shop, write=put_first(shop))

    def act(_number: int, name: str) -> None:
        if name == "write":
            shop.hooks.after = lambda _number, _name: None
            shop.rows[1][10] = "Ask Jo"
            del shop.rows[2][10:], shop.rows[4]

    shop.hooks.after = act
    assert not shop.sync().warnings
    assert [row[10] for row in shop.rows] == ["Remarks", "Ask Jo", "", ""]
    assert shop.status("INV-2") == "Draft ready: friendly (2 of 5)"


def test_an_action_that_a_person_empties_themselves_stays_empty(shop: Office) -> None:
    shop.write("INV-2", "action", "clear")
    shop.sync()
    assert shop.cell("INV-2", "action") == "clear", "there is no answer to be cleared"
    shop.write("INV-1", "action", "redo")
    right_before(shop, write=lambda: shop.write("INV-2", "action", ""))
    shop.sync()
    assert shop.cell("INV-2", "action") == ""


@pytest.mark.parametrize("field", ["invoice", "action", "reminder_note"])
def test_a_column_that_is_renamed_in_that_moment_stops_nobody(shop: Office, field: str) -> None:
    shop.sync()
    shop.write("INV-1", "action", "redo")
    place = column(shop, field)

    def rename() -> None:
        shop.rows[0][place] = "Something else"

    right_before(shop, write=rename)
    shop.sync()
    assert len(shop.drafts()) == 2
