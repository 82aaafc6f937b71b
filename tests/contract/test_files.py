"""What every Files does."""

from __future__ import annotations

import pytest

from sheetsdun.ports import GOOGLE_TYPES, Rejected

FOLDER = f"{GOOGLE_TYPES}folder"


def test_a_file_is_told_of_with_its_size_and_its_folder(drives):
    folder = drives.put("Attachments", FOLDER)
    file = drives.put("INV-1 für Weber.pdf", "application/pdf", b"%PDF-1.7", parent=folder)
    (about,) = drives.files.about([file])
    assert (about.id, about.name, about.type) == (file, "INV-1 für Weber.pdf", "application/pdf")
    assert (about.size, about.parents) == (8, (folder,))
    assert (about.trashed, about.readable) == (False, True)
    assert drives.files.content(about) == b"%PDF-1.7"


def test_what_is_not_there_is_none_among_the_others(drives):
    file = drives.put("a.pdf", "application/pdf", b"x")
    found = drives.files.about(["1NotThereAtAllNotThereAtAll", file])
    assert [each and each.id for each in found] == [None, file]


def test_a_file_in_the_bin_says_so(drives):
    file = drives.put("a.pdf", "application/pdf", b"x", trashed=True)
    (about,) = drives.files.about([file])
    assert about.trashed


@pytest.mark.parametrize("kind", ["document", "spreadsheet"])
def test_a_document_of_googles_own_has_no_size_and_comes_as_pdf(drives, kind):
    file = drives.put("Act", GOOGLE_TYPES + kind)
    (about,) = drives.files.about([file])
    assert about.size == 0
    assert drives.files.content(about).startswith(b"%PDF-")


def test_a_folder_has_no_content(drives):
    (about,) = drives.files.about([drives.put("Attachments", FOLDER)])
    with pytest.raises(Rejected) as refusal:
        drives.files.content(about)
    assert refusal.value.code == 403


def test_sixty_are_told_of_in_order(drives):
    made = [drives.put(f"{number}.pdf", "application/pdf", b"x") for number in range(60)]
    assert [each.name for each in drives.files.about(made)] == [f"{number}.pdf" for number in range(60)]
