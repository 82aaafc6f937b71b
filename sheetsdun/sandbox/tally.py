"""How often the sandbox was called: the measure of what a client costs."""

from __future__ import annotations

import threading
from collections import Counter


class Tally:
    """Counts HTTP requests by method id; a batch is one, and its inner calls are counted apart."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[str] = Counter()
        self._inner: Counter[str] = Counter()

    def count(self, name: str, inner: bool = False) -> None:
        """Count one request, named by its method's id, ``batch``, ``token``, ``consent`` or ``unknown``."""
        with self._lock:
            (self._inner if inner else self._requests)[name] += 1

    def clear(self) -> None:
        """Begin at nothing."""
        with self._lock:
            self._requests.clear()
            self._inner.clear()

    def report(self) -> dict[str, object]:
        """The counts: ``http`` is every request but the sign-in ones, which are ``token``."""
        with self._lock:
            apart = {"token", "consent"}
            requests = {name: n for name, n in sorted(self._requests.items()) if name not in apart}
            return {
                "http": sum(requests.values()),
                "methods": requests,
                "inner": dict(sorted(self._inner.items())),
                "token": self._requests["token"],
            }
