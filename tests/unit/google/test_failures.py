"""Google's error shapes, and the way out of each."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import requests
from google.auth.exceptions import RefreshError, TransportError

from sheetsdun.google import failures
from sheetsdun.google.identity import Identity
from sheetsdun.ports import NoAnswer, Rejected

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
PERSON = Identity("oauth_client", "jo@example.com", "client-1", "jo@example.com")


def refusal(code, message="", status="", reason="", details=(), headers=None):
    error = {"code": code, "message": message, "status": status, "details": list(details)}
    if reason:
        error["errors"] = [{"message": message, "domain": "global", "reason": reason}]
    return failures.refusal(code, headers or {}, json.dumps({"error": error}).encode(), NOW)


@pytest.mark.parametrize(
    ("code", "reason", "quota"),
    [
        (403, "rateLimitExceeded", True),
        (403, "userRateLimitExceeded", True),
        (403, "dailyLimitExceeded", True),
        (429, "rateLimitExceeded", True),
        (403, "insufficientPermissions", False),
        (404, "notFound", False),
    ],
)
def test_what_is_a_matter_of_quota(code, reason, quota):
    read = refusal(code, "Words", reason=reason)
    assert (read.code, read.reason, read.quota, read.message) == (code, reason, quota, "Words")


def test_the_reason_is_gmails_else_the_details_else_the_status():
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED"}]
    assert refusal(403, status="PERMISSION_DENIED", details=details, reason="forbidden").reason == "forbidden"
    assert refusal(403, status="PERMISSION_DENIED", details=details).reason == "SERVICE_DISABLED"
    link = {"@type": "type.googleapis.com/google.rpc.Help"}
    assert refusal(403, status="PERMISSION_DENIED", details=[link, *details]).reason == "SERVICE_DISABLED"
    assert refusal(403, status="PERMISSION_DENIED").reason == "PERMISSION_DENIED"
    assert refusal(403).reason == ""


def test_gmail_says_in_its_message_when_to_ask_again():
    read = refusal(
        403, "User-rate limit exceeded.  Retry after 2026-11-21T09:00:40.123Z", reason="rateLimitExceeded"
    )
    assert read.retry_at == dt.datetime(2026, 11, 21, 9, 0, 40, 123_000, tzinfo=dt.UTC)


def test_an_instant_that_cannot_be_is_none():
    words = "User-rate limit exceeded.  Retry after 2026-99-21T09:00:40.123Z"
    assert refusal(403, words, reason="rateLimitExceeded").retry_at is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30),
        (" 86400 ", 86_400),
        ("86401", 86_400),
        ("9" * 20, 86_400),
        ("Sat, 21 Nov 2026 09:00:45 GMT", 45),
        ("Sat, 21 Nov 2026 10:00:45 +0100", 45),
        ("Fri, 31 Dec 9999 23:59:59 -2300", None),
        ("Sat, 21 Nov 99999999999 09:00:45 GMT", None),
        ("soon", None),
        ("-1", None),
        ("", None),
    ],
)
def test_a_retry_after_header_in_either_form(header, seconds):
    read = refusal(429, "Slow down", headers={"Retry-After": header})
    assert read.retry_at == (None if seconds is None else NOW + dt.timedelta(seconds=seconds))


def test_the_limit_on_sent_mail_has_a_reason_of_its_own():
    words = "User-rate limit exceeded. (Mail sending). Retry after 2026-11-21T15:00:00Z"
    read = refusal(429, words, reason="rateLimitExceeded")
    assert (read.reason, read.quota) == (failures.SENDING_LIMIT, True)
    assert failures.lasting(read)
    assert not failures.lasting(
        refusal(429, "Too many concurrent requests for user", reason="rateLimitExceeded")
    )


@pytest.mark.parametrize(
    "words",
    [
        "You are trying to edit a protected cell or object.",
        "Du versuchst, eine geschützte Zelle oder ein geschütztes Objekt zu bearbeiten.",
        "Вы пытаетесь изменить защищенную ячейку или объект.",
    ],
)
def test_a_protected_cell_is_known_in_the_accounts_language(words):
    assert refusal(400, f"Invalid requests[1].updateCells: {words}", "INVALID_ARGUMENT").reason == "protected"


def test_other_refusals_may_speak_of_protection(identity):
    read = refusal(403, "Access is protected by your organisation's policy.", "PERMISSION_DENIED")
    assert read.reason == "PERMISSION_DENIED"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"error": "invalid_grant"}',
        b'{"error": {"errors": ["x"], "details": [1, null]}}',
        b"\xff",
    ],
)
def test_a_body_that_is_not_googles_is_read_too(content):
    read = failures.refusal(400, {}, content, NOW)
    assert (read.message, read.reason, read.quota) == ("Google answered 400.", "", False)


@pytest.mark.parametrize(
    ("code", "message", "reason", "way_out"),
    [
        (
            403,
            "The caller does not have permission",
            "PERMISSION_DENIED",
            "Share the spreadsheet with bot@p.iam as an editor",
        ),
        (404, "Requested entity was not found.", "NOT_FOUND", "check id (or url) in [sheet]"),
        (400, "Unable to parse range: 'Invoices'!A1:Z", "INVALID_ARGUMENT", "renamed, deleted"),
        (400, "This operation is not supported for this document", "FAILED_PRECONDITION", "Excel"),
        (403, "Google Sheets API has not been used", "SERVICE_DISABLED", "library/sheets.googleapis.com"),
    ],
)
def test_the_way_out_of_a_reading_that_was_refused(code, message, reason, way_out):
    bot = Identity("service_account", "bot@p.iam", "12345", "ar@example.com")
    error = failures.unreachable(Rejected(message, code=code, reason=reason), "sheets", bot)
    assert way_out in error.way_out
    assert message in error.message


def test_missing_scopes_send_a_person_to_login_and_a_machine_to_delegation(identity):
    trouble = Rejected(
        "Request had insufficient authentication scopes.", code=403, reason="insufficientPermissions"
    )
    assert "sheetsdun login" in str(failures.dead(trouble, "gmail", PERSON))
    assert "client id 12345" in str(failures.dead(trouble, "gmail", identity))


def test_a_service_account_without_mailbox_is_told_what_it_lacks(identity):
    trouble = Rejected("Precondition check failed.", code=400, reason="failedPrecondition")
    assert "no mailbox of its own" in str(failures.dead(trouble, "gmail", identity))
    assert failures.dead(Rejected("Bad", code=400, reason="invalidArgument"), "gmail", identity) is None


@pytest.mark.parametrize(
    ("words", "way_out"),
    [
        ("invalid_grant: Invalid JWT Signature.", "key of bot@project.iam.gserviceaccount.com was deleted"),
        (
            "invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes)",
            "clock of this machine",
        ),
        ("invalid_grant: Invalid email or User ID", "ar@example.com is no account"),
        ("unauthorized_client: Client is unauthorized to retrieve access tokens", "domain-wide delegation"),
    ],
)
def test_a_service_account_that_gets_no_token(identity, words, way_out):
    error = failures.denied(RefreshError(words, {"error": "…"}), identity)
    assert way_out in error.way_out
    assert error.exit_code == 4


@pytest.mark.parametrize(
    ("words", "way_out"),
    [
        ("invalid_grant: Token has been expired or revoked.", "sheetsdun login"),
        ("invalid_client: The OAuth client was not found.", "download it again"),
        ("invalid_scope: Some requested scopes were invalid", "every box"),
    ],
)
def test_a_person_who_gets_no_token(words, way_out):
    assert way_out in failures.denied(RefreshError(words), PERSON).way_out


def test_a_token_server_that_cannot_be_reached_is_no_refusal():
    error = failures.denied(TransportError("no route"), PERSON)
    assert "network" in error.way_out
    assert error.message == "Google could not be asked for a token (no route)."


def test_a_page_in_the_place_of_a_token_is_not_told_in_full():
    assert "second" not in failures.denied(RefreshError("first.\nsecond"), PERSON).message
    assert len(failures.denied(RefreshError("<html>" * 100), PERSON).message) < 350


def test_a_sign_in_that_fails_without_a_word_is_told_all_the_same():
    assert "RefreshError" in failures.denied(RefreshError(), PERSON).message


ASKED = requests.Request("POST", "https://gmail.googleapis.com/x").prepare()


@pytest.mark.parametrize(
    ("error", "left", "told"),
    [
        (requests.ConnectTimeout(), False, "no connection to the server"),
        (
            requests.ConnectionError("NewConnectionError: refused", request=ASKED),
            False,
            "no connection to gmail.googleapis.com",
        ),
        (
            requests.ConnectionError("NameResolutionError: unknown", request=ASKED),
            False,
            "no connection to gmail.googleapis.com",
        ),
        (requests.ReadTimeout(request=ASKED), True, "gmail.googleapis.com took too long"),
        (
            requests.ConnectionError("RemoteDisconnected", request=ASKED),
            True,
            "the connection to gmail.googleapis.com broke",
        ),
        (requests.exceptions.ChunkedEncodingError(), True, "the connection to the server broke"),
    ],
)
def test_only_what_never_left_is_known_not_to_have_happened(error, left, told):
    silence = failures.silence(error)
    assert isinstance(silence, failures.NotConnected) is not left
    assert str(silence) == told


def test_a_quota_that_is_used_up_says_until_when():
    trouble = Rejected("Too many", code=429, quota=True, retry_at=NOW)
    assert "2026-11-21 09:00 UTC" in str(failures.unreachable(trouble, "gmail", PERSON))
    untold = failures.unreachable(Rejected("Too many", code=429, quota=True), "gmail", PERSON)
    assert untold.message == "The quota of Gmail is used up: Too many."


def test_what_got_no_answer_cannot_be_reached_for_a_reader():
    with pytest.raises(failures.Unreachable, match="did not answer"), failures.reading("sheets", PERSON):
        raise NoAnswer("lost")


@pytest.mark.parametrize("slip", [KeyError("no such column"), IndexError("off by one")])
def test_a_slip_of_our_own_in_a_reading_is_not_taken_for_googles_silence(slip):
    with pytest.raises(type(slip)), failures.reading("sheets", PERSON):
        raise slip


@pytest.mark.parametrize("part", [{}, [], None, "id", {"id": {}}])
def test_an_answer_without_what_any_of_googles_has_is_none(part):
    with pytest.raises(NoAnswer, match="no answer of Google's"):
        failures.needed(failures.needed(part, "id"), "of what")
