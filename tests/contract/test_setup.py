"""What ``setup``, ``init`` and ``doctor`` ask of Google."""

from __future__ import annotations

import pytest

from sheetsdun.errors import Unreachable
from sheetsdun.google.layout import Column, WantedTab
from sheetsdun.rows.columns import key

WANTED = [
    WantedTab(
        "Invoices",
        (
            Column("Invoice"),
            Column(" escalation", choices=("standard", "hold", "stop")),
            Column("Reminder status", ours=True),
            Column("Reminder note", ours=True),
            Column("Action", choices=("send", "redo")),
        ),
        key=key,
    ),
    WantedTab("Reminder log", tuple(Column(name) for name in ("Sequence", "Time", "Event")), ours=True),
]
FIELDS = "sheets(properties,protectedRanges,data(rowData(values(formattedValue,dataValidation))))"


@pytest.fixture
def connection(google):
    with google.connection() as made:
        yield made


def spreadsheet(google, rows, **properties):
    return google.spreadsheet({"Invoices": rows})


def tabs(google, spreadsheet_id):
    answer = google.call("GET", f"/v4/spreadsheets/{spreadsheet_id}", params={"fields": FIELDS})
    return {sheet["properties"]["title"]: sheet for sheet in answer["sheets"]}


def header(tab):
    return [cell.get("formattedValue", "") for cell in tab["data"][0]["rowData"][0]["values"]]


def kinds(steps):
    return [(step.kind, step.tab, step.name) for step in steps]


