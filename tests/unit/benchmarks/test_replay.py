"""The replay, on a ledger of three invoices."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

import ledger
import pytest
import replay
from click.testing import CliRunner

HEADER = "customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,SettledDate"
ROWS = [
    "0706-NRGUP,11,1/2/2012,1/4/2012,35.70,1/9/2012",
    "2026-XLBER,12,1/3/2012,1/8/2012,60.93,1/6/2012",
    "9174-IYKOC,13,1/5/2012,1/5/2012,92.67,1/5/2012",
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join([HEADER, *ROWS]), encoding="utf-8")
    return path


def test_lives_through_a_ledger_and_agrees_with_the_plain_count(file, tmp_path):
    told = tmp_path / "replay.md"
    result = CliRunner().invoke(replay.main, [str(file), "--write", str(told)])
    assert result.exit_code == 0, result.output
    assert "3 invoices, 2012-01-02 to 2012-01-09: 8 days" in result.output
    assert "| 2012-01 | 1 | 1 | 0 | 0 | 0 | 2 |" in result.output
    assert "Both counts agree." in result.output
    assert "| 2012-01 | 1 | 1 | 0 | 0 | 0 | 2 |" in told.read_text(encoding="utf-8")


def test_tells_every_difference(file):
    short = replay.Replay(sent=Counter({("friendly", "2012-01"): 2}), pairs=Counter({("11", "friendly"): 2}))
    expected = ledger.count(ledger.read(file), dt.date(2012, 1, 9))
    assert [*replay.differences(short, expected)] == [
        "2012-01, courtesy: 0 sent, 1 expected.",
        "2012-01, friendly: 2 sent, 1 expected.",
        "11 got friendly 2 times.",
    ]


def test_a_difference_is_an_error_and_nothing_is_written(file, tmp_path, monkeypatch):
    monkeypatch.setattr(replay, "live", lambda *_: replay.Replay(seconds=[1.0], calls=Counter(sheets=1)))
    told = tmp_path / "replay.md"
    result = CliRunner().invoke(replay.main, [str(file), "--write", str(told)])
    assert result.exit_code == 1
    assert "2012-01, friendly: 0 sent, 1 expected." in result.output
    assert not told.exists()


@pytest.mark.parametrize("arguments", [[], ["no/such/ledger.csv"]])
def test_skips_in_one_line_where_there_is_no_ledger(arguments):
    result = CliRunner().invoke(replay.main, arguments)
    assert result.exit_code == 0
    assert result.output.startswith("Skipped: there is no ledger")
    assert result.output.count("\n") == 1


def test_entries_are_typed_as_paid_where_they_were_settled_at_once(file):
    (*_, row) = [replay.typed_in(entry) for entry in ledger.read(file)]
    assert row == [
        "13",
        "Customer 9174-IYKOC",
        "ap@9174-iykoc.example",
        "2012-01-05",
        "2012-01-05",
        str(Decimal("92.67")),
        "92.67",
    ]
