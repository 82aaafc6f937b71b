"""``doctor``: every check, alone and beside the others, and with which exit code it ends."""

import datetime as dt
import json
import socket
from dataclasses import replace

import pytest

from sheetsdun.google.connection import Connection
from sheetsdun.google.probe import LeaseProbe
from sheetsdun.google.sheet import GoogleSheet
from sheetsdun.ports import Link

NOW = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)


def report(desk, *more):
    """Exit code, and the findings by check: result, and all its words."""
    told = desk.run("doctor", "--output", "json", "--now", NOW.isoformat(), *more)
    answer = json.loads(told.stdout)
    assert answer["version"] == 1
    assert answer["ok"] is (told.exit_code == 0)
    found = {}
    for check in answer["checks"]:
        words = "\n".join([check["text"], *check["details"], check["way_out"]])
        found.setdefault(check["check"], []).append((check["result"], words))
    return told.exit_code, found


def bad(found):
    """What is not ok, by check."""
    return {
        check: "\n".join(words for result, words in lines if result != "ok")
        for check, lines in found.items()
        if any(result != "ok" for result, _ in lines)
    }


def test_all_is_well(desk, ready):
    before = desk.google.everything(ready)
    told = desk.run("doctor")
    lines = told.output.splitlines()
    assert told.exit_code == 0
    assert lines[-2:] == ["All is well.", "Next: sheetsdun plan shows what would happen."]
    assert all(line.startswith("ok       ") for line in lines[:-2]), told.output
    assert {line.split()[1] for line in lines[:-2]} == {
        "config:", "credentials:", "sender:", "calendar:", "spreadsheet:", "time", "columns:", "other", "log:",
        "rows:", "expectations:", "templates:", "last", "writing:", "mailbox:", "letters:", "drafts:",
    }  # fmt: skip
    assert "\x1b" not in told.output
    # What was tried is gone again.
    assert desk.google.everything(ready) == before
    assert "drafts" not in desk.google.call("GET", "/gmail/v1/users/me/drafts")


def test_a_cron_job_hears_nothing_while_all_is_well(desk, ready):
    told = desk.run("doctor", "-q")
    assert (told.exit_code, told.output) == (0, "")


def test_five_mistakes_of_the_config_are_told_at_once_with_their_lines(desk):
    desk.config.write_text("""\
[google]
mailbox = "nobody"
[sheet]
id = "a b"
[defaults]
currency = "XXX1"
colour = "red"
[limits]
max_letters = 0
[[policy.standard.level]]
name = "friendly"
offset = 3
""")
    code, found = report(desk)
    assert code == 2
    for number, words in [(2, "mailbox"), (4, "id"), (6, "currency"), (7, "colour"), (9, "max_letters")]:
        assert f"line {number}: " in bad(found)["config"]
        assert words in bad(found)["config"]
    assert found["templates"][0][0] == "ok"


def test_no_config_at_all(desk):
    code, found = report(desk)
    assert code == 2
    assert "There is no sheetsdun.toml" in bad(found)["config"]
    assert "sheetsdun init" in bad(found)["config"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "There is no credentials.json"),
        ("{", "no JSON at line 1"),
        ('{"type": "service_account"}', "has no"),
    ],
)
def test_credentials_of_no_use(desk, ready, text, words):
    desk.credentials.unlink()
    if text is not None:
        desk.credentials.write_text(text)
    code, found = report(desk)
    assert code == 2
    assert words in bad(found)["credentials"]
    assert "spreadsheet" not in found
    assert found["templates"][0][0] == "ok"


def test_credentials_that_cannot_be_read(desk, ready):
    desk.credentials.unlink()
    desk.credentials.mkdir()
    code, found = report(desk)
    assert code == 2
    assert "credentials.json cannot be read (Is a directory)" in bad(found)["credentials"]


def test_nobody_has_signed_in_yet(desk, ready):
    desk.hand_out("oauth_client")
    code, found = report(desk)
    assert code == 2
    assert "Run `sheetsdun login`." in bad(found)["credentials"]


def test_a_key_that_others_can_read(desk, ready):
    desk.credentials.chmod(0o644)
    code, found = report(desk)
    assert code == 0
    assert "chmod 600" in bad(found)["credentials"]


