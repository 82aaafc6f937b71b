"""Whatever stands in a row: the letters that come of it are ours, and the row beside it gets its own.

Cells go the whole way, from the sheet to the mailbox and back: read, decided, written up, sent, and told.
"""

from __future__ import annotations

import datetime as dt
import os
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path

import hostile
import idna
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from office import OURS, START, Office, office
from tally import Tally

from sheetsdun.domain.addresses import foreign
from sheetsdun.letters import Enclosures
from sheetsdun.rows.columns import DEFAULTS
from sheetsdun.sync.enclosing import Rules

SOAK = float(os.environ.get("SHEETSDUN_SOAK", "0"))
SECRET = b"Nobody outside may read this."
FIELDS = [name for name in DEFAULTS if name not in OURS]
SOUND = {
    "invoice": "SOUND-1",
    "customer": "Sound Ltd",
    "email": "ap@sound.example",
    "amount": 100,
    "due": START.date() - dt.timedelta(4),
    "escalation": "auto",
}
OTHER = {**SOUND, "invoice": "INV-1", "customer": "Weber KG", "email": "ap@weber.example"}
rows = st.dictionaries(st.sampled_from(FIELDS), hostile.CELLS, min_size=1, max_size=4)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    around = tmp_path_factory.mktemp("letters")
    (around / "secret.txt").write_bytes(SECRET)
    (around / "attachments").mkdir()
    (around / "attachments" / "INV-1.pdf").write_bytes(b"%PDF")
    return around / "attachments"


def shop_of(folder: Path, others: Sequence[Mapping[str, object]]) -> Office:
    """An office where one row is sound; all of them are due, and their letters go by themselves."""
    shop = office(attachments=Rules(enclosures=Enclosures(folder)), max_letters=1_000)
    shop.rows[0] = [DEFAULTS[name] for name in (*FIELDS, *OURS)]
    shop.rows.extend([cells.get(name, "") for name in (*FIELDS, *OURS)] for cells in (SOUND, *others))
    return shop


def hands(shop: Office) -> list[list[object]]:
    """People's cells, but for Actions, which are emptied."""
    kept = [place for place, name in enumerate(FIELDS) if name != "action"]
    return [[row[place] for place in kept] for row in shop.rows]


def two_runs(shop: Office) -> list[object]:
    """What is wrong with what they plan, and with what they and a third one write to the sheet."""
    before, wrong = hands(shop), list[object]()
    planned = {frozenset[str]()}
    for _ in range(2):
        shop.sync()
        assert shop.last
        planned |= {frozenset({*each.to, *each.cc}) for each in shop.last[0].plan.reminders}
        shop.time += dt.timedelta(hours=2)
    grids = [[list(row) for row in rows] for rows in shop.sheet.grids.values()]
    shop.sync()
    if grids != [*shop.sheet.grids.values()]:
        wrong.append("a run without news has written something")
    if hands(shop) != before:
        wrong.append("a cell of people's has changed")
    for raw in shop.mailbox.written.values():
        looked = hostile.look(raw)
        wrong += looked.wrong
        if looked.recipients not in planned:
            wrong.append(f"it goes to others than was planned: {looked.recipients}")
        if SECRET in b"".join(looked.files.values()) or any(
            "/" in name or "\\" in name for name in looked.files
        ):
            wrong.append(f"it has files that do not lie in the folder: {[*looked.files]}")
    return wrong


def told(shop: Office, tally: Tally, wrong: list[object]) -> list[object]:
    """The same, with what is wrong in the mailbox; told to the figures."""
    sent = [each for each in shop.mailbox.all.values() if "SENT" in each.labels]
    if [each.recipients for each in sent].count(("ap@sound.example",)) != 1:
        wrong.append("the row beside them has not got its letter, once")
    wrong += [each.recipients for each in sent if any(map(foreign, each.recipients))]
    cells = " ".join(str(cell) for row in shop.rows[1:] for cell in row[: len(FIELDS)])
    text = unicodedata.normalize("NFC", cells).lower()
    wrong += [
        f"nobody has written {address}"
        for address in {each for mail in shop.mailbox.all.values() for each in mail.recipients}
        if not any(form in text for form in (address, as_people_see_it(address)))
    ]
    tally["letters looked at for what must not be in them"] += len(shop.mailbox.written)
    tally.wrong({"hostile cells that got through": wrong})
    return wrong


def as_people_see_it(address: str) -> str:
    local, _, domain = address.partition("@")
    return f"{local}@{idna.decode(domain)}" if foreign(address) else address


@pytest.mark.parametrize("first", FIELDS if SOAK else FIELDS[:1])
def test_the_corpus_in_every_field(first: str, folder: Path, figures: Tally) -> None:
    """A row for each cell, all in one sheet; beside it all is well, so that a letter is due.

    The cells stand in one field after the other; where each field has been the first, each cell has been in each.
    """
    place = FIELDS.index(first)
    check_rows([*FIELDS[place:], *FIELDS[:place]], folder, figures)


@pytest.mark.parametrize("field", ["email", "customer"])
def test_the_corpus_where_it_would_hurt_most(field: str, folder: Path, figures: Tally) -> None:
    check_rows([field], folder, figures)


def check_rows(fields: Sequence[str], folder: Path, figures: Tally) -> None:
    others = [
        {**OTHER, "invoice": f"INV-{number}", "customer": f"Customer {number}", field: cell}
        for number, (cell, field) in enumerate(zip(hostile.corpus().values(), cycle(fields), strict=False))
    ]
    shop = shop_of(folder, others)
    figures["hostile cells of the corpus"] += len(others)
    assert not told(shop, figures, two_runs(shop))


@settings(
    max_examples=int(SOAK * 3000) or 30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(others=st.lists(rows, min_size=1, max_size=3), shared=st.booleans())
@example(others=[{"email": "a@b\u00fcro.example"}], shared=False)
def test_whatever_stands_in_some_cells(
    others: list[dict[str, str]], shared: bool, folder: Path, figures: Tally
) -> None:
    """``shared``: the rows are one customer's, so that one letter speaks of them."""
    named = [
        {"invoice": f"INV-{number}", "customer": "Weber KG" if shared else f"Customer {number}"}
        for number in range(len(others))
    ]
    shop = shop_of(folder, [{**OTHER, **name, **cells} for name, cells in zip(named, others, strict=True)])
    figures["hostile cells, made up"] += sum(map(len, others))
    assert not told(shop, figures, two_runs(shop))


@pytest.mark.parametrize(
    "address", ["ap@b\u00fcro.example", "ap@xn--bro-hoa.example", "ap@\u0430\u0440\u0440\u04cf\u0435.example"]
)
@pytest.mark.parametrize("field", ["email", "cc"])
def test_a_letter_to_an_address_in_another_script_waits_for_a_person(
    address: str, field: str, folder: Path
) -> None:
    shop = shop_of(folder, [{**OTHER, field: address}])
    shop.sync()
    assert len(shop.drafts()) == 1
    assert len(shop.sent()) == 1
    assert shop.status("INV-1") == "Draft ready: friendly (2 of 5)"
    assert "xn--" in shop.cell("INV-1", "reminder_note")
    shop.time += dt.timedelta(hours=2)
    shop.sync()
    assert len(shop.sent()) == 1
    shop.write("INV-1", "action", "send")
    shop.sync()
    assert len(shop.sent()) == 2
