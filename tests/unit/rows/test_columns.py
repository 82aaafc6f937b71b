from __future__ import annotations

import pytest

from sheetsdun.errors import Refused
from sheetsdun.rows import headers
from sheetsdun.rows.columns import DEFAULTS, NEEDED, Columns, locate, places
from sheetsdun.rows.headers import propose

HEADER = ("Invoice", "Customer", "Email", "Amount", "Due")


def test_columns_are_found_without_regard_to_case_blanks_and_place():
    header = ("", "due", "AMOUNT", " e mail ", "Customer\u00a0", "In\nvoice", "Something")
    assert locate(header, Columns()) == {"due": 1, "amount": 2, "email": 3, "customer": 4, "invoice": 5}


def test_a_missing_column_is_told_with_what_is_there():
    with pytest.raises(Refused) as told:
        locate(("Invoice", "Customer", "Email", "Betrag", "Due"), Columns(), "Invoices")
    assert str(told.value) == (
        "The header row of “Invoices” is not as expected: there is no “Amount” (amount). "
        "It has: “Invoice”, “Customer”, “Email”, “Betrag”, “Due”. "
        'Mend the header row, or name its columns under [columns] in the config (a column that is not wanted is named "").'
    )
    assert told.value.exit_code == 3


@pytest.mark.parametrize("twice", ["Amount", "Paid"])
def test_a_column_that_stands_twice_is_told(twice):
    with pytest.raises(Refused, match=f"“{twice}” stands more than once"):
        locate((*HEADER, "Paid", twice), Columns())


def test_several_mistakes_are_told_at_once():
    with pytest.raises(Refused, match=r"no “Email” \(email\); there is no “Due” \(due\)"):
        locate(("Invoice", "Customer", "Amount"), Columns())


def test_optional_columns_may_be_missing_unless_a_person_has_named_them():
    assert "phone" not in locate(HEADER, Columns())
    with pytest.raises(Refused, match="“Handy”"):
        locate(HEADER, Columns.of({"phone": "Handy"}))


def test_our_own_columns_are_no_reason_to_refuse():
    assert locate((*HEADER, "Draft", "Draft"), Columns.of({"reminder_note": "Note"})) == dict(
        zip(NEEDED, range(5), strict=True)
    )


@pytest.mark.parametrize("renamed", ["Bezahlt", "Paid amount", "Hold", "Escalation policy", "Zusage"])
def test_a_column_that_stops_reminders_and_was_renamed_is_noticed(renamed):
    if renamed == "Escalation policy":
        assert locate((*HEADER, renamed), Columns())  # not in any list: nothing to notice
        return
    with pytest.raises(Refused, match="looks like it"):
        locate((*HEADER, renamed), Columns())


def test_a_person_can_say_that_there_is_no_such_column():
    columns = Columns.of({"paid": ""})
    assert "paid" not in locate((*HEADER, "Payments"), columns)
    assert not columns.again("")


def test_an_empty_header_cell_is_no_column():
    assert places(("", "", "Due"), Columns.of({"paid": ""})) == {"due": 2}


def test_what_is_read_again_before_writing():
    columns = Columns.of({"action": "Aktion"}, ("invoice", "issued"))
    header = ("Invoice", "Customer", "issued ", "AKTION", "Action", "", "Reminderstatus", "Draft", "Paid")
    assert [name for name in header if columns.again(name)] == [
        "Invoice", "issued ", "AKTION", "Reminderstatus", "Draft",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (
            ["Invoice No.", "Client", "E-mail", "Amount (EUR)", "Due date", "Amount paid", "Comment"],
            {"invoice": "Invoice No.", "customer": "Client", "email": "E-mail", "amount": "Amount (EUR)", "due": "Due date", "paid": "Amount paid"},
        ),
        (
            ["№ счёта", "Клиент", "Эл. почта", "Сумма, руб.", "Срок оплаты", "Оплачено", "Валюта", "Комментарий"],
            {"invoice": "№ счёта", "customer": "Клиент", "email": "Эл. почта", "amount": "Сумма, руб.", "due": "Срок оплаты", "paid": "Оплачено", "currency": "Валюта"},
        ),
        (
            ["Rechnungs-Nr.", "Kunde", "E-Mail", "Rechnungsbetrag", "Fällig am", "Bezahlt", "Rechnungsdatum", "Ansprechpartner"],
            {"invoice": "Rechnungs-Nr.", "customer": "Kunde", "email": "E-Mail", "amount": "Rechnungsbetrag", "due": "Fällig am", "paid": "Bezahlt", "issued": "Rechnungsdatum", "contact": "Ansprechpartner"},
        ),
    ],
)  # fmt: skip
def test_headers_of_three_languages_are_understood(header, found):
    assert dict(propose(header).found) == found


def test_our_default_headers_are_understood():
    assert dict(propose(tuple(DEFAULTS.values())).found) == dict(DEFAULTS)


def test_of_two_likely_headers_the_more_telling_one_is_taken():
    proposal = propose(["Nr", "Rechnungsnummer", "Notizen", ""])
    assert proposal.found == {"invoice": "Rechnungsnummer"}
    assert proposal.unknown == ("Nr", "Notizen")


def test_no_word_means_two_fields():
    words = [
        headers._plain(word)
        for lines in headers._SYNONYMS.values()
        for word in {headers._plain(word) for word in lines.replace("\n", " ").split(";")}
        if word
    ]
    assert sorted(word for word in words if words.count(word) > 1) == []
