"""Drafts -> sent mail: where the policy says so, or a person's Action does.

The id of the draft is the key that makes it happen once: a draft that was sent is gone, and sending it again is a 404.
So a send is never repeated by itself, and never carries content.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from sheetsdun.domain.addresses import foreign
from sheetsdun.domain.event import Event, Name
from sheetsdun.domain.history import LetterHistory
from sheetsdun.domain.invoice import Action
from sheetsdun.journal.lease import Lease
from sheetsdun.journal.pen import Pen
from sheetsdun.ports import Mail, NoAnswer, Rejected
from sheetsdun.sync.actions import with_draft
from sheetsdun.sync.judge import judge, to_send
from sheetsdun.sync.ours import is_as_written, is_untouched
from sheetsdun.sync.outcome import LetterOutcome, Outcome, Result
from sheetsdun.sync.prepared import GROUP, Prepared
from sheetsdun.sync.settings import Desk
from sheetsdun.sync.understand import understand

_GONE = 404

_TO_NOBODY = "Recipient address required"
"""What Gmail answers where it is asked to send such a draft; it need not be asked."""


def send_all(desk: Desk, prepared: Prepared, *, lease: Lease, pen: Pen, outcome: Outcome) -> None:
    """Send what people asked for, as it stands; then what goes by itself.

    Args:
        desk: What the run works with.
        prepared: What people ask for, and the terms.
        lease: Asked before each letter.
        pen: Writes ``sending``; ``sent`` waits in it for the next append.
        outcome: Told what became of each letter.

    Raises:
        LeaseHeld, Unreachable: The run must stop; what it left behind is settled by the next.
    """
    run = prepared.run
    asked = with_draft(run, prepared.asked, Action.SEND)
    history = prepared.history_with(pen)
    by_itself = to_send(run, history, prepared.plan, prepared.terms, desk.settings.hours)
    if prepared.only:
        by_itself = [each for each in by_itself if not prepared.only.isdisjoint(each.invoices)]
    sending = _Sending(desk, prepared, lease, pen, outcome)
    sending.send([history.letters[letter] for letter in asked], asked)
    sending.send([letter for letter in by_itself if letter.id not in asked], {})


class _Sending:
    """One run's sending."""

    def __init__(self, desk: Desk, prepared: Prepared, lease: Lease, pen: Pen, outcome: Outcome) -> None:
        self.desk = desk
        self.run = prepared.run
        self.prepared = prepared
        self.lease = lease
        self.pen = pen
        self.outcome = outcome

    def send(self, letters: Sequence[LetterHistory], asked: Mapping[str, Sequence[Event]]) -> None:
        """Send drafts, ten at a time; ``asked`` holds the events to be written with those that a person asked for."""
        waiting = iter(letters)
        while not self.outcome.stopped and (group := list(islice(waiting, GROUP))):
            wanted = self._still_wanted()
            seen = self.desk.mailbox.look([letter.draft_id for letter in group])
            ready = [
                letter
                for letter, mail in zip(group, seen, strict=True)
                if letter.id in wanted and _may_go(letter, mail, as_it_stands=letter.id in asked)
            ]
            if ready:
                self._send_group(ready, asked)
            for letter, mail in zip(group, seen, strict=True):
                if letter.id in asked and letter.id in wanted and mail and not (mail.to or mail.in_bin):
                    self.outcome.add(LetterOutcome(letter, Result.FAILED, _TO_NOBODY))
                    self.pen.add(asked[letter.id])
                    self._left_to_mend(letter, mail, _TO_NOBODY)

    def _still_wanted(self) -> Collection[str]:
        """Read the rows again and ask again: somebody may have paid, or put a hold on it, a minute ago."""
        locale = self.prepared.snapshot.locale
        invoices, terms = understand(self.desk.sheet.tables(), self.desk.settings, locale)
        history = self.prepared.history_with(self.pen)
        judgement = judge(invoices, history, terms, self.run.today)
        by_itself = to_send(self.run, history, judgement.plan, terms, self.desk.settings.hours)
        return {*judgement.asked.send, *(letter.id for letter in by_itself)}

    def _send_group(self, ready: Sequence[LetterHistory], asked: Mapping[str, Sequence[Event]]) -> None:
        for letter in ready:
            self.pen.add(asked.get(letter.id, ()))
            self.pen.add(self.run.of_letter(letter, Name.SENDING))
        self.pen.write()
        sent = []
        for place, letter in enumerate(ready):
            mail = self._send_one(letter)
            if mail is not None:
                sent.append(mail.message_id)
            if self.outcome.stopped:
                # Nothing was asked of Gmail for these: they are drafts as before.
                for rest in ready[place + 1 :]:
                    self.pen.add(self.run.of_letter(rest, Name.DRAFTED))
                break
        self._mark(sent)

    def _send_one(self, letter: LetterHistory) -> Mail | None:
        self.lease.check()
        try:
            mail = self.desk.mailbox.send(letter.draft_id)
        except NoAnswer:
            note = "Gmail did not answer; the next run looks what became of it."
            self.outcome.add(LetterOutcome(letter, Result.UNCERTAIN, note))
        except Rejected as rejected:
            if rejected.quota:
                self.outcome.stop(rejected.message)
                self.pen.add(self.run.of_letter(letter, Name.DRAFTED))
            elif rejected.code == _GONE:
                note = "Its draft is gone; the next run looks what became of it."
                self.outcome.add(LetterOutcome(letter, Result.UNCERTAIN, note))
            else:
                self._refused(letter, rejected.message)
        else:
            ids = {"message_id": mail.message_id, "thread_id": mail.thread_id}
            self.pen.add(self.run.of_letter(letter, Name.SENT, effective=self.run.today, **ids))
            self.outcome.add(LetterOutcome(letter, Result.SENT))
            return mail
        return None

    def _refused(self, letter: LetterHistory, why: str) -> None:
        """Google will not send it, for certain. Our own draft goes, or a person might send it beside the next letter.

        One that a person has edited is theirs to mend, and is tried again once they have. Where the draft cannot be had, the next run settles.
        """
        self.outcome.add(LetterOutcome(letter, Result.FAILED, why))
        (mail,) = self.desk.mailbox.look([letter.draft_id])
        if mail is None:
            return
        if not is_untouched(mail, letter):
            self._left_to_mend(letter, mail, why)
        elif self.desk.mailbox.delete([letter.draft_id]) == [True]:
            self.pen.add(self.run.of_letter(letter, Name.FAILED, note=why))

    def _left_to_mend(self, letter: LetterHistory, mail: Mail, why: str) -> None:
        ids = {"message_id": mail.message_id, "thread_id": mail.thread_id}
        self.pen.add(self.run.of_letter(letter, Name.REFUSED, note=why, **ids))

    def _mark(self, sent: list[str]) -> None:
        """The label is a convenience for people and a count for the guards; a letter is sent without it, too."""
        label = self.prepared.label
        try:
            self.desk.mailbox.mark(sent, label)
        except (Rejected, NoAnswer) as error:
            self.outcome.warn(f"The label “{label}” could not be put on {len(sent)} sent letters: {error}")


def _may_go(letter: LetterHistory, mail: Mail | None, *, as_it_stands: bool) -> bool:
    """Whether the draft is there, goes to somebody, and is what it should be; once more, to nobody whom a person must look at.

    The log has no room for a great many recipients; the draft has them all.
    """
    if mail is None or mail.in_bin or not mail.to:
        return False
    return as_it_stands or (is_as_written(mail, letter) and not any(map(foreign, mail.to)))
