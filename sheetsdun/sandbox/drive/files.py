"""The methods on files, and ``about``."""

from __future__ import annotations

import hashlib
import mimetypes
from typing import Any

from sheetsdun.sandbox.drive import listing
from sheetsdun.sandbox.drive.pdf import PDF, page
from sheetsdun.sandbox.drive.resources import as_asked, file_resource, user
from sheetsdun.sandbox.drive.sharing import permissions_of
from sheetsdun.sandbox.drive.shelf import FOLDER, ROOT, SHORTCUT, SPREADSHEET, Shelf, new_id
from sheetsdun.sandbox.drive.spreadsheets import EXPORTS, Spreadsheets
from sheetsdun.sandbox.wire import ApiError, Call, Handler, Json, Raw

_KEPT = ("description", "starred", "appProperties", "properties", "folderColorRgb", "originalFilename")
_GOOGLE_TYPES = "application/vnd.google-apps."
_MOST_IDS = 1000


class Files:
    """``drive.files.*`` and ``drive.about.get``."""

    def __init__(self, shelf: Shelf, spreadsheets: Spreadsheets) -> None:
        self._shelf = shelf
        self._spreadsheets = spreadsheets

    def methods(self) -> dict[str, Handler]:
        """By discovery id."""
        return {
            "drive.about.get": self.about,
            "drive.files.copy": self.copy,
            "drive.files.create": self.create,
            "drive.files.delete": self.delete,
            "drive.files.emptyTrash": self.empty_trash,
            "drive.files.export": self.export,
            "drive.files.generateIds": self.generate_ids,
            "drive.files.get": self.get,
            "drive.files.list": self.list_files,
            "drive.files.update": self.update,
        }

    def about(self, call: Call) -> Json:
        """Whose Drive it is."""
        if not call.one("fields"):
            raise ApiError(400, "The 'fields' parameter is required for this method.", reason="required")
        return {
            "kind": "drive#about",
            "user": user(call.caller, call.caller),
            "storageQuota": {
                "limit": "16106127360",
                "usage": "0",
                "usageInDrive": "0",
                "usageInDriveTrash": "0",
            },
            "maxUploadSize": "5242880000000",
            "importFormats": {"text/csv": [SPREADSHEET]},
            "exportFormats": {SPREADSHEET: list(EXPORTS)},
            "appInstalled": False,
            "canCreateDrives": False,
        }

    def get(self, call: Call) -> Json | Raw:
        """One file, or with ``alt=media`` its content."""
        file = self._shelf.get(call.path["fileId"])
        if call.one("alt") != "media":
            return self._shown(file, call)
        if file["mimeType"].startswith(_GOOGLE_TYPES):
            sentence = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
            raise ApiError(403, sentence, "PERMISSION_DENIED", "fileNotDownloadable")
        return Raw(self._shelf.content(file["id"]), file["mimeType"])

    def list_files(self, call: Call) -> Json:
        """The files that ``q`` finds, newest first unless ``orderBy`` says otherwise."""
        return listing.page([self._resource(file, call) for file in self._shelf.all()], call)

    def create(self, call: Call) -> Json:
        """A file of metadata alone, with content, or a spreadsheet (from CSV, if that is its content)."""
        media = call.media
        name = call.body.get("name", "Untitled")
        guessed = media.content_type.partition(";")[0] if media else mimetypes.guess_type(name)[0]
        mime_type = call.body.get("mimeType", guessed or "application/octet-stream")
        if mime_type == SPREADSHEET:
            file_id = self._spreadsheets.create(call, name)
            if media:
                self._spreadsheets.fill(call, file_id, _csv(media.content, media.content_type))
        else:
            file_id = call.body.get("id", new_id())
        now = self._shelf.now()
        file = {
            "id": file_id,
            "name": name,
            "mimeType": mime_type,
            "owner": call.caller,
            "parents": [self._folder(parent) for parent in call.body.get("parents") or [ROOT]],
            "createdTime": call.body.get("createdTime", now),
            "modifiedTime": call.body.get("modifiedTime", now),
            "version": "1",
            "trashed": False,
        }
        _describe(file, call.body)
        if mime_type.startswith(_GOOGLE_TYPES):
            self._shelf.put(file)
        else:
            self._put_content(file, media.content if media else b"")
        return self._shown(self._shelf.get(file_id), call)

    def update(self, call: Call) -> Json:
        """Change metadata, content, or both."""
        file = self._shelf.get(call.path["fileId"])
        is_sheet = file["mimeType"] == SPREADSHEET
        name = str(call.body.get("name", file["name"]))
        trashed = bool(call.body.get("trashed", file.get("trashed", False)))
        if is_sheet and name != file["name"]:
            self._spreadsheets.rename(call, file["id"], name)
        if is_sheet and trashed != file["trashed"]:
            self._shelf.bin(file["id"], trashed)
        gone = set(call.one("removeParents").split(","))
        parents = [parent for parent in file.get("parents", []) if parent not in gone]
        parents += [self._folder(parent) for parent in call.one("addParents").split(",") if parent]
        file |= {"name": name, "trashed": trashed, "parents": parents, "modifiedTime": self._shelf.now()}
        file["version"] = str(int(file.get("version", "1")) + 1)
        _describe(file, call.body)
        if call.media is None:
            self._shelf.put(file)
        elif is_sheet:
            self._shelf.put(file)
            self._spreadsheets.fill(call, file["id"], _csv(call.media.content, call.media.content_type))
        else:
            file["mimeType"] = call.body.get("mimeType", call.media.content_type.partition(";")[0])
            self._put_content(file, call.media.content)
        return self._shown(self._shelf.get(file["id"]), call)

    def copy(self, call: Call) -> Json:
        """Another file with the same content, and its own permissions."""
        file = self._shelf.get(call.path["fileId"])
        if file["mimeType"] == FOLDER:
            raise ApiError(
                403, "This file cannot be copied by the user.", "PERMISSION_DENIED", "cannotCopyFile"
            )
        name = call.body.get("name", f"Copy of {file['name']}")
        now = self._shelf.now()
        twin = file | {
            "name": name,
            "owner": call.caller,
            "createdTime": now,
            "modifiedTime": now,
            "version": "1",
        }
        if call.body.get("parents"):
            twin["parents"] = [self._folder(parent) for parent in call.body["parents"]]
        _describe(twin, call.body)
        if file["mimeType"] == SPREADSHEET:
            twin["id"] = self._spreadsheets.copy(call, file["id"], name)
            self._shelf.put(twin)
        else:
            twin["id"] = new_id()
            self._shelf.put(twin, self._shelf.content(file["id"]))
        return self._shown(self._shelf.get(twin["id"]), call)

    def delete(self, call: Call) -> Json:
        """Remove for good, past the bin."""
        self._shelf.delete(self._shelf.get(call.path["fileId"]))
        return {}

    def empty_trash(self, _: Call) -> Json:
        """Remove what is in the bin."""
        for file in self._shelf.all():
            if file.get("trashed"):
                self._shelf.delete(file)
        return {}

    def export(self, call: Call) -> Raw:
        """A spreadsheet's first sheet as CSV or TSV; any document of Google's own as a PDF of one page."""
        file = self._shelf.get(call.path["fileId"])
        if not file["mimeType"].startswith(_GOOGLE_TYPES) or file["mimeType"] in {FOLDER, SHORTCUT}:
            sentence = "Export only supports Docs Editors files."
            raise ApiError(403, sentence, "PERMISSION_DENIED", "fileNotExportable")
        mime_type = call.one("mimeType")
        if mime_type == PDF:
            return Raw(page(file["name"]), PDF)
        if file["mimeType"] != SPREADSHEET:
            raise ApiError(400, "The requested conversion is not supported.", reason="badRequest")
        return Raw(self._spreadsheets.export(call, file["id"], mime_type), mime_type)

    def generate_ids(self, call: Call) -> Json:
        """Ids for files to come."""
        ids = [new_id() for _ in range(min(int(call.one("count", "10")), _MOST_IDS))]
        return {"kind": "drive#generatedIds", "space": "drive", "ids": ids}

    def _folder(self, folder_id: str) -> str:
        return str(self._shelf.get(folder_id)["id"])

    def _put_content(self, file: Json, content: bytes) -> None:
        # The checksum is MD5 in Drive's own format; nothing relies on its strength.
        md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        self._shelf.put(file | {"size": str(len(content)), "md5Checksum": md5}, content)

    def _resource(self, file: Json, call: Call) -> Json:
        return file_resource(file, permissions_of(self._shelf, file, call.caller), call.caller)

    def _shown(self, file: Json, call: Call) -> Json:
        return as_asked(self._resource(file, call), call)


def _describe(file: Json, body: Json) -> None:
    """Take over the fields that a caller may set; in the two maps a null takes a name away."""
    for name in _KEPT:
        if isinstance(body.get(name), dict):
            merged: dict[str, Any] = {**file.get(name, {}), **body[name]}
            file[name] = {key: value for key, value in merged.items() if value is not None}
        elif name in body:
            file[name] = body[name]


def _csv(content: bytes, content_type: str) -> str:
    if content_type.partition(";")[0] != "text/csv":
        raise ApiError(400, "The requested conversion is not supported.", reason="badRequest")
    return content.decode("utf-8-sig", "replace")
