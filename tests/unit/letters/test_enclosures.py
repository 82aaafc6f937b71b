"""Files that go with letters come from one folder, whatever a cell says."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetsdun.letters import Enclosures, NoSuchFile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "attachments"
    (made / "2026").mkdir(parents=True)
    (made / "INV-1.pdf").write_bytes(b"%PDF")
    (made / "2026" / "INV-2.pdf").write_bytes(b"%PDF")
    (tmp_path / "secret.txt").write_text("secret")
    (made / "way out").symlink_to(tmp_path / "secret.txt")
    return made


def test_files_are_read_in_order_and_each_once(folder: Path) -> None:
    loaded = Enclosures(folder).load(["INV-1.pdf", "2026/INV-2.pdf", "INV-1.pdf"])
    assert [(each.name, each.type, each.data) for each in loaded] == [
        ("INV-1.pdf", "application/pdf", b"%PDF"),
        ("INV-2.pdf", "application/pdf", b"%PDF"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "way out",
        "/etc/passwd",
        "2026/../../secret.txt",
        "https://evil.example/x.pdf",
        "",
        "no.pdf",
        "a\0b",
    ],
)
def test_nothing_else_is_read(folder: Path, name: str) -> None:
    with pytest.raises(NoSuchFile):
        Enclosures(folder).load([name])


def test_a_team_without_the_folder_attaches_nothing() -> None:
    assert Enclosures().load(["INV-1.pdf"]) == ()
