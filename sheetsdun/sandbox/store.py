"""The SQLite file that holds everything the sandbox keeps."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Store:
    """One SQLite connection, one lock: calls are carried out one after the other, each whole or not at all.

    Each API creates its own tables (prefixed with its name) in its constructor. Whoever keeps a copy in memory
    changes it only when nothing can fail any more.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode=WAL")
        # The file must outlive a killed process, not a power cut.
        self.db.execute("PRAGMA synchronous=OFF")
        self._lock = threading.RLock()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold the lock; commit at the end, roll back if anything is raised."""
        with self._lock:
            if self.db.in_transaction:
                yield self.db
                return
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self.db.close()
