"""Tables of other systems' own test suites, run by run through the whole sync: invoices in, levels out.

Facts only are taken over: who owes what and when, on which days somebody ran it, and which level came out. The sources:
OCA credit_control (its scenarios of 2013), Tryton account_dunning, Kill Bill's overdue states, Lago's dunning campaigns,
Invoice Ninja's reminders, ERPNext's dunning and OCA account_invoice_overdue_reminder. Where our rule differs, it does so
on purpose, and the test's words say how.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from office import Office, office

from sheetsdun.domain.policy import Basis, Climb, Delivery, Level, Policy
from sheetsdun.domain.terms import Group

END_OF_MONTH, PREVIOUS = Basis.END_OF_MONTH, Basis.PREVIOUS


def policy(name: str, *levels: tuple[str, int] | tuple[str, int, Basis], **fields: Any) -> Policy:
    """A ladder of letters that go by themselves: of each level its name, days and basis."""
    climb = fields.pop("climb", Climb.STEP)
    ordinary = {"template": "reminder", "delivery": Delivery.SEND, **fields}
    made = [
        Level(name=level, offset=days, basis=basis[0] if basis else Basis.DUE, **ordinary)
        for level, days, *basis in levels
    ]
    return Policy(name, tuple(made), climb)


def on(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


def shop_with(*policies: Policy, **terms: Any) -> Office:
    return office(
        policies={each.name: each for each in policies},
        default=policies[0].name,
        **{"min_gap_days": 0, **terms},
    )


def run(shop: Office, day: str) -> set[tuple[str, str]]:
    """Sync on a day at eight; what went by then and had not gone before: invoice and level."""
    before = _levels(shop)
    shop.time = dt.datetime.combine(on(day), dt.time(8), dt.UTC)
    shop.sync()
    return _levels(shop) - before


def _levels(shop: Office) -> set[tuple[str, str]]:
    if "Reminder log" not in shop.sheet.read().tables:
        return set()
    return {(name, done.level) for name, known in shop.history.invoices.items() for done in known.completions}


def lines(text: str) -> list[list[str]]:
    """The rows of a table: its cells, without the blanks around them."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


# -- OCA credit_control ------------------------------------------------------------------------------------------------

TWO_TIMES = policy("2-time", ("30 days end of month", 30, END_OF_MONTH), ("60 days last", 60, PREVIOUS))
THREE_TIMES = policy(
    "3-time", ("10 days net", 10), ("30 days end of month", 30, END_OF_MONTH), ("10 days last", 10, PREVIOUS)
)
OPEN_IN_2013 = """
SI_1    | partner 1   | stop   |  2000    EUR | 2013-02-28
SI_2    | partner 1   | stop   |  1200    USD | 2013-03-31
SI_3    | partner 1   | stop   |  1500    USD | 2013-04-30
SI_4    | customer 2  | 2-time |  1000    EUR | 2013-02-28
SI_5    | customer 2  | 2-time |  1200    USD | 2013-03-31
SI_6    | customer 2  | 2-time |  1500    USD | 2013-04-30
SI_7    | customer 3  | 2-time |  1000    EUR | 2013-02-17
SI_8    | customer 3  | 2-time |  1200    USD | 2013-03-17
SI_9    | customer 3  | 2-time |  1500    USD | 2013-04-14
SI_10/1 | customer 4  |        |   300    EUR | 2013-01-18
SI_10/2 | customer 4  |        |   700    EUR | 2013-02-28
SI_11/1 | customer 4  |        |   360    USD | 2013-02-15
SI_11/2 | customer 4  |        |   840    USD | 2013-03-31
SI_12/1 | customer 4  |        |   449.99 USD | 2013-03-15
SI_12/2 | customer 4  |        |  1050.01 USD | 2013-04-30
SI_13   | customer 5  | 3-time |  1000    USD | 2013-02-17
SI_14   | customer 5  | 3-time |  1200    USD | 2013-03-17
SI_15   | customer 5  | 3-time |  1500    USD | 2013-04-14
SI_16   | customer 4  |        |  1500    EUR | 2013-04-14
SI_17   | Scrooge     |        |  1500    EUR | 2013-04-14
SI_18/1 | Donald      |        |   450    EUR | 2013-03-15
SI_18/2 | Donald      |        |  1050    EUR | 2013-04-30
SI_19/1 | Gus         |        |   450    EUR | 2013-03-15
SI_19/2 | Gus         |        |  1050    EUR | 2013-04-30
"""
RUNS_OF_2013 = """
2013-01-31 | SI_10/1 1
2013-02-28 | SI_11/1 1, SI_13 1, SI_10/1 2
2013-03-31 | SI_4 1, SI_7 1, SI_10/2 1, SI_12/1 1, SI_14 1, SI_11/1 2, SI_13 2, SI_10/1 3, SI_18/1 1, SI_19/1 1
2013-04-30 | SI_11/1 3, SI_5 1, SI_8 1, SI_10/2 2, SI_11/2 1, SI_12/1 2, SI_14 2, SI_15 1, SI_13 3, SI_16 1, SI_17 1, \
SI_18/1 2, SI_19/1 2
2013-05-31 | SI_6 1, SI_4 2, SI_7 2, SI_9 1, SI_11/2 2, SI_15 2, SI_10/2 3, SI_12/1 3, SI_12/2 1, SI_14 3, SI_17 2, \
SI_18/2 1, SI_19/1 3, SI_19/2 1
2013-06-30 | SI_5 2, SI_8 2, SI_12/2 2, SI_11/2 3, SI_15 3, SI_17 3, SI_18/2 2, SI_19/2 2
2013-07-31 | SI_6 2, SI_9 2, SI_12/2 3, SI_18/2 3, SI_19/2 3
2013-08-30 |
"""
"""Each invoice with the number of the level that the run gives it. SI_13 in April stands in the suite's table of 2012
only, but follows from its policy in 2013 as well."""

