"""What each event of the log means."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from debts import Office, day, invoice, ladder, terms

from sheetsdun.domain.event import BY_HAND, Event, Name
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import State
from sheetsdun.domain.policy import Kind

MORNING = dt.datetime(2026, 3, 2, 6, tzinfo=dt.UTC)


def event(sequence=0, name="opened", **fields):
    ordinary = {
        "time": MORNING + dt.timedelta(minutes=sequence),
        "day": day(0),
        "run": "r",
        "sequence": sequence,
    }
    return Event(name=name, **{**ordinary, **fields})


@pytest.fixture
def office():
    """Two invoices of one debtor, one letter, drafted."""
    office = Office(invoice("A"), invoice("B"), terms=terms(ladder(5, 20, 40)))
    office.run(day(5))
    return office


def letter(office, name="SD-1"):
    return office.history.letters[name]


class TestOrder:
    def test_the_order_of_rows_does_not_matter(self, office):
        office.tell("SD-1", Name.SENT)
        shuffled = office.events.copy()
        random.Random(1).shuffle(shuffled)
        assert fold(shuffled) == office.history

    def test_identical_copies_are_ignored(self, office):
        assert fold(office.events + office.events[2:4]) == office.history

    def test_it_stops_at_a_gap_and_names_it(self):
        history = fold([event(1, letter="L"), event(2, "drafted", letter="L"), event(4, "sent", letter="L")])
        assert (history.broken, history.count, history.letters["L"].state) == (3, 2, State.DRAFTED)

    def test_a_log_that_has_lost_its_first_row_is_broken_there(self):
        assert fold([event(2)]).broken == 1

    def test_it_stops_before_a_number_that_two_events_share(self):
        history = fold([event(1, letter="L"), event(2, "drafted", letter="L"), event(2, "sent", letter="L")])
        assert (history.broken, history.count, history.letters["L"].state) == (2, 1, State.OPENED)

    def test_events_that_are_not_yet_written_come_last(self):
        history = fold([event(0, "drafted", letter="L"), event(1, letter="L")])
        assert (history.broken, history.letters["L"].state) == (None, State.DRAFTED)

    def test_an_empty_log_is_whole(self):
        history = fold([])
        assert (history.broken, history.count, history.last_day) == (None, 0, None)

    def test_words_of_a_later_version_change_nothing(self, office):
        before = office.history
        office.log("snoozed", letter="SD-1", invoice="A")
        after = office.history
        assert (after.letters, after.invoices, after.count) == (
            before.letters,
            before.invoices,
            before.count + 1,
        )


class TestTheWholeLog:
    def test_the_latest_of_everything(self):
        run = event(2, Name.RUN, note="4 rows", mailbox="ar@example.com")
        history = fold(
            [event(1, history_id="7", mailbox="old@example.com", day=day(3)), run, event(3, day=day(1))]
        )
        assert (history.last_run, history.mailbox, history.history_id) == (run, "ar@example.com", "7")
        assert (history.last_day, history.last_time) == (day(3), MORNING + dt.timedelta(minutes=3))

    def test_the_mails_that_answers_came_in_are_known(self, office):
        office.log(Name.REPLIED, letter="SD-1", invoice="A", message_id="m9")
        assert office.history.answers == {"m9"}


class TestALetter:
    def test_the_ordinary_course(self, office):
        states = [letter(office).state]
        for name in (Name.SENDING, Name.SENT):
            office.tell("SD-1", name)
            states.append(letter(office).state)
        assert states == [State.DRAFTED, State.SENDING, State.SENT]

    def test_its_state_is_since_the_first_row_that_says_so(self, office):
        office.tell("SD-1", Name.SENDING)
        first, second = office.events[-2:]
        assert first.time < second.time
        assert letter(office).since == first.time

    def test_one_row_that_says_sent_completes_every_invoice(self, office):
        office.tell("SD-1", Name.SENT)
        whole = fold(office.events)
        assert fold(office.events[:-1]).invoices == whole.invoices
        assert [whole.of(name).completions[0].day for name in "AB"] == [day(5), day(5)]

    def test_a_listed_invoice_completes_nothing(self):
        history = fold(
            [event(1, letter="L", role="listed", invoice="A"), event(2, "sent", letter="L", invoice="A")]
        )
        assert history.of("A").completions == ()

    def test_sent_by_hand_is_told_by_the_note(self, office):
        office.tell("SD-1", Name.SENT, note=BY_HAND)
        assert letter(office).by_hand

    @pytest.mark.parametrize("name", [Name.DISCARDED, Name.GONE, Name.EDITED, Name.FAILED, Name.WITHDRAWN])
    def test_what_was_sent_stays_sent(self, office, name):
        office.tell("SD-1", Name.SENT)
        office.tell("SD-1", name)
        assert letter(office).state is State.SENT

    def test_the_kind_comes_from_the_offsets_that_climb(self):
        listed = event(2, letter="L", role="listed", invoice="B", offset=9)
        history = fold([event(1, letter="L", role="climbed", invoice="A", offset=-3), listed])
        assert history.letters["L"].kind is Kind.UPCOMING

    def test_a_shell_in_which_a_person_wrote_is_an_edited_draft(self):
        history = fold([event(1, letter="L"), event(2, Name.EDITED, letter="L")])
        assert (history.letters["L"].state, history.letters["L"].edited) == (State.DRAFTED, True)

    def test_an_answer_does_not_change_whose_ids_the_letter_has(self, office):
        office.tell("SD-1", Name.SENT, message_id="m1", thread_id="t1")
        office.log(Name.REPLIED, letter="SD-1", invoice="A", message_id="m2", thread_id="t2")
        assert (letter(office).message_id, letter(office).thread_id) == ("m1", "t1")

    def test_the_day_it_was_written_is_known(self, office):
        office.today = day(9)
        office.tell("SD-1", Name.SENT)
        assert (letter(office).day, letter(office).effective) == (day(5), day(9))


class TestADraftThatIsGone:
    def test_the_first_look_is_remembered_until_it_is_seen_again(self, office):
        office.tell("SD-1", Name.GONE)
        first = letter(office).since
        office.tell("SD-1", Name.GONE)
        assert (letter(office).state, letter(office).gone) == (State.GONE, first)
        office.tell("SD-1", Name.EDITED)
        assert (letter(office).state, letter(office).gone) == (State.DRAFTED, None)

    @pytest.mark.parametrize("name", [Name.WITHDRAWING, Name.SENDING, Name.UNCERTAIN, Name.DISCARDED])
    def test_gone_leaves_what_was_known_of_it(self, office, name):
        office.tell("SD-1", name)
        office.tell("SD-1", Name.GONE)
        assert letter(office).state == State(name)
        assert letter(office).gone is not None


class TestSkip:
    def test_it_completes_the_level_without_a_letter(self):
        history = fold(
            [event(1, Name.SKIPPED, invoice="A", policy="p", level="l", offset=3, effective=day(-9))]
        )
        done = history.of("A").completions[0]
        assert (done.how, done.level, done.day) == ("skipped", "l", day(-9))

    def skip(self, office, name):
        level = {"policy": "standard", "level": "level1", "offset": 5}
        office.log(Name.SKIPPED, letter="SD-1", role="climbed", invoice=name, **level)

    def test_of_a_deleted_draft_frees_each_invoice_and_at_last_the_letter(self, office):
        office.tell("SD-1", Name.DISCARDED)
        self.skip(office, "A")
        assert (letter(office).state, letter(office).blocks("A"), letter(office).blocks("B")) == (
            State.DISCARDED, False, True,
        )  # fmt: skip
        self.skip(office, "B")
        assert letter(office).state is State.SKIPPED

    def test_while_the_draft_is_there_it_blocks_on(self, office):
        self.skip(office, "A")
        self.skip(office, "B")
        assert (letter(office).state, letter(office).blocks("A")) == (State.DRAFTED, True)
        office.tell("SD-1", Name.DISCARDED)
        assert letter(office).state is State.SKIPPED

    def test_a_letter_that_went_after_all_outweighs_it(self, office):
        self.skip(office, "A")
        office.today = day(8)
        office.tell("SD-1", Name.SENT)
        assert [(done.how, done.day) for done in office.history.of("A").completions] == [("sent", day(8))]


class TestRedo:
    def redo(self, office, name="A", of="SD-1"):
        office.log(Name.ASKED, invoice=name, letter=of, note="redo")

    @pytest.mark.parametrize("name", [Name.DISCARDED, Name.UNCERTAIN, Name.FAILED, Name.SENT])
    def test_it_puts_the_letter_away_and_frees_the_level_of_all_its_invoices(self, office, name):
        office.tell("SD-1", name)
        self.redo(office)
        history = office.history
        assert history.letters["SD-1"].state is State.REPLACED
        assert [(history.of(one).cycle, history.of(one).completions) for one in "AB"] == [(2, ()), (2, ())]

    def test_two_rows_that_ask_for_it_are_one_redo(self, office):
        office.tell("SD-1", Name.SENT)
        office.run(day(20))
        office.tell("SD-2", Name.DISCARDED)
        self.redo(office, "A", "SD-2")
        self.redo(office, "B", "SD-2")
        history = office.history
        assert [(history.of(one).cycle, len(history.of(one).completions)) for one in "AB"] == [(2, 1), (2, 1)]

    def test_of_a_sent_letter_it_leaves_alone_who_has_climbed_on(self, office):
        office.tell("SD-1", Name.SENT)
        office.edit("B", paid=100)
        office.run(day(20), send=True)
        self.redo(office, "B")
        history = office.history
        assert [done.level for done in history.of("A").completions] == ["level1", "level2"]
        assert (history.of("A").cycle, history.of("B").cycle) == (1, 2)

    def test_without_a_letter_the_last_level_is_free_again(self):
        skipped = event(1, Name.SKIPPED, invoice="A", policy="p", level="l", offset=3)
        history = fold([skipped, event(2, Name.ASKED, invoice="A", note="redo")])
        assert (history.of("A").completions, history.of("A").cycle) == ((), 2)

    def test_an_old_log_that_names_no_letter_means_the_open_one(self, office):
        office.tell("SD-1", Name.DISCARDED)
        self.redo(office, of="")
        assert letter(office).state is State.REPLACED

    def test_it_settles_the_answer_to_that_letter(self, office):
        office.tell("SD-1", Name.SENT)
        office.tell("SD-1", Name.BOUNCED)
        self.redo(office)
        assert office.history.of("B").answer is None


class TestAnswers:
    def test_an_answer_concerns_every_invoice_of_the_letter(self, office):
        office.tell("SD-1", Name.SENT)
        office.log(
            Name.REPLIED, letter="SD-1", invoice="A", note="x@y.example", thread_id="t", effective=day(6)
        )
        answers = [office.history.of(name).answer for name in "AB"]
        assert answers[0] == answers[1]
        assert (answers[0].who, answers[0].day, answers[0].thread_id) == ("x@y.example", day(6), "t")

    @pytest.mark.parametrize("name", [Name.ASKED, Name.CLEARED])
    def test_clear_deals_with_it_for_all_of_them(self, office, name):
        office.tell("SD-1", Name.SENT)
        office.tell("SD-1", Name.REPLIED)
        office.log(name, invoice="B", note="clear")
        assert [office.history.of(one).answer for one in "AB"] == [None, None]


def test_what_was_asked_is_pending_until_it_is_cleared(office):
    office.log(Name.ASKED, invoice="A", letter="SD-1", note="send")
    office.log(Name.ASKED, invoice="A", letter="SD-1", note="send")
    assert office.history.of("A").pending == {"send": "SD-1"}
    office.log(Name.CLEARED, invoice="A", note="send")
    assert office.history.of("A").pending == {}


def test_events_without_a_name_that_they_need_are_passed_over():
    odd = [
        event(1, Name.SENT),
        event(2, Name.SKIPPED),
        event(3, Name.REPLIED),
        event(4, Name.ASKED, note="redo"),
    ]
    history = fold([*odd, event(5, Name.CLEARED, note="clear")])
    assert (history.letters, dict(history.invoices)) == ({}, {})


def test_a_recovered_log_that_begins_with_sent_is_understood():
    sent = event(1, Name.SENT, letter="L", role="climbed", invoice="A", policy="p", level="l", offset=3)
    history = fold([sent, replace(sent, sequence=2, invoice="B")])
    assert [history.of(name).completions[0].level for name in "AB"] == ["l", "l"]
