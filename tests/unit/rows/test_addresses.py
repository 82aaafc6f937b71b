from __future__ import annotations

import pytest

from sheetsdun.rows.addresses import read, valid
from sheetsdun.rows.problems import Flaw


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("a@x.com", ("a@x.com",)),
        ("a@x.com; b@y.org", ("a@x.com", "b@y.org")),
        ("a@x.com, b@y.org c@z.net", ("a@x.com", "b@y.org", "c@z.net")),
        ("a@x.com\r\nb@y.org\n", ("a@x.com", "b@y.org")),
        ("Ann Müller <a@x.com>", ("a@x.com",)),
        ("Ann <a@x.com>; Bob < b@y.org >", ("a@x.com", "b@y.org")),
        ("\u200ba@x.com\u00a0", ("a@x.com",)),
        ("A@x.com, a@X.com", ("A@x.com",)),
        ("o'brien+ar_2@sub.x-y.co.uk", ("o'brien+ar_2@sub.x-y.co.uk",)),
        ("a@xn--mnchen-3ya.de", ("a@xn--mnchen-3ya.de",)),
        ("ann@exämple.com", ("ann@xn--exmple-cua.com",)),
        ("ann@straße.de", ("ann@xn--strae-oqa.de",)),
        ("Бюро <info@Бюро.рф>", ("info@xn--90a0af9c.xn--p1ai",)),
        ("", ()),
        (" ;, ", ()),
    ],
)
def test_addresses(text, addresses):
    assert read(text) == (addresses, None)


@pytest.mark.parametrize(
    "text",
    [
        "ann",
        "ann@exa\nmple.com",
        "a@x.com\nBcc: evil@y.com",
        "a@x.com\x00",
        "a@x.com\x0bb@y.com",
        '"a b"@x.com',
        '"Doe, John" <a@x.com>',
        "boss@x.com <evil@y.com>",
        "Ann (boss) <a@x.com>",
        "friends: a@x.com, b@y.com;",
        "a(comment)@x.com",
        "a@[127.0.0.1]",
        "a@localhost",
        "a@@x.com",
        "a@x@y.com",
        ".a@x.com",
        "a..b@x.com",
        "a@-x.com",
        "a@x-.com",
        "a@x..com",
        "a@x.c",
        "a@x.123",
        "<a@x.com",
        "a@x.com>",
        "=?utf-8?q?x=0D=0ABcc:_a@b.c?=",
        f"{'a' * 65}@x.com",
        f"a@{'x' * 64}.com",
        "a@" + "x." * 130 + "com",
    ],
)
def test_tricks_and_slips_are_a_problem(text):
    assert read(text)[1] is Flaw.INVALID_ADDRESS


@pytest.mark.parametrize(
    "text",
    [
        "аnn@x.com",
        "ann@exаmple.com",
        "ann@ex☃mple.com",
        "a@x\u3002com",
        "ann@x\u200b.com",
        "a@x.com；b@y.com",
    ],
)
def test_letters_of_other_scripts_want_a_look(text):
    assert read(text) == ((), Flaw.FOREIGN_ADDRESS)


def test_good_addresses_beside_a_bad_one_are_kept():
    assert read("a@x.com, nobody, b@y.org") == (("a@x.com", "b@y.org"), Flaw.INVALID_ADDRESS)


def test_one_address():
    assert valid("a@x.com")
    assert not valid("a@x.com\n")
    assert not valid("a@x.com,b@y.com")
    assert not valid("")
