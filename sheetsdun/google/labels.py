"""Gmail's labels: found by name, made where they are missing, remembered by id."""

from __future__ import annotations

from http import HTTPStatus

from sheetsdun.google.failures import needed
from sheetsdun.google.gmail_calls import GmailCalls
from sheetsdun.google.retry import Repeat
from sheetsdun.ports import Rejected


class Labels:
    """The labels of one mailbox."""

    def __init__(self, calls: GmailCalls) -> None:
        self._calls = calls
        self._resource = calls.users.labels()
        self._ids: dict[str, str] = {}

    def find(self, name: str) -> str | None:
        """The label's id, asked for once as long as it is there."""
        if name.casefold() not in self._ids:
            request = self._resource.list(userId="me", fields="labels(id,name)")
            found = self._calls.one(request, units=1).get("labels", ())
            self._ids = {str(needed(label, "name")).casefold(): str(needed(label, "id")) for label in found}
        return self._ids.get(name.casefold())

    def make(self, name: str) -> str:
        """The label's id, of a new label if need be."""
        if label_id := self.find(name):
            return label_id
        body = {"name": name, "labelListVisibility": "labelShow", "messageListVisibility": "show"}
        request = self._resource.create(userId="me", body=body, fields="id")
        try:
            answer = self._calls.one(request, units=5, repeat=Repeat.IF_REFUSED)
            self._ids[name.casefold()] = str(needed(answer, "id"))
        except Rejected as refusal:
            if refusal.code != HTTPStatus.CONFLICT or not self.find(name):  # else somebody was quicker
                raise
        return self._ids[name.casefold()]

    def count(self, name: str) -> int:
        """How many messages carry the label."""
        label_id = self.find(name)
        request = self._resource.get(userId="me", id=label_id, fields="messagesTotal") if label_id else None
        answer = self._calls.found(request, units=1) if request else None
        return int(answer.get("messagesTotal", 0)) if answer else 0

    def forget(self) -> None:
        """Ask for the ids anew."""
        self._ids.clear()
