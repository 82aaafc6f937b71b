"""Google's adapters alone: how many requests they make, and what they make of an answer that is lost or late."""

from __future__ import annotations

import base64
import datetime as dt
import json
from email.message import EmailMessage
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sheetsdun.errors import Unreachable, UsageError
from sheetsdun.google import chain, drafting, gmail
from sheetsdun.google.layout import Column, WantedTab
from sheetsdun.google.login import login
from sheetsdun.google.sheet import GoogleSheet
from sheetsdun.ports import CellWrite, DraftRef, Link, LinkTaken, NoAnswer, Outgoing, Rejected

ROWS = [["Invoice", "Customer", "Status", "Last"], ["INV-1", "A", "", ""], ["INV-2", "B", "", ""]]
TABS = {"Invoices": ROWS, "Reminder log": [["Sequence", "Event"]]}
ME = "/gmail/v1/users/me"


def link(number, owner="run-1", events=0):
    return Link(number, owner, dt.datetime(2026, 11, 21, 9, 3, tzinfo=dt.UTC), events)


def letter(to="jo@example.org", size=0):
    message = EmailMessage()
    message["Subject"], message["To"] = "Invoice INV-1", to
    message.set_content("Good morning\n")
    if size:
        message.add_attachment(b"\x00" * size, "application", "pdf", filename="a.pdf")
    return Outgoing(message.as_bytes())


@pytest.fixture
def connection(google):
    with google.connection() as made:
        yield made


@pytest.fixture
def chosen(google):
    return google.spreadsheet(TABS)


@pytest.fixture
def sheet(connection, chosen):
    return connection.sheet(chosen, {"Invoices": 1})


def fault(google, **what):
    google.call("POST", "/_sandbox/faults", json=what)


def batch_update(google, chosen, *requests_):
    google.call("POST", f"/v4/spreadsheets/{chosen}:batchUpdate", json={"requests": list(requests_)})


def tab_id(google, chosen, title="Invoices"):
    answer = google.call("GET", f"/v4/spreadsheets/{chosen}?fields=sheets.properties")
    return next(
        s["properties"].get("sheetId", 0) for s in answer["sheets"] if s["properties"]["title"] == title
    )


# -- counts -----------------------------------------------------------------------------------------------------------


def test_the_requests_of_a_sheet_are_counted_and_few(sheet, connection):
    def cost(work):
        before = connection.calls.sheets
        work()
        return connection.calls.sheets - before

    assert cost(sheet.read) == 3
    assert cost(sheet.chain) == 1
    assert cost(sheet.tables) == 2
    assert cost(lambda: sheet.reread("Invoices", {"Invoice", "Status"}.__contains__)) == 1
    assert cost(lambda: sheet.append(link(1), [["1", "opened"]] * 50)) == 1
    writes = [CellWrite(row, column, "x") for row in (1, 2) for column in (2, 3)]
    assert cost(lambda: sheet.write(link(2), "Invoices", writes, prune=[1])) == 1
    assert connection.calls.as_dict() == {"sheets": 9, "gmail": 0, "drive": 0}


def test_the_requests_of_a_mailbox_are_counted_and_few(connection):
    mailbox = connection.mailbox()

    def cost(work):
        before = connection.calls.gmail
        work()
        return connection.calls.gmail - before

    made = []
    assert cost(lambda: made.extend(mailbox.create([letter()] * 50))) == 1
    ids = [each.draft_id for each in made]
    assert cost(mailbox.drafts) == 1
    assert cost(lambda: mailbox.look(ids)) == 1
    assert cost(lambda: mailbox.fill([(each, letter()) for each in ids])) == 1
    assert cost(lambda: mailbox.look([*ids, *ids])) == 2
    assert cost(lambda: mailbox.send(ids[0])) == 1
    assert cost(lambda: mailbox.labelled("Sheetsdun")) == 1
    assert cost(mailbox.profile) == 1
    assert cost(lambda: mailbox.delete(ids[1:])) == 1


def test_every_method_is_paced_by_the_price_that_google_has_for_it(google, connection):
    mailbox, spent = connection.mailbox(), connection._quotas.gmail

    def prices_agree():
        return spent._sum == google.call("GET", "/_sandbox/used")["units"]

    first, second = mailbox.create([letter()] * 2)
    assert prices_agree()
    assert spent._sum == 20
    for work in (
        lambda: mailbox.fill([(first.draft_id, letter()), (second.draft_id, letter())]),
        lambda: mailbox.look([first.draft_id, second.draft_id]),
        mailbox.drafts,
        mailbox.profile,
        mailbox.senders,
        lambda: mailbox.search("in:draft"),
        lambda: mailbox.thread(first.thread_id),
        lambda: mailbox.messages([first.message_id]),
        lambda: mailbox.returned([first.message_id]),
        lambda: mailbox.news(mailbox.profile().history_id),
        lambda: mailbox.mark([mailbox.send(first.draft_id).message_id], "Sheetsdun/A"),
        lambda: mailbox.labelled("Sheetsdun/A"),
        lambda: mailbox.delete([second.draft_id]),
    ):
        work()
        assert prices_agree()


