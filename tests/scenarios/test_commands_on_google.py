"""log, explain, forecast, backfill and recover on the command line, against the embedded Google: the studio of the demo."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import click
import pytest
import requests
import zxingcpp
from click.testing import CliRunner, Result
from PIL import Image

from sheetsdun.cli.backfill import backfill
from sheetsdun.cli.demo import _load, open_day
from sheetsdun.cli.explain import explain
from sheetsdun.cli.failing import Failing
from sheetsdun.cli.forecast import forecast
from sheetsdun.cli.log import log
from sheetsdun.cli.preview import preview
from sheetsdun.cli.recover import recover
from sheetsdun.cli.report import report
from sheetsdun.cli.sample import MAILBOX
from sheetsdun.cli.sync import sync
from sheetsdun.sandbox.launch import Sandbox

LOG = "Reminder log"
COMMANDS: tuple[click.Command, ...] = (log, explain, forecast, preview, report, backfill, recover, sync)


class Studio:
    """The command line, and a person in the spreadsheet."""

    def __init__(self, google: Sandbox, config: Path) -> None:
        self.google = google
        self.config = config
        (self.spreadsheet,) = re.findall(r'^id = "(.+)"', config.read_text(), re.MULTILINE)
        token = requests.post(f"{google.endpoint}/_sandbox/token", json={}, timeout=10).json()
        self.person = {"Authorization": f"Bearer {token['access_token']}"}
        self.commands = Failing(commands={str(each.name): each for each in COMMANDS})

    def run(self, *words: str) -> Result:
        now = self.google.clock.now().isoformat()
        arguments = [words[0], "--config", str(self.config), "--now", now, *words[1:]]
        return CliRunner().invoke(self.commands, arguments, catch_exceptions=False)

    def tabs(self) -> dict[str, int]:
        answer = self._call("GET", "?fields=sheets.properties").json()
        return {
            each["properties"]["title"]: each["properties"].get("sheetId", 0) for each in answer["sheets"]
        }

    def change(self, *requests_: dict[str, object]) -> None:
        self._call("POST", ":batchUpdate", json={"requests": list(requests_)})

    def values(self, tab: str) -> list[list[str]]:
        return self._call("GET", f"/values/'{tab}'").json()["values"]

    def _call(self, method: str, path: str, **content: object) -> requests.Response:
        where = f"{self.google.endpoint}/v4/spreadsheets/{self.spreadsheet}{path}"
        answer = requests.request(method, where, headers=self.person, timeout=10, **content)  # type: ignore[arg-type]
        answer.raise_for_status()
        return answer


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with Sandbox(tmp_path / "google", mailbox=MAILBOX) as google:
        open_day(google)
        config = tmp_path / "sheetsdun.toml"
        _load(config, google)
        yield Studio(google, config)


def column(rows: list[list[str]], name: str) -> list[str]:
    place = rows[0].index(name)
    return [row[place] if place < len(row) else "" for row in rows[1:]]


def test_the_story_of_an_invoice(studio: Studio) -> None:
    studio.run("sync")
    rows = studio.values(LOG)
    climbed = zip(column(rows, "Invoice"), column(rows, "Event"), column(rows, "Role"), strict=True)
    number = next(name for name, *what in climbed if what == ["drafted", "climbed"])
    told = studio.run("log", number)
    assert told.exit_code == 0
    assert "We made a draft: " in told.output
    assert told.output.splitlines()[-1].startswith("Next: The draft of ")
    (story,) = json.loads(studio.run("log", number, "--output", "json").output)["invoices"]
    assert [event["event"] for event in story["events"]] == ["opened", "drafted"]
    assert studio.run("log", "nobody's").exit_code == 2


def test_why_and_what_next_without_changing_anything(studio: Studio, tmp_path: Path) -> None:
    studio.run("sync")
    before = studio.values("Invoices"), studio.values(LOG)
    told = studio.run("explain", "hv-1041")
    assert (told.exit_code, "Decision: review. The draft of friendly" in told.output) == (0, True)
    (known,) = json.loads(studio.run("explain", "HV-1041", "--output", "json").output)["invoices"]
    assert [step["question"] for step in known["steps"] if step["answer"] == "decided"] == ["review"]
    assert studio.run("explain", "HV-104").exit_code == 2
    page = tmp_path / "forecast.html"
    ahead = studio.run("forecast", "--calendar", "--with-payments", "--html", str(page))
    assert (ahead.exit_code, page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")) == (0, True)
    letters = [
        each
        for day in json.loads(studio.run("forecast", "-o", "json").output)["days"]
        for each in day["letters"]
    ]
    assert [each["level"] for each in letters if each["customer"] == "Atelier Lumière"] == [
        "reminder",
        "firm",
        "final",
    ]
    assert studio.run("forecast", "--until", "2020-01-01").exit_code == 2
    assert (studio.values("Invoices"), studio.values(LOG)) == before


def test_a_letter_is_looked_at_and_nothing_changes(studio: Studio, tmp_path: Path) -> None:
    before = studio.values("Invoices"), studio.values(LOG)
    folder = tmp_path / "look"
    told = studio.run("preview", "hv-1041", "--no-open", "--folder", str(folder))
    assert (told.exit_code, "Friendly (2 of 5) is due today" in told.output) == (0, True)
    assert f"The page is {folder / 'index.html'}" in told.output
    whole = studio.run("preview", "HV-1041", "--all", "--no-open", "--folder", str(folder))
    assert (whole.exit_code, whole.output.splitlines()[0]) == (0, "25 letters and scripts of HV-1041.")
    assert (folder / "ru-final.html").exists()
    assert studio.run("preview", "HV-1041", "--level", "none").exit_code == 2
    assert studio.run("preview", "HV-1041", "--all", "--level", "final").exit_code == 2
    assert (studio.values("Invoices"), studio.values(LOG)) == before


def test_old_invoices_are_taken_in_once(studio: Studio) -> None:
    asked = "backfill", "--due-before", "2100-01-01", "--as", "final", "--yes"
    first = studio.run(*asked)
    assert (first.exit_code, "Recorded: " in first.output) == (0, True)
    assert "There is nothing to record." in studio.run(*asked).output
    assert studio.run("sync").exit_code == 0
    assert set(column(studio.values(LOG), "Event")) == {"run", "skipped"}


def test_a_log_that_was_deleted_is_rebuilt_and_nobody_gets_a_letter_twice(studio: Studio) -> None:
    studio.run("sync")
    letters = set(column(studio.values(LOG), "Letter")) - {""}
    studio.change({"deleteSheet": {"sheetId": studio.tabs()[LOG]}})
    assert studio.run("sync").exit_code == 3
    assert "Nothing was changed." in studio.run("recover", "--dry-run").output
    assert studio.run("recover", "--yes").exit_code == 0
    assert set(column(studio.values(LOG), "Letter")) - {""} == letters
    for _ in range(2):
        assert studio.run("sync").exit_code == 0
    assert set(column(studio.values(LOG), "Letter")) - {""} == letters
    assert studio.run("recover", "--yes").output.splitlines()[-1] == "Nothing is missing."


def test_a_damaged_tab_stays_beside_the_new_one_and_doubts_wait_for_a_person(studio: Studio) -> None:
    studio.run("sync")
    place = studio.values("Invoices")[0].index("Reminder status")
    status = {"startRowIndex": 1, "startColumnIndex": place, "endColumnIndex": place + 1}
    span = {**status, "sheetId": studio.tabs()["Invoices"]}
    gone = {"startRowIndex": 2, "endRowIndex": len(studio.values(LOG)), "sheetId": studio.tabs()[LOG]}
    studio.change(
        {"updateCells": {"range": span, "fields": "userEnteredValue"}},
        {"deleteRange": {"range": gone, "shiftDimension": "ROWS"}},
    )
    told = studio.run("recover", "--yes")
    assert told.exit_code == 0, told.output
    assert "For these a person must look in Sent" in told.output
    assert sum(LOG in title for title in studio.tabs()) == 2
    letters = len(set(column(studio.values(LOG), "Letter")))
    assert studio.run("sync").exit_code == 0
    assert len(set(column(studio.values(LOG), "Letter"))) == letters
    assert "Uncertain: look in Sent, then choose redo or skip" in column(
        studio.values("Invoices"), "Reminder status"
    )


def test_drafts_have_codes_to_pay_by_and_stay_ours(studio: Studio) -> None:
    assert studio.run("sync").exit_code == 0
    drafts = f"{studio.google.endpoint}/gmail/v1/users/me/drafts"
    ids = [each["id"] for each in requests.get(drafts, headers=studio.person, timeout=10).json()["drafts"]]
    codes = []
    for draft in ids:
        answer = requests.get(f"{drafts}/{draft}?format=raw", headers=studio.person, timeout=10).json()
        mail = message_from_bytes(urlsafe_b64decode(answer["message"]["raw"]), policy=default)
        for part in mail.walk():
            if part.get_content_type() == "image/png":
                with Image.open(BytesIO(part.get_content())) as picture:
                    codes += [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]
    assert codes
    assert all("\nHalden & Voss Studio\nDE89370400440532013000\nEUR" in code for code in codes)
    again = json.loads(studio.run("sync", "--output", "json").output)
    assert (again["letters"], again["events"]) == ([], [])


def test_the_report_in_every_form(studio: Studio, tmp_path: Path) -> None:
    studio.run("sync")
    others = {tab: studio.values(tab) for tab in studio.tabs()}
    page, folder = tmp_path / "report.html", tmp_path / "figures"
    said = studio.run("report", "--html", str(page), "--csv", str(folder), "--to-sheet").output
    assert "The tab “Aging” is written." in said
    assert f"The page is {page}." in said
    assert {each.name for each in folder.iterdir()} >= {"aging.csv", "debtors.csv", "recovery.csv"}
    found = json.loads(studio.run("report", "--output", "json").output)
    tab = studio.values("Aging")
    totals = {row[1]: row[8] for row in tab if row[0] == "All"}
    assert totals == {each["currency"]: f"{float(each['open']):,.2f}" for each in found["aging"]}
    assert "The tab “Aging” says the same already." in studio.run("report", "--to-sheet").output
    assert {title: studio.values(title) for title in others} == others
    assert studio.run("sync").exit_code == 0
