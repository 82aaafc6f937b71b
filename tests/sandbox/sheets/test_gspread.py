"""Stock gspread as an independent witness, over HTTP."""

import gspread
import pytest
from google.oauth2.service_account import Credentials
from gspread.http_client import HTTPClient
from gspread.utils import MergeType, PasteType, ValidationConditionType, ValueInputOption, ValueRenderOption

from sheetsdun.sandbox.launch import Sandbox

SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")
GOOGLE = ("https://sheets.googleapis.com", "https://www.googleapis.com")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with Sandbox(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def client(sandbox):
    class Elsewhere(HTTPClient):
        """gspread's own, with the requests sent to the sandbox."""

        def request(self, method, endpoint, *arguments, **options):
            for host in GOOGLE:
                endpoint = endpoint.replace(host, sandbox.endpoint)
            return super().request(method, endpoint, *arguments, **options)

    credentials = Credentials.from_service_account_file(sandbox.credentials, scopes=SCOPES)
    client = gspread.Client(auth=credentials, http_client=Elsewhere)
    yield client
    client.http_client.session.close()


@pytest.fixture
def book(client):
    return client.create("Invoices")


@pytest.fixture
def sheet(book):
    return book.sheet1


def refusal(call, *arguments, **options):
    with pytest.raises(gspread.exceptions.APIError) as caught:
        call(*arguments, **options)
    return caught.value.error


def test_spreadsheets(client, book):
    assert client.open_by_key(book.id).title == "Invoices"
    assert client.open("Invoices").id in {each["id"] for each in client.list_spreadsheet_files("Invoices")}
    book.update_title("Receivables")
    book.update_locale("de_DE")
    book.update_timezone("Europe/Berlin")
    again = client.open_by_key(book.id)
    assert (again.title, again.locale, again.timezone) == ("Receivables", "de_DE", "Europe/Berlin")
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key("nope")


def test_worksheets(book):
    log = book.add_worksheet("Log", rows=5, cols=3, index=0)
    assert (log.row_count, log.col_count, log.index) == (5, 3, 0)
    assert [each.title for each in book.worksheets()] == ["Log", "Sheet1"]
    book.reorder_worksheets([book.worksheet("Sheet1"), log])
    assert [each.title for each in book.worksheets()] == ["Sheet1", "Log"]
    log.update_title("Reminder log")
    log.update_index(0)
    log.hide()
    assert [each.title for each in book.worksheets(exclude_hidden=True)] == ["Sheet1"]
    assert book.get_worksheet_by_id(log.id).isSheetHidden
    log.show()
    assert refusal(book.add_worksheet, "reminder log", 1, 1)["message"].startswith(
        "Invalid requests[0].addSheet: "
    )
    book.del_worksheet(log)
    with pytest.raises(gspread.WorksheetNotFound):
        book.worksheet("Reminder log")


def test_values(sheet):
    sheet.update([["Invoice", "Amount", "Paid"], ["INV-1", 100.5, ""], ["INV-2", 20, True]], "A1")
    assert sheet.get_all_values() == [
        ["Invoice", "Amount", "Paid"],
        ["INV-1", "100.5", ""],
        ["INV-2", "20", "TRUE"],
    ]
    assert sheet.get_all_records(value_render_option=ValueRenderOption.unformatted) == [
        {"Invoice": "INV-1", "Amount": 100.5, "Paid": ""},
        {"Invoice": "INV-2", "Amount": 20, "Paid": True},
    ]
    assert sheet.acell("B2").value == "100.5"
    assert sheet.row_values(3) == ["INV-2", "20", "TRUE"]
    assert sheet.col_values(1) == ["Invoice", "INV-1", "INV-2"]
    assert sheet.find("INV-2").address == "A3"
    assert [cell.address for cell in sheet.findall("INV-1")] == ["A2"]
    assert [cell.value for cell in sheet.range("A1:B1")] == ["Invoice", "Amount"]
    sheet.update_cell(2, 2, "=SUM(1;2)")
    assert sheet.acell("B2", value_render_option=ValueRenderOption.formula).value == "=SUM(1;2)"
    assert sheet.acell("B2").value == "3"
    sheet.update_acell("C2", "1,000")
    assert sheet.acell("C2", value_render_option=ValueRenderOption.unformatted).numeric_value == 1000
    assert sheet.get("A2:A9") == [["INV-1"], ["INV-2"]]


def test_cells_and_batches(sheet):
    cells = sheet.range("A1:B2")
    for number, cell in enumerate(cells):
        cell.value = number
    sheet.update_cells(cells)
    assert sheet.get_values(value_render_option="UNFORMATTED_VALUE") == [[0, 1], [2, 3]]
    sheet.batch_update([{"range": "A1", "values": [["x"]]}, {"range": "D4:E4", "values": [["y", "z"]]}])
    assert sheet.batch_get(["A1", "D4:E4"]) == [[["x"]], [["y", "z"]]]
    sheet.batch_clear(["A1", "D4"])
    assert sheet.get("A1:E4", pad_values=True)[3] == ["", "", "", "", "z"]
    sheet.clear()
    assert sheet.get_all_values() == [[]]


def test_appending_and_rows(sheet):
    sheet.append_row(["Invoice", "Due"])
    answer = sheet.append_rows(
        [["INV-1", "2026-11-21"], ["INV-2", ""]], value_input_option=ValueInputOption.user_entered
    )
    assert answer["updates"]["updatedRange"] == "Sheet1!A2:B3"
    assert sheet.acell("B2", value_render_option=ValueRenderOption.unformatted).value == 46347
    sheet.insert_row(["top"], 1)
    sheet.insert_rows([["a"], ["b"]], 2)
    assert sheet.col_values(1) == ["top", "a", "b", "Invoice", "INV-1", "INV-2"]
    sheet.delete_rows(1, 3)
    sheet.insert_cols([["first", "second"]], 1)
    assert sheet.row_values(1) == ["first", "Invoice", "Due"]
    sheet.delete_columns(1)
    sheet.add_rows(5)
    sheet.add_cols(1)
    # gspread counts the rows that it adds but not those that it deletes.
    assert (sheet.row_count, sheet.col_count) == (1008, 27)
    sheet.resize(rows=10, cols=3)
    assert (sheet.row_count, sheet.col_count) == (10, 3)
    assert "exceeds grid limits" in refusal(sheet.update, [["x"]], "A11")["message"]


def test_sorting_and_finding(sheet):
    sheet.update([["n", "v"], ["b", 2], ["a", 3], ["c", 1]], "A1")
    sheet.freeze(rows=1, cols=1)
    assert (sheet.frozen_row_count, sheet.frozen_col_count) == (1, 1)
    sheet.sort((2, "des"))
    assert sheet.col_values(1) == ["n", "a", "b", "c"]
    sheet.sort((1, "des"), range="A2:B4")
    assert sheet.col_values(1) == ["n", "c", "b", "a"]


def test_notes_formats_and_rules(sheet, book):
    sheet.update_notes({"A1": "first", "C2": "second"})
    assert sheet.get_notes() == [["first"], ["", "", "second"]]
    assert sheet.get_note("C2") == "second"
    sheet.clear_note("A1")
    assert sheet.get_note("A1") == ""
    sheet.format(
        "A1:B1", {"textFormat": {"bold": True}, "numberFormat": {"type": "NUMBER", "pattern": "0.00"}}
    )
    sheet.batch_format([{"range": "C1", "format": {"horizontalAlignment": "RIGHT"}}])
    sheet.update([[1.5]], "A1")
    assert sheet.acell("A1").value == "1.50"
    sheet.add_validation("D2:D9", ValidationConditionType.one_of_list, ["hold", "stop"], showCustomUi=True)
    metadata = book.fetch_sheet_metadata({"includeGridData": "true", "ranges": "Sheet1!A1:D2"})
    rows = metadata["sheets"][0]["data"][0]["rowData"]
    assert rows[0]["values"][0]["userEnteredFormat"]["textFormat"] == {"bold": True}
    rule = rows[1]["values"][3]["dataValidation"]
    assert [value["userEnteredValue"] for value in rule["condition"]["values"]] == ["hold", "stop"]
    assert rule["showCustomUi"] is True
    assert "strict" not in rule


def test_names_protection_and_filters(sheet, book, sandbox):
    sheet.update([["a", "b"], ["c", "d"]], "A1")
    sheet.define_named_range("A1:B1", "Header")
    assert [cell.value for cell in book.named_range("Header")] == ["a", "b"]
    named = book.list_named_ranges()[0]
    sheet.delete_named_range(named["namedRangeId"])
    assert book.list_named_ranges() == []
    me = sheet.client.auth.service_account_email
    sheet.add_protected_range("A1:B1", editor_users_emails=[me], description="mine")
    sheet.add_protected_range("A2:B2", warning_only=True)
    listed = book.list_protected_ranges(sheet.id)
    assert [each.get("warningOnly", False) for each in listed] == [False, True]
    sheet.update([["A"]], "A1")
    sheet.add_protected_range("B2")
    assert "protected cell or object" in refusal(sheet.update, [["x"]], "B2")["message"]
    for each in book.list_protected_ranges(sheet.id):
        sheet.delete_protected_range(each["protectedRangeId"])
    sheet.update([["x"]], "B2")
    sheet.set_basic_filter("A1:B2")
    assert book.fetch_sheet_metadata()["sheets"][0]["basicFilter"]["range"]["endRowIndex"] == 2
    sheet.clear_basic_filter()


def test_copies_merges_and_groups(sheet, book, client):
    sheet.update([["a", "b"], ["c", "d"]], "A1")
    twin = sheet.duplicate(new_sheet_name="Twin", insert_sheet_index=1)
    assert twin.get_all_values() == [["a", "b"], ["c", "d"]]
    other = client.create("Other")
    sheet.copy_to(other.id)
    assert other.worksheet("Copy of Sheet1").get_all_values() == [["a", "b"], ["c", "d"]]
    sheet.copy_range("A1:B1", "D1", paste_type=PasteType.values)
    sheet.cut_range("A2:B2", "D2")
    assert sheet.get_all_values() == [["a", "b", "", "a", "b"], ["", "", "", "c", "d"]]
    sheet.merge_cells("A1:B2", MergeType.merge_rows)
    assert len(book.fetch_sheet_metadata()["sheets"][0]["merges"]) == 2
    sheet.unmerge_cells("A1:B2")
    sheet.add_dimension_group_rows(1, 4)
    sheet.add_dimension_group_columns(0, 2)
    assert sheet.list_dimension_group_rows()[0]["range"]["endIndex"] == 4
    sheet.delete_dimension_group_columns(0, 2)
    assert sheet.list_dimension_group_columns() == []
    sheet.hide_rows(0, 2)
    sheet.unhide_rows(0, 2)
    sheet.columns_auto_resize(0, 3)
    sheet.update_tab_color("#ff0000")
    assert sheet.get_tab_color() == "#FF0000"
    sheet.clear_tab_color()
    assert sheet.get_tab_color() is None
    sheet.hide_gridlines()
    assert book.sheet1.is_gridlines_hidden


def test_an_invalid_request_is_refused_before_it_comes_here(book):
    error = refusal(book.batch_update, {"requests": [{"deleteSheeet": {}}]})
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert 'Unknown name "deleteSheeet"' in error["message"]


def test_copying_a_spreadsheet_in_drive(client, book, sheet):
    sheet.update([["a"]], "A1")
    entry = {"metadataKey": "k", "visibility": "DOCUMENT", "location": {"spreadsheet": True}}
    book.batch_update({"requests": [{"createDeveloperMetadata": {"developerMetadata": entry}}]})
    copy = client.copy(book.id, "Copy")
    assert copy.sheet1.get_all_values() == [["a"]]
    assert copy.fetch_sheet_metadata()["developerMetadata"][0]["metadataKey"] == "k"
