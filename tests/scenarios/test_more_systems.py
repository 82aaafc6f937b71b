"""More tables of other systems' own test suites; see ``test_other_systems.py``. The sources:

- metasfresh (and Adempiere, whose dunning run it goes back to): ``DefaultDunningCandidateProducerTest``,
  ``BaseDunnableSourceTest``, ``TestDunning``
- Odoo account_followup: ``test_account_followup.py`` of version 8, and of version 19
- dolibarr-mahnwesen: ``tests/run.php``, and ``scenarios.py`` in ``tests/runtime``
- badcop: ``test_schedule.py``, ``test_cli.py``
- Akaunting: ``InvoiceReminderTest.php``
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from ladders import daily, last_letter, lines, on, owes, policy, run, runs, shop_with
from office import Office

from sheetsdun.domain.charges.contractual import Contractual
from sheetsdun.domain.policy import Channel, Climb, Delivery

# -- metasfresh --------------------------------------------------------------------------------------------------------

SEQUENTIAL = policy("sequential", ("Level1", 10), ("Level2", 20), ("Level3", 30))


@pytest.mark.parametrize(("age", "goes"), [(-1, False), (5, False), (10, True), (11, True), (15, True)])
def test_metasfresh_the_day_itself_counts(age: int, goes: bool) -> None:
    shop = shop_with(SEQUENTIAL)
    shop.add("INV", -age)
    assert run(shop, "2026-03-02") == ({("INV", "Level1")} if goes else set())


def test_metasfresh_nothing_is_open_or_it_is_disputed() -> None:
    shop = shop_with(SEQUENTIAL)
    shop.rows[0].append("Status")
    shop.add("settled", -15, paid=100)
    shop.add("disputed", -15)
    shop.rows[-1].append("disputed")
    assert run(shop, "2026-03-02") == set()
    assert shop.status("disputed").startswith("Disputed")


@pytest.mark.parametrize(("grace", "goes"), [("", True), ("01-31", True), ("02-01", False), ("02-02", False)])
def test_metasfresh_a_grace_holds_on_its_last_day_too(grace: str, goes: bool) -> None:
    shop = shop_with(SEQUENTIAL, start="2012-02-01")
    owes(shop, "INV", "2012-01-07", hold_until=on(f"2012-{grace}") if grace else "")
    assert run(shop, "2012-02-01") == ({("INV", "Level1")} if goes else set())


def test_metasfresh_the_second_level_only_after_the_first_has_gone() -> None:
    drafts = policy("sequential", ("Level1", 10), ("Level2", 20), delivery=Delivery.DRAFT)
    shop = shop_with(drafts, start="2012-02-01")
    owes(shop, "INV", "2012-01-07")
    for day in ("2012-02-01", "2012-02-20"):
        run(shop, day)
        assert shop.status("INV") == "Draft ready: Level1 (1 of 2)", (
            "25 days: not level 2, and not behind a draft"
        )


@pytest.mark.parametrize(("day", "goes"), [("2012-02-05", False), ("2012-02-11", True), ("2012-02-20", True)])
def test_metasfresh_ten_days_between_two_levels(day: str, goes: bool) -> None:
    """Due 25 days before the first run."""
    shop = shop_with(SEQUENTIAL, start="2012-02-01")
    owes(shop, "INV", "2012-01-07")
    assert run(shop, "2012-02-01") == {("INV", "Level1")}
    assert run(shop, day) == ({("INV", "Level2")} if goes else set())


def test_metasfresh_three_levels_one_after_another() -> None:
    shop = shop_with(SEQUENTIAL, start="2012-02-01")
    owes(shop, "INV", "2011-12-28")
    assert runs(shop, "2012-02-01", "2012-02-20", "2012-03-01") == {
        "2012-02-01": {("INV", "Level1")},
        "2012-02-20": {("INV", "Level2")},
        "2012-03-01": {("INV", "Level3")},
    }


def test_unlike_metasfresh_two_levels_never_go_on_one_day() -> None:
    """Invoices of 110, fifteen and twenty-five days past due; one has a grace for two years. Their second run of the same
    day brings level 2 of the older one, which wants no days between the two; ours keeps the ten of the ladder."""
    shop = shop_with(SEQUENTIAL, start="2012-02-01")
    for name, due, hold in (
        ("1", "2012-01-17", ""),
        ("2", "2012-01-07", ""),
        ("3", "2012-01-17", on("2014-01-01")),
        ("4", "2012-01-17", ""),
    ):
        owes(shop, name, due, "110 EUR", hold_until=hold)
    assert run(shop, "2012-02-01") == {(name, "Level1") for name in "124"}
    assert daily(shop, "2012-02-01", "2012-02-11") == {"2012-02-11": {(name, "Level2") for name in "124"}}


# -- Odoo account_followup ---------------------------------------------------------------------------------------------


def version_8() -> Office:
    """5 times 200, due today; a letter after 15 days, another after 30, a call after 40."""
    letters = policy("followup", ("first", 15), ("second", 30))
    call = policy("call", ("call", 40), delivery=Delivery.TASK, channel=Channel.CALL, template="call")
    shop = shop_with(replace(letters, levels=letters.levels + call.levels), start="2026-03-01")
    owes(shop, "INV", "2026-03-01", 1000)
    return shop


def test_odoo_8_after_three_days_nothing_and_after_fifteen_the_first() -> None:
    shop = version_8()
    assert runs(shop, "2026-03-04", "2026-03-16") == {"2026-03-16": {("INV", "first")}}


def test_unlike_odoo_8_three_runs_on_the_fortieth_day_are_one_letter() -> None:
    """Theirs has then reached the call. Ours keeps fifteen days and ten between the three."""
    shop = version_8()
    assert run(shop, "2026-04-10") == {("INV", "first")}
    assert runs(shop, "2026-04-10", "2026-04-24", "2026-04-25") == {"2026-04-25": {("INV", "second")}}
    run(shop, "2026-05-05")
    assert shop.status("INV").startswith("Call today"), shop.status("INV")
    shop.write("INV", "action", "done")
    run(shop, "2026-05-05")
    run(shop, "2026-05-06")
    assert shop.status("INV") == "All reminders sent"


def test_odoo_8_litigation_holds_and_a_payment_ends_it() -> None:
    shop = version_8()
    shop.write("INV", "escalation", "hold")
    assert run(shop, "2026-04-10") == set()
    shop.write("INV", "escalation", "")
    assert run(shop, "2026-04-10") == {("INV", "first")}
    shop.write("INV", "paid", 1000)
    assert run(shop, "2026-04-25") == set()
    assert (shop.status("INV"), shop.cell("INV", "next_reminder")) == ("Paid", "")


def test_unlike_odoo_a_level_before_the_due_date_is_never_made_up_for() -> None:
    """Ten days before, ten and fifteen after; nobody ran until 13 January. Theirs then sends the one of December, and the
    others on 2 and 8 February. Ours sends the first that is still true, and the next one five days later."""
    ladder = policy("followup", ("-10", -10), ("10", 10), ("15", 15))
    shop = shop_with(ladder, start="2021-12-20")
    owes(shop, "INV", "2022-01-02", 500)
    assert run(shop, "2021-12-20") == set()
    assert shop.cell("INV", "next_reminder") == on("2021-12-23")
    assert daily(shop, "2022-01-13", "2022-02-15") == {
        "2022-01-13": {("INV", "10")},
        "2022-01-18": {("INV", "15")},
    }
    assert shop.status("INV") == "All reminders sent"


def test_odoo_a_level_before_the_due_date_goes_on_its_day() -> None:
    shop = shop_with(policy("followup", ("-10", -10), ("10", 10)), start="2021-12-20")
    owes(shop, "INV", "2022-01-02", 500)
    assert daily(shop, "2021-12-20", "2022-01-13") == {
        "2021-12-23": {("INV", "-10")},
        "2022-01-12": {("INV", "10")},
    }


TEN_FIFTEEN_THIRTY = policy("followup", ("10", 10), ("15", 15), ("30", 30))


@pytest.mark.parametrize(
    ("paid", "table"),
    [
        ("", {"2022-01-11": "A 10", "2022-01-16": "A 15, B 10", "2022-01-21": "B 15", "2022-01-31": "A 30", "2022-02-05": "B 30"}),
        ("A", {"2022-01-11": "A 10", "2022-01-16": "B 10", "2022-01-21": "B 15", "2022-02-05": "B 30"}),
        ("B", {"2022-01-11": "A 10", "2022-01-16": "A 15", "2022-01-31": "A 30"}),
    ],
)  # fmt: skip
def test_odoo_two_invoices_of_following_days(paid: str, table: dict[str, str]) -> None:
    """Five days between letters keep them together. The days on which theirs acts, 11, 16 and 31 January, are days of
    ours; there the debtor has one level, by the oldest invoice, and the last repeats for ever. Here each invoice climbs
    its own ladder, which ends. One of the two is paid after the first letter."""
    shop = shop_with(TEN_FIFTEEN_THIRTY, min_gap_days=5, start="2022-01-01")
    owes(shop, "A", "2022-01-01", 500)
    owes(shop, "B", "2022-01-02", 500)
    went = daily(shop, "2022-01-10", "2022-01-11")
    if paid:
        shop.write(paid, "paid", 500)
    went |= daily(shop, "2022-01-12", "2022-02-20")
    assert went == {day: {tuple(each.split()) for each in told.split(", ")} for day, told in table.items()}


def test_odoo_one_payment_on_account_and_what_is_left() -> None:
    """Two invoices of 500, and 100 paid of one: 900."""
    shop = shop_with(TEN_FIFTEEN_THIRTY, start="2016-01-10")
    owes(shop, "A", "2016-01-01", "500 EUR", paid=100)
    owes(shop, "B", "2016-01-02", "500 EUR")
    assert run(shop, "2016-01-12") == {("A", "10"), ("B", "10")}
    assert "900.00" in shop.sent()[0]


# -- dolibarr-mahnwesen ------------------------------------------------------------------------------------------------

STAGES = (("1", 3), ("2", 10), ("3", 20), ("4", 30))


@pytest.mark.parametrize(
    ("age", "off", "done", "level"),
    [
        (2, "", "", ""),
        (3, "", "", "1"),
        (-5, "", "", ""),
        (30, "", "", "1"),
        (30, "", "12", "3"),
        (30, "1", "", "2"),
        (25, "3", "12", ""),
        (10, "", "12", ""),
        (0, "", "", ""),
    ],
)
def test_mahnwesen_stages_go_in_order(age: int, off: str, done: str, level: str) -> None:
    """By days late, with a stage switched off, which we leave out of the ladder, and after stages that went."""
    shop = shop_with(policy("mahnwesen", *(stage for stage in STAGES if stage[0] != off)), start="2025-01-01")
    owes(shop, "INV", "2026-03-01")
    for stage in done:
        days = dict(STAGES)[stage]
        assert run(shop, f"2026-03-{1 + days:02}") == {("INV", stage)}
    day = on("2026-03-01").toordinal() + age
    assert run(shop, on("2026-03-01").fromordinal(day).isoformat()) == ({("INV", level)} if level else set())


@pytest.mark.parametrize(
    ("due", "days", "day"), [("2026-01-31", 30, "2026-03-02"), ("2026-03-25", 3, "2026-03-28")]
)
def test_mahnwesen_days_are_days_of_the_calendar(due: str, days: int, day: str) -> None:
    """Across the end of a month, and across the night on which clocks change."""
    shop = shop_with(policy("mahnwesen", ("1", days)), start="2026-01-01")
    owes(shop, "INV", due)
    run(shop, "2026-01-01")
    assert shop.cell("INV", "next_reminder") == on(day)


@pytest.mark.parametrize(
    ("second", "deadline", "how", "day"),
    [
        (10, 0, "sent", "2026-01-21"),
        (10, 10, "sent", "2026-01-25"),
        (10, 10, "skipped", "2026-01-21"),
        (31, 3, "sent", "2026-02-01"),
    ],
)
def test_mahnwesen_the_next_stage_after_one_that_went_late(
    second: int, deadline: int, how: str, day: str
) -> None:
    """Due on 1 January, stages of day 3 and 10; the first is completed on the 14th. Seven days are kept, and the time to
    pay that a letter names; one that was skipped names none; a later day by the calendar wins. (Of the last row: the
    stages are 28 days apart with us, and the 14th is too late for 1 February, so the first went on the 4th.)"""
    shop = shop_with(
        policy("mahnwesen", ("1", 3), ("2", second), deadline_days=deadline, delivery=Delivery.DRAFT),
        start="2026-01-01",
    )
    owes(shop, "INV", "2026-01-01")
    first = "2026-01-14" if second == 10 else "2026-01-04"
    run(shop, first)
    if how == "sent":
        shop.mailbox.send_by_hand(shop.drafts()[0][0])
    else:
        shop.write("INV", "action", "skip")
    run(shop, first)
    assert shop.cell("INV", "next_reminder") == on(day)


@pytest.mark.parametrize(("climb", "levels"), [(Climb.JUMP, "4 2 0 3"), (Climb.STEP, "1 1 0 1")])
def test_mahnwesen_the_stage_by_the_calendar_and_the_one_that_is_next(climb: Climb, levels: str) -> None:
    """A first run over four open invoices. The stage that a case shows there is the one to which a ladder jumps here; the
    notice that it asks for first is the one to which a ladder steps."""
    shop = shop_with(policy("mahnwesen", *STAGES, climb=climb))
    stages = levels.split()
    for age, amount in ((35, 120), (12, 96), (1, 60), (20, 36)):
        shop.add(f"{age} days", -age, f"{amount} EUR", customer=f"{age}", email=f"ap@{age}.example")
    ages = (35, 12, 1, 20)
    assert run(shop, "2026-03-02") == {
        (f"{age} days", stage) for age, stage in zip(ages, stages, strict=True) if stage != "0"
    }


# -- badcop ------------------------------------------------------------------------------------------------------------

STEPS = (("courtesy", -3), ("friendly", 1), ("firm", 7), ("final", 14), ("escalate", 30))


@pytest.mark.parametrize(
    ("day", "level"),
    [
        ("2026-03-01", ""),
        ("2026-03-12", "courtesy"),
        ("2026-03-16", "friendly"),
        ("2026-03-22", "firm"),
        ("2026-03-29", "final"),
        ("2026-04-01", "final"),
        ("2026-05-01", "escalate"),
    ],
)
def test_badcop_the_latest_step_that_is_reached(day: str, level: str) -> None:
    """Due on 15 March; each is somebody's first run. Having sent it, the run of the same day finds nothing."""
    shop = shop_with(policy("badcop", *STEPS, climb=Climb.JUMP), start="2026-03-01")
    owes(shop, "INV-1", "2026-03-15", 1000)
    assert run(shop, day) == ({("INV-1", level)} if level else set())
    assert run(shop, day) == set()


