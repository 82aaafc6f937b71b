import email
import email.header
import email.policy
from dataclasses import replace
from decimal import Decimal

import pytest

from sheetsdun.letters import Attachment, LetterRefused, Sender, Thread, content, mime, shell
from sheetsdun.pay.link import Link

POLICIES = [email.policy.default, email.policy.compat32]


def names(raw):
    return sorted(
        line.split(":")[0] for line in raw.decode().split("\r\n\r\n")[0].split("\r\n") if line[0] != " "
    )


def parts(raw, policy=email.policy.default):
    return [part for part in email.message_from_bytes(raw, policy=policy).walk() if not part.is_multipart()]


def test_a_letter_says_what_is_owed(written):
    letter = written()
    assert letter.subject == "Invoice INV-1: did it slip by?"
    for words in ("Dear Ann,", "€100.00", "3 June 2026", "IBAN DE02 1203", "please disregard", "Example Ltd"):
        assert words in letter.text
        assert words in letter.html
    assert letter.text.endswith("\n\nRef. SD-7K3F9Q\n")
    assert "Ref. SD-7K3F9Q" in letter.html
    assert letter.template == "en/friendly"


def test_its_mail(written):
    raw = written(cc=("boss@harbour.example",)).mime()
    assert names(raw) == [
        "Cc", "Content-Language", "Content-Type", "From", "MIME-Version", "Subject", "To", "X-Sheetsdun-Key",
    ]  # fmt: skip
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert (mail["From"], mail["To"], mail["Cc"]) == (
        "Example Ltd <ar@example.com>", "ann@harbour.example", "boss@harbour.example",
    )  # fmt: skip
    assert mail["X-Sheetsdun-Key"] == "SD-7K3F9Q 1AbC-_x"
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("contact", ["a;b,c" * 30, "word " * 30, "щ" * 150, "x" * 180])
def test_long_headers_are_folded_without_loss(own, written, contact):
    to = tuple(f"somebody.{number}@harbour.example" for number in range(60))
    by = Sender(name=contact[:90].strip(), address="ar@example.com")
    letter = written(
        using=own("Subject: {{ contact }}\n\n{{ invoice.number }}"), contact=contact, to=to, by=by
    )
    mail = email.message_from_bytes(letter.mime(), policy=email.policy.default)
    assert mail["Subject"] == letter.subject == contact.strip()
    assert [each.addr_spec for each in mail["To"].addresses] == list(to)
    # Not by the default policy: before CPython 3.13 it leaves a blank between a name's encoded-words.
    told = email.message_from_bytes(letter.mime(), policy=email.policy.compat32)["From"]
    assert (
        str(email.header.make_header(email.header.decode_header(told))).replace('"', "").startswith(by.name)
    )
    assert max(map(len, letter.mime().split(b"\r\n"))) < 100


def test_the_same_letter_gives_the_same_bytes(written):
    assert written().mime() == written().mime()


@pytest.mark.parametrize("policy", POLICIES, ids=["default", "compat32"])
@pytest.mark.parametrize("language", ["en", "de", "ru"])
def test_read_back_it_has_the_same_content(written, policy, language):
    letter = written(language=language, customer="Ünïcode é e\u0301", cc=("B@harbour.example",))
    mail = email.message_from_bytes(letter.mime(), policy=policy)
    text = parts(letter.mime(), policy)[0].get_payload(decode=True).decode()
    subject = str(email.header.make_header(email.header.decode_header(mail["Subject"])))
    addresses = [*mail["Cc"].split(", "), *mail["To"].split(", ")]
    assert content([address.upper() for address in addresses], subject, text) == letter.content
    assert (
        content(addresses, subject, text.replace("\r\n", "\n").replace("\n", " \r\n") + "\n\n")
        == letter.content
    )


def test_any_change_changes_the_content(written):
    letter = written()
    same = [letter.recipients, letter.subject, letter.text]
    changes = [["x@y.example"], letter.subject + "!", letter.text.replace("Ann", "Bob")]
    for place, change in enumerate(changes):
        assert content(*same[:place], change, *same[place + 1 :]) != letter.content


def test_attachments(written):
    files = [
        Attachment("Rechnung Ä.pdf", "application/pdf", b"%PDF"),
        Attachment("../../etc/passwd", "text/html; x=\r\nBcc: a@b.example", b"x"),
        Attachment("=?utf-8?q?x=0D=0ABcc:_a@b.c?=\r\n.pdf", "application/pdf", b"y"),
    ]
    found = parts(written(attachments=files).mime())[2:]
    assert [part.get_content() for part in found] == [b"%PDF", b"x", b"y"]
    assert [part.get_content_type() for part in found] == [
        "application/pdf", "application/octet-stream", "application/pdf",
    ]  # fmt: skip
    assert [part.get_filename() for part in found] == [
        "Rechnung Ä.pdf", "_.._etc_passwd", "= _utf-8_q_x=0D=0ABcc_\u2060_a@b.c_= .pdf".replace("\u2060", ""),
    ]  # fmt: skip


