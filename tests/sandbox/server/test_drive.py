"""Drive, with gspread and google-api-python-client as witnesses, over the sandbox's own Sheets."""

import io
from contextlib import contextmanager

import gspread
import pypdf
import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload, MediaIoBaseDownload

from sheetsdun.sandbox.drive import query
from sheetsdun.sandbox.launch import Sandbox
from sheetsdun.sandbox.wire import ApiError

SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"


@pytest.fixture
def sandbox(data):
    with Sandbox(data) as running:
        yield running


@pytest.fixture
def spreadsheets(sandbox, delegated):
    """The stock gspread, sent to another address as its own documentation shows: by a client of one's own."""

    class Elsewhere(gspread.HTTPClient):
        def request(self, method, endpoint, *args, **more):
            path = endpoint.split("googleapis.com", 1)[1]
            return super().request(method, sandbox.endpoint + path, *args, **more)

    client = gspread.authorize(delegated, http_client=Elsewhere)
    yield client
    client.http_client.session.close()


@pytest.fixture
def files(stock_service):
    with stock_service("drive.v3") as service:
        yield service.files()


@contextmanager
def refused(status, reason):
    with pytest.raises(HttpError) as caught:
        yield
    assert (caught.value.status_code, caught.value.error_details[0]["reason"]) == (status, reason)


def names(files, q=None, **more):
    return [file["name"] for file in files.list(q=q, orderBy="name", **more).execute()["files"]]


