"""Multipart bodies taken apart byte by byte: a batch's parts, and an upload's metadata and content."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers by lower-case name, and its bytes."""

    headers: dict[str, str]
    content: bytes


def parse(content_type: str, body: bytes) -> list[Part]:
    """Take a multipart body apart.

    Raises:
        ValueError: The content type names no boundary, or the body has not got it.
    """
    message = Message()
    message["Content-Type"] = content_type
    boundary = message.get_boundary()
    if not boundary:
        raise ValueError("no boundary")
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary.encode()) + rb"(?:--)?[ \t]*(?=\r?\n|\Z)")
    pieces = line.split(body)
    if len(pieces) < 3:  # noqa: PLR2004 - what stands before, a part, what stands after
        raise ValueError("no parts")
    return [part(piece.removeprefix(b"\r").removeprefix(b"\n")) for piece in pieces[1:-1]]


def part(raw: bytes) -> Part:
    """Headers, a blank line, content; the content is decoded if it came in base64."""
    headers, content = split_headers(raw)
    if headers.get("content-transfer-encoding", "").lower() == "base64":
        content = base64.b64decode(content)
    return Part(headers, content)


def split_headers(raw: bytes) -> tuple[dict[str, str], bytes]:
    """Separate headers from what follows the blank line."""
    if raw.startswith((b"\r\n", b"\n")):
        return {}, raw.removeprefix(b"\r").removeprefix(b"\n")
    pieces = _BLANK_LINE.split(raw, maxsplit=1)
    message = BytesHeaderParser().parsebytes(pieces[0] + b"\n\n")
    headers = {
        name.lower(): re.sub(r"\r?\n[ \t]*", " ", str(value)).strip() for name, value in message.items()
    }
    return headers, pieces[1] if len(pieces) > 1 else b""


def compose(parts: Iterable[bytes], boundary: str) -> bytes:
    """Put parts, each headers and content already, into one body."""
    mark = b"--" + boundary.encode()
    return b"".join(mark + b"\r\n" + piece + b"\r\n" for piece in parts) + mark + b"--\r\n"