def test_unlike_badcop_what_was_to_come_before_the_due_date_does_not_come_on_it() -> None:
    """There, the courtesy of day -3 is still the latest step on the due date."""
    shop = shop_with(policy("badcop", *STEPS, climb=Climb.JUMP), start="2026-03-01")
    owes(shop, "INV-1", "2026-03-15", 1000)
    assert run(shop, "2026-03-15") == set()


def test_unlike_badcop_a_run_that_catches_up_sends_one_step_and_not_four() -> None:
    """Its catch_up sends courtesy, friendly, firm and final at once; stepping, ours begins with the friendly one."""
    shop = shop_with(policy("badcop", *STEPS), start="2026-03-01")
    owes(shop, "INV-1", "2026-03-15", 1000)
    assert daily(shop, "2026-04-01", "2026-05-01") == {
        "2026-04-01": {("INV-1", "friendly")},
        "2026-04-07": {("INV-1", "firm")},
        "2026-04-14": {("INV-1", "final")},
        "2026-04-30": {("INV-1", "escalate")},
    }


def test_badcop_a_ledger_of_three_over_two_months() -> None:
    shop = shop_with(policy("badcop", *STEPS, climb=Climb.JUMP), start="2026-03-01")
    for name, customer, amount, due, paid in lines("""
        INV-1 | Acme Corp | 1000 USD | 2026-02-15 | no
        INV-2 | Blue Fern |  480 USD | 2026-03-15 | no
        INV-3 | Acme Corp |  300 USD | 2026-01-19 | yes
    """):
        owes(shop, name, due, amount, customer=customer, paid=paid)
    assert runs(shop, "2026-03-12", "2026-03-12", "2026-05-01") == {
        "2026-03-12": {("INV-1", "final"), ("INV-2", "courtesy")},
        "2026-05-01": {("INV-1", "escalate"), ("INV-2", "escalate")},
    }


