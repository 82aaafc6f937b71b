"""Tokens → tree, by precedence."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TypeAlias

from sheetsdun.sandbox.sheets.cells import Scalar, number
from sheetsdun.sandbox.sheets.formula.tokens import Reference, Token, tokens
from sheetsdun.sandbox.sheets.formula.values import FormulaError

_POWERS = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_SIGN = 6
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Named:
    """A named range, or a word that is none."""

    name: str


@dataclass(frozen=True, slots=True)
class Broken:
    """An error written in the formula."""

    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A sign, or an operator between two."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class CallNode:
    """A function and its arguments; None for an argument left out."""

    name: str
    arguments: tuple[Node | None, ...]


Node: TypeAlias = "Literal | Named | Broken | Operation | CallNode | Reference"


@functools.lru_cache(maxsize=16_384)
def parse(formula: str, decimal: str) -> Node:
    """The tree of a formula in a locale with this decimal separator.

    Raises:
        FormulaError: It does not parse.
    """
    parser = _Parser([token for token in tokens(formula, decimal) if token.kind != "space"], decimal)
    node = parser.expression(0)
    if parser.at < len(parser.tokens):
        raise FormulaError("#ERROR!", "Formula parse error.")
    return node


class _Parser:
    def __init__(self, found: list[Token], decimal: str) -> None:
        self.tokens = found
        self.at = 0
        self._decimal = decimal
        self._depth = 0

    def _peek(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def _take(self, text: str) -> bool:
        if self._peek() != text:
            return False
        self.at += 1
        return True

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise FormulaError("#ERROR!", "Formula parse error.")

    def expression(self, least: int) -> Node:
        """An expression whose operators bind more than this."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FormulaError("#ERROR!", "Formula parse error.")
        left = self._operand()
        while True:
            if self._take("%"):
                left = Operation("%", (left,))
                continue
            operator = self._peek()
            power = _POWERS.get(operator, 0) if self._is_operator() else 0
            if power <= least:
                self._depth -= 1
                return left
            self.at += 1
            left = Operation(operator, (left, self.expression(power)))

    def _is_operator(self) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].kind == "operator"

    def _operand(self) -> Node:  # noqa: PLR0911 - one return for each kind of token
        if self.at >= len(self.tokens):
            raise FormulaError("#ERROR!", "Formula parse error.")
        token = self.tokens[self.at]
        self.at += 1
        match token.kind:
            case "number":
                return Literal(number(float(token.text.replace(self._decimal, "."))))
            case "string":
                return Literal(token.text[1:-1].replace('""', '"'))
            case "error":
                return Broken(token.text)
            case "ref":
                assert token.reference is not None
                return token.reference
            case "name":
                return self._name(token.text)
            case "operator" if token.text == "(":
                inner = self.expression(0)
                self._expect(")")
                return inner
            case "operator" if token.text in "+-":
                return Operation(f"unary{token.text}", (self.expression(_SIGN),))
            case _:
                raise FormulaError("#ERROR!", "Formula parse error.")

    def _name(self, name: str) -> Node:
        if not self._take("("):
            if name.upper() in {"TRUE", "FALSE"}:
                return Literal(name.upper() == "TRUE")
            return Named(name)
        arguments: list[Node | None] = []
        if self._take(")"):
            return CallNode(name.upper(), ())
        while True:
            arguments.append(None if self._peek() in {",", ";", ")"} else self.expression(0))
            if self._take(")"):
                return CallNode(name.upper(), tuple(arguments))
            # A comma is the decimal separator where it is one; a semicolon is understood everywhere.
            if not self._take(";") and not (self._decimal == "." and self._take(",")):
                raise FormulaError("#ERROR!", "Formula parse error.")
