"""`sheetsdun demo`: the sample, and the whole of it in processes of its own."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests

from sheetsdun.cli import sample
from sheetsdun.cli.demo import open_day
from sheetsdun.config import load
from sheetsdun.domain.policy import Delivery
from sheetsdun.sandbox.clock import Clock

MONDAY_MORNING = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)  # nine o'clock in Berlin


def command(*arguments):
    return [sys.executable, "-m", "sheetsdun", "demo", *map(str, arguments)]


class Page:
    """What a person does on the page."""

    def __init__(self, endpoint):
        self.endpoint = endpoint

    def state(self):
        return requests.get(f"{self.endpoint}/_sandbox/state", timeout=10).json()

    def go_on(self, days):
        requests.post(f"{self.endpoint}/_sandbox/clock", json={"days": days}, timeout=10).raise_for_status()

    def sync(self):
        answer = requests.post(f"{self.endpoint}/_sandbox/sync", json={}, timeout=60).json()
        assert answer["ok"]
        return answer["text"]


@contextmanager
def demo(temporary, *arguments) -> Iterator[tuple[Page, str]]:
    """A demo that waits for a person, and what it printed before; ended by Ctrl-C."""
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            printed = ""
            for line in process.stdout:
                printed += line
                if "Ctrl-C" in line:
                    break
            address = re.search(r"http://127\.0\.0\.1:\d+", printed)
            assert address, process.stderr.read()
            yield Page(address[0]), printed
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=20) == ("", "")
            assert process.returncode == 0
        finally:
            process.kill()


def test_once_prints_what_was_planned_and_done():
    ended = subprocess.run(command("--once"), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    planned, done = ended.stdout.split("Done.")
    assert len(re.findall(r"to be drafted *$", planned, re.MULTILINE)) == 5
    assert len(re.findall(r"to be sent *$", planned, re.MULTILINE)) == 3
    assert len(re.findall(r"^SD-\w+ .* drafted", done, re.MULTILINE)) == 5
    assert len(re.findall(r"^SD-\w+ .* sent", done, re.MULTILINE)) == 3
    assert "HV-1045, HV-1046 " in done
    assert "1 waiting, 2 on hold, 1 promised, 1 stopped, 2 with a problem, 2 closed." in done


def test_the_ladder_climbs_with_the_days(tmp_path):
    with demo(tmp_path) as (page, _):
        assert page.state()["sync"]
        page.go_on(7)
        climbed = page.sync()
        assert [*tmp_path.iterdir()] != []
    assert re.search(r"^SD-\w+ .* reminder .* HV-1043 .* sent", climbed, re.MULTILINE)
    assert [*tmp_path.iterdir()] == []


def test_goes_on_in_a_folder_that_keeps_it(tmp_path):
    folder = tmp_path / "kept"
    with demo(tmp_path, "--data", folder) as (page, _):
        page.go_on(7)
        page.sync()
        before = page.state()
    with demo(tmp_path, "--data", folder) as (page, printed):
        after = page.state()
        assert "drafted" not in printed
        assert "18 invoices" in printed
        assert "The log" not in page.sync()
    assert after["spreadsheets"] == before["spreadsheets"]
    assert after["now"][:10] == before["now"][:10]


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (dt.datetime(2026, 11, 20, 22, tzinfo=dt.UTC), dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)),
        (dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC), MONDAY_MORNING),
        (dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), MONDAY_MORNING),
        (dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC), MONDAY_MORNING),
    ],
)
def test_opens_on_a_day_on_which_letters_go(now, opens):
    clock = Clock()
    clock.set(now)
    open_day(SimpleNamespace(clock=clock))
    assert abs(clock.now() - opens) < dt.timedelta(minutes=1)


def test_the_sample_stands_around_the_day():
    today = dt.date(2027, 3, 1)
    header, *rows = sample.invoices(today)
    due = {row[0]: row[header.index("Due")] for row in rows}
    assert due["HV-1045"] == dt.date(2027, 1, 20)
    assert due["HV-1047"] == dt.date(2027, 3, 4)
    assert due["HV-1056"] == "31.02.2026"


def test_the_samples_config_is_one():
    config = load(sample.config("id-1", Path("/keys/a b.json"), "http://127.0.0.1:9"))
    assert [way.name for way in config.ways] == ["main", "card"]
    assert {level.delivery for level in config.policies["standard"].levels} == {Delivery.DRAFT}
    assert {level.delivery for level in config.policies["auto"].levels} == {Delivery.SEND}