def test_what_is_missing_is_shown_first_and_then_made(google, connection):
    chosen = spreadsheet(google, [["Invoice", "Amount", "Escalation"], ["INV-1", 100, ""]])
    steps = connection.layout(chosen).steps(WANTED)
    assert kinds(steps) == [
        ("dropdown", "Invoices", " escalation"),
        ("column", "Invoices", "Reminder status"),
        ("column", "Invoices", "Reminder note"),
        ("column", "Invoices", "Action"),
        ("dropdown", "Invoices", "Action"),
        ("protection", "Invoices", "Reminder status, Reminder note"),
        ("tab", "Reminder log", ""),
        ("protection", "Reminder log", ""),
    ]
    assert "Reminder log" not in tabs(google, chosen), "nothing has been done yet"

    connection.layout(chosen).carry_out(steps)
    made = tabs(google, chosen)
    assert header(made["Invoices"])[:6] == [
        "Invoice", "Amount", "Escalation", "Reminder status", "Reminder note", "Action",
    ]  # fmt: skip
    rule = made["Invoices"]["data"][0]["rowData"][1]["values"][2]["dataValidation"]
    assert [value["userEnteredValue"] for value in rule["condition"]["values"]] == [
        "standard",
        "hold",
        "stop",
    ]
    assert rule["showCustomUi"] is True
    (ours,) = made["Invoices"]["protectedRanges"]
    assert (ours["warningOnly"], ours["range"]["startColumnIndex"], ours["range"]["endColumnIndex"]) == (
        True,
        3,
        5,
    )
    assert header(made["Reminder log"])[:3] == ["Sequence", "Time", "Event"]
    assert made["Reminder log"]["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert made["Reminder log"]["protectedRanges"][0]["warningOnly"] is True


def test_a_second_time_there_is_nothing_to_do(google, connection):
    chosen = spreadsheet(google, [["Invoice"], ["INV-1"]])
    layout = connection.layout(chosen)
    layout.carry_out(layout.steps(WANTED))
    before = connection.calls.sheets
    assert layout.steps(WANTED) == []
    layout.carry_out([])
    assert connection.calls.sheets - before == 3


def test_a_header_that_differs_by_blanks_and_capitals_only_is_there(google, connection):
    rows = [["Invoice", "REMINDERSTATUS", "Reminder\u200b note", "action", "Escalation"]]
    missing = {
        step.name
        for step in connection.layout(spreadsheet(google, rows)).steps(WANTED)
        if step.kind == "column"
    }
    assert not missing


def test_a_dropdown_that_offers_something_else_is_set_again(google, connection):
    chosen = spreadsheet(google, [["Invoice"], ["INV-1"]])
    layout = connection.layout(chosen)
    layout.carry_out(layout.steps(WANTED))
    more = [WantedTab("Invoices", (Column("Action", choices=("send", "redo", "skip")),))]
    assert kinds(layout.steps(more)) == [("dropdown", "Invoices", "Action")]


def test_new_columns_stand_beside_what_has_no_header(google, connection):
    rows = [["Invoice"], ["INV-1", "a sum that somebody put here", 7]]
    chosen = spreadsheet(google, rows)
    layout = connection.layout(chosen)
    layout.carry_out(layout.steps([WantedTab("Invoices", (Column("Action"),))]))
    assert header(tabs(google, chosen)["Invoices"])[:4] == ["Invoice", "", "", "Action"]


def test_a_full_grid_is_made_wider(google, connection):
    chosen = spreadsheet(google, [[f"Column {number}" for number in range(26)], ["x"]])
    width = tabs(google, chosen)["Invoices"]["properties"]["gridProperties"]["columnCount"]
    layout = connection.layout(chosen)
    columns = tuple(Column(f"New {number}") for number in range(width - 26 + 2))
    layout.carry_out(layout.steps([WantedTab("Invoices", columns)]))
    made = tabs(google, chosen)["Invoices"]
    assert made["properties"]["gridProperties"]["columnCount"] == width + 2
    assert header(made)[-1] == columns[-1].header


def test_the_header_may_stand_further_down(google, connection):
    chosen = spreadsheet(google, [["Our invoices"], [], ["Invoice", "Amount"], ["INV-1", 100]])
    layout = connection.layout(chosen)
    layout.carry_out(
        layout.steps([WantedTab("Invoices", (Column("Action", choices=("send",)),), header_row=3)])
    )
    rows = tabs(google, chosen)["Invoices"]["data"][0]["rowData"]
    assert [cell.get("formattedValue", "") for cell in rows[2]["values"]][:3] == [
        "Invoice",
        "Amount",
        "Action",
    ]
    assert "dataValidation" in rows[3]["values"][2]
    assert "dataValidation" not in rows[2]["values"][2]


def test_the_two_facts_of_the_lease_are_tried_and_no_litter_stays(google, connection):
    chosen = spreadsheet(google, [["Invoice"]])
    probe = connection.probe_lease(chosen)
    assert (probe.collides, probe.atomic, probe.one_wins, probe.holds) == (True, True, True, True)
    answer = google.call("GET", f"/v4/spreadsheets/{chosen}?fields=developerMetadata")
    assert answer == {}


def test_the_top_of_every_tab_is_read_in_two_requests(google, connection):
    chosen = google.spreadsheet({"Invoices": [["Rechnung", "Betrag"], ["INV-1", 100]], "Jo's": [["x"]]})
    found = connection.outline(chosen, rows=1)
    assert (found.title, found.locale, found.time_zone) == ("Receivables", "en_GB", "Europe/Berlin")
    assert dict(found.tabs) == {"Invoices": [["Rechnung", "Betrag"]], "Jo's": [["x"]]}
    assert connection.calls.sheets == 2


def test_a_spreadsheet_that_is_not_there_is_told(connection):
    for ask in (
        connection.outline,
        connection.probe_lease,
        lambda each: connection.layout(each).steps(WANTED),
    ):
        with pytest.raises(Unreachable, match=r"check id \(or url\)"):
            ask("1-no-such-spreadsheet")


def test_a_draft_is_made_and_deleted_for_the_doctor(google, connection):
    mailbox = connection.mailbox()
    mailbox.try_draft()
    assert mailbox.drafts() == []


@pytest.mark.parametrize("status", [400, 500])
@pytest.mark.parametrize(("method", "left"), [("POST", 0), ("DELETE", 1)])
def test_the_doctor_tells_a_draft_that_cannot_be_made_or_deleted(google, connection, method, left, status):
    fault = {"method": method, "path": "/drafts", "kind": "status", "status": status, "inner": True}
    google.call("POST", "/_sandbox/faults", json=fault)
    mailbox = connection.mailbox()
    with pytest.raises(Unreachable):
        mailbox.try_draft()
    subjects = [
        each.headers["subject"] for each in mailbox.look([each.draft_id for each in mailbox.drafts()])
    ]
    assert subjects == ["sheetsdun doctor: this draft is deleted at once"] * left


def test_an_alias_may_be_written_from_once_it_is_verified(google, connection):
    for address in ("Billing@example.com", "me@elsewhere.example"):
        google.call("POST", "/gmail/v1/users/me/settings/sendAs", json={"sendAsEmail": address})
    assert connection.mailbox().senders() == ["ar@example.com", "billing@example.com"]
