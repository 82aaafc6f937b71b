"""Files that go with letters: which kinds, from where, and how they wait until they are needed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sheetsdun.letters import Attachment, Enclosures, NoSuchFile
from sheetsdun.letters.enclosures import LARGEST, fitting, kind_of, named
from sheetsdun.letters.stock import IN_MEMORY, Stock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "attachments"
    (made / "2026").mkdir(parents=True)
    (made / "INV-1.pdf").write_bytes(b"%PDF")
    (made / "2026" / "Счёт 2.PDF").write_bytes(b"%PDF")
    (made / "empty.pdf").touch()
    (made / "run.exe").write_bytes(b"MZ")
    (made / "macro.docm").write_bytes(b"PK")
    (made / ".env").write_text("TOKEN=1")
    (tmp_path / "secret.txt").write_text("secret")
    (made / "way out.txt").symlink_to(tmp_path / "secret.txt")
    (made / "way in.pdf").symlink_to(made / "INV-1.pdf")
    os.mkfifo(made / "pipe.pdf")
    with (made / "huge.pdf").open("wb") as huge:
        huge.truncate(LARGEST + 1)
    return made


@pytest.mark.parametrize("name", ["INV-1.pdf", "2026/Счёт 2.PDF", "2026/../INV-1.pdf", "way in.pdf"])
def test_a_file_in_the_folder_is_read(folder: Path, name: str) -> None:
    shown, kind, data = Enclosures(folder).read(name)
    assert (shown, kind, data) == ("Счёт 2.PDF" if "2." in name else "INV-1.pdf", "application/pdf", b"%PDF")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../secret.txt", "does not lie in the folder"),
        ("way out.txt", "does not lie in the folder"),
        ("/etc/passwd", "does not lie in the folder"),
        ("2026/../../secret.txt", "does not lie in the folder"),
        ("", "is no file"),
        ("2026", "is no file"),
        ("pipe.pdf", "is no file"),
        ("no.pdf", "No such file"),
        ("a\0b.pdf", "its name is none"),
        ("x" * 300 + ".pdf", "too long"),
        ("empty.pdf", "is empty"),
        ("huge.pdf", "has 18 MB; a mail takes 18 at the most"),
        ("run.exe", "of no kind that is sent to customers"),
        ("macro.docm", "of no kind that is sent to customers"),
        (".env", "of no kind that is sent to customers"),
    ],
)
def test_nothing_else_is_read(folder: Path, name: str, why: str) -> None:
    with pytest.raises(NoSuchFile, match=why):
        Enclosures(folder).read(name)


def test_without_the_folder_no_file_is_there() -> None:
    with pytest.raises(NoSuchFile, match="there is no folder of attachments"):
        Enclosures().read("INV-1.pdf")


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("act.pdf", "application/pdf", "act.pdf"),
        ("Act.PDF", "application/pdf; charset=binary", "Act.PDF"),
        ("Акт", "application/pdf", "Акт.pdf"),
        ("invoice.exe", "application/pdf", "invoice.exe.pdf"),
        ("scan.jpeg", "image/jpeg", "scan.jpeg"),
        ("scan", "image/jpeg", "scan.jpg"),
        ("e-invoice.xml", "text/xml", "e-invoice.xml"),
    ],
)
def test_a_name_ends_as_its_type_says(name: str, kind: str, shown: str) -> None:
    made, type_ = named(name, kind)
    assert made == shown
    assert type_ == kind_of(made)


@pytest.mark.parametrize(
    "kind", ["application/x-msdownload", "application/zip", "text/html", "image/svg+xml", ""]
)
def test_other_types_are_not_sent(kind: str) -> None:
    with pytest.raises(NoSuchFile, match="of no kind"):
        named("act.pdf", kind)


def test_a_file_as_large_as_may_be_fits() -> None:
    fitting("a.pdf", LARGEST)


class TestStock:
    def test_gives_back_what_was_taken_in(self) -> None:
        stock = Stock()
        kept = [
            stock.keep(f"{number}.pdf", "application/pdf", bytes([number]) * number) for number in range(1, 9)
        ]
        assert [bytes(each.data) for each in reversed(kept)] == [bytes([n]) * n for n in range(8, 0, -1)]
        assert [len(each.data) for each in kept] == [*range(1, 9)]

    def test_goes_to_disk_where_it_is_much(self) -> None:
        stock = Stock()
        first = stock.keep("a.pdf", "application/pdf", b"a" * IN_MEMORY)
        second = stock.keep("b.pdf", "application/pdf", b"b" * 10)
        assert stock._file._rolled  # type: ignore[attr-defined]  # else the size would be for nothing
        assert (bytes(first.data)[:3], bytes(second.data)) == (b"aaa", b"b" * 10)

    def test_bytes_are_a_content_too(self) -> None:
        assert bytes(Attachment("a.pdf", "application/pdf", b"x").data) == b"x"
