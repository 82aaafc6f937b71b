"""Between any two calls of a run people sort, insert, move, type, edit, send and delete: nothing of theirs is lost."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
import requests
from embedded.line import Line, Send
from embedded.morning import Morning
from embedded.people import EDITED, IN_A_SHELL, IN_GMAIL, IN_THE_SHEET, Act, hands
from embedded.shop import Shop
from tally import Tally

STRIDE = 18
ACTS = {**IN_THE_SHEET, **IN_GMAIL}


class Meanwhile:
    """One act of somebody's, at one call of a run.

    Attributes:
        hands: What people's cells said right after it.
        too_quick: The call itself changes a draft that was looked at just before the act: nobody can help that.
    """

    def __init__(self, shop: Shop, act: Act) -> None:
        self.hands: dict[str, dict[str, Any]] = {}
        self.too_quick = False
        self._shop = shop
        self._act = act
        self._edited = ""

    def __call__(self, _line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
        self._act.do(self._shop)
        self.hands = hands(self._shop)
        self._edited = next((each.draft for each in self._shop.google.messages() if EDITED in each.text), "")
        body = request.body or b""
        text = body.decode() if isinstance(body, bytes) else str(body)
        changes = "PUT /" in text or "DELETE /" in text or (request.url or "").endswith("/send")
        self.too_quick = bool(self._edited) and changes and self._edited in text
        return send(request)

    def edits_lost(self) -> list[str]:
        """The draft in which a person's words stood, if they stand nowhere any more."""
        kept = any(EDITED in each.text for each in self._shop.google.messages())
        return [self._edited] if self._edited and not kept and not self.too_quick else []


def last_looks(morning: Morning) -> set[int]:
    """Calls that write statuses to places which the call before has read.

    Google has no compare-and-swap on cells: whoever moves a column in that very instant has our statuses in it, until
    they are seen there and what stood there is written back.
    """
    return {
        number
        for number, (before, call) in enumerate(zip(morning.calls, morning.calls[1:], strict=False), 2)
        if call == f"POST {before.removeprefix('GET ')}:batchUpdate"
    }


def chosen(morning: Morning, name: str, soak: float) -> Iterable[int]:
    """Calls at which the act is tried: all, or a few and each last look before statuses are written."""
    instants = last_looks(morning)
    every = range(1, len(morning.calls) + 1)
    stride = round(1 / soak) if soak else STRIDE
    some = {*every[[*ACTS].index(name) % stride :: stride], *(instants if name in IN_THE_SHEET else ())}
    return sorted(some)


def later(shop: Shop) -> list[str]:
    """Two runs, hours apart, and an idle one; what was not right with them."""
    troubles = []
    for _ in range(2):
        shop.google.pass_time(hours=2)
        if (end := shop.sync(take_over=True)).outcome is None:
            troubles.append(str(end))
    shop.google.pass_time(hours=2)
    return troubles if shop.idle() else [*troubles, "The last run was not idle."]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", IN_THE_SHEET)
def test_somebody_works_in_the_sheet(morning: Morning, name: str, soak: float, figures: Tally) -> None:
    act, found = IN_THE_SHEET[name], {}
    for number in chosen(morning, name, soak):
        shop = morning.again()
        meanwhile = Meanwhile(shop, act)
        end = shop.sync(Line(number, meanwhile))
        changed = [each for each in meanwhile.hands if hands(shop).get(each) != meanwhile.hands[each]]
        before = shop.statuses()
        troubles = later(shop)
        wrong = morning.wrong(figures, but=act.mine)
        wrong["human cells"] = [*wrong.get("human cells", ()), *changed]
        figures["edits in the sheet"] += 1
        figures["of them, edits after which the next run wrote statuses anew"] += before != shop.statuses()
        figures.wrong(wrong)
        if any(wrong.values()) or troubles:
            found[number, morning.calls[number - 1], str(end)] = wrong, troubles
    assert not found


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", IN_GMAIL)
def test_the_reviewer_works_in_gmail(morning: Morning, name: str, soak: float, figures: Tally) -> None:
    review(morning, IN_GMAIL[name], chosen(morning, name, soak), figures)


@pytest.mark.timeout(1800)
def test_somebody_writes_into_a_draft_that_is_still_empty(morning: Morning, figures: Tally) -> None:
    creation = next(n for n, (call, after) in enumerate(pairwise(morning.calls)) if _is_opening(call, after))
    review(morning, IN_A_SHELL, range(creation, creation + 6), figures)
    assert figures["of them, edits made in the instant between look and act"] == 1


def _is_opening(call: str, after: str) -> bool:
    """Whether shells are made by the one call, and published by the next."""
    return call == "POST v1" and after.endswith(":batchUpdate")


def review(morning: Morning, act: Act, numbers: Iterable[int], figures: Tally) -> None:
    found = {}
    for number in numbers:
        shop = morning.again()
        meanwhile = Meanwhile(shop, act)
        end = shop.sync(Line(number, meanwhile))
        troubles = later(shop)
        wrong = morning.wrong(figures, but=act.mine)
        wrong["edits lost"] = meanwhile.edits_lost()
        figures["edits of drafts"] += 1
        figures["of them, edits made in the instant between look and act"] += meanwhile.too_quick
        figures.wrong(wrong)
        if any(wrong.values()) or troubles:
            found[number, morning.calls[number - 1], str(end)] = wrong, troubles
    assert not found
