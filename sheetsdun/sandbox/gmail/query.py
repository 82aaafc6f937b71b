"""Gmail's search language, read into a tree.

Words side by side must all be there; OR (or braces) needs one of them and binds tighter; a minus excludes;
parentheses group, also behind an operator, as in `from:(amy OR david)`. What is no operator is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from sheetsdun.sandbox.gmail import refusals

_OPERATORS = """
in is label category has from to cc bcc deliveredto subject filename rfc822msgid
after before newer older newer_than older_than larger smaller size
"""
_FIELDS = frozenset(_OPERATORS.split())
_MOST_TERMS = 200
_DEEPEST = 20
_PIECE = re.compile(r'"([^"]*)"?|[^\s(){}"]+')
_FIELD = re.compile(r"([a-z0-9_]+):\s*", re.IGNORECASE)
_OR = re.compile(r"\s*(?:(?<![^\s)}\"])OR(?![^\s({\"-])|\|)\s*")
_SPACE = re.compile(r"(?:\s|AND(?=\s))+")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: an operator ("" for text) and its value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be so."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these; none given excludes nothing."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    nodes: tuple[Node, ...]


Node: TypeAlias = Term | Not | All | Either


def parse(text: str) -> Node:
    """Read a query; nothing is a mistake in it, except being endless.

    Raises:
        ApiError: It holds more conditions, or nests deeper, than a person would write (400).
    """
    return _Reader(text).all_until("", "", 0)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.terms = 0

    def all_until(self, closing: str, field: str, depth: int) -> All:
        """Everything up to a closing bracket, or to the end."""
        nodes: list[Node] = []
        while not self._closed(closing):
            node = self._one(field, depth + 1)
            either = [node] if node else []
            while self._take(_OR):
                if not self._ahead() or self._ahead() == closing:
                    break
                node = self._one(field, depth + 1)
                either += [node] if node else []
            nodes += either if len(either) < 2 else [Either(tuple(either))]  # noqa: PLR2004  # one is no choice
        return All(tuple(nodes))

    def _one(self, field: str, depth: int) -> Node | None:
        if depth > _DEEPEST:
            raise refusals.invalid("Invalid query: too deeply nested")
        self._take(_SPACE)
        ahead = self._ahead()
        if ahead == "-":
            self.position += 1
            node = self._one(field, depth + 1) if self._ahead().strip() else None
            return Not(node) if node else None
        if ahead in {"(", "{"}:
            self.position += 1
            inside = self.all_until(")" if ahead == "(" else "}", field, depth)
            return Either(inside.nodes) if ahead == "{" and inside.nodes else inside
        operator = _FIELD.match(self.text, self.position)
        if operator and operator[1].lower() in _FIELDS and operator.end() < len(self.text):
            self.position = operator.end()
            return self._one(operator[1].lower(), depth + 1)
        return self._term(field)

    def _term(self, field: str) -> Node | None:
        piece = _PIECE.match(self.text, self.position)
        if piece is None:
            self.position += 1  # a bracket that nothing opened
            return None
        self.position = piece.end()
        self.terms += 1
        if self.terms > _MOST_TERMS:
            raise refusals.invalid("Invalid query: too many terms")
        return Term(field, piece[0] if piece[1] is None else piece[1])

    def _closed(self, closing: str) -> bool:
        self._take(_SPACE)
        if self._ahead() and self._ahead() == closing:
            self.position += 1
            return True
        return not self._ahead()

    def _ahead(self) -> str:
        return self.text[self.position : self.position + 1]

    def _take(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.position)
        if found is None:
            return False
        self.position = found.end()
        return True
