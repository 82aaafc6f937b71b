from __future__ import annotations

import datetime as dt
import inspect
import re
from decimal import Decimal
from string import Formatter

import pytest

from sheetsdun.domain import reasons
from sheetsdun.domain.decision import Reason
from sheetsdun.domain.invoice import Action, Problem
from sheetsdun.domain.policy import Channel
from sheetsdun.domain.reasons import Code
from sheetsdun.rows import vocabulary
from sheetsdun.rows.columns import DEFAULTS
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.words import LANGUAGES, Words
from sheetsdun.rows.words.language import Phrase

TODAY = dt.date(2026, 11, 21)
NOT_DECIDED = list(Code)[list(Code).index(Code.FACTS_CHANGED) :]
"""Codes of withdrawals, flags and answers: no decision has them."""

LEVEL = {"level": "firm", "place": 4, "levels": 5}


def needs(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def documented():
    """What the domain says that each code comes with."""
    source = inspect.getsource(reasons)
    found = re.findall(r'^    \w+ = "(\w+)"\n    """(.*?)"""', source, re.MULTILINE | re.DOTALL)
    return {code: set(re.findall(r"\w+", text)) for code, text in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_said(language):
    words = LANGUAGES[language]
    assert set(words.reasons) == set(Code)
    assert set(words.status) == set(Code) - set(NOT_DECIDED) - {
        Code.BROKEN_PROMISE,
        Code.NO_LANGUAGE,
        Code.FOREIGN_ADDRESS,
    }
    assert set(words.problems) == set(Flaw)
    assert set(words.phrases) == set(Phrase)
    assert set(words.tasks) == set(Channel)
    assert set(words.ahead) == {Code.LEVEL_DUE, Code.TASK_DUE}
    assert len(words.months) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_status_is_known_by_its_words(language):
    words = Words(language, TODAY)
    args = {
        "until": TODAY,
        "date": TODAY,
        "who": "Anna",
        "policy": "soft",
        "field": "due",
        "problem": "x",
        "deadline": TODAY,
    }
    for code in LANGUAGES[language].status:
        for channel in Channel:
            assert words.is_status(words.status(Reason(code, {**LEVEL, **args, "channel": channel})))
    assert words.is_status(words.phrase(Phrase.SENT_BY_HAND, date=TODAY))
    assert words.is_status(f"{words.task(Channel.CALL)}: +49 30 1234567, Anna (Weber)")
    for other in ("", "Ask Jo", "12", "Reminders:", "{task}", "Σ Paid", "firm (4 of 5)"):
        assert not words.is_status(other)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", ["reasons", "status", "problems", "phrases", "ahead"])
def test_each_language_says_the_same(language, table):
    english, words = getattr(LANGUAGES["en"], table), getattr(LANGUAGES[language], table)
    assert {code: needs(text) for code, text in words.items()} == {
        code: needs(text) for code, text in english.items()
    }


def test_nothing_is_said_that_a_reason_does_not_come_with():
    composed = {"step": "place", "task": "channel", "problem": "problem"}
    known = documented()
    for table in ("reasons", "status", "ahead"):
        for code, text in getattr(LANGUAGES["en"], table).items():
            for name in needs(text):
                assert composed.get(name, name) in known[code], f"{table} {code}: {name}"


def test_dates():
    day = dt.date(2026, 3, 1)
    assert [Words(language, TODAY).date(day) for language in LANGUAGES] == ["1 Mar", "1 марта", "1. März"]
    later = dt.date(2027, 3, 1)
    assert [Words(language, TODAY).date(later) for language in LANGUAGES] == [
        "1 Mar 2027",
        "1 марта 2027",
        "1. März 2027",
    ]
    assert Words("en").date(day) == "1 Mar 2026"


def test_money():
    amount = Decimal("-1234567.50")
    assert [Words(language).money(amount) for language in LANGUAGES] == [
        "−1,234,567.50", "−1\u00a0234\u00a0567,50", "−1.234.567,50",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 день"), (2, "2 дня"), (5, "5 дней"), (11, "11 дней"), (14, "14 дней"), (21, "21 день"), (22, "22 дня"), (111, "111 дней"), (101, "101 день"), (0, "0 дней")],
)  # fmt: skip
def test_russian_counts(count, said):
    assert Words("ru").days(count) == said


def test_counts_of_the_others():
    assert (Words("en").days(1), Words("en").days(3)) == ("1 day", "3 days")
    assert (Words("de").days(1), Words("de").days(3)) == ("1 Tag", "3 Tage")


@pytest.mark.parametrize(
    ("code", "args", "said"),
    [
        (Code.DRAFT_READY, LEVEL, "Draft ready: firm (4 of 5)"),
        (Code.DRAFT_DISCARDED, LEVEL, "Draft deleted: choose redo or skip"),
        (Code.DRAFT_UNCERTAIN, LEVEL, "Uncertain: look in Sent, then choose redo or skip"),
        (Code.NEXT_LEVEL, LEVEL | {"until": dt.date(2026, 12, 3)}, "Next: firm on 3 Dec"),
        (Code.HELD_UNTIL, {"date": dt.date(2026, 12, 5)}, "On hold until 5 Dec"),
        (Code.PAID, {}, "Paid"),
        (Code.REPLIED, {"who": "Ann <a@x.com>", "date": TODAY}, "Ann <a@x.com> answered on 21 Nov"),
        (
            Code.PROBLEM,
            {"field": "amount", "problem": "unreadable_amount", "value": "abc"},
            "Problem: Amount is no amount: “abc”",
        ),
        (Code.TASK_DUE, LEVEL | {"days": 3, "channel": "call"}, "Call today"),
    ],
)
def test_statuses_read_as_a_person_would_say_it(words, code, args, said):
    assert words.status(Reason(code, args)) == said


@pytest.mark.parametrize(
    ("code", "args", "said"),
    [
        (Code.LEVEL_DUE, LEVEL | {"days": 1}, "Firm (4 of 5) is due: 1 day past due."),
        (Code.LEVEL_DUE, LEVEL | {"days": -3}, "Firm (4 of 5) is due: 3 days before the due date."),
        (Code.TASK_DUE, LEVEL | {"days": 12, "channel": "sms"}, "Send a text message today (firm (4 of 5)): 12 days past due."),
        (Code.DRAFT_READY, LEVEL | {"place": 0, "levels": 0}, "The draft of firm waits in Gmail: read it, then send it."),
        (Code.ACTION_SKIP, {"level": "firm"}, "Firm counts as done."),
        (Code.CREDIT_NOTE, {"balance": Decimal("-12.50"), "currency": "EUR"}, "A credit note: −12.50 EUR are set against this customer's other invoices."),
        (Code.BOUNCED, {"who": "", "date": TODAY}, "The letter to — came back on 21 Nov. Check the address, then choose clear."),
        (Code.PROBLEM, {"field": "", "problem": "duplicate", "value": "7, 9"}, "The same number stands in row 7, 9."),
    ],
)  # fmt: skip
def test_reasons(words, code, args, said):
    assert words.reason(Reason(code, args)) == said


def test_a_month_that_is_cut_off_ends_its_sentence_too():
    day = dt.date(2026, 11, 23)
    args = LEVEL | {"until": day, "deadline": day}
    said = Words("ru", TODAY).reason(Reason(Code.DEADLINE, args))
    assert said == "В последнем письме дан срок до 23 нояб. Далее: firm (4 из 5), 23 нояб."


def test_a_status_is_no_place_to_fail(words):
    assert words.status(Reason(Code.HELD_UNTIL)) == "On hold until —"
    assert words.problem(Problem("amount", "of_a_later_version", "x")) == "of_a_later_version"


def test_what_a_cell_says_is_clipped_and_harmless(words):
    said = words.reason(Reason(Code.UNKNOWN_POLICY, {"policy": "{x}\u202e" + "y" * 2000}))
    assert "{x}y" in said
    assert "\u202e" not in said
    assert len(said) < 600


def test_statuses_ask_for_words_that_the_action_column_knows():
    for language, redo, skip in (
        ("en", "redo", "skip"),
        ("ru", "заново", "пропустить"),
        ("de", "neu", "überspringen"),
    ):
        text = LANGUAGES[language].status[Code.DRAFT_DISCARDED]
        assert redo in text
        assert skip in text
        offered = vocabulary.offered(language)
        assert {redo, skip} <= set(offered)
        assert [vocabulary.ACTIONS[word] for word in offered] == list(Action)
        assert offered[3] in LANGUAGES[language].reasons[Code.REPLIED]
        assert all(word in LANGUAGES[language].problems[Flaw.UNKNOWN_ACTION] for word in offered)


def test_the_note_on_the_header(words):
    said = words.phrase(Phrase.CHECKED, when="21 Nov 09:00", ready=3, help=1)
    assert said == "Checked on 21 Nov 09:00. Drafts ready: 3. Rows that need help: 1."


def test_fields_are_called_as_the_sheet_calls_them():
    words = Words("de", TODAY, DEFAULTS | {"amount": "Betrag"})
    assert words.problem(Problem("amount", Flaw.UNREADABLE_AMOUNT, "x")) == "Betrag: „x“ ist kein Betrag"