def test_gspread_creates_finds_shares_and_deletes(spreadsheets):
    book = spreadsheets.create('Invoices "Q1"')
    spreadsheets.create("Other")
    book.sheet1.update([["Invoice", "Amount"], ["A-1", 5]])
    assert {file["name"] for file in spreadsheets.list_spreadsheet_files()} == {'Invoices "Q1"', "Other"}
    assert spreadsheets.open("Other").title == "Other"

    book.share("team@example.com", perm_type="user", role="writer", notify=False)
    permissions = {one["emailAddress"]: one for one in book.list_permissions()}
    assert permissions["team@example.com"]["role"] == "writer"
    assert permissions["ar@example.com"]["role"] == "owner"
    book.remove_permissions("team@example.com")
    assert len(book.list_permissions()) == 1

    assert book.export(gspread.utils.ExportFormat.CSV) == b"Invoice,Amount\r\nA-1,5"
    assert book.get_lastUpdateTime() >= book.creationTime
    spreadsheets.del_spreadsheet(book.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        spreadsheets.open_by_key(book.id)
    assert [file["name"] for file in spreadsheets.list_spreadsheet_files()] == ["Other"]


def test_gspread_copies_a_spreadsheet_with_its_sheets_ids_and_metadata(spreadsheets):
    book = spreadsheets.create("One")
    tab = book.add_worksheet("Log", rows=50, cols=4)
    tab.update([["a", 1], ["=1+1", None]], raw=False)
    tab.freeze(rows=1)
    metadata = {"metadataId": 7, "metadataKey": "k", "metadataValue": "v", "visibility": "DOCUMENT"}
    metadata["location"] = {"spreadsheet": True}
    book.batch_update({"requests": [{"createDeveloperMetadata": {"developerMetadata": metadata}}]})
    twin = spreadsheets.copy(book.id, title="Two", copy_permissions=True)
    assert [(one.title, one.id) for one in twin.worksheets()] == [
        (one.title, one.id) for one in book.worksheets()
    ]
    copied = twin.worksheet("Log")
    assert copied.get_all_values() == [["a", "1"], ["2", ""]]
    assert (copied.row_count, copied.col_count, copied.frozen_row_count) == (50, 4, 1)
    assert twin.fetch_sheet_metadata()["developerMetadata"][0]["metadataId"] == 7
    copied.update([["changed"]])
    assert tab.acell("A1").value == "a"


def test_a_spreadsheet_of_the_sheets_api_is_a_file(spreadsheets, files, client):
    made = client.post("/v4/spreadsheets", json={"properties": {"title": "Ledger"}}).json()
    file = files.get(fileId=made["spreadsheetId"], fields="*").execute()
    assert (file["name"], file["mimeType"], file["trashed"]) == ("Ledger", SHEET, False)
    assert file["webViewLink"].startswith(f"https://docs.google.com/spreadsheets/d/{file['id']}/")

    files.update(fileId=file["id"], body={"name": "Ledger 2", "description": "d"}).execute()
    assert spreadsheets.open_by_key(file["id"]).title == "Ledger 2"
    assert files.get(fileId=file["id"], fields="description,name").execute() == {
        "description": "d",
        "name": "Ledger 2",
    }

    files.update(fileId=file["id"], body={"trashed": True}).execute()
    assert names(files, "trashed = false") == []
    assert names(files, "trashed") == ["Ledger 2"]
    assert client.get("/_sandbox/state").json()["spreadsheets"] == []
    files.emptyTrash().execute()
    with refused(404, "notFound"):
        files.get(fileId=file["id"]).execute()


def test_a_csv_file_becomes_a_spreadsheet(files, spreadsheets):
    media = MediaInMemoryUpload("Name,Amount\nMüller,5.50\n".encode(), mimetype="text/csv")
    made = files.create(body={"name": "Import", "mimeType": SHEET}, media_body=media).execute()
    assert spreadsheets.open_by_key(made["id"]).sheet1.get_all_records() == [
        {"Name": "Müller", "Amount": 5.5}
    ]


def test_a_file_is_kept_and_read_back(files):
    content = bytes(range(256)) * 10
    media = MediaInMemoryUpload(content, mimetype="application/pdf")
    made = files.create(body={"name": "Terms.pdf"}, media_body=media, fields="*").execute()
    assert (made["size"], made["fileExtension"]) == (str(len(content)), "pdf")
    assert made["owners"][0]["emailAddress"] == "ar@example.com"

    got = io.BytesIO()
    done = False
    download = MediaIoBaseDownload(got, files.get_media(fileId=made["id"]))
    while not done:
        _, done = download.next_chunk()
    assert got.getvalue() == content

    other = MediaInMemoryUpload(b"new", mimetype="text/plain", resumable=True)
    files.update(fileId=made["id"], media_body=other).execute()
    assert files.get_media(fileId=made["id"]).execute() == b"new"
    twin = files.copy(fileId=made["id"], body={"name": "Twin"}).execute()
    files.delete(fileId=made["id"]).execute()
    assert files.get_media(fileId=twin["id"]).execute() == b"new"


def test_a_file_is_downloaded_in_chunks(files, client):
    content = bytes(range(256)) * 10
    media = MediaInMemoryUpload(content, mimetype="application/octet-stream")
    made = files.create(body={"name": "a.bin"}, media_body=media).execute()
    got = io.BytesIO()
    download = MediaIoBaseDownload(got, files.get_media(fileId=made["id"]), chunksize=1000)
    progress = []
    while not progress or progress[-1] < 1:
        progress.append(download.next_chunk()[0].progress())
    assert (got.getvalue(), len(progress)) == (content, 3)

    def part(wanted):
        answer = client.get(f"/drive/v3/files/{made['id']}?alt=media", headers={"Range": wanted})
        return answer.status_code, answer.headers.get("Content-Range"), len(answer.content)

    assert part("bytes=2550-") == (206, "bytes 2550-2559/2560", 10)
    assert part("bytes=2560-") == (416, "bytes */2560", 0)
    assert part("bytes=5-2") == part("lines=1-2") == (200, None, 2560)


def test_gspread_imports_csv_in_place_of_everything(spreadsheets):
    book = spreadsheets.create("Import")
    book.sheet1.update([["old"] * 3] * 3)
    book.add_worksheet("Other", 5, 5)
    spreadsheets.import_csv(book.id, 'a,b\n1,"x, y"\n')
    again = spreadsheets.open_by_key(book.id)
    assert [sheet.get_all_values() for sheet in again.worksheets()] == [[["a", "b"], ["1", "x, y"]]]


def test_what_is_shown_unasked_is_little(files):
    made = files.create(body={"name": "a"}).execute()
    assert set(made) == {"kind", "id", "name", "mimeType"}
    assert files.list().execute()["files"] == [made]
    assert files.list(fields="files/id, nextPageToken").execute() == {"files": [{"id": made["id"]}]}


def test_folders_and_pages(files):
    folder = files.create(body={"name": "F", "mimeType": FOLDER}).execute()["id"]
    for name in "cab":
        files.create(body={"name": name, "mimeType": "text/plain", "parents": [folder]}).execute()
    assert names(files, f"'{folder}' in parents") == ["a", "b", "c"]
    assert names(files, "'root' in parents") == ["F"]
    page = files.list(pageSize=3, orderBy="folder,name desc").execute()
    assert [file["name"] for file in page["files"]] == ["F", "c", "b"]
    rest = files.list(pageSize=3, orderBy="folder,name desc", pageToken=page["nextPageToken"]).execute()
    assert [file["name"] for file in rest["files"]] == ["a"]
    assert "nextPageToken" not in rest
    moved = files.list(q="name = 'a'").execute()["files"][0]["id"]
    files.update(fileId=moved, addParents="root", removeParents=folder).execute()
    assert names(files, "'root' in parents") == ["a", "F"]
    with refused(404, "notFound"):
        files.create(body={"name": "x", "parents": ["nowhere"]}).execute()


def test_a_file_can_be_made_under_an_id_given_before(files):
    file_id = files.generateIds(count=3).execute()["ids"][2]
    made = files.create(body={"id": file_id, "name": "a", "mimeType": "text/plain"}).execute()
    assert made["id"] == file_id


def test_refusals_have_drives_reasons(files):
    made = files.create(body={"name": "a", "mimeType": "text/plain"}).execute()["id"]
    sheet = files.create(body={"name": "s", "mimeType": SHEET}).execute()["id"]
    with refused(404, "notFound"):
        files.get(fileId="nowhere").execute()
    with refused(403, "fileNotDownloadable"):
        files.get_media(fileId=sheet).execute()
    with refused(403, "fileNotExportable"):
        files.export(fileId=made, mimeType="text/csv").execute()
    with refused(400, "badRequest"):
        files.export(fileId=sheet, mimeType="image/png").execute()
    with refused(400, "invalid"):
        files.list(q="nonsense").execute()
    with refused(400, "invalidParameter"):
        files.get(fileId=made, fields="nonsense").execute()
    with refused(400, "invalidParameter"):
        files.list(pageSize=0).execute()


def test_about_wants_to_know_what_is_wanted(stock_service):
    with stock_service("drive.v3") as service:
        assert service.about().get(fields="user/emailAddress").execute() == {
            "user": {"emailAddress": "ar@example.com"}
        }
        with refused(400, "required"):
            service.about().get().execute()


def test_permissions(stock_service):
    with stock_service("drive.v3") as service:
        file = service.files().create(body={"name": "a", "mimeType": "text/plain"}).execute()["id"]
        permissions = service.permissions()
        body = {"type": "user", "role": "reader", "emailAddress": "x@example.com"}
        made = permissions.create(fileId=file, body=body).execute()
        assert set(made) == {"kind", "id", "type", "role"}
        permissions.create(fileId=file, body={"type": "anyone", "role": "reader"}).execute()
        permissions.update(fileId=file, permissionId=made["id"], body={"role": "writer"}).execute()
        everyone = permissions.list(fileId=file).execute()["permissions"]
        assert [(one["type"], one["role"]) for one in everyone] == [
            ("user", "owner"),
            ("user", "writer"),
            ("anyone", "reader"),
        ]
        permissions.delete(fileId=file, permissionId="anyoneWithLink").execute()
        with refused(404, "notFound"):
            permissions.get(fileId=file, permissionId="anyoneWithLink").execute()
        with refused(403, "cannotRemoveOwner"):
            permissions.delete(fileId=file, permissionId=everyone[0]["id"]).execute()
        with refused(400, "invalidSharingRequest"):
            permissions.create(fileId=file, body={"type": "user", "role": "reader"}).execute()


FILES = [
    {"name": 'It\'s "one"', "mimeType": SHEET, "parents": ["p"], "createdTime": "2026-01-01T00:00:00.000Z"},
    {
        "name": "Two ones",
        "mimeType": "text/plain",
        "trashed": True,
        "createdTime": "2026-02-01T00:00:00.000Z",
    },
]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        (r"name = 'It\'s \"one\"'", [0]),
        (r'name = "It\'s \"one\""', [0]),
        ("name != 'x'", [0, 1]),
        ("name contains 'one'", [0, 1]),
        ("name contains 'ne'", []),
        (f"mimeType='{SHEET}' and trashed=false", [0]),
        ("mimeType contains 'text/'", [1]),
        ("trashed", [1]),
        ("not trashed", [0]),
        ("not (trashed = true or name contains 'It')", []),
        ("name = 'x' or name = 'y' or trashed", [1]),
        ("trashed and name = 'x' or 'p' in parents", [0]),
        ('parents in "p"', [0]),
        ("createdTime > '2026-01-15T00:00:00'", [1]),
        ("createdTime <= '2026-01-01'", [0]),
        ("fullText contains 'two'", [1]),
    ],
)
def test_the_search_language(q, found):
    wanted = query.parse(q)
    assert [number for number, file in enumerate(FILES) if wanted(file)] == found


