"""`sheetsdun sandbox`, as a person or a test runner starts and ends it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

MISSING = """
import sys
sys.modules["cryptography"] = None
from sheetsdun.__main__ import main
main()
"""


def command(*arguments):
    return [sys.executable, "-m", "sheetsdun", "sandbox", *map(str, arguments)]


@contextmanager
def sandbox(data, *arguments) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    started = command("--port", 0, "--data", data, *arguments)
    with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def post(endpoint, path, body, token=""):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.post(endpoint + path, json=body, headers=headers, timeout=10)
    answer.raise_for_status()
    return answer.json()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_says_one_line_when_ready_and_ends_cleanly(tmp_path, number):
    with sandbox(tmp_path, "--mailbox", "me@example.org") as (process, ready):
        assert ready.keys() == {"endpoint", "credentials", "mailbox"}
        assert ready["mailbox"] == "me@example.org"
        key = json.loads(Path(ready["credentials"]).read_text(encoding="utf-8"))
        assert key["token_uri"] == f"{ready['endpoint']}/token"
        assert requests.get(ready["endpoint"], timeout=10).status_code == 200
        process.send_signal(number)
        assert process.communicate(timeout=20) == ("", "")
        assert process.returncode == 0


def test_keeps_its_spreadsheets_over_a_restart(tmp_path):
    for title in ("first", "second"):
        with sandbox(tmp_path) as (process, ready):
            token = post(ready["endpoint"], "/_sandbox/token", {})["access_token"]
            post(ready["endpoint"], "/v4/spreadsheets", {"properties": {"title": title}}, token)
            state = requests.get(f"{ready['endpoint']}/_sandbox/state", timeout=10).json()
            process.terminate()
            process.wait(20)
    assert {each["title"] for each in state["spreadsheets"]} == {"first", "second"}


def test_names_a_port_that_is_taken(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run(
            command("--port", port, "--data", tmp_path), capture_output=True, text=True, check=False
        )
    assert ended.returncode == 2
    assert f"Port {port} cannot be had" in ended.stderr
    assert "--port" in ended.stderr
    assert ended.stdout == ""


def test_names_a_folder_that_is_none(tmp_path):
    file = tmp_path / "file"
    file.touch()
    ended = subprocess.run(
        command("--port", 0, "--data", file / "below"), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert str(file / "below") in ended.stderr
    assert "--data" in ended.stderr


def test_says_how_to_get_the_extra(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", MISSING, "sandbox", "--data", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "pip install 'sheetsdun[sandbox]'" in ended.stderr
    assert "Traceback" not in ended.stderr
