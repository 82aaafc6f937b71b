"""Files of Drive, from the cell to the draft, through the stock clients; and what ``doctor`` says of the folder."""

from __future__ import annotations

import base64
import datetime as dt
import json

import pytest

from sheetsdun.google.identity import DRIVE, GMAIL, SHEETS

HEADER = ["Invoice", "Customer", "Email", "Amount", "Due", "Paid", "Attachments"]
FOLDER = "application/vnd.google-apps.folder"
NOW = "2026-12-07T09:00:00Z"
ME = "/gmail/v1/users/me"


def upload(desk, name, kind, parent="root", content=b""):
    about = {"name": name, "mimeType": kind, "parents": [parent]}
    made = desk.google.call("POST", "/drive/v3/files", json=about)["id"]
    if content:
        path = f"/upload/drive/v3/files/{made}?uploadType=media"
        desk.google.call("PATCH", path, data=content, headers={"Content-Type": kind})
    return made


@pytest.fixture
def folder(desk):
    return upload(desk, "For customers", FOLDER)


def set_up(desk, folder, *files):
    rows = [
        [f"INV-{n}", f"C{n}", f"c{n}@x.example", 100, dt.date(2026, 12, 1), "", file]
        for n, file in enumerate(files)
    ]
    spreadsheet = desk.google.spreadsheet({"Invoices": [HEADER, *rows]})
    if not desk.credentials.exists():
        desk.hand_out()
    desk.write(
        spreadsheet, f'\n[attachments]\ndrive_folder = "https://drive.google.com/drive/folders/{folder}"\n'
    )
    assert desk.run("setup", "--yes").exit_code == 0


def doctor(desk):
    told = desk.run("doctor", "--output", "json", "--now", NOW)
    return {each["check"]: each for each in json.loads(told.stdout)["checks"]}


def test_files_of_drive_go_with_the_letters_and_their_calls_are_told(desk, folder):
    pdf = upload(desk, "act.pdf", "application/pdf", folder, b"%PDF-1.7 x")
    doc = upload(desk, "Договор", "application/vnd.google-apps.document", folder)
    secret = upload(desk, "Salaries.pdf", "application/pdf", "root", b"%PDF-1.7 secret")
    set_up(desk, folder, f"https://drive.google.com/file/d/{pdf}/view?usp=sharing\n{doc}", pdf, secret)
    told = desk.run("sync", "--output", "json", "--now", NOW)
    said = json.loads(told.stdout)
    assert told.exit_code == 1
    assert said["calls"]["drive"] == 4  # three looked at in one, their folders in one, two fetched
    assert [row["decision"] for row in said["rows"]] == ["remind", "remind", "problem"]
    drafts = desk.google.call("GET", f"{ME}/drafts")["drafts"]
    mails = [
        desk.google.call("GET", f"{ME}/drafts/{each['id']}?format=raw")["message"]["raw"] for each in drafts
    ]
    text = b"\n".join(map(base64.urlsafe_b64decode, mails))
    assert text.count(b'filename="act.pdf"') == 2
    assert text.count(b"filename*=utf-8''") == 1
    assert b"Salaries" not in text
    assert doctor(desk)["drive"]["text"] == "Files are taken from the folder “For customers” of Drive."


@pytest.mark.parametrize(
    ("which", "words"),
    [("missing", "is not there, or robot@"), ("file", "“act.pdf” is no folder of Drive")],
)
def test_doctor_looks_at_the_folder(desk, which, words):
    file = upload(desk, "act.pdf", "application/pdf", "root", b"%PDF")
    set_up(desk, file if which == "file" else "1NotThereAtAllNotThere")
    found = doctor(desk)["drive"]
    assert found["result"] == "problem"
    assert words in found["text"]


def test_a_consent_from_before_does_not_open_drive_and_says_what_to_do(desk, folder):
    pdf = upload(desk, "act.pdf", "application/pdf", folder, b"%PDF-1.7 x")
    desk.person("ar@example.com", SHEETS, GMAIL)
    set_up(desk, folder, pdf)
    told = desk.run("sync", "--now", NOW)
    assert told.exit_code == 4
    assert "sheetsdun login" in told.output
    assert DRIVE in told.output
    assert "drafts" not in desk.google.call("GET", f"{ME}/drafts")
    assert DRIVE in doctor(desk)["drive"]["way_out"]
