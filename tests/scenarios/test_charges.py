"""Interest and fees on their way into a letter, and their absence from the sheet."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from office import Office, ladder, office

from sheetsdun.domain.charges.contractual import Contractual
from sheetsdun.domain.policy import Policy


def shop() -> Office:
    """An office whose second and third overdue levels charge ten percent a year and ten euros."""
    made = office(charges={"late": Contractual(interest=Decimal(10), fee={"EUR": Decimal("10.00")})})
    plain = ladder()
    levels = tuple(
        replace(level, charge="late", deadline_days=0) if level.offset >= 10 else level
        for level in plain.levels
    )
    terms = replace(made.desk.settings.terms, policies={"standard": Policy("standard", levels)})
    made.desk = replace(made.desk, settings=replace(made.desk.settings, terms=terms))
    return made


def text(made: Office) -> str:
    (draft,) = made.mailbox.draft_ids.values()
    return made.mailbox.all[draft].text


def test_a_letter_shows_principal_charges_and_total_apart() -> None:
    made = shop()
    made.add("INV-1", due=-15)
    made.write("INV-1", "action", "skip")
    made.sync()
    # The friendly letter is skipped; the reminder would go seven days after it.
    made.pass_days(7)
    made.sync()
    lines = [" ".join(line.split()) for line in text(made).splitlines()]
    assert "Principal €100.00" in lines
    assert "Interest for late payment €0.60" in lines  # 22 days
    assert "Fees for reminders €10.00" in lines
    assert "Everything due now €110.60" in lines
    assert any("transfer €110.60" in line for line in lines)
    (letter,) = made.history.letters.values()
    assert [part.balance for part in letter.parts] == [100]


def test_a_draft_that_lies_for_days_is_left_as_it_is() -> None:
    made = shop()
    made.add("INV-1", due=-15)
    made.write("INV-1", "action", "skip")
    made.sync()
    made.pass_days(7)
    made.sync()
    before = text(made)
    made.pass_days(6)
    made.sync()
    assert text(made) == before
    made.write("INV-1", "paid", 50)
    made.sync()
    assert "€0.38" in text(made)  # 28 days on half of it


def test_a_letter_without_a_charge_is_as_ever() -> None:
    made = shop()
    made.add("INV-1", due=-15)
    made.sync()
    assert "Principal" not in text(made)