def test_credentials_from_the_environment(desk, ready, monkeypatch):
    monkeypatch.setenv("SHEETSDUN_CREDENTIALS", desk.credentials.read_text())
    desk.credentials.unlink()
    code, found = report(desk)
    assert code == 0
    words = "the environment's SHEETSDUN_CREDENTIALS holds a service account"
    assert words in found["credentials"][0][1]


def test_a_secret_in_the_wrong_form_is_not_shown(desk, ready, monkeypatch):
    monkeypatch.setenv("SHEETSDUN_CREDENTIALS", "c2VjcmV0")
    for command in (["doctor"], ["login"], ["setup"], ["init", "--force"]):
        told = desk.run(*command)
        assert told.exit_code == 2
        assert "SHEETSDUN_CREDENTIALS is no JSON" in told.output
        assert "c2VjcmV0" not in told.output


def test_a_key_that_google_refuses(desk, ready):
    key = json.loads(desk.credentials.read_text()) | {"client_email": "other@x.iam.gserviceaccount.com"}
    desk.credentials.write_text(json.dumps(key))
    code, found = report(desk)
    assert code == 4
    assert set(bad(found)) == {"spreadsheet", "mailbox"}
    for words in bad(found).values():
        assert "Google refused the sign-in" in words
        assert "make a new one" in words


def test_a_consent_to_less_than_is_needed(desk, ready):
    desk.person("ar@example.com", "https://www.googleapis.com/auth/spreadsheets.readonly",
                "https://www.googleapis.com/auth/gmail.compose")  # fmt: skip
    code, found = report(desk)
    assert code == 4
    assert set(bad(found)) == {"writing", "letters", "sender"}
    for words in bad(found).values():
        assert "sheetsdun login" in words


def test_the_mailbox_of_another(desk, ready):
    desk.person("me@example.com")
    code, found = report(desk)
    assert code == 2
    assert bad(found) == {
        "mailbox": "The credentials open the mailbox me@example.com, but the config says ar@example.com.\n"
        "Set mailbox in [google] to me@example.com, or sign in as ar@example.com."
    }


def test_an_address_that_the_mailbox_may_not_send_as(desk, ready):
    text = desk.config.read_text().replace("[sender]", '[sender]\naddress = "sales@example.com"')
    desk.config.write_text(text)
    code, found = report(desk)
    assert code == 2
    assert "may not send as sales@example.com, only as ar@example.com" in bad(found)["sender"]

    desk.google.call("POST", "/gmail/v1/users/me/settings/sendAs", json={"sendAsEmail": "sales@example.com"})
    assert report(desk)[0] == 0


def test_a_spreadsheet_that_is_not_there_hides_nothing_of_the_mailbox(desk, ready):
    desk.write("x" * 44)
    code, found = report(desk)
    assert code == 4
    assert set(bad(found)) == {"spreadsheet"}
    assert "check id (or url)" in bad(found)["spreadsheet"]
    assert found["drafts"][0][0] == "ok"


def test_a_spreadsheet_that_is_not_shared(desk, ready):
    desk.google.fault(path="^/v4/", status=403)
    code, found = report(desk)
    assert code == 4
    assert "Share the spreadsheet with robot@sandbox.iam.gserviceaccount.com" in bad(found)["spreadsheet"]


def test_one_that_may_be_read_only(desk, ready):
    desk.google.fault(path=":batchUpdate$", method="POST", status=403, times=9)
    code, found = report(desk)
    assert code == 4
    assert set(bad(found)) == {"writing"}
    assert "as an editor" in bad(found)["writing"]


def test_nobody_listens_at_the_endpoints(desk, ready):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    text = desk.config.read_text()
    desk.config.write_text(text.replace(desk.google.sandbox.endpoint, f"http://127.0.0.1:{port}"))
    code, found = report(desk)
    assert code == 4
    assert set(bad(found)) == {"spreadsheet", "mailbox"}
    for words in bad(found).values():
        assert "did not answer" in words
        assert "Check the network" in words


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("Invoices!E1", "When", "there is no “Due” (due)"),
        ("Invoices!R1", "Invoice", "“Invoice” stands more than once"),
        ("Invoices!H1", "Pause until", "“Pause until” looks like it"),
    ],
)
def test_a_header_row_that_is_not_as_expected(desk, ready, place, value, words):
    desk.google.put(ready, place, value)
    code, found = report(desk)
    assert code == 3
    assert set(bad(found)) == {"columns"}
    assert words in bad(found)["columns"]
    assert found["log"][0][0] == "ok"


