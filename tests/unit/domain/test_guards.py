"""What is asked of an invoice before the ladder is, and in which order."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from debts import Office, day, invoice, ladder, terms

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.event import Name
from sheetsdun.domain.invoice import Hold, Problem, Standing
from sheetsdun.domain.policy import Delivery
from sheetsdun.domain.reasons import Code

BAD = (Problem("amount", "unreadable_amount", "#REF!"),)


FIRST_LEVEL = day(5)


def decided(today=FIRST_LEVEL, *, of=None, **fields):
    """Verdict and code for one invoice with these cells, on the first level's day."""
    office = Office(invoice(**fields), terms=of or terms(ladder(5, 20)))
    decision = office.decide(today)
    return decision.verdict, decision.reason.code


class TestOrder:
    """Each guard is asked before the next: a row that every one would catch falls through them one by one."""

    def test_the_first_that_applies_decides(self):
        office = Office(
            invoice(
                standing=Standing.PAID,
                stopped=True,
                problems=BAD,
                hold=Hold(),
                promise=day(9),
            ),
            terms=terms(ladder(3, 5, 20)),
        )
        office.edit(standing=Standing.OPEN, stopped=False, problems=(), hold=None, promise=None)
        office.run(day(3))
        office.log(Name.REPLIED, letter="SD-1", invoice="INV-1", effective=day(4), note="ap@weber.example")
        office.edit(standing=Standing.PAID, stopped=True, problems=BAD, hold=Hold(), promise=day(9))
        seen = []
        for cure in (
            {"standing": Standing.OPEN}, {"stopped": False}, {"problems": ()}, {"hold": None}, {"promise": None},
        ):  # fmt: skip
            seen.append(office.decide(day(5)).verdict)
            office.edit(**cure)
        seen.append(office.decide(day(5)).verdict)
        office.log(Name.CLEARED, invoice="INV-1", note="clear")
        seen.append(office.decide(day(5)).verdict)
        office.tell("SD-1", Name.SENT)
        seen.append(office.decide(day(5)).verdict)
        assert seen == [
            Verdict.CLOSED, Verdict.STOPPED, Verdict.PROBLEM, Verdict.HELD, Verdict.PROMISED, Verdict.ANSWERED,
            Verdict.REVIEW, Verdict.WAIT,
        ]  # fmt: skip


class TestClosed:
    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"standing": Standing.PAID}, Code.PAID),
            ({"standing": Standing.VOID}, Code.VOID),
            ({"paid": Decimal(100)}, Code.PAID),
            ({"paid": Decimal("99.995")}, Code.PAID),
            ({"amount": Decimal(0)}, Code.PAID),
            ({"paid": Decimal(130)}, Code.OVERPAID),
            ({"amount": Decimal(-40)}, Code.CREDIT_NOTE),
            ({"amount": Decimal(-40), "paid": Decimal(-40)}, Code.PAID),
        ],
    )
    def test_nothing_is_owed(self, fields, code):
        assert decided(**fields) == (Verdict.CLOSED, code)

    def test_a_balance_at_the_tolerance_is_owed(self):
        assert decided(paid=Decimal("99.99"))[0] is Verdict.REMIND

    def test_each_currency_has_its_own_tolerance(self):
        of = terms(ladder(5), tolerance={"RUB": Decimal(10)})
        assert decided(of=of, currency="RUB", paid=Decimal(91)) == (Verdict.CLOSED, Code.PAID)
        assert decided(of=of, currency="EUR", paid=Decimal(91))[0] is Verdict.REMIND

    def test_old_paid_rows_with_gaps_never_complain(self):
        gaps = {"due": None, "emails": (), "amount": None, "problems": BAD, "escalation": "nobody"}
        assert decided(standing=Standing.PAID, **gaps) == (Verdict.CLOSED, Code.PAID)

    def test_a_credit_note_needs_neither_due_date_nor_address(self):
        assert decided(amount=Decimal(-5), due=None, emails=()) == (Verdict.CLOSED, Code.CREDIT_NOTE)

    def test_marked_void_a_credit_note_is_no_credit(self):
        assert decided(amount=Decimal(-5), standing=Standing.VOID) == (Verdict.CLOSED, Code.VOID)


