"""``login``: what is said, whose consent is kept, how it fails."""

import os
import re
import subprocess
import sys
import threading
import webbrowser

import pytest
import requests


@pytest.fixture
def browser(monkeypatch):
    """A person's browser, in which the person says ``answer``."""

    class Browser:
        answer = "yes"
        account = ""

        def open(self, url, *_, **__):
            url = re.sub("login_hint=[^&]*", f"login_hint={self.account}", url) if self.account else url
            self.thread = threading.Thread(
                target=requests.get, args=(f"{url}&_auto={self.answer}",), kwargs={"timeout": 10}
            )
            self.thread.start()

    made = Browser()
    monkeypatch.setattr(webbrowser, "get", lambda _=None: made)
    yield made
    if hasattr(made, "thread"):
        made.thread.join()


@pytest.fixture
def client(desk):
    """A desk with an OAuth client."""
    desk.hand_out("oauth_client")
    desk.write("x" * 44)
    return desk


def kept(desk):
    return list((desk.folder.parent / "home").rglob("token-*.json"))


def test_a_person_consents_in_the_browser(client, browser):
    told = client.run("login")
    assert told.exit_code == 0
    for words in ("ar@example.com", "auth/spreadsheets", "auth/gmail.modify", "to make drafts", "seven days"):
        assert words in told.output
    assert "Signed in as ar@example.com." in told.output
    (token,) = kept(client)
    assert token.stat().st_mode & 0o777 == 0o600
    assert token.read_text()[:5] not in told.output


def test_who_says_no_is_told_how_to_go_on(client, browser):
    browser.answer = "no"
    told = client.run("login")
    assert told.exit_code == 2
    assert "Consent was not given" in told.output
    assert kept(client) == []


def test_the_consent_of_another_account_is_not_kept(client, browser):
    browser.account = "me@example.com"
    told = client.run("login")
    assert told.exit_code == 2
    assert "You consented as me@example.com, but the config's mailbox is ar@example.com" in told.output
    assert kept(client) == []


def test_without_a_browser_the_address_is_pasted(client):
    command = [sys.executable, "-m", "sheetsdun", "login", "--no-browser"]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env
    ) as process:
        address = next(line.strip() for line in process.stdout if line.startswith("  http"))
        answer = requests.get(f"{address}&_auto=yes", allow_redirects=False, timeout=10)
        rest, _ = process.communicate(answer.headers["Location"] + "\n", timeout=30)
    assert process.returncode == 0, rest
    assert "Signed in as ar@example.com." in rest
    assert len(kept(client)) == 1


def test_a_machine_without_a_browser_asks_for_the_address_by_itself(client, monkeypatch):
    def none(_=None):
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    told = client.run("login", input="http://localhost:1/?nonsense\n")
    assert told.exit_code == 2
    assert "There is no browser on this machine" in told.output
    assert "This is not the address of this login" in told.output


def test_nobody_who_pastes_an_address_is_no_traceback_and_no_letter_that_failed(client):
    told = client.run("login", "--no-browser", input="")
    assert told.exit_code == 2
    assert "No address was given, so nobody has signed in." in told.output


def test_after_it_columns_are_looked_for_that_could_not_be_seen_before(desk, browser):
    spreadsheet = desk.google.spreadsheet(
        {"Posten": [["Rechnungsnr.", "Kunde", "E-Mail", "Betrag", "Fällig am", "Bezahlt"]]}
    )
    desk.hand_out("oauth_client")
    wanted = [
        "--sheet",
        spreadsheet,
        "--mailbox",
        "ar@example.com",
        "--endpoint",
        desk.google.sandbox.endpoint,
    ]
    assert (
        "1. Nobody has signed in with this OAuth client yet. Run `sheetsdun login`."
        in desk.run("init", *wanted).output
    )
    assert "Next: sheetsdun init: run it again, and it finds your columns" in desk.run("login").output
    assert desk.run("init").exit_code == 0
    assert "Next: sheetsdun setup" in desk.run("login").output


def test_a_service_account_needs_none(client):
    client.hand_out()
    told = client.run("login")
    assert told.exit_code == 2
    assert "need no login" in told.output
    assert "Google will ask you" not in told.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "credentials.json: no JSON at line 1"),
        ("[]", "credentials.json is not what was expected"),
        ("{}", "These are no credentials that sheetsdun knows"),
        ('{"type": "external_account"}', "its type is 'external_account'"),
    ],
)
def test_what_is_no_credentials_is_said(client, text, words):
    client.credentials.write_text(text)
    told = client.run("login")
    assert told.exit_code == 2
    assert words in told.output


@pytest.mark.usefixtures("attended")
def test_init_offers_to_sign_in_and_then_finds_the_columns(desk, browser):
    spreadsheet = desk.google.spreadsheet({"Sales": [["Number", "Client", "Mail", "Total", "Deadline"]]})
    desk.hand_out("oauth_client")
    where = desk.google.sandbox.endpoint
    told = desk.run(
        "init", "--sheet", spreadsheet, "--mailbox", "ar@example.com", "--endpoint", where, input="y\n"
    )
    assert told.exit_code == 0
    assert "you sign in once with your own account" in told.output
    assert "The invoices are in the tab “Sales”" in told.output
