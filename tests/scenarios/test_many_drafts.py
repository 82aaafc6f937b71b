"""Drafts are made many at a time, and one that Gmail refuses is that one's trouble alone."""

from __future__ import annotations

import pytest
from office import Office, office

from sheetsdun.domain.history import State
from sheetsdun.ports import NoAnswer, Rejected
from sheetsdun.sync import drafting
from sheetsdun.sync.outcome import Result
from sheetsdun.sync.prepared import BATCH

TOO_MANY = Rejected("Too many requests", code=429, quota=True)
NO = Rejected("Invalid content", code=400)


def shop_with(letters: int) -> Office:
    shop = office()
    for number in range(letters):
        shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
    return shop


def results(shop: Office) -> list[Result]:
    assert shop.last
    return [each.result for each in shop.last[1].letters.values()]


@pytest.mark.parametrize(("load", "fills"), [(drafting.LOAD, 1), (1, 3)], ids=["small", "large"])
def test_small_letters_are_filled_together_and_large_ones_each_by_itself(
    monkeypatch: pytest.MonkeyPatch, load: int, fills: int
) -> None:
    monkeypatch.setattr(drafting, "LOAD", load)
    shop = shop_with(3)
    shop.sync()
    assert shop.hooks.calls.count("fill") == fills
    assert sorted(to for _, to in shop.drafts()) == [f"c{number}@x.example" for number in range(3)]


def test_a_letter_whose_draft_gmail_will_not_make_has_failed_and_the_others_are_there() -> None:
    shop = shop_with(2)
    shop.hooks.refuse = lambda name, place: NO if (name, place) == ("create", 0) else None
    assert shop.sync().unwell
    assert sorted(results(shop)) == [Result.DRAFTED, Result.FAILED]
    assert [to for _, to in shop.drafts()] == ["c1@x.example"]
    assert [letter.state for letter in shop.history.letters.values()] == [State.FAILED, State.DRAFTED]


def test_a_letter_whose_text_gmail_will_not_take_has_failed_and_its_empty_draft_goes() -> None:
    shop = shop_with(2)
    shop.hooks.refuse = lambda name, place: NO if (name, place) == ("fill", 0) else None
    assert shop.sync().unwell
    assert sorted(results(shop)) == [Result.DRAFTED, Result.FAILED]
    assert [to for _, to in shop.drafts()] == ["c1@x.example"]
    assert [letter.state for letter in shop.history.letters.values()] == [State.FAILED, State.DRAFTED]


@pytest.mark.parametrize("call", ["create", "fill"])
def test_where_gmail_takes_no_more_the_rest_is_left_for_the_next_run(call: str) -> None:
    shop = shop_with(BATCH + 1)
    once = iter([TOO_MANY])
    shop.hooks.refuse = lambda name, _place: next(once, None) if name == call else None
    outcome = shop.sync()
    assert outcome.stopped == "Too many requests"
    assert shop.hooks.calls.count(call) == 1
    assert len([to for _, to in shop.drafts() if to]) == BATCH - 1
    assert outcome.unwell is (call == "fill"), "an empty draft was left behind"
    shop.sync()
    assert sorted(to for _, to in shop.drafts()) == sorted(
        f"c{number}@x.example" for number in range(BATCH + 1)
    )


def test_more_than_are_made_at_once_are_made_all_the_same() -> None:
    shop = shop_with(BATCH + 1)
    assert not shop.sync().stopped
    assert len([to for _, to in shop.drafts() if to]) == BATCH + 1


def test_a_draft_of_which_nobody_knows_whether_it_was_filled_is_told() -> None:
    shop = shop_with(1)
    shop.hooks.lose = lambda name, _place: NoAnswer("lost") if name == "fill" else None
    outcome = shop.sync()
    assert (outcome.stopped, results(shop)) == ("Gmail did not answer.", [Result.UNCERTAIN])
    shop.hooks.lose = lambda _name, _place: None
    shop.sync()
    assert [letter.state for letter in shop.history.letters.values()] == [State.DRAFTED]
