"""What somebody might put into a cell, and how a letter is looked at for what it must not do."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import strategies as st

_FILE = Path(__file__).with_name("hostile.txt")
LONG = {
    "a very long word": "x" * 4_999,
    "encoded words without end": "=?utf-8?q?" * 400,
    "accents without end": "Zalgo" + "\u0301" * 400,
    "a long folded line": "word " * 30 + "\r\n Bcc: a@b.c",
}
"""What would not be nice to read in a file."""


@cache
def corpus() -> dict[str, str]:
    """Cells by what they try; see ``hostile.txt``."""
    lines = [line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    told = (line.partition(" | ") for line in lines)
    found = {tries: json.loads(cell) for tries, _, cell in told}
    assert len(found) == len(lines), "two lines say that they try the same"
    return {**found, **LONG}


CELLS: st.SearchStrategy[str] = (
    st.sampled_from([*corpus().values()])
    | st.text(st.characters(codec=None, categories=None), max_size=60)
    | st.lists(st.sampled_from([*corpus().values()]), min_size=2, max_size=3).map("".join)
    | st.text("=?_utf-8qbQB:@\r\n <>[]()*#|`\\&;{}%.x0123\ue000\ue001", max_size=60)
)
"""The corpus, pieces of it put together, and noise."""

HEADERS = {
    "Auto-Submitted", "Cc", "Content-Language", "Content-Transfer-Encoding", "Content-Type", "From", "In-Reply-To",
    "MIME-Version", "References", "Reply-To", "Subject", "To", "X-Sheetsdun-Key",
}  # fmt: skip
"""All that a letter may have in its head; what Gmail adds of its own is not among them."""

_HARMLESS = {
    "html", "head", "meta", "title", "body", "style", "div", "p", "br", "hr", "strong", "em", "span", "table", "thead",
    "tbody", "tr", "th", "td", "ul", "ol", "li", "h1", "h2", "h3", "blockquote",
}  # fmt: skip
_UNSEEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000\ue001\ud800-\udfff]"
)
_FOR_OUTLOOK = {
    '[if mso]><table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]',
    "[if mso]></td></tr></table><![endif]",
}
"""Comments of our own, which keep the letter narrow there."""

CALCULATED = str(7191 * 7)
"""What stands in a letter whose cells were taken for templates."""


@dataclass(frozen=True)
class Looked:
    """What was found in a letter, and what is wrong with it."""

    recipients: frozenset[str]
    files: dict[str, bytes]
    wrong: tuple[str, ...]


def look(raw: bytes, *, beside: frozenset[str] = frozenset()) -> Looked:
    """Look at a letter as it lies in the mailbox.

    Args:
        raw: Its bytes.
        beside: Headers that Gmail has added.
    """
    strict = email.message_from_bytes(raw, policy=email.policy.default)
    old = email.message_from_bytes(raw, policy=email.policy.compat32)
    wrong = [*_heads(strict, beside), *_heads(old, beside)]
    recipients = [_recipients(each) for each in (strict, old)]
    if recipients[0] != recipients[1]:
        wrong.append(f"readers see different recipients: {recipients}")
    files: dict[str, bytes] = {}
    for part in strict.walk():
        if part.get_content_disposition() == "attachment":
            files[part.get_filename() or ""] = bytes(part.get_payload(decode=True) or b"")
        else:
            wrong += _body(part)
    return Looked(recipients[0], files, tuple(wrong))


def _heads(mail: Message, beside: frozenset[str]) -> Iterator[str]:
    names = [*mail.keys()]
    yield from (f"header {name}" for name in names if name not in HEADERS | beside)
    yield from (f"header {name} twice" for name in {*names} if names.count(name) > 1)
    if mail.defects:
        yield f"defects: {mail.defects}"


def _recipients(mail: Message) -> frozenset[str]:
    fields = [str(value) for name in ("to", "cc", "bcc") for value in mail.get_all(name, ())]
    return frozenset(address for _, address in getaddresses(fields) if address)


def _body(part: Message) -> Iterator[str]:
    kind = part.get_content_type()
    if part.is_multipart():
        return
    if kind not in {"text/plain", "text/html"}:
        yield f"a part of type {kind}"
        return
    content = part.get_payload(decode=True)
    text = content.decode("utf-8") if isinstance(content, bytes) else ""
    if CALCULATED in text:
        yield "a cell was taken for a template"
    if kind == "text/html":
        yield from _Page.wrong_in(text)
    elif found := _UNSEEN.search(text):
        yield f"a sign that nobody sees: {found[0]!a}"


class _Page(HTMLParser):
    """Tags that a letter has no use for, attributes that act, and addresses that lead anywhere."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    @classmethod
    def wrong_in(cls, text: str) -> list[str]:
        page = cls()
        page.feed(text)
        page.close()
        return page.wrong

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _HARMLESS:
            self.wrong.append(f"<{tag}>")
        self.wrong += [
            f"{name}={value}"
            for name, value in attrs
            if name.startswith("on")
            or name in {"href", "src", "action"}
            or (name == "style" and "url(" in (value or ""))
        ]

    def handle_comment(self, data: str) -> None:
        if data not in _FOR_OUTLOOK:
            self.wrong.append(f"<!--{data}-->")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"<!{data}>")
