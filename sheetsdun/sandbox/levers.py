"""The levers of ``/_sandbox/``: the date, reset, quotas, latency, faults, counts, a token, the sync button.

Each is a function from a JSON object to JSON; its name is its HTTP method and its path.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
from collections.abc import Callable, Mapping
from typing import Any

from sheetsdun.sandbox.apis import Apis
from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.faults import Fault, Faults, Latch
from sheetsdun.sandbox.quotas import GOOGLE, Limits, Quotas
from sheetsdun.sandbox.store import Store
from sheetsdun.sandbox.tally import Tally
from sheetsdun.sandbox.tokens import Tokens

Sync = Callable[[dt.datetime], str]
"""What the sync button does: given the sandbox's now, it runs and gives back what it printed."""

_MOST_LATENCY = 600_000


class Refused(Exception):
    """What a lever cannot do: an HTTP status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Levers:
    """All levers of one sandbox.

    Attributes:
        latency: Seconds that every call to an API waits first.
    """

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        apis: Apis,
        tokens: Tokens,
        quotas: Quotas,
        faults: Faults,
        latch: Latch,
        tally: Tally,
        tune_gmail: Callable[..., None],
        mailbox: str,
        on_sync: Sync | None,
    ) -> None:
        self.latency = 0.0
        self._store = store
        self._clock = clock
        self._apis = apis
        self._tokens = tokens
        self._quotas = quotas
        self._faults = faults
        self._latch = latch
        self._tally = tally
        self._tune_gmail = tune_gmail
        self._mailbox = mailbox
        self._on_sync = on_sync
        self._syncing = threading.Lock()

    def all(self) -> Mapping[tuple[str, str], Callable[[dict[str, Any]], Any]]:
        """By HTTP method and name."""
        return {
            ("GET", "state"): self.get_state,
            ("POST", "clock"): self.post_clock,
            ("POST", "reset"): self.post_reset,
            ("GET", "quotas"): self.get_quotas,
            ("POST", "quotas"): self.post_quotas,
            ("GET", "used"): self.get_used,
            ("POST", "latency"): self.post_latency,
            ("POST", "gmail"): self.post_gmail,
            ("GET", "faults"): self.get_faults,
            ("POST", "faults"): self.post_faults,
            ("DELETE", "faults"): self.delete_faults,
            ("GET", "calls"): self.get_calls,
            ("DELETE", "calls"): self.delete_calls,
            ("POST", "token"): self.post_token,
            ("DELETE", "token"): self.delete_token,
            ("POST", "sync"): self.post_sync,
        }

    def get_state(self, _: Mapping[str, Any]) -> Any:
        """The date, the mailbox, whether there is a sync button, and the spreadsheets, newest first."""
        return {
            "now": _iso(self._clock.now()),
            "mailbox": self._mailbox,
            "sync": self._on_sync is not None,
            "spreadsheets": self._spreadsheets(),
        }

    def post_clock(self, asked: Mapping[str, Any]) -> Any:
        """Set the date: ``{"now": ISO}`` (UTC where it names no zone), or go on by ``{"days": n}``."""
        days = asked.get("days", 0)
        if not isinstance(days, int | float) or isinstance(days, bool):
            raise Refused(400, "days is a number")
        try:
            now = dt.datetime.fromisoformat(asked["now"]) if "now" in asked else self._clock.now()
            now = (now if now.tzinfo else now.replace(tzinfo=dt.UTC)) + dt.timedelta(days=days)
            self._clock.set(now.astimezone(dt.UTC))
        except (TypeError, ValueError, OverflowError) as error:
            raise Refused(400, f"now is no instant that can be set: {error}") from error
        return {"now": _iso(self._clock.now())}

    def post_reset(self, _: Mapping[str, Any]) -> Any:
        """Empty spreadsheets, mailboxes and files; no faults, quotas or latency; the machine's date.

        The keys and what was granted with them stay.
        """
        self._apis.reset()
        self._clock.set(dt.datetime.now(dt.UTC))
        self._quotas.limits = Limits()
        self._quotas.clear()
        self._faults.clear()
        self._latch.release()
        self._tally.clear()
        self.latency = 0.0
        return {}

    def get_quotas(self, _: Mapping[str, Any]) -> Any:
        """The limits for each user: null is none."""
        return dataclasses.asdict(self._quotas.limits)

    def get_used(self, _: Mapping[str, Any]) -> Any:
        """Gmail units used, and calls refused for a quota, since the limits were set."""
        return {"units": self._quotas.units, "refused": self._quotas.refused}

    def post_quotas(self, asked: dict[str, Any]) -> Any:
        """Set limits: ``{"on": true}`` are Google's, ``{"on": false}`` none; single ones can be named beside it.

        They are ``gmail_units``, ``sheets_reads``, ``sheets_writes`` (a minute) and ``sends`` (a rolling day). What
        was used so far is forgotten.
        """
        on = asked.pop("on", None)
        base = self._quotas.limits if on is None else GOOGLE if on else Limits()
        for name, value in asked.items():
            if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
                raise Refused(400, f"{name} is a whole number or null")
        self._quotas.limits = _made(dataclasses.replace, base, **asked)
        self._quotas.clear()
        return self.get_quotas({})

    def post_latency(self, asked: Mapping[str, Any]) -> Any:
        """Let every call take ``{"ms": n}`` longer."""
        ms = asked.get("ms")
        if not isinstance(ms, int | float) or not 0 <= ms <= _MOST_LATENCY:
            raise Refused(400, f"ms is a number up to {_MOST_LATENCY}")
        self.latency = ms / 1000
        return {"ms": ms}

    def post_gmail(self, asked: Mapping[str, Any]) -> Any:
        """Make Gmail slow or forgetful: ``{"search_lag_seconds": n, "history_days": n}``, either alone too."""
        for name, value in asked.items():
            if not isinstance(value, int | float) or isinstance(value, bool):
                raise Refused(400, f"{name} is a number")
        _made(self._tune_gmail, **asked)
        return {}

    def get_faults(self, _: Mapping[str, Any]) -> Any:
        """The faults that are set, with how many calls each has ``seen`` and ``struck``."""
        return {"faults": [dataclasses.asdict(fault) for fault in self._faults.all()]}

    def post_faults(self, asked: Mapping[str, Any]) -> Any:
        """Set one more fault; its fields are those of ``faults.Fault``."""
        self._faults.add(_made(Fault, **{k: v for k, v in asked.items() if k not in {"seen", "struck"}}))
        return self.get_faults({})

    def delete_faults(self, _: Mapping[str, Any]) -> Any:
        """Take all faults away, and let go of the connections that hang."""
        self._faults.clear()
        self._latch.release()
        return {"faults": []}

    def get_calls(self, _: Mapping[str, Any]) -> Any:
        """How often the sandbox was called: ``{"http", "methods": {id: n}, "inner": {id: n}, "token"}``."""
        return self._tally.report()

    def delete_calls(self, _: Mapping[str, Any]) -> Any:
        """Count from nothing."""
        self._tally.clear()
        return self._tally.report()

    def post_token(self, asked: Mapping[str, Any]) -> Any:
        """An access token with every scope, for the mailbox or for ``{"user": address}``."""
        user = asked.get("user", self._mailbox)
        if not isinstance(user, str) or "@" not in user:
            raise Refused(400, "user is an e-mail address")
        return {"access_token": self._tokens.access(user, frozenset(self._apis.discovery.scopes))}

    def delete_token(self, _: Mapping[str, Any]) -> Any:
        """Let every access token expire now; refresh tokens stay."""
        self._tokens.expire()
        return {}

    def post_sync(self, _: Mapping[str, Any]) -> Any:
        """Press the sync button: ``{"ok", "text"}``."""
        if self._on_sync is None:
            raise Refused(404, "Nothing was given to sync with.")
        if not self._syncing.acquire(blocking=False):
            raise Refused(409, "A sync is running.")
        try:
            return {"ok": True, "text": self._on_sync(self._clock.now())}
        except Exception as error:  # noqa: BLE001 - whatever the callback failed with is shown to the person
            return {"ok": False, "text": str(error) or type(error).__name__}
        finally:
            self._syncing.release()

    def _spreadsheets(self) -> list[dict[str, str]]:
        with self._store.transaction() as db:
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'sheets_spreadsheets'").fetchone():
                return []
            query = "SELECT id, title FROM sheets_spreadsheets WHERE NOT trashed ORDER BY created DESC, rowid DESC"
            return [dict(row) for row in db.execute(query)]


def _made(make: Callable[..., Any], *args: Any, **values: Any) -> Any:
    try:
        return make(*args, **values)
    except (TypeError, ValueError) as error:
        raise Refused(400, str(error)) from error


def _iso(instant: dt.datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
