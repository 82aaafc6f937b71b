"""The person at the terminal, if there is one."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click


def attended() -> bool:
    """Whether somebody is there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def progress(text: str) -> None:
    """Say what takes its time, to a person; a pipe and a log file see nothing of it."""
    if sys.stderr.isatty():
        click.secho(f"{text} …", err=True, dim=True)


def command(name: str, config: Path) -> str:
    """A command of ours as it is to be typed, for the config that is in use."""
    named = "" if config == Path("sheetsdun.toml") else f" --config {shlex.quote(str(config))}"
    return f"sheetsdun {name}{named}"
