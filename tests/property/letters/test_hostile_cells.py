"""Whatever stands in a cell: the mail has our header names and the planned recipients, and its text is text."""

import contextlib
import datetime as dt
import email
import email.policy
import functools
import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import html5lib
import mailparser
import pytest
from hostile import CELLS
from hypothesis import given, settings

from sheetsdun.letters import (
    Attachment,
    LetterRefused,
    Line,
    Matter,
    Sender,
    Templates,
    Thread,
    compose,
    content,
    shell,
)
from sheetsdun.letters.inert import cell, words

TODAY = dt.date(2026, 6, 15)
TEMPLATES = Templates()
SENDER = Sender(name="Example Ltd", address="ar@example.com", payment="IBAN 1")
NAMES = {"Content-Language", "Content-Type", "From", "MIME-Version", "Subject", "To", "Cc", "X-Sheetsdun-Key"}


def matter(number="INV-1", *, customer="x", contact="x", description="x", instalment="x", language="en"):
    line = Line(
        number=number,
        amount=Decimal(100),
        due=dt.date(2026, 6, 3),
        description=description,
        instalment=instalment,
    )
    return Matter(
        to=("ann@harbour.example",),
        cc=("boss@harbour.example",),
        language=language,
        template="friendly",
        level="friendly",
        overdue=True,
        currency="EUR",
        invoices=(line,),
        listed=(replace(line, number=f"{number}-2"),),
        customer=customer,
        contact=contact,
    )


def written(about, **others):
    return compose(
        about,
        letter="SD-7K3F9Q",
        spreadsheet="1AbC",
        sender=SENDER,
        templates=TEMPLATES,
        today=TODAY,
        **others,
    )


def tags(page):
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, attrs))

        def handle_endtag(self, tag):
            found.append(tag)

        def handle_comment(self, data):
            found.append(data)

        def handle_decl(self, decl):
            found.append(decl)

        unknown_decl = handle_pi = handle_decl

    reader = Reader(convert_charrefs=True)
    reader.feed(page)
    reader.close()
    return found


def unfolded(value):
    """What every reader of mail does first (RFC 5322, 2.2.3); compat32 leaves it to us."""
    return re.sub(r"\r\n(?=[ \t])", "", str(value))