def test_lists_are_read_to_their_last_page(connection, monkeypatch):
    mailbox = connection.mailbox()
    before = mailbox.profile().history_id
    sent = [mailbox.send(each.draft_id).message_id for each in mailbox.create([letter()] * 5)]
    made = mailbox.create([letter()] * 5)
    monkeypatch.setattr(gmail, "_PAGE", 2)
    asked = connection.calls.gmail
    assert {each.draft_id for each in mailbox.drafts()} == {each.draft_id for each in made}
    assert sorted(mailbox.search("in:sent")) == sorted(sent)
    assert connection.calls.gmail - asked == 3 + 3
    news = mailbox.news(before)
    assert sorted(news.sent_ids) == sorted(sent)
    assert news.history_id == mailbox.profile().history_id


# -- people between two requests --------------------------------------------------------------------------------------


def test_rows_sorted_between_the_two_readings_are_read_again(google, chosen, connection, monkeypatch):
    sheet = connection.sheet(chosen, {"Invoices": 1})
    values, sorted_at = sheet._values, []

    def and_sort(ranges, render):
        if render == "FORMATTED_VALUE" and not sorted_at:
            sorted_at.append(render)
            span = {"sheetId": tab_id(google, chosen), "startRowIndex": 1}
            order = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
            batch_update(google, chosen, {"sortRange": {"range": span, "sortSpecs": order}})
        return values(ranges, render)

    monkeypatch.setattr(sheet, "_values", and_sort)
    table = sheet.read().tables["Invoices"]
    assert [row[0] for row in table.values] == [row[0] for row in table.shown] == ["INV-2", "INV-1"]
    assert connection.calls.sheets == 5


def test_a_row_that_is_added_between_the_two_readings_is_read_too(google, chosen, sheet, monkeypatch):
    values, added_at = sheet._values, []

    def and_add(ranges, render):
        if render == "FORMATTED_VALUE" and not added_at:
            added_at.append(render)
            path = f"/v4/spreadsheets/{chosen}/values/Invoices!A4?valueInputOption=RAW"
            google.call("PUT", path, json={"values": [["INV-3"]]})
        return values(ranges, render)

    monkeypatch.setattr(sheet, "_values", and_add)
    table = sheet.read().tables["Invoices"]
    assert [row[0] for row in table.values] == [row[0] for row in table.shown] == ["INV-1", "INV-2", "INV-3"]


def test_a_title_may_have_an_apostrophe(google, connection):
    chosen = google.spreadsheet({"O'Neill's": ROWS, "Reminder log": [["Sequence"]]})
    sheet = connection.sheet(chosen, {"O'Neill's": 1})
    assert sheet.read().tables["O'Neill's"].values[0][0] == "INV-1"
    assert sheet.reread("O'Neill's", "Invoice".__eq__).values[0][0] == "INV-1"


def test_a_sheet_that_is_another_at_every_reading_is_not_read_at_all(google, chosen, sheet, monkeypatch):
    values, typed = sheet._values, count()

    def and_type(ranges, render):
        path = f"/v4/spreadsheets/{chosen}/values/Invoices!B2?valueInputOption=RAW"
        google.call("PUT", path, json={"values": [[f"Customer {next(typed)}"]]})
        return values(ranges, render)

    sheet.read()
    monkeypatch.setattr(sheet, "_values", and_type)
    with pytest.raises(Unreachable, match="changes faster than it can be read"):
        sheet.tables()
    assert next(typed) == 8


