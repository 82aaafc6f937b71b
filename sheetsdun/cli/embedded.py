"""The embedded Google, as a command runs it: started with clear words, ended by Ctrl-C or SIGTERM."""

from __future__ import annotations

import errno
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from sheetsdun.errors import UsageError

if TYPE_CHECKING:  # an extra: not installed everywhere, and not quick to import
    from sheetsdun.sandbox.launch import Sandbox
    from sheetsdun.sandbox.levers import Sync

_EXTRA = "cryptography"
"""What the extra ``sandbox`` installs."""


@contextmanager
def running(data: Path, port: int, mailbox: str, on_sync: Sync | None = None) -> Iterator[Sandbox]:
    """The embedded Google, for as long as the block lasts.

    Args:
        data: The folder that keeps its state.
        port: Where it listens; 0 takes a free port.
        mailbox: Its account.
        on_sync: What its page's sync button does; without it there is none.

    Raises:
        UsageError: It is not installed, the port is taken, or the folder cannot be used.
    """
    try:
        from sheetsdun.sandbox.launch import Sandbox
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != _EXTRA:
            raise
        raise UsageError(
            "The embedded Google is an extra that is not installed here.",
            "Install it with: pip install 'sheetsdun[sandbox]'",
        ) from None
    google = Sandbox(data, port, mailbox, on_sync)
    try:
        google.start()
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, errno.EACCES} and error.filename is None:
            raise UsageError(
                f"Port {port} cannot be had ({error.strerror}).",
                "Name another with --port, or 0 for any that is free.",
            ) from None
        raise UsageError(
            f"{data} cannot be used ({error.strerror or error}).", "Name another folder with --data."
        ) from None
    try:
        yield google
    finally:
        google.stop()


@contextmanager
def stop_signals() -> Iterator[Callable[[], int]]:
    """Ctrl-C and SIGTERM interrupt nothing inside the block; it is given a function that waits for one of them."""
    came: SimpleQueue[int] = SimpleQueue()  # the one queue that a signal handler may put into at any moment
    before = {
        number: signal.signal(number, lambda number, _frame: came.put(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield came.get
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
