"""The first day: old invoices that were chased by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from office import Office, ladder, office

from sheetsdun.cli.levels import read_levels
from sheetsdun.domain.policy import Level, Policy
from sheetsdun.errors import LeaseHeld, Refused, UsageError
from sheetsdun.rows.columns import Columns
from sheetsdun.sync import claims
from sheetsdun.sync.backfill import Backfill, look, record
from sheetsdun.sync.claims import Claim, Source


def old(level: str = "firm", before: int = -10) -> Source:
    return claims.due_before(dt.date(2026, 3, 2) + dt.timedelta(before), level)


def run(shop: Office, source: Source) -> Backfill:
    found = look(shop.desk, source)
    if found.chosen and not found.mistakes:
        record(shop.desk, found)
    return found


def chosen(found: Backfill) -> dict[str, str]:
    return {each.invoice.id: each.rung.level.name for each in found.chosen}


def test_old_invoices_go_on_above_the_level_once_its_time_has_passed_from_today() -> None:
    shop = office()
    shop.add("OLD", due=-300)
    shop.add("NEW", due=-4, customer="Other", email="o@other.example")
    assert chosen(run(shop, old())) == {"OLD": "firm"}
    shop.sync()
    assert shop.status("OLD") == "Next: final on 12 Mar"
    assert shop.cell("OLD", "reminder_level") == "firm (4 of 5)"
    assert len(shop.drafts()) == 1
    shop.pass_days(10)
    shop.sync()
    assert shop.status("OLD") == "Draft ready: final (5 of 5)"


def test_the_next_level_is_shown_before_anything_is_written() -> None:
    shop = office()
    shop.add("OLD", due=-300)
    found = look(shop.desk, old())
    assert found.chosen[0].then.until == dt.date(2026, 3, 12)
    assert not shop.sheet.chain_


def test_a_second_run_finds_nothing_to_do() -> None:
    shop = office()
    shop.add("OLD", due=-300)
    run(shop, old())
    again = run(shop, old())
    assert not again.chosen
    assert again.left_out == {"that far already": 1}
    assert len(shop.sheet.chain_) == 1


def test_closed_broken_and_drafted_invoices_are_left_out_and_counted() -> None:
    shop = office()
    shop.add("DRAFTED", due=-300, customer="Other", email="o@other.example")
    shop.sync()
    shop.add("PAID", due=-300, paid=100)
    shop.add("BROKEN", due=-300, amount="#REF!")
    shop.add("OLD", due=-300)
    found = run(shop, old())
    assert chosen(found) == {"OLD": "firm"}
    assert found.left_out == {"with an open letter": 1, "closed": 1, "with a problem": 1}


def test_invoices_whose_ladder_has_no_such_level_are_counted_too() -> None:
    """Nobody should think that they are chased no more: the next sync would write to them."""
    short = Policy("short", (Level(name="only", offset=3, template="friendly"),))
    shop = office(policies={"standard": ladder(), "short": short})
    shop.add("OLD", due=-300)
    shop.add("SHORT", due=-300, escalation="short")
    shop.add("PAID", due=-300, escalation="short", paid=100)
    shop.add("UNKNOWN", due=-300, escalation="nice")
    found = run(shop, old())
    assert chosen(found) == {"OLD": "firm"}
    assert found.left_out == {
        "of the policy “short”, which has no level “firm”": 1,
        "closed": 1,
        "with a problem": 1,
    }


def test_what_is_due_on_the_day_itself_is_not_old_and_rows_without_a_number_or_a_day_stop_nobody() -> None:
    shop = office()
    shop.add("OLD", due=-11)
    shop.add("ON THE DAY", due=-10)
    shop.add("", due=-300)
    shop.add("NO DAY", due=0)
    shop.write("NO DAY", "due", "soon")
    found = run(shop, old())
    assert not found.mistakes
    assert chosen(found) == {"OLD": "firm"}
    assert not found.left_out


def test_a_level_that_no_policy_has_is_a_mistake() -> None:
    with pytest.raises(UsageError, match="No policy has a level “nice”"):
        look(office().desk, old("nice"))


def test_levels_are_named_without_regard_to_case() -> None:
    shop = office()
    shop.add("OLD", due=-300)
    assert chosen(run(shop, claims.listed([Claim("line 2", "old", "FIRM")]))) == {"OLD": "firm"}
    spoken = Policy("standard", (Level(name="Firm", offset=3, template="firm"),))
    shop = office(policies={"standard": spoken})
    shop.add("OLD", due=-300)
    assert chosen(run(shop, old("firm"))) == {"OLD": "Firm"}


def test_every_mistake_is_told_with_its_place_and_nothing_is_written() -> None:
    shop = office()
    shop.add("A", due=-300)
    shop.add("B", due=-300)
    shop.add("B", due=-300)
    lines = [("A", "firm"), ("C", "firm"), ("B", "firm"), ("A", "final"), ("A", "firm")]
    found = run(shop, claims.listed(Claim(f"line {n}", *line) for n, line in enumerate(lines, 2)))
    assert found.mistakes == [
        "line 3: there is no invoice “C” in the sheet",
        "line 4: “B” stands in 2 rows of the sheet",
        "line 5: “A” is at “firm” in line 2",
    ]
    assert not shop.sheet.chain_


def test_a_column_of_the_sheet_can_hold_the_levels() -> None:
    shop = office()
    shop.rows[0].append("Last letter")
    for name, level in (("A", " friendly\u00a0"), ("B", ""), ("C", "loud"), ("", "firm")):
        shop.add(name, due=-300)
        shop.rows[-1].append(level)
    shop.add("D", due=-300)  # its row ends before that column
    found = run(shop, claims.column("last letter", "Invoices", Columns()))
    assert chosen(found) == {"A": "friendly"}
    assert found.mistakes == [
        "row 4: the policy “standard” has no level “loud”, but courtesy, friendly, reminder, firm, final"
    ]
    with pytest.raises(UsageError, match="no column “Level”"):
        look(shop.desk, claims.column("Level", "Invoices", Columns()))
    shop.rows[0].append("LAST  letter")
    with pytest.raises(UsageError, match="several columns “Last letter”"):
        look(shop.desk, claims.column("Last letter", "Invoices", Columns()))


def test_a_run_that_went_on_meanwhile_wins() -> None:
    shop = office()
    shop.add("OLD", due=-300)
    found = look(shop.desk, old())
    shop.sync()
    before = [list(row) for row in shop.sheet.grids["Reminder log"]]
    with pytest.raises(LeaseHeld):
        record(shop.desk, found)
    assert shop.sheet.grids["Reminder log"] == before


def test_a_damaged_log_is_not_written_to() -> None:
    shop = office()
    shop.add("OLD", due=-300)
    shop.add("NEW", due=-4, customer="Other", email="o@other.example")
    shop.sync()
    del shop.sheet.grids["Reminder log"][2]
    with pytest.raises(Refused, match="recover"):
        look(shop.desk, old())


def write(folder: Path, text: str) -> Path:
    path = folder / "levels.csv"
    path.write_bytes(text.encode("utf-8"))
    return path


def test_a_file_as_spreadsheets_write_it(tmp_path: Path) -> None:
    text = (
        '\ufeffLevel;Note;Invoice\r\nfirm;"two\r\nlines";INV-1\r\n\r\n;;INV-2\r\nfinal;;\r\nfirm;;INV-3\r\n'
    )
    found, mistakes = read_levels(write(tmp_path, text))
    assert found == [Claim("line 2", "INV-1", "firm"), Claim("line 7", "INV-3", "firm")]
    assert mistakes == ["line 5: there is no level", "line 6: there is no invoice"]


@pytest.mark.parametrize("text", ["", "number,level\n1,firm\n", "invoice,level,level\n"])
def test_a_file_without_its_two_columns_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="invoice"):
        read_levels(write(tmp_path, text))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "levels.csv").write_bytes(b"invoice,level\n\xff,firm\n")
    with pytest.raises(UsageError, match="UTF-8"):
        read_levels(tmp_path / "levels.csv")