def test_a_mail_that_gmail_would_not_deliver_is_refused(written):
    with pytest.raises(
        LetterRefused, match=r"INV-1 \(row 2\) was not made: with its attachments it has 29 MB"
    ):
        written(attachments=[Attachment("a.bin", "application/octet-stream", bytes(21 * 1024 * 1024))]).mime()


def test_a_follow_up_stays_in_its_thread(written):
    thread = Thread(
        subject="Re: Invoice INV-1", message_id="<b@mail.gmail.com>", references=("<a@mail.gmail.com>",)
    )
    letter = written(thread=thread)
    mail = email.message_from_bytes(letter.mime(), policy=email.policy.default)
    assert (mail["Subject"], mail["In-Reply-To"]) == ("Re: Invoice INV-1", "<b@mail.gmail.com>")
    assert mail["References"] == "<a@mail.gmail.com> <b@mail.gmail.com>"


def test_a_forged_message_id_stops_the_letter(written):
    thread = Thread(subject="x", message_id="<b@c>\r\nBcc: <a@b.example>")
    with pytest.raises(LetterRefused, match="no Message-ID"):
        written(thread=thread).mime()


@pytest.mark.parametrize("to", [(), ("a@b.example\r\nBcc: c@d.example",), ("а@b.example",)])
def test_a_bad_recipient_stops_the_letter_and_names_the_row(written, to):
    with pytest.raises(LetterRefused, match=r"Letter SD-7K3F9Q about INV-1 \(row 2\) was not made"):
        written(to=to).mime()


def test_where_to_pay_never_comes_from_the_sheet(written, line):
    letter = written(by=Sender(name="E", address="ar@example.com"))
    assert "You will find our bank details on the invoice." in letter.text


def test_credit_notes_lessen_what_is_asked_for(written, line):
    credit = type(line)(number="C-1", amount=Decimal(-30), due=None)
    other = type(line)(number="INV-9", amount=Decimal(500), due=line.due)
    assert "transfer €70.00" in written(credits=(credit,)).text
    swallowed = type(line)(number="C-2", amount=Decimal(-120), due=None)
    text = written(credits=(swallowed,), listed=(other,)).text
    assert "transfer €100.00" in text
    assert "€480.00" in text


def test_no_more_is_asked_for_than_is_owed(written, line):
    """Credits that outweigh the invoice, but not all that is overdue: then the letter asks for all of it at once."""
    other = type(line)(number="INV-9", amount=Decimal(40), due=line.due)
    swallowed = type(line)(number="C-2", amount=Decimal(-120), due=None)
    way = Link(name="card", title="By card", url="https://pay.example.com/?a={amount}")
    letter = written(
        by=Sender(name="E", address="ar@example.com", ways=(way,)), credits=(swallowed,), listed=(other,)
    )
    assert "transfer €20.00" in letter.text
    assert "https://pay.example.com/?a=20.00" in letter.text
    assert "INV-9" in letter.text
    assert "€100.00 is still outstanding" not in letter.text


def test_two_instalments_of_an_invoice_name_it_once_in_the_payment(written, line):
    way = Link(name="card", title="By card", url="https://pay.example.com/?i={invoices}")
    parts = (replace(line, instalment="1/2"), replace(line, instalment="2/2"))
    letter = written(by=Sender(name="E", address="ar@example.com", ways=(way,)), invoices=parts)
    assert "https://pay.example.com/?i=INV-1\n" in f"{letter.text}\n"


def test_the_shell_is_empty(written):
    raw = shell("SD-7K3F9Q", "1AbC-_x", "Счёт\r\nBcc: a@b.example")
    assert names(raw) == [
        "Content-Transfer-Encoding",
        "Content-Type",
        "MIME-Version",
        "Subject",
        "X-Sheetsdun-Key",
    ]
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert mail["Subject"] == "Счёт Bcc: a@b.example"
    assert mail.get_content().strip() == ""


@pytest.mark.parametrize(
    ("letter", "spreadsheet"), [("x", "1a"), ("SD-7K3F9Q", "1a\r\nBcc: x"), ("SD-7K3F9Q", "")]
)
def test_ids_are_ids(letter, spreadsheet):
    with pytest.raises(LetterRefused):
        shell(letter, spreadsheet, "x")


@pytest.mark.parametrize("make", ["build", "empty"])
def test_what_is_checked_are_the_final_bytes(written, monkeypatch, make):
    untouched = getattr(mime, make)

    def tampering(*given, **named):
        return untouched(*given, **named).replace(b"\r\nX-S", b"\r\nBcc: a@b.example\r\nX-S", 1)

    monkeypatch.setattr(mime, make, tampering)
    with pytest.raises(LetterRefused, match="it would carry the header 'bcc'"):
        _ = written().mime() if make == "build" else shell("SD-7K3F9Q", "1AbC-_x", "x")


def test_unicode_has_two_ways_to_write_the_same():
    assert content(["a@b.example"], "Ünï", "é") == content(["a@b.example"], "U\u0308ni\u0308", "e\u0301")