class TestProblem:
    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"amount": None}, Code.NO_AMOUNT),
            ({"amount": None, "problems": BAD}, Code.PROBLEM),
            ({"paid": None}, Code.PROBLEM),
            ({"due": None}, Code.NO_DUE),
            ({"due": dt.date(1999, 12, 31)}, Code.DUE_OUT_OF_RANGE),
            ({"due": dt.date(9999, 12, 31)}, Code.DUE_OUT_OF_RANGE),
            ({"due": dt.date.min}, Code.DUE_OUT_OF_RANGE),
            ({"escalation": "nobody"}, Code.UNKNOWN_POLICY),
            ({"emails": ()}, Code.NO_ADDRESS),
        ],
    )
    def test_the_row_is_left_out_and_says_why(self, fields, code):
        assert decided(**fields) == (Verdict.PROBLEM, code)

    def test_five_years_ahead_is_still_a_due_date(self):
        leap_day = dt.date(2028, 2, 29)
        assert decided(leap_day, due=dt.date(2033, 2, 28))[0] is Verdict.WAIT
        assert decided(leap_day, due=dt.date(2033, 3, 1))[0] is Verdict.PROBLEM

    def test_every_problem_is_told(self):
        office = Office(invoice(amount=None, due=None, escalation="x", problems=BAD), terms=terms())
        decision = office.decide(day(0))
        assert [decision.reason.code, *(other.code for other in decision.others)] == [
            Code.PROBLEM, Code.NO_DUE, Code.UNKNOWN_POLICY,
        ]  # fmt: skip

    def test_every_problem_is_told_where_all_cells_are_just_empty(self):
        decision = Office(invoice(amount=None, due=None, escalation="x"), terms=terms()).decide(day(0))
        assert [decision.reason.code, *(other.code for other in decision.others)] == [
            Code.NO_AMOUNT, Code.NO_DUE, Code.UNKNOWN_POLICY,
        ]  # fmt: skip

    def test_an_address_is_needed_only_where_a_letter_must_go(self):
        bad_address = (Problem("email", "invalid_address", "ap@"),)
        task = terms(ladder(5, delivery=Delivery.TASK))
        assert decided(of=task, emails=(), problems=bad_address)[0] is Verdict.REMIND
        assert decided(emails=(), problems=bad_address) == (Verdict.PROBLEM, Code.PROBLEM)

    def test_past_the_last_level_no_address_is_missed(self):
        office = Office(invoice(), terms=terms(ladder(5)))
        office.run(day(5), send=True)
        office.edit(emails=())
        assert office.decide(day(6)).verdict is Verdict.EXHAUSTED

    def test_a_missing_default_policy_is_a_problem_too(self):
        assert decided(of=terms(default="gone")) == (Verdict.PROBLEM, Code.UNKNOWN_POLICY)

    def test_an_unknown_action_is_told_and_holds_nothing_back(self):
        odd = Problem("action", "unknown_action", "sned")
        decision = Office(invoice(problems=(odd,)), terms=terms()).decide(day(5))
        assert decision.verdict is Verdict.REMIND
        assert [other.args["value"] for other in decision.others] == ["sned"]


class TestHeld:
    def test_a_dispute_holds(self):
        assert decided(standing=Standing.DISPUTED) == (Verdict.HELD, Code.DISPUTED)

    def test_the_day_of_the_hold_is_included(self):
        office = Office(invoice(hold=Hold(day(10))), terms=terms())
        decision = office.decide(day(10))
        assert (decision.verdict, decision.until) == (Verdict.HELD, day(11))
        assert office.decide(day(11)).verdict is Verdict.REMIND

    def test_without_a_date_it_holds_until_lifted(self):
        decision = Office(invoice(hold=Hold()), terms=terms()).decide(day(1000))
        assert (decision.verdict, decision.until) == (Verdict.HELD, None)

    def test_an_unreadable_date_holds_and_is_told(self):
        odd = Problem("hold_until", "unreadable_date", "soon")
        decision = Office(invoice(hold=Hold(), problems=(odd,)), terms=terms()).decide(day(5))
        assert (decision.verdict, decision.reason.code) == (Verdict.HELD, Code.HELD)
        assert [other.args["value"] for other in decision.others] == ["soon"]

    def test_until_the_last_day_of_all(self):
        assert decided(hold=Hold(dt.date.max)) == (Verdict.HELD, Code.HELD_UNTIL)


class TestPromised:
    def test_the_ladder_waits_for_it_and_for_the_days_of_grace(self):
        office = Office(invoice(promise=day(10)), terms=terms(promise_grace_days=2))
        decision = office.decide(day(12))
        assert (decision.verdict, decision.until) == (Verdict.PROMISED, day(13))

    def test_broken_it_goes_on_and_letters_can_say_so(self):
        office = Office(invoice(promise=day(10)), terms=terms(promise_grace_days=2))
        decision = office.decide(day(13))
        assert decision.verdict is Verdict.REMIND
        assert [(other.code, other.args["date"]) for other in decision.others] == [
            (Code.BROKEN_PROMISE, day(10))
        ]

    @pytest.mark.parametrize("promise", [dt.date.max, dt.date.min])
    def test_strange_days_are_no_error(self, promise):
        assert decided(promise=promise)[0] in {Verdict.PROMISED, Verdict.REMIND}