def test_columns_that_move_at_every_reading_are_not_read_at_all(google, chosen, sheet, monkeypatch):
    grid = sheet._grid

    def and_insert(title, columns):
        span = {"sheetId": tab_id(google, chosen), "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
        batch_update(google, chosen, {"insertDimension": {"range": span, "inheritFromBefore": False}})
        return grid(title, columns)

    sheet.read()
    monkeypatch.setattr(sheet, "_grid", and_insert)
    with pytest.raises(Unreachable, match="move faster than they can be read"):
        sheet.reread("Invoices", "Invoice".__eq__)


def test_a_text_that_is_shown_otherwise_for_good_does_not_stop_the_reading(google, chosen, sheet, connection):
    pattern = {"userEnteredFormat": {"numberFormat": {"type": "TEXT", "pattern": '"No. "@'}}}
    span = {"sheetId": tab_id(google, chosen), "startRowIndex": 1, "endColumnIndex": 1}
    batch_update(
        google,
        chosen,
        {"repeatCell": {"range": span, "cell": pattern, "fields": "userEnteredFormat.numberFormat"}},
    )
    assert sheet.read().tables["Invoices"].values[0][0] == "INV-1"


def test_a_column_that_was_moved_costs_one_request_more(google, chosen, sheet, connection):
    sheet.read()
    span = {"sheetId": tab_id(google, chosen), "dimension": "COLUMNS", "startIndex": 0, "endIndex": 2}
    batch_update(google, chosen, {"insertDimension": {"range": span, "inheritFromBefore": False}})
    before = connection.calls.sheets
    table = sheet.reread("Invoices", "Invoice".__eq__)
    assert list(table.values[0]) == ["", "", "INV-1"]
    assert connection.calls.sheets - before == 2


def test_columns_that_were_added_since_the_layout_was_read_are_read_too(google, chosen, sheet):
    width = sheet.read().tables["Invoices"].width
    span = {"sheetId": tab_id(google, chosen), "dimension": "COLUMNS", "startIndex": 0, "endIndex": width}
    batch_update(google, chosen, {"insertDimension": {"range": span, "inheritFromBefore": False}})
    assert sheet.tables()["Invoices"].header[width:] == ("Invoice", "Customer", "Status", "Last")


def test_the_header_may_stand_further_down(google, connection):
    rows = [["Our invoices"], [], *ROWS]
    sheet = connection.sheet(google.spreadsheet({"Invoices": rows, "Reminder log": [["x"]]}), {"Invoices": 3})
    for table in (sheet.read().tables["Invoices"], sheet.reread("Invoices", bool)):
        assert table.header == tuple(ROWS[0])
        assert [list(row) for row in table.values] == [["INV-1", "A"], ["INV-2", "B"]]
    below = connection.sheet(
        google.spreadsheet({"Invoices": rows, "Reminder log": [["x"]]}), {"Invoices": 99}
    )
    assert below.read().tables["Invoices"].header == ()


def test_a_tab_renamed_in_mid_run_is_told_by_reading_and_is_still_the_one_that_is_written_to(
    google, chosen, sheet
):
    sheet.read()
    renamed = {"properties": {"sheetId": tab_id(google, chosen), "title": "Rechnungen"}, "fields": "title"}
    batch_update(google, chosen, {"updateSheetProperties": renamed})
    with pytest.raises(Unreachable, match="renamed"):
        sheet.reread("Invoices", bool)
    sheet.write(link(1), "Invoices", [CellWrite(1, 2, "Paid")])
    answer = google.call("GET", f"/v4/spreadsheets/{chosen}/values/Rechnungen!C2")
    assert answer["values"] == [["Paid"]]


def test_a_date_keeps_the_format_that_a_person_chose(google, chosen, sheet):
    sheet.read()
    span = {"sheetId": tab_id(google, chosen), "startRowIndex": 1, "startColumnIndex": 3, "endColumnIndex": 4}
    pattern = {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}}}
    batch_update(
        google,
        chosen,
        {"repeatCell": {"range": span, "cell": pattern, "fields": "userEnteredFormat.numberFormat"}},
    )
    sheet.reread("Invoices", {"Invoice", "Last"}.__contains__)
    sheet.write(link(1), "Invoices", [CellWrite(1, 3, dt.date(2026, 11, 21))])
    assert sheet.read().tables["Invoices"].shown[0][3] == "2026-11-21"


# -- answers that are lost --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["drop", "status"])
def test_a_fenced_write_whose_answer_is_lost_is_left_to_the_chain(google, sheet, kind):
    sheet.read()
    fault(google, method="POST", path=":batchUpdate", when="after", kind=kind)
    with pytest.raises(NoAnswer):
        sheet.append(link(1), [["1", "opened"]])
    assert [each.number for each in sheet.chain()] == [1]
    with pytest.raises(LinkTaken):
        sheet.append(link(1), [["1", "opened"]])
    assert len(sheet.read().tables["Reminder log"].values) == 1


def test_a_taken_link_is_known_whatever_the_words(google, sheet):
    sheet.append(link(1), [])
    refusal = {"error": {"code": 400, "message": "Ungültige Anfrage", "status": "INVALID_ARGUMENT"}}
    fault(google, method="POST", path=":batchUpdate", kind="status", status=400, body=refusal)
    with pytest.raises(LinkTaken):
        sheet.append(link(1, "run-2"), [])
    fault(google, method="POST", path=":batchUpdate", kind="status", status=400, body=refusal)
    with pytest.raises(Rejected) as trouble:
        sheet.append(link(2), [])
    assert not isinstance(trouble.value, LinkTaken)


def test_the_cells_of_all_tabs_are_counted_against_googles_limit(sheet):
    snapshot = sheet.read()
    sizes = [table.width * table.height for table in snapshot.tables.values()]
    assert snapshot.cells == 10_000_000 - sum(sizes)


def test_a_link_alone_asks_for_nothing_else(sheet, monkeypatch):
    """Google does not say what it makes of rows to append of which there is none."""
    update, bodies = sheet._client.batch_update, []
    monkeypatch.setattr(
        sheet._client, "batch_update", lambda chosen, body: bodies.append(body) or update(chosen, body)
    )
    sheet.append(link(1), [])
    assert bodies == [{"requests": [chain.create(link(1))]}]


