"""The shapes of Google's errors, known here alone: an answer becomes Rejected, NoAnswer or Unreachable.

Each error that a user can mend says how. The facts are from Google's guides to errors of Sheets, Gmail and OAuth.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

import requests
from google.auth.exceptions import GoogleAuthError, TransportError

from sheetsdun.errors import Unreachable
from sheetsdun.google import remedies
from sheetsdun.google.identity import Identity
from sheetsdun.ports import NoAnswer, Rejected

Api: TypeAlias = Literal["sheets", "gmail", "drive"]

SENDING_LIMIT = "sendingLimit"
"""Our reason for Gmail's limit on sent mail, which lasts for hours; Google's own reason there is a plain rate limit."""

_LASTING = frozenset({SENDING_LIMIT, "dailyLimitExceeded", "quotaExceeded"})
_RATE = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"})
_RETRY_AFTER = re.compile(r"Retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)", re.IGNORECASE)
# "protected cell or object" in the languages of our users; Google answers in the language of the account.
_PROTECTED = ("protected", "geschützt", "защищ")


NOT_GOOGLES = "a success that is no answer of Google's"
"""Words of the NoAnswer where something between Google and us has answered."""


class NotConnected(NoAnswer):
    """No connection came about: nothing can have happened, so any request may be repeated."""


def refusal(code: int, headers: Mapping[str, str], content: bytes, now: dt.datetime) -> Rejected:
    """Read an error answer of Sheets, Gmail or Drive.

    Args:
        code: HTTP status, 400 to 499.
        headers: Of the answer, without regard to case.
        content: Its body, JSON as a rule.
        now: The present instant, from which a Retry-After in seconds counts.
    """
    error = _error(content)
    message = str(error.get("message") or "").strip() or f"Google answered {code}."
    reason = _reason(error)
    if "mail sending" in message.lower():
        reason = SENDING_LIMIT
    elif code == requests.codes.bad_request and any(word in message.lower() for word in _PROTECTED):
        reason = "protected"
    quota = code == requests.codes.too_many_requests or reason in _RATE | _LASTING
    return Rejected(
        message,
        code=code,
        reason=reason,
        quota=quota,
        retry_at=_retry_at(headers, message, now),
    )


def lasting(trouble: Rejected) -> bool:
    """Whether a quota is used up for hours, so that waiting within the run is of no use."""
    return trouble.reason in _LASTING


def silence(error: requests.RequestException) -> NoAnswer:
    """Tell a request that never left from one whose answer was lost."""
    words = f"{type(error).__name__}: {error}"
    if (
        isinstance(error, requests.ConnectTimeout)
        or "NewConnectionError" in words
        or "NameResolutionError" in words
    ):
        return NotConnected(f"no connection to {_host(error)}")
    if isinstance(error, requests.Timeout):
        return NoAnswer(f"{_host(error)} took too long")
    return NoAnswer(f"the connection to {_host(error)} broke")


def _host(error: requests.RequestException) -> str:
    """The server that was asked."""
    return urlsplit(error.request.url or "").netloc if error.request is not None else "the server"


def denied(error: GoogleAuthError, identity: Identity) -> Unreachable:
    """Google gave no token."""
    if isinstance(error, TransportError):
        return Unreachable(f"Google could not be asked for a token ({_told(error)}).", remedies.NETWORK)
    return Unreachable(
        f"Google refused the sign-in ({_told(error)}).", remedies.sign_in(str(error), identity)
    )


def dead(trouble: Rejected, api: Api, identity: Identity) -> Unreachable | None:
    """The refusal of a sign-in as such, after which no other call can succeed either; None for any other."""
    way_out = remedies.access(trouble, api, identity)
    return Unreachable(f"{remedies.NAMES[api]} said no: {trouble.message}", way_out) if way_out else None


def unreachable(trouble: Rejected | NoAnswer, api: Api, identity: Identity) -> Unreachable:
    """What a reading method raises, with its way out."""
    name = remedies.NAMES[api]
    if isinstance(trouble, NoAnswer):
        return Unreachable(f"{name} did not answer ({trouble}).", remedies.NETWORK)
    if trouble.quota:
        when = f" It may be tried again at {trouble.retry_at:%Y-%m-%d %H:%M} UTC." if trouble.retry_at else ""
        return Unreachable(f"The quota of {name} is used up: {trouble.message}.{when}", "Run again later.")
    return Unreachable(f"{name} said no: {trouble.message}", remedies.reading(trouble, api, identity))


@contextmanager
def reading(api: Api, identity: Identity) -> Iterator[None]:
    """Turn the two ends of a failed call into Unreachable."""
    try:
        yield
    except (Rejected, NoAnswer) as trouble:
        raise unreachable(trouble, api, identity) from trouble


def needed(part: Any, name: str) -> Any:
    """What is there in any such answer of Google's. Raises NoAnswer where it is not: then it is none of Google's."""
    try:
        return part[name]
    except (LookupError, TypeError) as error:
        raise NoAnswer(NOT_GOOGLES) from error


def by_a_gateway(code: int, content: bytes) -> bool:
    """Whether something between Google and us forbids the call: Google says why, in JSON.

    That is no word about a letter. Other refusals without JSON come from Google's own front door, such as that of a
    request that is too large.
    """
    return code == requests.codes.forbidden and not _error(content)


def _error(content: bytes) -> Mapping[str, Any]:
    """The ``error`` object of a body; empty where it has none."""
    try:
        body = json.loads(content)
    except ValueError:
        return {}
    error = body.get("error") if isinstance(body, dict) else None
    return error if isinstance(error, dict) else {}


def _reason(error: Mapping[str, Any]) -> str:
    """Gmail's ``errors[].reason``, else the typed detail's, else the canonical status."""
    found = [*(error.get("errors") or ()), *(error.get("details") or ())]
    reasons = (entry.get("reason") for entry in found if isinstance(entry, dict))
    return str(next((reason for reason in reasons if reason), None) or error.get("status") or "")


def _retry_at(headers: Mapping[str, str], message: str, now: dt.datetime) -> dt.datetime | None:
    """When Google wants to be asked again: the text of the message (Gmail), else the header, in either form."""
    if told := _RETRY_AFTER.search(message):
        try:
            return dt.datetime.fromisoformat(told[1])
        except ValueError:
            return None
    value = headers.get("Retry-After", headers.get("retry-after", "")).strip()
    if value.isdecimal():
        return now + dt.timedelta(seconds=min(int(value), 86_400))
    try:
        return email.utils.parsedate_to_datetime(value).astimezone(dt.UTC)
    except (OverflowError, ValueError):
        return None


def _told(error: GoogleAuthError) -> str:
    """The sentence in an error of google-auth, which may carry the answer's whole body beside it."""
    return (
        str(error.args[0]).split("\n", 1)[0].strip().rstrip(".")[:300] if error.args else type(error).__name__
    )
