"""A mail taken apart again: what a debtor's mail program makes of its bytes."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

_ENCODED = re.compile(r"(?:^[A-Za-z0-9+/=]{60,76}\r?\n){8,}(?:^[A-Za-z0-9+/=]{1,76}\r?\n)?", re.MULTILINE)
_ASKS = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_BOTH = re.compile(
    r"(color-schemes?\s*:\s*|name=\"(?:supported-)?color-schemes?\" content=\")light dark", re.IGNORECASE
)
_ALWAYS, _NEVER = "(min-width: 0px)", "(max-width: 0px)"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file in a mail."""

    name: str
    type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail program would show of a mail.

    Attributes:
        headers: In order, decoded.
        html: With its pictures in it, so that it needs nothing else.
        pictures: How many those are.
        raw: Its bytes.
    """

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    pictures: int
    enclosed: tuple[Enclosed, ...]
    raw: bytes

    def header(self, name: str) -> str:
        """One header, decoded; "" where there is none."""
        return next((value for each, value in self.headers if each.casefold() == name.casefold()), "")

    @property
    def source(self) -> str:
        """The mail as it travels, to be looked at: long runs of encoded bytes are left out."""
        return _ENCODED.sub(_left_out, self.raw.decode("ascii", "replace")).replace("\r\n", "\n")


def taken_apart(raw: bytes) -> Mail:
    """Read a mail's bytes, by another parser than wrote them."""
    mail = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    page = str(html.get_content()) if html else ""
    pictures = 0
    for part in mail.walk():
        if cid := str(part["Content-ID"] or "").strip("<> "):
            data = base64.b64encode(_bytes(part)).decode()
            page = page.replace(f"cid:{cid}", f"data:{part.get_content_type()};base64,{data}")
            pictures += 1
    return Mail(
        headers=tuple((name, " ".join(str(value).split())) for name, value in mail.items()),
        text=str(text.get_content()).replace("\r\n", "\n") if text else "",
        html=page,
        pictures=pictures,
        enclosed=tuple(
            Enclosed(each.get_filename() or "attachment", each.get_content_type(), _bytes(each))
            for each in mail.iter_attachments()
        ),
        raw=raw,
    )


def lit(html: str, scheme: str) -> str:
    """A letter as it looks in the light or in the dark, whatever its reader's machine prefers.

    Args:
        html: The letter.
        scheme: ``light`` or ``dark``.
    """

    def answered(asked: re.Match[str]) -> str:
        return _ALWAYS if asked[1].casefold() == scheme else _NEVER

    return _BOTH.sub(rf"\g<1>{scheme}", _ASKS.sub(answered, html))


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _left_out(run: re.Match[str]) -> str:
    first, *rest = run[0].splitlines()
    return f"{first}\n[… {len(rest)} more lines of it …]\n"
