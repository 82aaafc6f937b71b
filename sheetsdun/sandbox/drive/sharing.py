"""The methods on permissions and comments."""

from __future__ import annotations

import secrets

from sheetsdun.sandbox.drive.resources import as_asked, permission_id, user
from sheetsdun.sandbox.drive.shelf import Shelf
from sheetsdun.sandbox.wire import ApiError, Call, Handler, Json

_TYPES = {"user", "group", "domain", "anyone"}
_ROLES = {"owner", "organizer", "fileOrganizer", "writer", "commenter", "reader"}


def permissions_of(shelf: Shelf, file: Json, caller: str) -> list[Json]:
    """Who may do what with a file. Where nobody is known to have made it, its owner is whoever asks."""
    owner = _permission({"type": "user", "role": "owner", "emailAddress": file.get("owner", caller)})
    return [owner, *shelf.attachments(file["id"], "permission")]


class Sharing:
    """``drive.permissions.*`` and ``drive.comments.*``."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def methods(self) -> dict[str, Handler]:
        """By discovery id."""
        return {
            "drive.comments.create": self.create_comment,
            "drive.comments.list": self.list_comments,
            "drive.permissions.create": self.create,
            "drive.permissions.delete": self.delete,
            "drive.permissions.get": self.get,
            "drive.permissions.list": self.list_permissions,
            "drive.permissions.update": self.update,
        }

    def list_permissions(self, call: Call) -> Json:
        """Every permission, the owner's first."""
        shown = [as_asked(permission, call, "permissions") for permission in self._all(call)]
        return {"kind": "drive#permissionList", "permissions": shown}

    def get(self, call: Call) -> Json:
        """One of them."""
        return as_asked(self._one(call), call, "permissions")

    def create(self, call: Call) -> Json:
        """Share with a user, a group, a domain or anyone; again with the same, the role changes."""
        body = call.body
        if body.get("type") not in _TYPES:
            raise ApiError(400, "The permission type field is required.", reason="required")
        if body.get("role") not in _ROLES:
            raise ApiError(400, "The permission role field is required.", reason="required")
        if body["type"] in {"user", "group"} and "@" not in body.get("emailAddress", ""):
            sentence = (
                "The specified emailAddress is invalid or not applicable for the given permission type."
            )
            raise ApiError(400, sentence, reason="invalidSharingRequest")
        permission = _permission(body)
        file = self._shelf.get(call.path["fileId"])
        self._shelf.attach(file["id"], "permission", permission)
        return as_asked(permission, call, "permissions")

    def update(self, call: Call) -> Json:
        """Give another role."""
        permission = self._one(call)
        if call.body.get("role") not in _ROLES:
            raise ApiError(400, "The permission role field is required.", reason="required")
        permission["role"] = call.body["role"]
        self._shelf.attach(call.path["fileId"], "permission", permission)
        return as_asked(permission, call, "permissions")

    def delete(self, call: Call) -> Json:
        """Take one away; the owner's stays."""
        permission = self._one(call)
        if permission["role"] == "owner":
            sentence = "The owner of a file cannot be removed."
            raise ApiError(403, sentence, "PERMISSION_DENIED", "cannotRemoveOwner")
        self._shelf.detach(call.path["fileId"], "permission", permission["id"])
        return {}

    def list_comments(self, call: Call) -> Json:
        """The comments, as gspread asks for them when it copies a spreadsheet."""
        file = self._shelf.get(call.path["fileId"])
        return {"kind": "drive#commentList", "comments": self._shelf.attachments(file["id"], "comment")}

    def create_comment(self, call: Call) -> Json:
        """One more comment."""
        file = self._shelf.get(call.path["fileId"])
        now = self._shelf.now()
        comment = {
            "kind": "drive#comment",
            "id": "AAAA" + secrets.token_urlsafe(8),
            "author": user(call.caller, call.caller),
            "createdTime": now,
            "modifiedTime": now,
            "deleted": False,
            **{
                key: value
                for key, value in call.body.items()
                if key in {"content", "anchor", "quotedFileContent"}
            },
        }
        self._shelf.attach(file["id"], "comment", comment)
        return comment

    def _all(self, call: Call) -> list[Json]:
        return permissions_of(self._shelf, self._shelf.get(call.path["fileId"]), call.caller)

    def _one(self, call: Call) -> Json:
        wanted = call.path["permissionId"]
        for permission in self._all(call):
            if permission["id"] == wanted:
                return permission
        raise ApiError(404, f"Permission not found: {wanted}.", "NOT_FOUND", "notFound")


def _permission(body: Json) -> Json:
    kind = body["type"]
    permission: Json = {"kind": "drive#permission", "type": kind, "role": body["role"], "deleted": False}
    if kind == "anyone":
        return permission | {
            "id": "anyoneWithLink",
            "allowFileDiscovery": body.get("allowFileDiscovery", False),
        }
    name = body.get("emailAddress" if kind != "domain" else "domain", "")
    permission["id"] = permission_id(name)
    if kind == "domain":
        return permission | {"domain": name, "displayName": name}
    return permission | {"emailAddress": name, "displayName": name.partition("@")[0]}
