"""What people ask for in the Action column."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from debts import Office, day, invoice, ladder, terms

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.event import Name
from sheetsdun.domain.history import State
from sheetsdun.domain.invoice import Action, Hold, Standing
from sheetsdun.domain.policy import Delivery
from sheetsdun.domain.reasons import Code


@pytest.fixture
def office():
    """A and B in one drafted letter, which lists C."""
    office = Office(
        invoice("A"), invoice("B"), invoice("C", due=day(3)), terms=terms(ladder(5, 20), min_gap_days=0)
    )
    office.run(day(5))
    return office


def told(result):
    return [(deed.invoice.id, deed.reason.code) for deed in result.deeds]


def test_no_action_comes_to_nothing(office):
    result = office.asked(day(6))
    assert (result.deeds, result.send, result.withdraw, result.forgotten) == ((), (), (), ())


class TestSend:
    def test_it_sends_the_whole_letter(self, office):
        office.edit("B", action=Action.SEND)
        assert office.act(day(6)).send == ("SD-1",)
        assert [office.decide(day(7), name).verdict for name in "AB"] == [Verdict.WAIT, Verdict.WAIT]

    def test_filled_down_a_column_it_sends_once(self, office):
        for name in "ABC":
            office.edit(name, action=Action.SEND)
        result = office.act(day(6))
        assert (result.send, [deed.carried_out for deed in result.deeds]) == (("SD-1",), [True] * 3)

    def test_edits_of_the_reviewer_go_with_it(self, office):
        office.tell("SD-1", Name.EDITED)
        office.edit("A", action=Action.SEND)
        assert office.asked(day(6)).send == ("SD-1",)

    @pytest.mark.parametrize("name", ["A", "B", "C"])
    @pytest.mark.parametrize(
        "cells",
        [
            {"standing": Standing.PAID},
            {"hold": Hold()},
            {"stopped": True},
            {"promise": day(9)},
            {"amount": None},
        ],
    )
    def test_a_closed_or_held_invoice_in_the_letter_beats_it(self, office, name, cells):
        office.edit("A", action=Action.SEND)
        office.edit(name, **cells)
        result = office.asked(day(6))
        assert (result.send, told(result)) == ((), [("A", Code.ACTION_NOT_NOW)])
        assert result.deeds[0].reason.args["invoice"] == name

    def test_a_credit_that_the_letter_shows_does_not(self):
        office = Office(
            invoice("A"),
            invoice("C", amount=Decimal(-30), due=None),
            terms=terms(ladder(5, 20), min_gap_days=0),
        )
        office.run(day(5))
        assert office.history.letters["SD-1"].invoices == ("A", "C")
        office.edit("A", action=Action.SEND)
        assert office.asked(day(6)).send == ("SD-1",)

    def test_so_does_a_level_that_was_skipped(self, office):
        office.tell("SD-1", Name.EDITED)
        office.edit("A", action=Action.SKIP)
        office.act(day(6))
        office.edit("B", action=Action.SEND)
        assert told(office.asked(day(6))) == [("B", Code.ACTION_NOT_NOW)]

    def test_a_row_that_is_gone_counts_as_closed(self, office):
        office.edit("A", action=Action.SEND)
        office.remove("B")
        assert told(office.asked(day(6))) == [("A", Code.ACTION_NOT_NOW)]

    @pytest.mark.parametrize("name", [Name.DISCARDED, Name.GONE, Name.UNCERTAIN, Name.SENT, Name.WITHDRAWN])
    def test_without_a_draft_there_is_nothing_to_send(self, office, name):
        office.tell("SD-1", name)
        office.edit("A", action=Action.SEND)
        assert told(office.asked(day(6))) == [("A", Code.ACTION_NO_DRAFT)]

    def test_while_it_is_on_its_way_it_is_not_sent_again(self, office):
        office.tell("SD-1", Name.SENDING)
        office.edit("A", action=Action.SEND)
        assert told(office.asked(day(6))) == [("A", Code.ACTION_BUSY)]


class TestRedo:
    def test_an_untouched_draft_is_taken_back_and_written_anew(self, office):
        office.edit("A", action=Action.REDO)
        result = office.act(day(6))
        assert (result.withdraw, office.history.letters["SD-1"].state) == (("SD-1",), State.WITHDRAWN)
        reminder = office.run(day(6)).reminders[0]
        assert [(decision.invoice.id, decision.cycle) for decision in reminder.climbed] == [
            ("A", 2),
            ("B", 2),
        ]

    def test_an_edited_draft_is_left_alone(self, office):
        office.tell("SD-1", Name.EDITED)
        office.edit("A", action=Action.REDO)
        result = office.asked(day(6))
        assert (result.withdraw, told(result)) == ((), [("A", Code.ACTION_EDITED)])

    @pytest.mark.parametrize("name", [Name.DISCARDED, Name.GONE, Name.UNCERTAIN, Name.FAILED])
    def test_a_lost_letter_is_written_anew(self, office, name):
        office.tell("SD-1", name)
        office.edit("A", action=Action.REDO)
        assert office.act(day(6)).withdraw == ()
        assert [decision.level.name for decision in office.run(day(6)).reminders[0].climbed] == [
            "level1",
            "level1",
        ]

    def test_a_sent_letter_is_written_anew(self, office):
        office.tell("SD-1", Name.SENT)
        office.edit("A", action=Action.REDO)
        office.edit("B", action=Action.REDO)
        office.act(day(6))
        assert [decision.cycle for decision in office.run(day(6)).reminders[0].climbed] == [2, 2]

    def test_a_skipped_level_is_free_again(self):
        office = Office(invoice(action=Action.SKIP), terms=terms(ladder(5, 20)))
        office.act(day(5))
        office.edit(action=Action.REDO)
        office.act(day(6))
        assert office.decide(day(6)).level.name == "level1"

    @pytest.mark.parametrize("name", [Name.SENDING, Name.WITHDRAWING])
    def test_not_while_we_are_finding_out(self, office, name):
        office.tell("SD-1", name)
        office.edit("A", action=Action.REDO)
        assert told(office.asked(day(6))) == [("A", Code.ACTION_BUSY)]

    @pytest.mark.parametrize("cells", [{}, {"standing": Standing.PAID}])
    def test_where_there_is_nothing_it_comes_to_nothing(self, cells):
        office = Office(invoice(action=Action.REDO, **cells), terms=terms())
        assert told(office.asked(day(5))) == [("INV-1", Code.ACTION_NOTHING)]


class TestSkip:
    def test_of_an_untouched_draft_it_rewrites_the_draft(self, office):
        office.edit("A", action=Action.SKIP)
        office.act(day(6))
        planned = office.run(day(6))
        assert [stale.letter for stale in planned.withdrawals] == ["SD-1"]
        assert [decision.invoice.id for decision in planned.reminders[0].climbed] == ["B"]
        assert office.decide(day(6), "A").level.name == "level2"

    def test_of_an_edited_draft_it_flags_the_draft(self, office):
        office.tell("SD-1", Name.EDITED)
        office.edit("A", action=Action.SKIP)
        office.act(day(6))
        planned = office.run(day(6))
        assert (planned.withdrawals, [flag.letter for flag in planned.flags]) == ((), ["SD-1"])

    @pytest.mark.parametrize("name", [Name.DISCARDED, Name.GONE, Name.UNCERTAIN])
    def test_of_a_lost_letter_it_counts_for_all_its_invoices(self, office, name):
        office.tell("SD-1", name)
        office.edit("A", action=Action.SKIP)
        office.edit("B", action=Action.SKIP)
        result = office.act(day(6))
        assert [[part.invoice for part in deed.completes] for deed in result.deeds] == [["A", "B"], []]
        assert [office.decide(day(7), one).level.name for one in "AB"] == ["level2", "level2"]
        assert office.history.letters["SD-1"].state is State.SKIPPED

    def test_without_a_letter_the_next_level_counts_as_done(self):
        office = Office(invoice(action=Action.SKIP, hold=Hold()), terms=terms(ladder(5, 20)))
        assert [part.level for part in office.act(day(1)).deeds[0].completes] == ["level1"]

    @pytest.mark.parametrize("cells", [{"standing": Standing.PAID}, {"due": None}])
    def test_where_there_is_no_level_it_comes_to_nothing(self, cells):
        office = Office(invoice(action=Action.SKIP, **cells), terms=terms())
        assert told(office.asked(day(5))) == [("INV-1", Code.ACTION_NOTHING)]

    def test_twice_while_the_draft_is_there_is_once(self, office):
        office.edit("A", action=Action.SKIP)
        office.act(day(6))
        office.edit("A", action=Action.SKIP)
        assert told(office.asked(day(6))) == [("A", Code.ACTION_NOTHING)]


class TestClear:
    def test_it_deals_with_the_answer_for_the_whole_letter(self, office):
        office.tell("SD-1", Name.SENT)
        office.log(Name.REPLIED, letter="SD-1", invoice="A", note="x")
        office.edit("B", action=Action.CLEAR)
        assert office.act(day(6)).deeds[0].letter == "SD-1"
        assert [office.decide(day(7), name).verdict for name in "AB"] == [Verdict.WAIT, Verdict.WAIT]

    def test_without_an_answer_it_comes_to_nothing(self, office):
        office.edit("A", action=Action.CLEAR)
        assert told(office.asked(day(6))) == [("A", Code.ACTION_NOTHING)]


class TestDone:
    @pytest.fixture
    def office(self):
        return Office(invoice(action=Action.DONE), terms=terms(ladder(5, 20, delivery=Delivery.TASK)))

    def test_it_completes_the_task(self, office):
        office.act(day(6))
        assert office.decide(day(7)).until == day(21)
        assert office.history.of("INV-1").completions[0].how == "done"

    def test_also_when_the_call_has_brought_a_promise(self, office):
        office.edit(promise=day(9))
        assert [part.level for part in office.asked(day(6)).deeds[0].completes] == ["level1"]

    def test_also_on_a_sunday(self, office):
        office.terms = replace(office.terms, calendar=Calendar())
        assert day(6).weekday() == 6
        assert told(office.asked(day(6))) == [("INV-1", Code.ACTION_DONE)]

    def test_before_its_day_there_is_no_task(self, office):
        assert told(office.asked(day(4))) == [("INV-1", Code.ACTION_NOTHING)]

    def test_a_letter_is_no_task(self):
        office = Office(invoice(action=Action.DONE), terms=terms())
        assert told(office.asked(day(6))) == [("INV-1", Code.ACTION_NOTHING)]


class TestContradictions:
    def test_of_rows_that_ask_one_letter_for_different_things_none_is_carried_out(self, office):
        office.edit("A", action=Action.SEND)
        office.edit("B", action=Action.SKIP)
        result = office.act(day(6))
        assert told(result) == [("A", Code.ACTION_CONTRADICTS), ("B", Code.ACTION_CONTRADICTS)]
        assert office.open() == ["SD-1"]

    def test_rows_that_share_a_number_are_not_acted_upon(self, office):
        office.add(invoice("A", action=Action.SEND))
        assert told(office.asked(day(6))) == [("A", Code.ACTION_NOTHING)]


class TestOnceOnly:
    def test_what_is_asked_and_not_cleared_means_only_clear(self, office):
        office.log(Name.ASKED, invoice="A", letter="SD-1", note="send")
        office.tell("SD-1", Name.SENT)
        office.edit("A", action=Action.SEND)
        result = office.asked(day(6))
        assert (result.send, [(deed.carried_out, deed.logged) for deed in result.deeds]) == (
            (),
            [(True, True)],
        )

    def test_a_letter_that_was_to_be_sent_and_is_still_a_draft_is_sent_now(self, office):
        office.log(Name.ASKED, invoice="A", letter="SD-1", note="send")
        office.edit("A", action=Action.SEND)
        result = office.asked(day(6))
        assert (result.send, [deed.logged for deed in result.deeds]) == (("SD-1",), [True])

    def test_what_was_asked_for_one_letter_never_sends_the_next(self, office):
        office.log(Name.ASKED, invoice="A", letter="SD-0", note="send")
        office.edit("A", action=Action.SEND)
        assert office.asked(day(6)).send == ()

    @pytest.mark.parametrize("action", [None, Action.SKIP])
    def test_a_cell_that_says_so_no_more_needs_only_a_line_in_the_log(self, office, action):
        office.log(Name.ASKED, invoice="A", letter="SD-1", note="send")
        office.edit("A", action=action)
        assert office.asked(day(6)).forgotten == (("A", "send"),)
