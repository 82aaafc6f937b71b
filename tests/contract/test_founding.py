"""A new spreadsheet for rehearsals, as other clients find it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal


def test_a_new_spreadsheet_has_its_rows_as_a_person_would_have_typed_them(google):
    rows = [
        ["Invoice", "Due", "Amount", "Row"],
        ["=1+1", dt.date(2026, 11, 3), Decimal("1240.5"), 7],
        [None, "", "x"],
    ]
    with google.connection() as connection:
        made = connection.new_spreadsheet(
            "Receivables", {"Invoices": rows, "Notes": []}, locale="en_GB", time_zone="Europe/Berlin"
        )
        found = connection.outline(made)
        snapshot = connection.sheet(made, {"Invoices": 1}).read()
    assert (found.title, found.locale, found.time_zone) == ("Receivables", "en_GB", "Europe/Berlin")
    assert found.tabs == {
        "Invoices": [
            ["Invoice", "Due", "Amount", "Row"],
            ["=1+1", "3 Nov 2026", "1,240.50", "7"],
            ["", "", "x"],
        ],
        "Notes": [],
    }
    assert [*snapshot.tables["Invoices"].values[0]] == ["=1+1", 46329, 1240.5, 7]
