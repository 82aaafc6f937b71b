"""One debtor, one letter; and what becomes of drafts that stand open."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from debts import EVERY_DAY, Office, by_number, day, days, invoice, ladder, terms

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.event import Name
from sheetsdun.domain.facts import facts
from sheetsdun.domain.history import State
from sheetsdun.domain.invoice import Action, Hold, Standing
from sheetsdun.domain.policy import Channel, Delivery, Kind, Level, Policy
from sheetsdun.domain.reasons import Code
from sheetsdun.domain.terms import Group

LADDER = ladder(-3, 5, 20, 40)


def numbers(invoices):
    return [each.id for each in invoices]


def climbed(reminder):
    return [decision.invoice.id for decision in reminder.climbed]


def withdrawn(planned):
    return [(stale.letter, stale.reason.code) for stale in planned.withdrawals]


class TestGrouping:
    def test_due_invoices_of_one_debtor_become_one_letter(self):
        planned = Office(invoice("A"), invoice("B"), terms=terms(LADDER)).plan(day(5))
        assert [climbed(reminder) for reminder in planned.reminders] == [["A", "B"]]
        assert planned.reminders[0].total == 200

    @pytest.mark.parametrize(
        "other",
        [
            {"customer": "Weber AG"},
            {"emails": ("other@weber.example",)},
            {"currency": "USD"},
            {"language": "de"},
            {"due": day(8)},
        ],
    )
    def test_another_customer_address_currency_language_or_kind_is_another_letter(self, other):
        planned = Office(invoice("A"), invoice("B", **other), terms=terms(LADDER)).plan(day(5))
        assert [climbed(reminder) for reminder in planned.reminders] == [["A"], ["B"]]

    def test_the_debtor_is_the_set_of_addresses_in_whatever_order_and_case(self):
        one, two = ("a@x.example", "b@x.example"), ("B@x.example", "A@X.example")
        office = Office(invoice("A", emails=one), invoice("B", emails=two), terms=terms(LADDER))
        planned = office.plan(day(5))
        assert (len(planned.reminders), planned.reminders[0].to) == (1, one)

    def test_the_text_is_that_of_the_highest_level_and_each_climbs_its_own(self):
        office = Office(invoice("A", due=day(-20)), invoice("B"), terms=terms(LADDER, min_gap_days=0))
        office.run(day(-15), send=True)
        planned = office.run(day(5), send=True)
        assert planned.reminders[0].level.name == "level3"
        assert [office.history.of(name).completions[-1].level for name in "AB"] == ["level3", "level2"]

    def test_the_highest_of_two_policies_is_the_one_further_past_due(self):
        office = Office(
            invoice("A", due=day(-5)),
            invoice("B", due=day(-15), escalation="short"),
            terms=terms(ladder(-9, -5, 10), ladder(20, name="short")),
        )
        assert office.plan(day(5)).reminders[0].level.offset == 20

    @pytest.mark.parametrize("order", [("A", "B"), ("B", "A")])
    def test_of_two_levels_as_high_it_is_the_same_one_however_the_rows_are_sorted(self, order):
        policies = {"A": "", "B": "other"}
        office = Office(
            *(invoice(name, escalation=policies[name]) for name in order),
            terms=terms(ladder(5), ladder(5, name="other")),
        )
        assert office.plan(day(5)).reminders[0].rung.policy.name == "standard"

    def test_one_letter_an_invoice_where_grouping_is_off(self):
        office = Office(
            invoice("A"), invoice("B"), invoice("C", due=day(-1)), terms=terms(LADDER, group=Group.INVOICE)
        )
        planned = office.run(day(5))
        assert [(climbed(each), each.listed) for each in planned.reminders] == [
            (["C"], ()),
            (["A"], ()),
            (["B"], ()),
        ]
        assert office.run(day(6)).withdrawals == ()

    def test_it_goes_by_itself_only_if_every_level_says_so(self):
        send, draft = ladder(5, delivery=Delivery.SEND), ladder(4, name="careful")
        mixed = Office(invoice("A"), invoice("B", escalation="careful"), terms=terms(send, draft))
        assert [each.send for each in mixed.plan(day(5)).reminders] == [False]
        assert [each.send for each in Office(invoice(), terms=terms(send)).plan(day(5)).reminders] == [True]

    def test_copies_go_to_whom_the_levels_name_each_once(self):
        one = Policy("one", (Level(name="a", offset=5, template="a", cc=("manager", "Boss@we.example")),))
        two = Policy(
            "two", (Level(name="b", offset=5, template="b", cc=("boss@we.example", "ap@weber.example")),)
        )
        office = Office(
            invoice("A", manager="ann@we.example"),
            invoice("B", escalation="two", manager="Ann"),
            terms=terms(one, two),
        )
        assert office.plan(day(5)).reminders[0].cc == ("ann@we.example", "Boss@we.example")

    def test_a_manager_who_is_no_address_is_not_written_to(self):
        policy = Policy("p", (Level(name="a", offset=5, template="a", cc=("manager",)),))
        for manager in ("Ann Lee", "ann@x.example, bob@x.example", "Ann <ann@x.example>", ""):
            assert Office(invoice(manager=manager), terms=terms(policy)).plan(day(5)).reminders[0].cc == ()


class TestListing:
    @pytest.fixture
    def office(self):
        """A is due for its second level; B was reminded and waits."""
        office = Office(
            invoice("A", due=day(-15)), invoice("B", due=day(-1)), terms=terms(ladder(4, 20), min_gap_days=0)
        )
        office.run(day(3), send=True)
        return office

    def test_a_letter_lists_the_other_overdue_invoices(self):
        office = Office(invoice("A"), invoice("B", due=day(3)), invoice("C", due=day(9)), terms=terms(LADDER))
        reminder = office.plan(day(5)).reminders[0]
        assert (climbed(reminder), numbers(reminder.listed), reminder.total) == (["A"], ["B"], 200)

    @pytest.mark.parametrize(
        "cells",
        [
            {"standing": Standing.DISPUTED}, {"standing": Standing.PAID}, {"hold": Hold()}, {"stopped": True},
            {"promise": day(9)}, {"currency": "USD"}, {"escalation": "nobody"}, {"due": day(5)},
        ],
    )  # fmt: skip
    def test_never_one_that_is_not_to_be_spoken_of(self, cells):
        office = Office(invoice("A"), invoice("B", due=day(3)), terms=terms(LADDER))
        office.edit("B", **cells)
        assert office.plan(day(5)).reminders[0].listed == ()

    def test_an_exhausted_one_is_listed(self):
        short = ladder(2, name="short")
        office = Office(
            invoice("A"), invoice("B", escalation="short"), terms=terms(LADDER, short, min_gap_days=0)
        )
        office.run(day(2), send=True)
        assert numbers(office.plan(day(5)).reminders[0].listed) == ["B"]

    def test_a_courtesy_reproaches_nobody(self):
        office = Office(invoice("A", due=day(8)), invoice("B", due=day(3)), terms=terms(LADDER))
        reminder = office.plan(day(5)).reminders[0]
        assert (reminder.kind, reminder.listed, reminder.total) == (Kind.UPCOMING, (), 100)


class TestNetting:
    def test_a_credit_note_is_set_against_the_total(self):
        office = Office(invoice("A"), invoice("CN", amount=Decimal(-40), due=None), terms=terms(LADDER))
        reminder = office.plan(day(5)).reminders[0]
        assert (numbers(reminder.credits), reminder.total) == (["CN"], 60)

    def test_so_is_what_was_paid_too_much(self):
        office = Office(invoice("A"), invoice("B", paid=Decimal(130)), terms=terms(LADDER))
        assert office.plan(day(5)).reminders[0].total == 70

    @pytest.mark.parametrize("credit", [-100, -150])
    def test_whoever_owes_nothing_on_balance_is_not_chased(self, credit):
        office = Office(invoice("A"), invoice("CN", amount=Decimal(credit)), terms=terms(LADDER))
        planned = office.plan(day(5))
        decision = planned.decisions[0]
        assert (planned.reminders, decision.verdict, decision.reason.code) == (
            (),
            Verdict.WAIT,
            Code.NET_NOTHING,
        )
        assert (decision.reason.args["net"], decision.until) == (100 + credit, None)

    def test_an_overdue_invoice_is_paid_by_a_credit_before_an_upcoming_one(self):
        office = Office(
            invoice("A"), invoice("B", due=day(8)), invoice("CN", amount=Decimal(-100)), terms=terms(LADDER)
        )
        assert [climbed(reminder) for reminder in office.plan(day(5)).reminders] == [["B"]]

    def test_what_is_left_of_a_credit_covers_an_upcoming_one(self):
        office = Office(invoice("A", due=day(8)), invoice("CN", amount=Decimal(-100)), terms=terms(LADDER))
        assert office.plan(day(5)).reminders == ()

    @pytest.mark.parametrize(
        "cells", [{"currency": "USD"}, {"customer": "Weber AG"}, {"standing": Standing.PAID}]
    )
    def test_only_an_open_credit_of_the_same_debtor_and_currency_counts(self, cells):
        office = Office(invoice("A"), invoice("CN", amount=Decimal(-100)), terms=terms(LADDER))
        office.edit("CN", **cells)
        assert len(office.plan(day(5)).reminders) == 1

    def test_a_credit_note_without_address_belongs_to_its_customer(self):
        office = Office(invoice("A"), invoice("CN", amount=Decimal(-40), emails=()), terms=terms(LADDER))
        assert office.plan(day(5)).reminders[0].total == 60

    @pytest.mark.parametrize(("credit", "letters", "total"), [(-100, 2, 100), (-200, 0, None)])
    def test_of_a_customer_with_two_addresses_it_covers_both_or_none(self, credit, letters, total):
        office = Office(
            invoice("A"),
            invoice("B", emails=("other@weber.example",)),
            invoice("CN", amount=Decimal(credit), emails=()),
            terms=terms(LADDER),
        )
        planned = office.plan(day(5))
        assert [reminder.total for reminder in planned.reminders] == [total] * letters

    def test_nobodys_credit_is_nobodys(self):
        office = Office(
            invoice("A", customer=""),
            invoice("CN", customer="", amount=Decimal(-100), emails=()),
            terms=terms(LADDER),
        )
        assert len(office.plan(day(5)).reminders) == 1

    def test_no_call_is_made_to_whom_owes_nothing(self):
        office = Office(
            invoice("A"), invoice("CN", amount=Decimal(-100)), terms=terms(ladder(5, delivery=Delivery.TASK))
        )
        planned = office.plan(day(5))
        assert (planned.tasks, planned.decisions[0].reason.code) == ((), Code.NET_NOTHING)

    def test_a_new_credit_takes_an_untouched_draft_back(self):
        office = Office(invoice("A"), terms=terms(LADDER))
        office.run(day(5))
        office.add(invoice("CN", amount=Decimal(-100)))
        planned = office.run(day(6))
        assert (withdrawn(planned), planned.reminders) == ([("SD-1", Code.NET_NOTHING)], ())


class TestGap:
    @pytest.fixture
    def office(self):
        office = Office(invoice("A"), invoice("B", due=day(3)), terms=terms(LADDER, min_gap_days=5))
        office.run(day(5), send=True)
        return office

    def test_no_two_overdue_letters_to_one_debtor_within_it(self, office):
        decision = office.plan(day(8)).decisions[1]
        assert (decision.verdict, decision.reason.code, decision.until) == (
            Verdict.WAIT,
            Code.MIN_GAP,
            day(10),
        )
        assert [climbed(each) for each in office.plan(day(10)).reminders] == [["B"]]

    @pytest.mark.parametrize("today", [5, 7])
    def test_what_is_not_due_yet_tells_the_day_on_which_it_will_go(self, office, today):
        """B's own day is the eighth; also on the day of the letter itself, what waits knows of it."""
        decision = office.plan(day(today)).decisions[1]
        assert (decision.verdict, decision.reason.code, decision.until) == (
            Verdict.WAIT,
            Code.MIN_GAP,
            day(10),
        )
        assert office.decide(day(today), "B").until == day(8)

    def test_what_is_further_off_than_that_is_told_as_it_is(self, office):
        office.edit("B", due=day(5))
        decision = office.plan(day(5)).decisions[1]
        assert (decision.reason.code, decision.until) == (Code.NEXT_LEVEL, day(10))

    @pytest.mark.parametrize("level", [Level(name="soon", offset=-1, template="a"),
        Level(name="call", offset=5, template="call", delivery=Delivery.TASK, channel=Channel.CALL),
        Level(name="final", offset=5, template="a", waives_gap=True)])  # fmt: skip
    def test_what_need_not_keep_it_is_told_as_it_is(self, office, level):
        office.terms = terms(LADDER, Policy("other", (level,)), min_gap_days=9)
        office.edit("B", escalation="other", due=day(7))
        assert office.plan(day(5)).decisions[1].reason.code == Code.NEXT_LEVEL

    @pytest.mark.parametrize("today", [6, 8])
    def test_a_letter_that_is_being_made_anew_counts_for_the_other_invoices_at_once(self, office, today):
        office.edit("A", action=Action.REDO)
        office.act(day(6))
        assert by_number(office.plan(day(today)).decisions)["B"].until == day(10)

    def test_it_ends_on_a_sending_day(self, office):
        office.terms = terms(LADDER, min_gap_days=5, calendar=Calendar())
        assert office.plan(day(8)).decisions[1].until == day(10)
        office.terms = terms(LADDER, min_gap_days=7, calendar=Calendar())
        assert office.plan(day(8)).decisions[1].until == day(14)

    def test_on_the_same_day_another_letter_may_go(self, office):
        office.add(invoice("D", currency="USD"))
        assert [climbed(each) for each in office.plan(day(5)).reminders] == [["D"]]

    def test_upcoming_letters_neither_start_nor_obey_it(self, office):
        office.add(invoice("C", due=day(9)))
        assert [climbed(each) for each in office.run(day(6), send=True).reminders] == [["C"]]
        assert [climbed(each) for each in office.plan(day(10)).reminders] == [["B"]]

    def test_a_call_is_no_letter(self):
        levels = (replace(LADDER.levels[1], delivery=Delivery.TASK), *LADDER.levels[2:])
        office = Office(invoice("A"), invoice("B", due=day(3)), terms=terms(Policy("p", levels)))
        office.log(Name.DONE, invoice="A", policy="p", level="level2", offset=5, effective=day(5))
        assert len(office.plan(day(8)).tasks) == 1

    def test_a_call_may_be_made_within_it(self, office):
        office.terms = terms(LADDER, ladder(5, name="call", delivery=Delivery.TASK))
        office.edit("B", escalation="call")
        assert len(office.plan(day(8)).tasks) == 1

    def test_a_level_may_be_exempt_from_it(self, office):
        final = Policy("final", (replace(LADDER.levels[1], waives_gap=True),))
        office.terms = terms(LADDER, final)
        office.edit("B", escalation="final")
        assert [climbed(each) for each in office.plan(day(8)).reminders] == [["B"]]

    def test_a_letter_made_anew_on_request_need_not_wait_for_itself(self, office):
        office.today = day(6)
        office.log(Name.ASKED, invoice="A", letter="SD-1", note="redo")
        planned = office.plan(day(6))
        assert [climbed(each) for each in planned.reminders] == [["A"]]
        assert office.plan(day(8)).decisions[1].reason.code == Code.MIN_GAP

    def test_a_letter_of_which_nobody_knows_counts_as_gone(self):
        office = Office(invoice("A"), invoice("B", due=day(3)), terms=terms(LADDER))
        office.run(day(5))
        office.tell("SD-1", Name.UNCERTAIN)
        assert office.plan(day(8)).decisions[1].reason.code == Code.MIN_GAP


