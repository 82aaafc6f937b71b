"""Empty drafts that a run has left behind are swept, and nobody else's draft is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from office import Office, office

from sheetsdun.errors import LeaseHeld
from sheetsdun.ports import Mail, NoAnswer, Outgoing

OWN = b"To: aunt@example.com\r\nSubject: Birthday\r\n\r\nMany happy returns"


@pytest.fixture
def littered() -> Office:
    """A draft for INV-1, and a shell too many."""
    shop = office()
    shop.add("INV-1", due=-4)
    lost = iter([NoAnswer("lost")])
    shop.hooks.lose = lambda name, _place: next(lost, None) if name == "create" else None
    shop.sync()
    assert [to for _, to in shop.drafts()] == ["", "ap@weber.example"]
    return shop


def test_a_run_without_news_sweeps_in_one_write_and_leaves_what_people_write(littered: Office) -> None:
    littered.mailbox.create([Outgoing(OWN)])
    before = len(littered.sheet.chain_)
    littered.sync()
    assert [to for _, to in littered.drafts()] == ["ap@weber.example", "aunt@example.com"]
    assert len(littered.sheet.chain_) == before + 2, "it takes the lease, and lets it go"
    littered.sync()
    assert len(littered.sheet.chain_) == before + 2


def test_a_run_with_news_needs_no_write_for_it(littered: Office) -> None:
    calm = office()
    for shop in (calm, littered):
        if shop is calm:
            shop.add("INV-1", due=-4)
            shop.sync()
        shop.hooks.calls.clear()
        shop.add("INV-2", due=-4, customer="Other", email="o@other.example")
        shop.sync()
    assert littered.hooks.calls.count("append") == calm.hooks.calls.count("append")
    assert [to for _, to in littered.drafts()] == ["ap@weber.example", "o@other.example"]


def test_where_nothing_is_to_be_swept_no_write_is_made_for_it() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    before = len(shop.sheet.chain_)
    shop.write("INV-1", "reminder_status", "wiped")
    shop.sync()
    assert len(shop.sheet.chain_) == before + 1, "the cell alone"


def test_a_shell_is_swept_beside_a_draft_that_is_adopted(littered: Office) -> None:
    (_, (ours, _)) = littered.drafts()
    littered.mailbox.draft_ids["r-new"] = littered.mailbox.draft_ids.pop(ours)
    littered.sync()
    assert littered.drafts() == [("r-new", "ap@weber.example")]


@pytest.mark.parametrize("act", ["types into it", "deletes it"])
def test_a_shell_that_somebody_finds_before_it_is_swept_is_left_to_them(littered: Office, act: str) -> None:
    ((shell, _), _) = littered.drafts()
    looks: list[str] = []

    def meanwhile(_number: int, name: str) -> None:
        looks.extend([name] if name == "look" else [])
        if len(looks) == 2 and shell in littered.mailbox.draft_ids:
            if act == "deletes it":
                littered.mailbox.discard(shell)
            elif littered.mailbox.all[littered.mailbox.draft_ids[shell]].empty:
                littered.mailbox.edit(shell, OWN)

    littered.hooks.before = meanwhile
    littered.sync()
    assert [to for _, to in littered.drafts()] == [
        *(["aunt@example.com"] if act == "types into it" else []),
        "ap@weber.example",
    ]


def test_whoever_made_what_is_swept_cannot_publish_it_any_more() -> None:
    shop = office()
    shop.sync()
    shop.add("INV-1", due=-4)
    swept: list[str] = []

    def other_run(_number: int, name: str) -> None:
        if name == "create" and not swept:
            swept.extend(draft for draft, _ in shop.drafts())
            shop.sync(only=["no letter"])

    shop.hooks.after = other_run
    with pytest.raises(LeaseHeld):
        shop.sync()
    assert swept
    assert not shop.drafts()
    assert not shop.history.letters


def test_what_people_write_is_not_read_by_a_run_without_news() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    (own,) = shop.mailbox.create([Outgoing(OWN)])
    shop.mailbox.edit(own.draft_id, OWN)  # type: ignore[union-attr]  # Gmail took it
    read: list[str] = []
    look = shop.mailbox.look

    def looking(draft_ids: Sequence[str]) -> list[Mail | None]:
        read.extend(draft_ids)
        return look(draft_ids)

    shop.mailbox.look = looking  # type: ignore[method-assign]
    shop.sync()
    assert not read
