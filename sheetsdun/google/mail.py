"""A message as Gmail gives it (``format=full``) → ``ports.Mail``. Nothing that a stranger sends makes it fail."""

from __future__ import annotations

import base64
import datetime as dt
import email.errors
import email.header
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sheetsdun.google.failures import needed
from sheetsdun.ports import Mail

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ADDRESS = re.compile(r"[^\s<>,;:()]+@[^\s<>,;:()]+")
_RECIPIENTS = ("to", "cc", "bcc")


def mail(message: Mapping[str, Any]) -> Mail:
    """Read one message.

    Of attachments only their being there is seen; their content is not fetched. Raises NoAnswer where it is no message.
    """
    payload = message.get("payload", {})
    fields = [
        (str(entry.get("name", "")).lower(), str(entry.get("value", "")))
        for entry in payload.get("headers", ())
    ]
    headers: dict[str, str] = {}
    for name, value in fields:
        headers.setdefault(name, _worded(value))
    every = list(_parts(payload))
    parts = [part for part in every if not part.get("parts")]
    page = "".join(_text(part) for part in parts if part.get("mimeType") == "text/html")
    texts = [part for part in parts if part.get("mimeType") == "text/plain" and not part.get("filename")]
    return Mail(
        message_id=str(needed(message, "id")),
        thread_id=str(message.get("threadId", "")),
        labels=frozenset(map(str, message.get("labelIds", ()))),
        headers=headers,
        to=tuple(
            found
            for name in _RECIPIENTS
            for field, value in fields
            if field == name
            for found in addresses(value)
        ),
        text=_text(texts[0]) if texts else "",
        empty=all(map(_blank, parts)),
        date=dt.datetime.fromtimestamp(int(message.get("internalDate", 0)) / 1000, dt.UTC),
        history_id=str(message.get("historyId", "")),
        files=tuple(
            str(part["filename"]) for part in every if part.get("filename") and not _is_shown(part, page)
        ),
    )


def addresses(header: str) -> Iterator[str]:
    """The addresses of a To, Cc or Bcc header, lower-case.

    Written here, since the standard library's reader gives nothing at all for a header with a decoded comma in a name.
    """
    for entry in re.split(r"[,;]", _QUOTED.sub("", header)):
        bracketed = entry.rpartition("<")[2]
        if found := _ADDRESS.search(bracketed):
            yield found[0].lower()


def decoded(data: str) -> bytes:
    """Gmail's base64, whose padding may be left out; nothing where it is broken."""
    try:
        return base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))
    except ValueError:
        return b""


def _worded(value: str) -> str:
    """A header as people see it. Gmail decodes as a rule; where it did not, the encoded words are still there."""
    if "=?" not in value:
        return value
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, ValueError, email.errors.HeaderParseError):
        return value


def _parts(part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """All parts, depth first, without recursion: a stranger may nest them deeply."""
    waiting = [part]
    while waiting:
        part = waiting.pop()
        waiting.extend(reversed(part.get("parts") or ()))
        yield part


def _blank(part: Mapping[str, Any]) -> bool:
    """No file, and no text but white space."""
    if part.get("filename") or part.get("body", {}).get("attachmentId"):
        return False
    return not _text(part).strip()


def _is_shown(part: Mapping[str, Any], page: str) -> bool:
    """Whether it is a picture in the text; Gmail's editor gives a Content-ID to every file."""
    name = _header(part, "content-id").strip("<> ")
    return bool(name) and f"cid:{name}" in page


def _text(part: Mapping[str, Any]) -> str:
    content = decoded(part.get("body", {}).get("data", ""))
    charset = re.search(r'charset="?([^\s";]+)', _header(part, "content-type"), re.IGNORECASE)
    try:
        return content.decode(charset[1] if charset else "utf-8", errors="replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", errors="replace")


def _header(part: Mapping[str, Any], name: str) -> str:
    headers = part.get("headers", ())
    return next((str(entry.get("value")) for entry in headers if str(entry.get("name")).lower() == name), "")
