"""As fast as the quota allows, and never faster in any minute."""

from __future__ import annotations

import bisect
from itertools import accumulate

from sheetsdun.google.pace import WINDOW, Pace


def run(pace, time, costs, each=0.05):
    """Make requests that take a moment each; when each was sent and what it cost."""
    sent = []
    for cost in costs:
        with pace.spend(cost):
            sent.append((time.at, cost))
            time.at += each
    return sent


def most_in_a_minute(sent):
    times = [at for at, _ in sent]
    sums = [0, *accumulate(cost for _, cost in sent)]
    return max(
        sums[bisect.bisect_right(times, at)] - sums[bisect.bisect_left(times, at - 60)] for at in times
    )


def test_a_small_run_does_not_wait(time):
    run(Pace(60, clock=time.clock, sleep=time.sleep), time, [1] * 60)
    assert time.waits == []


def test_no_minute_holds_more_than_the_quota(time):
    sent = run(Pace(60, clock=time.clock, sleep=time.sleep), time, [1] * 300)
    assert most_in_a_minute(sent) == 60


def test_five_hundred_sends_come_within_a_tenth_of_the_quotas_own_limit(time):
    began = time.at
    costs = ([100] * 10 + [50]) * 50  # ten sends, then their label
    sent = run(Pace(6_000, clock=time.clock, sleep=time.sleep), time, costs)
    assert most_in_a_minute(sent) <= 6_000
    limit = (sum(costs) / 6_000 - 1) * 60  # the first minute's units are there at once
    assert limit <= time.at - began <= limit / 0.9


def test_a_request_counts_from_its_answer_on(time):
    pace = Pace(2, clock=time.clock, sleep=time.sleep)
    began = time.at
    run(pace, time, [1, 1], each=30)
    run(pace, time, [1])
    assert time.at - began > 30 + 60


def test_a_request_that_costs_more_than_a_minute_holds_is_made_alone(time):
    pace = Pace(100, clock=time.clock, sleep=time.sleep)
    sent = run(pace, time, [50, 1_000, 50])
    assert [round(at - 1000) for at, _ in sent] == [0, 61, 121]
    assert len(time.waits) == 2, "it is waited, not asked again and again"


def test_a_moment_that_passes_while_it_is_reckoned_is_not_waited_for_backwards():
    times, waits = iter([0.0, WINDOW - 0.1, WINDOW + 0.1, WINDOW + 0.2, WINDOW + 0.3]), []
    pace = Pace(1, clock=lambda: next(times), sleep=waits.append)
    for _ in range(2):
        with pace.spend(1):
            pass
    assert waits == [0.001]
