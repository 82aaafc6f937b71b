"""The log was deleted or damaged: what is rebuilt, and that nobody gets a letter twice."""

from __future__ import annotations

import datetime as dt
import random
from email.message import EmailMessage
from pathlib import Path

import pytest
from doubles.shelf import MemoryShelf
from office import STEPS, Office, office

from sheetsdun.domain.event import Name
from sheetsdun.domain.history import State
from sheetsdun.errors import LeaseHeld, Refused, Unreachable
from sheetsdun.letters import Templates
from sheetsdun.ports import DraftRef, Link, NoAnswer, Outgoing
from sheetsdun.report.recovered import as_lines
from sheetsdun.sync.recover import Recovery, look, rebuild

LOG = "Reminder log"
UNCERTAIN = "Uncertain: look in Sent, then choose redo or skip"


def recover(shop: Office) -> Recovery:
    found = look(shop.desk)
    if found.needed:
        rebuild(shop.desk, found, MemoryShelf(shop.sheet))
    return found


def lose(shop: Office, *names: str) -> None:
    """Delete the log's rows of these events; without names, all of its tab."""
    if not names:
        del shop.sheet.grids[LOG]
        return
    rows = shop.sheet.grids[LOG]
    rows[1:] = [row for row in rows[1:] if row[5] not in names]


def forget(shop: Office) -> None:
    """Wipe the status columns."""
    for row in shop.rows[1:]:
        row[9:] = [""] * 6


def levels(shop: Office, invoice: str = "INV-1") -> list[str]:
    return [done.level for done in shop.history.of(invoice).completions]


def sent_office(**fields: object) -> Office:
    """One invoice whose second level was sent by hand on 4 March, and the sheet knows it."""
    shop = office()
    shop.add("INV-1", due=-4, **fields)
    shop.sync()
    shop.pass_days(2)
    shop.mailbox.send_by_hand(shop.drafts()[0][0])
    shop.sync()
    assert shop.status("INV-1") == "Sent by hand on 4 Mar"
    return shop


def test_sheet_and_mailbox_together_tell_the_level_of_a_letter_that_went() -> None:
    shop = sent_office()
    before = [list(row) for row in shop.rows], shop.history.letters.keys()
    lose(shop)
    recover(shop)
    shop.sync()
    assert ([list(row) for row in shop.rows], shop.history.letters.keys()) == before
    assert levels(shop) == ["friendly"]


def test_the_ladder_goes_on_where_it_was() -> None:
    shop, other = sent_office(), sent_office()
    lose(shop)
    recover(shop)
    for each in (shop, other):
        each.pass_days(7)
        each.sync()
    assert shop.status("INV-1") == other.status("INV-1") == "Draft ready: reminder (3 of 5)"
    assert len(shop.drafts()) == 1


def test_what_went_since_the_last_sync_is_known_by_its_draft_link() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.mailbox.send_by_hand(shop.drafts()[0][0])
    lose(shop)
    recover(shop)
    shop.sync()
    assert shop.status("INV-1") == "Sent by hand on 2 Mar"
    assert not shop.drafts()


def test_a_draft_that_is_still_there_is_known_and_left_alone() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    drafts = shop.drafts()
    lose(shop)
    recover(shop)
    shop.sync()
    assert shop.drafts() == drafts
    assert shop.status("INV-1") == "Draft ready, edited: friendly (2 of 5)"
    shop.mailbox.send_by_hand(drafts[0][0])
    shop.sync()
    assert levels(shop)[-1] == "friendly"


def test_without_the_status_columns_nobody_can_tell_the_level_and_a_person_must_look() -> None:
    shop = sent_office()
    lose(shop)
    forget(shop)
    recover(shop)
    for _ in range(30):
        shop.sync()
        shop.pass_days(1)
    assert not shop.drafts()
    assert len(shop.sent()) == 1
    assert shop.status("INV-1") == UNCERTAIN
    shop.write("INV-1", "action", "skip")
    shop.sync()
    shop.pass_days(30)
    shop.sync()
    assert shop.status("INV-1") == "Draft ready: reminder (3 of 5)"


@pytest.mark.parametrize("field", ["reminder_status", "reminder_level"])
def test_a_row_that_is_wiped_in_part_is_not_believed(field: str) -> None:
    shop = sent_office()
    lose(shop)
    shop.write("INV-1", field, "")
    recover(shop)
    shop.sync()
    assert shop.status("INV-1") == UNCERTAIN
    assert not shop.drafts()


