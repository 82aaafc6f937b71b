"""One message read: the raw bytes, and what is kept beside them to list, search and thread it by."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice

from sheetsdun.sandbox.gmail import mime
from sheetsdun.sandbox.gmail.headers import Field, split, values

_SNIPPET = 200
_SEARCHED = 100_000
_REPLY = re.compile(r"\s*(?:re|fwd?|aw|wg|sv|antw)\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mail:
    """A message and what was read from it.

    Attributes:
        raw: Every byte.
        fields: Its header fields.
        message_id: Message-ID without angle brackets, "" if there is none.
        references: The Message-IDs in In-Reply-To and References.
        subject: Decoded.
        snippet: The beginning of its text, escaped for HTML as Gmail's snippets are.
        filenames: The names of its attachments.
        words: The first 100,000 characters of its text, for searching.
        is_report: Whether a mail system sent it to say that a message was not delivered.
    """

    raw: bytes
    fields: list[Field]
    message_id: str
    references: frozenset[str]
    subject: str
    snippet: str
    filenames: list[str]
    words: str
    is_report: bool

    def values(self, name: str) -> list[str]:
        """The decoded values of a header field."""
        return values(self.fields, name)

    def contents(self, name: str) -> list[str]:
        """The values of a header field as they stand, unfolded, encoded-words left alone."""
        return [
            field.content.decode("utf-8", "replace")
            for field in self.fields
            if field.name.lower() == name.lower()
        ]

    def date(self) -> datetime | None:
        """The Date header in UTC; None if it is missing or makes no sense."""
        for value in self.values("Date")[:1]:
            try:
                date = parsedate_to_datetime(value)
                return date.replace(tzinfo=date.tzinfo or UTC).astimezone(UTC)
            except (ValueError, TypeError, OverflowError):
                return None
        return None


def read(raw: bytes) -> Mail:
    """Read a message. Nothing in it makes this fail."""
    fields, _ = split(raw)
    parsed = mime.tree(raw)
    parts = list(mime.leaves(parsed))
    text = _text(parts)
    ids = _MESSAGE_ID.findall(" ".join(values(fields, "Message-ID")[:1]))
    references = " ".join(values(fields, "In-Reply-To") + values(fields, "References"))
    return Mail(
        raw=raw,
        fields=fields,
        message_id=ids[0] if ids else "",
        references=frozenset(_MESSAGE_ID.findall(references)),
        subject=" ".join(values(fields, "Subject")[:1]),
        snippet=html.escape(text[:_SNIPPET].strip()).replace("&#x27;", "&#39;"),
        filenames=[name for name in map(mime.filename, parts) if name],
        words=text[:_SEARCHED],
        is_report=_is_report(parsed, fields),
    )


def conversation_subject(subject: str) -> str:
    """The subject by which messages belong together: without Re: and Fwd:, however often."""
    while match := _REPLY.match(subject):
        subject = subject[match.end() :]
    return " ".join(subject.split()).casefold()


def as_words(*texts: str) -> str:
    """Lower-case words, each between blanks, so that a phrase is found by looking for it between blanks."""
    return " " + "".join(f"{word} " for text in texts for word in re.findall(r"\w+", text.casefold()))


def _text(parts: list[Message]) -> str:
    shown = [part for part in parts if part.get_content_maintype() == "text" and not mime.filename(part)]
    plain = [part for part in shown if part.get_content_subtype() != "html"]
    pieces = (mime.content(part).decode() for part in plain or shown)
    text = " ".join(islice(pieces, 50))
    if not plain:
        text = html.unescape(_UNSEEN.sub(" ", text))
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _is_report(parsed: Message, fields: list[Field]) -> bool:
    senders = " ".join(values(fields, "From")[:1]).lower()
    return parsed.get_content_type() == "multipart/report" or any(
        name in senders for name in ("mailer-daemon@", "postmaster@")
    )