@pytest.mark.parametrize(
    "value", ["", "run-1", "run-1:", "run-1:0000", "run-1:~~~~~~~~~", "run-1:000000000000", "run-1:üüüüüüüüü"]
)
def test_a_link_that_cannot_be_read_is_nobodys_and_still_taken(google, chosen, sheet, value):
    batch_update(google, chosen, chain.creation(chain.BASE + 3, "sd", value))
    (found,) = sheet.chain()
    assert (found.number, found.owner, found.free, found.events) == (3, "", True, 0)
    with pytest.raises(LinkTaken):
        sheet.append(link(3), [])


def test_metadata_of_others_is_no_link(google, chosen, sheet):
    value = chain.create(link(1))["createDeveloperMetadata"]["developerMetadata"]["metadataValue"]
    batch_update(
        google,
        chosen,
        chain.creation(chain.BASE + 3, "sheetsdun", value),
        chain.creation(chain.BASE + 4, "theirs", value),
        chain.creation(chain.BASE, "sd", value),
        chain.creation(5, "sd", value),
    )
    assert [each.number for each in sheet.chain()] == [3]
    assert [each.number for each in sheet.read().links] == [3]


def test_a_link_that_would_take_more_room_than_is_counted_for_it_is_not_written(sheet):
    with pytest.raises(ValueError, match="too long"):
        sheet.append(link(1, owner="run-abc"), [])


@pytest.mark.parametrize("status", [403, 404, 429])
def test_a_refusal_that_cannot_be_about_the_link_does_not_have_the_chain_read(
    google, sheet, connection, status
):
    """Where a quota is used up, that would be waited for once more."""
    sheet.append(link(1), [])
    fault(google, method="POST", path=":batchUpdate", kind="status", status=status, times=99)
    fault(google, method="GET", path="/v4/", kind="drop", times=99)
    with pytest.raises(Rejected) as trouble:
        sheet.append(link(1), [])
    assert (trouble.value.code, isinstance(trouble.value, LinkTaken)) == (status, False)
    seen = [each["seen"] for each in google.call("GET", "/_sandbox/faults")["faults"]]
    assert seen[1] == 0


def test_a_refusal_is_told_as_one_although_the_chain_cannot_be_read_after_it(google, sheet):
    sheet.read()
    refusal = {"error": {"code": 400, "message": "Ungültige Anfrage", "status": "INVALID_ARGUMENT"}}
    fault(google, method="POST", path=":batchUpdate", kind="status", status=400, body=refusal)
    fault(google, method="GET", path="/v4/", kind="status", status=404)
    with pytest.raises(Rejected, match="Ungültige") as trouble:
        sheet.append(link(1), [])
    assert not isinstance(trouble.value, LinkTaken)


def test_a_read_survives_a_bad_moment(google, sheet):
    fault(google, method="GET", path="/v4/", kind="status", status=503, times=2)
    assert sheet.read().tables["Invoices"].header[0] == "Invoice"
    assert len(google.waits) == 2


FOREIGN = ["<html>sign in to the wifi</html>", "", '"ok"', "{", [], {}, {"status": "ok"}]
"""Bodies of a success that Google would not answer with: a page, and what calls itself JSON."""


def foreign(google, body, **where):
    kind = "text/html" if str(body).startswith("<") else "application/json"
    fault(google, kind="status", status=200, body=body, headers={"Content-Type": kind}, **where)


@pytest.mark.parametrize("body", FOREIGN)
def test_a_success_that_is_no_answer_of_googles_is_none(google, sheet, body):
    sheet.read()
    foreign(google, body, method="POST", path=":batchUpdate")
    with pytest.raises(NoAnswer):
        sheet.append(link(1), [])
    assert not sheet.chain()
    foreign(google, body, method="GET", path="/v4/")
    with pytest.raises(Unreachable, match="no answer of Google's"):
        sheet.reread("Invoices", lambda _: True)
    foreign(google, body, method="GET", path="/v4/")
    with pytest.raises(Unreachable, match="no answer of Google's"):
        sheet.chain()


@pytest.mark.parametrize("body", FOREIGN)
def test_nor_does_it_stage_a_new_log_or_put_it_in_place(google, chosen, sheet, connection, body):
    """Events would be missing in it, and their letters be written again."""
    shelf = connection.shelf(chosen, "Reminder log")
    foreign(google, body, method="POST", path=":batchUpdate", nth=2)
    with pytest.raises(NoAnswer):
        shelf.stage("Staged", [["Sequence", "Event"], ["1", "opened"]])
    staged = shelf.stage("New", [["Sequence", "Event"], ["1", "opened"]])
    foreign(google, body, method="POST", path=":batchUpdate")
    with pytest.raises(NoAnswer):
        shelf.put_in_place(link(1), staged, "Old")
    assert not sheet.chain()