def test_the_level_is_taken_to_be_no_higher_than_the_letters_are_many() -> None:
    shop = office()
    shop.add("INV-1", due=-60)
    for _ in range(2):
        shop.sync()
        shop.mailbox.send_by_hand(shop.drafts()[0][0])
        shop.sync()
        shop.pass_days(7)
    lose(shop)
    forget(shop)
    (memory,) = recover(shop).memories
    assert memory.doubt
    assert memory.doubt.rung
    assert memory.doubt.rung.level.name == levels_of_doubt(shop) == "reminder"


def levels_of_doubt(shop: Office) -> str:
    (letter,) = (each for each in shop.history.letters.values() if each.state is State.UNCERTAIN)
    return letter.climbed[0].level


def test_so_must_they_for_a_draft_that_is_found_nowhere() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.mailbox.discard(shop.drafts()[0][0])
    lose(shop)
    recover(shop)
    shop.sync()
    assert shop.status("INV-1") == UNCERTAIN
    assert not shop.drafts()


def test_a_level_without_a_letter_counts_as_done_since_the_sheet_says_so() -> None:
    shop = sent_office()
    message = next(iter(shop.mailbox.all))
    del shop.mailbox.all[message]
    lose(shop)
    recover(shop)
    assert levels(shop) == ["friendly"]
    shop.sync()
    assert not shop.drafts()


def test_what_is_left_of_the_log_is_kept_and_numbered_anew() -> None:
    shop = sent_office()
    kept = len(shop.sheet.grids[LOG]) - 1
    lose(shop, Name.OPENED, Name.RUN)
    found = recover(shop)
    assert found.left.missing
    assert shop.history.broken is None
    assert shop.history.count == kept - 3 + 1 == shop.sheet.chain_[max(shop.sheet.chain_)].events
    shop.sync()
    assert shop.status("INV-1") == "Sent by hand on 4 Mar"
    damaged = [title for title in shop.sheet.grids if "damaged" in title]
    assert damaged == ["Reminder log (damaged 4 Mar 2026)"]


def test_rows_that_are_no_events_any_more_are_left_behind() -> None:
    shop = sent_office()
    shop.sheet.grids[LOG][3][0] = "three"
    found = recover(shop)
    assert found.left.unreadable == (4,)
    assert shop.history.broken is None
    shop.sync()
    assert len(shop.sent()) == 1


def test_a_letter_whose_row_for_one_invoice_was_lost_is_not_sent_to_it_again() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto")
    shop.add("INV-2", due=-4, escalation="auto")
    shop.sync()
    assert len(shop.sent()) == 1
    rows = shop.sheet.grids[LOG]
    rows[1:] = [row for row in rows[1:] if row[8] != "INV-2"]
    recover(shop)
    assert levels(shop, "INV-2") == ["friendly"]
    rows = shop.sheet.grids[LOG]
    rows[1:] = [row for row in rows[1:] if row[8] != "INV-2"]
    forget(shop)
    recover(shop)
    shop.sync()
    assert len(shop.sent()) == 1
    assert shop.status("INV-2") == UNCERTAIN


def test_an_invoice_that_is_only_listed_keeps_its_own_level() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto")
    shop.sync()
    shop.pass_days(6)
    shop.add("INV-2", due=-4, escalation="auto")
    shop.sync()
    assert len(shop.sent()) == 2
    before = levels(shop), levels(shop, "INV-2")
    lose(shop)
    found = recover(shop)
    assert [memory.doubt for memory in found.memories] == [None, None]
    assert (levels(shop), levels(shop, "INV-2")) == before == (["friendly"], ["friendly"])
    assert shop.history.of("INV-1").letters == tuple(shop.history.letters)


@pytest.mark.parametrize("wiped", [False, True])
def test_a_second_recovery_finds_nothing_to_do(wiped: bool) -> None:
    shop = sent_office()
    lose(shop)
    if wiped:
        forget(shop)
    recover(shop)
    links = len(shop.sheet.chain_)
    assert not recover(shop).needed
    assert len(shop.sheet.chain_) == links
    shop.sync()
    assert not recover(shop).needed


@pytest.mark.parametrize("drafted", [False, True])
def test_a_whole_log_is_left_alone(drafted: bool) -> None:
    shop = sent_office()
    shop.pass_days(7 if drafted else 0)
    shop.sync()
    grid = [list(row) for row in shop.sheet.grids[LOG]]
    assert list(as_lines(look(shop.desk)))[-1] == "Nothing is missing."
    assert not recover(shop).needed
    assert shop.sheet.grids[LOG] == grid


