"""One plan in a process of its own, so that its peak of memory is its own: prints JSON."""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import time
from pathlib import Path

from sheetsdun import wiring
from sheetsdun.cli.options import clock
from sheetsdun.report import told
from sheetsdun.sync.outcome import Outcome
from sheetsdun.sync.routine import prepare

_KIB_A_MB = 1024


def main(config: str, now: str) -> None:
    """Plan, and tell what it took."""
    began, worked = time.perf_counter(), time.process_time()
    with wiring.house(Path(config), clock(dt.datetime.fromisoformat(now))) as home:
        prepared = prepare(home.desk)
        said = told(prepared, Outcome(), home.connection.calls.as_dict())
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - began,
                "own": time.process_time() - worked,
                "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_A_MB,
                "rows": len(said.decisions),
                "letters": len(said.letters),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
