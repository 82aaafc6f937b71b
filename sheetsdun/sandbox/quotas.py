"""Google's quotas: off until a test switches them on.

The minute and the day slide on the sandbox's clock, so that a test lets them pass by setting the date. The time in
"Retry after" is the machine's, because that is what a client compares it with.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import deque
from dataclasses import dataclass

from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.methods import Method
from sheetsdun.sandbox.wire import ApiError

# Units a call, from Google's table for Gmail; every other method counts 5.
GMAIL_UNITS = {
    "getProfile": 1,
    "drafts.create": 10,
    "drafts.delete": 10,
    "drafts.get": 20,
    "drafts.send": 100,
    "drafts.update": 15,
    "history.list": 2,
    "labels.get": 1,
    "labels.list": 1,
    "messages.batchDelete": 50,
    "messages.batchModify": 50,
    "messages.delete": 10,
    "messages.get": 20,
    "messages.import": 25,
    "messages.insert": 25,
    "messages.send": 100,
    "threads.delete": 20,
    "threads.get": 40,
    "threads.list": 10,
    "threads.modify": 10,
    "threads.trash": 10,
    "threads.untrash": 10,
    "settings.sendAs.create": 100,
    "settings.sendAs.delete": 100,
    "settings.sendAs.get": 1,
    "settings.sendAs.list": 1,
    "settings.sendAs.patch": 100,
    "settings.sendAs.update": 100,
}
_SENDING = {"gmail.users.drafts.send", "gmail.users.messages.send"}
_MINUTE = 60.0
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one user may use; None is no limit.

    Attributes:
        gmail_units: Gmail units a minute.
        sheets_reads: Sheets reads a minute.
        sheets_writes: Sheets writes a minute.
        sends: Mails in a rolling day.
    """

    gmail_units: int | None = None
    sheets_reads: int | None = None
    sheets_writes: int | None = None
    sends: int | None = None


GOOGLE = Limits(gmail_units=6000, sheets_reads=60, sheets_writes=60, sends=2000)
"""The limits of a Workspace account in a project made since May 2026."""


class Quotas:
    """Counts what each user has used.

    Attributes:
        limits: What holds now; assign to change it.
        units: Gmail units that all users have used since they were last forgotten.
        refused: Calls that there was no room for since then.
    """

    def __init__(self, clock: Clock) -> None:
        self.limits = Limits()
        self.units = 0
        self.refused = 0
        self._clock = clock
        self._lock = threading.Lock()
        self._used: dict[tuple[str, str], deque[tuple[float, int]]] = {}

    def take(self, method: Method, caller: str) -> None:
        """Count one call.

        Raises:
            ApiError: There was no room for it: 403 for Gmail, 429 for Sheets and for sending.
        """
        try:
            self._count(method, caller)
        except ApiError:
            self.refused += 1
            raise

    def _count(self, method: Method, caller: str) -> None:
        limits = self.limits
        if method.api == "gmail":
            units = GMAIL_UNITS.get(method.id.removeprefix("gmail.users."), 5)
            wait = self._take(("units", caller), units, limits.gmail_units, _MINUTE)
            if wait is not None:
                sentence = f"User-rate limit exceeded.  Retry after {_after(wait)}"
                raise ApiError(403, sentence, "PERMISSION_DENIED", "userRateLimitExceeded")
            self.units += units
            if method.id in _SENDING and (wait := self._full(("sends", caller), limits.sends)) is not None:
                sentence = f"User-rate limit exceeded.  (Mail sending)  Retry after {_after(wait)}"
                raise ApiError(429, sentence, "RESOURCE_EXHAUSTED", "rateLimitExceeded")
        elif method.api == "sheets":
            reading = method.http_method == "GET" or method.id.endswith(("ByDataFilter", ".search"))
            reading = reading and not method.id.endswith(("ClearByDataFilter", "UpdateByDataFilter"))
            kind, limit = ("Read", limits.sheets_reads) if reading else ("Write", limits.sheets_writes)
            if self._take((kind, caller), 1, limit, _MINUTE) is not None:
                raise _sheets_exhausted(kind, limit)

    def carried_out(self, method: Method, caller: str) -> None:
        """Count what only counts when it was done: a mail that went out."""
        if method.id in _SENDING:
            self._take(("sends", caller), 1, None, _DAY)

    def clear(self) -> None:
        """Forget what was used; the limits stay."""
        with self._lock:
            self._used.clear()
            self.units = self.refused = 0

    def _full(self, key: tuple[str, str], limit: int | None) -> float | None:
        return None if limit is None else self._take(key, 0, limit - 1, _DAY)

    def _take(self, key: tuple[str, str], cost: int, limit: int | None, window: float) -> float | None:
        """Use up ``cost``; gives the seconds to wait, and uses nothing, if that is more than the limit."""
        now = self._clock.now().timestamp()
        with self._lock:
            used = self._used.setdefault(key, deque())
            # Entries from the future were made before somebody set the date back.
            while used and not now - window < used[0][0] <= now:
                used.popleft()
            if limit is not None and sum(part for _, part in used) + cost > limit:
                return (used[0][0] + window - now) if used else window
            if cost:
                used.append((now, cost))
            return None


def _after(wait: float) -> str:
    when = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=wait)
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _sheets_exhausted(kind: str, limit: int | None) -> ApiError:
    metric = f"{kind} requests"
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {
            "service": "sheets.googleapis.com",
            "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
            "quota_limit": f"{kind}RequestsPerMinutePerUser",
            "quota_limit_value": str(limit),
            "quota_location": "global",
            "consumer": "projects/0",
        },
    }
    return ApiError(
        429,
        f"Quota exceeded for quota metric '{metric}' and limit '{metric} per minute per user' of service "
        "'sheets.googleapis.com' for consumer 'project_number:0'.",
        "RESOURCE_EXHAUSTED",
        details=[info],
    )
