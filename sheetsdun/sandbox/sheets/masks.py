"""Field masks: ``a,b(c,d/e),*`` as a tree, and what they mean for an update."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from sheetsdun.sandbox.sheets.errors import invalid
from sheetsdun.sandbox.wire import Json

Mask: TypeAlias = "Mapping[str, Mask]"
"""Names and what is wanted below each; an empty one wants everything."""

_TOKEN = re.compile(r"\s*([A-Za-z0-9_*]+|[(),/.])\s*")
ALL: Mask = {}


def parse_mask(text: str) -> Mask:
    """The tree of a field mask.

    Raises:
        ApiError: It is not one (400).
    """
    tokens: list[str] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise invalid(f"Invalid field mask: {text}")
        tokens.append(match.group(1))
        position = match.end()
    tree, end = _group(tokens, 0, text)
    if end != len(tokens) or not tree:
        raise invalid(f"Invalid field mask: {text}")
    return ALL if "*" in tree else tree


def _group(tokens: list[str], at: int, text: str) -> tuple[dict[str, Any], int]:
    tree: dict[str, Any] = {}
    while at < len(tokens):
        if not re.match(r"[\w*]", tokens[at]):
            raise invalid(f"Invalid field mask: {text}")
        node = tree
        path = [tokens[at]]
        at += 1
        while at + 1 < len(tokens) and tokens[at] in "./":
            path.append(tokens[at + 1])
            at += 2
        for name in path[:-1]:
            node = node.setdefault(name, {})
        below: dict[str, Any] = {}
        if at < len(tokens) and tokens[at] == "(":
            below, at = _group(tokens, at + 1, text)
            if at >= len(tokens) or tokens[at] != ")":
                raise invalid(f"Invalid field mask: {text}")
            at += 1
        if "*" in below:
            below = {}
        node[path[-1]] = {**node[path[-1]], **below} if node.get(path[-1]) and below else below
        if at < len(tokens) and tokens[at] == ",":
            at += 1
            continue
        break
    return tree, at


def update_mask(body: Json) -> Mask:
    """The ``fields`` of an update request.

    Raises:
        ApiError: There are none (400).
    """
    text = body.get("fields") or ""
    if not text:
        raise invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    return parse_mask(text)


def below(mask: Mask | None, *path: str) -> Mask | None:
    """What the mask wants under a path: a mask, or None if nothing."""
    for name in path:
        if mask is None:
            return None
        if mask:
            mask = mask["*"] if "*" in mask else mask.get(name)
    return mask


def known(mask: Mask, names: frozenset[str]) -> Mask:
    """The mask itself.

    Raises:
        ApiError: It names a field that is not among these (400).
    """
    for name in mask:
        if name not in names:
            raise invalid(f"Invalid field: {name}")
    return mask


def merged(old: Any, new: Any, mask: Mask) -> Any:
    """The old message with the masked fields taken from the new: what is masked and absent is cleared."""
    if not mask:
        return new
    out = dict(old or {})
    source = new or {}
    for name, inner in mask.items():
        value = merged(out.get(name), source.get(name), inner)
        if value is None:
            out.pop(name, None)
        else:
            out[name] = value
    return out or None
