"""How long we are patient."""

from __future__ import annotations

import datetime as dt

import pytest

from sheetsdun.google.retry import LONGEST_WAITS, Repeat
from sheetsdun.ports import NoAnswer, Rejected


def limit(retry_at=None, reason="rateLimitExceeded"):
    return Rejected("Too many.", code=429, reason=reason, quota=True, retry_at=retry_at)


class Failing:
    """A call that fails in turn, and then succeeds."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.made = 0

    def __call__(self):
        self.made += 1
        if self.failures:
            raise self.failures.pop(0)
        return "done"


def test_it_waits_as_long_as_google_says_and_a_little_more(patience, time):
    call = Failing(limit(time.now() + dt.timedelta(seconds=20)))
    assert patience.run(call, Repeat.IF_REFUSED) == "done"
    assert time.waits == [20.5]


def test_an_instant_that_has_passed_is_not_waited_for(patience, time):
    patience.run(Failing(limit(time.now() - dt.timedelta(hours=1))), Repeat.IF_REFUSED)
    assert time.waits == [0.5]


def test_whoever_is_told_to_wait_for_hours_is_told_so_at_once(patience, time):
    call = Failing(limit(time.now() + dt.timedelta(hours=3)))
    with pytest.raises(Rejected) as refusal:
        patience.run(call, Repeat.FREELY)
    assert refusal.value.retry_at == time.now() + dt.timedelta(hours=3)
    assert (call.made, time.waits) == (1, [])


@pytest.mark.parametrize("reason", ["sendingLimit", "dailyLimitExceeded"])
def test_a_limit_that_lasts_is_not_waited_for(patience, reason):
    call = Failing(limit(reason=reason))
    with pytest.raises(Rejected):
        patience.run(call, Repeat.FREELY)
    assert call.made == 1


def test_a_lasting_rate_limit_is_waited_for_a_minute_or_two_and_no_longer(patience, time):
    call = Failing(*[limit()] * 500)
    with pytest.raises(Rejected):
        patience.run(call, Repeat.FREELY)
    assert 60 < sum(time.waits) <= LONGEST_WAITS
    assert time.waits[:4] == [1.5, 2.5, 4.5, 8.5]


def test_a_refusal_that_is_no_quota_is_final(patience):
    call = Failing(Rejected("No.", code=403))
    with pytest.raises(Rejected):
        patience.run(call, Repeat.FREELY)
    assert call.made == 1


def test_a_bug_is_not_repeated(patience):
    call = Failing(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        patience.run(call, Repeat.FREELY)
    assert call.made == 1


@pytest.mark.parametrize(("repeat", "made"), [(Repeat.FREELY, 2), (Repeat.IF_REFUSED, 1), (Repeat.NEVER, 1)])
def test_without_an_answer_only_what_may_be_freely_repeated_is(patience, repeat, made):
    call = Failing(NoAnswer("lost"))
    if made == 2:
        assert patience.run(call, repeat) == "done"
    else:
        with pytest.raises(NoAnswer):
            patience.run(call, repeat)
    assert call.made == made


def test_a_pause_grows_with_the_attempts(patience, time):
    for attempt in (1, 2, 3, 9):
        patience.pause(attempt)
    assert time.waits == [1.5, 2.5, 4.5, 32.5]
