import pytest

from sheetsdun.letters import headers
from sheetsdun.letters.headers import Tampered

GOOD = b"To: a@b.example,\r\n c@d.example\r\nSubject: Hello\r\n =?utf-8?b?w6Q=?=\r\n\r\nBody"
RECIPIENTS = {"to": ("a@b.example", "c@d.example")}


def test_a_good_header_passes():
    headers.check(GOOD, expected={"subject": "Hello ä"}, recipients=RECIPIENTS)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (b"\r\n\r\n", b"\r\nBcc: e@f.example\r\n\r\n", "would carry the header 'bcc'"),
        (b"\r\n\r\n", b"\r\nTo: e@f.example\r\n\r\n", "stands twice"),
        (b"\r\n\r\n", b"\r\nX-Other: 1\r\n\r\n", "would carry the header 'x-other'"),
        (b"\r\n\r\n", b"\r\nCc: e@f.example\r\n\r\n", "recipients"),
        (b"\r\n\r\n", b"\nBcc: e@f.example\r\n\r\n", "bytes that do not belong"),
        (b"\r\n\r\n", b"\rBcc: e@f.example\r\n\r\n", "bytes that do not belong"),
        (b"\r\n\r\n", b"\r\nno header\r\n\r\n", "is none"),
        (b"\r\n\r\nBody", b"", "no end"),
        (b"Hello", b"Hel\0lo", "bytes that do not belong"),
        (b"Hello", "Hällo".encode(), "bytes that do not belong"),
        (b"Hello", b"x" * 999, "too long"),
        (b"Hello", b"Hullo", "would not say"),
        (b"w6Q=", b"DQpCY2M6IHg=", "hides a line break"),
        (b"c@d.example", b"c@d.example, e@f.example", "recipients"),
        (b"c@d.example", b"C <c@d.example>", "recipients"),
        (b",\r\n c@d.example", b"", "recipients"),
    ],
)
def test_whatever_differs_is_refused(was, now, told):
    assert was in GOOD
    with pytest.raises(Tampered, match=told):
        headers.check(GOOD.replace(was, now), expected={"subject": "Hello ä"}, recipients=RECIPIENTS)


@pytest.mark.parametrize(
    "good", ["a@b.example", "a.b+c@x-y.example", "o'neil@b.example", "x@xn--mller-kva.example"]
)
def test_plain_addresses(good):
    assert headers.address(good) == good


@pytest.mark.parametrize(
    "bad",
    [
        "", "a", "a@b", "a b@c.example", "Ann <a@b.example>", "g: a@b.example;", '"a"@b.example', "a@b.example,c@d.example",
        "a@b.example\n", "a@b.example\r\nBcc: c@d.example", "a(x)@b.example", "a@[127.0.0.1]", "а@b.example", "a@müller.example",
        "a@b.example\u200b", "=?utf-8?q?x?=@b.example", ".a@b.example", "a..b@c.example", "a@-b.example", "a@" + "b." * 130 + "example",
    ],
)  # fmt: skip
def test_address_tricks(bad):
    with pytest.raises(Tampered, match="no plain e-mail address"):
        headers.address(bad)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "a@b.example"),
        ("Example Ltd", "Example Ltd <a@b.example>"),
        ('Accounts, "E"', '"Accounts, \\"E\\"" <a@b.example>'),
        ("Бюро", "=?utf-8?b?0JHRjtGA0L4=?= <a@b.example>"),
    ],
)
def test_the_senders_name(name, shown):
    assert headers.mailbox(name, "a@b.example") == shown
