"""Tables of other systems' own test suites, run by run through the whole sync: invoices in, levels out.

Facts only are taken over: who owes what and when, on which days somebody ran it, and which level came out. Where our rule
differs, it does so on purpose, and the test's words say how. The sources:

- OCA account_credit_control: the scenarios of 2012 and 2013 (``scenarios/features``, January to September) and, of
  today, ``test_credit_control_run.py``; account_credit_control_dunning_fees: ``test_fees_generation.py``
- Tryton account_dunning, account_dunning_fee and account_dunning_email: the ``scenario_*.rst`` of each
- Kill Bill: ``TestOverdueWrapper``, ``TestCondition``, and of its integration tests ``TestOverdueIntegration`` and
  ``TestOverdueStateSkipWithShiftingEarliestUnpaidInvoice``
- Lago: ``dunning_campaign_v1_spec.rb``, ``bulk_process_service_spec.rb``
- Invoice Ninja: ``ReminderTest.php``
- ERPNext: ``test_dunning.py``
- OCA account_invoice_overdue_reminder: ``test_overdue_reminder_start.py``
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from ladders import END_OF_MONTH, PREVIOUS, daily, last_letter, lines, on, owes, policy, run, runs, shop_with
from oca import OPEN_IN_2013, OTHERWISE_IN_2012, PAID_IN_2013, RUNS_OF_2013
from office import Office

from sheetsdun.domain.charges.contractual import Contractual
from sheetsdun.domain.policy import Climb, Delivery
from sheetsdun.domain.terms import Group

# -- OCA credit_control ------------------------------------------------------------------------------------------------

TWO_TIMES = policy("2-time", ("30 days end of month", 30, END_OF_MONTH), ("60 days last", 60, PREVIOUS))
THREE_TIMES = policy(
    "3-time", ("10 days net", 10), ("30 days end of month", 30, END_OF_MONTH), ("10 days last", 10, PREVIOUS)
)


@pytest.mark.parametrize(
    ("year", "group"), [("2013", Group.DEBTOR), ("2013", Group.INVOICE), ("2012", Group.DEBTOR)]
)
def test_oca_credit_control_month_by_month(year: str, group: Group) -> None:
    shop = shop_with(THREE_TIMES, TWO_TIMES, group=group, start=f"{year}-01-01")
    owed = {}
    for number, customer, escalation, amount, due in lines(OPEN_IN_2013.replace("2013", year)):
        day = OTHERWISE_IN_2012.get(number, due) if year == "2012" else due
        owes(shop, number, day, amount, customer=customer, escalation=escalation)
        owed[number] = Decimal(amount.split()[0])
    names = {
        number: (THREE_TIMES if escalation != "2-time" else TWO_TIMES).levels
        for number, _, escalation, *_ in lines(OPEN_IN_2013)
    }
    for day, expected in lines(RUNS_OF_2013):
        for number, paid in PAID_IN_2013.get(day, []):
            shop.write(number, "paid", paid)
            owed[number] -= paid
        wanted = [each.split() for each in expected.split(",") if each.strip()]
        before = [*shop.history.letters] if "Reminder log" in shop.sheet.read().tables else []
        date = "2012-02-29" if (year, day) == ("2012", "2013-02-28") else day.replace("2013", year)
        assert run(shop, date) == {(name, names[name][int(place) - 1].name) for name, place in wanted}, day
        letters = [letter for letter in shop.history.letters.values() if letter.id not in before]
        assert Counter(
            (part.invoice, part.balance) for letter in letters for part in letter.climbed
        ) == Counter((name, owed[name]) for name, _ in wanted), day


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


def test_unlike_oca_a_change_of_policy_never_goes_back_down_the_ladder() -> None:
    """Their wizard sets SI_4, at the end of its two levels, to the first of three, and September brings the second. Ours
    goes on at the first level that is further from the due date than the last one it had: there is none."""
    shop = shop_with(THREE_TIMES, TWO_TIMES, start="2013-01-01")
    owes(shop, "SI_4", "2013-02-28", 1000, escalation="2-time")
    both = {("SI_4", "30 days end of month")}, {("SI_4", "60 days last")}
    assert (run(shop, "2013-03-31"), run(shop, "2013-05-31")) == both
    shop.write("SI_4", "escalation", "3-time")
    assert runs(shop, "2013-09-15", "2013-09-30") == {}
    assert shop.status("SI_4") == "All reminders sent"


def test_oca_three_runs_about_an_invoice_of_last_year_are_three_levels() -> None:
    """Runs six months ago, two months ago and today."""
    shop = shop_with(THREE_TIMES, start="2025-03-02")
    owes(shop, "INV", "2025-03-02", 500)
    assert runs(shop, "2025-09-02", "2026-01-02", "2026-03-02") == {
        "2025-09-02": {("INV", "10 days net")},
        "2026-01-02": {("INV", "30 days end of month")},
        "2026-03-02": {("INV", "10 days last")},
    }


def test_unlike_oca_the_highest_level_of_a_debtor_gives_the_text_but_each_invoice_climbs_its_own() -> None:
    """With their setting for it, the January run puts all three invoices on level 2, also the one of New Year's Day."""
    shop = shop_with(THREE_TIMES, start="2024-01-01")
    owes(shop, "old", "2024-01-01", 500)
    owes(shop, "December", "2024-12-01", 500)
    owes(shop, "January", "2025-01-01", 500)
    first, second = "10 days net", "30 days end of month"
    assert run(shop, "2024-12-30") == {("old", first), ("December", first)}
    assert run(shop, "2025-01-30") == {("old", second), ("December", second), ("January", first)}
    assert len(shop.sent()) == 2, "one letter a run"


