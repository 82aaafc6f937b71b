"""The tab of aging: what stands in it, that it is written once, and that no crash and no other run can spoil it."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from office import Office, office

from sheetsdun.errors import LeaseHeld, Refused, Unreachable, UsageError
from sheetsdun.ports import Link, NoAnswer, Rejected, serial
from sheetsdun.rows.aging_tab import aging_tab
from sheetsdun.sync.aging_tab import write_aging
from sheetsdun.sync.receivables import take_stock


def write(shop: Office) -> bool:
    return write_aging(shop.desk, take_stock(shop.desk))


def rows(shop: Office) -> list[list[Any]]:
    return shop.sheet.grids["Aging"]


def busy() -> Office:
    shop = office()
    shop.add("INV-1", due=-4, customer="=Weber", amount=100)
    shop.add("INV-2", due=-40, customer="Ito", email="ito@example.com", amount="¥5000")
    shop.add("INV-3", due=0, customer="=Weber", amount=-30)
    shop.sync()
    shop.hooks.calls.clear()
    return shop


def test_what_stands_in_it() -> None:
    shop = busy()
    assert write(shop)
    assert rows(shop)[0][0].startswith("Open invoices by days past due, on 2 Mar.")
    assert rows(shop)[1] == [
        "Customer", "Currency", "Current", "1–30", "31–60", "61–90", "Over 90", "No due date", "Open", "Credits",
        "Net", "Invoices", "Oldest due",
    ]  # fmt: skip
    due = [serial(shop.today - dt.timedelta(days)) for days in (4, 40)]
    euro = ["EUR", 0, 100, 0, 0, 0, 0, 100, -30, 70, 1, due[0]]
    yen = ["JPY", 0, 0, 5000, 0, 0, 0, 5000, 0, 5000, 1, due[1]]
    assert rows(shop)[2:] == [["All", *euro], ["All", *yen], ["=Weber", *euro], ["Ito", *yen]]


def test_digits_are_those_of_the_currency() -> None:
    shop = busy()
    told = take_stock(shop.desk)
    leaf = aging_tab(told.aging, "Aging", told.today, shop.desk.settings.words(told.today))
    assert [leaf.rows[place][8].pattern for place in (2, 3)] == ["#,##0.00", "#,##0"]


@pytest.mark.parametrize(("language", "header"), [("de", "Nicht überfällig"), ("ru", "Не просрочено")])
def test_it_speaks_the_language_of_the_sheet(language: str, header: str) -> None:
    shop = busy()
    shop.desk = replace(shop.desk, settings=replace(shop.desk.settings, ui_language=language))
    write(shop)
    assert rows(shop)[1][2] == header


def test_a_second_time_writes_nothing() -> None:
    shop = busy()
    assert write(shop)
    shop.hooks.calls.clear()
    assert not write(shop)
    assert shop.hooks.calls == ["read", "kept"]
    shop.pass_days(1)
    assert write(shop)


def test_what_somebody_typed_there_is_written_over() -> None:
    shop = busy()
    write(shop)
    rows(shop)[2][3] = 999
    rows(shop).append(["mine"])
    assert write(shop)
    assert rows(shop)[2][3] == 100
    assert len(rows(shop)) == 6


def test_a_tab_of_somebody_elses_is_left_alone() -> None:
    shop = busy()
    shop.sheet.grids["Aging"] = [["my own"]]
    with pytest.raises(Refused, match="has not made"):
        write(shop)
    assert rows(shop) == [["my own"]]
    assert "rewrite" not in shop.hooks.calls


def test_no_other_tab_changes_and_the_next_sync_does_not_mind() -> None:
    shop = busy()
    before = {name: [[*row] for row in grid] for name, grid in shop.sheet.grids.items()}
    write(shop)
    assert {name: grid for name, grid in shop.sheet.grids.items() if name != "Aging"} == before
    del shop.sheet.grids["Aging"]
    shop.sheet.marks.clear()
    shop.pass_days(1)
    shop.sync()
    assert write(shop)


def test_the_lease_is_let_go() -> None:
    shop = busy()
    write(shop)
    assert shop.sheet.chain()[-1].free


def test_while_another_run_is_at_work_nothing_is_written() -> None:
    shop = busy()
    number = shop.sheet.chain()[-1].number + 1
    soon = shop.time + dt.timedelta(minutes=2)
    shop.sheet.chain_[number] = Link(number, "other1", soon, shop.history.count)
    with pytest.raises(LeaseHeld):
        write(shop)
    assert "Aging" not in shop.sheet.grids


def test_a_run_that_has_gone_on_in_between_fences_it_off() -> None:
    shop = busy()
    told = take_stock(shop.desk)
    shop.add("INV-9", due=-4, email="new@example.com")
    shop.sync()
    with pytest.raises(LeaseHeld):
        write_aging(shop.desk, told)
    assert "Aging" not in shop.sheet.grids


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize(
    "fault", [Killed(), NoAnswer("?"), Rejected("no", code=403)], ids=["killed", "no answer", "refused"]
)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("place", [1, 2, 3])
def test_whatever_fails_and_wherever_the_next_time_puts_it_right(
    fault: BaseException, when: str, place: int
) -> None:
    shop = busy()

    def fail(number: int, name: str) -> None:
        reading = name in {"read", "kept", "chain"}
        if number == place and not (reading and not isinstance(fault, Killed)):
            raise fault

    setattr(shop.hooks, when, fail)
    with contextlib.suppress(Killed, Unreachable, LeaseHeld):
        write(shop)
    setattr(shop.hooks, when, lambda _number, _name: None)
    shop.time += dt.timedelta(minutes=5)
    write(shop)
    calm = busy()
    write(calm)
    assert rows(shop) == rows(calm)
    assert shop.sheet.chain()[-1].free
    assert not write(shop)


def test_it_is_refused_where_the_config_has_none_and_where_the_log_is_damaged() -> None:
    shop = busy()
    settings = shop.desk.settings
    shop.desk = replace(shop.desk, settings=replace(settings, tabs=replace(settings.tabs, aging="")))
    with pytest.raises(UsageError, match="no such tab"):
        write(shop)
    shop = busy()
    del shop.sheet.grids["Reminder log"][2]
    with pytest.raises(Refused, match="log is damaged"):
        write(shop)


def test_a_day_of_the_past_is_refused() -> None:
    shop = busy()
    told = take_stock(shop.desk, today=shop.today - dt.timedelta(1))
    with pytest.raises(Refused, match="already seen"):
        write_aging(shop.desk, told)