def test_no_tab_of_invoices(desk, ready):
    desk.config.write_text(desk.config.read_text().replace('invoices = "Invoices"', 'invoices = "Bills"'))
    code, found = report(desk)
    assert code == 3
    assert "has no tab “Bills”" in bad(found)["columns"]


def test_before_setup(desk):
    spreadsheet = desk.google.spreadsheet({"Invoices": [["Invoice", "Customer", "Email", "Amount", "Due"]]})
    desk.hand_out()
    desk.write(spreadsheet)
    code, found = report(desk)
    assert code == 3
    assert set(bad(found)) == {"columns", "log"}
    assert "There is no tab “Reminder log” yet.\nRun `sheetsdun setup`." in bad(found)["log"]
    assert "cannot write its own columns Reminder status" in bad(found)["columns"]
    assert "No column says what is paid" in bad(found)["columns"]


def test_a_column_of_ours_that_stands_twice(desk, ready):
    desk.google.put(ready, "Invoices!R1", "Draft")
    code, found = report(desk)
    assert code == 0
    assert "cannot write its own columns Draft" in bad(found)["columns"]


def test_a_row_is_told_and_holds_up_nothing(desk, ready):
    desk.google.put(ready, "Invoices!D2", "#REF!")
    desk.google.put(ready, "Invoices!A3", "INV-2")
    desk.google.put(ready, "Invoices!D3", "ten")
    code, found = report(desk)
    assert code == 0
    assert bad(found) == {
        "rows": "2 invoices; 2 of them cannot be understood, and nothing is written for these.\n"
        "row 2 (INV-1): Amount shows an error: “#REF!”.\n"
        "row 3 (INV-2): Amount is no amount: “ten”.\n"
        "Mend these cells in the sheet; the others are not held up."
    }


def test_of_many_rows_the_first_few_are_told(desk):
    rows = [[f"INV-{number}", "Ada", "", "ten"] for number in range(1, 9)]
    spreadsheet = desk.google.spreadsheet(
        {"Invoices": [["Invoice", "Customer", "Email", "Amount", "Due"], *rows]}
    )
    desk.hand_out()
    desk.write(spreadsheet)
    words = bad(report(desk)[1])["rows"]
    assert "row 6 (INV-5)" in words
    assert "row 7" not in words
    assert "and 3 more" in words


def test_policies_of_the_sheet_with_mistakes(desk, ready):
    policies = [["Policy", "Level", "Offset"], ["gentle", "friendly", "soon"]]
    spreadsheet = desk.google.spreadsheet(
        {"Invoices": [["Invoice", "Customer", "Email", "Amount", "Due", "Paid"]], "Escalation": policies}
    )
    desk.write(spreadsheet)
    code, found = report(desk)
    assert code == 2
    assert "row 2: offset: “soon” is no whole number of days" in bad(found)["policies"]


def test_a_template_with_a_mistake(desk, ready):
    own = desk.folder / "templates" / "en"
    own.mkdir(parents=True)
    (own / "final.md").write_text("Subject: x\n{{ amonut }}\n")
    code, found = report(desk)
    assert code == 2
    assert set(bad(found)) == {"templates"}
    assert "final.md:2: “amonut” is not known" in bad(found)["templates"]


def test_a_template_that_only_a_row_needs(desk, ready):
    desk.google.put(ready, "Invoices!K2", "it")
    code, found = report(desk)
    assert code == 0
    assert "There are no letters in “it”: those rows get them in en." in str(found["templates"])
    own = desk.folder / "templates" / "it"
    own.mkdir(parents=True)
    (own / "firm.md").write_text("Subject: x\n\n{{ invoice.number }}\n")
    code, found = report(desk)
    assert code == 2
    assert "it/friendly.md: there is no such file" in bad(found)["templates"]


def test_holidays_of_no_country(desk, ready):
    desk.config.write_text(desk.config.read_text().replace('holidays = ""', 'holidays = "XX"'))
    code, found = report(desk)
    assert code == 2
    assert "no holidays are known for “XX”" in bad(found)["calendar"]
    assert found["columns"][0][0] == "ok"


def test_holidays_move_the_next_sending_day(desk, ready):
    desk.config.write_text(desk.config.read_text().replace('holidays = ""', 'holidays = "DE"'))
    told = desk.run("doctor", "--now", "2026-12-25T08:00:00Z")
    assert "The next sending day is Monday 2026-12-28; the public holidays of DE are kept." in told.output