def test_where_there_never_was_a_log_setup_is_the_way() -> None:
    shop = office()
    lose(shop)
    with pytest.raises(Refused, match="setup"):
        look(shop.desk)


def test_what_was_sent_before_a_draft_is_not_sent_again_once_the_draft_is_skipped() -> None:
    shop = sent_office()
    shop.pass_days(7)
    shop.sync()
    assert shop.status("INV-1") == "Draft ready: reminder (3 of 5)"
    shop.mailbox.discard(shop.drafts()[0][0])
    lose(shop)
    recover(shop)
    assert levels(shop) == ["friendly"]
    shop.write("INV-1", "action", "redo")
    shop.sync()
    shop.sync()
    assert shop.status("INV-1") == "Draft ready: reminder (3 of 5)"


def test_the_answer_to_the_last_letter_is_not_forgotten() -> None:
    shop = sent_office()
    shop.answer()
    lose(shop)
    recover(shop)
    shop.pass_days(20)
    shop.sync()
    assert str(shop.status("INV-1")).startswith("Ms Weber")
    assert not shop.drafts()


def test_an_answer_that_quotes_our_reference_is_no_letter_of_ours() -> None:
    shop = sent_office()
    (letter,) = shop.history.letters
    shop.answer(text=f"> Ref. {letter}\nWe have paid INV-1.")
    lose(shop)
    assert len(recover(shop).letters) == 1


def test_letters_of_another_spreadsheet_are_none_of_ours() -> None:
    shop, mail = sent_office(), EmailMessage()
    mail["To"], mail["Subject"] = "x@y.example", "Invoice INV-1"
    mail["X-Sheetsdun-Key"] = "SD-222222 another"
    mail.set_content("INV-1\nRef. SD-222222")
    (draft,) = shop.mailbox.create([Outgoing(mail.as_bytes())])
    assert isinstance(draft, DraftRef)
    shop.mailbox.send_by_hand(draft.draft_id)
    lose(shop)
    assert len(recover(shop).letters) == 1


def test_a_letter_that_lost_our_header_is_known_by_reference_and_invoice() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    (letter,) = shop.history.letters
    draft = shop.drafts()[0][0]
    shop.edit_draft(draft, f"Dear Ms Weber, INV-1 is still open. Ref. {letter}")
    shop.mailbox.send_by_hand(draft)
    lose(shop)
    recover(shop)
    shop.sync()
    assert shop.history.letters[letter].state is State.SENT
    assert levels(shop)[-1] == "friendly"


def test_a_letter_that_search_does_not_find_yet_makes_sync_refuse() -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto")
    shop.sync()
    (message,) = shop.mailbox.all
    shop.mailbox.unsearchable.add(message)
    lose(shop)
    forget(shop)
    found = recover(shop)
    assert found.unfound == 1
    with pytest.raises(Refused, match="1 letters sent"):
        shop.sync()
    shop.mailbox.unsearchable.clear()
    recover(shop)
    shop.sync()
    assert len(shop.sent()) == 1
    assert shop.status("INV-1") == UNCERTAIN


def test_a_closed_invoice_needs_nobody_to_look() -> None:
    shop = sent_office()
    lose(shop)
    forget(shop)
    shop.write("INV-1", "paid", 100)
    assert recover(shop).memories[0].doubt is None
    shop.sync()
    assert shop.status("INV-1") == "Paid"


def test_a_run_that_went_on_meanwhile_keeps_its_log() -> None:
    shop = sent_office()
    lose(shop, Name.OPENED)
    found = look(shop.desk)
    number = max(shop.sheet.chain_) + 1
    shop.sheet.chain_[number] = Link(number, "other", shop.time + dt.timedelta(minutes=3), 1)
    grids = {title: [list(row) for row in rows] for title, rows in shop.sheet.grids.items()}
    with pytest.raises(LeaseHeld):
        rebuild(shop.desk, found, MemoryShelf(shop.sheet))
    assert shop.sheet.grids == grids


def test_an_answer_that_never_came_is_looked_for_in_the_chain() -> None:
    shop = sent_office()
    lose(shop)

    def lost(_number: int, name: str) -> None:
        if name == "put_in_place":
            raise NoAnswer("no answer")

    shop.hooks.after = lost
    recover(shop)
    shop.hooks.after = lambda _number, _name: None
    shop.sync()
    assert shop.status("INV-1") == "Sent by hand on 4 Mar"
    assert [title for title in shop.sheet.grids if "new" in title] == []