@pytest.mark.parametrize("body", FOREIGN)
def test_nor_does_it_set_up_a_spreadsheet_or_make_one(google, chosen, connection, body):
    layout = connection.layout(chosen)
    steps = layout.steps([WantedTab("Invoices", (Column("Reminder note"),))])
    foreign(google, body, method="POST", path=":batchUpdate")
    with pytest.raises(NoAnswer):
        layout.carry_out(steps)
    foreign(google, body, method="POST", path="/v4/spreadsheets$")
    with pytest.raises(Unreachable, match="no answer of Google's"):
        connection.new_spreadsheet(
            "Receivables", {"Invoices": ROWS}, locale="en_GB", time_zone="Europe/Berlin"
        )


@pytest.mark.parametrize("body", FOREIGN)
def test_nor_does_it_prove_the_lease(google, connection, chosen, body):
    foreign(google, body, method="POST", path=":batchUpdate")
    with pytest.raises(Unreachable, match="no answer of Google's"):
        connection.probe_lease(chosen)


@pytest.mark.parametrize("body", FOREIGN)
def test_nor_is_it_one_of_gmails(google, connection, body):
    mailbox = connection.mailbox()
    (made,) = mailbox.create([letter()])
    foreign(google, body, method="POST", path="/drafts/send")
    with pytest.raises(NoAnswer):
        mailbox.send(made.draft_id)
    foreign(google, body, method="GET", path="/profile")
    with pytest.raises(Unreachable, match="no answer of Google's"):
        mailbox.profile()
    foreign(google, body, method="POST", path="/labels")
    with pytest.raises(NoAnswer):
        mailbox.mark(["1"], "Sheetsdun/A")


@pytest.mark.parametrize(
    "body", [*FOREIGN, *({"access_token": "x", "expires_in": odd} for odd in ("soon", [], 1e300))]
)
def test_nor_is_it_a_token(google, sheet, body):
    foreign(google, body, path="/token")
    with pytest.raises(Unreachable):
        sheet.read()


def test_what_a_gateway_forbids_google_has_not_refused(google, connection):
    """No letter is to blame for it."""
    mailbox = connection.mailbox()
    page = {"kind": "status", "status": 403, "body": "<html>blocked</html>"}
    fault(google, method="POST", path="/batch", **page)
    assert all(isinstance(end, NoAnswer) for end in mailbox.create([letter()] * 2))
    fault(google, method="GET", path="/profile", times=9, **page)
    with pytest.raises(Unreachable, match="HTTP 403 Forbidden, not from Google"):
        mailbox.profile()


@pytest.mark.parametrize("kind", ["drop", "status"])
def test_a_letter_whose_answer_is_lost_is_sent_once(google, connection, kind):
    mailbox = connection.mailbox()
    (made,) = mailbox.create([letter()])
    fault(google, method="POST", path="/drafts/send", when="after", kind=kind)
    with pytest.raises(NoAnswer):
        mailbox.send(made.draft_id)
    assert len(mailbox.search("in:sent")) == 1
    assert mailbox.look([made.draft_id]) == [None]


def test_drafts_whose_answer_is_lost_are_made_once(google, connection):
    mailbox = connection.mailbox()
    fault(google, method="POST", path="/batch", when="after", kind="drop")
    answers = mailbox.create([letter()] * 3)
    assert all(isinstance(each, NoAnswer) for each in answers)
    assert len(mailbox.drafts()) == 3


def test_a_deletion_whose_answer_is_lost_is_not_made_again(google, connection):
    mailbox = connection.mailbox()
    (made,) = mailbox.create([letter()])
    fault(google, method="DELETE", path="/drafts/", when="after", kind="status", status=503, inner=True)
    (end,) = mailbox.delete([made.draft_id])
    assert isinstance(end, NoAnswer), "a second one would say that there was no draft"


def test_one_draft_of_a_batch_may_fail_by_itself(google, connection):
    mailbox = connection.mailbox()
    fault(google, method="POST", path="/drafts$", when="after", kind="status", status=500, nth=2, inner=True)
    answers = mailbox.create([letter()] * 3)
    assert [type(each) for each in answers] == [DraftRef, NoAnswer, DraftRef]
    assert len(mailbox.drafts()) == 3


def test_looking_is_repeated_until_each_draft_is_seen(google, connection):
    mailbox = connection.mailbox()
    ids = [each.draft_id for each in mailbox.create([letter()] * 3)]
    fault(google, method="GET", path="/drafts/", kind="status", status=503, nth=2, inner=True)
    assert [seen.to for seen in mailbox.look(ids)] == [("jo@example.org",)] * 3


@pytest.mark.parametrize(("status", "told"), [(500, "did not answer"), (400, "said no")])
def test_a_draft_that_cannot_be_looked_at_stops_the_run(google, connection, status, told):
    """It is not gone for all that."""
    mailbox = connection.mailbox()
    (made,) = mailbox.create([letter()])
    fault(google, method="GET", path="/drafts/", kind="status", status=status, times=99, inner=True)
    with pytest.raises(Unreachable, match=told):
        mailbox.look([made.draft_id])