def test_a_sender_who_says_too_little(desk, ready):
    desk.config.write_text(desk.config.read_text().replace('payment = "boss@example.com"', 'payment = ""'))
    code, found = report(desk)
    assert code == 0
    assert "without [[pay]], letters do not say how to pay" in bad(found)["sender"]


def wrote(desk, spreadsheet, when, *, events=0):
    """A run wrote at that instant, and let go."""
    with desk.google.connection() as connection:
        sheet = connection.sheet(spreadsheet, {"Invoices": 1})
        sheet.append(Link(len(sheet.chain()) + 1, "run", when, events), [])


@pytest.mark.parametrize(
    ("hours", "limit", "code", "words"),
    [
        (25, "26h", 0, "The sheet was last checked 25 hours ago."),
        (27, "26h", 1, "The sheet was last checked 27 hours ago. It should be no more than 26 hours."),
        (72, "1d", 1, "The sheet was last checked 3 days ago. It should be no more than 24 hours."),
        (72, None, 0, "The sheet was last checked 3 days ago."),
        (-1, "26h", 0, "A run is at work at this moment."),
    ],
)
def test_the_age_of_the_last_check(desk, ready, hours, limit, code, words):
    wrote(desk, ready, NOW - dt.timedelta(hours=hours))
    ended, found = report(desk, *(["--max-age", limit] if limit else []))
    assert ended == code
    assert words in found["last check"][0][1]
    assert ("Look at your scheduler" in found["last check"][0][1]) is bool(code)


def test_a_sheet_that_was_never_checked(desk, ready):
    assert report(desk)[0] == 0
    code, found = report(desk, "--max-age", "26h")
    assert code == 1
    assert "No run has checked this sheet yet." in bad(found)["last check"]


def test_a_length_of_time_that_is_none(desk):
    told = desk.run("doctor", "--max-age", "soon")
    assert told.exit_code == 2
    assert "'soon' is no length of time; write it as 90m, 26h or 2d." in told.output


def test_a_log_that_has_lost_rows(desk, ready):
    wrote(desk, ready, NOW, events=7)
    code, found = report(desk)
    assert code == 3
    assert set(bad(found)) == {"log"}
    assert "The log has 0 events, but 7 were written." in bad(found)["log"]


def test_a_log_whose_rows_are_no_events(desk, ready):
    desk.google.put(ready, "'Reminder log'!A2", "what is this")
    code, found = report(desk)
    assert code == 3
    assert "Row 2 of the tab" in bad(found)["log"]
    assert found["rows"][0][0] == "ok"


def test_a_server_on_which_the_lease_cannot_rest(desk, ready, monkeypatch):
    probe = LeaseProbe(collides=False, atomic=True, one_wins=False)
    monkeypatch.setattr(Connection, "probe_lease", lambda *_: probe)
    code, found = report(desk)
    assert code == 0
    words = bad(found)["writing"]
    assert "an id that is in use was given twice; of two writes at once not exactly one succeeded" in words


def test_a_time_zone_that_is_not_known(desk, ready, monkeypatch):
    # The embedded Google, like Google, takes no such zone; this machine's list may be older than Google's.
    read = GoogleSheet.read
    monkeypatch.setattr(GoogleSheet, "read", lambda sheet: replace(read(sheet), time_zone="Mars/Olympus"))
    code, found = report(desk)
    assert code == 2
    assert "“Mars/Olympus” is not known here" in bad(found)["time zone"]
    assert set(bad(found)) == {"time zone"}


def test_no_invoice_yet(desk):
    spreadsheet = desk.google.spreadsheet({"Invoices": []})
    desk.hand_out()
    desk.write(spreadsheet)
    desk.run("setup", "--yes")
    code, found = report(desk)
    assert (code, found["rows"]) == (0, [("ok", "There is no invoice yet.\n")])


def test_with_warnings_not_all_is_well(desk, ready):
    desk.google.put(ready, "Invoices!D2", "ten")
    told = desk.run("doctor")
    assert told.exit_code == 0
    assert "No problems; 1 to look at." in told.output


def test_problems_are_counted_at_the_end(desk, ready):
    desk.write("x" * 44, mailbox="me@example.com")
    told = desk.run("doctor")
    assert told.exit_code == 4
    assert told.output.endswith("There is 1 problem.\n")
