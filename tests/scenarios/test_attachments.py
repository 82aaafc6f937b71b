"""The Attachments column, from the cell to the draft."""

from __future__ import annotations

from pathlib import Path

import office
import pytest

from sheetsdun.letters import Enclosures


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> office.Office:
    (tmp_path / "INV-1.pdf").write_bytes(b"%PDF")
    monkeypatch.setattr(office, "PEOPLES", (*office.PEOPLES, "attachments"))
    monkeypatch.setattr(office, "HEADERS", [*office.HEADERS[:9], "Attachments", *office.HEADERS[9:]])
    return office.office(enclosures=Enclosures(tmp_path))


def test_a_file_goes_with_the_letter(shop: office.Office) -> None:
    shop.add("INV-1", due=-4, attachments="INV-1.pdf")
    shop.sync()
    ((draft_id, _),) = shop.drafts()
    draft = shop.mailbox.all[shop.mailbox.draft_ids[draft_id]].content
    assert [part.get_filename() for part in draft.iter_attachments()] == ["INV-1.pdf"]


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