def test_oca_dunning_fees_are_fixed_sums_in_one_currency() -> None:
    """Five euros for a letter in euros. Theirs converts them for a letter in dollars; ours asks for no fee there that
    the config does not name."""
    level = policy("fees", ("first", 10), charge={"first": "fixed"})
    shop = shop_with(level, charges={"fixed": Contractual(fee={"EUR": Decimal(5)})})
    shop.add("euros", -10, "100 EUR")
    run(shop, "2026-03-02")
    assert "Fees for reminders €5.00 Everything due now €105.00" in last_letter(shop)
    shop.add("dollars", -10, "100 USD")
    run(shop, "2026-03-02")
    assert "Fees" not in last_letter(shop)
    assert "100.00" in last_letter(shop)


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


def test_tryton_a_level_charges_its_fee_and_the_next_one_its_own() -> None:
    """100, due on 1 March; ten for the first level, then 15 % of the sum for the second: 110, then 125."""
    fees = {"ten": Contractual(fee={"EUR": Decimal(10)}), "fifteen": Contractual(fee={"EUR": Decimal(15)})}
    shop = shop_with(
        policy("procedure", ("1", 5), ("2", 10), charge={"1": "ten", "2": "fifteen"}), charges=fees
    )
    owes(shop, "INV", "2026-03-01", "100 EUR")
    assert run(shop, "2026-03-06") == {("INV", "1")}
    assert "Everything due now €110.00" in last_letter(shop)
    assert run(shop, "2026-03-11") == {("INV", "2")}
    assert "Fees for reminders €25.00 Everything due now €125.00" in last_letter(shop)


def test_tryton_an_email_about_what_is_left_of_a_part_payment() -> None:
    shop = shop_with(policy("procedure", ("1", 5)))
    owes(shop, "INV", "2026-03-01", "100 EUR", paid=50)
    assert run(shop, "2026-03-06") == {("INV", "1")}
    assert "50.00" in shop.sent()[0]


def test_tryton_past_the_only_level_a_dunning_is_final() -> None:
    """Theirs is of day 0, processed on day 1 and final on day 2. Day 0 is the due date itself with us, and a letter that
    speaks of it goes on that day or never, so ours is of day 1."""
    shop = shop_with(policy("procedure", ("1", 1)))
    owes(shop, "INV", "2026-03-01")
    assert run(shop, "2026-03-02") == {("INV", "1")}
    run(shop, "2026-03-03")
    assert shop.status("INV") == "All reminders sent"


# -- Kill Bill ---------------------------------------------------------------------------------------------------------


def test_kill_bill_an_account_goes_straight_to_the_state_that_its_oldest_invoice_has_reached() -> None:
    states = policy("overdue", ("OD1", 30), ("OD2", 40), ("OD3", 50), climb=Climb.JUMP)
    shop = shop_with(states)
    for age in (29, 31, 41, 51):
        shop.add(f"{age} days", -age, 10, customer=f"Account {age}", email=f"ap@account-{age}.example")
    assert run(shop, "2026-03-02") == {("31 days", "OD1"), ("41 days", "OD2"), ("51 days", "OD3")}
    assert run(shop, "2026-03-03") == {("29 days", "OD1")}
    assert run(shop, "2026-03-11") == {("31 days", "OD2"), ("41 days", "OD3")}, "each ten days later"


