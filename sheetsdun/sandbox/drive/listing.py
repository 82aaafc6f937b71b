"""A page of ``files.list``: found by ``q``, ordered, cut."""

from __future__ import annotations

import base64

from sheetsdun.sandbox.drive import query
from sheetsdun.sandbox.drive.resources import as_asked
from sheetsdun.sandbox.drive.shelf import FOLDER
from sheetsdun.sandbox.wire import ApiError, Call, Json

_MOST = 1000  # files on a page


def page(files: list[Json], call: Call) -> Json:
    """The page of these files that a call asks for.

    Raises:
        ApiError: Its search, order, size or token makes no sense (400).
    """
    size = int(call.one("pageSize", "100"))
    if not 1 <= size <= _MOST:
        sentence = f"Invalid value '{size}'. Values must be within the range: [1, {_MOST}]"
        raise ApiError(400, sentence, reason="invalidParameter")
    if call.one("q").strip():
        wanted = query.parse(call.one("q"))
        files = [file for file in files if wanted(file)]
    files = _ordered(files, call.one("orderBy"))
    start = _start(call.one("pageToken"))
    answer: Json = {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": [as_asked(file, call) for file in files[start : start + size]],
    }
    if start + size < len(files):
        answer["nextPageToken"] = base64.urlsafe_b64encode(f"~{start + size}".encode()).decode()
    return answer


def _ordered(files: list[Json], order: str) -> list[Json]:
    """By ``orderBy``, such as ``folder,modifiedTime desc``; newest first where it leaves a choice."""
    files = sorted(files, key=lambda file: str(file["modifiedTime"]), reverse=True)
    for key in reversed([part.strip() for part in order.split(",") if part.strip()]):
        name, _, direction = key.partition(" ")
        folded = name.removesuffix("_natural")
        if folded == "folder":
            files.sort(key=lambda file: file["mimeType"] != FOLDER, reverse=direction == "desc")
        elif folded in {"name", "createdTime", "modifiedTime", "starred"}:
            files.sort(key=lambda file: str(file[folded]).casefold(), reverse=direction == "desc")
        else:
            raise ApiError(400, f"Invalid field selection {name}", reason="invalidParameter")
    return files


def _start(token: str) -> int:
    if not token:
        return 0
    try:
        return int(base64.urlsafe_b64decode(token).decode().removeprefix("~"))
    except ValueError as error:
        raise ApiError(400, "Invalid Value", reason="invalid") from error
