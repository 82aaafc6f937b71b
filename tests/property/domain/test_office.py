"""Weeks in an office: invoices come and are paid, people edit, send, delete and ask; whatever happens, the rules hold."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from debts import DUE, Office, invoice, terms
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.event import Name
from sheetsdun.domain.history import State
from sheetsdun.domain.invoice import Action, Hold, Standing
from sheetsdun.domain.plan import Plan
from sheetsdun.domain.policy import Delivery, Kind, Level, Policy
from sheetsdun.domain.terms import Group

LEVELS = (
    Level(name="courtesy", offset=-3, template="courtesy"),
    Level(name="friendly", offset=3, template="friendly", deadline_days=5),
    Level(name="call", offset=8, template="call", delivery=Delivery.TASK),
    Level(name="firm", offset=12, template="firm", delivery=Delivery.SEND),
    Level(name="final", offset=20, template="final", waives_gap=True, cc=("manager",)),
)
STANDARD = Policy("standard", LEVELS)
SHORT = Policy("short", (LEVELS[1], LEVELS[4]))
LISTED = {Verdict.REMIND, Verdict.WAIT, Verdict.EXHAUSTED}
PRESENT = {State.OPENED, State.DRAFTED, State.SENDING, State.GONE, State.WITHDRAWING}

places = st.integers(0, 7)


class Weeks(RuleBasedStateMachine):
    """Four debtors, two of one customer; a run every day."""

    @initialize(group=st.sampled_from(Group), gap=st.sampled_from([0, 5]), limit=st.sampled_from([0, 0, 2]))
    def move_in(self, group, gap, limit):
        of = terms(STANDARD, SHORT, group=group, min_gap_days=gap, per_day=limit, calendar=Calendar())
        self.office = Office(terms=of)
        self.today = DUE
        self.count = 0
        self.asked_again: set[str] = set()

    # -- what people do ------------------------------------------------------------------------------------------------

    @rule(
        due=st.integers(-30, 10),
        debtor=st.sampled_from(["Weber KG", "Weber KG", "Ito & Co."]),
        email=st.sampled_from(["ap@x.example", "ap@x.example", "b@x.example"]),
        amount=st.sampled_from([100, 100, 100, -60, -200]),
        currency=st.sampled_from(["EUR", "EUR", "EUR", "USD"]),
    )
    def issue(self, due, debtor, email, amount, currency):
        self.count += 1
        cells = {"customer": debtor, "emails": (email,), "amount": Decimal(amount), "currency": currency}
        self.office.add(invoice(f"I{self.count}", due=self.today + dt.timedelta(due), **cells))

    @rule(
        place=places,
        cells=st.sampled_from([
            {"paid": Decimal(30)}, {"paid": Decimal(130)}, {"standing": Standing.PAID}, {"standing": Standing.OPEN},
            {"standing": Standing.DISPUTED}, {"hold": Hold()}, {"hold": None}, {"stopped": True}, {"emails": ()},
            {"emails": ("new@x.example",)}, {"escalation": "short"}, {"escalation": ""}, {"amount": None},
            {"amount": Decimal(100)}, {"promise": DUE + dt.timedelta(9)}, {"manager": "ann@we.example"},
        ]),
    )  # fmt: skip
    def edit_row(self, place, cells):
        if place < len(self.office.rows):
            self.office.edit(self.office.rows[place].id, **cells)

    @rule(place=places)
    def delete_row(self, place):
        if place < len(self.office.rows):
            self.office.remove(self.office.rows[place].id)

    @rule()
    def sort_rows(self):
        self.office.rows = [replace(row, row=n) for n, row in enumerate(reversed(self.office.rows), start=2)]

    @rule(
        name=st.sampled_from(
            [Name.EDITED, Name.GONE, Name.DISCARDED, Name.UNCERTAIN, Name.FAILED, Name.WITHDRAWING]
        )
    )
    def something_happens_to_a_draft(self, name):
        for letter in self.office.open()[:1]:
            self.office.tell(letter, name)

    @rule()
    def send_by_hand(self):
        for letter in self.office.open()[:1]:
            self.office.send_by_hand(letter, self.today)

    @rule()
    def a_debtor_answers(self):
        for letter in self.office.open(state=State.SENT)[-1:]:
            self.office.tell(letter, Name.REPLIED)

    @rule(place=places, action=st.sampled_from(Action))
    def ask(self, place, action):
        if place < len(self.office.rows):
            self.office.edit(self.office.rows[place].id, action=action)

    # -- what the program does -----------------------------------------------------------------------------------------

    @rule(days=st.integers(1, 9))
    def run(self, days):
        self.today += dt.timedelta(days)
        result = self.office.act(self.today)
        self.asked_again |= {deed.invoice.id for deed in result.deeds if deed.action is Action.REDO}
        before = self.office.history
        planned = self.office.run(self.today)
        self.check(planned)
        assert not {stale.letter for stale in planned.withdrawals} & {
            letter.id for letter in before.letters.values() if not letter.untouched
        }
        again = self.office.plan(self.today)
        assert (again.reminders, again.withdrawals) == ((), ())

    def check(self, planned: Plan):
        """What holds of every plan."""
        of, office = self.office.terms, self.office
        assert [decision.invoice for decision in planned.decisions] == office.rows
        final = {decision.invoice.id: decision for decision in planned.decisions}
        spoken_of = [each for reminder in planned.reminders for each in reminder.climbed]
        spoken_of += [task.decision for task in planned.tasks]
        reminded = [each for each in planned.decisions if each.verdict is Verdict.REMIND]
        assert sorted(each.invoice.id for each in spoken_of) == sorted(each.invoice.id for each in reminded)
        assert all(final[each.invoice.id] == each for each in spoken_of)
        gone = {stale.letter for stale in planned.withdrawals}
        for reminder in planned.reminders:
            assert set(reminder.replaces) <= gone
            assert reminder.total >= Decimal("0.01") or of.group is Group.INVOICE
            climbed = {each.invoice.id for each in reminder.climbed}
            assert not climbed & {each.id for each in reminder.listed}
            shown = [*(each.invoice for each in reminder.climbed), *reminder.listed, *reminder.credits]
            assert reminder.total == sum(each.amount - each.paid for each in shown)
            accounts = {(each.debtor, each.currency) for each in shown}
            assert accounts == {(reminder.debtor, reminder.currency)}
            assert {each.level.kind for each in reminder.climbed} == {reminder.kind}
            assert set(reminder.to) == set(reminder.climbed[0].invoice.emails)
            for each in reminder.listed:
                assert final[each.id].verdict in LISTED
                assert each.due < self.today
        new = [reminder for reminder in planned.reminders if not reminder.replaces]
        assert not of.per_day or len(new) <= of.per_day

    @invariant()
    def at_most_one_open_draft_a_debtor_currency_and_kind(self):
        if not hasattr(self, "office") or self.office.terms.group is Group.INVOICE:
            return
        letters = self.office.history.letters.values()
        counted = Counter(
            (each.debtor, each.currency, each.kind) for each in letters if each.state in PRESENT
        )
        assert all(number == 1 for number in counted.values())

    @invariant()
    def no_level_is_sent_twice_and_none_falls(self):
        if not hasattr(self, "office"):
            return
        history = self.office.history
        sent = Counter(
            (part.invoice, part.level, part.cycle)
            for letter in history.letters.values()
            if letter.effective
            for part in letter.climbed
        )
        assert all(number == 1 for number in sent.values())
        for name, known in history.invoices.items():
            offsets = [done.offset for done in known.completions]
            assert offsets == sorted(set(offsets)), name

    @invariant()
    def no_two_overdue_letters_to_one_debtor_come_too_close_by_themselves(self):
        """Those that the program has sent; a person's own sending is a person's own."""
        if not hasattr(self, "office"):
            return
        gap = self.office.terms.min_gap_days
        letters = [*self.office.history.letters.values()]
        for place, letter in enumerate(letters):
            if (
                letter.kind is Kind.UPCOMING
                or letter.by_hand
                or not letter.effective
                or letter.day != letter.effective
            ):
                continue
            exempt = {part.level for part in letter.climbed} & {"final"}
            redone = {part.invoice for part in letter.climbed} & self.asked_again
            for other in letters[:place]:
                if (
                    exempt
                    or redone
                    or other.debtor != letter.debtor
                    or other.kind is Kind.UPCOMING
                    or not other.effective
                ):
                    continue
                apart = (letter.effective - other.effective).days
                assert not 0 < apart < gap


Weeks.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestWeeks = Weeks.TestCase
