"""A message's header fields, read from and written into the raw bytes: what is not touched stays as it was."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Mapping
from dataclasses import dataclass

_END = rb"(?:\r\n|\r(?!\n)|\n)"
_BLANK_LINE = re.compile(rb"(?:\A|(?P<end>" + _END + rb"))" + _END)
_NAME = re.compile(rb"([!-9;-~]+)[ \t]*:")
_ENCODED_WORD = re.compile(r"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([BbQq])\?([^?]*)\?=")


@dataclass(frozen=True, slots=True)
class Field:
    """One header field.

    Attributes:
        name: As written; "" for a line that is no field at all.
        raw: Its bytes, with name, continuation lines and line ends.
    """

    name: str
    raw: bytes

    @property
    def content(self) -> bytes:
        """What follows the colon, unfolded as RFC 5322 does (line ends go, white space stays), not decoded."""
        return re.sub(rb"[\r\n]", b"", self.raw.partition(b":")[2]).strip()

    @property
    def value(self) -> str:
        """The content as text, its encoded-words decoded."""
        return decoded(as_text(self.content, "utf-8"))


def split(raw: bytes) -> tuple[list[Field], bytes]:
    """The header fields, and the rest: the blank line and the body.

    A carriage return alone ends a line too: who smuggles one into a value has made a new field.
    """
    blank = _BLANK_LINE.search(raw)
    end = len(raw) if blank is None else max(blank.end("end"), 0)
    fields: list[Field] = []
    for line in raw[:end].splitlines(keepends=True):
        if fields and line[:1] in b" \t":
            fields[-1] = Field(fields[-1].name, fields[-1].raw + line)
        else:
            name = _NAME.match(line)
            fields.append(Field(name[1].decode("ascii") if name else "", line))
    return fields, raw[end:]


def values(fields: list[Field], name: str) -> list[str]:
    """The decoded values of every field of that name."""
    return [field.value for field in fields if field.name.lower() == name.lower()]


def rewritten(raw: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The message with some fields replaced, added (None: taken away), every other byte as it was.

    Args:
        raw: The message.
        changes: New contents by field name. All fields of that name give way to the new one, which stands
            where the first of them stood, or else at the end of the header.
    """
    fields, rest = split(raw)
    first_line = fields[0].raw if fields else rest
    line_end = b"\n" if re.match(rb"[^\r\n]*\n", first_line) else b"\r\n"
    pending = {name.lower(): (name, content) for name, content in changes.items()}
    done: set[str] = set()
    head: list[bytes] = []

    def write(key: str) -> None:
        name, content = pending[key]
        done.add(key)
        if content is not None:
            head.append(name.encode("ascii") + b": " + content + line_end)

    for field in fields:
        key = field.name.lower()
        if key not in pending:
            head.append(field.raw if field.raw.endswith((b"\r", b"\n")) else field.raw + line_end)
        elif key not in done:
            write(key)
    for key in pending:
        if key not in done:
            write(key)
    header = b"".join(head)
    if header.endswith(b"\r") and rest.startswith(b"\n"):  # together they would end one line, not two
        header = header[:-1] + line_end
    return header + (rest or line_end)


def as_text(data: bytes, charset: str) -> str:
    """Bytes as text that UTF-8 can hold, whatever the charset claims to be."""
    for attempt in (charset, "utf-8"):
        try:
            return data.decode(attempt).encode("utf-8", "replace").decode("utf-8")
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def decoded(text: str) -> str:
    """The text with its RFC 2047 encoded-words decoded; malformed ones stay as they are."""
    pieces: list[str] = []
    charset, held, position = "", b"", 0
    for word in _ENCODED_WORD.finditer(text):
        content = _word(word[2], word[3])
        if content is None:
            continue
        between = text[position : word.start()]
        # White space between encoded-words is not shown, and a character may be cut in two by it.
        adjacent = bool(charset) and not between.strip()
        if not adjacent or word[1].lower() != charset:
            pieces.append(as_text(held, charset) if charset else "")
            held = b""
        if not adjacent:
            pieces.append(between)
        charset, held, position = word[1].lower(), held + content, word.end()
    pieces.append(as_text(held, charset) if charset else "")
    return "".join(pieces) + text[position:]


def _word(encoding: str, content: str) -> bytes | None:
    try:
        data = content.encode("ascii")
        if encoding in "Qq":
            return quopri.decodestring(data, header=True)
        return base64.b64decode(data + b"=" * (-len(data) % 4), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
