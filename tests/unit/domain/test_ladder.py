"""The ladder's rules, case by case, as an accountant would read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from debts import DUE, Office, day, days, invoice, ladder, terms

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.event import Name
from sheetsdun.domain.invoice import Hold, Standing
from sheetsdun.domain.policy import Basis, Climb, Delivery, Kind, Level, Policy
from sheetsdun.domain.reasons import Code

FIVE_LEVELS = (-3, 3, 10, 20, 30)


def sent_on(office: Office, first: int, last: int) -> list[tuple[str, int]]:
    """Live through the days with everything sent at once: each level, and days past due on which it went."""
    sent = []
    for today in days(first, last):
        planned = office.run(today, send=True)
        sent += [(reminder.level.name, (today - DUE).days) for reminder in planned.reminders]
    return sent


class TestASmallInvoice:
    """100 euros, levels after 5, 20 and 40 days, each sent on the day on which it is drafted."""

    @pytest.fixture
    def office(self):
        return Office(invoice(), terms=terms(ladder(5, 20, 40)))

    def test_the_day_before_the_first_level_it_waits(self, office):
        decision = office.decide(day(4))
        assert (decision.verdict, decision.until) == (Verdict.WAIT, day(5))

    def test_on_its_day_the_first_level_is_due(self, office):
        decision = office.decide(day(5))
        assert (decision.verdict, decision.level.name) == (Verdict.REMIND, "level1")

    def test_behind_a_draft_no_second_level_piles_up(self, office):
        office.run(day(5))
        decision = office.decide(day(30))
        assert (decision.verdict, decision.reason.code) == (Verdict.REVIEW, Code.DRAFT_READY)

    def test_a_hold_stops_the_second_level(self, office):
        office.run(day(5), send=True)
        office.edit(hold=Hold())
        assert office.decide(day(30)).verdict is Verdict.HELD

    def test_a_lifted_hold_lets_it_go(self, office):
        office.run(day(5), send=True)
        office.edit(hold=Hold())
        office.run(day(29), send=True)
        office.edit(hold=None)
        decision = office.decide(day(30))
        assert (decision.verdict, decision.level.name) == (Verdict.REMIND, "level2")

    def test_after_a_late_second_level_the_third_keeps_its_distance(self, office):
        office.run(day(5), send=True)
        office.run(day(30), send=True)
        decision = office.decide(day(31))
        assert (decision.verdict, decision.until) == (Verdict.WAIT, day(50))

    @pytest.mark.parametrize("offset", [-100, 0, 5, 30, 1000])
    def test_paid_is_closed_on_any_day(self, office, offset):
        office.edit(standing=Standing.PAID)
        assert office.decide(day(offset)).verdict is Verdict.CLOSED

    def test_found_on_day_100_it_begins_at_the_bottom(self, office):
        office.run(day(100), send=True)
        assert office.decide(day(101)).until == day(115)
        assert office.decide(day(115)).level.name == "level2"

    def test_past_the_last_level_it_is_exhausted(self, office):
        assert sent_on(office, 0, 60) == [("level1", 5), ("level2", 20), ("level3", 40)]
        decision = office.decide(day(61))
        assert (decision.verdict, decision.until) == (Verdict.EXHAUSTED, None)


def test_the_day_itself_counts():
    """Due on the 1st, offset 5: the 6th."""
    office = Office(invoice(due=dt.date(2026, 5, 1)), terms=terms(ladder(5)))
    assert office.decide(dt.date(2026, 5, 5)).until == dt.date(2026, 5, 6)
    assert office.decide(dt.date(2026, 5, 6)).verdict is Verdict.REMIND


def test_a_first_reminder_that_is_late_moves_the_second():
    office = Office(invoice(), terms=terms(ladder(3, 10, 20, 30)))
    office.run(day(14), send=True)
    assert office.decide(day(15)).until == day(21)


def test_a_scheduler_that_slept_catches_up_without_burying_anybody():
    office = Office(invoice(), terms=terms(ladder(3, 10, 20, 30)))
    assert sent_on(office, 100, 200) == [("level1", 100), ("level2", 107), ("level3", 117), ("level4", 127)]


def test_a_letter_sent_by_hand_counts_from_the_day_on_which_it_went():
    office = Office(invoice(), terms=terms(ladder(3, 10)))
    office.run(day(3))
    office.send_by_hand("SD-1", day(9))
    assert office.decide(day(10)).until == day(16)


class TestBeforeTheDueDate:
    def test_the_courtesy_goes_on_its_day(self):
        office = Office(invoice(), terms=terms(ladder(*FIVE_LEVELS)))
        assert sent_on(office, -10, 40) == [
            ("level1", -3), ("level2", 3), ("level3", 10), ("level4", 20), ("level5", 30),
        ]  # fmt: skip

    @pytest.mark.parametrize("first_day", [-2, 0, 3])
    def test_once_its_day_has_passed_it_is_never_sent(self, first_day):
        office = Office(invoice(), terms=terms(ladder(*FIVE_LEVELS)))
        assert sent_on(office, first_day, 40)[0] == ("level2", 3)

    def test_an_old_invoice_starts_with_the_first_level_after_the_due_date(self):
        office = Office(invoice(), terms=terms(ladder(-7, -3, 0, 3, 10)))
        assert office.decide(day(200)).level.name == "level4"

    def test_a_weekend_moves_it_but_never_past_the_due_date(self):
        weekdays = terms(ladder(-1, 0, 3), calendar=Calendar())
        sunday = invoice(due=dt.date(2026, 3, 8))
        assert Office(sunday, terms=weekdays).decide(dt.date(2026, 3, 6)).level.name == "level3"

    def test_a_draft_of_it_stays_good_until_the_due_date_has_passed(self):
        office = Office(invoice(), terms=terms(ladder(-3, 3)))
        office.run(day(-3))
        for today in days(-2, 0):
            planned = office.run(today)
            assert (planned.withdrawals, planned.decisions[0].verdict) == ((), Verdict.REVIEW)
        assert [stale.reason.code for stale in office.run(day(1)).withdrawals] == [Code.NOT_DUE]
        assert office.decide(day(2)).until == day(3)


class TestBases:
    def test_end_of_month_counts_from_the_end_of_the_month_of_due_and_offset(self):
        policy = Policy("m", (Level(name="a", offset=5, template="a", basis=Basis.END_OF_MONTH),))
        assert Office(invoice(), terms=terms(policy)).decide(DUE).until == dt.date(2026, 3, 31)

    def test_end_of_month_is_overdue_and_so_never_on_the_due_date(self):
        policy = Policy("m", (Level(name="a", offset=0, template="a", basis=Basis.END_OF_MONTH),))
        office = Office(invoice(due=dt.date(2026, 3, 31)), terms=terms(policy))
        assert office.decide(dt.date(2026, 3, 31)).until == dt.date(2026, 4, 1)

    def test_the_end_of_the_month_before_is_a_day_to_come(self):
        policy = Policy("m", (Level(name="a", offset=-31, template="a", basis=Basis.END_OF_MONTH),))
        office = Office(invoice(), terms=terms(policy))
        assert office.decide(dt.date(2026, 1, 1)).until == dt.date(2026, 1, 31)
        assert office.plan(dt.date(2026, 1, 31)).reminders[0].kind is Kind.UPCOMING

    def test_two_ends_of_months_keep_their_distance(self):
        levels = tuple(Level(name=f"l{n}", offset=n, template="a", basis=Basis.END_OF_MONTH) for n in (1, 31))
        office = Office(invoice(), terms=terms(Policy("m", levels)))
        office.run(dt.date(2026, 5, 10), send=True)
        assert office.decide(dt.date(2026, 5, 11)).until == dt.date(2026, 6, 9)

    def test_previous_counts_from_the_completion_of_the_level_before(self):
        levels = (
            Level(name="a", offset=3, template="a"),
            Level(name="b", offset=14, template="b", basis=Basis.PREVIOUS),
        )
        office = Office(invoice(), terms=terms(Policy("p", levels)))
        office.run(day(10), send=True)
        assert office.decide(day(11)).until == day(24)

    def test_previous_after_a_passed_over_courtesy_counts_from_that_ones_day(self):
        levels = (
            Level(name="a", offset=-3, template="a"),
            Level(name="b", offset=10, template="b", basis=Basis.PREVIOUS),
        )
        assert Office(invoice(), terms=terms(Policy("p", levels))).decide(day(0)).until == day(7)

    def test_between_different_bases_the_first_term_stands_alone(self):
        levels = (
            Level(name="a", offset=3, template="a"),
            Level(name="b", offset=40, template="b", basis=Basis.END_OF_MONTH),
        )
        office = Office(invoice(), terms=terms(Policy("p", levels)))
        office.run(day(50), send=True)
        assert office.decide(day(51)).until == dt.date(2026, 4, 30)


class TestJump:
    @pytest.fixture
    def policy(self):
        return replace(ladder(-3, 3, 10, 20), climb=Climb.JUMP)

    def test_it_goes_straight_to_the_highest_level_reached(self, policy):
        office = Office(invoice(), terms=terms(policy))
        assert office.decide(day(12)).level.name == "level3"

    def test_lower_levels_count_as_passed(self, policy):
        office = Office(invoice(), terms=terms(policy))
        assert sent_on(office, 12, 60) == [("level3", 12), ("level4", 20)]

    def test_it_waits_for_the_lowest_one_ahead(self, policy):
        office = Office(invoice(), terms=terms(policy))
        assert office.decide(day(-5)).until == day(-3)

    def test_on_a_day_off_it_already_awaits_the_highest_level_reached(self, policy):
        saturday = dt.date(2026, 3, 14)
        decision = Office(invoice(), terms=terms(policy, calendar=Calendar())).decide(saturday)
        assert (decision.verdict, decision.level.name) == (Verdict.WAIT, "level3")

    def test_an_untouched_draft_is_rewritten_to_the_higher_level(self, policy):
        office = Office(invoice(), terms=terms(policy))
        office.run(day(3))
        planned = office.run(day(10))
        assert [stale.reason.code for stale in planned.withdrawals] == [Code.FACTS_CHANGED]
        assert [reminder.level.name for reminder in planned.reminders] == ["level3"]


class TestSendingDays:
    def test_a_date_that_falls_on_a_weekend_moves_to_monday(self):
        office = Office(invoice(), terms=terms(ladder(5, 20), calendar=Calendar()))
        saturday = day(5)
        assert saturday.weekday() == 5
        decision = office.decide(saturday)
        assert (decision.verdict, decision.reason.code) == (Verdict.WAIT, Code.SENDING_DAY)
        assert decision.until == day(7)

    def test_offsets_stay_calendar_days(self):
        """Moved to day 7, the next level is fifteen days after that, a Tuesday."""
        office = Office(invoice(), terms=terms(ladder(5, 20), calendar=Calendar()))
        office.run(day(7), send=True)
        assert office.decide(day(8)).until == day(22)

    def test_a_holiday_moves_it_too(self):
        calendar = Calendar(closed=lambda one: one == day(3))
        assert Office(invoice(), terms=terms(ladder(3), calendar=calendar)).decide(day(0)).until == day(4)

    def test_an_untouched_draft_stays_over_the_weekend(self):
        office = Office(invoice(), terms=terms(ladder(4), calendar=Calendar()))
        office.run(day(4))
        planned = office.run(day(5))
        assert (planned.withdrawals, planned.decisions[0].verdict) == ((), Verdict.REVIEW)


class TestDeadline:
    @pytest.fixture
    def office(self):
        levels = (
            Level(name="a", offset=3, template="a", deadline_days=10),
            Level(name="b", offset=10, template="b"),
        )
        return Office(invoice(), terms=terms(Policy("p", levels), calendar=Calendar()))

    def test_the_letter_names_a_business_day(self, office):
        """From Thursday the 5th, ten business days: Thursday the 19th."""
        assert office.run(day(3)).reminders[0].deadline == dt.date(2026, 3, 19)

    def test_the_next_level_is_never_before_it_has_passed(self, office):
        office.run(day(3), send=True)
        decision = office.decide(day(11))
        assert (decision.reason.code, decision.until) == (Code.DEADLINE, dt.date(2026, 3, 20))
        assert office.decide(dt.date(2026, 3, 19)).verdict is Verdict.WAIT
        assert office.decide(dt.date(2026, 3, 20)).level.name == "b"

    def test_to_skip_the_next_level_does_not_take_it_back(self):
        levels = (
            Level(name="a", offset=3, template="a", deadline_days=14),
            Level(name="b", offset=5, template="b"),
            Level(name="c", offset=6, template="c"),
        )
        office = Office(invoice(), terms=terms(Policy("p", levels)))
        office.run(day(3), send=True)
        office.log(Name.SKIPPED, invoice="INV-1", policy="p", level="b", offset=5, effective=day(3))
        decision = office.decide(day(4))
        assert (decision.reason.code, decision.level.name, decision.until) == (Code.DEADLINE, "c", day(18))

    def test_that_day_itself_is_the_debtors(self):
        levels = (
            Level(name="a", offset=3, template="a", deadline_days=7),
            Level(name="b", offset=10, template="b"),
        )
        office = Office(invoice(), terms=terms(Policy("p", levels)))
        office.run(day(3), send=True)
        assert (office.letters["SD-1"].deadline, office.decide(day(4)).until) == (day(10), day(11))

    def test_it_counts_from_the_day_on_which_the_letter_was_written(self, office):
        office.run(day(3))
        office.send_by_hand("SD-1", day(7))
        assert office.decide(day(14)).until == dt.date(2026, 3, 20)

    def test_an_untouched_draft_is_written_anew_when_it_comes_near(self, office):
        office.run(day(3))
        assert office.run(dt.date(2026, 3, 16)).withdrawals == ()
        planned = office.run(dt.date(2026, 3, 17))
        assert [stale.reason.code for stale in planned.withdrawals] == [Code.DEADLINE_NEAR]
        assert planned.reminders[0].deadline == dt.date(2026, 3, 31)

    def test_a_short_deadline_does_not_make_a_new_draft_in_every_run(self):
        policy = Policy("p", (Level(name="a", offset=3, template="a", deadline_days=1),))
        office = Office(invoice(), terms=terms(policy))
        office.run(day(3))
        assert office.run(day(3)).withdrawals == ()
        assert len(office.run(day(4)).withdrawals) == 1


class TestAnotherPolicyMidway:
    def test_it_goes_on_above_the_last_offset(self):
        office = Office(invoice(), terms=terms(ladder(3, 10, 20), ladder(5, 10, 25, name="strict")))
        office.run(day(3), send=True)
        office.run(day(10), send=True)
        office.edit(escalation="strict")
        decision = office.decide(day(25))
        assert (decision.verdict, decision.level.offset) == (Verdict.REMIND, 25)

    def test_it_keeps_the_distance_to_the_level_of_the_old_one(self):
        office = Office(invoice(), terms=terms(ladder(3, 10), ladder(15, name="strict")))
        office.run(day(10), send=True)
        office.edit(escalation="strict")
        assert office.decide(day(15)).until == day(22)

    def test_back_and_forth_never_repeats_a_level(self):
        office = Office(invoice(), terms=terms(ladder(3, 10, 20), ladder(5, 40, name="strict")))
        office.run(day(3), send=True)
        office.edit(escalation="strict")
        office.run(day(5), send=True)
        office.edit(escalation="")
        assert office.decide(day(60)).level.offset == 10

    def test_a_level_that_the_config_has_lost_counts_by_its_offset(self):
        office = Office(invoice(), terms=terms(ladder(3, 10, 20)))
        office.run(day(10), send=True)
        office.terms = terms(Policy("standard", (Level(name="new", offset=4, template="new"),)))
        assert office.decide(day(30)).level.name == "new"

    def test_a_level_put_in_below_is_not_fallen_back_to(self):
        office = Office(invoice(), terms=terms(ladder(3, 10)))
        office.run(day(3), send=True)
        first, second = office.terms.policies["standard"].levels
        office.terms = terms(Policy("standard", (replace(first, name="gentle", offset=1), first, second)))
        assert office.decide(day(10)).level.name == "level2"

    def test_names_of_policies_are_found_without_regard_to_case(self):
        office = Office(invoice(escalation="STRICT"), terms=terms(ladder(3), ladder(9, name="Strict")))
        assert office.decide(day(0)).until == day(9)


class TestTasks:
    def test_a_task_is_a_level_like_others(self):
        levels = (
            Level(name="letter", offset=3, template="a"),
            Level(name="call", offset=10, template="b", delivery=Delivery.TASK),
        )
        office = Office(invoice(), terms=terms(Policy("p", levels)))
        office.run(day(3), send=True)
        planned = office.run(day(10))
        assert (planned.reminders, len(planned.tasks)) == ((), 1)
        assert planned.decisions[0].reason.code == Code.TASK_DUE

    def test_it_stays_to_be_done_until_it_is_done(self):
        policy = ladder(3, 10, delivery=Delivery.TASK)
        office = Office(invoice(), terms=terms(policy))
        assert [len(office.run(today).tasks) for today in days(2, 5)] == [0, 1, 1, 1]
        office.log(Name.DONE, invoice="INV-1", policy="standard", level="level1", offset=3, effective=day(5))
        assert office.decide(day(6)).until == day(12)

    def test_it_needs_no_address(self):
        office = Office(invoice(emails=()), terms=terms(ladder(3, delivery=Delivery.TASK)))
        assert office.decide(day(3)).verdict is Verdict.REMIND


def test_a_policy_without_levels_is_exhausted_at_once():
    office = Office(invoice(), terms=terms(Policy("empty", ())))
    assert office.decide(day(3)).verdict is Verdict.EXHAUSTED
