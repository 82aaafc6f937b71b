"""Whatever a stranger sends can be read."""

from __future__ import annotations

import base64
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsdun.google.gmail import _deleted
from sheetsdun.google.mail import addresses, decoded, mail
from sheetsdun.ports import NoAnswer, Rejected


def data(text, charset="utf-8"):
    return base64.urlsafe_b64encode(text.encode(charset)).decode().rstrip("=")


def leaf(text="", kind="text/plain", charset="utf-8", **more):
    headers = [{"name": "Content-Type", "value": f'{kind}; charset="{charset}"'}]
    return {
        "mimeType": kind,
        "headers": headers,
        "body": {"size": len(text), "data": data(text, charset)},
        **more,
    }


def message(payload, headers=()):
    payload = {
        **payload,
        "headers": [*({"name": n, "value": v} for n, v in headers), *payload.get("headers", ())],
    }
    return {
        "id": "m1",
        "threadId": "t1",
        "labelIds": ["DRAFT"],
        "internalDate": "1795251600123",
        "payload": payload,
    }


def test_the_plain_text_of_an_alternative_is_read():
    read = mail(
        message(
            {"mimeType": "multipart/alternative", "parts": [leaf("Grüße\r\n"), leaf("<p>x</p>", "text/html")]}
        )
    )
    assert (read.text, read.empty, read.labels) == ("Grüße\r\n", False, frozenset({"DRAFT"}))
    assert read.date == dt.datetime(2026, 11, 21, 9, 0, 0, 123_000, tzinfo=dt.UTC)


def test_the_first_text_that_is_no_file_is_the_text():
    parts = [leaf("notes", filename="notes.txt"), leaf("Good morning"), leaf("sent from a phone")]
    read = mail(message({"mimeType": "multipart/mixed", "parts": parts}))
    assert (read.text, read.files) == ("Good morning", ("notes.txt",))


def test_a_picture_is_shown_where_the_page_names_it_and_not_where_a_text_does():
    picture = {
        "mimeType": "image/png",
        "filename": "code.png",
        "headers": [{"name": "Content-Id", "value": "<code>"}],
        "body": {"size": 9, "attachmentId": "x"},
    }
    for kind, files in (("text/html", ()), ("text/plain", ("code.png",))):
        parts = [leaf('<img src="cid:code">', kind), picture]
        assert mail(message({"mimeType": "multipart/related", "parts": parts})).files == files


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "koi8-r", "utf-16"])
def test_text_is_decoded_by_its_charset(charset):
    text = "Grüße" if charset == "iso-8859-1" else "Счёт оплачен"
    assert mail(message(leaf(text, charset=charset))).text == text


@pytest.mark.parametrize("content", [b"", b"a", b"ab", b"abc", b"\xfb\xff"])
def test_gmails_base64_is_read_with_its_padding_or_without(content):
    told = base64.urlsafe_b64encode(content).decode()
    assert decoded(told) == decoded(told.rstrip("=")) == content


@pytest.mark.parametrize("broken", ["a", "abcde", "ü"])
def test_broken_base64_is_nothing(broken):
    assert decoded(broken) == b""


def test_an_unknown_charset_and_broken_base64_are_survived():
    part = leaf("Hello")
    for charset in ("martian", "idna", "utf-8\0"):
        part["headers"] = [{"name": "content-type", "value": f"text/plain; charset={charset}"}]
        assert mail(message(part)).text == "Hello"
    part["body"]["data"] = "a"
    assert mail(message(part)).text == ""


@pytest.mark.parametrize(
    ("payload", "empty"),
    [
        ({}, True),
        ({"mimeType": "text/plain", "body": {"size": 0}}, True),
        (leaf("\r\n "), True),
        (leaf("x"), False),
        ({"mimeType": "multipart/mixed", "parts": [leaf(), leaf(kind="text/html")]}, True),
        ({"mimeType": "multipart/mixed", "parts": [leaf(), leaf("<br>", kind="text/html")]}, False),
        (
            {
                "mimeType": "multipart/mixed",
                "parts": [leaf(), {"filename": "a.pdf", "body": {"attachmentId": "x"}}],
            },
            False,
        ),
        ({"filename": "empty.txt", "body": {"size": 0}}, False),
        ({"mimeType": "image/png", "body": {"size": 9, "attachmentId": "x"}}, False),
    ],
)
def test_empty_means_no_text_no_html_no_file(payload, empty):
    assert mail(message(payload)).empty is empty


def test_headers_are_decoded_and_of_a_repeated_one_the_first_counts():
    headers = [
        ("Subject", "=?utf-8?q?Mahnung_=C3=BCber_5_=E2=82=AC?="),
        ("SUBJECT", "second"),
        ("X-A", "=?martian?q?x?="),
    ]
    read = mail(message({}, headers))
    assert read.headers["subject"] == "Mahnung über 5 €"
    assert read.headers["x-a"] == "=?martian?q?x?="


@pytest.mark.parametrize("odd", ["=?utf-8?b?a?=", "=?ascii?q?=FF?=", "=?martian?q?x?="])
def test_a_header_that_cannot_be_decoded_is_as_it_was_written(odd):
    assert mail(message({}, [("Subject", odd)])).headers["subject"] == odd


def test_recipients_are_those_of_to_cc_and_bcc_in_order():
    headers = [("Bcc", "d@x.org"), ("To", "A <A@x.org>, b@x.org"), ("Cc", "c@x.org"), ("From", "me@x.org")]
    assert mail(message({}, headers)).to == ("a@x.org", "b@x.org", "c@x.org", "d@x.org")


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ('"Müller, Hans" <Hans@x.org>', ["hans@x.org"]),
        ("Müller, Hans <hans@x.org>", ["hans@x.org"]),
        ('"boss@evil.org" <a@x.org>', ["a@x.org"]),
        ("boss@evil.org <a@x.org>", ["a@x.org"]),
        ('"a, b@evil.org" <a@x.org>', ["a@x.org"]),
        ("a@x.org; b@x.org", ["a@x.org", "b@x.org"]),
        ("Team: a@x.org, b@x.org;", ["a@x.org", "b@x.org"]),
        ("undisclosed-recipients:;", []),
        ("", []),
    ],
)
def test_addresses_in_every_dress(header, found):
    assert list(addresses(header)) == found


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.lists(st.tuples(st.sampled_from(["To", "Cc", "Subject", "X", "Content-Type"]), st.text())),
    st.text(),
    st.binary(),
)
def test_no_header_and_no_body_makes_it_fail(headers, charset, body):
    payload = {
        "mimeType": "text/plain",
        "headers": [{"name": "Content-Type", "value": f"text/plain; charset={charset}"}],
        "body": {"size": len(body), "data": base64.urlsafe_b64encode(body).decode()},
    }
    mail(message(payload, headers))


def test_parts_may_be_nested_deeply():
    payload = leaf("deep")
    for _ in range(5_000):
        payload = {"mimeType": "multipart/mixed", "parts": [payload]}
    assert mail(message(payload)).text == "deep"


def test_only_a_404_means_that_there_was_no_draft_to_delete():
    refused, lost = Rejected("Not now", code=403), NoAnswer("The time-out came first.")
    assert _deleted(Rejected("Not found", code=404)) is False
    assert _deleted(refused) is refused
    assert _deleted(lost) is lost
    assert _deleted("") is True