def test_a_list_that_is_refused_is_not_empty(google, connection):
    mailbox = connection.mailbox()
    for ask, path in (
        (mailbox.drafts, "/drafts"),
        (lambda: mailbox.search("in:sent"), "/messages"),
        (lambda: mailbox.thread("1"), "/threads/"),
        (lambda: mailbox.news("1"), "/history"),
    ):
        fault(google, method="GET", path=path, kind="status", status=400)
        with pytest.raises(Unreachable, match="said no"):
            ask()
    for ask, path in ((mailbox.drafts, "/drafts"), (lambda: mailbox.search("in:sent"), "/messages")):
        fault(google, method="GET", path=path, kind="status", status=404)
        with pytest.raises(Unreachable, match="said no"):
            ask()


# -- quotas -----------------------------------------------------------------------------------------------------------


def test_a_large_run_keeps_to_googles_quotas_without_a_single_refusal(google, chosen):
    clock = google.sandbox.clock
    waits = []

    def sleep(seconds):
        waits.append(seconds)
        clock.set(clock.now() + dt.timedelta(seconds=seconds))

    google.call("POST", "/_sandbox/quotas", json={"on": True})
    try:
        with google.connection(clock=lambda: clock.now().timestamp(), sleep=sleep) as connection:
            mailbox, sheet = connection.mailbox(), connection.sheet(chosen, {"Invoices": 1})
            ids = [each.draft_id for _ in range(3) for each in mailbox.create([letter()] * 50)]
            mailbox.mark([mailbox.send(each).message_id for each in ids], "Sheetsdun/A")
            for number in range(1, 81):
                sheet.append(link(number), [])
            for _ in range(70):
                sheet.chain()
        assert connection.calls.gmail == 3 + 150 + 3
        assert connection.calls.sheets == 80 + 70
        assert 120 <= sum(waits) <= 60 * 6
    finally:
        google.call("POST", "/_sandbox/quotas", json={"on": False})
        clock.set(dt.datetime.now(dt.UTC))


def test_the_limit_on_sent_mail_ends_the_sending_and_says_until_when(google, connection):
    mailbox = connection.mailbox()
    first, second = (each.draft_id for each in mailbox.create([letter()] * 2))
    google.call("POST", "/_sandbox/quotas", json={"on": False, "sends": 1})
    try:
        mailbox.send(first)
        with pytest.raises(Rejected) as refusal:
            mailbox.send(second)
    finally:
        google.call("POST", "/_sandbox/quotas", json={"on": False})
    assert (refusal.value.reason, refusal.value.quota) == ("sendingLimit", True)
    assert refusal.value.retry_at
    assert mailbox.look([second]) != [None]


# -- Gmail's own ------------------------------------------------------------------------------------------------------


def test_a_large_letter_is_uploaded_by_itself(connection):
    mailbox = connection.mailbox()
    small, large = mailbox.create([letter(), letter("big@example.org", 4_500_000)])
    assert [seen.to for seen in mailbox.look([large.draft_id, small.draft_id])] == [
        ("big@example.org",),
        ("jo@example.org",),
    ]
    (again,) = mailbox.fill([(large.draft_id, letter("new@example.org", 4_500_000))])
    assert (again.draft_id, again.message_id != large.message_id) == (large.draft_id, True)
    refused = mailbox.fill([("r-1", letter(size=4_500_000))])[0]
    assert isinstance(refused, Rejected)
    assert refused.code == 404


def test_letters_that_are_too_much_for_one_request_go_in_several(connection, monkeypatch):
    letters = [letter(f"jo{n}@example.org") for n in range(5)]
    monkeypatch.setattr(drafting, "_BATCH_BYTES", 2 * len(letters[0].raw))
    mailbox = connection.mailbox()
    answers = mailbox.create(letters)
    assert connection.calls.gmail == 3
    seen = mailbox.look([each.draft_id for each in answers])
    assert [each.to for each in seen] == [(f"jo{n}@example.org",) for n in range(5)]


def test_one_that_is_more_than_a_request_may_hold_goes_alone(connection, monkeypatch):
    monkeypatch.setattr(drafting, "_BATCH_BYTES", 1)
    made = connection.mailbox().create([letter()] * 2)
    assert [type(each) for each in made] == [DraftRef] * 2
    assert connection.calls.gmail == 2


@pytest.mark.parametrize("body", [{}, {"id": "r-1"}, {"id": "r-1", "message": {}}])
@pytest.mark.parametrize(("path", "nth"), [("/drafts$", 1), ("/upload", 1), ("/upload", 2)])
def test_a_draft_is_made_only_where_the_answer_names_it(google, connection, monkeypatch, path, nth, body):
    if path == "/upload":
        monkeypatch.setattr(drafting, "UPLOAD_FROM", 1)
    fault(google, path=path, nth=nth, kind="status", status=200, body=body, inner=True)
    assert [type(each) for each in connection.mailbox().create([letter()])] == [NoAnswer]