def test_a_new_log_that_may_be_in_place_is_never_deleted() -> None:
    shop = sent_office()
    lose(shop)

    def lost(_number: int, name: str) -> None:
        if name == "put_in_place":
            raise NoAnswer("no answer")

    def unreachable(_number: int, name: str) -> None:
        if name == "chain":
            raise Unreachable("Google is not there.")

    shop.hooks.before, shop.hooks.after = unreachable, lost
    with pytest.raises(Unreachable):
        recover(shop)
    shop.hooks.before = shop.hooks.after = lambda _number, _name: None
    assert levels(shop) == ["friendly"]


def test_levels_are_completed_in_the_order_of_their_days() -> None:
    shop = sent_office()
    shop.pass_days(7)
    shop.sync()
    shop.mailbox.send_by_hand(shop.drafts()[0][0])
    shop.sync()
    before = shop.status("INV-1"), shop.cell("INV-1", "reminder_level")
    rows = shop.sheet.grids[LOG]
    first = next(row for row in rows if row[5] == Name.SENT)
    rows.remove(first)
    recover(shop)
    shop.sync()
    assert levels(shop) == ["friendly", "reminder"]
    assert (shop.status("INV-1"), shop.cell("INV-1", "reminder_level")) == before


def test_an_answer_to_a_letter_that_is_gone_is_no_letter_either() -> None:
    shop = sent_office()
    (letter,) = shop.history.letters
    shop.answer(text=f"> Ref. {letter}\nWe have paid INV-1.")
    shop.mailbox.all = {name: each for name, each in shop.mailbox.all.items() if "SENT" not in each.labels}
    lose(shop)
    assert not recover(shop).letters


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_lost_nobody_gets_the_same_level_twice(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    shop = office(templates=naming_their_level(tmp_path))
    for number in range(1, 6):
        name = f"c{number if seed % 2 else number // 2}"
        policy = chance.choice(["auto", "standard"])
        due = chance.randint(-30, 5)
        shop.add(f"INV-{number}", due, customer=name, email=f"{name}@x.example", escalation=policy)
    lost = chance.sample(range(1, 40), 2)
    for day in range(45):
        shop.sync()
        if day in lost:
            damage(shop, chance)
            recover(shop)
            assert not look(shop.desk).needed
            shop.sync()
        for draft_id, _ in shop.drafts():
            if chance.random() < 0.3:
                shop.mailbox.send_by_hand(draft_id)
        shop.pass_days(1)
    for number in range(1, 6):
        letters = letters_about(shop, f"INV-{number}")
        assert len(letters) <= len(STEPS)
        # In a letter about several invoices the words are those of the highest level.
        assert len(set(letters)) == len(letters) or not seed % 2


def damage(shop: Office, chance: random.Random) -> None:
    """Some rows of the log are deleted, or edited, or all of it is gone; and status cells are wiped here and there."""
    rows = shop.sheet.grids[LOG]
    match chance.randrange(4):
        case 0:
            lose(shop)
        case 1:
            rows[1:] = [row for row in rows[1:] if chance.random() < 0.5]
        case 2:
            del rows[chance.randint(1, len(rows)) :]
        case 3:
            for row in chance.sample(rows[1:], k=len(rows) // 3):
                row[chance.choice([0, 1, 2, 12])] = "?"
    for row in shop.rows[1:]:
        if chance.random() < 0.3:
            row[9:] = [cell if chance.random() < 0.5 else "" for cell in row[9:]]


def naming_their_level(folder: Path) -> Templates:
    """Templates whose text says of which level it is; a follow-up's subject is that of its thread."""
    (folder / "en").mkdir()
    for level, _ in STEPS:
        words = f'Subject: Invoices\n\nLevel: {level}\n\n{{% include "_invoices.md" %}}\n'
        (folder / "en" / f"{level}.md").write_text(words, encoding="utf-8")
    return Templates(folder)


def letters_about(shop: Office, invoice: str) -> list[str]:
    """The levels of the letters by which the invoice climbs: those with it in their first table."""
    texts = [
        message.mail().text.partition("Also open on your account")[0] for message in shop.mailbox.all.values()
    ]
    return [text.partition("Level: ")[2].split()[0] for text in texts if invoice in text]
