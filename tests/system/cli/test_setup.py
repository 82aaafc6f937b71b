"""``setup``: what is added, what is left, what it refuses."""

import pytest

OURS = ["Reminder status", "Reminder level", "Last reminder", "Next reminder", "Reminder note", "Draft"]
PEOPLE = ["Escalation", "Hold until", "Promise", "Action", "Language"]


@pytest.fixture
def bare(desk):
    """A desk whose spreadsheet has invoices and nothing of ours."""
    header = ["Invoice", "Customer", "Email", "Amount", "Due", "Paid"]
    desk.spreadsheet = desk.google.spreadsheet({"Invoices": [header, ["INV-1", "Ada"]]})
    desk.hand_out()
    desk.write(desk.spreadsheet)
    return desk


def dropdown(desk, place):
    found = desk.google.call(
        "GET",
        f"/v4/spreadsheets/{desk.spreadsheet}",
        params={"ranges": place, "fields": "sheets(data(rowData(values(dataValidation))))"},
    )
    rule = found["sheets"][0]["data"][0]["rowData"][0]["values"][0]["dataValidation"]
    return [value["userEnteredValue"] for value in rule["condition"]["values"]]


def protections(desk):
    sheets = desk.google.call("GET", f"/v4/spreadsheets/{desk.spreadsheet}")["sheets"]
    return {
        sheet["properties"]["title"]: [entry["warningOnly"] for entry in sheet.get("protectedRanges", ())]
        for sheet in sheets
    }


def test_all_that_is_missing_is_added(bare):
    told = bare.run("setup", "--yes")
    assert told.exit_code == 0
    (header,) = bare.google.values(bare.spreadsheet, "Invoices!1:1")
    assert header == ["Invoice", "Customer", "Email", "Amount", "Due", "Paid", *PEOPLE, *OURS]
    assert bare.google.values(bare.spreadsheet, "Invoices!A2:B2") == [["INV-1", "Ada"]]
    assert bare.google.values(bare.spreadsheet, "'Reminder log'!A1:C1") == [["Sequence", "Time", "Day"]]
    assert dropdown(bare, "Invoices!G2") == ["standard", "hold", "stop"]
    assert dropdown(bare, "Invoices!J2") == ["send", "redo", "skip", "clear", "done"]
    assert protections(bare) == {"Invoices": [True], "Reminder log": [True]}
    for words in ("the tab “Reminder log”", ", ".join(PEOPLE), ", ".join(OURS), "Next: sheetsdun doctor"):
        assert words in told.output


def test_nothing_is_done_twice(bare):
    bare.run("setup", "--yes")
    before = bare.google.everything(bare.spreadsheet)
    bare.google.call("DELETE", "/_sandbox/calls")
    told = bare.run("setup")
    assert told.exit_code == 0
    assert "Nothing is missing." in told.output
    assert "There already" in told.output
    assert "sheets.spreadsheets.batchUpdate" not in bare.google.call("GET", "/_sandbox/calls")["methods"]
    assert bare.google.everything(bare.spreadsheet) == before


def test_where_nobody_can_be_asked_nothing_is_changed(bare):
    before = bare.google.everything(bare.spreadsheet)
    told = bare.run("setup")
    assert told.exit_code == 2
    assert "+ the tab “Reminder log”" in told.output
    assert "--yes" in told.output
    assert bare.google.everything(bare.spreadsheet) == before


@pytest.mark.usefixtures("attended")
@pytest.mark.parametrize(("answer", "tabs"), [("n", 1), ("y", 2)])
def test_a_person_is_asked(bare, answer, tabs):
    told = bare.run("setup", input=f"{answer}\n")
    assert told.exit_code == 0
    assert ("Nothing was changed." in told.output) is (answer == "n")
    assert len(bare.google.everything(bare.spreadsheet)["sheets"]) == tabs


