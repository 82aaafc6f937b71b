"""An expectation that does not hold stops plan and sync before anything is done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from office import Office, office

from sheetsdun.domain.expect import Expectation
from sheetsdun.errors import UsageError


def shop_with(*expected: Expectation) -> Office:
    shop = office(expectations=expected)
    shop.add("INV-1", due=-4)
    return shop


def test_nothing_is_done_and_all_that_fail_are_told() -> None:
    shop = shop_with(
        Expectation(where="line 7", days_past_due=30, level="firm"),
        Expectation(where="line 9", days_past_due=20, level="firm"),
        Expectation(where="line 12", days_past_due=10, level="none"),
    )
    with pytest.raises(UsageError) as told:
        shop.sync()
    assert told.value.exit_code == 2
    said = told.value.message.splitlines()
    assert said[0] == "2 of 3 expectations do not hold, so nothing was done:"
    assert [line.split(":")[0].strip() for line in said[1:]] == ["line 7", "line 12"]
    assert shop.hooks.calls == ["read"]
    assert not shop.drafts()
    with pytest.raises(UsageError):
        shop.plan()


def test_those_that_hold_are_in_nobodys_way() -> None:
    shop = shop_with(Expectation(where="line 9", days_past_due=20, level="firm"))
    shop.sync()
    assert len(shop.drafts()) == 1


def test_a_ladder_of_the_sheet_can_be_meant() -> None:
    shop = shop_with(Expectation(where="line 9", days_past_due=20, policy="gentle", level="soft"))
    tabs = replace(shop.desk.settings.tabs, policies="Escalation")
    shop.desk = replace(shop.desk, settings=replace(shop.desk.settings, tabs=tabs))
    with pytest.raises(UsageError, match="there is no policy “gentle”"):
        shop.plan()
    shop.sheet.grids["Escalation"] = [
        ["Policy", "Level", "Offset", "Template"],
        ["gentle", "soft", 15, "friendly"],
    ]
    shop.plan()
