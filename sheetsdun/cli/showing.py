"""A page that a command has written, shown to whoever asked for it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def options(command: F) -> F:
    """``--folder`` and ``--open/--no-open``."""
    folder = click.option(
        "--folder",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="Where the files go.  [default: a new folder among the temporary ones, for you alone]",
    )
    opened = click.option(
        "--open/--no-open",
        "opened",
        default=None,
        help="Open the page in the browser.  [default: open, at a terminal]",
    )
    return folder(opened(command))


def place(folder: Path | None) -> Path:
    """The folder that was asked for, or a new one that nobody else can read."""
    return folder or Path(tempfile.mkdtemp(prefix="sheetsdun-preview-"))


def show(file: Path, *, opened: bool | None) -> None:
    """Say where the page is, and open it."""
    click.echo(f"The page is {file.absolute()}")
    if opened or (opened is None and sys.stdout.isatty()):
        click.launch(file.absolute().as_uri())
