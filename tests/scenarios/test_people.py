"""What people do in the sheet and in Gmail between two runs, and what the next run makes of it."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from embedded.reports import QMAIL, report
from office import START, Office, office

from sheetsdun.domain.event import Name
from sheetsdun.domain.history import State
from sheetsdun.ports import Outgoing
from sheetsdun.rows.columns import DEFAULTS


@pytest.fixture
def shop() -> Office:
    """One invoice, and its draft."""
    made = office()
    made.add("INV-1", due=-4)
    made.sync()
    return made


def draft(shop: Office) -> str:
    ((draft_id, _),) = shop.drafts()
    return draft_id


def at_the_write(shop: Office, act: Callable[[], object]) -> list[object]:
    """Let somebody act when the statuses are on their way to the places that were read; what came of it."""
    done: list[object] = []

    def before(_number: int, name: str) -> None:
        if name == "write" and not done:
            done.append(act())

    shop.hooks.before = before
    return done


class TestActions:
    def test_send_sends_the_draft_with_the_reviewers_edits_and_empties_the_cell(self, shop: Office) -> None:
        shop.edit_draft(draft(shop), "Dear Ms Weber, shall we talk?")
        shop.write("INV-1", "action", "send")
        shop.sync()
        assert len(shop.sent()) == 1
        assert "shall we talk" in shop.mailbox.all[_last_sent(shop)].content.get_content()
        assert shop.status("INV-1") == "Sent on 2 Mar"
        assert shop.cell("INV-1", "action") == ""

    def test_send_filled_down_approves_many_at_once(self) -> None:
        shop = office()
        for number in range(25):
            shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
        shop.sync()
        for number in range(25):
            shop.write(f"INV-{number}", "action", "send")
        shop.sync()
        assert len(shop.sent()) == 25
        assert not shop.drafts()

    def test_a_paid_invoice_beats_send(self, shop: Office) -> None:
        shop.write("INV-1", "action", "send")
        shop.write("INV-1", "paid", 100)
        shop.sync()
        assert not shop.sent()
        assert shop.status("INV-1") == "Paid"

    def test_a_payment_that_comes_in_while_we_send_is_seen_in_time(self, shop: Office) -> None:
        shop.write("INV-1", "action", "send")

        def pay(_number: int, name: str) -> None:
            if name == "tables":
                shop.write("INV-1", "paid", 100)

        shop.hooks.before = pay
        shop.sync()
        assert not shop.sent()

    def test_skip_counts_the_level_as_done_and_the_draft_goes(self, shop: Office) -> None:
        shop.write("INV-1", "action", "skip")
        shop.sync()
        assert not shop.drafts()
        assert not shop.sent()
        assert [done.how for done in shop.history.of("INV-1").completions] == ["skipped"]
        assert shop.status("INV-1") == "Next: reminder on 9 Mar"

    def test_skip_counts_the_level_as_done_although_an_edited_draft_stays(self, shop: Office) -> None:
        shop.edit_draft(draft(shop), "Dear Ms Weber, shall we talk?")
        shop.sync()
        shop.write("INV-1", "action", "skip")
        shop.sync()
        assert len(shop.drafts()) == 1
        assert [done.how for done in shop.history.of("INV-1").completions] == ["skipped"]
        assert shop.cell("INV-1", "action") == ""

    def test_redo_makes_a_new_letter_in_the_next_cycle(self, shop: Office) -> None:
        before = draft(shop)
        shop.write("INV-1", "action", "redo")
        outcome = shop.sync()
        assert [event.name for event in outcome.events].count(Name.ASKED) == 1
        assert draft(shop) != before
        assert shop.history.of("INV-1").cycle == 2
        assert shop.cell("INV-1", "action") == ""

    def test_redo_after_the_draft_was_deleted(self, shop: Office) -> None:
        shop.mailbox.discard(draft(shop))
        shop.sync()
        shop.pass_days(1)
        shop.sync()
        shop.write("INV-1", "action", "redo")
        shop.sync()
        assert len(shop.drafts()) == 1
        assert shop.status("INV-1") == "Draft ready: friendly (2 of 5)"

    def test_contradicting_actions_on_one_letter_are_told_and_not_carried_out(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        shop.add("INV-2", due=-4)
        shop.sync()
        shop.write("INV-1", "action", "send")
        shop.write("INV-2", "action", "redo")
        shop.sync()
        assert not shop.sent()
        assert len(shop.drafts()) == 1
        assert shop.cell("INV-1", "action") == "send"
        assert "different things" in shop.cell("INV-1", "reminder_note")

    def test_an_action_is_carried_out_once_though_the_cell_could_not_be_emptied(self, shop: Office) -> None:
        header = shop.rows[0]
        shop.sheet.protected.add(("Invoices", header.index("Action")))
        shop.write("INV-1", "action", "redo")
        shop.sync()
        after = draft(shop)
        shop.sync()
        assert draft(shop) == after
        assert shop.history.of("INV-1").cycle == 2

    def test_a_changed_mind_is_respected(self, shop: Office) -> None:
        shop.write("INV-1", "action", "send")
        shop.write("INV-1", "action", "")
        shop.sync()
        assert not shop.sent()


class TestAnswers:
    def sent(self) -> Office:
        shop = office()
        shop.add("INV-1", due=-4, escalation="auto")
        shop.sync()
        shop.pass_days(1)
        return shop

    def test_an_answer_holds_the_ladder_until_a_person_clears_it(self) -> None:
        shop = self.sent()
        shop.answer()
        shop.sync()
        assert "answered on 3 Mar" in shop.status("INV-1")
        assert "Ms Weber <ap@weber.example> wrote" in shop.cell("INV-1", "reminder_note")
        shop.pass_days(30)
        shop.sync()
        assert len(shop.sent()) == 1
        shop.write("INV-1", "action", "clear")
        shop.sync()
        assert len(shop.sent()) == 2

    def test_an_out_of_office_reply_holds_nothing(self) -> None:
        shop = self.sent()
        shop.answer("I am away.", Auto_Submitted="auto-replied")
        shop.sync()
        assert shop.status("INV-1") == "Sent on 2 Mar"

    def test_a_delivery_report_is_a_problem_with_the_address(self) -> None:
        shop = self.sent()
        shop.answer("Address not found.", sender="mailer-daemon@example.com", Auto_Submitted="auto-replied")
        shop.sync()
        assert shop.status("INV-1") == "Came back on 3 Mar: check the address"
        assert "The letter to ap@weber.example came back" in shop.cell("INV-1", "reminder_note")

    def comes(self, shop: Office, raw: bytes) -> None:
        """A report comes in, in the letter's thread."""
        last = [each for each in shop.mailbox.all.values() if "SENT" in each.labels][-1]
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        mail["In-Reply-To"] = last.rfc_id
        del mail["Subject"]
        mail["Subject"] = f"Re: {last.content['Subject']}"
        shop.mailbox.receive(mail.as_bytes())

    @pytest.mark.parametrize("raw", [report("failed"), QMAIL], ids=["by the standard", "by its wording"])
    def test_a_report_names_the_address_whoever_wrote_it(self, raw: bytes) -> None:
        shop = self.sent()
        self.comes(shop, raw)
        shop.sync()
        assert shop.status("INV-1") == "Came back on 3 Mar: check the address"
        assert "The letter to ap@weber.example came back" in shop.cell("INV-1", "reminder_note")

    @pytest.mark.parametrize("action", ["delayed", "delivered"])
    def test_a_report_that_nothing_has_failed_holds_nothing(self, action: str) -> None:
        shop = self.sent()
        raw = report(action, status="4.4.1")
        self.comes(shop, raw if action == "delayed" else raw.replace(b"Auto-Submitted", b"X-Something"))
        shop.sync()
        assert shop.status("INV-1") == "Sent on 2 Mar"

    def test_a_debtor_who_quotes_a_report_has_answered(self) -> None:
        shop = self.sent()
        shop.answer(
            "The following addresses had permanent fatal errors:\n<ap@weber.example>\n\nWhat is this?"
        )
        shop.sync()
        assert "answered" in shop.status("INV-1")

    def test_an_answer_is_found_although_the_history_has_expired(self) -> None:
        shop = self.sent()
        shop.answer()
        shop.mailbox.oldest = 10**9
        shop.sync()
        assert "answered" in shop.status("INV-1")

    def test_one_answer_is_told_once(self) -> None:
        shop = self.sent()
        shop.answer()
        shop.sync()
        links = len(shop.sheet.chain_)
        shop.sync()
        assert len(shop.sheet.chain_) == links