PAID_IN_2013 = {
    "2013-03-31": [("SI_19/1", 300)],
    "2013-05-31": [("SI_16", 1500), ("SI_17", 1000), ("SI_18/1", 450)],
}
"""What had come in before a run."""


@pytest.mark.parametrize("group", Group)
def test_oca_credit_control_month_by_month(group: Group) -> None:
    shop = shop_with(THREE_TIMES, TWO_TIMES, group=group)
    shop.time = dt.datetime(2013, 1, 1, 8, tzinfo=dt.UTC)
    for number, customer, escalation, amount, due in lines(OPEN_IN_2013):
        days = (on(due) - shop.today).days
        address = f"ap@{customer.replace(' ', '-').lower()}.example"
        shop.add(number, days, amount, customer=customer, email=address, escalation=escalation)
    names = {
        number: (THREE_TIMES if escalation != "2-time" else TWO_TIMES).levels
        for number, _, escalation, *_ in lines(OPEN_IN_2013)
    }
    for day, expected in lines(RUNS_OF_2013):
        for number, paid in PAID_IN_2013.get(day, []):
            shop.write(number, "paid", paid)
        wanted = [each.split() for each in expected.split(",") if each.strip()]
        assert run(shop, day) == {(name, names[name][int(place) - 1].name) for name, place in wanted}, day


def test_oca_a_level_that_was_ignored_is_made_again_by_redo() -> None:
    shop = shop_with(policy("one", ("last", 10), delivery=Delivery.DRAFT))
    shop.time = dt.datetime(2013, 4, 30, 8, tzinfo=dt.UTC)
    shop.add("SI_19", 0, 1050)
    run(shop, "2013-07-31")
    shop.mailbox.discard(shop.drafts()[0][0])
    assert run(shop, "2013-08-01") == set()
    shop.pass_days(1)
    shop.write("SI_19", "action", "redo")
    run(shop, "2013-08-30")
    assert len(shop.drafts()) == 1
    assert [letter.state for letter in shop.history.letters.values()] == ["replaced", "drafted"]


# -- Tryton account_dunning --------------------------------------------------------------------------------------------

BY_HAND = policy("procedure", ("1", 5), ("2", 20), ("3", 40), delivery=Delivery.DRAFT)


def dunned() -> Office:
    """100, due on 1 March; levels after 5, 20 and 40 days; a person sends the drafts."""
    shop = shop_with(BY_HAND)
    shop.time = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
    shop.add("INV", 0, 100)
    run(shop, "2026-03-05")
    assert not shop.drafts(), "four days: nothing"
    run(shop, "2026-03-06")
    assert shop.status("INV") == "Draft ready: 1 (1 of 3)", "five days: level 1 as a draft"
    return shop


def test_tryton_behind_a_draft_nothing_piles_up() -> None:
    shop = dunned()
    run(shop, "2026-03-31")
    assert shop.status("INV") == "Draft ready: 1 (1 of 3)", "thirty days with the draft: level 1 still"