def test_kill_bill_day_by_day_until_everything_is_paid() -> None:
    """Theirs is one state for an account, by its oldest invoice; the invoice of June stands in its letters here, and
    climbs by itself. Between the days of the table their payments fail, and the state stays."""
    shop = shop_with(
        policy("overdue", ("OD1", 30), ("OD2", 40), ("OD3", 50), climb=Climb.JUMP), start="2012-05-31"
    )
    owes(shop, "May", "2012-05-31", "249.95 USD")
    owes(shop, "June", "2012-06-30", "249.95 USD")
    went = {
        day: {level for name, level in levels if name == "May"}
        for day, levels in daily(shop, "2012-05-31", "2012-07-20").items()
    }
    assert went == {"2012-06-30": {"OD1"}, "2012-07-10": {"OD2"}, "2012-07-20": {"OD3"}}
    for name in ("May", "June"):
        shop.write(name, "paid", "249.95")
    assert daily(shop, "2012-07-21", "2012-08-31") == {}
    assert shop.status("June") == "Paid"


STRICT = (("WARNING", 5), ("BLOCKED", 7), ("CANCELLATION", 11))


def test_kill_bill_the_oldest_are_paid_and_no_warning_is_left_out() -> None:
    """What their suite demands, and what their code then failed to do: the warning comes on its day, counted from what
    is still unpaid."""
    shop = shop_with(policy("overdue", *STRICT, climb=Climb.JUMP), start="2012-05-31")
    owes(shop, "recurring", "2012-05-31", "249.95 USD")
    owes(shop, "A", "2012-05-31", "500 USD")
    run(shop, "2012-06-02")
    owes(shop, "B", "2012-06-02", "700 USD")
    for name in ("recurring", "A"):
        shop.write(name, "paid", "yes")
    run(shop, "2012-06-03")
    owes(shop, "C", "2012-06-03", "200 USD")
    assert runs(shop, "2012-06-05", "2012-06-07", "2012-06-10") == {
        "2012-06-07": {("B", "WARNING")},
        "2012-06-10": {("B", "BLOCKED"), ("C", "BLOCKED")},
    }


@pytest.mark.parametrize(("climb", "level"), [(Climb.JUMP, "BLOCKED"), (Climb.STEP, "WARNING")])
def test_kill_bill_a_check_that_comes_late_jumps_or_steps(climb: Climb, level: str) -> None:
    """On the eighth day theirs is at once where it should not be without a warning, says their suite; ours has a choice,
    and steps if nobody makes it."""
    shop = shop_with(policy("overdue", *STRICT, climb=climb), start="2012-05-31")
    owes(shop, "recurring", "2012-05-31", "249.95 USD")
    assert run(shop, "2012-06-08") == {("recurring", level)}


def test_kill_bill_the_day_itself_counts_and_one_who_is_let_off_is_left_alone() -> None:
    shop = shop_with(policy("overdue", ("OD", 10)))
    for age in (9, 10, 20):
        shop.add(f"{age} days", -age, "100 USD", customer=f"{age}", email=f"ap@{age}.example")
    shop.add("off", -20, "200 USD", customer="Off", email="ap@off.example", escalation="stop")
    assert run(shop, "2026-03-02") == {("10 days", "OD"), ("20 days", "OD")}


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


@pytest.mark.parametrize(("days", "went"), [(3, set()), (4, {("A", "5")})])
def test_lago_days_between_attempts_and_the_last_of_five(days: int, went: set[tuple[str, str]]) -> None:
    """Four days between attempts: three are too few. After the fifth there is no sixth."""
    five = policy("campaign", ("1", 1), *((str(number), 4, PREVIOUS) for number in range(2, 6)))
    shop = shop_with(five)
    shop.add("A", -1, "51 EUR")
    for attempt in range(4):
        assert run(shop, f"2026-03-{2 + 4 * attempt:02}") == {("A", str(attempt + 1))}
    assert run(shop, f"2026-03-{14 + days}") == went
    assert len(runs(shop, "2026-03-18", "2026-03-22", "2026-03-26")) == (0 if went else 1)


