"""Markdown with values in it -> HTML and plain text.

A template's values never meet the Markdown parser. Jinja2 writes a numbered mark where a value belongs; the parser
sees marks only, and the values are put in once everything is understood. So whatever a cell holds stays text: it
can neither open a link or a tag nor begin a heading or a table column.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from sheetsdun.letters import plain
from sheetsdun.pay.shown import Shown

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_MARK_IN_LINK = re.compile(f"{quote(_OPEN)}([0-9]+){quote(_CLOSE)}")
_BLOCK = re.compile(f"<p[^<>]*>{_MARK.pattern}</p>")
_FIXED_START = re.compile(f"mailto:|https?://[^/?#{_OPEN}]+/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Markdown:
    """Markdown from the config: an author's words, which a template may print as such.

    It is no ``str``, so that joining it with a cell's text gives text, never Markdown.
    """

    source: str

    @classmethod
    def of(cls, text: str) -> Markdown:
        """Keep the text's single line breaks, as people expect of a bank account or a signature."""
        unmarked = text.replace(_OPEN, "").replace(_CLOSE, "").strip()
        return cls(re.sub(r"(?<=\S)[ \t]*\n(?=[^\n])", "  \n", unmarked))

    @property
    def quoted(self) -> Markdown:
        """The same as a block that is set apart."""
        return Markdown("\n".join(f"> {line}" for line in self.source.split("\n")))

    def __bool__(self) -> bool:
        return bool(self.source)


class LinkFromCell(ValueError):
    """A value stands where it could choose the host of a link."""


class _Parser(MarkdownIt):
    """Markdown without raw HTML and pictures, and with links whose host is wholly the author's."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.enable("table")
        self.disable("image")

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # markdown-it's name
        if _OPEN in url and not _FIXED_START.match(url):
            raise LinkFromCell("a value must not stand in a link before the end of its host")
        return super().normalizeLink(_MARK.sub(lambda found: quote(found[0]), url))


_PARSER = _Parser()


def mark(number: int) -> str:
    """What stands for value number n in the Markdown source."""
    return f"{_OPEN}{number}{_CLOSE}"


def fill(text: str, values: Sequence[str]) -> str:
    """Put the values in the places of their marks, percent-encoded in links."""
    return _MARK.sub(lambda found: values[int(found[1])], _fill_links(text, values))


def _fill_links(text: str, values: Sequence[str]) -> str:
    return _MARK_IN_LINK.sub(lambda found: quote(values[int(found[1])], safe="@"), text)


def render(source: str, values: Sequence[str | Shown], styles: Mapping[str, str]) -> tuple[str, str]:
    """Make HTML and plain text.

    Args:
        source: Markdown with marks.
        values: What the marks stand for; a way to pay that stands alone becomes a block of its own.
        styles: CSS declarations, as ``Layout.styles`` has them.

    Raises:
        LinkFromCell: A link's host is not wholly the author's.
    """
    page, tree = _understood(source, tuple(styles.items()))
    told = [str(value) for value in values]
    escaped = [html.escape(text) for text in told]

    def block(found: re.Match[str]) -> str:
        value = values[int(found[1])]
        return value.html(styles) if isinstance(value, Shown) else found[0]

    page = _BLOCK.sub(block, _fill_links(page, told))
    filled = _MARK.sub(lambda found: escaped[int(found[1])], page)
    return filled, plain.text(tree, lambda text: fill(text, told))


def understood(source: str, values: Sequence[str]) -> tuple[SyntaxTreeNode, Callable[[str], str]]:
    """The parsed source, for another form than mail; and what puts the values in the places of their marks."""
    return _understood(source, ())[1], lambda text: fill(text, values)


@lru_cache(maxsize=256)
def _understood(source: str, styles: tuple[tuple[str, str], ...]) -> tuple[str, SyntaxTreeNode]:
    """The parsed source; letters of one kind share it, since their values are not in it."""
    tokens = _PARSER.parse(source)
    tree = SyntaxTreeNode(tokens)
    # The tree reads the same tokens: it was made before they are dressed, and shows no attributes but href and style.
    _dress(tokens, dict(styles))
    return _PARSER.renderer.render(tokens, _PARSER.options, {}), tree


def _dress(tokens: Sequence[Token], styles: Mapping[str, str]) -> None:
    """Write each element's style into it, as mail programs want it."""
    quotes = 0
    first = False  # the next cell begins a row
    for token in tokens:
        kind = token.tag
        match token.type:
            case "blockquote_open" | "blockquote_close":
                quotes += token.nesting
            case "tr_open":
                first = True
            case "td_open" | "th_open":
                kind, first = f"{token.tag}:first-child" if first else token.tag, False
            case "paragraph_open" if quotes:
                kind = "blockquote p"
        style = styles.get(kind) or styles.get(token.tag)
        if style and token.nesting >= 0:
            own = str(token.attrGet("style") or "")
            if own.startswith("text-align:"):
                token.attrSet("align", own.removeprefix("text-align:"))  # Outlook looks here
            token.attrSet("style", ";".join(part for part in (style.rstrip(";"), own) if part))
        _dress(token.children or [], styles)
