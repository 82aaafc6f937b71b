"""The corpus of hostile cells through whole runs over HTTP: what lies in Gmail then, and what was written to the sheet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import hostile
import pytest
from embedded import founding
from embedded.google import EmbeddedGoogle
from embedded.shop import Shop
from tally import Tally

from sheetsdun.domain.addresses import foreign

FIELDS = ("email", "customer", "invoice", "escalation", "action", "paid", "hold_until", "amount", "due")
BY_GMAIL = frozenset({"Message-ID", "Date", "Received", "Message-Id"})


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with EmbeddedGoogle(tmp_path / "google") as google:
        yield Shop(google, tmp_path)


def sendable(cell: str) -> bool:
    """Half a surrogate pair is no text that anybody could have typed, or that HTTP could carry."""
    return not any("\ud800" <= sign <= "\udfff" for sign in cell)


def fill(shop: Shop, first: int) -> int:
    """A sound row, and one for each cell of the corpus; how many of these there are."""
    cells = [cell for cell in hostile.corpus().values() if sendable(cell) and len(cell) < 4_000]
    shop.add("SOUND-1", -4, customer="Sound Ltd", email="ap@sound.example", escalation="auto")
    rows = []
    for number, (cell, field) in enumerate(zip(cells, cycle(FIELDS[first:] + FIELDS[:first]), strict=False)):
        sound = {"customer": f"Customer {number}", "email": f"a{number}@x.example", "escalation": "auto"}
        fields = {"invoice": f"INV-{number}", **sound, field: cell}
        rows.append(founding.row(shop._fields(fields.pop("invoice"), -4, fields)))
    shop.change({"appendCells": {"sheetId": shop.tab, "rows": rows, "fields": "*"}})
    return len(rows)


def formulas(shop: Shop) -> list[Any]:
    """Cells that Google would calculate."""
    fields = "sheets.data.rowData.values.userEnteredValue"
    path = f"/v4/spreadsheets/{shop.spreadsheet}"
    answer = shop.google.call("GET", path, params={"includeGridData": "true", "fields": fields})
    cells = [
        cell.get("userEnteredValue", {})
        for sheet in answer["sheets"]
        for data in sheet.get("data", ())
        for row in data.get("rowData", ())
        for cell in row.get("values", ())
    ]
    assert any("stringValue" in cell for cell in cells)
    return [cell for cell in cells if "formulaValue" in cell]


def answer(shop: Shop, who: str) -> None:
    """Somebody writes back in the sound row's thread, under a name of their choice."""
    sent = next(each for each in shop.google.messages() if each.to == "ap@sound.example")
    mail = (
        f"From: {who}\r\nTo: ar@example.com\r\nSubject: Re: {sent.subject}\r\n"
        f"In-Reply-To: {sent.content['Message-ID']}\r\nReferences: {sent.content['Message-ID']}\r\n\r\nLater."
    )
    upload = {"Content-Type": "message/rfc822"}
    path = "/upload/gmail/v1/users/me/messages/import?uploadType=media"
    shop.google.call("POST", path, data=mail.encode(), headers=upload)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("first", range(len(FIELDS)) if os.environ.get("SHEETSDUN_SOAK") else [0])
def test_the_corpus(shop: Shop, first: int, figures: Tally) -> None:
    """The cells stand in one field after the other; the first of them in the ``first``."""
    figures["hostile cells over HTTP"] += fill(shop, first)
    human, wrong = shop.human(), list[Any]()
    for _ in range(2):
        end = shop.sync()
        assert end.outcome is not None, end
        shop.google.pass_time(hours=2)
    answer(shop, "=?utf-8?q?=3DHYPERLINK(=22http://evil.example=22)=0D=0ABcc:_x?= <ap@sound.example>")
    assert shop.sync().outcome is not None
    shop.google.pass_time(hours=2)
    if not shop.idle():
        wrong.append("a run without news has written something")
    messages = [each for each in shop.google.messages() if each.where != "elsewhere"]
    for each in messages:
        looked = hostile.look(each.raw, beside=BY_GMAIL)
        wrong += looked.wrong
        if each.where == "SENT":
            wrong += [address for address in looked.recipients if foreign(address)]
    if [each.to for each in messages if each.where == "SENT"].count("ap@sound.example") != 1:
        wrong.append("the row beside them has not got its letter, once")
    if "answered on" not in str(shop.rows()["SOUND-1"]["Reminder status"]):
        wrong.append("the answer was not seen")
    after = shop.human()
    wrong += [name for name in human if {**after[name], "Action": ""} != {**human[name], "Action": ""}]
    wrong += formulas(shop)
    figures["letters looked at for what must not be in them"] += len(messages)
    figures.wrong({"hostile cells that got through": wrong})
    assert not wrong
