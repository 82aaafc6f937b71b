"""What came after a reminder: paid, the next one, still open, crossed, void, or nobody can tell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from debts import day, invoice

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.event import Event, Name, Role
from sheetsdun.domain.fold import fold
from sheetsdun.domain.invoice import Invoice, Payment, Standing
from sheetsdun.domain.policy import Level, Policy
from sheetsdun.domain.promises import promises
from sheetsdun.domain.recovery import After, by_level, reminded
from sheetsdun.domain.terms import Terms
from sheetsdun.sync.judge import decide_all

STEPS = {"friendly": 3, "reminder": 10, "firm": 20}
TERMS = Terms(
    policies={
        "standard": Policy(
            "standard",
            tuple(Level(name=name, offset=offset, template=name) for name, offset in STEPS.items()),
        )
    },
    default="standard",
    calendar=Calendar(frozenset(range(7))),
)
NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


class Log:
    """Letters that went, as rows of the log."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(self, name: str, on: int, **fields: Any) -> None:
        self.events.append(
            Event(
                sequence=len(self.events) + 1,
                time=NOW,
                day=day(on),
                run="r",
                name=name,
                policy="standard",
                **fields,
            )
        )

    def letter(self, name: str, level: str, offset: int, balance: str = "100", **fields: Any) -> None:
        about = {
            "letter": f"SD-{name}-{level}",
            "role": Role.CLIMBED,
            "invoice": name,
            "level": level,
            "offset": STEPS[level],
            "balance": Decimal(balance),
            "currency": "EUR",
            **fields,
        }
        self.add(Name.OPENED, offset, **about)
        self.add(Name.SENT, offset, effective=day(offset), **about)

    def ends(self, *invoices: Invoice, today: int = 40) -> list[tuple[str, str, Decimal, int | None]]:
        return [
            (each.level, each.after.value, each.recovered, each.days)
            for each in self.reminders(*invoices, today=today)
        ]

    def reminders(self, *invoices: Invoice, today: int = 40):
        history = fold(self.events)
        return reminded(history, self.events, decide_all(invoices, history, TERMS, day(today)))


def twice() -> Log:
    log = Log()
    log.letter("INV-1", "friendly", 3)
    log.letter("INV-1", "reminder", 10, "70")
    return log


def test_paid_after_the_last_one_and_a_part_before_it() -> None:
    assert twice().ends(invoice(paid=Decimal(100))) == [
        ("friendly", "next", 30, None),
        ("reminder", "paid", 70, None),
    ]


def test_the_day_is_known_from_payments() -> None:
    paid = invoice(paid=Decimal(100), last_payment=Payment(Decimal(70), day(14)))
    assert twice().ends(paid)[1] == ("reminder", "paid", 70, 4)


def test_a_payment_that_crossed_a_letter_belongs_to_the_one_before() -> None:
    paid = invoice(paid=Decimal(100), last_payment=Payment(Decimal(70), day(9)))
    assert twice().ends(paid) == [("friendly", "paid", 100, 6), ("reminder", "crossed", 0, None)]


def test_a_payment_on_the_day_of_a_letter_came_after_it() -> None:
    paid = invoice(paid=Decimal(100), last_payment=Payment(Decimal(70), day(10)))
    assert twice().ends(paid) == [("friendly", "next", 30, None), ("reminder", "paid", 70, 0)]


def test_a_payment_before_any_letter_belongs_to_none() -> None:
    paid = invoice(paid=Decimal(100), last_payment=Payment(Decimal(100), day(2)))
    assert [each[1] for each in twice().ends(paid)] == ["crossed", "crossed"]


def test_where_a_person_wrote_paid_beside_a_part_payment_nobody_knows_the_day() -> None:
    marked = invoice(paid=Decimal(30), standing=Standing.PAID, last_payment=Payment(Decimal(30), day(5)))
    assert twice().ends(marked) == [("friendly", "next", 30, None), ("reminder", "paid", 70, None)]


def test_still_open_with_a_part_paid() -> None:
    assert twice().ends(invoice(paid=Decimal(45)))[1] == ("reminder", "open", 15, None)


