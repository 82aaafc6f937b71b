"""A rehearsal: an embedded Google, the keeper of a sheet in it, and runs of sheetsdun."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from keeper import Keeper
from ledger import LADDER

from sheetsdun import wiring
from sheetsdun.cli.wanted import wanted
from sheetsdun.report import Told, told
from sheetsdun.sync.outcome import Outcome
from sheetsdun.sync.routine import carry_out, prepare


@contextmanager
def embedded_google(folder: Path) -> Iterator[dict[str, str]]:
    """An embedded Google in a process of its own; what it says when it is ready."""
    command = [sys.executable, "-m", "sheetsdun", "sandbox", "--port", "0", "--data", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


@dataclass(frozen=True, slots=True)
class Run:
    """What one sync did.

    Attributes:
        seconds: That it took, without the pauses.
        paused: Seconds that it would have waited for Google's quotas.
    """

    told: Told
    outcome: Outcome
    seconds: float
    paused: float

    @property
    def requests(self) -> int:
        """HTTP requests to all APIs, those for tokens not counted."""
        return sum(self.told.calls.values())


class Rehearsal:
    """sheetsdun, set up for the keeper's sheet.

    Args:
        folder: Where the config is written.
        google: What an embedded Google says when it is ready.
        group: Who shares a letter: "invoice" or "debtor".
        delivery: What the ladder does: "draft" or "send".
        start: The first day.
        quotas: Whether the embedded Google has Google's quotas.

    Attributes:
        keeper: Who keeps the sheet.
        config: The config file.
    """

    def __init__(
        self,
        folder: Path,
        google: Mapping[str, str],
        *,
        group: str = "invoice",
        delivery: str = "draft",
        start: dt.date,
        quotas: bool = False,
    ) -> None:
        self.quotas = quotas
        self.keeper = Keeper(google["endpoint"], start)
        self.config = folder / "sheetsdun.toml"
        self.config.write_text(_config(self.keeper.spreadsheet, google, group, delivery), encoding="utf-8")
        with wiring.house(self.config, self.keeper.now) as home:
            layout = home.connection.layout(self.keeper.spreadsheet)
            layout.carry_out(layout.steps(wanted(home.config)))
        if quotas:
            self.keeper.mind_quotas()

    def sync(self) -> Run:
        """One ``sync``, on a clock that jumps where a run would wait for Google's quotas."""
        began = time.perf_counter()
        slept = 0.0

        def jump(seconds: float) -> None:
            nonlocal slept
            slept += seconds
            if self.quotas:
                self.keeper.wait(seconds)

        def clock() -> float:
            return time.monotonic() + slept

        with wiring.house(self.config, self.keeper.now, clock=clock, sleep=jump) as home:
            prepared = prepare(home.desk)
            outcome = carry_out(home.desk, prepared)
        said = told(prepared, outcome, home.connection.calls.as_dict(), home.settings.columns.headers)
        return Run(said, outcome, time.perf_counter() - began, slept)


def _config(spreadsheet: str, google: Mapping[str, str], group: str, delivery: str) -> str:
    levels = "".join(
        f'\n[[policy.standard.level]]\nname = "{name}"\noffset = {offset}\ndelivery = "{delivery}"\n'
        for name, offset in LADDER.items()
    )
    endpoints = "".join(f'{api} = "{google["endpoint"]}"\n' for api in ("sheets", "gmail", "drive"))
    return f"""\
[google]
credentials = {json.dumps(google["credentials"])}
mailbox = "{google["mailbox"]}"

[google.endpoints]
{endpoints}
[sheet]
id = "{spreadsheet}"
customers = ""
policies = ""
payments = ""

[defaults]
group = "{group}"

[calendar]
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

[limits]
max_letters = 10000
min_gap_days = 0

[sender]
name = "Accounts, Example GmbH"

[policy.standard]
{levels}"""
