import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sheetsdun.sandbox.gmail.addresses import parse
from sheetsdun.sandbox.gmail.headers import decoded, rewritten, split

HOSTILE = [
    b"",
    b"\r\n",
    b"no header at all",
    b":\r\n:\r\n\r\n",
    b"Subject",
    b" begins folded\r\nSubject: x\r\n\r\n",
    b"Subject: =?utf-8?b?!!!?= =?nonsense?q?x=ZZ?= =?utf-7?q?+2AA-?= =?idna?q?=FF?=\r\n\r\n",
    b"Subject: \xff\xfe raw \xd0\x9f\r\nFrom: \x00 <\x00@\x00>\r\n\r\n\x00",
    b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
    b"Content-Type: multipart/mixed\r\n\r\nno boundary",
    b"Content-Type: text/plain; charset=hex\r\n\r\nzz",
    b'Content-Type: text/plain; charset="a\x00b"\r\n\r\nzz',
    b"Content-Type: text/plain; charset*=x'y'%FF%ZZ\r\n\r\nzz",
    b"Content-Type: application/pdf; name*1x=a; name*=b''%\r\n\r\nzz",
    b"Content-Transfer-Encoding: base64\r\n\r\n!!!not base64",
    b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 999\r\n\xff",
    b"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nhi",
    b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\nStatus: 5.1.1\r\n",
    b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(400)),
    b"Content-Type: message/rfc822\r\n\r\n" * 2000,
    b"Date: 99999999999999999999\r\nReferences: " + b"<a@b>" * 5000 + b"\r\n\r\n",
    b"Date: Mon, 01 Jan 0001 00:00:00 +2359\r\n\r\n",
    b"To: " + b'"' * 40_001 + b"\r\n\r\n",
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_mail_is_kept_as_it_is_and_shown_somehow(gmail, raw):
    put = gmail("messages.import", media=raw)
    assert gmail.raw(put["id"]) == raw
    shown = gmail("messages.get", id=put["id"])
    json.dumps(shown, ensure_ascii=False).encode()
    assert shown["payload"]["partId"] == ""
    assert gmail("threads.get", id=put["threadId"])["messages"]
    assert gmail.found() == [put["id"]]


def test_an_encoded_line_break_makes_no_header(gmail):
    raw = b"To: a@b.example\r\nSubject: =?utf-8?q?x=0D=0ABcc:_spy@evil.example?=\r\n\r\nhi"
    sent = gmail.send(raw)
    headers = gmail.headers(sent["id"])
    assert headers["Subject"] == "x\r\nBcc: spy@evil.example"
    assert "Bcc" not in headers


def test_a_lone_carriage_return_begins_a_header(gmail):
    gmail("getProfile", caller="spy@evil.example")
    gmail.send(b"To: a@b.example\r\nSubject: x\rBcc: spy@evil.example\r\n\r\nhi")
    assert len(gmail.found(caller="spy@evil.example")) == 1


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe_an?= =?utf-8?b?IGFsbGU=?=", "Grüße an alle"),
        ("=?utf-8?b?0J8=?= plain =?iso-8859-1?q?=E9?=", "П plain é"),
        ("=?utf-8?b?4oI=?= =?utf-8?b?rA==?=", "€"),
        ("=?utf-8*de?q?x?=", "x"),
        ("=?utf-8?x?abc?= stays", "=?utf-8?x?abc?= stays"),
        ("=?utf-8?b?*?= stays", "=?utf-8?b?*?= stays"),
        ("no words", "no words"),
    ],
)
def test_encoded_words(raw, text):
    assert decoded(raw) == text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('"Doe, J." <j@x.example>, k@y.example', [("Doe, J.", "j@x.example"), ("", "k@y.example")]),
        ("=?utf-8?q?Doe=2C_J?= <j@x.example>", [("Doe, J", "j@x.example")]),
        (
            "Team: a@x.example, b@x.example; c@y.example",
            [("", f"{x}.example") for x in ("a@x", "b@x", "c@y")],
        ),
        ("undisclosed-recipients:;", []),
        ("a@x.example (work, really)", [("", "a@x.example")]),
        (" , ,", []),
        ('"unclosed <a@x.example>', [('"unclosed', "a@x.example")]),
    ],
)
def test_addresses(content, expected):
    assert parse(content) == expected


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from([b"A: x", b"b:y", b"\r\n", b"\n", b"\r", b" ", b"Date: z", b"\xff"])).map(
        b"".join
    )
)
@example(b"Date: z\r\nb:y\rA: x\r\n\n")
def test_taking_a_header_apart_loses_no_byte_and_rewriting_replaces_it_once(raw):
    fields, rest = split(raw)
    assert b"".join(field.raw for field in fields) + rest == raw
    again, new_rest = split(rewritten(raw, {"Date": b"now", "A": None}))
    names = [field.name.lower() for field in again]
    assert names.count("date") == 1
    assert "a" not in names
    assert new_rest.endswith(rest)
