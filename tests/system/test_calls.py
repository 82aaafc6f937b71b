"""How many requests a run makes of Google. The sandbox counts too, so that nothing goes uncounted."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from keeper import invoices
from rehearsal import Rehearsal

from sheetsdun.sandbox.launch import Sandbox
from sheetsdun.sync.outcome import Result

TODAY = dt.date(2026, 3, 2)
OVERDUE = TODAY - dt.timedelta(12)
NOTHING_NEW = 5


def most(drafts):
    return 12 + 4 * math.ceil(drafts / 50)


@pytest.fixture
def rehearsal(tmp_path):
    with Sandbox(tmp_path / "google") as google:
        yield Rehearsal(tmp_path, google.ready(), start=TODAY)


def counted(rehearsal):
    """One sync, and what the sandbox saw of it."""
    rehearsal.keeper.forget_calls()
    run = rehearsal.sync()
    seen = rehearsal.keeper.calls()
    assert run.requests == seen["http"]
    return run, seen


@pytest.mark.parametrize("drafts", [1, 50, 51, 120])
def test_new_drafts_cost_four_requests_a_batch(rehearsal, drafts):
    rehearsal.keeper.append(invoices([OVERDUE] * drafts))
    run, _ = counted(rehearsal)
    assert [each.result for each in run.told.letters] == [Result.DRAFTED] * drafts
    assert run.requests <= most(drafts)


@pytest.mark.parametrize("drafts", [0, 1, 51])
def test_a_run_with_nothing_new_makes_five_requests_and_writes_nothing(rehearsal, drafts):
    rehearsal.keeper.append(invoices([OVERDUE] * drafts + [TODAY + dt.timedelta(20)] * 3))
    rehearsal.sync()
    before = rehearsal.keeper.read()
    run, seen = counted(rehearsal)
    assert run.requests <= NOTHING_NEW
    writing = {"batchUpdate", "create", "update", "delete", "send", "batchModify", "modify", "append"}
    assert not {name for name in (*seen["methods"], *seen["inner"]) if name.rpartition(".")[2] in writing}
    assert rehearsal.keeper.read() == before


def test_follow_ups_cost_one_request_a_batch_more_for_the_letters_that_they_answer(tmp_path):
    with Sandbox(tmp_path / "google") as google:
        rehearsal = Rehearsal(tmp_path, google.ready(), start=TODAY, delivery="send")
        rehearsal.keeper.append(invoices([OVERDUE] * 12))
        rehearsal.sync()
        drafting = rehearsal.config.read_text(encoding="utf-8").replace('"send"', '"draft"')
        rehearsal.config.write_text(drafting, encoding="utf-8")
        for days in (6, 12):  # Gmail's history reaches back a week
            rehearsal.keeper.morning(TODAY + dt.timedelta(days))
            run, seen = counted(rehearsal)
    assert [each.result for each in run.told.letters] == [Result.DRAFTED] * 12
    assert seen["inner"]["gmail.users.messages.get"] == 12
    assert run.requests <= most(12) + 1


def test_a_later_batch_costs_no_more_than_the_first(rehearsal):
    rehearsal.keeper.append(invoices([OVERDUE] * 60))
    rehearsal.sync()
    rehearsal.keeper.append(invoices([OVERDUE] * 51, first=61))
    run, _ = counted(rehearsal)
    assert len(run.told.letters) == 51
    assert run.requests <= most(51)