class TestAnswered:
    @pytest.fixture
    def office(self):
        office = Office(invoice(), terms=terms(ladder(5, 20, 40)))
        office.run(day(5), send=True)
        return office

    def reply(self, office, offset, name=Name.REPLIED, letter="SD-1"):
        office.today = day(offset)
        office.log(name, letter=letter, invoice="INV-1", effective=day(offset), note="ap@weber.example")

    def test_an_answer_holds_the_ladder_until_it_is_cleared(self, office):
        self.reply(office, 6)
        decision = office.decide(day(30))
        assert (decision.verdict, decision.reason.code) == (Verdict.ANSWERED, Code.REPLIED)
        assert decision.reason.args == {"who": "ap@weber.example", "date": day(6)}
        office.log(Name.ASKED, invoice="INV-1", note="clear")
        assert office.decide(day(30)).verdict is Verdict.REMIND

    def test_a_bounce_counts(self, office):
        self.reply(office, 5, Name.BOUNCED)
        assert office.decide(day(30)).reason.code == Code.BOUNCED

    def test_a_later_letter_of_ours_ends_it(self, office):
        office.run(day(20))
        self.reply(office, 21)
        office.send_by_hand("SD-2", day(22))
        assert office.decide(day(23)).verdict is Verdict.WAIT

    def test_an_answer_on_the_day_of_our_letter_still_counts(self, office):
        self.reply(office, 5)
        assert office.decide(day(30)).verdict is Verdict.ANSWERED

    def test_nobody_knows_whether_a_letter_of_the_same_day_went_before_or_after_it(self, office):
        office.run(day(20))
        self.reply(office, 21)
        office.send_by_hand("SD-2", day(21))
        assert office.decide(day(23)).verdict is Verdict.ANSWERED

    def test_an_answer_that_is_told_after_a_later_letter_counts_no_more(self, office):
        office.run(day(20), send=True)
        self.reply(office, 12)
        assert office.decide(day(30)).verdict is Verdict.WAIT


class TestReview:
    @pytest.fixture
    def office(self):
        office = Office(invoice(), terms=terms(ladder(5, 20)))
        office.run(day(5))
        return office

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            (Name.EDITED, Code.DRAFT_EDITED),
            (Name.SENDING, Code.DRAFT_SENDING),
            (Name.GONE, Code.DRAFT_GONE),
            (Name.WITHDRAWING, Code.DRAFT_WITHDRAWING),
            (Name.DISCARDED, Code.DRAFT_DISCARDED),
            (Name.UNCERTAIN, Code.DRAFT_UNCERTAIN),
        ],
    )
    def test_an_open_letter_stands_in_the_way(self, office, name, code):
        office.tell("SD-1", name)
        decision = office.decide(day(30))
        assert (decision.verdict, decision.reason.code, decision.level.name) == (
            Verdict.REVIEW,
            code,
            "level1",
        )
        assert decision.reason.args == {"level": "level1", "place": 1, "levels": 2}

    @pytest.mark.parametrize("name", [Name.WITHDRAWN, Name.FAILED])
    def test_a_withdrawn_or_refused_one_frees_the_level(self, office, name):
        office.tell("SD-1", name)
        decision = office.decide(day(30))
        assert (decision.verdict, decision.level.name) == (Verdict.REMIND, "level1")

    def test_a_level_that_the_config_has_lost_is_told_by_name(self, office):
        office.terms = terms(ladder(9, name="other"))
        assert office.decide(day(30)).reason.args == {"level": "level1", "place": 0, "levels": 0}

    def test_an_invoice_that_is_only_listed_is_free(self):
        office = Office(invoice("A"), invoice("B", due=day(-2)), terms=terms(ladder(5, 20), min_gap_days=0))
        office.run(day(3), send=True)
        office.run(day(5))
        assert {part.invoice: part.role for part in office.history.letters["SD-2"].parts} == {
            "A": "climbed", "B": "listed",
        }  # fmt: skip
        assert office.decide(day(18), "B").verdict is Verdict.REMIND


def test_a_calendar_without_sending_days_is_told_as_a_mistake_of_the_config():
    from sheetsdun.errors import UsageError

    with pytest.raises(UsageError, match="no sending day"):
        decided(of=terms(calendar=Calendar(closed=lambda _: True)))
    with pytest.raises(UsageError, match="no weekday"):
        Calendar(days=frozenset())