def test_lago_the_customers_own_campaign_counts_and_one_who_is_let_off_is_left_alone() -> None:
    """Least sums there: 50.99, and 49.99 in the customer's own campaign. Ours is of each debt, and the same for all
    ladders; the Customers tab may name another for a customer."""
    own = policy("own", ("first of own", 1))
    shop = shop_with(policy("default", ("first", 1)), own, tolerance={"EUR": Decimal("50.99")})
    for name, amount, escalation in (("60", 60, ""), ("51", 51, "own"), ("50", 50, ""), ("100", 100, "stop")):
        shop.add(name, -1, f"{amount} EUR", customer=name, email=f"ap@{name}.example", escalation=escalation)
    assert run(shop, "2026-03-02") == {("60", "first"), ("51", "first of own")}


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


@pytest.mark.parametrize(
    ("payable", "levels", "told"),
    [
        (30, (("14 before", -14),), "2024-03-17"),
        (30, (("7 after it was issued", -23), ("1 before", -1), ("1 after", 1)), "2024-03-08"),
        (30, (("2 before", -2), ("14 after", 14), ("30 after", 30)), "2024-03-29"),
        (5, (("2 after it was issued", -3),), "2024-03-03"),
    ],
)
def test_invoice_ninja_the_first_date_is_told_at_once(
    payable: int, levels: tuple[tuple[str, int], ...], told: str
) -> None:
    """Issued on 1 March 2024 and payable within so many days. (The last of these theirs sends on the evening before,
    by the clock of its server; ours knows the sheet's time zone.)"""
    shop = shop_with(policy("ninja", *levels), start="2024-03-01")
    shop.add("INV", payable, 10)
    run(shop, "2024-03-01")
    assert shop.cell("INV", "next_reminder") == on(told)


@pytest.mark.parametrize(("issued", "sent"), [(2, 1), (3, 2)])
def test_invoice_ninja_the_third_reminder_is_next_after_those_that_went(issued: int, sent: int) -> None:
    """Reminders on each of the first three days, payable within thirty. Of the two that theirs puts on today it sends
    one today and the other tomorrow; with us the day itself counts."""
    payable = 30 + issued
    levels = (("1", 1 - payable), ("2", 2 - payable), ("3", 3 - payable))
    shop = shop_with(policy("ninja", *levels), start="2024-03-01")
    shop.add("INV", payable, 10)
    days = [f"2024-03-{2 + day:02}" for day in range(sent)]
    assert runs(shop, *days) == {day: {("INV", str(place))} for place, day in enumerate(days, 1)}
    assert run(shop, f"2024-03-{1 + issued:02}") == {("INV", str(issued))}


def test_invoice_ninja_each_reminder_adds_its_late_fee() -> None:
    """Payable at once, since letters charge nothing before the due date."""
    fees = {str(place): Contractual(fee={"EUR": Decimal(100 + place)}) for place in (1, 2, 3)}
    levels = policy("ninja", ("1", 1), ("2", 2), ("3", 3), charge={"1": "1", "2": "2", "3": "3"})
    shop = shop_with(levels, charges=fees, start="2024-03-01")
    shop.add("INV", 0, "10 EUR")
    asked = []
    for day in (2, 3, 4):
        assert len(run(shop, f"2024-03-{day:02}")) == 1
        asked.append(last_letter(shop).partition("Fees for reminders ")[2].split()[0])
    assert asked == ["€101.00", "€203.00", "€306.00"]


# -- ERPNext -----------------------------------------------------------------------------------------------------------

DUNNING = policy("dunning", ("first", 1), ("second", 10))


def test_erpnext_interest_and_fee_of_the_second_notice_and_none_of_the_first() -> None:
    charged = policy("dunning", ("notice", 15), charge={"notice": "late"})
    late = Contractual(interest=Decimal(10), fee={"EUR": Decimal(10)})
    shop = shop_with(charged, policy("plain", ("first", 20)), charges={"late": late})
    shop.add("SI-1", -15, "100 EUR")
    run(shop, "2026-03-02")
    for told in (
        "Principal €100.00",
        "payment €0.41",
        "Fees for reminders €10.00",
        "Everything due now €110.41",
    ):
        assert told in last_letter(shop)
    shop.add("SI-2", -20, "100 EUR", customer="Other", email="ap@other.example", escalation="plain")
    run(shop, "2026-03-02")
    assert "€100.00" in last_letter(shop)
    assert "Principal" not in last_letter(shop)


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
