"""What counts as sent and what does not, and what becomes of letters that Gmail would not take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from doubles.hooks import Lingers
from office import Office, office

from sheetsdun.domain.history import State
from sheetsdun.errors import LeaseHeld
from sheetsdun.journal.lease import TERM
from sheetsdun.letters.headers import KEY
from sheetsdun.ports import DraftRef, NoAnswer, Outgoing, Rejected
from sheetsdun.sync.outcome import Result
from sheetsdun.sync.prepared import GROUP
from sheetsdun.sync.settle import ON_ITS_WAY, SECOND_LOOK


def states(shop: Office) -> list[State]:
    return [letter.state for letter in shop.history.letters.values()]


def before_each(shop: Office, name: str, act: Callable[[int], object]) -> None:
    """Act before every call of that name, told which one it is (from 1)."""
    count = [0]

    def before(_number: int, called: str) -> None:
        if called == name:
            count[0] += 1
            act(count[0])

    shop.hooks.before = before


def calm(shop: Office) -> None:
    shop.hooks.before = shop.hooks.after = lambda _number, _name: None


def sleep_over(shop: Office) -> None:
    shop.time += TERM


class TestEvidence:
    @pytest.fixture
    def shop(self) -> Office:
        made = office()
        made.add("INV-1", due=-4)
        made.sync()
        return made

    def deleted(self, shop: Office) -> None:
        """Two looks at a draft that is gone."""
        shop.sync()
        shop.time += SECOND_LOOK
        shop.sync()
        assert states(shop) == [State.DISCARDED]
        assert shop.status("INV-1").endswith("Draft deleted: choose redo or skip")

    @pytest.mark.parametrize("thread", ["its own thread", "another"])
    def test_a_debtors_mail_that_quotes_the_reference_does_not_say_that_the_draft_was_sent(
        self, shop: Office, thread: str
    ) -> None:
        ((draft, _),) = shop.drafts()
        (letter,) = shop.history.letters.values()
        mail = EmailMessage()
        mail["From"], mail["To"] = "ap@weber.example", "ar@example.com"
        mail["Subject"] = letter.subject
        mail.set_content(f"A colleague has shown me your draft. Is it {letter.id}?")
        received = shop.mailbox.all[shop.mailbox.receive(mail.as_bytes())]
        if thread == "its own thread":
            received.thread_id = letter.thread_id
        shop.mailbox.discard(draft)
        shop.sync()
        shop.time += SECOND_LOOK
        shop.sync()
        assert states(shop) == [State.DISCARDED]

    @pytest.mark.parametrize("found", ["in its thread", "by search"])
    def test_a_message_of_ours_in_the_bin_does_not_say_that_it_was_sent(
        self, shop: Office, found: str
    ) -> None:
        ((draft, _),) = shop.drafts()
        message = shop.mailbox.all[shop.mailbox.send_by_hand(draft)]
        message.labels.add("TRASH")
        if found == "by search":
            message.thread_id = "elsewhere"
        self.deleted(shop)
        message.labels.remove("TRASH")
        shop.sync()
        assert states(shop) == [State.SENT], "it was fished out again: late evidence wins"

    def test_a_message_of_ours_that_waits_under_a_label_of_gmails_own_counts_as_sent(
        self, shop: Office
    ) -> None:
        """Which label a letter has that a person has put off to a later hour is not established."""
        ((draft, _),) = shop.drafts()
        shop.mailbox.all[shop.mailbox.send_by_hand(draft)].labels.clear()
        shop.sync()
        assert states(shop) == [State.SENT]

    def test_a_letter_whose_reference_somebody_cut_out_is_known_by_our_header(self, shop: Office) -> None:
        ((draft, _),) = shop.drafts()
        old = shop.mailbox.all[shop.mailbox.draft_ids[draft]].headers
        key = f"{KEY}: {old[KEY.casefold()]}"
        edited = f"Subject: {old['subject']}\r\nTo: {old['to']}\r\n{key}\r\n\r\nShall we talk?"
        shop.mailbox.edit(draft, edited.encode())
        shop.mailbox.send_by_hand(draft)
        shop.sync()
        assert states(shop) == [State.SENT]

    def mailed(self, shop: Office, to: str, subject: str) -> None:
        """Somebody takes the text of the draft into a mail of their own."""
        (letter,) = shop.history.letters.values()
        own = EmailMessage()
        own["From"], own["To"], own["Subject"] = "ar@example.com", to, subject
        own.set_content(f"Kind regards\n\nRef. {letter.id}")
        (made,) = shop.mailbox.create([Outgoing(own.as_bytes())])
        assert isinstance(made, DraftRef)
        shop.mailbox.send_by_hand(made.draft_id)

    def test_a_draft_whose_words_went_to_somebody_else_is_for_a_person_to_tell(self, shop: Office) -> None:
        ((draft, _),) = shop.drafts()
        self.mailed(shop, "boss@example.com", "Is this too hard?")
        shop.mailbox.discard(draft)
        shop.sync()
        assert states(shop) == [State.UNCERTAIN]
        assert shop.status("INV-1").endswith("Uncertain: look in Sent, then choose redo or skip")
        assert not shop.sync().events, "and it is told once"
        self.mailed(shop, "AP@Weber.example, boss@example.com", "Your invoice")
        shop.sync()
        assert states(shop) == [State.SENT], "late evidence wins"

    def test_a_copy_for_somebody_else_hides_no_letter_that_went(self, shop: Office) -> None:
        ((draft, _),) = shop.drafts()
        self.mailed(shop, "ap@weber.example", "Your invoice")
        self.mailed(shop, "boss@example.com", "Fyi")
        shop.mailbox.discard(draft)
        shop.sync()
        assert states(shop) == [State.SENT]

    @pytest.mark.parametrize(
        ("address", "subject", "header"),
        [
            ("weber@mail.example", "", ""),
            ("new@WEBER.example", "Your invoice", ""),
            ("weber@mail.example", "Your invoice", KEY),
        ],
    )
    def test_a_draft_that_was_sent_to_another_address_is_sent(
        self, shop: Office, address: str, subject: str, header: str
    ) -> None:
        ((draft, _),) = shop.drafts()
        (letter,) = shop.history.letters.values()
        key = f"{header}: {letter.id} sheet\r\n" if header else ""
        head = f"Subject: {subject or letter.subject}\r\nTo: {address}\r\n{key}"
        shop.mailbox.edit(draft, f"{head}\r\nRef. {letter.id}".encode())
        shop.mailbox.send_by_hand(draft)
        shop.sync()
        assert states(shop) == [State.SENT]

    def test_a_message_that_is_deleted_for_good_while_it_is_looked_for_is_no_evidence(
        self, shop: Office
    ) -> None:
        ((draft, _),) = shop.drafts()
        message = shop.mailbox.send_by_hand(draft)
        shop.mailbox.all[message].thread_id = "elsewhere"
        before_each(shop, "messages", lambda _nth: shop.mailbox.all.pop(message, None))
        self.deleted(shop)

    def test_neither_somebodys_own_draft_nor_an_empty_one_of_ours_is_taken_for_one_that_is_gone(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        lost = iter([NoAnswer("lost")])
        shop.hooks.lose = lambda name, _place: next(lost, None) if name == "create" else None
        shop.sync()
        (empty, _), (ours, _) = shop.drafts()
        own = EmailMessage()
        own["To"], own["Subject"] = "aunt@example.com", "Birthday"
        shop.mailbox.create([Outgoing(own.as_bytes())])
        shop.mailbox.discard(ours)
        shop.sync()
        assert states(shop) == [State.GONE]
        assert [to for _, to in shop.drafts()] == ["aunt@example.com"]
        assert empty not in shop.mailbox.draft_ids, "it was swept"

    def test_a_draft_of_somebodys_that_is_deleted_in_the_same_moment_stops_nobody(self, shop: Office) -> None:
        ((draft, _),) = shop.drafts()
        shop.mailbox.create([Outgoing(b"To: aunt@example.com\r\n\r\nHappy birthday")])
        shop.mailbox.discard(draft)

        def discard(nth: int) -> None:
            if nth == 2:
                shop.mailbox.discard(shop.drafts()[0][0])

        before_each(shop, "look", discard)
        shop.sync()
        assert states(shop) == [State.GONE]

    def test_other_drafts_are_read_once_however_many_of_ours_are_gone(self) -> None:
        shop = office()
        for number in range(3):
            shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")
        shop.sync()
        for draft, _ in shop.drafts():
            shop.mailbox.discard(draft)
        shop.mailbox.create([Outgoing(b"To: aunt@example.com\r\n\r\nHappy birthday")])
        shop.hooks.calls.clear()
        shop.plan()
        assert shop.hooks.calls.count("look") == 3, (
            "at our own, at the others, and at what is like one of ours"
        )


def auto(letters: int = 1) -> Office:
    """Letters that go by themselves, each to somebody else."""
    shop = office()
    for number in range(1, letters + 1):
        customer, email = f"C{number}", f"a@c{number}.example"
        shop.add(f"INV-{number}", due=-4, customer=customer, email=email, escalation="auto")
    return shop


class TestTheLastLook:
    @pytest.mark.parametrize("words", ["Shall we talk?", ""], ids=["words", "a file"])
    def test_a_draft_that_somebody_edits_before_it_goes_by_itself_does_not_go(self, words: str) -> None:
        shop = auto(2)

        def edit(_nth: int) -> None:
            draft, _ = shop.drafts()[0]
            if words:
                shop.edit_draft(draft, words)
            else:
                shop.attach(draft, "plan of payments.pdf")

        before_each(shop, "tables", edit)
        shop.sync()
        calm(shop)
        assert len(shop.sent()) == 1
        shop.pass_days(1)
        shop.sync()
        assert len(shop.sent()) == 1
        assert [str(shop.status(name)) for name in ("INV-1", "INV-2")] == [
            "Draft ready, edited: friendly (2 of 5)",
            "Sent on 2 Mar",
        ]

    def test_one_that_a_sleeping_run_sends_with_a_persons_words_alone_is_for_a_person_to_tell(self) -> None:
        shop = auto()

        def sleep(nth: int) -> None:
            if nth == 1:
                ((draft, _),) = shop.drafts()
                shop.time += ON_ITS_WAY
                shop.edit_draft(draft, "Shall we talk?", subject="Your invoice")
                shop.sync(take_over=True)

        before_each(shop, "send", sleep)
        with pytest.raises(LeaseHeld):
            shop.sync()
        calm(shop)
        assert len(shop.sent()) == 1
        for state in (State.GONE, State.UNCERTAIN):
            shop.sync()
            assert states(shop) == [state]
            shop.time += SECOND_LOOK
        assert not shop.sync().events

    def test_a_draft_that_is_gone_when_it_is_to_be_sent_is_left_to_the_next_run(self) -> None:
        shop = auto()
        before_each(shop, "send", lambda _nth: shop.mailbox.discard(shop.drafts()[0][0]))
        outcome = shop.sync()
        calm(shop)
        assert [each.result for each in outcome.letters.values()] == [Result.UNCERTAIN]
        assert states(shop) == [State.SENDING]
        for _ in range(3):
            shop.time += dt.timedelta(hours=1)
            shop.sync()
            assert states(shop) == [State.UNCERTAIN]
        assert shop.hooks.calls.count("send") == 1
        assert not shop.sent()

    def test_a_draft_that_a_person_sends_that_very_moment_is_sent_once(self) -> None:
        shop = auto()
        before_each(shop, "send", lambda _nth: shop.mailbox.send_by_hand(shop.drafts()[0][0]))
        shop.sync()
        calm(shop)
        shop.sync()
        assert states(shop) == [State.SENT]
        assert len(shop.sent()) == 1
        assert shop.status("INV-1") == "Sent on 2 Mar"

    @pytest.mark.parametrize("asked", [False, True], ids=["by itself", "on request"])
    @pytest.mark.parametrize("what", ["gone", "in the bin", "without a recipient"])
    def test_what_cannot_go_any_more_is_not_tried(self, what: str, asked: bool) -> None:
        shop = auto()
        if asked:
            shop.write("INV-1", "escalation", "")
            shop.sync()
            shop.write("INV-1", "action", "send")

        def meanwhile(_nth: int) -> None:
            ((draft, _),) = shop.drafts()
            if what == "gone":
                shop.mailbox.discard(draft)
            elif what == "in the bin":
                shop.mailbox.bin(draft)
            else:
                shop.mailbox.edit(draft, b"Subject: Shall we talk?\r\n\r\nHello.")

        before_each(shop, "tables", meanwhile)
        shop.sync()
        assert "send" not in shop.hooks.calls
        assert states(shop) == [State.DRAFTED], "nor is it said that it is on its way"

    def test_what_goes_by_itself_and_is_asked_for_too_is_asked_of_gmail_once(self) -> None:
        shop = auto()
        shop.sync(drafts_only=True)
        shop.write("INV-1", "action", "send")

        def lost(_nth: int) -> None:
            raise NoAnswer("lost")

        before_each(shop, "send", lost)
        outcome = shop.sync()
        calm(shop)
        assert outcome.unwell
        assert [each.result for each in outcome.letters.values()] == [Result.UNCERTAIN]
        assert shop.hooks.calls.count("send") == 1
        assert states(shop) == [State.SENDING]

    def test_a_letter_has_gone_although_the_label_could_not_be_put_on_it(self) -> None:
        shop = auto()

        def refuse(_nth: int) -> None:
            raise Rejected("Invalid label", code=400)

        before_each(shop, "mark", refuse)
        outcome = shop.sync()
        assert [each.result for each in outcome.letters.values()] == [Result.SENT]
        assert "could not be put on 1 sent letters: Invalid label" in outcome.warnings[0]
        assert states(shop) == [State.SENT]

    @pytest.mark.parametrize(
        ("last", "sent"), [("chief@x.example", 1), ("info@b\u00fcro.example", 0)], ids=["plain", "foreign"]
    )
    def test_an_address_to_look_at_is_seen_although_the_log_has_no_room_for_it(
        self, last: str, sent: int
    ) -> None:
        shop = office()
        many = [f"accounts-payable-{number}@customer-with-many-people.example" for number in range(20)]
        shop.add("INV-1", due=-4, email=", ".join([*many, last]), escalation="auto")
        shop.sync(drafts_only=True)
        shop.sync()
        assert len(shop.history.letters) == 1
        assert len(shop.sent()) == sent


class TestALimitOfGmails:
    def test_a_draft_that_did_not_go_for_certain_and_is_deleted_then_is_a_deleted_draft(self) -> None:
        shop = auto(2)

        def no_more(_nth: int) -> None:
            raise Rejected("Daily limit exceeded", code=403, reason="dailyLimitExceeded", quota=True)

        before_each(shop, "send", no_more)
        shop.sync()
        for draft, _ in shop.drafts():
            shop.mailbox.discard(draft)
        for _ in range(2):
            shop.sync()
            shop.time += SECOND_LOOK
        assert states(shop) == [State.DISCARDED] * 2

    @pytest.mark.parametrize("asked", [False, True], ids=["by themselves", "on request"])
    def test_what_is_left_stays_a_draft_and_goes_on_the_next_day(self, asked: bool) -> None:
        shop = auto(GROUP + 2)
        numbers = range(1, GROUP + 3)
        if asked:
            for number in numbers:
                shop.write(f"INV-{number}", "escalation", "")
            shop.sync()
            for number in numbers:
                shop.write(f"INV-{number}", "action", "send")

        def no_more(nth: int) -> None:
            if nth == 2:
                raise Rejected("Daily limit exceeded", code=403, reason="dailyLimitExceeded", quota=True)

        before_each(shop, "send", no_more)
        outcome = shop.sync()
        calm(shop)
        assert outcome.stopped == "Daily limit exceeded"
        assert not outcome.unwell
        assert shop.hooks.calls.count("send") == 2
        assert states(shop) == [State.SENT, *[State.DRAFTED] * (GROUP + 1)]
        assert [shop.status(f"INV-{number}") for number in numbers] == [
            "Sent on 2 Mar",
            *["Draft ready: friendly (2 of 5)"] * (GROUP + 1),
        ]
        shop.pass_days(1)
        shop.sync()
        assert states(shop) == [State.SENT] * (GROUP + 2)
        assert sorted(mail.recipients for mail in shop.mailbox.all.values()) == sorted(
            (f"a@c{number}.example",) for number in numbers
        )


class TestAnAnswerThatIsLost:
    def test_a_draft_that_may_yet_be_deleted_by_us_is_taken_back_although_it_is_right_again(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        shop.sync()
        ((before, _),) = shop.drafts()
        shop.write("INV-1", "paid", 40)
        shop.hooks.linger = lambda name, place: Lingers.LATE if (name, place) == ("delete", 0) else None
        shop.sync()
        assert states(shop) == [State.WITHDRAWING]
        shop.hooks.linger = lambda _name, _place: None
        shop.write("INV-1", "paid", "")
        shop.sync()
        shop.hooks.land()
        ((after, _),) = shop.drafts()
        assert after != before
        assert states(shop) == [State.WITHDRAWN, State.DRAFTED]

    @pytest.mark.parametrize("times", [1, 2])
    def test_a_shell_is_made_once_more_and_no_oftener_and_the_one_too_many_goes(self, times: int) -> None:
        shop = office()
        shop.add("INV-1", due=-4)

        def lose(name: str, _place: int) -> NoAnswer | None:
            return NoAnswer("lost") if name == "create" and shop.hooks.calls.count(name) <= times else None

        shop.hooks.lose = lose
        outcome = shop.sync()
        assert shop.hooks.calls.count("create") == 2
        assert [to for _, to in shop.drafts()] == (["", "ap@weber.example"] if times == 1 else ["", ""])
        assert bool(outcome.stopped) is (times == 2)
        shop.sync()
        assert [to for _, to in shop.drafts()] == ["ap@weber.example"]
        assert states(shop) == [State.DRAFTED]


class TestALeaseThatHasRunOut:
    """As a courtesy a run stops by itself before each change in the mailbox, which the fence cannot hold back."""

    def test_no_draft_is_filled(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)

        before_each(shop, "look", lambda _nth: sleep_over(shop))
        with pytest.raises(LeaseHeld, match="asleep"):
            shop.sync()
        calm(shop)
        assert "fill" not in shop.hooks.calls
        assert states(shop) == [State.OPENED]
        shop.sync()
        assert [to for _, to in shop.drafts()] == ["ap@weber.example"]

    def test_no_other_letter_is_sent(self) -> None:
        shop = auto(2)

        shop.hooks.after = lambda _number, name: sleep_over(shop) if name == "send" else None
        with pytest.raises(LeaseHeld, match="asleep"):
            shop.sync()
        assert len(shop.sent()) == 1
        assert states(shop) == [State.SENDING, State.SENDING]
        calm(shop)
        shop.time += ON_ITS_WAY
        shop.sync()
        assert states(shop) == [State.SENT, State.SENT]
        assert len(shop.sent()) == 2

    def test_no_draft_is_deleted(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        shop.sync()
        shop.write("INV-1", "paid", 100)
        before_each(shop, "look", lambda _nth: sleep_over(shop))
        with pytest.raises(LeaseHeld, match="asleep"):
            shop.sync()
        assert len(shop.drafts()) == 1
        assert states(shop) == [State.WITHDRAWING]

    def test_no_shell_is_made(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4, customer="Paid Ltd", email="a@paid.example")
        shop.sync()
        shop.write("INV-1", "paid", 100)
        shop.add("INV-2", due=-4)
        shop.hooks.after = lambda _number, name: sleep_over(shop) if name == "delete" else None
        with pytest.raises(LeaseHeld, match="asleep"):
            shop.sync()
        assert not shop.drafts()

    def test_no_empty_draft_is_swept(self) -> None:
        shop = office()
        shop.add("INV-1", due=-4)
        lost = iter([NoAnswer("lost")])
        shop.hooks.lose = lambda name, _place: next(lost, None) if name == "create" else None
        shop.sync()
        shop.hooks.after = lambda _number, name: sleep_over(shop) if name == "append" else None
        with pytest.raises(LeaseHeld, match="asleep"):
            shop.sync()
        assert len(shop.drafts()) == 2


def test_a_refused_draft_to_which_somebody_had_put_a_file_stays_theirs() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    ((draft_id, _),) = shop.drafts()
    shop.attach(draft_id, "plan of payments.pdf")
    shop.sync()
    shop.write("INV-1", "action", "send")

    def refuse(_number: int) -> None:
        raise Rejected("Invalid attachment", code=400)

    before_each(shop, "send", refuse)
    shop.sync()
    assert [each for each, _ in shop.drafts()] == [draft_id]
    assert states(shop) == [State.DRAFTED]
