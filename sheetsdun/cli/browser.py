"""Pictures of pages, taken by a browser that is on this machine anyway; none is installed or fetched for it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from sheetsdun.errors import SheetsdunError

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_SECONDS = 90
_SIZE = re.compile(r'data-size="(\d{2,5}),(\d{2,5})"')


class NoPicture(SheetsdunError):
    """The browser did not take a picture."""


def find() -> str | None:
    """A Chromium or Chrome on the PATH; None where there is none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def picture(program: str, page: str) -> bytes:
    """A PNG of a page as large as the page says that it is.

    Args:
        program: The browser.
        page: Writes its own size into the attribute ``data-size`` once it is laid out: ``width,height``.

    Raises:
        NoPicture: The browser did not do it.
    """
    with tempfile.TemporaryDirectory(prefix="sheetsdun-picture-") as name:
        folder = Path(name)
        file, shot = folder / "page.html", folder / "shot.png"
        file.write_text(page, encoding="utf-8")
        size = _SIZE.search(_run(program, folder, "--window-size=2400,2400", "--dump-dom", file.as_uri()))
        if size is None:
            raise NoPicture(f"{program} did not lay out a page.", "Leave pictures out with --no-pictures.")
        _run(program, folder, f"--window-size={size[1]},{size[2]}", f"--screenshot={shot}", file.as_uri())
        try:
            return shot.read_bytes()
        except OSError:
            raise NoPicture(f"{program} took no picture.", "Leave pictures out with --no-pictures.") from None


def _run(program: str, folder: Path, *arguments: str) -> str:
    command = [
        program,
        "--headless",
        "--disable-gpu",
        "--hide-scrollbars",
        "--no-first-run",
        "--disable-background-networking",
        f"--user-data-dir={folder / 'profile'}",
        # Chromium's own sandbox does not work for root, as whom one is in a container; the page is ours.
        *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        *arguments,
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - no shell, and no word of it from a cell
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoPicture(
            f"{program} did not take a picture ({error}).", "Leave them out with --no-pictures."
        ) from None
    return done.stdout.decode("utf-8", "replace")
