"""The Attachments column, from the cell to the draft."""

from __future__ import annotations

import dataclasses
import tracemalloc
from pathlib import Path

import office
import pytest
from doubles.files import FOLDER
from doubles.memory import MemoryFiles

from sheetsdun.letters import Enclosures
from sheetsdun.ports import GOOGLE_TYPES
from sheetsdun.sync import drafting
from sheetsdun.sync.enclosing import Rules

PDF = "application/pdf"


@pytest.fixture(autouse=True)
def column(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PEOPLES", (*office.PEOPLES, "attachments"))
    monkeypatch.setattr(office, "HEADERS", [*office.HEADERS[:9], "Attachments", *office.HEADERS[9:]])


def opened(folder: Path, **rules: object) -> tuple[office.Office, MemoryFiles, str]:
    """An office, its Drive, and the Drive folder of attachments; a file on disk."""
    (folder / "INV-1.pdf").write_bytes(b"%PDF")
    drive = MemoryFiles()
    top = drive.put("Attachments", FOLDER)
    made = {"enclosures": Enclosures(folder), "drive_folder": top} | rules
    shop = office.office(attachments=Rules(**made))  # type: ignore[arg-type]
    shop.desk = dataclasses.replace(shop.desk, files=drive)
    return shop, drive, top


@pytest.fixture
def shop(tmp_path: Path) -> office.Office:
    return opened(tmp_path)[0]


def attached(shop: office.Office) -> list[list[tuple[str, bytes]]]:
    """Names and contents of what each mail has with it."""
    return [
        [
            (str(part.get_filename()), part.get_payload(decode=True))
            for part in each.content.iter_attachments()
        ]
        for each in shop.mailbox.all.values()
    ]  # type: ignore[misc]


def note(shop: office.Office, invoice: str = "INV-1") -> str:
    assert shop.status(invoice) == "Problem: the letter could not be written"
    return str(shop.cell(invoice, "reminder_note"))


def test_a_file_goes_with_the_letter(shop: office.Office) -> None:
    shop.add("INV-1", due=-4, attachments="INV-1.pdf")
    shop.sync()
    assert attached(shop) == [[("INV-1.pdf", b"%PDF")]]


def test_a_letter_whose_file_is_missing_is_not_made_and_the_others_are(shop: office.Office) -> None:
    shop.add("INV-1", due=-4, attachments="INV-9.pdf")
    shop.add("INV-2", due=-4, customer="Other", email="o@other.example")
    outcome = shop.sync()
    assert [recipients for _, recipients in shop.drafts()] == ["o@other.example"]
    assert outcome.unwell
    (failed,) = (each for each in outcome.letters.values() if each.note)
    assert "INV-9.pdf" in failed.note
    assert "row 2" in failed.note
    assert shop.status("INV-1") == "Problem: the letter could not be written"
    assert "INV-9.pdf" in shop.cell("INV-1", "reminder_note")
    links = len(shop.sheet.chain_)
    shop.sync()
    assert len(shop.sheet.chain_) == links


def test_or_it_goes_without_if_the_team_wants_that(tmp_path: Path) -> None:
    shop, _, _ = opened(tmp_path, send_without=True)
    shop.add("INV-1", due=-4, attachments="INV-9.pdf, INV-1.pdf")
    outcome = shop.sync()
    assert attached(shop) == [[("INV-1.pdf", b"%PDF")]]
    (told,) = outcome.letters.values()
    assert told.note.startswith("It goes without a file: the attachment “INV-9.pdf” cannot be read")


def test_a_file_that_comes_later_mends_its_row(shop: office.Office, tmp_path: Path) -> None:
    shop.add("INV-1", due=-4, attachments="INV-9.pdf")
    shop.sync()
    (tmp_path / "INV-9.pdf").write_bytes(b"%PDF 9")
    shop.sync()
    assert attached(shop) == [[("INV-9.pdf", b"%PDF 9")]]


class TestDrive:
    @pytest.mark.parametrize(
        "cell",
        [
            "{id}",
            "https://drive.google.com/file/d/{id}/view?usp=sharing",
            "https://drive.google.com/file/u/1/d/{id}/edit",
            "https://drive.google.com/open?id={id}",
            "https://drive.google.com/uc?export=download&id={id}",
            "HTTPS://drive.google.com/file/d/{id}".replace("HTTPS", "https"),
        ],
    )
    def test_a_file_is_named_by_its_address_or_id(self, tmp_path: Path, cell: str) -> None:
        shop, drive, top = opened(tmp_path)
        shop.add("INV-1", due=-4, attachments=cell.format(id=drive.put("act.pdf", PDF, b"%PDF", parent=top)))
        shop.sync()
        assert attached(shop) == [[("act.pdf", b"%PDF")]]

    @pytest.mark.parametrize("kind", ["document", "spreadsheet"])
    def test_a_document_of_googles_own_goes_as_pdf(self, tmp_path: Path, kind: str) -> None:
        shop, drive, top = opened(tmp_path)
        file = drive.put("Акт сверки", GOOGLE_TYPES + kind, parent=top)
        shop.add("INV-1", due=-4, attachments=f"https://docs.google.com/{kind}/d/{file}/edit#gid=0")
        shop.sync()
        ((name, data),) = attached(shop)[0]
        assert name == "Акт сверки.pdf"
        assert data.startswith(b"%PDF")

    def test_several_are_named_in_one_cell_and_each_goes_once(self, tmp_path: Path) -> None:
        shop, drive, top = opened(tmp_path)
        inner = drive.put("2026", FOLDER, parent=drive.put("Acts", FOLDER, parent=top))
        first, second = (drive.put(f"{n}.pdf", PDF, b"%PDF", parent=inner) for n in (1, 2))
        link = "https://drive.google.com/file/d/"
        shop.add("INV-1", due=-4, attachments=f"{link}{first}/view {link}{second}/view\n{first}, INV-1.pdf")
        shop.sync()
        assert [name for name, _ in attached(shop)[0]] == ["1.pdf", "2.pdf", "INV-1.pdf"]

    def test_what_ten_letters_name_is_asked_for_and_fetched_once(self, tmp_path: Path) -> None:
        shop, drive, top = opened(tmp_path)
        file = drive.put("terms.pdf", PDF, b"%PDF", parent=top)
        for number in range(10):
            shop.add(
                f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example", attachments=file
            )
        shop.sync()
        assert [name for letter in attached(shop) for name, _ in letter] == ["terms.pdf"] * 10
        assert drive.hooks.calls == ["about", "content"]

    def test_a_run_without_files_asks_nothing_of_drive(self, tmp_path: Path) -> None:
        shop, drive, _ = opened(tmp_path)
        shop.add("INV-1", due=-4, attachments="INV-1.pdf")
        shop.sync()
        assert drive.hooks.calls == []

    @pytest.mark.parametrize("where", ["nowhere", "another folder", "a folder in the bin", "not there"])
    def test_a_file_outside_of_the_folder_is_never_sent(self, tmp_path: Path, where: str) -> None:
        shop, drive, top = opened(tmp_path)
        parent = {
            "another folder": drive.put("Salaries", FOLDER),
            "a folder in the bin": drive.put("Old", FOLDER, parent=top, trashed=True),
        }.get(where, "")
        file = drive.put("Salaries 2026.pdf", PDF, b"%PDF", parent=parent)
        if where == "not there":
            del drive.all[file]
        shop.add("INV-1", due=-4, attachments=file)
        shop.sync()
        assert not shop.mailbox.all
        assert "does not lie in the Drive folder of attachments, or is not shared with us" in note(shop)
        assert "Salaries" not in note(shop)
        assert "content" not in drive.hooks.calls

    @pytest.mark.parametrize(
        ("kind", "options", "why"),
        [
            (PDF, {"trashed": True}, "is in Drive's bin"),
            (PDF, {"readable": False}, "may not be downloaded"),
            (PDF, {"content": b""}, "is empty"),
            ("application/x-msdownload", {}, "of no kind that is sent to customers"),
            (f"{GOOGLE_TYPES}shortcut", {}, "of no kind that is sent to customers"),
            (f"{GOOGLE_TYPES}form", {}, "of no kind that is sent to customers"),
            (FOLDER, {}, "of no kind that is sent to customers"),
        ],
    )
    def test_what_is_of_no_use_is_a_problem_of_its_row(
        self, tmp_path: Path, kind: str, options: dict[str, object], why: str
    ) -> None:
        shop, drive, top = opened(tmp_path)
        made = {"content": b"%PDF", "parent": top} | options
        file = drive.put("act.pdf", kind, **made)  # type: ignore[arg-type]
        shop.add("INV-1", due=-4, attachments=file)
        shop.add("INV-2", due=-4, customer="Other", email="o@other.example")
        shop.sync()
        assert why in note(shop)
        assert [recipients for _, recipients in shop.drafts()] == ["o@other.example"]

    @pytest.mark.parametrize(
        "address",
        [
            "https://evil.example/file/d/{id}/view",
            "https://drive.google.com.evil.example/file/d/{id}/view",
            "https://drive.google.com@evil.example/file/d/{id}",
            "http://drive.google.com/file/d/{id}",
            "https://drive.google.com/drive/folders/{id}",
            "https://evil.example/?x=https://drive.google.com/file/d/{id}",
        ],
    )
    def test_other_addresses_are_never_fetched(self, tmp_path: Path, address: str) -> None:
        shop, drive, top = opened(tmp_path)
        file = drive.put("act.pdf", PDF, b"%PDF", parent=top)
        shop.add("INV-1", due=-4, attachments=address.format(id=file))
        shop.sync()
        assert "is no address of a file in Google Drive" in note(shop)
        assert drive.hooks.calls == []

    def test_without_a_folder_in_the_config_no_file_of_drive_is_sent(self, tmp_path: Path) -> None:
        shop, drive, _ = opened(tmp_path, drive_folder="")
        shop.add("INV-1", due=-4, attachments=drive.put("act.pdf", PDF, b"%PDF"))
        shop.sync()
        assert "no folder of Drive is named" in note(shop)

    def test_a_file_that_vanishes_between_look_and_fetch_is_a_problem_of_its_row(
        self, tmp_path: Path
    ) -> None:
        shop, drive, top = opened(tmp_path)
        file = drive.put("act.pdf", PDF, b"%PDF", parent=top)
        drive.hooks.after = lambda _number, name: drive.all.clear() if name == "about" else None
        shop.add("INV-1", due=-4, attachments=file)
        shop.sync()
        assert "cannot be had from Drive (File not found" in note(shop)


class TestLargeOnes:
    def test_letters_that_would_be_too_large_are_told_before_anything_is_made(
        self, shop: office.Office, tmp_path: Path
    ) -> None:
        for name in ("a.pdf", "b.pdf"):
            (tmp_path / name).write_bytes(b"%PDF" + b"x" * 10_000_000)
        shop.add("INV-1", due=-4, attachments="a.pdf, b.pdf")
        shop.sync()
        assert "with its attachments it has 26 MB, and Gmail delivers 25 at most" in note(shop)
        assert not shop.mailbox.all

    def test_few_of_them_are_in_memory_at_once(self, shop: office.Office, tmp_path: Path) -> None:
        shop.mailbox.fill = lambda wanted: [shop.mailbox._ref(draft_id) for draft_id, _ in wanted]  # type: ignore[method-assign]
        for number in range(12):
            (tmp_path / f"{number}.pdf").write_bytes(bytes([number]) * 3_000_000)
            shop.add(
                f"INV-{number}",
                due=-4,
                customer=f"C{number}",
                email=f"c{number}@x.example",
                attachments=f"{number}.pdf",
            )
        shop.sync(only=["nothing"])
        tracemalloc.start()
        shop.sync()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(shop.drafts()) == 12
        assert (
            most < 40_000_000
        )  # all of them, as mails, are 49 MB and more; three at work are a few times 4 MB

    def test_the_lease_is_renewed_while_they_take_their_time(
        self, shop: office.Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(drafting, "LOAD", 10)
        for number in range(6):
            shop.add(f"INV-{number}", due=-4, customer=f"C{number}", email=f"c{number}@x.example")

        def slow(_number: int, name: str) -> None:
            if name == "fill":
                shop.time += office.dt.timedelta(seconds=80)

        shop.hooks.before = slow
        outcome = shop.sync()
        assert not outcome.unwell
        assert {each.state for each in shop.history.letters.values()} == {"drafted"}