def test_only_what_is_missing_is_added(bare):
    bare.google.put(bare.spreadsheet, "Invoices!H1", "ACTION")
    told = bare.run("setup", "--yes")
    assert "columns for you to fill in: Escalation, Hold until, Promise, Language" in told.output
    assert "a dropdown under Action" in told.output
    (header,) = bare.google.values(bare.spreadsheet, "Invoices!1:1")
    assert [title.casefold() for title in header].count("action") == 1


def test_the_config_names_the_columns(bare):
    config = bare.config.read_text().replace('ui_language = "en"', 'ui_language = "ru"')
    config = config.replace("[columns]", '[columns]\nescalation = "Эскалация"\npromise = ""\n')
    bare.config.write_text(config)
    assert bare.run("setup", "--yes").exit_code == 0
    (header,) = bare.google.values(bare.spreadsheet, "Invoices!1:1")
    assert "Эскалация" in header
    assert "Promise" not in header
    assert "отправить" in dropdown(bare, "Invoices!I2")


def test_policies_of_the_sheet_are_offered_too(desk):
    policies = [["Policy", "Level", "Offset"], ["gentle", "friendly", "10"]]
    header = ["Invoice", "Customer", "Email", "Amount", "Due"]
    desk.spreadsheet = desk.google.spreadsheet({"Invoices": [header], "Escalation": policies})
    desk.hand_out()
    desk.write(desk.spreadsheet)
    assert desk.run("setup", "--yes").exit_code == 0
    assert dropdown(desk, "Invoices!F2") == ["standard", "gentle", "hold", "stop"]


def test_an_empty_tab_is_given_the_columns_of_an_invoice(desk):
    desk.spreadsheet = desk.google.spreadsheet({"Invoices": []})
    desk.hand_out()
    desk.write(desk.spreadsheet)
    assert desk.run("setup", "--yes").exit_code == 0
    (header,) = desk.google.values(desk.spreadsheet, "Invoices!1:1")
    first = ["Invoice", "Customer", "Email", "Issued", "Due", "Currency", "Amount", "Paid"]
    assert header == [*first, *PEOPLE, *OURS]


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("Invoices!E1", "When", "there is no “Due” (due)"),
        ("Invoices!G1", "Invoice", "“Invoice” stands more than once"),
        ("Invoices!G1", "Dunning", "there is no “Escalation” (escalation), but “Dunning” looks like it"),
    ],
)
def test_a_header_row_that_is_not_as_expected_is_not_built_upon(bare, place, value, words):
    bare.google.put(bare.spreadsheet, place, value)
    before = bare.google.everything(bare.spreadsheet)
    told = bare.run("setup", "--yes")
    assert told.exit_code == 3
    assert words in told.output
    assert bare.google.everything(bare.spreadsheet) == before


def test_a_missing_invoice_tab_is_not_made_up(bare):
    bare.config.write_text(bare.config.read_text().replace('invoices = "Invoices"', 'invoices = "Bills"'))
    told = bare.run("setup", "--yes")
    assert told.exit_code == 3
    assert "“Receivables” has no tab “Bills”; it has “Invoices”" in told.output


def test_who_may_not_write_is_told_how(bare):
    bare.google.fault(path=":batchUpdate$", method="POST", status=403)
    told = bare.run("setup", "--yes")
    assert told.exit_code == 4
    assert "Share the spreadsheet with robot@sandbox.iam.gserviceaccount.com as an editor" in told.output


def test_the_tab_of_ladders_is_added_on_request(bare):
    told = bare.run("setup", "--yes", "--ladders")
    assert told.exit_code == 0
    assert "+ the tab “Escalation”, with its headers and the present ladders" in told.output
    header, *levels = bare.google.values(bare.spreadsheet, "Escalation!A:Z")
    assert header[:3] == ["Policy", "Level", "Offset"]
    assert levels
    assert {row[0] for row in levels} == {"standard"}
    assert 'policies_first = "sheet"' in told.output
    assert bare.run("doctor").output.count("Escalation") >= 1
    assert bare.run("setup").output.count("Nothing is missing.") == 1