def test_badcop_all_open_invoices_each_by_its_own_days() -> None:
    shop = shop_with(policy("badcop", *STEPS, climb=Climb.JUMP), start="2026-03-01")
    for name, due, paid in (("A", "2026-03-01", "no"), ("B", "2026-03-20", "yes"), ("C", "2026-03-14", "no")):
        owes(shop, name, due, customer=name, paid=paid)
    assert run(shop, "2026-03-15") == {("A", "final"), ("C", "friendly")}


@pytest.mark.parametrize(
    ("amount", "day", "percent", "told"),
    [
        (1000, "2026-03-31", "18.25", "15.00"),
        (1000, "2026-04-16", "18.25", "23.00"),
        (1250, "2026-03-08", "18.25", "4.38"),
        (1000, "2026-03-02", "36.5", "1.00"),
    ],
)
def test_badcop_late_fees_to_the_cent(amount: int, day: str, percent: str, told: str) -> None:
    """1.5 % for thirty days (in one row 3 %) is 18.25 % (36.5 %) for 365: half a cent counts as a whole one."""
    level = policy("badcop", ("final", 1), charge={"final": "late"})
    shop = shop_with(level, charges={"late": Contractual(interest=Decimal(percent))}, start="2026-03-01")
    owes(shop, "INV-1", "2026-03-01", f"{amount} USD")
    run(shop, day)
    assert f"Interest for late payment US${told} " in last_letter(shop)


def test_badcop_a_flat_fee_and_none_before_the_step_that_names_it() -> None:
    """25 from the final notice on. (There it is one fee; here each letter that names it has its own.)"""
    ladder = policy("badcop", ("firm", 7), ("final", 14), charge={"final": "flat"})
    flat = {"flat": Contractual(fee={"USD": Decimal(25)})}
    shop = shop_with(ladder, charges=flat, start="2026-03-01")
    owes(shop, "INV-1", "2026-03-01", "1000 USD")
    run(shop, "2026-03-08")
    assert "Fees" not in last_letter(shop)
    run(shop, "2026-03-15")
    assert "Fees for reminders US$25.00 Everything due now US$1,025.00" in last_letter(shop)


# -- Akaunting ---------------------------------------------------------------------------------------------------------


def test_akaunting_the_day_after_the_due_date() -> None:
    """Due in two days, and three days pass."""
    shop = shop_with(policy("reminders", ("1", 1), ("2", 3), ("3", 5), ("4", 10)))
    shop.add("1", 2, "2 USD")
    assert runs(shop, "2026-03-02", "2026-03-05") == {"2026-03-05": {("1", "1")}}
