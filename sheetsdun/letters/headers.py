"""The header of a finished mail: written carefully, then checked in the very bytes that leave the house.

CPython's email package let encoded-words in a value become new header lines until 3.11.10, 3.12.5 and 3.13
(CVE-2024-6923). So values never pass through its header parser: what is not plain ASCII is encoded here as a whole,
and the result is taken apart again, by splitting lines and no cleverness, before anybody gets it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from email.errors import HeaderParseError
from email.header import Header, decode_header, make_header

KEY = "X-Sheetsdun-Key"
"""Letter id and spreadsheet id, with a blank between them."""

ALLOWED = frozenset({
    "from", "to", "cc", "reply-to", "subject", "in-reply-to", "references", "auto-submitted", "content-language", "mime-version",
    "content-type", "content-transfer-encoding", KEY.lower(),
})  # fmt: skip

_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]",
    re.IGNORECASE,
)
_LONGEST_ADDRESS = 254
_LONGEST_LINE = 998
_ONE_LINE = 60
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,450}@[!-;=?A-~]{1,450}>")
_PHRASE = re.compile(r"[A-Za-z0-9 !#$%&'*+/?^_`{|}~-]*")
_HEADER_LINE = re.compile(rb"([!-9;-~]+):[ ]?(.*)")


class Tampered(ValueError):
    """The bytes are not the mail that was meant; the message says in what."""


def address(text: str) -> str:
    """Let only a bare ASCII address pass: no name, group, comment, quotes, or letters that look like others.

    Raises:
        Tampered: It is anything else. Two that look alike must not be told apart by a machine alone.
    """
    if len(text) > _LONGEST_ADDRESS or "=?" in text or not _ADDRESS.fullmatch(text):
        raise Tampered(f"{text[:_LONGEST_ADDRESS]!a} is no plain e-mail address")
    return text


def message_id(text: str) -> str:
    """Let only one Message-ID in its angle brackets pass. Raises Tampered."""
    if "=?" in text or not _MESSAGE_ID.fullmatch(text):
        raise Tampered(f"{text[:80]!a} is no Message-ID")
    return text


def unstructured(name: str, text: str) -> Header:
    """A subject or a name: as it is where it is plain ASCII, else encoded as a whole."""
    return Header(text, "us-ascii" if _plain(text) else "utf-8", header_name=name, maxlinelen=76)


def mailbox(name: str, at: str) -> str:
    """``Name <address>``, the name quoted or encoded as it needs."""
    if not name:
        return address(at)
    if _plain(name):
        quoted = name if _PHRASE.fullmatch(name) else '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    else:
        quoted = Header(name, "utf-8", maxlinelen=60).encode(linesep="\n")
        quoted = " ".join(quoted.split())
    return f"{quoted} <{address(at)}>"


def _plain(text: str) -> bool:
    # Longer ones would be folded, and the email package folds plain text at any ";" or ",", adding a blank.
    return text.isascii() and text.isprintable() and "=?" not in text and len(text) <= _ONE_LINE


def check(raw: bytes, *, expected: Mapping[str, str], recipients: Mapping[str, Sequence[str]]) -> None:
    """Take the header apart and compare it with what was meant.

    Args:
        raw: The whole mail.
        expected: Headers, by lower-case name, that must be there and say exactly this once decoded.
        recipients: For ``to``, ``cc`` and ``bcc`` the bare addresses; a name without any must not be there.

    Raises:
        Tampered: Something differs.
    """
    found = _taken_apart(raw)
    strangers = found.keys() - ALLOWED
    if strangers:
        raise Tampered(f"it would carry the header {min(strangers)!a}")
    for name, meant in expected.items():
        if _decoded(found.get(name, "")) != meant:
            raise Tampered(f"its header {name} would not say what was meant")
    for name in ("to", "cc", "bcc"):
        listed = [part.strip() for part in found[name].split(",")] if name in found else []
        if listed != list(recipients.get(name, ())):
            raise Tampered(f"its recipients ({name}) would not be those of the plan")


def _taken_apart(raw: bytes) -> dict[str, str]:
    """Headers by lower-case name, unfolded."""
    head, blank, _ = raw.partition(b"\r\n\r\n")
    if not blank:
        raise Tampered("its header has no end")
    if not head.isascii() or re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n", head):
        raise Tampered("its header holds bytes that do not belong there")
    found: dict[str, str] = {}
    name = ""
    for line in head.split(b"\r\n"):
        if len(line) > _LONGEST_LINE:
            raise Tampered("a header line is too long")
        if line[:1] in {b" ", b"\t"} and name and line.strip():
            found[name] += " " + line.strip().decode("ascii")
            continue
        match = _HEADER_LINE.fullmatch(line)
        if match is None:
            raise Tampered("a line of its header is none")
        name = match[1].decode("ascii").lower()
        if name in found:
            raise Tampered(f"the header {name!a} stands twice")
        found[name] = match[2].decode("ascii").strip()
    return found


def _decoded(value: str) -> str:
    try:
        text = str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError) as error:
        raise Tampered("a header cannot be decoded") from error
    if re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]", text):
        raise Tampered("a header hides a line break")
    return text