class TestLimitOfADay:
    @pytest.fixture
    def office(self):
        debtors = [invoice(name, customer=name, due=day(-number)) for number, name in enumerate("ABCD")]
        return Office(*debtors, terms=terms(ladder(5), per_day=2))

    def test_the_oldest_debts_go_first(self, office):
        planned = office.run(day(9))
        assert [climbed(each) for each in planned.reminders] == [["D"], ["C"]]
        rest = by_number(planned.decisions)["A"]
        assert (rest.verdict, rest.reason.code, rest.until) == (Verdict.WAIT, Code.PER_DAY, day(10))

    def test_a_letter_before_the_due_date_that_finds_no_room_is_told_to_have_passed(self):
        """It is never sent late, so the row tells of the next level, and why this one did not go."""
        debtors = [invoice(name, customer=name) for name in "AB"]
        office = Office(*debtors, terms=terms(ladder(-3, 5), per_day=1))
        rest = by_number(office.run(day(-3), send=True).decisions)["B"]
        assert (rest.verdict, rest.level.name, rest.until) == (Verdict.WAIT, "level2", day(5))
        assert (rest.reason.code, rest.reason.args["missed"]) == (Code.NO_ROOM, "level1")
        tomorrow = by_number(office.run(day(-2)).decisions)["B"]
        assert (tomorrow.level, tomorrow.until) == (rest.level, rest.until)

    def test_past_its_only_level_it_is_told_to_be_at_the_end(self):
        debtors = [invoice(name, customer=name) for name in "AB"]
        rest = by_number(Office(*debtors, terms=terms(ladder(-3), per_day=1)).plan(day(-3)).decisions)["B"]
        assert (rest.verdict, rest.reason.code) == (Verdict.EXHAUSTED, Code.LAST_MISSED)

    @pytest.mark.parametrize(
        ("offsets", "due", "calendar"),
        [((0, 1), 0, EVERY_DAY), ((0, 3), 4, Calendar())],
        ids=["the next day has its own level", "so has the Monday after a Friday"],
    )
    def test_the_level_that_can_go_then_is_told_and_not_the_one_that_cannot(self, offsets, due, calendar):
        debtors = [invoice(name, customer=name, due=day(due)) for name in "AB"]
        office = Office(*debtors, terms=terms(ladder(*offsets), per_day=1, calendar=calendar))
        rest = by_number(office.run(day(due), send=True).decisions)["B"]
        then = day(due + offsets[1])
        assert (rest.verdict, rest.level.name, rest.until) == (Verdict.WAIT, "level2", then)
        assert rest.reason.code == Code.NO_ROOM
        assert by_number(office.plan(then).decisions)["B"].level.name == "level2"

    def test_what_comes_after_it_keeps_its_distance_from_the_letters_that_went(self):
        office = Office(
            invoice("A", customer="A"),
            invoice("B", customer="B"),
            invoice("C", customer="B", due=day(-6)),
            terms=terms(ladder(0, 3), min_gap_days=9, per_day=1),
        )
        office.run(day(-3), send=True)
        rest = by_number(office.run(day(0), send=True).decisions)["B"]
        assert (rest.level.name, rest.until) == ("level2", day(6))

    @pytest.mark.parametrize("order", ["ABC", "CBA"])
    def test_sorting_the_sheet_does_not_choose_among_debts_as_old(self, order):
        debtors = [invoice(name, customer=name) for name in order]
        planned = Office(*debtors, terms=terms(ladder(5), per_day=2)).plan(day(5))
        assert [climbed(each) for each in planned.reminders] == [["A"], ["B"]]

    def test_another_run_on_the_same_day_adds_nothing(self, office):
        office.run(day(9))
        assert office.run(day(9)).reminders == ()
        assert [climbed(each) for each in office.run(day(10)).reminders] == [["B"], ["A"]]

    def test_a_letter_that_was_taken_back_does_not_count(self, office):
        office.run(day(9))
        office.edit("C", standing=Standing.PAID)
        office.run(day(9))
        assert [climbed(each) for each in office.run(day(9)).reminders] == [["B"]]

    def test_a_letter_in_place_of_a_draft_is_not_a_new_one(self, office):
        office.run(day(9))
        office.edit("C", paid=Decimal(1))
        planned = office.run(day(9))
        assert [climbed(each) for each in planned.reminders] == [["C"]]


