"""The sandbox's web page in a real browser, on a real sandbox."""

from __future__ import annotations

import base64
import datetime as dt
import re
import shutil
import urllib.parse
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import requests
from playwright.sync_api import Page, expect, sync_playwright

from sheetsdun.sandbox.launch import Sandbox

CHROMIUM = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium"])),
    None,
)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium (or google-chrome) on PATH to drive the page with"
)

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOW = "2026-11-21T08:00:00+00:00"
HOSTILE = '<img src=x onerror="top.pwned=1"><script>top.pwned=1</script>'
ROWS = [
    ["Invoice", "Customer", "Amount", "Due", "Action", "Paid", "Draft"],
    ["INV-1", "Nordwind GmbH", "300", "2026-11-01", "", "FALSE", ""],
    ["INV-2", "Atelier Lumière", "100", "2026-11-18", "", "FALSE", ""],
    ["INV-3", "שירותי ענן 🥐", "200", "2026-11-24", "", "FALSE", ""],
]


class Google:
    """The same sandbox, seen by another client than the page."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.session = requests.Session()
        token = self.session.post(f"{endpoint}/_sandbox/token", json={}).json()["access_token"]
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.sheet = ""

    def call(self, method, path, body=None):
        answer = self.session.request(method, self.endpoint + path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else {}

    def reset(self):
        self.call("POST", "/_sandbox/reset")
        self.call("POST", "/_sandbox/clock", {"now": NOW})

    def make_sheet(self, rows):
        self.sheet = self.call("POST", "/v4/spreadsheets", {"properties": {"title": "Receivables"}})[
            "spreadsheetId"
        ]
        choices = [{"userEnteredValue": word} for word in ("send", "skip")]
        self.change(
            {
                "updateSheetProperties": {
                    "properties": {"title": "Invoices", "gridProperties": {"frozenRowCount": 1}},
                    "fields": "title,gridProperties.frozenRowCount",
                }
            },
            {"addSheet": {"properties": {"title": "Customers"}}},
            {
                "setDataValidation": {
                    "range": _cells(1, 4),
                    "rule": {"condition": {"type": "ONE_OF_LIST", "values": choices}},
                }
            },
            {"setDataValidation": {"range": _cells(1, 5), "rule": {"condition": {"type": "BOOLEAN"}}}},
            {
                "updateCells": {
                    "start": {"rowIndex": 2, "columnIndex": 1},
                    "rows": [{"values": [{"note": "Call Ms Weber"}]}],
                    "fields": "note",
                }
            },
        )
        self.write(f"A1:G{len(rows)}", rows)

    def change(self, *asked):
        return self.call("POST", f"/v4/spreadsheets/{self.sheet}:batchUpdate", {"requests": list(asked)})

    def write(self, place, rows):
        path = f"/v4/spreadsheets/{self.sheet}/values/{urllib.parse.quote('Invoices!' + place)}"
        self.call("PUT", f"{path}?valueInputOption=USER_ENTERED", {"values": rows})

    def read(self, place):
        path = f"/v4/spreadsheets/{self.sheet}/values/{urllib.parse.quote('Invoices!' + place)}"
        return self.call("GET", path).get("values", [])

    def draft(
        self,
        subject="Invoice INV-2: a reminder",
        html="<p>Dear <b>Atelier</b>, please pay.</p>",
        text="Dear Atelier, please pay.\n",
    ):
        mail = EmailMessage()
        mail["To"] = "Atelier Lumière <compta@atelier.example>"
        mail["Subject"] = subject
        mail["X-Sheetsdun-Key"] = "SD-1"
        mail.set_content(text)
        mail.add_alternative(html, subtype="html")
        mail.add_attachment(
            b"%PDF-1.4", maintype="application", subtype="pdf", filename="Rechnung Nr. 2 – Kopie.pdf"
        )
        raw = base64.urlsafe_b64encode(mail.as_bytes()).decode()
        return self.call("POST", "/gmail/v1/users/me/drafts", {"message": {"raw": raw}})

    def mails(self, label):
        found = self.call("GET", f"/gmail/v1/users/me/messages?labelIds={label}").get("messages", [])
        return [self.mail(one["id"]) for one in found]

    def mail(self, message_id):
        answer = self.call("GET", f"/gmail/v1/users/me/messages/{message_id}?format=raw")
        mail = message_from_bytes(base64.urlsafe_b64decode(answer["raw"] + "=="), policy=policy.default)
        return answer, mail


def _cells(row, column):
    return {"startRowIndex": row, "endRowIndex": 4, "startColumnIndex": column, "endColumnIndex": column + 1}


class Office:
    """What the sync button reaches: it writes a status, and says what it did."""

    def __init__(self) -> None:
        self.google: Google | None = None
        self.days: list[dt.date] = []
        self.fails = False

    def __call__(self, now: dt.datetime) -> str:
        self.days.append(now.date())
        if self.fails:
            raise RuntimeError("The spreadsheet is not shared with us")
        assert self.google
        self.google.write("E2", [["skip"]])
        return "INV-1  remind  friendly\n\n1 draft made."


@pytest.fixture(scope="module")
def browser():
    expect.set_options(timeout=15_000)  # a busy machine is slow, not broken
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def office():
    return Office()


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory, office):
    with Sandbox(tmp_path_factory.mktemp("page"), on_sync=office) as sandbox:
        yield sandbox


@pytest.fixture
def google(sandbox, office):
    google = Google(sandbox.endpoint)
    google.reset()
    google.make_sheet(ROWS)
    office.google, office.days, office.fails = google, [], False
    return google


@pytest.fixture
def open_page(browser, sandbox):
    """Opens the page; at the end nothing may have been said in its console."""
    contexts, complaints = [], []

    def open_(quiet=True, endpoint=sandbox.endpoint, **look):
        context = browser.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **look}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        if quiet:
            page.on(
                "console", lambda said: said.type in {"error", "warning"} and complaints.append(said.text)
            )
            page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(endpoint)
        expect(page.locator("body:not([aria-busy])")).to_be_attached()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(google, open_page):
    return open_page()


def cell(page: Page, row: int, column: int):
    """A cell by its place in the sheet, counted from 0."""
    return page.locator(f"[data-at='{row},{column}']")


def column(page: Page, number: int):
    """What the first rows of a column show."""
    return [cell(page, row, number).inner_text().strip() for row in range(1, 4)]


def menu(page: Page, button: str, item: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("menuitem", name=item, exact=True).click()


# The sheet


def test_what_is_typed_in_a_cell_is_in_the_sheet(page, google):
    cell(page, 1, 1).click()
    page.keyboard.type("Südwind GmbH")
    page.keyboard.press("Enter")
    expect(page.locator("#journal")).to_contain_text("B2 in Invoices set to “Südwind GmbH”")
    assert google.read("B2") == [["Südwind GmbH"]]
    # Enter goes down, F2 writes on at the end, Escape drops what was written.
    page.keyboard.press("F2")
    expect(page.get_by_role("textbox", name="B3")).to_have_value("Atelier Lumière")
    page.keyboard.type(" & Söhne")
    page.keyboard.press("Escape")
    expect(cell(page, 2, 1)).to_have_text("Atelier Lumière")
    page.keyboard.press("Delete")
    expect(page.locator("#journal")).to_contain_text("B3 in Invoices set to “”")
    assert google.read("B3") == []


def test_a_block_can_be_pasted_and_copied(page, google):
    cell(page, 1, 0).click()
    paste = "text => document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: (d => (d.setData('text/plain', text), d))(new DataTransfer()), bubbles: true}))"
    page.evaluate(paste, 'X-1\t"two\nlines"\r\nX-2\tsecond\r\n')
    expect(page.locator("#journal")).to_contain_text("Cells from A2")
    assert google.read("A2:B4") == [["X-1", "two\nlines"], ["X-2", "second"], ["INV-3", "שירותי ענן 🥐"]]
    # One value fills the block that is selected: so are many approved at once.
    cell(page, 1, 4).click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.evaluate(paste, "send")
    expect(page.locator("#journal")).to_contain_text("Cells from E2")
    assert google.read("E2:E4") == [["send"]] * 3
    expect(cell(page, 3, 4)).to_have_text("send")
    copy = "() => { const d = new DataTransfer(); document.activeElement.dispatchEvent(new ClipboardEvent('copy', {clipboardData: d, bubbles: true})); return d.getData('text/plain') }"
    assert page.evaluate(copy) == "send\nsend\nsend"


def test_dropdowns_and_checkboxes_write_what_was_chosen(page, google):
    cell(page, 1, 4).hover()
    cell(page, 1, 4).locator("[data-choose]").click()
    page.get_by_role("option", name="send").click()
    expect(cell(page, 1, 4)).to_have_text("send")
    cell(page, 2, 5).locator("[data-check]").click()
    expect(cell(page, 2, 5)).to_have_text("✓")
    assert google.read("E2:F3") == [["send", "FALSE"], ["", "TRUE"]]


def test_rows_are_sorted_below_the_header(page):
    menu(page, "Column C", "Sort A → Z by Amount")
    expect(cell(page, 1, 0)).to_have_text("INV-2")
    assert column(page, 0) == ["INV-2", "INV-3", "INV-1"]
    expect(cell(page, 0, 0)).to_have_text("Invoice")
    menu(page, "Column C", "Sort Z → A by Amount")
    expect(cell(page, 1, 0)).to_have_text("INV-1")
    assert column(page, 0) == ["INV-1", "INV-3", "INV-2"]


def test_rows_and_columns_are_inserted_and_deleted(page, google):
    menu(page, "3", "Insert row above")
    expect(cell(page, 3, 0)).to_have_text("INV-2")
    menu(page, "2", "Delete row 2")
    expect(cell(page, 2, 0)).to_have_text("INV-2")
    assert google.read("A1:A5") == [["Invoice"], [], ["INV-2"], ["INV-3"]]
    menu(page, "Column A", "Insert column right")
    expect(cell(page, 0, 2)).to_have_text("Customer")
    menu(page, "Column B", "Delete column B")
    expect(cell(page, 0, 1)).to_have_text("Customer")
    cell(page, 2, 0).click(button="right")
    page.get_by_role("menuitem", name="Insert row below").click()
    expect(cell(page, 4, 0)).to_have_text("INV-3")


def test_tabs_change_and_can_be_added(page, google):
    page.get_by_role("tab", name="Customers").click()
    expect(page.get_by_role("grid", name="Cells of Customers")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(cell(page, 1, 0)).to_have_text("INV-1")
    page.get_by_role("button", name="Add a tab").click()
    expect(page.get_by_role("tab", name="Sheet3")).to_have_attribute("aria-selected", "true")
    assert len(google.call("GET", f"/v4/spreadsheets/{google.sheet}")["sheets"]) == 3


def test_a_note_is_shown_on_hover_and_on_the_active_cell(page):
    cell(page, 2, 1).hover()
    expect(page.get_by_role("tooltip")).to_have_text("Call Ms Weber")
    page.mouse.move(700, 5)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    cell(page, 1, 1).click()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("tooltip")).to_have_text("Call Ms Weber")
    expect(cell(page, 2, 1)).to_have_attribute("aria-description", "note: Call Ms Weber")


def test_a_link_to_a_draft_opens_it_beside_the_sheet(google, open_page):
    draft = google.draft()
    google.write("G3", [[f"https://mail.google.com/mail/u/0/#drafts/{draft['message']['threadId']}"]])
    google.write("G4", [["https://pay.example.com/3"]])
    page = open_page()
    cell(page, 2, 6).get_by_role("link").click()
    expect(page.get_by_role("heading", name="Invoice INV-2: a reminder")).to_be_focused()
    link = cell(page, 3, 6).get_by_role("link")
    expect(link).to_have_text("https://pay.example.com/3")
    expect(link).to_have_attribute("href", "https://pay.example.com/3")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


@pytest.mark.parametrize(
    "mailbox", ["https://mail.google.com/mail/?authuser=ar%40example.com", "the page's own"]
)
def test_a_text_that_carries_a_link_to_a_mail_opens_it(google, open_page, mailbox):
    base = mailbox if "://" in mailbox else f"{google.endpoint}/"
    address = f"{base}#drafts/{google.draft()['message']['threadId']}"
    linked = {
        "userEnteredValue": {"stringValue": "Draft SD-1"},
        "textFormatRuns": [{"format": {"link": {"uri": address}}}],
    }
    google.change(
        {
            "updateCells": {
                "start": {"rowIndex": 2, "columnIndex": 6},
                "rows": [{"values": [linked]}],
                "fields": "userEnteredValue,textFormatRuns",
            }
        }
    )
    page = open_page()
    cell(page, 2, 6).get_by_role("link", name="Draft SD-1").click()
    expect(page.get_by_role("heading", name="Invoice INV-2: a reminder")).to_be_focused()


def test_a_long_sheet_keeps_only_the_rows_in_sight(google, open_page):
    google.write("A5:B900", [[f"INV-{number}", "Customer"] for number in range(4, 900)])
    page = open_page()
    assert page.locator(".grid-body .grid-row").count() < 80
    page.get_by_role("grid").focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Home")
    expect(cell(page, 899, 0)).to_have_text("INV-899")
    expect(cell(page, 899, 0)).to_be_in_viewport()
    expect(cell(page, 0, 0)).to_be_in_viewport()
    assert page.locator(".grid-body .grid-row").count() < 80


def test_googles_own_message_is_shown_when_it_refuses(google, open_page):
    page = open_page(quiet=False)  # the browser itself reports the status
    google.call(
        "POST",
        "/_sandbox/faults",
        {
            "method": "PUT",
            "path": "values",
            "kind": "status",
            "status": 400,
            "body": {
                "error": {
                    "code": 400,
                    "message": "You are trying to edit a protected cell.",
                    "status": "INVALID_ARGUMENT",
                }
            },
        },
    )
    cell(page, 1, 0).click()
    page.keyboard.type("other")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("You are trying to edit a protected cell.")
    expect(cell(page, 1, 0)).to_have_text("INV-1")


def test_what_others_write_appears_and_is_marked(page, google):
    google.write("B2", [["Ostwind GmbH"]])
    expect(cell(page, 1, 1)).to_have_text("Ostwind GmbH")
    expect(cell(page, 1, 1)).to_have_class(re.compile("changed"))
    expect(cell(page, 2, 1)).not_to_have_class(re.compile("changed"))


def test_without_a_spreadsheet_it_offers_one(google, open_page):
    google.reset()
    page = open_page()
    expect(page.get_by_text("A clean desk.")).to_be_visible()
    page.get_by_role("button", name="New spreadsheet").click()
    expect(cell(page, 0, 0)).to_be_visible()


# The mailbox


def open_draft(page: Page, subject: str = "Invoice INV-2: a reminder") -> None:
    page.get_by_role("button", name=subject).click()
    expect(page.get_by_role("heading", name=subject)).to_be_visible()


def test_a_draft_is_shown_as_its_reader_sees_it(google, open_page):
    google.draft()
    page = open_page()
    open_draft(page)
    frame = page.frame_locator("iframe.paper")
    expect(frame.locator("b")).to_have_text("Atelier")
    expect(page.locator("iframe.paper")).to_have_attribute("sandbox", "")
    expect(page.get_by_role("list", name="Attachments")).to_contain_text("Rechnung Nr. 2 – Kopie.pdf")
    page.get_by_role("button", name="Plain text").click()
    expect(page.locator("pre.plain")).to_have_text("Dear Atelier, please pay.")
    page.get_by_role("button", name="Headers").click()
    expect(page.locator("pre.headers")).to_contain_text("X-Sheetsdun-Key: SD-1")
    with page.expect_download() as download:
        page.get_by_role("button", name="Rechnung").click()
    assert download.value.path().read_bytes() == b"%PDF-1.4"


def test_an_edited_draft_stays_a_whole_mail(google, open_page):
    draft = google.draft()
    page = open_page()
    open_draft(page)
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("To", exact=True).fill('"Łuk, Ola" <ola@luk.example>')
    page.get_by_label("Text").fill("Dzień dobry,\n\nplease <pay>: https://pay.example.com/2.\n")
    page.get_by_role("button", name="Save draft").click()
    expect(page.frame_locator("iframe.paper").get_by_text("Dzień dobry")).to_be_visible()
    now = google.call("GET", f"/gmail/v1/users/me/drafts/{draft['id']}")["message"]
    assert now["id"] != draft["message"]["id"]
    assert now["threadId"] == draft["message"]["threadId"]
    _, mail = google.mail(now["id"])
    assert [(one.display_name, one.addr_spec) for one in mail["To"].addresses] == [
        ("Łuk, Ola", "ola@luk.example")
    ]
    assert mail["Subject"] == "Invoice INV-2: a reminder"
    assert mail["X-Sheetsdun-Key"] == "SD-1"
    plain = mail.get_body(["plain"]).get_content().replace("\r\n", "\n")
    assert plain == "Dzień dobry,\n\nplease <pay>: https://pay.example.com/2.\n"
    html = mail.get_body(["html"]).get_content()
    assert 'please &lt;pay&gt;: <a href="https://pay.example.com/2">https://pay.example.com/2</a>.' in html
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("Rechnung Nr. 2 – Kopie.pdf", b"%PDF-1.4")


def test_another_subject_leaves_the_words_alone(google, open_page):
    google.draft()
    page = open_page()
    open_draft(page)
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Subject").fill("Счёт INV-2: напоминание")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", name="Счёт INV-2: напоминание")).to_be_visible()
    ((_, mail),) = google.mails("DRAFT")
    assert mail["Subject"] == "Счёт INV-2: напоминание"
    assert mail.get_body(["html"]).get_content().strip() == "<p>Dear <b>Atelier</b>, please pay.</p>"


def test_a_draft_is_sent(google, open_page):
    google.draft()
    page = open_page()
    open_draft(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("No drafts.")).to_be_visible()
    page.get_by_role("tab", name="Sent").click()
    expect(page.get_by_role("button", name="Invoice INV-2: a reminder")).to_contain_text("Atelier Lumière")
    assert len(google.mails("SENT")) == 1


def test_a_draft_is_deleted(google, open_page):
    google.draft()
    page = open_page()
    open_draft(page)
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No drafts.")).to_be_visible()
    assert google.mails("DRAFT") == google.mails("SENT") == []


@pytest.mark.parametrize("kind", ["A person’s answer", "Out of office", "It bounces"])
def test_somebody_answers_in_the_thread(google, open_page, kind):
    sent = google.call("POST", "/gmail/v1/users/me/drafts/send", {"id": google.draft()["id"]})
    page = open_page()
    page.get_by_role("tab", name="Sent").click()
    open_draft(page)
    page.get_by_role("button", name="Answer as the debtor").click()
    page.get_by_role("radio", name=kind).check()
    page.get_by_role("button", name="Let it arrive").click()
    expect(page.get_by_role("list", name="This conversation").get_by_role("button")).to_have_count(2)
    page.get_by_role("tab", name="Inbox 1").click()
    expect(page.get_by_role("button", name="Re: Invoice INV-2: a reminder")).to_be_visible()
    ((answer, mail),) = google.mails("INBOX")
    _, original = google.mail(sent["id"])
    assert answer["threadId"] == sent["threadId"]
    assert mail["In-Reply-To"] == original["Message-ID"]
    assert (mail["Auto-Submitted"] is None) == (kind == "A person’s answer")
    sender = "mailer-daemon@googlemail.com" if kind == "It bounces" else "compta@atelier.example"
    assert mail["From"].addresses[0].addr_spec == sender
    if kind == "It bounces":
        assert mail.get_content_type() == "multipart/report"
        assert mail["X-Failed-Recipients"] == "compta@atelier.example"


def test_hostile_cells_and_mails_do_nothing(google, open_page):
    google.write("A2:B2", [[HOSTILE, "javascript:top.pwned=1"]])
    html = f"<body onload='top.pwned=1'>{HOSTILE}<meta http-equiv=refresh content='0;url=https://evil.example/'><a href='javascript:top.pwned=1'>pay</a><svg onload='top.pwned=1'></svg><iframe src='javascript:top.pwned=1'></iframe></body>"
    google.draft(subject=HOSTILE, html=html, text=HOSTILE)
    page = open_page(quiet=False)  # the browser reports what it blocked
    answers = []
    page.on("response", lambda answer: answers.append(answer.url))
    expect(cell(page, 1, 0)).to_have_text(HOSTILE)
    expect(cell(page, 1, 1).locator("a")).to_have_count(0)
    page.get_by_role("button", name=HOSTILE).click()
    page.frame_locator("iframe.paper").get_by_text("pay").click()
    page.get_by_role("button", name="Plain text").click()
    expect(page.locator("pre.plain")).to_have_text(HOSTILE)
    assert page.evaluate("window.pwned") is None
    assert page.locator("script:not([src]), img[src=x]").count() == 0
    assert [url for url in answers if "evil" in url] == []


# The day


def test_the_day_moves(page, google):
    today = page.get_by_title("Go to another day")
    expect(today).to_contain_text("Saturday21 November 2026")
    page.get_by_role("button", name="Next day").click()
    expect(today).to_contain_text("Sunday22 November 2026")
    # Pressed faster than the page can follow, each still counts.
    for _ in range(3):
        page.get_by_role("button", name="Next day").click()
    expect(today).to_contain_text("25 November 2026")
    page.get_by_role("button", name="+7 days").click()
    expect(today).to_contain_text("2 December 2026")
    today.click()
    page.get_by_label("Go to", exact=True).fill("2026-12-24")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(today).to_contain_text("Thursday24 December 2026")
    assert google.call("GET", "/_sandbox/state")["now"].startswith("2026-12-24")
    expect(page.locator("#journal")).to_contain_text("It is Thursday, 24 December 2026")


def test_sync_says_what_it_did_and_marks_what_it_wrote(page, office):
    page.get_by_role("button", name="Next day").click()
    expect(page.get_by_title("Go to another day")).to_contain_text("22 November 2026")
    page.get_by_role("button", name="Sync").click()
    expect(page.locator("#journal pre")).to_have_text("INV-1  remind  friendly\n\n1 draft made.")
    expect(page.locator(".journal-latest")).to_have_text("Synced: 1 draft made.")
    expect(cell(page, 1, 4)).to_have_class(re.compile("changed"))
    assert office.days == [dt.date(2026, 11, 22)]


def test_a_sync_that_fails_says_why(page, office):
    office.fails = True
    page.get_by_role("button", name="Sync").click()
    expect(page.locator(".journal-latest")).to_have_text("Sync failed: The spreadsheet is not shared with us")


def test_without_anything_to_sync_with_there_is_no_button(tmp_path, open_page):
    with Sandbox(tmp_path) as alone:
        page = open_page(endpoint=alone.endpoint)
        expect(page.get_by_role("button", name="Next day")).to_be_visible()
        expect(page.get_by_role("button", name="Sync")).to_have_count(0)
        # Away from the page, so that it does not miss the sandbox that ends now.
        page.goto("about:blank")


# How it looks


def test_a_phone_shows_one_pane_and_never_scrolls_sideways(google, open_page):
    google.draft()
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True)
    too_wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(too_wide)
    expect(page.get_by_role("grid")).to_be_visible()
    cell(page, 1, 1).tap()
    cell(page, 1, 1).tap()
    expect(page.get_by_role("textbox", name="B2")).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Mail 1").tap()
    expect(page.get_by_role("grid")).to_be_hidden()
    open_draft(page)
    expect(page.frame_locator("iframe.paper").locator("b")).to_be_in_viewport()
    assert not page.evaluate(too_wide)


def test_dark_is_dark_and_legible(google, open_page):
    page = open_page(color_scheme="dark")
    colours = "node => [getComputedStyle(node).backgroundColor, getComputedStyle(node).color].map(c => c.match(/[0-9]+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0) / 3)"
    paper, ink = cell(page, 1, 0).evaluate(colours)
    assert paper < 60
    assert ink > 200


def test_every_control_has_a_name_and_the_grid_tells_where_it_is(page):
    nameless = "[...document.querySelectorAll('button, input, select, textarea, [role=tab]')].filter(n => n.checkVisibility() && !(n.ariaLabel || n.textContent.trim() || n.labels?.length || n.title)).map(n => n.outerHTML)"
    assert page.evaluate(nameless) == []
    grid = page.get_by_role("grid")
    grid.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(grid).to_have_attribute("aria-activedescendant", "cell-1-1")
    expect(cell(page, 1, 1)).to_have_attribute("aria-selected", "true")
    assert cell(page, 3, 1).locator("[dir=auto]").count() == 1


def test_the_policy_lets_nothing_foreign_in(sandbox):
    answer = requests.get(sandbox.endpoint, timeout=10)
    said = answer.headers["Content-Security-Policy"]
    written = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', answer.text)
    assert written
    for given in (said, written[1]):
        rules = dict(rule.strip().split(" ", 1) for rule in given.split(";"))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == rules["connect-src"] == "'self'"
        assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert "https://" not in answer.text