def test_an_upload_that_google_has_not_got_in_full_goes_on(google, connection, monkeypatch):
    monkeypatch.setattr(drafting, "UPLOAD_FROM", 1)
    fault(google, path="/upload", nth=2, kind="status", status=308, body="")
    (made,) = connection.mailbox().create([letter()])
    assert isinstance(made, DraftRef)
    assert connection.calls.gmail == 3


@pytest.mark.parametrize(("status", "end"), [(400, Rejected), (500, NoAnswer)])
@pytest.mark.parametrize("nth", [1, 2])
def test_an_upload_that_fails_is_the_end_of_its_letter_alone(
    google, connection, monkeypatch, nth, status, end
):
    small, large = letter(), letter(size=100)
    monkeypatch.setattr(drafting, "UPLOAD_FROM", len(small.raw))
    fault(google, path="/upload", nth=nth, kind="status", status=status)
    assert [type(each) for each in connection.mailbox().create([large, small])] == [end, DraftRef]
    assert connection.calls.gmail == nth + 1


def test_a_label_that_was_deleted_meanwhile_is_made_again(google, connection):
    mailbox = connection.mailbox()
    sent = [mailbox.send(each.draft_id).message_id for each in mailbox.create([letter()])]
    mailbox.mark(sent, "Sheetsdun/A")
    labels = google.call("GET", f"{ME}/labels")["labels"]
    google.call(
        "DELETE", f"{ME}/labels/" + next(label["id"] for label in labels if label["name"] == "Sheetsdun/A")
    )
    assert mailbox.labelled("Sheetsdun/A") == 0
    mailbox.mark(sent, "Sheetsdun/A")
    assert mailbox.labelled("sheetsdun/a") == 1


def test_a_label_deleted_between_two_marks_is_made_again(google, connection):
    mailbox = connection.mailbox()
    sent = [mailbox.send(each.draft_id).message_id for each in mailbox.create([letter()])]
    mailbox.mark(sent, "Sheetsdun/A")
    labels = google.call("GET", f"{ME}/labels")["labels"]
    google.call(
        "DELETE", f"{ME}/labels/" + next(label["id"] for label in labels if label["name"] == "Sheetsdun/A")
    )
    mailbox.mark(sent, "Sheetsdun/A")
    assert mailbox.labelled("Sheetsdun/A") == 1


def test_a_mark_that_the_quota_refuses_is_not_tried_as_if_the_label_were_gone(google, connection):
    mailbox = connection.mailbox()
    sent = [mailbox.send(each.draft_id).message_id for each in mailbox.create([letter()])]
    refusal = {"error": {"message": "Quota", "errors": [{"reason": "dailyLimitExceeded"}]}}
    fault(google, method="POST", path="/batchModify", kind="status", status=403, body=refusal)
    with pytest.raises(Rejected):
        mailbox.mark(sent, "Sheetsdun/A")
    assert mailbox.labelled("Sheetsdun/A") == 0


def test_what_went_out_is_known_whatever_else_it_is_labelled_with(google, connection):
    """Such as what somebody sent to themselves, too: it is no answer."""
    before = connection.mailbox().profile().history_id
    raw = base64.urlsafe_b64encode(letter().raw).decode()
    labels = {"labelIds": ["SENT", "INBOX", "UNREAD"]}
    went = google.call("POST", f"{ME}/messages", json={"raw": raw} | labels)["id"]
    news = connection.mailbox().news(before)
    assert (news.message_ids, news.sent_ids) == ((), (went,))


def test_history_that_has_expired_is_told_with_where_to_begin(google, connection):
    mailbox = connection.mailbox()
    old = mailbox.profile().history_id
    mailbox.create([letter()])
    google.call("POST", "/_sandbox/clock", json={"days": 30})
    try:
        news = mailbox.news(old)
        assert (news.expired, news.message_ids) == (True, ())
        assert int(news.history_id) > int(old)
    finally:
        google.call("POST", "/_sandbox/clock", json={"days": -30})


def test_the_credentials_of_a_machine_need_a_mailbox(sandbox, google):
    from sheetsdun.google import auth
    from sheetsdun.google.connection import Connection, Endpoints

    access = auth.access(sandbox.credentials, mailbox="")
    with (
        Connection(access, Endpoints(gmail=sandbox.endpoint)) as connection,
        pytest.raises(Unreachable, match="no mailbox"),
    ):
        connection.mailbox().profile()