class TestOneOpenDraft:
    @pytest.fixture
    def office(self):
        """A's draft lies there; B falls due three days later."""
        office = Office(invoice("A"), invoice("B", due=day(3)), terms=terms(LADDER))
        office.run(day(5))
        return office

    def test_without_news_the_draft_stays(self, office):
        for today in days(5, 7):
            planned = office.run(today)
            assert (planned.reminders, planned.withdrawals, planned.flags) == ((), (), ())
            assert planned.decisions[0].reason.code == Code.DRAFT_READY

    def test_a_newly_due_invoice_joins_it(self, office):
        planned = office.run(day(8))
        assert withdrawn(planned) == [("SD-1", Code.WIDENED)]
        assert [(climbed(each), each.replaces) for each in planned.reminders] == [(["A", "B"], ("SD-1",))]
        assert [decision.verdict for decision in planned.decisions] == [Verdict.REMIND, Verdict.REMIND]
        assert office.open() == ["SD-2"]

    def test_behind_an_edited_one_it_waits(self, office):
        office.tell("SD-1", Name.EDITED)
        planned = office.run(day(8))
        assert (planned.reminders, planned.withdrawals) == ((), ())
        assert [decision.reason.code for decision in planned.decisions] == [
            Code.DRAFT_EDITED,
            Code.DEBTOR_DRAFT,
        ]
        assert planned.decisions[1].verdict is Verdict.REVIEW

    @pytest.mark.parametrize("name", [Name.SENDING, Name.GONE, Name.WITHDRAWING])
    def test_behind_one_that_is_not_settled_it_waits(self, office, name):
        office.tell("SD-1", name)
        assert office.plan(day(8)).decisions[1].reason.code == Code.DEBTOR_DRAFT

    def test_a_deleted_one_stands_in_nobody_elses_way(self, office):
        office.tell("SD-1", Name.DISCARDED)
        planned = office.run(day(8))
        assert [climbed(each) for each in planned.reminders] == [["B"]]
        assert planned.reminders[0].listed == ()

    def test_a_draft_of_the_other_kind_does_not_matter(self, office):
        office.tell("SD-1", Name.EDITED)
        office.add(invoice("C", due=day(11)))
        assert [climbed(each) for each in office.run(day(8)).reminders] == [["C"]]

    def test_with_one_letter_an_invoice_nobody_waits_for_it(self, office):
        office.terms = replace(office.terms, group=Group.INVOICE)
        office.tell("SD-1", Name.EDITED)
        assert [climbed(each) for each in office.run(day(8)).reminders] == [["B"]]

    def test_a_stale_draft_is_not_written_anew_beside_an_edited_one(self, office):
        office.terms = replace(office.terms, group=Group.INVOICE)
        office.run(day(8))
        office.terms = replace(office.terms, group=Group.DEBTOR)
        office.tell("SD-2", Name.EDITED)
        office.edit("A", paid=Decimal(1))
        planned = office.run(day(9))
        assert (withdrawn(planned), planned.reminders) == ([("SD-1", Code.FACTS_CHANGED)], ())
        assert planned.decisions[0].reason.code == Code.DEBTOR_DRAFT

    def test_a_courtesy_draft_gives_no_right_to_an_overdue_letter(self):
        office = Office(invoice("A"), invoice("B", due=day(-9)), terms=terms(ladder(-3, 1)))
        office.run(day(-3))
        office.tell("SD-1", Name.EDITED)
        assert climbed(office.letters["SD-1"]) == ["B"]
        planned = office.run(day(1))
        assert withdrawn(planned) == [("SD-2", Code.FACTS_CHANGED)]
        assert planned.decisions[0].reason.code == Code.DEBTOR_DRAFT

    def test_nor_does_it_shorten_the_gap(self):
        office = Office(invoice("A"), invoice("B", due=day(-9)), terms=terms(ladder(-3, 1), min_gap_days=5))
        office.run(day(-3))
        office.send_by_hand("SD-1", day(0))
        assert climbed(office.letters["SD-2"]) == ["A"]
        planned = office.run(day(1))
        assert withdrawn(planned) == [("SD-2", Code.FACTS_CHANGED)]
        assert planned.decisions[0].reason.code == Code.MIN_GAP

    def test_an_invoice_whose_draft_stays_is_not_listed_elsewhere(self):
        office = Office(invoice("A"), terms=terms(LADDER))
        office.run(day(5))
        office.add(invoice("D", language="de", due=day(3)))
        planned = office.run(day(8))
        assert [(climbed(each), each.listed) for each in planned.reminders] == [(["D"], ())]

    def test_within_the_gap_it_does_not_join_and_the_draft_stays(self, office):
        office.add(invoice("U", currency="USD", due=day(1)))
        office.run(day(6))
        (other,) = [letter for letter in office.open() if office.history.letters[letter].currency == "USD"]
        office.send_by_hand(other, day(6))
        planned = office.plan(day(8))
        assert [decision.reason.code for decision in planned.decisions] == [
            Code.DRAFT_READY, Code.MIN_GAP, Code.NEXT_LEVEL,
        ]  # fmt: skip
        assert planned.withdrawals == ()