@functools.cache
def elements(page):
    """Every element with its attributes, as a browser's parser makes them of the page."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [(element.tag, tuple(sorted(element.attrib.items()))) for element in tree.iter()]


def header_names(raw):
    head = raw.split(b"\r\n\r\n")[0]
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n|\0", head)
    return [line.split(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] not in {b" ", b"\t"}]


@settings(max_examples=150, deadline=None)
@given(number=CELLS, customer=CELLS, contact=CELLS, description=CELLS, instalment=CELLS)
def test_a_letter_is_the_same_letter_with_other_words(number, customer, contact, description, instalment):
    cells = {"customer": customer, "contact": contact, "description": description, "instalment": instalment}
    letter = written(matter(number, **cells))
    raw = letter.mime()

    names = header_names(raw)
    assert set(names) == NAMES
    assert len(names) == len(NAMES)
    for policy in (email.policy.default, email.policy.compat32):
        mail = email.message_from_bytes(raw, policy=policy)
        assert sorted(mail.keys()) == sorted(names)
        assert (mail["To"], mail["Cc"]) == ("ann@harbour.example", "boss@harbour.example")
        assert [part.get_content_type() for part in mail.walk()] == [
            "multipart/alternative",
            "text/plain",
            "text/html",
        ]
        text, page = (part.get_payload(decode=True).decode() for part in list(mail.walk())[1:])
        subject = str(email.header.make_header(email.header.decode_header(unfolded(mail["Subject"]))))
        assert subject == letter.subject
        assert content(letter.recipients, subject, text) == letter.content
        assert not re.search(
            "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ue000\ue001]", text
        )
        benign = {name: "x" if cell(value) else "" for name, value in cells.items()}
        plain = written(matter("x" if cell(number) else "", **benign))
        assert tags(page)[:6] == tags(plain.html)[:6]
        assert [tag for tag in tags(page) if tag != "title"] == [
            tag for tag in tags(plain.html) if tag != "title"
        ]
        assert elements(page) == elements(plain.html)  # another library's opinion
        for value in cells.values():
            assert words(value) in text or value in {customer, instalment}


def _words(subject):
    return unicodedata.normalize("NFC", subject).split()


@settings(max_examples=60, deadline=None)
@given(number=CELLS, customer=CELLS, contact=CELLS)
def test_another_reader_of_mail_sees_the_same_letter(number, customer, contact):
    letter = written(matter(number, customer=customer, contact=contact))
    read = mailparser.parse_from_bytes(letter.mime())
    assert [address for _, address in read.to] == ["ann@harbour.example"]
    assert [address for _, address in read.cc] == ["boss@harbour.example"]
    assert not read.bcc
    # This reader composes accents; the letter has them as the cell does.
    assert _words(read.subject) == _words(letter.subject)
    assert content(letter.recipients, letter.subject, read.text_plain[0]) == letter.content
    assert len(read.text_html) == len(read.text_plain) == 1
    assert not read.attachments


@pytest.mark.parametrize(
    "value", ["evil.example", "see pay.evil.com/now", "EVIL.COM", "evil.рф", "Weber. evil.com, x"]
)
def test_a_bare_domain_in_a_name_is_no_link(value):
    letter = written(matter(customer=value, contact=value, description=value))
    for shown in (letter.text, letter.html):
        assert not re.search(r"(?i)evil\.(?!\u2060)", shown)
    assert value in letter.text.replace("\u2060", "")


@pytest.mark.parametrize("value", ["RE.2026.de", "example.com"])
def test_a_number_is_copied_as_it_is_and_an_address_too(value):
    letter = written(replace(matter(value), manager="anna.berg@example.com"))
    assert value in letter.text
    assert "anna.berg@example.com" in letter.text


@settings(max_examples=100, deadline=None)
@given(subject=CELLS)
def test_a_shell_has_a_subject_and_nothing_else(subject):
    raw = shell("SD-7K3F9Q", "1AbC", subject)
    assert set(header_names(raw)) == {
        "Content-Transfer-Encoding", "Content-Type", "MIME-Version", "Subject", "X-Sheetsdun-Key",
    }  # fmt: skip
    for policy in (email.policy.default, email.policy.compat32):
        assert email.message_from_bytes(raw, policy=policy)["To"] is None


@settings(max_examples=100, deadline=None)
@given(address=CELLS, cc=CELLS)
def test_an_address_is_what_was_planned_or_no_letter_is_made(address, cc):
    letter = written(replace(matter(), to=(address,), cc=(cc,) if cc else ()))
    try:
        raw = letter.mime()
    except LetterRefused:
        return
    read = email.message_from_bytes(raw, policy=email.policy.default)
    for name, planned in (("To", address), ("Cc", cc)):
        there = read[name].addresses if read[name] else ()
        assert [each.addr_spec for each in there] == ([planned] if planned else [])


@settings(max_examples=60, deadline=None)
@given(subject=CELLS, message_id=CELLS, name=CELLS, kind=CELLS)
def test_names_from_elsewhere(subject, message_id, name, kind):
    letter = written(
        matter(),
        thread=Thread(subject=subject, message_id="<a@mail.gmail.com>"),
        attachments=[Attachment(name, kind, b"x")],
    )
    raw = letter.mime()
    assert set(header_names(raw)) == NAMES | {"In-Reply-To", "References"}
    for policy in (email.policy.default, email.policy.compat32):
        last = list(email.message_from_bytes(raw, policy=policy).walk())[-1]
        assert set(last.keys()) == {"Content-Type", "Content-Transfer-Encoding", "Content-Disposition"}
        assert not re.search(r"[\r\n/\\]", unfolded(last.get_filename()))
    with contextlib.suppress(LetterRefused):
        raw = written(matter(), thread=Thread(subject="x", message_id=message_id)).mime()
        assert email.message_from_bytes(raw, policy=email.policy.default)["In-Reply-To"] == message_id
