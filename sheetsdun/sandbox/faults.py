"""Faults on demand: a status, a dropped connection or a hang, before a call's effect or after it."""

from __future__ import annotations

import re
import threading
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sheetsdun.sandbox.exchange import Request, Response, Unanswered, json_response
from sheetsdun.sandbox.refusals import status_refusal

KINDS = ("status", "drop", "hang")


class Latch:
    """Holds threads until their time is up or somebody lets them all go."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._closed = False

    def hold(self, seconds: float | None) -> None:
        """Wait so long at most; None waits until let go."""
        if not self._closed:
            self._event.wait(seconds)

    def release(self, for_good: bool = False) -> None:
        """Let go of everybody who waits now, and, for good, of everybody to come."""
        self._closed = self._closed or for_good
        event, self._event = self._event, threading.Event()
        event.set()


@dataclass(slots=True)
class Fault:
    """One fault that was asked for.

    Attributes:
        path: A regular expression that is searched for in the percent-decoded path.
        method: The HTTP method; "" is any.
        nth: The first matching call that it strikes, counted from 1 from when it was set.
        times: How many calls in a row it strikes.
        when: ``before``: nothing happened; ``after``: the effect is there and its answer lost.
        kind: ``status``, ``drop`` or ``hang``.
        status: The status, for that kind.
        body: The body with it: JSON, or text; None is Google's usual one.
        headers: Headers with it.
        seconds: How long it hangs before the connection is dropped; None: until let go.
        inner: Strike the calls inside a batch too, each counted.
        seen: How many calls have matched.
        struck: How many of them were struck.
    """

    path: str = ""
    method: str = ""
    nth: int = 1
    times: int = 1
    when: str = "before"
    kind: str = "status"
    status: int = 503
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float | None = None
    inner: bool = False
    seen: int = 0
    struck: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            ValueError: With a sentence on what is wrong.
        """
        try:
            re.compile(self.path)
        except re.error as error:
            raise ValueError(f"path is no regular expression: {error}") from error
        if self.when not in {"before", "after"}:
            raise ValueError("when is before or after")
        if self.kind not in KINDS:
            raise ValueError("kind is status, drop or hang")
        if self.nth < 1 or self.times < 1:
            raise ValueError("nth and times count from 1")
        if not 200 <= self.status <= 599:  # noqa: PLR2004 - HTTP
            raise ValueError("status is between 200 and 599")

    def strikes(self, request: Request, inner: bool) -> bool:
        """Whether this call is struck; counts it if it matches."""
        if inner and not self.inner:
            return False
        if self.method and self.method.upper() != request.method:
            return False
        if re.search(self.path, urllib.parse.unquote(request.path)) is None:
            return False
        self.seen += 1
        struck = self.nth <= self.seen < self.nth + self.times
        self.struck += struck
        return struck

    def happen(self, api: str) -> Response:
        """The answer instead of the true one.

        Raises:
            Unanswered: There is none.
        """
        if self.kind == "drop":
            raise Unanswered
        if self.kind == "hang":
            raise Unanswered(self.seconds)
        if self.body is None:
            answer = status_refusal(self.status, api)
            return Response(answer.status, answer.body, {**answer.headers, **self.headers})
        if isinstance(self.body, str):
            return Response(self.status, self.body.encode(), {"Content-Type": "text/html", **self.headers})
        return json_response(self.status, self.body, self.headers)


class Faults:
    """The faults that are set. With several, the first that strikes a call is the one that happens."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Set one more."""
        with self._lock:
            self._faults.append(fault)

    def all(self) -> list[Fault]:
        """Those that are set, with their counts."""
        with self._lock:
            return list(self._faults)

    def clear(self) -> None:
        """Take them all away."""
        with self._lock:
            self._faults.clear()

    def around(
        self, request: Request, api: str, act: Callable[[], Response], inner: bool = False
    ) -> Response:
        """Carry out a call, unless a fault strikes it.

        Raises:
            Unanswered: The fault says that there is no answer.
        """
        with self._lock:
            fault = next((one for one in self._faults if one.strikes(request, inner)), None)
        if fault is None:
            return act()
        if fault.when == "after":
            act()
        return fault.happen(api)