class TestStaleDrafts:
    @pytest.fixture
    def office(self):
        """A letter for A and B, which lists C."""
        office = Office(invoice("A"), invoice("B"), invoice("C", due=day(3)), terms=terms(LADDER))
        office.run(day(5))
        return office

    @pytest.mark.parametrize(
        ("cells", "code"),
        [
            ({"standing": Standing.PAID}, Code.PAID),
            ({"standing": Standing.DISPUTED}, Code.DISPUTED),
            ({"hold": Hold()}, Code.HELD),
            ({"stopped": True}, Code.STOPPED),
            ({"promise": day(9)}, Code.PROMISED),
            ({"due": day(4)}, Code.NOT_DUE),
            ({"paid": Decimal(1)}, Code.FACTS_CHANGED),
            ({"due": day(-1)}, Code.FACTS_CHANGED),
        ],
    )
    def test_what_is_no_longer_true_is_taken_back_and_what_is_still_due_written_anew(
        self, office, cells, code
    ):
        office.edit("A", **cells)
        planned = office.run(day(6))
        assert withdrawn(planned) == [("SD-1", code)]
        assert ["B" in climbed(each) for each in planned.reminders] == [True]
        assert planned.reminders[0].replaces == ("SD-1",)
        assert office.run(day(6)).withdrawals == ()

    def test_other_recipients_are_another_letter(self, office):
        office.edit("A", emails=("new@weber.example",))
        planned = office.run(day(6))
        assert withdrawn(planned) == [("SD-1", Code.FACTS_CHANGED)]
        assert sorted(map(climbed, planned.reminders)) == [["A"], ["B"]]

    def test_a_row_that_is_gone_counts_as_closed(self, office):
        office.remove("A")
        planned = office.run(day(6))
        assert withdrawn(planned) == [("SD-1", Code.ROW_GONE)]
        assert [climbed(each) for each in planned.reminders] == [["B"]]

    def test_a_listed_invoice_that_was_paid_is_not_shown_as_owed(self, office):
        office.edit("C", standing=Standing.PAID)
        planned = office.run(day(6))
        assert withdrawn(planned) == [("SD-1", Code.FACTS_CHANGED)]
        assert planned.reminders[0].listed == ()

    def test_one_more_that_could_be_listed_is_no_reason_to_write_anew(self, office):
        office.add(invoice("D", due=day(5)))
        assert office.run(day(6)).withdrawals == ()

    def test_the_order_of_rows_and_other_cells_are_no_reason(self, office):
        office.rows = [
            replace(row, row=9 - row.row, description="new", contact="new") for row in office.rows[::-1]
        ]
        assert office.run(day(6)).withdrawals == ()

    def test_an_answer_takes_it_back(self, office):
        office.tell("SD-1", Name.REPLIED)
        planned = office.run(day(6))
        assert (withdrawn(planned), planned.reminders) == ([("SD-1", Code.REPLIED)], ())

    def test_an_edited_one_is_flagged_and_never_touched(self, office):
        office.tell("SD-1", Name.EDITED)
        office.edit("A", paid=Decimal(1))
        planned = office.run(day(6))
        assert (planned.withdrawals, planned.reminders) == ((), ())
        assert [(flag.letter, flag.reason.code) for flag in planned.flags] == [("SD-1", Code.FACTS_CHANGED)]

    def test_an_edited_one_that_is_still_true_is_not_flagged(self, office):
        office.tell("SD-1", Name.EDITED)
        assert office.run(day(6)).flags == ()

    def test_a_courtesy_that_is_overtaken_makes_way_for_the_overdue_letter(self):
        office = Office(invoice("A"), terms=terms(ladder(-3, 1)))
        office.run(day(-3))
        planned = office.run(day(1))
        assert len(planned.withdrawals) == 1
        assert [reminder.level.name for reminder in planned.reminders] == ["level2"]

    def test_another_grouping_leaves_true_drafts_alone(self, office):
        office.terms = replace(office.terms, group=Group.INVOICE)
        planned = office.run(day(6))
        assert (planned.withdrawals, planned.reminders) == ((), ())


