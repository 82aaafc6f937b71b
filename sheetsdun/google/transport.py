"""Every request to Google goes through here: signed, timed, counted, paced, and repeated only where that is safe.

One ``requests`` session serves gspread and googleapiclient alike. The latter's own httplib2 is not used: it sends a
request again, whatever its method, when the server closes the connection without an answer, and a letter would go
twice. Here no layer repeats by itself: urllib3's retries are off, redirects are not followed, and ``Repeat`` decides.
The one exception is a 401, which says by its meaning that nothing was done: a new token is fetched and used once.

google-auth's own session is not used either: for service accounts it asks another Google server about them in the
background, whatever the endpoints are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request

from sheetsdun.google import failures
from sheetsdun.google.identity import Identity
from sheetsdun.google.pace import Pace
from sheetsdun.google.retry import Patience, Repeat
from sheetsdun.ports import NoAnswer

TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and between two bytes of an answer."""

_UNSETTLED = frozenset({408, 499})
"""Refusals by number (time-out, cancelled) after which the request may still have been carried out."""


@dataclass(slots=True)
class Calls:
    """HTTP requests made, by API. A batch is one; those for tokens are not counted."""

    sheets: int = 0
    gmail: int = 0
    drive: int = 0

    def count(self, api: failures.Api) -> None:
        """Note one more request."""
        setattr(self, api, getattr(self, api) + 1)

    def as_dict(self) -> dict[str, int]:
        """For the JSON report."""
        return asdict(self)


class Transport:
    """Carries requests of one API in one account's name.

    Args:
        api: Which API, for counting and for words.
        credentials: From ``auth``.
        identity: Whose they are, for words.
        calls: Where requests are counted.
        patience: The retry policy, with its sleep and clock.
        timeout: Seconds to connect, seconds between bytes.
    """

    def __init__(
        self,
        api: failures.Api,
        credentials: Credentials,
        identity: Identity,
        *,
        calls: Calls | None = None,
        patience: Patience | None = None,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self.api = api
        self.identity = identity
        self.patience = patience or Patience()
        self._calls = calls or Calls()
        self._timeout = timeout
        self._credentials = credentials
        self._token_server = partial(Request(requests.Session()), timeout=timeout[1])
        self.session = requests.Session()

    def request(
        self,
        method: str,
        url: str,
        *,
        repeat: Repeat,
        pace: Pace,
        units: int = 1,
        **content: Any,
    ) -> requests.Response:
        """Carry out a request, again where ``repeat`` allows it.

        Args:
            method: HTTP method.
            url: Absolute.
            repeat: What may be repeated.
            pace: The quota that it counts against.
            units: What it costs there.
            **content: ``params``, ``json``, ``data``, ``headers``, as requests takes them.

        Raises:
            Rejected: Refused; nothing has happened.
            NoAnswer: Nobody knows.
            errors.Unreachable: The sign-in as such was refused; nothing has happened.
        """
        return self.patience.run(lambda: self.once(method, url, pace=pace, units=units, **content), repeat)

    def once(self, method: str, url: str, *, pace: Pace, units: int = 1, **content: Any) -> requests.Response:
        """Carry out a request exactly once; arguments and errors are those of ``request``."""
        if not self._credentials.valid:
            self._renew()
        answer = self._signed(method, url, pace, units, content)
        if answer.status_code == requests.codes.unauthorized:
            self._renew()
            answer = self._signed(method, url, pace, units, content)
        return self._judged(answer)

    def _signed(
        self, method: str, url: str, pace: Pace, units: int, content: Mapping[str, Any]
    ) -> requests.Response:
        headers = dict(content.get("headers") or {})
        self._credentials.apply(headers)  # type: ignore[no-untyped-call]  # google-auth types in part
        content = {**content, "headers": headers, "timeout": self._timeout, "allow_redirects": False}
        with pace.spend(units):
            self._calls.count(self.api)
            try:
                return self.session.request(method, url, **content)
            except requests.RequestException as error:
                raise failures.silence(error) from error

    def _renew(self) -> None:
        try:
            self._credentials.refresh(self._token_server)  # type: ignore[no-untyped-call]  # the same
        except GoogleAuthError as error:
            raise failures.denied(error, self.identity) from error
        except (OverflowError, TypeError, ValueError) as error:
            # google-auth takes any JSON for a token.
            raise failures.unreachable(NoAnswer(failures.NOT_GOOGLES), self.api, self.identity) from error

    def _judged(self, answer: requests.Response) -> requests.Response:
        code = answer.status_code
        # 308 is how an upload in pieces is told to go on; any other redirect is some gateway's.
        if (
            requests.codes.ok <= code < requests.codes.multiple_choices
            or code == requests.codes.permanent_redirect
        ):
            return answer
        if not requests.codes.bad_request <= code < requests.codes.server_error or code in _UNSETTLED:
            raise NoAnswer(f"HTTP {code} {answer.reason}")
        if failures.by_a_gateway(code, answer.content):
            raise NoAnswer(f"HTTP {code} {answer.reason}, not from Google")
        refusal = failures.refusal(code, answer.headers, answer.content, self.patience.now())
        raise failures.dead(refusal, self.api, self.identity) or refusal

    def close(self) -> None:
        """Close the connections."""
        self.session.close()
