"""The files that letters attach: the folder on disk, and the one in Drive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sheetsdun.cli.checks.finding import Finding, failed, ok, problem, warning
from sheetsdun.config import Config
from sheetsdun.errors import SheetsdunError
from sheetsdun.google.drive import DriveFiles
from sheetsdun.ports import GOOGLE_TYPES

_FOLDER = f"{GOOGLE_TYPES}folder"


def on_disk(config: Config, folder: Path, *, named: bool) -> Iterator[Finding]:
    """Whether the folder is there, if it is wanted.

    Args:
        config: Names it.
        folder: The config's own.
        named: Rows name attachments.
    """
    place = folder / Path(config.attachments.folder).expanduser()
    if place.is_dir():
        yield ok("attachments", f"Files are taken from {place}.")
    elif named and not config.attachments.drive_folder:
        yield warning(
            "attachments",
            f"Rows name attachments, but there is no folder {place}.",
            "Make it, or name a folder of Drive as drive_folder in [attachments]; letters wait for their files.",
        )


def in_drive(config: Config, files: DriveFiles, account: str) -> Iterator[Finding]:
    """Whether the folder can be seen.

    Args:
        config: Names it.
        files: Drive.
        account: Who looks.
    """
    wanted = config.attachments.drive_folder
    if not wanted:
        return
    try:
        (found,) = files.about([wanted])
    except SheetsdunError as error:
        yield failed("drive", error)
        return
    if found is None or found.trashed:
        yield problem(
            "drive",
            f"The folder {wanted} of Drive is not there, or {account} may not see it.",
            f"Share it with {account}, to be read; or change drive_folder in [attachments].",
            4,
        )
    elif found.type != _FOLDER:
        yield problem(
            "drive", f"“{found.name}” is no folder of Drive.", "Change drive_folder in [attachments].", 2
        )
    else:
        yield ok("drive", f"Files are taken from the folder “{found.name}” of Drive.")