class TestRefusedByGoogle:
    @pytest.fixture
    def office(self):
        office = Office(invoice("A"), terms=terms(LADDER))
        office.run(day(5))
        office.tell("SD-1", Name.FAILED, note="Invalid To header")
        return office

    def test_the_same_letter_is_not_tried_again(self, office):
        planned = office.run(day(6))
        decision = planned.decisions[0]
        assert (planned.reminders, decision.verdict, decision.reason.code) == (
            (),
            Verdict.PROBLEM,
            Code.REFUSED,
        )
        assert decision.reason.args["note"] == "Invalid To header"

    @pytest.mark.parametrize("cells", [{"emails": ("new@weber.example",)}, {"paid": Decimal(1)}])
    def test_with_other_recipients_or_sums_it_is(self, office, cells):
        office.edit("A", **cells)
        assert len(office.run(day(6)).reminders) == 1

    def test_on_request_it_is(self, office):
        office.log(Name.ASKED, invoice="A", letter="SD-1", note="redo")
        assert len(office.run(day(6)).reminders) == 1


class TestFacts:
    @pytest.fixture
    def reminder(self):
        return Office(invoice("A"), invoice("C", due=day(3)), terms=terms(LADDER)).plan(day(5)).reminders[0]

    def test_they_are_sixteen_hexadecimal_digits(self, reminder):
        assert len(facts(reminder)) == 16
        assert int(facts(reminder), 16)

    def test_the_day_is_not_among_them(self, reminder):
        later = Office(invoice("A"), invoice("C", due=day(3)), terms=terms(LADDER)).plan(day(6)).reminders[0]
        assert facts(later) == facts(reminder)

    def test_neither_is_how_a_sum_is_written(self, reminder):
        same = Office(invoice("A", amount=Decimal("100.00")), invoice("C", due=day(3)), terms=terms(LADDER))
        assert facts(same.plan(day(5)).reminders[0]) == facts(reminder)

    def test_climbed_or_listed_is_a_difference(self, reminder):
        both = Office(invoice("A"), invoice("C"), terms=terms(LADDER)).plan(day(5)).reminders[0]
        assert facts(both) != facts(reminder)


def test_every_row_has_one_decision_in_the_order_of_the_rows():
    office = Office(
        *(invoice(f"I{number}", customer=str(number % 3)) for number in range(9)), terms=terms(LADDER)
    )
    office.edit("I4", standing=Standing.PAID)
    planned = office.plan(day(5))
    assert [decision.invoice.id for decision in planned.decisions] == [f"I{number}" for number in range(9)]


def test_rows_that_share_a_number_are_not_mixed_up():
    """The rows' parser makes both a problem; even without that, each has its own decision."""
    office = Office(invoice("A"), invoice("A", standing=Standing.PAID), terms=terms(LADDER))
    assert [decision.verdict for decision in office.plan(day(5)).decisions] == [
        Verdict.REMIND,
        Verdict.CLOSED,
    ]


def test_a_withdrawn_letter_is_history():
    office = Office(invoice("A"), terms=terms(LADDER))
    office.run(day(5))
    office.edit("A", standing=Standing.PAID)
    office.run(day(6))
    assert office.open(state=State.WITHDRAWN) == ["SD-1"]
    office.edit("A", standing=Standing.OPEN)
    assert len(office.run(day(7)).reminders) == 1
