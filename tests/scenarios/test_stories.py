"""Stories that an accountant can read, played through whole runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from embedded.google import EmbeddedGoogle
from story.player import Player, tabs
from story.reader import Mistake, read
from story.stage import InMemory, on_google

STORIES = Path(__file__).parents[1] / "stories"
ALL = sorted(path.stem for path in STORIES.glob("*.md") if path.stem != "README")
ON_GOOGLE = ("partial-payments", "a-draft-left-open")


def story(name):
    return read(STORIES / f"{name}.md")


@pytest.mark.parametrize("name", ALL)
def test_story(name):
    told = story(name)
    assert Player(told, InMemory(tabs(told))).play() == []


@pytest.mark.parametrize("name", ON_GOOGLE)
def test_on_the_embedded_google(name, tmp_path):
    told = story(name)
    with EmbeddedGoogle(tmp_path) as google, on_google(google, tabs(told)) as stage:
        assert Player(told, stage).play() == []


GOOD = """\
# A story

> About nothing much.

## Invoices

| Invoice | Customer | Email | Amount | Due |
|---|---|---|---|---|
| INV-1 | Weber KG | ap@weber.example | 100 | 27 Feb 2026 |

## Mon 2 Mar 2026

Then

- A draft to ap@weber.example: friendly for INV-1, 100.00 EUR
- INV-1: Draft ready: friendly (2 of 5)
"""


def written(tmp_path, text):
    path = tmp_path / "story.md"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("Mon 2 Mar", "Tue 2 Mar", "line 11: 2 Mar 2026 is a Mon"),
        ("2 Mar 2026", "2 March 2026", "line 11: “2 March 2026” is no date"),
        ("Then", "Than", "line 13: what is this? Than"),
        ("> About", "About", "line 3: what is this? About nothing much."),
        ("- A draft to", "- A draught about", "line 15: there is no invoice A draught about"),
        ("Then\n", "- INV-1: Payed is now 40\n\nThen\n", "line 13: nobody knows how to do this: INV-1: Payed"),
        ("## Invoices", "- Calender: every day\n\n## Invoices", "line 5: there is no setting “Calender”"),
        ("| 27 Feb 2026 |", "|", "line 9: this row does not belong to the table's header"),
    ],
)  # fmt: skip
def test_what_a_story_says_must_be_understood(tmp_path, old, new, wrong):
    with pytest.raises(Mistake) as told:
        read(written(tmp_path, GOOD.replace(old, new, 1)))
    assert wrong in str(told.value)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("friendly for INV-1", "reminder for INV-1", "line 11, Mon 02 Mar: did not come: A draft to ap@weber.example: rem"),
        ("100.00 EUR", "99.00 EUR", "came untold: A draft to ap@weber.example: friendly for INV-1, 100.00 EUR"),
        ("- A draft to ap@weber.example: friendly for INV-1, 100.00 EUR\n", "- Nothing new\n", "came untold"),
        ("Draft ready: friendly (2 of 5)", "Paid", "line 16: INV-1 reads “Draft ready: friendly (2 of 5)”"),
        ("- INV-1: Draft", "- The draft about INV-1 says “thunder”\n- INV-1: Draft", "line 16: the letter says: Hello"),
    ],
)  # fmt: skip
def test_what_comes_out_differently_is_told(tmp_path, old, new, wrong):
    told = read(written(tmp_path, GOOD.replace(old, new, 1)))
    found = Player(told, InMemory(tabs(told))).play()
    assert any(wrong in each for each in found), found


def test_a_letter_on_a_day_of_which_nothing_is_told_is_wrong(tmp_path):
    later = "\n## Mon 16 Mar 2026\n\n- The draft about INV-1 is sent\n\nThen\n\n- Nothing new\n"
    more = "\n## Mon 30 Mar 2026\n\nThen\n\n- Nothing new\n"
    told = read(written(tmp_path, GOOD + later + more))
    (wrong,) = Player(told, InMemory(tabs(told))).play()
    assert wrong.startswith(
        "Mon 23 Mar, of which nothing is told: came untold: A draft to ap@weber.example: reminder"
    )
