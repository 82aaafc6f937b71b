"""A letter as a PDF for the post: the same words as in the mail, with sender, addressee, date and a line to sign on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from sheetsdun.letters.formats import formats
from sheetsdun.letters.letter import Letter
from sheetsdun.letters.markdown import understood
from sheetsdun.letters.matter import Attachment, Matter
from sheetsdun.letters.paper import PDF, typeset, words
from sheetsdun.letters.plain import Fill
from sheetsdun.letters.statement import parties
from sheetsdun.letters.templates import Templates


def posted(letter: Letter, matter: Matter, templates: Templates, *, today: dt.date) -> Attachment:
    """Make the paper of a letter.

    Args:
        letter: As it goes by mail.
        matter: What it is about.
        templates: Where layout and words are.
        today: Its date.

    Raises:
        TemplateMistake: The layout or the words are not right.
    """
    us, them = parties(matter, letter.sender)
    assert letter.rendered is not None
    tree, fill = understood(letter.rendered.source, letter.rendered.values)
    language = templates.spoken(matter.language)
    told = words(templates, language)
    data = {
        "sender": us,
        "addressee": them,
        "date": formats(language).long(today),
        "reference": letter.id,
        "subject": letter.rendered.subject,  # that of its level: the mail may have that of its thread
        "body": list(_blocks(tree.children, fill)),
    }
    content = typeset(templates, language, "letter", data)
    return Attachment(f"{told['letter_file']} {letter.id}.pdf", PDF, content)


def _blocks(nodes: Sequence[SyntaxTreeNode], fill: Fill) -> Iterator[dict[str, Any]]:
    for node in nodes:
        match node.type:
            case "bullet_list" | "ordered_list":
                yield {
                    "kind": "list",
                    "ordered": node.type == "ordered_list",
                    "start": int(node.attrs.get("start", 1)),
                    "items": [list(_blocks(item.children, fill)) for item in node.children],
                }
            case "blockquote":
                yield {"kind": "quote", "parts": list(_blocks(node.children, fill))}
            case "code_block" | "fence":
                yield {"kind": "paragraph", "runs": list(_lines(fill(node.content.rstrip("\n")), ()))}
            case "hr":
                yield {"kind": "rule"}
            case "table":
                yield _table(node, fill)
            case _:
                kind = "heading" if node.type == "heading" else "paragraph"
                yield {"kind": kind, "runs": _runs(node, fill)}


def _runs(node: SyntaxTreeNode, fill: Fill) -> list[dict[str, Any]]:
    return list(_inline(node, fill, ()))


def _inline(node: SyntaxTreeNode, fill: Fill, marks: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    match node.type:
        case "text" | "code_inline":
            yield from _lines(fill(node.content), marks)
        case "softbreak":
            yield _run(" ", marks)
        case "hardbreak":
            yield {"kind": "break"}
        case _:
            inner = (*marks, node.type) if node.type in {"strong", "em"} else marks
            for child in node.children:
                yield from _inline(child, fill, inner)
            if node.type == "link":
                address = fill(str(node.attrs["href"]).removeprefix("mailto:"))
                words_ = "".join(run["text"] for run in _inline_text(node, fill))
                if address != words_:
                    yield _run(f" <{address}>", marks)


def _inline_text(node: SyntaxTreeNode, fill: Fill) -> Iterator[dict[str, Any]]:
    return (run for child in node.children for run in _inline(child, fill, ()) if run["kind"] == "text")


def _lines(text: str, marks: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """A text that may have lines of its own, as a way to pay has; blanks that align them mean nothing here."""
    for place, line in enumerate(text.split("\n")):
        if place:
            yield {"kind": "break"}
        yield _run(re.sub(r"(?<=\S)  +", " ", line).lstrip() if place or "\n" in text else line, marks)


def _run(text: str, marks: tuple[str, ...]) -> dict[str, Any]:
    return {"kind": "text", "text": text, "marks": list(marks)}


def _table(node: SyntaxTreeNode, fill: Fill) -> dict[str, Any]:
    rows = [row.children for section in node.children for row in section.children]
    styles = [str(title.attrs.get("style", "")) for title in rows[0]]
    return {
        "kind": "table",
        "align": [style.removeprefix("text-align:") for style in styles],
        "head": [_runs(entry, fill) for entry in rows[0]],
        "rows": [[{"runs": _runs(entry, fill)} for entry in row] for row in rows[1:]],
    }
