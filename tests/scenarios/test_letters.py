"""What the sheet and the log tell letters, through the whole routine."""

from email import message_from_bytes, policy
from functools import partial

import pytest
from office import office

from sheetsdun.letters import TemplateMistake, Templates


def text_of(made, place=-1):
    composed = made.last[0].letters[place]
    mail = message_from_bytes(composed.raw, policy=policy.default)
    return mail.get_body(("plain",)).get_content()


def column(made, title, *values):
    """One more column of the sheet, a value for each row."""
    made.rows[0].append(title)
    for row, value in zip(made.rows[1:], values, strict=True):
        row.extend([""] * (len(made.rows[0]) - len(row) - 1) + [value])


def test_a_column_that_means_nothing_to_us(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "friendly.md").write_text(
        "Subject: x\n\n{{ invoice.number }}, your order {{ row['po NUMBER'] }}\n"
    )
    made = office(templates=Templates(tmp_path))
    made.add("INV-1", due=-3)
    column(made, "PO  Number", "4500017")
    made.sync()
    assert "INV-1, your order 4500017" in text_of(made)


def test_a_column_that_is_not_there_is_told_before_anything_is_claimed(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "friendly.md").write_text("Subject: x\n\n{{ invoice.number }}\n{{ row['Colour'] }}\n")
    made = office(templates=Templates(tmp_path))
    made.add("INV-1", due=-3)
    with pytest.raises(TemplateMistake, match=r"friendly\.md:4: the sheet has no column “Colour”"):
        made.sync()
    assert made.drafts() == []


def test_a_letter_that_is_too_long_is_told_in_its_row_and_stops_no_other(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "friendly.md").write_text(
        "Subject: x\n\n{% for one in invoices %}- {{ one.number }}: "
        + "please pay " * 20
        + "\n{% endfor %}\n"
    )
    made = office(templates=Templates(tmp_path))
    for number in range(300):
        made.add(f"OF-{number}", due=-3)
    made.add("INV-1", due=-3, customer="Adler", email="ap@adler.example")
    made.sync()
    assert len(made.drafts()) == 1
    assert made.status("INV-1") == "Draft ready: friendly (2 of 5)"
    assert made.status("OF-17") == "Problem: the letter could not be written"
    assert "the letter would have more than 60,000 characters" in made.cell("OF-17", "reminder_note")
    made.sync()
    assert not made.last[1].events


def test_a_language_without_letters_gets_ours_and_the_row_is_told():
    made = office(language="de", templates=Templates(language="de"))
    made.add("INV-1", due=-3)
    column(made, "Language", "Klingon")
    made.sync()
    assert "Bitte überweisen Sie" in text_of(made)
    assert "There are no letters in “klingon”; they are written in “de”." in made.cell(
        "INV-1", "reminder_note"
    )
    made.sync()
    assert not made.last[1].letters


def test_what_is_owed_in_other_currencies_is_told_and_not_asked_for():
    made = office()
    made.add("INV-1", due=-10)
    made.add("INV-2", due=-4, amount=70)
    column(made, "Currency", "EUR", "USD")
    made.sync()
    text = next(text for text in map(partial(text_of, made), range(2)) if "INV-1" in text)
    assert "Amounts overdue in other currencies are not included here: US$70.00." in text


def test_the_next_letter_names_the_day_of_the_one_before():
    made = office()
    made.add("INV-1", due=-3)
    made.sync()
    assert "We last wrote" not in text_of(made)
    (draft_id,) = made.mailbox.draft_ids
    made.pass_days(1)
    made.mailbox.send_by_hand(draft_id)
    made.sync()
    made.pass_days(7)
    made.sync()
    assert "We last wrote to you about it on 3 March 2026." in text_of(made)
