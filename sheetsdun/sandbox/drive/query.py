"""The search language of ``files.list``: ``name = 'x' and mimeType != 'y' and 'root' in parents and not trashed``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from sheetsdun.sandbox.drive.shelf import ROOT
from sheetsdun.sandbox.wire import ApiError, Json

Predicate: TypeAlias = Callable[[Json], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?P<word>\w+)|(?P<sign>[<>!]=|[=<>()]))"""
)
_TIMES = {"modifiedTime", "createdTime"}
_FLAGS = {"trashed", "starred", "sharedWithMe"}
_TEXTS = {"name", "mimeType", "fullText"}


def parse(text: str) -> Predicate:
    """What a search asks for.

    Raises:
        ApiError: 400: it cannot be read, or asks for what is not kept here.
    """
    tokens: list[tuple[str, str]] = []
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _invalid()
        kind = str(match.lastgroup)
        token = match[kind]
        tokens.append((kind, re.sub(r"\\(.)", r"\1", token[1:-1]) if kind == "text" else token))
        position = match.end()
    parser = _Parser(tokens)
    predicate = parser.either()
    if parser.left():
        raise _invalid()
    return predicate


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def left(self) -> bool:
        return self._at < len(self._tokens)

    def either(self) -> Predicate:
        parts = [self._both()]
        while self._takes("or"):
            parts.append(self._both())
        return lambda file: any(part(file) for part in parts)

    def _both(self) -> Predicate:
        parts = [self._one()]
        while self._takes("and"):
            parts.append(self._one())
        return lambda file: all(part(file) for part in parts)

    def _one(self) -> Predicate:
        if self._takes("not"):
            negated = self._one()
            return lambda file: not negated(file)
        if self._takes("("):
            inside = self.either()
            if not self._takes(")"):
                raise _invalid()
            return inside
        kind, first = self._next()
        if kind == "word" and first in _FLAGS and (not self.left() or self._peek() in {"and", "or", ")"}):
            return _comparison(first, "=", "true")
        operator = self._next()[1]
        second_kind, second = self._next()
        if operator == "in":
            # 'x' in parents; gspread writes parents in 'x', and Google takes it.
            return _membership(second, first) if second_kind == "word" else _membership(first, second)
        if kind != "word":
            raise _invalid()
        return _comparison(first, operator, second)

    def _peek(self) -> str:
        return self._tokens[self._at][1].lower()

    def _takes(self, word: str) -> bool:
        if self.left() and self._tokens[self._at][0] != "text" and self._peek() == word:
            self._at += 1
            return True
        return False

    def _next(self) -> tuple[str, str]:
        if not self.left():
            raise _invalid()
        self._at += 1
        return self._tokens[self._at - 1]


def _membership(field: str, value: str) -> Predicate:
    if field == "parents":
        wanted = ROOT if value == "root" else value
        return lambda file: wanted in file.get("parents", [])
    if field in {"owners", "writers", "readers"}:
        return lambda file: value in {"me", *(user["emailAddress"] for user in file.get("owners", []))}
    raise _invalid()


def _comparison(field: str, operator: str, value: str) -> Predicate:
    if field in _FLAGS and operator in {"=", "!="} and value.lower() in {"true", "false"}:
        wanted = (value.lower() == "true") == (operator == "=")
        return lambda file: bool(file.get(field)) == wanted
    if field in _TIMES:
        return _time(field, operator, value)
    if field not in _TEXTS:
        raise _invalid()
    if operator in {"=", "!="} and field != "fullText":
        return lambda file: (file[field] == value) == (operator == "=")
    if operator == "contains" and field == "mimeType":
        return lambda file: str(file[field]).startswith(value)
    if operator == "contains":
        # Drive finds the beginnings of words, not their middles.
        words = re.compile(r"(?<!\w)" + re.escape(value), re.IGNORECASE)
        return lambda file: words.search(file["name"]) is not None
    raise _invalid()


def _time(field: str, operator: str, value: str) -> Predicate:
    compare: dict[str, Callable[[Any, Any], bool]] = {
        "=": lambda a, b: bool(a == b),
        "!=": lambda a, b: bool(a != b),
        "<": lambda a, b: bool(a < b),
        "<=": lambda a, b: bool(a <= b),
        ">": lambda a, b: bool(a > b),
        ">=": lambda a, b: bool(a >= b),
    }
    if operator not in compare:
        raise _invalid()
    limit = _instant(value)
    return lambda file: compare[operator](_instant(file[field]), limit)


def _instant(text: str) -> dt.datetime:
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise _invalid() from error
    return instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)


def _invalid() -> ApiError:
    return ApiError(400, "Invalid Value", reason="invalid")
