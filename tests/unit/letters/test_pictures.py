"""Payment codes in the mail itself: where they stand in it, what others read from them, and what they leave alone."""

import email
import email.policy
import re
from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from sheetsdun.google.mail import mail as read_back
from sheetsdun.letters import Attachment, content, samples
from sheetsdun.pay.europe import Europe
from sheetsdun.pay.link import Link

BANK = Europe(
    name="bank", currencies=("EUR",), holder="Example GmbH", iban="DE02120300000000202051", bic="BYLADEM1001"
)
CARD = Link(name="card", url="https://pay.example.com/{invoice}?a={amount}")
FILE = Attachment("INV-1.pdf", "application/pdf", b"%PDF")


@pytest.fixture
def made(written, sender):
    """A letter with ways to pay."""

    def make(*ways, **more):
        return written(by=replace(sender, payment="", ways=ways), **more)

    return make


def whole(letter):
    return email.message_from_bytes(letter.mime(), policy=email.policy.default)


def scanned(part):
    with Image.open(BytesIO(part.get_content())) as picture:
        (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    return found.text


class TestStructure:
    def test_text_then_the_page_with_its_pictures_then_files(self, made):
        mail = whole(made(BANK, CARD, attachments=[FILE]))
        assert [part.get_content_type() for part in mail.walk()] == [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "multipart/related",
            "text/html",
            "image/png",
            "image/png",
            "application/pdf",
        ]
        assert [part.get_filename() for part in mail.iter_attachments()] == ["INV-1.pdf"]

    def test_each_picture_is_shown_and_each_that_is_shown_is_there(self, made):
        letter = made(BANK, CARD)
        pictures = [part for part in whole(letter).walk() if part.get_content_maintype() == "image"]
        ids = [part["Content-ID"] for part in pictures]
        assert [f"<{cid}>" for cid in re.findall(r'<img [^>]*src="cid:([^"]+)"', letter.html)] == ids
        assert len(set(ids)) == 2
        assert all("SD-7K3F9Q" in cid for cid in ids)
        for part in pictures:
            assert part.get_content_disposition() == "inline"
            assert part.get_content().startswith(b"\x89PNG")
            assert len(part.get_content()) < 3_000

    def test_without_ways_nothing_changes(self, made):
        assert [part.get_content_type() for part in whole(made()).walk()] == [
            "multipart/alternative",
            "text/plain",
            "text/html",
        ]

    @pytest.mark.parametrize("kind", [samples.one, samples.several])
    def test_a_mail_stays_small(self, made, kind):
        matter = kind("ru", "final", overdue=True)
        letter = made(
            *[replace(BANK, name=str(n)) for n in range(5)], invoices=matter.invoices, language="ru"
        )
        assert len(letter.html) < 100_000
        assert len(letter.mime()) < 100_000

    def test_the_same_letter_gives_the_same_bytes(self, made):
        assert made(BANK).mime() == made(BANK).mime()


class TestCode:
    def test_others_read_from_the_mail_what_the_letter_says(self, made):
        letter = made(BANK)
        (picture,) = (part for part in whole(letter).walk() if part.get_content_maintype() == "image")
        lines = scanned(picture).split("\n")
        assert lines[5:8] == ["Example GmbH", "DE02120300000000202051", "EUR100"]
        assert lines[-1] == "INV-1 SD-7K3F9Q"
        for words in ("Example GmbH", "DE02 1203 0000 0000 2020 51", "€100.00", lines[-1]):
            assert words in letter.text
            assert words in letter.html

    def test_charges_are_paid_with_it(self, made, line):
        from decimal import Decimal

        letter = made(BANK, fees=Decimal("5.00"), invoices=(replace(line, interest=Decimal("1.50")),))
        (picture,) = letter.pictures
        assert b"\nEUR106.5\n" in picture.payload
        assert "€106.50" in letter.text

    def test_none_is_wanted(self, made):
        letter = made(replace(BANK, qr=False))
        assert "DE02 1203" in letter.text
        assert letter.pictures == ()
        assert "<img" not in letter.html

    def test_what_fits_no_code_stays_as_text(self, made, line):
        letter = made(BANK, invoices=(replace(line, amount=line.amount.scaleb(8)),))
        assert letter.pictures == ()
        assert "DE02 1203" in letter.text


class TestChoice:
    def test_the_currency_chooses(self, made):
        assert "Bank transfer" not in made(BANK, currency="USD").text
        assert "You will find our bank details on the invoice." in made(BANK, currency="USD").text

    @pytest.mark.parametrize(
        ("prefer", "first"),
        [("", "Bank transfer"), ("card", "Pay online"), ("LINK", "Pay online"), ("cash", "Bank")],
    )
    def test_the_debtors_own_comes_first(self, made, prefer, first):
        text = made(BANK, CARD, pay_by=prefer).text
        assert text.split("How to pay:\n\n")[1].startswith(first)

    def test_a_heading_of_ones_own(self, made):
        assert "\n\nPer Überweisung\n" in made(replace(BANK, title="Per Überweisung")).text

    def test_a_link_is_clicked(self, made):
        letter = made(replace(CARD, qr=False))
        assert '<a class="way-link" href="https://pay.example.com/INV-1?a=100.00"' in letter.html
        assert "Pay online: €100.00\n    https://pay.example.com/INV-1?a=100.00" in letter.text


class TestTemplates:
    def test_the_parts_by_themselves_bring_no_picture(self, made, own):
        using = own(
            "Subject: x\n\n{{ invoice.number }} {% for way in ways %}{{ way.title }}: "
            "{% for line in way.lines %}{{ line.label }} {{ line.value }}; {% endfor %}{% endfor %}"
        )
        letter = made(BANK, using=using)
        assert "Bank transfer: Payee Example GmbH; IBAN DE02 1203" in letter.text
        assert letter.pictures == ()

    def test_printed_twice_it_is_one_picture(self, made, own):
        letter = made(BANK, using=own("Subject: x\n\n{{ ways[0] }}\n\n{{ ways[0] }}"))
        assert letter.html.count("cid:") == 2
        assert len(letter.pictures) == 1

    def test_within_a_paragraph_it_is_words(self, made, own):
        letter = made(BANK, using=own("Subject: x\n\nPay so: {{ ways[0] }}"))
        assert "Pay so: Bank transfer" in letter.html
        assert "<img" not in letter.html

    @pytest.mark.parametrize("number", ["<b>x</b>", "**x** [y](http://z)", '"><img src=x>', "\ue0000\ue001"])
    def test_a_cell_stays_text_in_it(self, made, line, number):
        letter = made(BANK, CARD, invoices=(replace(line, number=number),))
        block = letter.html[letter.html.index('<table class="way"') :]
        assert block.count("<img") == 2
        assert "<b>" not in block
        assert "http://z" not in block


class TestWhatIsOurs:
    def test_a_picture_counts_for_nothing_in_what_a_reviewer_changes(self, made):
        letter = made(BANK)
        assert (
            content(letter.recipients, letter.subject, letter.text)
            == letter.content
            == replace(letter, pictures=()).content
        )

    def test_read_back_from_gmail_it_is_as_we_wrote_it(self, made):
        letter = made(BANK, attachments=[FILE])
        found = read_back({"id": "1", "payload": _as_gmail(whole(letter))})
        assert content(found.to, found.headers["subject"], found.text) == letter.content
        assert not found.empty


def _as_gmail(part):
    import base64

    told = {
        "mimeType": part.get_content_type(),
        "filename": part.get_filename() or "",
        "headers": [{"name": name, "value": str(value)} for name, value in part.items()],
    }
    if part.is_multipart():
        return {**told, "parts": [_as_gmail(inner) for inner in part.iter_parts()]}
    data = part.get_payload(decode=True)
    return {**told, "body": {"size": len(data), "data": base64.urlsafe_b64encode(data).decode()}}
