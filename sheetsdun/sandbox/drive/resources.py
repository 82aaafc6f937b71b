"""A file as Drive shows it."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from sheetsdun.sandbox.drive.shelf import FOLDER, SPREADSHEET
from sheetsdun.sandbox.drive.spreadsheets import EXPORTS
from sheetsdun.sandbox.wire import Call, Json

UNASKED = {
    "files": ("kind", "id", "name", "mimeType"),
    "permissions": ("kind", "id", "type", "role"),
}
"""Where a call names no ``fields``, Drive shows these alone."""


def user(address: str, me: str) -> Json:
    """An account."""
    return {
        "kind": "drive#user",
        "displayName": address.partition("@")[0],
        "me": address == me,
        "permissionId": permission_id(address),
        "emailAddress": address,
    }


def permission_id(address: str) -> str:
    """The id that an account has in every permission of its own."""
    return str(int.from_bytes(hashlib.sha256(address.lower().encode()).digest()[:8], "big"))


def file_resource(file: Json, permissions: list[Json], caller: str) -> Json:
    """Everything that Drive tells of a file."""
    owner = file.get("owner", caller)
    shown = {key: value for key, value in file.items() if key != "owner"}
    shown |= {
        "kind": "drive#file",
        "starred": file.get("starred", False),
        "trashed": file.get("trashed", False),
        "modifiedTime": file.get("modifiedTime", file["createdTime"]),
        "owners": [user(owner, caller)],
        "ownedByMe": owner == caller,
        "sharedWithMe": owner != caller,
        "shared": len(permissions) > 1,
        "permissions": permissions,
        "permissionIds": [permission["id"] for permission in permissions],
        "spaces": ["drive"],
        "capabilities": {"canEdit": True, "canCopy": True, "canDownload": True, "canShare": True},
        "webViewLink": _link(file),
    }
    if file["mimeType"] == SPREADSHEET:
        link = f"https://docs.google.com/spreadsheets/export?id={file['id']}&exportFormat="
        shown["exportLinks"] = {kind: link + kind.partition("/")[2] for kind in EXPORTS}
    elif file["mimeType"] != FOLDER:
        shown["fileExtension"] = PurePath(file["name"]).suffix.removeprefix(".")
    return shown


def as_asked(resource: Json, call: Call, kind: str = "files") -> Json:
    """The whole where the call says which fields it wants (the server picks them out), else the few usual ones."""
    if call.one("fields"):
        return resource
    return {name: resource[name] for name in UNASKED[kind] if name in resource}


def _link(file: Json) -> str:
    if file["mimeType"] == SPREADSHEET:
        return f"https://docs.google.com/spreadsheets/d/{file['id']}/edit?usp=drivesdk"
    if file["mimeType"] == FOLDER:
        return f"https://drive.google.com/drive/folders/{file['id']}"
    return f"https://drive.google.com/file/d/{file['id']}/view?usp=drivesdk"
