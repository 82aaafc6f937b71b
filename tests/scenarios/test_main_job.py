"""The main job, as the people in the office live through it."""

from __future__ import annotations

import datetime as dt

from office import office


def test_a_draft_is_made_for_what_is_due_and_the_sheet_says_so() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.add("INV-2", due=20)
    shop.sync()
    ((_, recipients),) = shop.drafts()
    assert recipients == "ap@weber.example"
    assert shop.status("INV-1") == "Draft ready: friendly (2 of 5)"
    assert shop.status("INV-2") == "Next: courtesy on 19 Mar"


def test_a_second_run_has_nothing_to_do_and_writes_nothing() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    before, links = [list(row) for row in shop.rows], len(shop.sheet.chain_)
    shop.hooks.calls.clear()
    shop.sync()
    assert shop.rows == before
    assert len(shop.sheet.chain_) == links
    assert shop.hooks.calls == ["read", "news", "drafts"]


def test_what_the_reviewer_sends_is_sent_and_the_ladder_goes_on_from_that_day() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.pass_days(2)
    shop.mailbox.send_by_hand(shop.drafts()[0][0])
    shop.sync()
    assert shop.status("INV-1") == "Sent by hand on 4 Mar"
    shop.pass_days(6)
    shop.sync()
    assert not shop.drafts()
    shop.pass_days(1)
    shop.sync()
    assert shop.status("INV-1") == "Draft ready: reminder (3 of 5)"


def test_a_policy_that_sends_climbs_the_ladder_by_itself_each_level_once() -> None:
    shop = office()
    shop.add("INV-1", due=4, escalation="auto")
    for _ in range(45):
        shop.sync()
        shop.pass_days(1)
    assert len(shop.sent()) == 5
    assert not shop.drafts()
    assert shop.status("INV-1") == "All reminders sent"
    assert shop.cell("INV-1", "last_reminder") == dt.date(2026, 4, 5)
    assert [done.level for done in shop.history.of("INV-1").completions] == [
        "courtesy", "friendly", "reminder", "firm", "final",
    ]  # fmt: skip


def test_a_run_about_single_invoices_sends_only_their_letters() -> None:
    shop = office()
    for number in (1, 2):
        shop.add(
            f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example", escalation="auto"
        )
    shop.sync(drafts_only=True)
    shop.sync(only=["INV-2"])
    assert [to for _, to in shop.drafts()] == ["c1@x.example"]
    assert len(shop.sent()) == 1


def test_the_draft_of_an_invoice_that_is_paid_is_taken_back() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.write("INV-1", "paid", 100)
    shop.sync()
    assert not shop.drafts()
    assert shop.status("INV-1") == "Paid"


def test_what_is_written_for_a_redo_counts_as_the_level_of_the_new_round() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.write("INV-1", "action", "redo")
    shop.sync()
    shop.mailbox.send_by_hand(shop.drafts()[0][0])
    for _ in range(2):
        shop.sync()
        assert shop.status("INV-1") == "Sent by hand on 2 Mar"
        assert not shop.drafts()
    assert [part.cycle for part in [*shop.history.letters.values()][-1].parts] == [2]


def test_a_draft_that_somebody_edited_is_never_touched() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    (draft_id, _), *_ = shop.drafts()
    shop.edit_draft(draft_id, "Dear Ms Weber, shall we talk?")
    shop.write("INV-1", "paid", 100)
    shop.sync()
    assert [each for each, _ in shop.drafts()] == [draft_id]
    assert "shall we talk" in shop.mailbox.all[shop.mailbox.draft_ids[draft_id]].content.get_content()


def test_a_draft_that_somebody_deleted_is_not_made_again() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.mailbox.discard(shop.drafts()[0][0])
    shop.sync()
    assert shop.status("INV-1") == "Draft is gone, checking"
    shop.pass_days(1)
    shop.sync()
    assert shop.status("INV-1") == "Draft deleted: choose redo or skip"
    shop.pass_days(60)
    shop.sync()
    assert not shop.drafts()


def test_two_invoices_of_one_debtor_share_a_letter_and_climb_each_its_own_level() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.add("INV-2", due=-5)
    shop.add("INV-3", due=-5, email="other@weber.example")
    shop.sync()
    assert sorted(recipients for _, recipients in shop.drafts()) == [
        "ap@weber.example",
        "other@weber.example",
    ]
    assert shop.status("INV-1") == shop.status("INV-2") == "Draft ready: friendly (2 of 5)"


def test_rows_may_be_sorted_between_runs() -> None:
    shop = office()
    for number in range(1, 6):
        shop.add(f"INV-{number}", due=-4 * number, customer=f"C{number}", email=f"c{number}@x.example")
    shop.sync()
    before = {row[0]: row[9:] for row in shop.rows[1:]}
    shop.rows[1:] = reversed(shop.rows[1:])
    shop.sync()
    assert {row[0]: row[9:] for row in shop.rows[1:]} == before


def test_wiped_status_columns_are_written_again() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    before = list(shop.rows[1])
    shop.rows[1][9:] = [""] * 6
    shop.sync()
    assert shop.rows[1] == before


def test_plan_changes_nothing() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    before = [list(row) for row in shop.rows]
    prepared = shop.plan()
    assert len(prepared.letters) == 1
    assert shop.rows == before
    assert not shop.drafts()
    assert not shop.sheet.chain_


def test_one_bad_row_never_stops_the_others() -> None:
    shop = office()
    shop.add("INV-1", due=-4, amount="#REF!")
    shop.add("INV-2", due=-4, customer="Other", email="o@other.example")
    shop.sync()
    assert len(shop.drafts()) == 1
    assert str(shop.status("INV-1")).startswith("Problem:")


def test_a_run_that_made_many_drafts_leaves_the_next_one_none_of_them_to_read_past() -> None:
    shop = office()
    for number in range(60):
        shop.add(f"INV-{number}", due=-4, email=f"a{number}@b.example")
    shop.sync()
    assert shop.history.history_id == shop.mailbox.profile().history_id


def test_an_answer_that_comes_while_many_drafts_are_made_is_not_passed_over() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto")
    shop.sync()
    for number in range(2, 60):
        shop.add(f"INV-{number}", due=-4, email=f"a{number}@b.example")

    def meanwhile(_number: int, name: str) -> None:
        if name == "fill":
            shop.answer()
            shop.hooks.before = lambda _number, _name: None

    shop.hooks.before = meanwhile
    shop.sync()
    shop.sync()
    assert "answered" in shop.status("INV-1")


def test_a_letter_to_more_people_than_the_log_has_room_for_is_written_once() -> None:
    shop = office()
    many = [f"accounts-payable-{number}@customer-with-many-people.example" for number in range(90)]
    for number in (1, 2):
        shop.add(f"INV-{number}", due=-4, email=", ".join(many))
    shop.add("INV-3", due=-4, email=", ".join([*many[:-1], "somebody@else.example"]))
    for _ in range(3):
        shop.sync()
        assert len(shop.history.letters) == 2, "one for each set of people"
        shop.pass_days(1)
