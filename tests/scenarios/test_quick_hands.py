"""A person is quicker than the run: it looks once more before it fills or deletes a draft, and concludes nothing hastily."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from office import Office, office

from sheetsdun.errors import Unreachable
from sheetsdun.ports import NoAnswer
from sheetsdun.sync import routine, withdrawing


def send_under_another_subject(shop: Office) -> str:
    """Another subject is another conversation; and search does not find it yet."""
    ((draft_id, to),) = shop.drafts()
    old = shop.mailbox.all[shop.mailbox.draft_ids[draft_id]].mail()
    new = EmailMessage()
    new["Subject"], new["To"] = "Shall we talk?", to
    new.set_content(old.text)
    shop.mailbox.edit(draft_id, new.as_bytes())
    message = shop.mailbox.send_by_hand(draft_id)
    shop.mailbox.unsearchable.add(message)
    return message


def at_the_last_look(shop: Office, act: Callable[[], object]) -> list[object]:
    """Let somebody act right before the run looks for the last time; what came of it."""
    done: list[object] = []

    def before(_number: int, name: str) -> None:
        if name == "look" and not done:
            done.append(act())

    shop.hooks.before = before
    return done


def test_a_draft_that_is_edited_while_it_is_taken_back_stays() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.write("INV-1", "amount", 150)
    ((draft_id, _),) = shop.drafts()
    done = at_the_last_look(shop, lambda: shop.edit_draft(draft_id, "Shall we talk?", subject="Your invoice"))
    shop.sync()
    assert done
    assert shop.status("INV-1") == "Draft ready, edited: friendly (2 of 5)"
    edited = shop.mailbox.all[shop.mailbox.draft_ids[draft_id]]
    (letter,) = shop.history.letters.values()
    assert (letter.message_id, letter.thread_id) == (edited.id, edited.thread_id), "another conversation"
    shop.sync(take_over=True)
    ((still, _),) = shop.drafts()
    assert still == draft_id
    assert "Shall we talk?" in shop.mailbox.all[shop.mailbox.draft_ids[draft_id]].text
    assert shop.status("INV-1") == "Draft ready, edited: friendly (2 of 5)"


def test_however_many_drafts_are_taken_back_all_are_written_anew_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(withdrawing, "BATCH", 1)
    shop = office()
    for number in (1, 2):
        shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
    shop.sync()
    for number in (1, 2):
        shop.write(f"INV-{number}", "amount", 150)
    shop.sync()
    assert sorted(to for _, to in shop.drafts()) == ["c1@x.example", "c2@x.example"]


@pytest.mark.parametrize(
    "typed",
    ["Subject: x\r\n\r\nShall we talk?", "Subject: x\r\nTo: ap@weber.example\r\n\r\n"],
    ids=["text", "to"],
)
def test_a_shell_that_somebody_has_typed_into_is_not_filled(typed: str) -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    done = at_the_last_look(shop, lambda: shop.mailbox.edit(shop.drafts()[0][0], typed.encode()))
    outcome = shop.sync()
    assert done
    assert [each.note for each in outcome.letters.values()] == ["A person was quicker; left as it is."]
    assert shop.status("INV-1") == "Draft ready, edited: friendly (2 of 5)"
    shop.sync(take_over=True)
    ((draft_id, _),) = shop.drafts()
    assert shop.mailbox.written[shop.mailbox.draft_ids[draft_id]] == typed.encode()
    assert shop.status("INV-1") == "Draft ready, edited: friendly (2 of 5)"


def test_a_draft_that_is_thrown_into_the_bin_while_it_is_taken_back_may_be_fished_out_of_it() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.write("INV-1", "paid", 100)
    ((draft_id, _),) = shop.drafts()
    done = at_the_last_look(shop, lambda: shop.mailbox.bin(draft_id))
    shop.sync()
    assert done == [None]
    assert draft_id in shop.mailbox.draft_ids


def test_a_shell_that_somebody_has_deleted_is_not_filled() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    done = at_the_last_look(shop, lambda: shop.mailbox.discard(shop.drafts()[0][0]))
    shop.sync()
    assert done
    assert not shop.drafts()
    assert shop.status("INV-1") == "Draft begun: friendly (2 of 5)"
    shop.sync()
    assert shop.status("INV-1") == "Draft is gone, checking"


def test_a_draft_sent_while_it_was_taken_back_is_found_by_what_went_out_however_long_search_lags() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.write("INV-1", "amount", 150)
    at_the_last_look(shop, lambda: send_under_another_subject(shop))
    shop.sync()
    shop.hooks.calls.clear()
    shop.sync(take_over=True)
    assert shop.status("INV-1") == "Sent by hand on 2 Mar"
    assert shop.hooks.calls.count("messages") == 1
    shop.time += dt.timedelta(3)
    shop.sync()
    assert not shop.drafts()


def not_taken_back(shop: Office) -> str:
    """A draft that is stale and that Gmail would not delete; its id."""
    shop.add("INV-1", due=-4)
    shop.sync()
    ((draft, _),) = shop.drafts()
    shop.write("INV-1", "amount", 150)
    shop.hooks.refuse = lambda name, _place: NoAnswer("no answer") if name == "delete" else None
    shop.sync()
    shop.hooks.refuse = lambda _name, _place: None
    return draft


@pytest.mark.parametrize(
    ("to", "status"),
    [
        ("ap@weber.example", "Uncertain: look in Sent, then choose redo or skip"),
        ("friend@x.example", "Draft ready: friendly (2 of 5)"),
    ],
    ids=["to the debtor", "to somebody else"],
)
def test_a_draft_that_could_not_be_taken_back_may_have_been_sent_in_other_words(to: str, status: str) -> None:
    shop = office()
    draft = not_taken_back(shop)
    send_in_other_words(shop, draft, to)
    for _ in range(3):
        shop.sync(take_over=True)
        shop.time += dt.timedelta(hours=2)
    assert shop.status("INV-1") == status


def send_in_other_words(shop: Office, draft: str, to: str) -> None:
    """No word of ours is left, the reference neither."""
    mail = EmailMessage()
    mail["Subject"], mail["To"] = "Shall we talk?", to
    mail.set_content("Dear Ms Weber, shall we talk?")
    shop.mailbox.edit(draft, mail.as_bytes())
    shop.mailbox.send_by_hand(draft)


def test_another_letter_of_ours_to_the_debtor_leaves_nothing_uncertain() -> None:
    shop = office(min_gap_days=0)
    shop.add("INV-1", due=-4)
    shop.add("INV-2", due=3)
    shop.sync()
    upcoming, overdue = sorted(shop.history.letters.values(), key=lambda each: each.kind, reverse=True)
    shop.write("INV-1", "amount", 150)
    shop.hooks.lose = lambda name, _place: NoAnswer("no answer") if name == "delete" else None
    shop.sync()
    shop.hooks.lose = lambda _name, _place: None
    assert overdue.draft_id not in shop.mailbox.draft_ids
    shop.mailbox.send_by_hand(upcoming.draft_id)
    for _ in range(3):
        shop.sync(take_over=True)
        shop.time += dt.timedelta(hours=2)
    assert shop.status("INV-1") == "Draft ready: friendly (2 of 5)"


@pytest.mark.parametrize("act", ["a file", "emptied"])
def test_a_draft_that_could_not_be_taken_back_is_a_persons_once_they_have_touched_it(act: str) -> None:
    shop = office()
    draft = not_taken_back(shop)
    if act == "a file":
        shop.attach(draft, "plan of payments.pdf")
    else:
        shop.mailbox.edit(draft, b"Subject: x\r\n\r\n")
    for _ in range(2):
        shop.sync(take_over=True)
    assert [each for each, _ in shop.drafts()] == [draft]
    assert shop.status("INV-1") == "Draft ready, edited: friendly (2 of 5)"


@pytest.mark.parametrize("many", [False, True], ids=["few events", "many events"])
@pytest.mark.parametrize("call", ["news", "drafts", "profile", "create"])
def test_what_is_sent_while_a_run_works_is_told_to_it_or_to_the_next(
    call: str, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if many:  # such a run looks once more for answers before it ends
        monkeypatch.setattr(routine, "MANY", range(1, 100))
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.add("INV-2", due=-4, customer="Adler", email="ap@adler.example")
    done: list[str] = []

    def before(_number: int, name: str) -> None:
        if name == call and not done:
            done.append(send_under_another_subject(shop))

    shop.hooks.before = before
    shop.sync()
    assert done
    shop.sync()
    assert shop.status("INV-1") == "Sent by hand on 2 Mar"


def test_a_letter_that_is_lost_is_not_looked_for_among_what_goes_out_day_by_day() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    ((draft, _),) = shop.drafts()
    shop.mailbox.discard(draft)
    shop.sync()
    shop.time += dt.timedelta(hours=1)
    shop.sync()
    assert shop.status("INV-1").startswith("Draft deleted")
    mail = EmailMessage()
    mail["Subject"], mail["To"] = "Lunch", "friend@x.example"
    shop.mailbox.edit("own", mail.as_bytes())
    shop.mailbox.send_by_hand("own")
    shop.hooks.calls.clear()
    shop.sync()
    assert "messages" not in shop.hooks.calls


def test_a_draft_that_vanished_while_it_was_taken_back_is_looked_for_twice() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.write("INV-1", "amount", 150)
    sent = at_the_last_look(shop, lambda: send_under_another_subject(shop))
    shop.sync()
    assert sent
    shop.mailbox.oldest = 10**9  # Gmail has forgotten what went out since
    for minutes in (10, 20, 25):
        shop.time += dt.timedelta(minutes=minutes)
        shop.sync(take_over=True)
        assert not shop.drafts()
        assert shop.status("INV-1") == "Draft is being taken back"
    shop.mailbox.unsearchable.clear()
    shop.time += dt.timedelta(minutes=20)
    shop.sync(take_over=True)
    assert not shop.drafts()
    assert shop.status("INV-1").startswith("Sent by hand")
    assert len(shop.sent()) == 1


@pytest.mark.parametrize("trouble", ["nothing is pending", "Gmail does not answer"])
def test_the_last_look_of_a_run_that_did_much_stops_nobody(
    trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routine, "MANY", range(1, 100))
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.write("INV-1", "amount", 150)
    looks: list[str] = []

    def before(_number: int, name: str) -> None:
        looks.extend([name] if name == "news" else [])
        if name == "news" and len(looks) == 2 and trouble != "nothing is pending":
            raise Unreachable("Gmail cannot be reached.")

    shop.hooks.before = before
    shop.hooks.refuse = lambda name, _place: NoAnswer("no answer") if name == "delete" else None
    shop.sync()
    assert len(looks) == 2
    assert shop.status("INV-1") == "Draft is being taken back"
