"""Understood Markdown -> plain text, for those who read mail without HTML.

Paragraphs are not wrapped: each reader's window does that. A table's columns are aligned while they fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from markdown_it.tree import SyntaxTreeNode

WIDEST = 78
"""Characters of a table's line; a wider table is told row by row instead."""

Fill = Callable[[str], str]


def text(tree: SyntaxTreeNode, fill: Fill) -> str:
    """Write the whole tree; ``fill`` puts values in the places of their marks."""
    return _blocks(tree.children, fill)


def _blocks(nodes: Sequence[SyntaxTreeNode], fill: Fill, between: str = "\n\n") -> str:
    return between.join(filter(None, (_block(node, fill) for node in nodes)))


def _block(node: SyntaxTreeNode, fill: Fill) -> str:
    match node.type:
        case "bullet_list" | "ordered_list":
            return _list(node, fill)
        case "blockquote":
            return _hanging("    ", _blocks(node.children, fill))  # ">" would look like somebody else's words
        case "code_block" | "fence":
            return fill(node.content.rstrip("\n"))
        case "hr":
            return "———"
        case "table":
            return _table(node, fill)
        case _:
            return "".join(_inline(child, fill) for child in node.children).strip()


def _list(node: SyntaxTreeNode, fill: Fill) -> str:
    first = int(node.attrs.get("start", 1))
    return "\n".join(
        _hanging("- " if node.type == "bullet_list" else f"{number}. ", _blocks(item.children, fill))
        for number, item in enumerate(node.children, start=first)
    )


def _hanging(bullet: str, body: str) -> str:
    return bullet + body.replace("\n", "\n" + " " * len(bullet))


def _inline(node: SyntaxTreeNode, fill: Fill) -> str:
    match node.type:
        case "text" | "code_inline":
            return fill(node.content)
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
    words = "".join(_inline(child, fill) for child in node.children)
    if node.type == "link":
        address = fill(str(node.attrs["href"]).removeprefix("mailto:"))
        return words if address == words else f"{words} <{address}>"
    return words


def _table(node: SyntaxTreeNode, fill: Fill) -> str:
    rows = [
        [_block(entry, fill) for entry in row.children]
        for section in node.children
        for row in section.children
    ]
    titles = node.children[0].children[0].children
    right = [str(title.attrs.get("style", "")).endswith("text-align:right") for title in titles]
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    if sum(widths) + 2 * (len(widths) - 1) > WIDEST:
        return _told(rows[0], rows[1:])
    lines = [
        "  ".join(
            entry.rjust(width) if to_the_right else entry.ljust(width)
            for entry, width, to_the_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]
    rule = "-" * max(map(len, lines))
    return "\n".join([lines[0], rule, *lines[1:]])


def _told(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table too wide to be one: of each row the first entry, and under it the others with their titles."""
    return "\n".join(
        f"{row[0]}\n    "
        + " · ".join(f"{title}: {entry}" for title, entry in zip(titles[1:], row[1:], strict=True) if entry)
        for row in rows
    )