def test_tryton_sent_in_time_and_then_blocked_and_freed_and_paid() -> None:
    shop = dunned()
    shop.mailbox.send_by_hand(shop.drafts()[0][0])
    shop.write("INV", "escalation", "hold")
    run(shop, "2026-03-31")
    assert not shop.drafts(), "thirty days, blocked: nothing"
    shop.write("INV", "escalation", "")
    run(shop, "2026-03-31")
    assert shop.status("INV") == "Draft ready: 2 (2 of 3)", "thirty days: level 2"
    shop.write("INV", "paid", 100)
    run(shop, "2026-04-01")
    assert not shop.drafts(), "paid: the draft is gone"
    run(shop, "2026-04-20")
    assert not shop.drafts(), "fifty days: nothing"


def test_unlike_tryton_a_level_sent_late_moves_the_next_one() -> None:
    shop = dunned()
    run(shop, "2026-03-31")
    shop.mailbox.send_by_hand(shop.drafts()[0][0])
    run(shop, "2026-03-31")
    assert not shop.drafts(), "theirs would write level 2 on the very day of level 1"
    assert shop.cell("INV", "next_reminder") == on("2026-04-15"), (
        "ours keeps the fifteen days between the two"
    )


# -- Kill Bill ---------------------------------------------------------------------------------------------------------


def test_kill_bill_an_account_goes_straight_to_the_state_that_its_oldest_invoice_has_reached() -> None:
    states = policy("overdue", ("OD1", 30), ("OD2", 40), ("OD3", 50), climb=Climb.JUMP)
    shop = shop_with(states)
    for age in (29, 31, 41, 51):
        shop.add(f"{age} days", -age, 10, customer=f"Account {age}", email=f"ap@account-{age}.example")
    assert run(shop, "2026-03-02") == {("31 days", "OD1"), ("41 days", "OD2"), ("51 days", "OD3")}
    assert run(shop, "2026-03-03") == {("29 days", "OD1")}
    assert run(shop, "2026-03-11") == {("31 days", "OD2"), ("41 days", "OD3")}, "each ten days later"


# -- Lago --------------------------------------------------------------------------------------------------------------

CAMPAIGN = policy("campaign", ("first", 1), ("second", 3, PREVIOUS))
"""At most two attempts, the second once more than two days have passed."""


def test_lago_two_attempts_and_then_no_more() -> None:
    shop = shop_with(CAMPAIGN)
    shop.time = dt.datetime(2025, 1, 6, 8, tzinfo=dt.UTC)
    shop.add("subscription", -3, "149 EUR")
    shop.add("one-off", 0, "6 EUR")
    both = {("subscription", "first"), ("one-off", "first")}
    assert run(shop, "2025-01-07") == both
    assert len(shop.sent()) == 1, "one letter about 155.00"
    assert "155.00" in shop.sent()[0]
    assert run(shop, "2025-01-08") == run(shop, "2025-01-09") == set()
    assert run(shop, "2025-01-10") == {("subscription", "second"), ("one-off", "second")}
    assert run(shop, "2025-01-13") == set()
    assert shop.status("one-off") == "All reminders sent"


def test_lago_each_currency_counts_its_own_attempts() -> None:
    shop = shop_with(CAMPAIGN, group=Group.DEBTOR)
    shop.time = dt.datetime(2025, 1, 2, 8, tzinfo=dt.UTC)
    shop.add("dollars", 0, "120 USD")
    assert run(shop, "2025-01-03") == {("dollars", "first")}
    assert run(shop, "2025-01-05") == set()
    shop.add("euros", 0, "159 EUR")
    assert run(shop, "2025-01-06") == {("dollars", "second"), ("euros", "first")}
    assert len(shop.sent()) == 3, "never one letter about two currencies"
    assert run(shop, "2025-01-09") == {("euros", "second")}
    assert run(shop, "2025-01-12") == set()


def test_unlike_lago_there_is_no_least_sum_of_all_debts_but_one_of_each() -> None:
    shop = shop_with(CAMPAIGN, tolerance={"EUR": 150})
    shop.add("149", -5, "149 EUR")
    shop.add("150", -5, "150 EUR", customer="Other", email="ap@other.example")
    assert run(shop, "2026-03-02") == {("150", "first")}
    assert shop.cell("149", "next_reminder") == "", "nobody writes about so little"


# -- Invoice Ninja -----------------------------------------------------------------------------------------------------


