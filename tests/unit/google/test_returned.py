"""Whatever a mail program says about a letter that did not arrive is understood, and nothing makes it fail."""

from __future__ import annotations

import pytest
from embedded.reports import QMAIL, report
from hypothesis import given
from hypothesis import strategies as st

from sheetsdun.google.returned import read
from sheetsdun.ports import Returned


@pytest.mark.parametrize("action", ["failed", "Failed (unknown user)", "error"])
def test_a_report_of_a_failure_names_the_address(action):
    assert read(report(action, "AP@Weber.example")) == Returned(("ap@weber.example",))


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_of_anything_else_is_harmless(action):
    assert read(report(action, status="4.4.1")) == Returned(harmless=True)


def test_one_without_the_standards_form_is_known_by_its_wording():
    assert read(QMAIL) == Returned(("ap@weber.example",))


def test_a_failure_whose_address_cannot_be_read_is_not_harmless():
    assert read(report("failed", "\u043f\u043e\u0447\u0442\u0430@weber.example")) == Returned()


def test_a_letter_is_no_report():
    assert (
        read(b"From: jo@example.org\nSubject: Re: Invoice\n\nWe paid ap@weber.example on Friday.\n")
        == Returned()
    )


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        b"\xff\xfe\x00",
        report("failed", "=?x?q?=FF?=").replace(b"Reporting-MTA", b"\xff\x00"),
        report("failed", "\u043f\u043e\u0447\u0442\u0430@weber.example"),
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)),
    ],
    ids=["nothing", "no mail", "no fields", "not ascii", "deep"],
)
def test_nothing_makes_it_fail(odd, caplog):
    assert isinstance(read(odd), Returned)
    assert not caplog.records


@given(st.binary(max_size=300))
def test_nothing_at_all_makes_it_fail(tail):
    cut = report("failed")
    assert isinstance(read(cut[: len(cut) - len(tail)] + tail), Returned)