def test_nobody_can_tell_of_a_row_that_is_gone_or_stands_twice_or_has_another_currency() -> None:
    assert twice().ends()[1][1] == "unknown"
    assert twice().ends(invoice(), invoice())[1][1] == "unknown"
    assert twice().ends(invoice(currency="USD"))[1] == ("reminder", "unknown", 0, None)


def test_void_is_not_paid() -> None:
    assert twice().ends(invoice(standing=Standing.VOID))[1] == ("reminder", "void", 0, None)


def test_a_balance_that_grew_recovers_nothing() -> None:
    assert twice().ends(invoice(amount=Decimal(500)))[1] == ("reminder", "open", 0, None)


def test_a_task_that_was_done_counts_and_a_skipped_level_does_not() -> None:
    log = twice()
    about = {"invoice": "INV-1", "level": "firm", "offset": 20, "balance": Decimal(70), "currency": "EUR"}
    log.add(Name.DONE, 20, **about)
    log.add(Name.SKIPPED, 30, **{**about, "level": "final", "offset": 30})
    assert [each[:2] for each in log.ends(invoice(paid=Decimal(100)))] == [
        ("friendly", "next"),
        ("reminder", "next"),
        ("firm", "paid"),
    ]


def test_by_level_and_period() -> None:
    log = twice()
    log.letter("INV-2", "friendly", 4)
    log.letter("INV-3", "friendly", 5, currency="USD")
    log.letter("INV-4", "friendly", 60)
    found = by_level(
        log.reminders(
            invoice("INV-1"),
            invoice("INV-2", paid=Decimal(100), last_payment=Payment(Decimal(100), day(10))),
            invoice("INV-3", paid=Decimal(100), currency="USD", last_payment=Payment(Decimal(100), day(8))),
            invoice("INV-4"),
        ),
        day(0),
        day(59),
    )
    friendly, reminder = found
    assert (friendly.level, friendly.reminded, friendly.after[After.PAID], friendly.after[After.NEXT]) == (
        "friendly", 3, 2, 1,
    )  # fmt: skip
    assert friendly.asked == {"EUR": 200, "USD": 100}
    assert friendly.recovered == {"EUR": 130, "USD": 100}
    assert (friendly.median_days, friendly.delays) == (4.5, [6, 3])
    assert (reminder.reminded, reminder.after[After.OPEN], reminder.median_days) == (1, 1, None)


class TestPromises:
    def word(self, each: Invoice, log: Log | None = None, today: int = 40) -> str:
        events = (log or Log()).events
        decisions = decide_all([each], fold(events), TERMS, day(today))
        (found,) = promises(decisions, events, TERMS, day(today))
        return found.word

    def test_open_past_its_grace_is_broken(self) -> None:
        assert self.word(invoice(promise=day(37))) == "broken"
        assert self.word(invoice(promise=day(38))) == "pending"

    def test_a_dated_payment_tells(self) -> None:
        paid = {"promise": day(20), "paid": Decimal(100)}
        assert self.word(invoice(**paid, last_payment=Payment(Decimal(100), day(22)))) == "kept"
        assert self.word(invoice(**paid, last_payment=Payment(Decimal(100), day(23)))) == "broken"

    def test_a_letter_after_the_day_tells_that_it_was_open(self) -> None:
        log = Log()
        log.letter("INV-1", "firm", 23)
        assert self.word(invoice(promise=day(20), paid=Decimal(100)), log) == "broken"
        assert self.word(invoice(promise=day(21), paid=Decimal(100)), log) == "unknown"

    def test_a_letter_that_was_written_before_the_day_and_sent_after_it_tells_nothing(self) -> None:
        log = Log()
        about = {
            "letter": "SD-1", "role": Role.CLIMBED, "invoice": "INV-1", "level": "firm", "offset": 20,
            "balance": Decimal(100), "currency": "EUR",
        }  # fmt: skip
        log.add(Name.OPENED, 19, **about)
        log.add(Name.SENT, 30, **about)
        assert self.word(invoice(promise=day(20), paid=Decimal(100)), log) == "unknown"

    def test_paid_before_its_day_is_kept(self) -> None:
        assert self.word(invoice(promise=day(39), paid=Decimal(100))) == "kept"

    def test_void_is_no_promise(self) -> None:
        decisions = decide_all([invoice(promise=day(1), standing=Standing.VOID)], fold(()), TERMS, day(9))
        assert not promises(decisions, (), TERMS, day(9))
