"""A table of another system through the command line, on the embedded Google: ``sync`` month by month, line by line."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from decimal import Decimal

from ladders import lines, on
from oca import OPEN_IN_2013, PAID_IN_2013, RUNS_OF_2013

HEADER = ["Invoice", "Customer", "Email", "Amount", "Currency", "Due", "Escalation", "Paid"]
LADDERS = """
[calendar]
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

[limits]
min_gap_days = 0
""" + "".join(
    f"""
[[policy.{policy}.level]]
name = "{place}"
template = "reminder"
delivery = "send"
offset = {offset}
basis = "{basis}"
"""
    for policy, levels in {
        "3-time": ((10, "due"), (30, "end_of_month"), (10, "previous")),
        "2-time": ((30, "end_of_month"), (60, "previous")),
    }.items()
    for place, (offset, basis) in enumerate(levels, 1)
)


def _row(number, customer, escalation, amount, due):
    figure, currency = amount.split()
    address = f"ap@{customer.replace(' ', '-').lower()}.example"
    return [number, customer, address, float(figure), currency, on(due), escalation, ""]


def _config(address, spreadsheet):
    endpoints = "".join(f'{name} = "{address}"\n' for name in ("sheets", "gmail", "drive"))
    return f"""
[google]
credentials = "credentials.json"
mailbox = "ar@example.com"

[google.endpoints]
{endpoints}
[sheet]
id = "{spreadsheet}"

[defaults]
policy = "3-time"

[sender]
name = "Accounts"
{LADDERS}"""


def test_oca_credit_control_month_by_month(desk):
    open_ = lines(OPEN_IN_2013)
    spreadsheet = desk.google.spreadsheet({"Invoices": [HEADER, *(_row(*each) for each in open_)]})
    desk.hand_out()
    desk.config.write_text(_config(desk.google.sandbox.endpoint, spreadsheet), encoding="utf-8")
    assert desk.run("setup", "--yes").exit_code == 0
    owed = {number: Decimal(amount.split()[0]) for number, _, _, amount, _ in open_}
    paid = Counter()
    for day, expected in lines(RUNS_OF_2013):
        for number, sum_ in PAID_IN_2013.get(day, []):
            paid[number] += sum_
            desk.google.put(
                spreadsheet, f"Invoices!H{[each[0] for each in open_].index(number) + 2}", str(paid[number])
            )
        now = dt.datetime.combine(on(day), dt.time(9), dt.UTC)
        desk.google.sandbox.clock.set(now)
        result = desk.run("sync", "--output", "json", "--now", now.isoformat())
        assert result.exit_code == 0, result.output
        told = json.loads(result.stdout)
        assert {each["outcome"] for each in told["letters"]} <= {"sent"}
        came = {
            (row["invoice"], row["level"], Decimal(row["balance"]))
            for row in told["rows"]
            if row["decision"] == "remind"
        }
        assert came == {
            (number, level, owed[number] - paid[number])
            for number, level in (each.split() for each in expected.split(",") if each.strip())
        }, day