def test_a_key_that_was_deleted_is_told(sandbox, google):
    from sheetsdun.google import auth
    from sheetsdun.google.connection import Connection, Endpoints

    info = json.loads(sandbox.credentials.read_text())
    info["client_email"] = "somebody-else@sandbox.iam.gserviceaccount.com"
    access = auth.access(json.dumps(info), mailbox="ar@example.com")
    with (
        Connection(access, Endpoints(sheets=sandbox.endpoint)) as connection,
        pytest.raises(Unreachable) as error,
    ):
        connection.sheet("x", {}).chain()
    assert "somebody-else" in str(error.value)
    assert "PRIVATE KEY" not in str(error.value)


# -- the consent ------------------------------------------------------------------------------------------------------


def says(answer):
    """Somebody who opens the address in another browser, and copies back where it leads."""

    def paste(address):
        assert parse_qs(urlsplit(address).query)["access_type"] == ["offline"]
        redirect = requests.get(f"{address}&_auto={answer}", allow_redirects=False, timeout=10)
        return redirect.headers["Location"]

    return paste


def sign_in(sandbox, tmp_path, **options):
    settings = {"mailbox": sandbox.mailbox, "tokens": tmp_path, "gmail_endpoint": sandbox.endpoint, **options}
    return login(sandbox.client_secret, **settings)


def test_a_consent_given_elsewhere_is_saved_and_used(sandbox, google, tmp_path, chosen):
    from sheetsdun.google import auth
    from sheetsdun.google.connection import Connection, Endpoints

    account = sign_in(sandbox, tmp_path, paste=says("yes"))
    assert account.address == sandbox.mailbox
    assert len(account.scopes) == 2
    assert account.file.is_file()
    access = auth.access(sandbox.client_secret, mailbox=sandbox.mailbox, tokens=tmp_path)
    assert access.identity.email == sandbox.mailbox
    with Connection(access, Endpoints(sandbox.endpoint, sandbox.endpoint)) as connection:
        assert connection.sheet(chosen, {"Invoices": 1}).read().title == "Receivables"
        assert connection.mailbox().profile().address == sandbox.mailbox


def test_a_consent_in_the_browser_of_this_machine(sandbox, google, tmp_path, monkeypatch, capsys):
    import threading
    import webbrowser

    class Browser:
        def open(self, address, **_):
            threading.Thread(
                target=requests.get, args=(f"{address}&_auto=yes",), kwargs={"timeout": 10}
            ).start()

    monkeypatch.setattr(webbrowser, "get", lambda _: Browser())
    assert sign_in(sandbox, tmp_path, prompt="Open {url}").address == sandbox.mailbox
    assert capsys.readouterr().out.startswith("Open http://127.0.0.1")


def test_a_consent_that_was_not_given_is_told(sandbox, google, tmp_path):
    with pytest.raises(UsageError, match="not given"):
        sign_in(sandbox, tmp_path, paste=says("no"))
    with pytest.raises(UsageError, match="not the address of this login"):
        sign_in(sandbox, tmp_path, paste=lambda _: "http://localhost:1/?code=4/x&state=another")
    assert list(tmp_path.iterdir()) == []


def test_a_code_that_google_does_not_know_is_told(sandbox, google, tmp_path):
    def paste(address):
        return f"http://localhost:1/?code=4/wrong&state={parse_qs(urlsplit(address).query)['state'][0]}"

    with pytest.raises(UsageError, match="invalid_grant"):
        sign_in(sandbox, tmp_path, paste=paste)


def test_a_service_account_needs_no_login(sandbox, google, tmp_path):
    with pytest.raises(UsageError, match="need no login"):
        login(sandbox.credentials, mailbox="", tokens=tmp_path)


def test_a_consent_that_was_taken_back_leads_to_login(sandbox, google, tmp_path, chosen):
    from sheetsdun.google import auth
    from sheetsdun.google.connection import Connection, Endpoints

    account = sign_in(sandbox, tmp_path, paste=says("yes"))
    saved = json.loads(account.file.read_text())
    account.file.write_text(
        json.dumps({**saved, "token": None, "expiry": None, "refresh_token": "1//taken-back"})
    )
    access = auth.access(sandbox.client_secret, mailbox=sandbox.mailbox, tokens=tmp_path)
    with (
        Connection(access, Endpoints(sheets=sandbox.endpoint)) as connection,
        pytest.raises(Unreachable, match="login"),
    ):
        connection.sheet(chosen, {}).chain()


def test_raw_is_what_was_composed(google, connection):
    (made,) = connection.mailbox().create([letter()])
    raw = google.call("GET", f"{ME}/messages/{made.message_id}?format=raw")["raw"]
    assert b"Good morning" in base64.urlsafe_b64decode(raw)


def test_the_log_may_be_read_under_its_own_title_alone(connection, chosen):
    assert isinstance(sheet := connection.sheet(chosen, {}, log="Reminder log"), GoogleSheet)
    assert set(sheet.read().tables) == {"Reminder log"}
    with pytest.raises(Rejected) as trouble:
        connection.sheet(chosen, {}, log="No log").append(link(1), [["1"]])
    assert trouble.value.code == 404