class TestDrafts:
    def test_a_draft_in_the_bin_is_a_deleted_draft(self, shop: Office) -> None:
        shop.mailbox.bin(draft(shop))
        shop.sync()
        assert shop.status("INV-1") == "Draft deleted: choose redo or skip"

    @pytest.mark.parametrize(
        ("text", "status"),
        [("", "Draft ready: friendly (2 of 5)"), ("Hello.", "Draft ready, edited: friendly (2 of 5)")],
        ids=["untouched", "edited"],
    )
    def test_a_draft_fished_out_of_the_bin_is_a_draft_again(
        self, shop: Office, text: str, status: str
    ) -> None:
        draft_id = draft(shop)
        if text:
            shop.edit_draft(draft_id, text)
        shop.sync()
        shop.mailbox.bin(draft_id)
        shop.sync()
        shop.mailbox.all[shop.mailbox.draft_ids[draft_id]].labels.discard("TRASH")
        shop.sync()
        assert shop.status("INV-1") == status

    def test_an_edited_draft_that_is_edited_once_more_is_no_news(self, shop: Office) -> None:
        shop.edit_draft(draft(shop), "Dear Ms Weber, shall we talk?")
        shop.sync()
        links = len(shop.sheet.chain_)
        shop.edit_draft(draft(shop), "Dear Ms Weber, shall we talk on Friday?")
        shop.sync()
        assert len(shop.sheet.chain_) == links

    def test_an_edited_draft_that_gets_another_subject_is_found_in_its_new_thread_though_search_lags(
        self, shop: Office
    ) -> None:
        shop.edit_draft(draft(shop), "Dear Ms Weber, shall we talk?")
        shop.sync()
        (letter,) = shop.history.letters
        shop.edit_draft(draft(shop), f"Dear Ms Weber, shall we talk? Ref. {letter}", subject="On Friday?")
        shop.sync()
        shop.mailbox.unsearchable.add(shop.mailbox.send_by_hand(draft(shop)))
        shop.sync()
        assert shop.status("INV-1") == "Sent by hand on 2 Mar"

    @pytest.mark.parametrize("seen", [True, False], ids=["seen before", "seen at the last look"])
    def test_a_draft_to_which_somebody_has_put_a_file_is_edited_though_it_says_the_same(
        self, shop: Office, seen: bool
    ) -> None:
        before = draft(shop)
        if seen:
            shop.attach(before, "plan of payments.pdf")
            shop.sync()
            assert shop.status("INV-1") == "Draft ready, edited: friendly (2 of 5)"
        shop.write("INV-1", "paid", 40)
        if not seen:
            looked = []

            def before_look(_number: int, name: str) -> None:
                if name == "look" and not looked:
                    looked.append(shop.attach(before, "plan of payments.pdf"))

            shop.hooks.before = before_look
        shop.sync()
        assert draft(shop) == before
        assert shop.mailbox.all[shop.mailbox.draft_ids[before]].mail().files == ("plan of payments.pdf",)
        shop.sync()
        assert shop.status("INV-1") == "Draft ready, edited: friendly (2 of 5)"
        shop.write("INV-1", "action", "send")
        shop.sync()
        assert shop.status("INV-1").startswith("Sent")

    def test_a_draft_that_was_sent_after_it_was_edited_is_sent(self, shop: Office) -> None:
        shop.edit_draft(draft(shop), "Dear Ms Weber, see you. Ref. " + next(iter(shop.history.letters)))
        shop.mailbox.send_by_hand(draft(shop))
        shop.sync()
        assert shop.status("INV-1") == "Sent by hand on 2 Mar"

    def test_a_sent_letter_that_the_search_does_not_find_yet_is_found_in_its_thread(
        self, shop: Office
    ) -> None:
        sent = shop.mailbox.send_by_hand(draft(shop))
        shop.mailbox.unsearchable.add(sent)
        shop.sync()
        assert shop.status("INV-1") == "Sent by hand on 2 Mar"

    def test_a_changed_balance_renews_an_untouched_draft_and_flags_an_edited_one(self, shop: Office) -> None:
        before = draft(shop)
        shop.write("INV-1", "paid", 40)
        shop.sync()
        renewed = draft(shop)
        assert renewed != before
        shop.edit_draft(renewed, "Dear Ms Weber.")
        shop.write("INV-1", "paid", 50)
        shop.sync()
        assert draft(shop) == renewed
        assert shop.cell("INV-1", "reminder_note") != ""

    def test_a_draft_that_a_person_has_emptied_is_theirs(self, shop: Office) -> None:
        """They are about to write it anew, and Gmail saves at every pause."""
        emptied, empty = draft(shop), EmailMessage()
        empty["Subject"] = "Invoice INV-1"
        shop.mailbox.edit(emptied, empty.as_bytes())
        shop.sync()
        assert draft(shop) == emptied
        assert shop.status("INV-1") == "Draft ready, edited: friendly (2 of 5)"
        shop.write("INV-1", "paid", 40)
        shop.sync()
        assert draft(shop) == emptied

    def test_a_draft_that_is_emptied_while_it_is_taken_back_stays(self, shop: Office) -> None:
        emptied, empty = draft(shop), EmailMessage()
        shop.write("INV-1", "paid", 40)

        def before(_number: int, name: str) -> None:
            if name == "look":
                shop.mailbox.edit(emptied, empty.as_bytes())

        shop.hooks.before = before
        shop.sync()
        assert draft(shop) == emptied
        assert shop.status("INV-1") == "Draft ready, edited: friendly (2 of 5)"

    def test_a_draft_whose_id_changed_is_adopted(self, shop: Office) -> None:
        old = draft(shop)
        message = shop.mailbox.draft_ids.pop(old)
        shop.mailbox.draft_ids["r-new"] = message
        shop.sync()
        (letter,) = shop.history.letters.values()
        assert (letter.draft_id, letter.state) == ("r-new", State.DRAFTED)

    def test_two_letters_that_were_put_into_one_new_draft_are_both_sent_with_it(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4, amount="100 EUR")
        shop.add("INV-2", due=-4, amount="100 USD")
        shop.sync()
        both = EmailMessage()
        both["Subject"], both["To"] = "Two invoices", "ap@weber.example"
        both.set_content(f"Ref. {' and '.join(shop.history.letters)}")
        for draft_id, _ in shop.drafts():
            shop.mailbox.discard(draft_id)
        shop.mailbox.create([Outgoing(both.as_bytes())])
        shop.sync()
        assert {shop.status(name) for name in ("INV-1", "INV-2")} == {
            "Draft ready, edited: friendly (2 of 5)"
        }
        shop.mailbox.send_by_hand(draft(shop))
        shop.sync()
        assert {shop.status(name) for name in ("INV-1", "INV-2")} == {"Sent by hand on 2 Mar"}

    def test_a_row_that_is_gone_takes_its_draft_with_it(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        shop.add("INV-2", due=-4, customer="Other", email="o@other.example")
        shop.sync()
        del shop.rows[1]
        shop.sync()
        assert [recipients for _, recipients in shop.drafts()] == ["o@other.example"]


class TestSheet:
    def test_rows_sorted_while_we_write_keep_each_its_own_status(self) -> None:
        shop = office()
        for number in range(1, 6):
            shop.add(f"INV-{number}", due=-4 * number, customer=f"C{number}", email=f"c{number}@x.example")

        def sort(_number: int, name: str) -> None:
            if name in {"create", "fill", "reread"}:
                shop.rows[1:] = reversed(shop.rows[1:])

        shop.hooks.after = sort
        shop.sync()
        shop.hooks.after = lambda _number, _name: None
        shop.sync()
        assert {row[0] for row in shop.rows[1:] if row[9] == "Draft ready: friendly (2 of 5)"} == {
            f"INV-{number}" for number in range(1, 6)
        }

    def test_a_column_inserted_while_we_write(self, shop: Office) -> None:
        shop.add("INV-2", due=-4, customer="Other", email="o@other.example")
        done: list[int] = []

        def insert(_number: int, name: str) -> None:
            if name == "fill" and not done:
                done.append(1)
                for row, title in zip(shop.rows, ["Our colour", "red", "blue"], strict=True):
                    row.insert(3, title)

        shop.hooks.after = insert
        shop.sync()
        assert shop.status("INV-2") == "Draft ready: friendly (2 of 5)"
        assert [row[3] for row in shop.rows] == ["Our colour", "red", "blue"]

    @pytest.mark.parametrize("place", [0, 3, 8])
    def test_a_column_inserted_at_the_very_moment_of_writing(self, place: int) -> None:
        """Our statuses land one column to the left, in people's own; what stood there is written back."""
        shop = office()
        for number, paid in enumerate(["", 30, True], 1):
            shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example", paid=paid)
        shop.rows[0].insert(9, "Remarks")
        for number, row in enumerate(shop.rows[1:], 1):
            row.insert(9, f"called {number} times")
        people = [row[:10] for row in shop.rows]
        done = at_the_write(shop, lambda: [row.insert(place, "") for row in shop.rows])
        outcome = shop.sync()
        assert done
        assert shop.status("INV-1") == "Draft ready: friendly (2 of 5)"
        assert [row[:place] + row[place + 1 : 11] for row in shop.rows] == people
        assert not any(row[place] for row in shop.rows)
        assert any("moment of writing" in warning and "K2, K3" in warning for warning in outcome.warnings)
        links = len(shop.sheet.chain_)
        assert not shop.sync().warnings
        assert len(shop.sheet.chain_) == links, "nothing was left to be written"

    @pytest.mark.parametrize("field", ["invoice", "paid", "action"])
    def test_a_column_moved_at_the_very_moment_of_writing(self, field: str) -> None:
        shop = office()
        shop.add("INV-1", due=-4, paid=30)
        shop.sync()
        shop.add("INV-2", due=-4, customer="Other", email="o@other.example", paid=True)
        shop.add("INV-3", due=-4, customer="Third", email="t@third.example", paid=20)
        shop.write("INV-1", "action", "send")
        place = shop.rows[0].index(DEFAULTS[field])
        people = sorted(row[place] for row in shop.rows[2:])

        def move() -> None:
            for row in shop.rows:
                row.extend([""] * (len(shop.rows[0]) - len(row)))
                row.append(row.pop(place))

        done = at_the_write(shop, move)
        shop.sync()
        assert done
        assert shop.status("INV-1") == "Sent on 2 Mar"
        assert shop.status("INV-3") == "Draft ready: friendly (2 of 5)"
        assert sorted(row[-1] for row in shop.rows[2:]) == people
        assert shop.rows[1][-1] == {"invoice": "INV-1", "paid": 30, "action": ""}[field]
        assert not shop.sync().warnings

    def test_a_column_moved_at_the_last_of_three_writes(self) -> None:
        """Rows were sorted at the two before, so this is the last try; what it hit is written back all the same."""
        shop = office()
        for number in range(1, 6):
            shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
        writes: list[int] = []

        def before(_number: int, name: str) -> None:
            if name == "write":
                writes.append(1)
                if len(writes) < 3:
                    shop.rows[1:] = shop.rows[:0:-1]
                elif len(writes) == 3:
                    for row in shop.rows:
                        row.append(row.pop(0))

        shop.hooks.before = before
        people = {row[0]: row[1:8] for row in shop.rows[1:]}
        outcome = shop.sync()
        assert len(writes) == 4
        assert {row[-1]: row[:7] for row in shop.rows[1:]} == people
        (told,) = [warning for warning in outcome.warnings if "moment of writing" in warning]
        assert "cells got back" in told
        shop.hooks.before = lambda _number, _name: None
        shop.sync()
        assert {shop.status(name) for name in people} == {"Draft ready: friendly (2 of 5)"}

    def test_headers_may_be_written_with_other_blanks_and_capitals(self) -> None:
        shop = office()
        shop.rows[0][0] = "INVOICE\u200b"
        place = shop.rows[0].index("Reminder status")
        shop.rows[0][place] = "ReminderStatus"
        shop.add("INV-1", due=-4)
        assert not shop.sync().warnings
        assert shop.rows[1][place] == "Draft ready: friendly (2 of 5)"
        links = len(shop.sheet.chain_)
        assert not shop.sync().warnings
        assert len(shop.sheet.chain_) == links, "nothing was left to be written"

    def test_a_status_column_deleted_is_told_and_the_others_are_written(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        place = shop.rows[0].index("Reminder note")
        for row in shop.rows:
            del row[place]
        outcome = shop.sync()
        assert shop.status("INV-1") == "Draft ready: friendly (2 of 5)"
        assert any("Reminder note" in warning for warning in outcome.warnings)

    def test_protected_status_columns_are_told_and_nothing_is_lost(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        shop.sheet.protected.add(("Invoices", shop.rows[0].index("Reminder status")))
        outcome = shop.sync()
        assert len(shop.drafts()) == 1
        assert any("J2" in warning for warning in outcome.warnings)
        assert shop.cell("INV-1", "reminder_level") == "friendly (2 of 5)"
        shop.sheet.protected.clear()
        shop.pass_days(1)
        shop.sync()
        assert shop.status("INV-1") == "Draft ready: friendly (2 of 5)"
        assert len(shop.drafts()) == 1

    def test_the_header_says_when_it_was_checked(self, shop: Office) -> None:
        notes = [text for (tab, row, _), text in shop.sheet.notes.items() if (tab, row) == ("Invoices", 0)]
        assert notes == ["Checked on 2 Mar, 09:00. Drafts ready: 1. Rows that need help: 0."]

    def test_the_note_is_renewed_once_a_day_and_the_way_into_the_mailbox_with_it(self, shop: Office) -> None:
        links, seen = len(shop.sheet.chain_), shop.history.history_id
        shop.time += dt.timedelta(hours=3)
        shop.sync()
        assert len(shop.sheet.chain_) == links
        shop.pass_days(1)
        shop.sync()
        assert int(shop.history.history_id) > int(seen)
        shop.pass_days(1)
        links = len(shop.sheet.chain_)
        shop.sync()
        assert len(shop.sheet.chain_) == links + 1


def _last_sent(shop: Office) -> str:
    return [each.id for each in shop.mailbox.all.values() if "SENT" in each.labels][-1]


def test_a_draft_that_waits_for_its_hour_keeps_its_distance_from_a_letter_that_a_person_has_sent() -> None:
    shop = office(hours=(dt.time(9), dt.time(17)), min_gap_days=5)
    shop.time += dt.timedelta(hours=10)  # in the evening: drafts are made, and go in the morning
    shop.add("INV-1", due=-4, amount="100 EUR", escalation="auto")
    shop.add("INV-2", due=-4, amount="100 USD", escalation="auto")
    shop.sync()
    euros = next(letter for letter in shop.history.letters.values() if letter.currency == "EUR")
    shop.mailbox.send(euros.draft_id)
    for days in range(1, 6):
        shop.time = START + dt.timedelta(days, hours=2)
        shop.sync()
        assert len(shop.sent()) == (1 if days < 5 else 2)
