"""A message of the mailbox in memory: how it is read, and what finds it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import getaddresses
from functools import cached_property

from sheetsdun.ports import Mail


@dataclass
class Message:
    """A message as it lies there; its content never changes."""

    id: str
    thread_id: str
    content: EmailMessage
    labels: set[str]
    date: dt.datetime
    history: int
    rfc_id: str

    @cached_property
    def subject(self) -> str:
        """The subject as conversations compare it."""
        return re.sub(r"^(re:\s*)+", "", str(self.content["Subject"] or "").casefold())

    @cached_property
    def recipients(self) -> tuple[str, ...]:
        """Addresses of To, Cc and Bcc."""
        fields = [str(value) for name in ("to", "cc", "bcc") for value in self.content.get_all(name, ())]
        return tuple(address.lower() for _, address in getaddresses(fields) if address)

    @cached_property
    def named(self) -> str:
        """Message-IDs of what it answers."""
        return f"{self.content['In-Reply-To'] or ''} {self.content['References'] or ''}"

    def answers(self, other: Message) -> bool:
        """Whether it belongs into the other's conversation."""
        return other.rfc_id in self.named and other.subject == self.subject

    @cached_property
    def headers(self) -> dict[str, str]:
        """Of a repeated header the first."""
        headers: dict[str, str] = {}
        for name, value in self.content.items():
            headers.setdefault(name.lower(), str(value))
        return headers

    @cached_property
    def text(self) -> str:
        """The text/plain part."""
        text = self.content.get_body(("plain",))
        return text.get_content() if text else ""

    @cached_property
    def empty(self) -> bool:
        """Whether there is nothing in it."""
        contents = [part.get_payload(decode=True) for part in self.content.walk() if not part.is_multipart()]
        return not any(content.strip() for content in contents if isinstance(content, bytes))

    def mail(self) -> Mail:
        """As the port gives it."""
        return Mail(
            message_id=self.id,
            thread_id=self.thread_id,
            labels=frozenset(self.labels),
            headers=self.headers,
            to=self.recipients,
            text=self.text,
            empty=self.empty,
            date=self.date,
            history_id=str(self.history),
            files=tuple(self._files()),
        )

    def _files(self) -> Iterator[str]:
        page = self.content.get_body(("html",))
        shown = page.get_content() if page else ""
        for part in self.content.walk():
            name = str(part["Content-ID"] or "").strip("<>")
            if part.get_filename() and not (name and f"cid:{name}" in shown):
                yield str(part.get_filename())

    def matches(self, term: str) -> bool:
        """Whether one term of a query finds it. Custom headers are not searched."""
        name, _, value = term.partition(":")
        mail = self.mail()
        known = {
            "in": value == "anywhere" or value.upper() in self.labels,
            "after": value.isdecimal() and self.date.timestamp() > int(value),
            "rfc822msgid": self.rfc_id.strip("<>") == value.strip("<>"),
            "from": value.lower() in mail.headers.get("from", "").lower(),
            "subject": value.lower() in mail.headers.get("subject", "").lower(),
            "to": value.lower() in mail.to,
            "label": value.lower() in {label.lower() for label in self.labels},
        }
        words = f"{mail.headers.get('subject', '')} {mail.text}".lower()
        return known[name] if name in known else term.lower() in words