def test_invoice_ninja_the_next_date_is_told_after_each_reminder() -> None:
    shop = shop_with(policy("ninja", ("four before", -4), ("two before", -2), ("three after", 3)))
    shop.add("INV", 5)
    run(shop, "2026-03-02")
    told = [shop.cell("INV", "next_reminder")]
    for day in ("2026-03-03", "2026-03-05"):
        assert len(run(shop, day)) == 1
        told.append(shop.cell("INV", "next_reminder"))
    assert told == [on("2026-03-03"), on("2026-03-05"), on("2026-03-10")]


def test_invoice_ninja_a_reminder_whose_day_has_passed_before_the_due_date_is_passed_over() -> None:
    shop = shop_with(policy("ninja", ("29 before", -29), ("28 before", -28), ("27 before", -27), ("late", 5)))
    shop.add("INV", 28)
    assert run(shop, "2026-03-02") == {("INV", "28 before")}, (
        "the first, a day ago, cannot be set in the past"
    )
    assert run(shop, "2026-03-04") == set(), "nor can the third, for which nobody ran"
    assert shop.cell("INV", "next_reminder") == on("2026-04-04")


def test_invoice_ninja_three_reminders_after_the_invoice_date_and_one_more_every_fortnight() -> None:
    """Issued on 1 March, payable within 14 days: 5, 10 and 15 days after it are nine and four before the due date, and
    one after it. Ours needs a level for each fortnight: no ladder is endless."""
    shop = shop_with(
        policy("ninja", ("1", -9), ("2", -4), ("3", 1), ("4", 14, PREVIOUS), ("5", 14, PREVIOUS))
    )
    shop.time = dt.datetime(2024, 3, 1, 8, tzinfo=dt.UTC)
    shop.add("X-11-2024", 14, 10)
    went = {}
    for day in range(60):
        date = (on("2024-03-01") + dt.timedelta(day)).isoformat()
        went |= dict.fromkeys((level for _, level in run(shop, date)), date)
    assert went == {
        "1": "2024-03-06", "2": "2024-03-11", "3": "2024-03-16", "4": "2024-03-30", "5": "2024-04-13",
    }  # fmt: skip


# -- ERPNext -----------------------------------------------------------------------------------------------------------

DUNNING = policy("dunning", ("first", 1), ("second", 10))


def test_erpnext_two_overdue_invoices_are_one_dunning() -> None:
    shop = shop_with(DUNNING)
    shop.add("SI-1", -6, "100 EUR")
    shop.add("SI-2", -6, "300 EUR")
    assert len(run(shop, "2026-03-02")) == 2
    (subject,) = shop.sent()
    assert "400.00" in subject


def test_erpnext_only_the_instalment_that_is_overdue_is_dunned_and_a_payment_resolves_it() -> None:
    shop = shop_with(DUNNING)
    shop.add("SI/1", -1, "50 EUR")
    shop.add("SI/2", 4, "50 EUR")
    assert run(shop, "2026-03-02") == {("SI/1", "first")}
    shop.write("SI/1", "paid", 50)
    run(shop, "2026-03-03")
    assert (shop.status("SI/1"), shop.status("SI/2")) == ("Paid", "Next: first on 7 Mar")
    shop.write("SI/1", "paid", "")
    run(shop, "2026-03-04")
    assert shop.cell("SI/1", "next_reminder") == on("2026-03-11"), (
        "the payment was cancelled: the ladder goes on"
    )


def test_erpnext_a_credit_note_resolves_it_until_it_is_cancelled() -> None:
    """Unlike there it need not name the invoice: what a debtor has to their credit is set against all that they owe."""
    shop = shop_with(DUNNING)
    shop.add("SI", -10, "100 EUR")
    shop.add("CN", -10, "-100 EUR")
    assert run(shop, "2026-03-02") == set()
    shop.rows.pop()
    assert run(shop, "2026-03-03") == {("SI", "first")}


# -- OCA account_invoice_overdue_reminder ------------------------------------------------------------------------------


def test_oca_overdue_reminder_starts_after_five_days_and_keeps_five_days_between_two() -> None:
    shop = shop_with(policy("overdue", ("1", 5), ("2", 6), ("3", 7)), min_gap_days=5)
    shop.add("A", -4)
    shop.add("B", -1)
    went = {day: run(shop, f"2026-03-{day:02}") for day in range(2, 20)}
    assert {day: levels for day, levels in went.items() if levels} == {
        3: {("A", "1")},
        8: {("A", "2"), ("B", "1")},
        13: {("A", "3"), ("B", "2")},
        18: {("B", "3")},
    }
