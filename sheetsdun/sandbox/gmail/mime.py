"""The tree of MIME parts in a message, numbered and shown as Gmail does. Hostile mail becomes one plain part."""

from __future__ import annotations

import base64
import binascii
import secrets
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail.headers import as_text, decoded, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetsdun.sandbox.wire import Json

_ATTACHMENT = "ANGjdJ"
_NONCE = 24


def tree(raw: bytes) -> Message:
    """The message parsed, whatever it holds; what cannot be parsed is a single text part."""
    fields, rest = split(raw)
    clean = b"".join(field.raw for field in fields if field.name) + rest
    try:
        return BytesParser(policy=compat32).parsebytes(clean)
    except Exception:  # noqa: BLE001  # the standard library's parser breaks on hostile mail in many ways
        plain = Message(policy=compat32)
        plain.set_payload(rest.strip().decode("ascii", "surrogateescape"))
        return plain


def leaves(part: Message) -> Iterator[Message]:
    """The parts that hold content, in order; an attached message counts as one."""
    children = _children(part)
    if children and part.get_content_maintype() == "multipart":
        for child in children:
            yield from leaves(child)
    else:
        yield part


def filename(part: Message) -> str:
    """The name of an attachment; "" for a part that is shown in the message."""
    try:
        name = part.get_filename() or ""
    except Exception:  # noqa: BLE001  # RFC 2231 parameters break the standard library in many ways
        return ""
    return decoded(as_text(name.encode("utf-8", "surrogateescape"), "utf-8"))


def content(part: Message) -> bytes:
    """What the part holds, its transfer encoding undone; text in UTF-8. What cannot be decoded is empty."""
    try:
        if part.is_multipart():
            attached = part.get_content_maintype() == "message"
            return b"\n".join(child.as_bytes() for child in _children(part)) if attached else b""
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        if part.get_content_maintype() == "text" and not filename(part):
            return as_text(data, part.get_content_charset("utf-8")).encode()
    except Exception:  # noqa: BLE001  # as above
        return b""
    return data


def payload(part: Message, message: int, part_id: str = "") -> Json:
    """The part as Gmail's MessagePart, with its children.

    Args:
        part: The part.
        message: The id of the message, for the ids of its attachments.
        part_id: "" for the message itself, then "0", "1", "1.0" and so on.
    """
    children = _children(part)
    shown: Json = {
        "partId": part_id,
        "mimeType": part.get_content_type(),
        "filename": filename(part),
        "headers": part_headers(part),
        "body": _body(part, message, part_id, has_children=bool(children)),
    }
    if children:
        prefix = f"{part_id}." if part_id else ""
        shown["parts"] = [payload(child, message, f"{prefix}{n}") for n, child in enumerate(children)]
    return shown


def part_headers(part: Message) -> list[Json]:
    """The header fields as name and decoded value, in order, doubled ones too."""
    return [
        {"name": name, "value": decoded(as_text(_unfolded(value), "utf-8"))}
        for name, value in part.raw_items()
    ]


def find(part: Message, part_id: str) -> Message | None:
    """The part with that number, or None."""
    for number in filter(None, part_id.split(".")):
        children = _children(part)
        if not number.isdecimal() or int(number) >= len(children):
            return None
        part = children[int(number)]
    return part


def encoded(data: bytes) -> str:
    """Bytes as Gmail writes them: base64 for URLs, padded."""
    return base64.urlsafe_b64encode(data).decode("ascii")


def _body(part: Message, message: int, part_id: str, *, has_children: bool) -> Json:
    data = content(part)
    is_attachment = bool(filename(part)) or part.get_content_maintype() not in {
        "text",
        "multipart",
        "message",
    }
    if is_attachment and (data or not has_children):
        return {"attachmentId": attachment_id(message, part_id), "size": len(data)}
    if has_children or not data:
        return {"size": 0}
    return {"size": len(data), "data": encoded(data)}


def attachment_id(message: int, part_id: str) -> str:
    """An id for a part's content. As in Gmail it is long and another one each time it is asked for."""
    return _ATTACHMENT + encoded(secrets.token_bytes(_NONCE) + f"{message:x}/{part_id}".encode()).rstrip("=")


def attachment_part(token: str, message: int) -> str | None:
    """The number of the part that an attachment id of this message stands for; None if it is none of its."""
    try:
        inside = base64.urlsafe_b64decode(token.removeprefix(_ATTACHMENT) + "==")[_NONCE:].decode("ascii")
    except (ValueError, binascii.Error):
        return None
    owner, slash, part_id = inside.partition("/")
    return part_id if slash and owner == f"{message:x}" else None


def _unfolded(value: str) -> bytes:
    return value.replace("\r", "").replace("\n", "").strip().encode("ascii", "surrogateescape")


def _children(part: Message) -> list[Message]:
    inner = part.get_payload() if part.is_multipart() else []
    return [child for child in inner if isinstance(child, Message)]