@pytest.mark.parametrize(
    "q",
    [
        "",
        "name",
        "name =",
        "name = 'x",
        "name = 'x' and",
        "(name = 'x'",
        "name < 'x'",
        "size = '1'",
        "name = 'x' 'y'",
        "#",
    ],
)
def test_what_cannot_be_searched_for_is_refused(q):
    with pytest.raises(ApiError) as caught:
        query.parse(q)
    assert (caught.value.code, caught.value.reason) == (400, "invalid")


@pytest.mark.parametrize("kind", [SHEET, "application/vnd.google-apps.document"])
def test_googles_own_documents_are_exported_as_a_pdf_that_can_be_read(files, kind):
    made = files.create(body={"name": "Act (1) für Weber", "mimeType": kind}).execute()["id"]
    content = files.export(fileId=made, mimeType="application/pdf").execute()
    (page,) = pypdf.PdfReader(io.BytesIO(content)).pages
    assert page.extract_text().strip() == "Act (1) für Weber"


@pytest.mark.parametrize("kind", [FOLDER, "application/vnd.google-apps.shortcut", "image/png"])
def test_what_is_no_document_of_googles_is_not_exported(files, kind):
    made = files.create(body={"name": "a", "mimeType": kind}).execute()["id"]
    with refused(403, "fileNotExportable"):
        files.export(fileId=made, mimeType="application/pdf").execute()
