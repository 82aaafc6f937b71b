"""What would make a careful person stop and ask stops the run, before it touches anything."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from doubles import sheet
from office import Office, office

from sheetsdun.errors import LeaseHeld, Refused, Unreachable
from sheetsdun.ports import Link, Outgoing
from sheetsdun.sync.guards import Accept
from sheetsdun.sync.settings import Tabs


def running() -> Office:
    """Seven customers, and a draft for each."""
    shop = office(tabs=Tabs(payments="Payments"))
    shop.sheet.grids["Payments"] = [["Invoice", "Amount"]]
    for number in range(7):
        shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
    shop.sync()
    return shop


def most_rows_gone(shop: Office) -> None:
    del shop.rows[3:]


def day_runs_backwards(shop: Office) -> None:
    shop.pass_days(-2)


def another_mailbox(shop: Office) -> None:
    shop.mailbox.address = "other@example.com"
    shop.add("INV-9", due=-4, customer="New", email="n@x.example")


def credentials_of_another(shop: Office) -> None:
    shop.desk = replace(shop.desk, settings=replace(shop.desk.settings, mailbox="boss@example.com"))
    shop.add("INV-9", due=-4, customer="New", email="n@x.example")


def the_team_has_moved(shop: Office) -> None:
    credentials_of_another(shop)
    shop.mailbox.address, shop.mailbox.aliases = "boss@example.com", ["ar@example.com"]


def a_letter_with_our_label_that_the_log_does_not_know(shop: Office) -> None:
    unknown = shop.mailbox.receive(b"Subject: A letter of the old log\r\n\r\n")
    shop.mailbox.mark([unknown], "Sheetsdun/Receivables")
    shop.add("INV-9", due=-4, customer="New", email="n@x.example")


def a_copy(shop: Office) -> None:
    shop.sheet.spreadsheet_id = "copy-of-sheet"


def log_shrunk(shop: Office) -> None:
    del shop.sheet.grids["Reminder log"][-3:]


def log_emptied(shop: Office) -> None:
    del shop.sheet.grids["Reminder log"][1:]
    shop.sheet.chain_.clear()


def most_drafts_gone(shop: Office) -> None:
    for draft_id, _ in shop.drafts()[1:]:
        shop.mailbox.discard(draft_id)


def too_many_letters(shop: Office) -> None:
    for number in range(10, 10 + 201):
        shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")


def a_tab_renamed(shop: Office) -> None:
    shop.sheet.grids["Zahlungen"] = shop.sheet.grids.pop("Payments")


CASES = [
    (a_tab_renamed, Accept.TABS, "Payments"),
    (most_rows_gone, Accept.ROWS, "2 invoices; at the last run it had 7"),
    (day_runs_backwards, Accept.DAY, "has already seen 2026-03-02"),
    (another_mailbox, Accept.MAILBOX, "other@example.com"),
    (credentials_of_another, Accept.MAILBOX, "boss@example.com"),
    (the_team_has_moved, Accept.MAILBOX, "log was written with the mailbox ar@example.com"),
    (a_letter_with_our_label_that_the_log_does_not_know, Accept.LOG, "1 letters sent for this spreadsheet"),
    (a_copy, Accept.COPY, "is a copy"),
    (log_shrunk, Accept.LOG, "events"),
    (log_emptied, Accept.LOG, "7 drafts"),
    (most_drafts_gone, Accept.DRAFTS, "6 of 7 open drafts are gone"),
    (too_many_letters, Accept.LETTERS, "201 letters"),
]


@pytest.mark.parametrize(("strange", "word", "said"), CASES, ids=[case[0].__name__ for case in CASES])
def test_the_strange_is_refused_and_nothing_is_touched(
    strange: Callable[[Office], None], word: Accept, said: str
) -> None:
    shop = running()
    strange(shop)
    before = _everything(shop)
    with pytest.raises(Refused, match=said) as refusal:
        shop.sync()
    assert refusal.value.exit_code == 3
    assert f"--accept {word}" in refusal.value.way_out
    assert _everything(shop) == before


@pytest.mark.parametrize(("strange", "word", "said"), CASES, ids=[case[0].__name__ for case in CASES])
def test_a_person_who_knows_may_go_on(strange: Callable[[Office], None], word: Accept, said: str) -> None:
    shop = running()
    strange(shop)
    # A clock that was set back takes the last run's lease for a present one.
    shop.sync(accept=[word], take_over=strange is day_runs_backwards)


def test_an_unknown_draft_beside_one_that_was_given_another_subject_is_seen() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    ((draft_id, _),) = shop.drafts()
    shop.edit_draft(draft_id, "Shall we talk?", subject="Your invoice")  # another conversation
    edited = shop.mailbox.all[shop.mailbox.draft_ids[draft_id]]
    words = f"Subject: Your invoice\r\nIn-Reply-To: {edited.rfc_id}\r\n\r\nPlease pay."
    ours = f"X-Sheetsdun-Key: SD-ZZZZZZ sheet-1\r\n{words}"
    shop.mailbox.create([Outgoing(ours.encode(), edited.thread_id)])
    with pytest.raises(Refused, match="has a draft of this spreadsheet's that the log does not know"):
        shop.sync()


def test_a_log_without_its_tab_is_refused() -> None:
    shop = running()
    del shop.sheet.grids["Reminder log"]
    with pytest.raises(Refused, match="has no tab"):
        shop.sync()


def test_a_log_column_that_is_gone_is_refused() -> None:
    shop = running()
    shop.sheet.grids["Reminder log"][0][3] = "Something else"
    with pytest.raises(Refused, match="Effective"):
        shop.sync()


def test_a_row_of_the_log_that_was_edited_is_refused() -> None:
    shop = running()
    shop.sheet.grids["Reminder log"][3][0] = "99"
    with pytest.raises(Refused, match="damaged at event 3"):
        shop.sync()


def test_a_damaged_log_cannot_be_accepted_only_recovered() -> None:
    shop = running()
    shop.sheet.grids["Reminder log"][3][0] = "99"
    with pytest.raises(Refused, match="damaged"):
        shop.sync(accept=[Accept.LOG])


def test_an_identical_copy_of_a_row_of_the_log_changes_nothing() -> None:
    shop = running()
    log = shop.sheet.grids["Reminder log"]
    log.append(list(log[-1]))
    shop.add("INV-9", due=-4, customer="New", email="n@x.example")
    shop.sync()
    assert shop.history.broken is None
    assert shop.status("INV-9") == "Draft ready: friendly (2 of 5)"
    shop.sync()


def test_a_needed_column_that_is_missing_is_refused() -> None:
    shop = running()
    shop.rows[0][shop.rows[0].index("Amount")] = "Sum total"
    with pytest.raises(Refused, match="Amount"):
        shop.sync()


def test_while_another_run_is_at_work_nothing_is_touched() -> None:
    shop = running()
    shop.add("INV-9", due=-4, customer="New", email="n@x.example")
    _dies_with_the_lease(shop)
    before = _everything(shop)
    shop.hooks.calls.clear()
    with pytest.raises(LeaseHeld):
        shop.sync()
    assert _everything(shop) == before
    assert "profile" not in shop.hooks.calls, "what the other run does there might look strange"
    shop.sync(take_over=True)
    assert shop.status("INV-9") == "Draft ready: friendly (2 of 5)"


def _dies_with_the_lease(shop: Office) -> None:
    """A run is killed after its first write: it cannot even let go of the lease."""
    dead: list[int] = []

    def killed(_number: int, name: str) -> None:
        if dead or name == "fill":
            dead.append(1)
            raise KeyboardInterrupt

    shop.hooks.before = killed
    with contextlib.suppress(KeyboardInterrupt):
        shop.sync()
    shop.hooks.before = lambda _number, _name: None


def test_a_run_that_loses_the_lease_on_the_way_stops_and_leaves_only_litter() -> None:
    shop = running()
    shop.add("INV-9", due=-4, customer="New", email="n@x.example")
    done: list[int] = []

    def other_run(_number: int, name: str) -> None:
        if name == "create" and not done:
            done.append(1)
            shop.sync(take_over=True)

    shop.hooks.after = other_run
    with pytest.raises(LeaseHeld):
        shop.sync()
    shop.hooks.after = lambda _number, _name: None
    shop.time += dt.timedelta(hours=1)
    shop.sync(take_over=True)
    assert sorted(recipients for _, recipients in shop.drafts()) == sorted(
        [f"c{number}@x.example" for number in range(7)] + ["n@x.example"]
    )


def _everything(shop: Office) -> tuple[object, ...]:
    return (
        {tab: [list(row) for row in rows] for tab, rows in shop.sheet.grids.items()},
        dict(shop.sheet.chain_),
        dict(shop.mailbox.draft_ids),
    )


def fill_the_chain(shop: Office, age: dt.timedelta) -> None:
    for number in range(1, 1651):
        shop.sheet.chain_[number] = Link(number, "older", shop.time - age, 0, free=True)


def test_a_chain_without_room_for_another_write_stops_the_run() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    fill_the_chain(shop, dt.timedelta(6))
    with pytest.raises(Refused, match="too many writes"):
        shop.sync()


def test_a_chain_that_is_full_of_what_can_be_pruned_stops_nobody() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    fill_the_chain(shop, dt.timedelta(8))
    shop.sync()
    assert shop.drafts()
    assert len(shop.sheet.chain_) < 1600


def test_a_spreadsheet_without_room_for_the_log_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    monkeypatch.setattr(sheet, "MOST_CELLS", sum(map(len, shop.rows)) + 50)
    with pytest.raises(Refused, match="nearly full"):
        shop.sync()
    assert not shop.mailbox.all


def test_a_tab_of_few_rows_may_empty_itself_without_a_word() -> None:
    shop = office()
    for number in range(4):
        shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
    shop.sync()
    del shop.rows[2:]
    shop.sync()
    assert len(shop.drafts()) == 1


def test_of_few_drafts_most_may_be_deleted_without_a_word() -> None:
    shop = office()
    for number in range(4):
        shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
    shop.sync()
    most_drafts_gone(shop)
    shop.sync()
    assert len(shop.drafts()) == 1


def test_drafts_that_a_person_sends_are_not_gone_and_hide_none_that_are() -> None:
    shop = office(max_letters=11)
    for number in range(11):
        shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
    shop.sync()
    for draft_id, _ in shop.drafts()[:6]:
        shop.mailbox.send_by_hand(draft_id)
    shop.sync()
    most_drafts_gone(shop)
    with pytest.raises(Refused, match="4 of 5 open drafts are gone"):
        shop.sync()


@pytest.mark.parametrize("act", [Office.sync, Office.plan], ids=["sync", "plan"])
def test_what_another_run_takes_back_meanwhile_is_not_strange(act: Callable[[Office], object]) -> None:
    shop = running()
    for number in range(7):
        shop.write(f"INV-{number}", "paid", 100)
    began: list[str] = []

    def before(_number: int, name: str) -> None:
        if name == "drafts" and not began:
            began.append(name)
            shop.sync()

    shop.hooks.before = before
    with pytest.raises(LeaseHeld):
        act(shop)
    assert not shop.drafts()


def test_what_another_run_sends_meanwhile_is_not_strange() -> None:
    shop = running()
    shop.add("INV-9", due=-4, customer="New", email="n@x.example", escalation="auto")
    began: list[str] = []

    def before(_number: int, name: str) -> None:
        if name == "profile" and not began:
            began.append(name)
            shop.sync()

    shop.hooks.before = before
    with pytest.raises(LeaseHeld):
        shop.sync()
    assert len(shop.sent()) == 1


def test_an_unknown_draft_that_somebody_has_edited_since_is_seen_before_anything_is_written() -> None:
    shop = running()
    for text in ("Please pay.", "Please pay soon."):
        ours = f"Subject: Your invoice\r\nX-Sheetsdun-Key: SD-ZZZZZZ sheet-1\r\n\r\n{text}"
        shop.mailbox.edit("lost", ours.encode())
    shop.add("INV-9", due=-4, customer="New", email="n@x.example")
    with pytest.raises(Refused, match="has a draft of this spreadsheet's that the log does not know"):
        shop.sync()


def test_a_run_that_google_stops_lets_go_of_the_lease_and_writes_down_what_it_has_done() -> None:
    shop = running()
    shop.add("INV-9", due=-4, customer="New", email="n@x.example", escalation="auto")

    def before(_number: int, name: str) -> None:
        if name == "reread":
            raise Unreachable("Google cannot be reached.")

    shop.hooks.before = before
    with pytest.raises(Unreachable):
        shop.sync()
    shop.hooks.before = lambda _number, _name: None
    assert shop.sheet.chain()[-1].free
    shop.sync()
    assert shop.status("INV-9") == "Sent on 2 Mar"


def test_a_column_that_somebody_puts_into_the_log_stays_theirs() -> None:
    shop = running()
    for place, row in enumerate(shop.sheet.grids["Reminder log"]):
        row.insert(3, "" if place else "Remarks")
    shop.add("INV-9", due=-4, customer="New", email="n@x.example")
    shop.sync()
    assert {row[3] for row in shop.sheet.grids["Reminder log"][1:]} == {""}
    shop.sync()
    assert shop.status("INV-9") == "Draft ready: friendly (2 of 5)"
