"""Which mail is an answer, which a letter that came back, and which neither; each is told once."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from email.message import EmailMessage

import pytest
from embedded.reports import report
from office import Office, office

from sheetsdun.domain.history import State

CAME_BACK = "Came back on 3 Mar: check the address"
NOTHING = "Sent on 2 Mar"


@pytest.fixture
def shop() -> Office:
    """One letter that has gone, yesterday."""
    made = office()
    made.add("INV-1", due=-4, escalation="auto")
    made.sync()
    made.pass_days(1)
    return made


def answered(shop: Office) -> bool:
    return "answered" in shop.status("INV-1")


def expire(shop: Office) -> None:
    """Gmail has forgotten its history, so that mail is searched for."""
    shop.mailbox.oldest = 10**9


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-generated; type=vacation"},
        {"Precedence": "Bulk"},
        {"Precedence": "auto_reply"},
        {"Precedence": "junk"},
        {"Precedence": "list"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "away"},
        {"X_Auto_Response_Suppress": "All"},
    ],
    ids=str,
)
def test_what_no_person_wrote_is_no_answer(shop: Office, headers: dict[str, str]) -> None:
    shop.answer("I am away.", **headers)
    shop.sync()
    assert shop.status("INV-1") == NOTHING


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "No"}, {"Precedence": "first-class"}], ids=str)
def test_what_says_that_a_person_wrote_it_is_an_answer(shop: Office, headers: dict[str, str]) -> None:
    shop.answer(**headers)
    shop.sync()
    assert answered(shop)


@pytest.mark.parametrize(
    "headers",
    [
        {"sender": "Postmaster <postmaster@mx.example>"},
        {"sender": "MAILER-DAEMON@mx.example"},
        {"sender": "robot@mx.example", "X_Failed_Recipients": "ap@weber.example"},
        {"sender": "AP@weber.example", "X_Failed_Recipients": "ap@weber.example"},
        {"sender": "robot@mx.example", "Content_Type": "multipart/report; report-type=delivery-status"},
    ],
    ids=str,
)
def test_a_letter_that_came_back_is_known_by_any_of_its_marks(shop: Office, headers: dict[str, str]) -> None:
    kind = headers.pop("Content_Type", "")
    shop.answer("It could not be delivered.", **headers)
    last = [*shop.mailbox.all.values()][-1]
    if kind:
        last.content.replace_header("Content-Type", kind)
    shop.sync()
    assert shop.status("INV-1") == CAME_BACK
    assert "The letter to ap@weber.example came back" in shop.cell("INV-1", "reminder_note")


def test_a_report_of_another_kind_has_not_come_back(shop: Office) -> None:
    shop.answer("It was read.", sender="robot@mx.example", Auto_Submitted="auto-replied")
    last = [*shop.mailbox.all.values()][-1]
    last.content.replace_header("Content-Type", "multipart/report; report-type=disposition-notification")
    shop.sync()
    assert shop.status("INV-1") == NOTHING


@pytest.mark.parametrize(
    ("reported", "header", "named"),
    [
        ("b@weber.example", "", "b@weber.example"),
        ("forwarded@elsewhere.example", "", "forwarded@elsewhere.example"),
        ("", "b@weber.example", "b@weber.example"),
        ("", "", "a@weber.example, b@weber.example"),
    ],
    ids=["one of ours", "one that ours passes on to", "in the header alone", "nowhere"],
)
def test_the_address_that_could_not_be_reached_is_named_as_far_as_it_is_known(
    reported: str, header: str, named: str
) -> None:
    shop = office()
    shop.add("INV-1", due=-4, escalation="auto", email="a@weber.example, B@weber.example")
    shop.sync()
    (sent,) = shop.mailbox.all.values()
    mail = EmailMessage()
    mail["From"] = "mailer-daemon@mx.example"
    mail.set_content("It could not be delivered.")
    if reported:
        mail = email.message_from_bytes(report("failed", reported), policy=email.policy.default)  # type: ignore[assignment]  # as the policy makes it
    if header:
        mail["X-Failed-Recipients"] = header
    del mail["Subject"]
    mail["Subject"], mail["In-Reply-To"] = f"Re: {sent.content['Subject']}", sent.rfc_id
    shop.mailbox.receive(mail.as_bytes())
    shop.sync()
    assert f"letter to {named} came back" in shop.cell("INV-1", "reminder_note").lower()


def test_what_bears_the_debtors_own_address_is_believed_in_what_its_header_names(shop: Office) -> None:
    shop.answer("It could not be delivered.", X_Failed_Recipients="chief@weber.example")
    shop.sync()
    assert "The letter to chief@weber.example came back" in shop.cell("INV-1", "reminder_note")


@pytest.mark.parametrize("expired", [False, True], ids=["by history", "by search"])
@pytest.mark.parametrize("label", ["TRASH", "CHAT"])
def test_what_was_thrown_away_or_is_no_mail_is_no_answer(shop: Office, label: str, expired: bool) -> None:
    shop.answer()
    [*shop.mailbox.all.values()][-1].labels.add(label)
    if expired:
        expire(shop)
    shop.sync()
    assert shop.status("INV-1") == NOTHING


def test_what_we_write_in_the_thread_ourselves_is_no_answer(shop: Office) -> None:
    shop.answer()
    [*shop.mailbox.all.values()][-1].labels = {"SENT"}
    expire(shop)
    shop.sync()
    assert shop.status("INV-1") == NOTHING


def test_nothing_is_searched_for_as_long_as_gmail_remembers(shop: Office) -> None:
    shop.answer()
    shop.hooks.calls.clear()
    shop.sync()
    assert answered(shop)
    assert "search" not in shop.hooks.calls


def test_an_answer_that_search_finds_again_is_told_once(shop: Office) -> None:
    shop.answer()
    expire(shop)
    shop.sync()
    assert answered(shop)
    links = len(shop.sheet.chain_)
    shop.sync()
    assert len(shop.sheet.chain_) == links


@pytest.mark.parametrize("early", [0, 40], ids=["since the last run", "while the last run went on"])
def test_an_answer_that_gmails_history_no_longer_tells_of_is_found_however_old_it_is(
    shop: Office, early: int
) -> None:
    shop.pass_days(-1)
    shop.add("INV-2", due=-4, customer="Adler", email="ap@adler.example")

    def meanwhile(_number: int, name: str) -> None:
        if name == "create":
            shop.answer()
            shop.time += dt.timedelta(minutes=early)

    shop.hooks.before = meanwhile
    shop.sync()
    shop.hooks.before = lambda _number, _name: None
    assert not answered(shop)
    expire(shop)
    shop.pass_days(20)
    shop.sync()
    assert "answered on 2 Mar" in shop.status("INV-1")


def test_a_letter_may_be_sent_by_hand_and_answered_between_two_runs() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    shop.mailbox.send_by_hand(shop.drafts()[0][0])
    shop.answer(sender="Ms Weber <AP@Weber.example>")
    shop.sync()
    assert answered(shop)
    assert [letter.state for letter in shop.history.letters.values()] == [State.SENT]


def test_an_answer_counts_from_the_day_on_which_it_came(shop: Office) -> None:
    shop.answer()
    shop.pass_days(3)
    shop.sync()
    assert "answered on 3 Mar" in shop.status("INV-1")


def test_mail_that_is_deleted_while_it_is_read_stops_nobody(shop: Office) -> None:
    shop.answer()
    received = [*shop.mailbox.all][-1]
    shop.hooks.before = lambda _number, name: (
        None if name != "messages" else shop.mailbox.all.pop(received, None) and None
    )
    shop.sync()
    assert shop.status("INV-1") == NOTHING


def test_an_answer_in_a_thread_of_its_own_belongs_to_the_letter_that_it_quotes(shop: Office) -> None:
    (letter,) = shop.history.letters
    for text in ("Your invoice?", f"Your letter {letter.lower()}, please?"):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "chief@weber.example", "A question"
        mail.set_content(text)
        shop.mailbox.receive(mail.as_bytes())
        shop.sync()
        assert answered(shop) is (letter.lower() in text)


def test_mail_that_quotes_what_is_no_letter_of_ours_is_nobodys(shop: Office) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "chief@weber.example", "Ref. SD-ZZZZZZ"
    mail.set_content("A question")
    shop.mailbox.receive(mail.as_bytes())
    shop.sync()
    assert shop.status("INV-1") == NOTHING
    assert [each.state for each in shop.history.letters.values()] == [State.SENT]
