"""Runs in processes of their own, which can be killed and put to sleep."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from embedded.shop import Shop

PATIENCE = 60.0
"""Seconds after which a process that should have ended or come to some point never will."""

_LOOK = 0.01


class Process:
    """``sheetsdun sync`` against a shop, its clock set to the shop's now."""

    def __init__(self, shop: Shop, *options: str, now: dt.datetime | None = None) -> None:
        instant = (now or shop.google.now).isoformat()
        command = [sys.executable, "-m", "sheetsdun", "sync", "--config", str(shop.config), "--now", instant]
        self._process = subprocess.Popen(
            [*command, *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={name: value for name, value in os.environ.items() if not name.startswith("SHEETSDUN")},
        )

    def until(self, reached: Callable[[], bool]) -> bool:
        """Wait until something is so; False where the process has ended before."""
        for _ in range(int(PATIENCE / _LOOK)):
            if reached():
                return True
            if self.ended(_LOOK):
                return reached()
        raise AssertionError("It has not come so far.")

    def ended(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        self._process.kill()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def end(self) -> tuple[int, str]:
        """Exit code (negative: the signal) and all that it has said."""
        said, _ = self._process.communicate(timeout=PATIENCE)
        return self._process.returncode, said.decode()

    def gone(self) -> None:
        """Nothing is left of it."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()


@contextmanager
def processes() -> Iterator[Callable[..., Process]]:
    """Starts processes, none of which outlives the test."""
    started: list[Process] = []

    def start(*arguments: object, **options: object) -> Process:
        started.append(Process(*arguments, **options))  # type: ignore[arg-type]  # as Process takes them
        return started[-1]

    try:
        yield start
    finally:
        for process in started:
            process.gone()
