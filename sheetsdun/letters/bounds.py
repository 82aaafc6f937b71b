"""Jinja2 within bounds: whatever a template says, rendering it ends soon and stays small.

There is no clock and no second thread: both would give another answer on a busy day. What a template does is counted
instead. Each turn of a loop, each include, and each piece that is printed or joined takes from the letter's budget, the
larger the more; and nothing that could be large at one stroke is there: powers, products and fills are looked at before
they are made, and of filters and methods only those remain that give no more than they get.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sized
from decimal import Decimal
from typing import Any, ClassVar, Final, cast

from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, nodes, pass_context
from jinja2.filters import make_attrgetter
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

STEPS: Final = 50_000
"""Turns of loops, includes and printed pieces of one letter, and its characters by the hundred."""

LONGEST: Final = 20_000
"""Characters or members of one value while a letter is rendered."""

LARGEST_SOURCE: Final = 60_000
"""Characters of a filled template: over a thousand lines of a table, and the worst Markdown in a second."""

_PER_STEP = 100
_BITS = 256
"""Of a whole number: enough for every sum, and nothing that takes its time."""

BUDGET = "the budget"
"""Where a rendering keeps it: no name that a template could write."""

_BANNED: Mapping[type[nodes.Node], str] = {
    kind: kind.__name__.lower()
    for kind in (
        nodes.Macro, nodes.CallBlock, nodes.Import, nodes.FromImport, nodes.AssignBlock, nodes.FilterBlock,
        nodes.Block, nodes.Extends,
    )
}  # fmt: skip
"""Their results are text like any value's, so Markdown in them would not work; ``include`` does."""

_FILTERS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items", "last",
    "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "select", "selectattr", "sort",
    "string", "title", "trim", "truncate", "unique", "upper", "wordcount",
)  # fmt: skip

_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset({
        "capitalize", "casefold", "count", "endswith", "find", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit",
        "islower", "isnumeric", "isspace", "istitle", "isupper", "lower", "lstrip", "partition", "removeprefix",
        "removesuffix", "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "swapcase",
        "title", "upper",
    }),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    dict: frozenset({"get", "items", "keys", "values"}),
    dt.date: frozenset({"day", "isoformat", "isoweekday", "month", "weekday", "year"}),
    Decimal: frozenset({"is_signed", "is_zero"}),
    int: frozenset({"bit_length"}),
}  # fmt: skip


class TooMuch(TemplateRuntimeError):
    """A template would go on for too long, or become too large."""


class Budget:
    """What one letter may still take."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = STEPS

    def take(self, size: int = 0, steps: int = 1) -> None:
        """So many steps, and the size of what they made."""
        self._left -= steps + size // _PER_STEP
        if self._left < 0:
            raise TooMuch(f"the letter would take more than {STEPS:,} steps: a loop is too long")


class Bounded(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, in which nothing can be large or long. ``context[BUDGET]`` holds what is left."""

    intercepted_binops: ClassVar[frozenset[str]] = frozenset({"*", "**", "%", "+"})  # type: ignore[misc]  # jinja2's

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=StrictUndefined, **options)
        self.globals.clear()
        ours = {name: self.filters[name] for name in _FILTERS}
        self.filters.clear()
        self.filters.update(ours, join=_join, replace=_replace, round=_round, sum=_sum)
        self.filters.update({_TURNS: _turns, _STEP: _step})

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse, and put a count into every loop, include and concatenation."""
        tree = super()._parse(source, name, filename)
        for banned in tree.find_all(tuple(_BANNED)):
            what = f"{_BANNED[type(banned)]} is of no use here; put the text into a file and include it"
            raise TemplateSyntaxError(what, banned.lineno, name, filename)
        for loop in tree.find_all(nodes.For):
            if loop.recursive:
                raise TemplateSyntaxError("recursive is of no use here", loop.lineno, name, filename)
            loop.iter = _counted(loop.iter, _TURNS)
        for include in tree.find_all(nodes.Include):
            include.template = _counted(include.template, _STEP)
        _wrap_joints(tree)
        return tree

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Look at a result's size before it is made."""
        _check(operator, left, right)
        made = super().call_binop(context, operator, left, right)
        return _weighed(context, made)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A call is a step, too."""
        return _weighed(context, super().call(context, obj, *args, **kwargs))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have it: fields of ours, and a few harmless methods of plain values."""
        if attr.startswith("_"):
            return False
        if dataclasses.is_dataclass(obj):
            return not callable(value) and attr != "formats"
        for kind in type(obj).__mro__:
            if kind in _METHODS:
                return attr in _METHODS[kind]
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Any:  # noqa: ARG002  # jinja2's
        """No ``format``: a width in it could be any number."""
        return None


_TURNS, _STEP = "the turns", "a step"
"""Filters that no template could name."""


def _counted(node: nodes.Node, by: str) -> nodes.Expr:
    return nodes.Filter(cast("nodes.Expr", node), by, [], [], None, None, lineno=node.lineno)


def _wrap_joints(node: nodes.Node) -> None:
    """``a ~ b`` -> the same, weighed."""
    for name in node.fields:
        value = getattr(node, name)
        several = value if isinstance(value, list) else [value]
        made = []
        for child in several:
            if isinstance(child, nodes.Node):
                _wrap_joints(child)
            made.append(_counted(child, _STEP) if isinstance(child, nodes.Concat) else child)
        if any(isinstance(child, nodes.Concat) for child in several):
            setattr(node, name, made if isinstance(value, list) else made[0])


@pass_context
def _turns(context: Context, values: Iterable[Any]) -> Iterable[Any]:
    """What a loop goes through, each turn counted; a list stays one, so that ``loop.length`` is quick."""
    budget: Budget = context[BUDGET]
    if isinstance(values, Sized):
        budget.take(steps=len(values))
        return values
    return _one_by_one(values, budget)


def _one_by_one(values: Iterable[Any], budget: Budget) -> Iterator[Any]:
    for value in values:
        budget.take()
        yield value


@pass_context
def _step(context: Context, value: Any) -> Any:
    return _weighed(context, value)


def _weighed(context: Context, value: Any) -> Any:
    """The value, after it is known to be no larger than one may be."""
    budget: Budget = context[BUDGET]
    size = len(value) if isinstance(value, str | list | tuple | dict) else 0
    if size > LONGEST:
        raise TooMuch(f"a value would have {size:,} characters or members; {LONGEST:,} are the most")
    budget.take(size)
    return value


def _check(operator: str, left: Any, right: Any) -> None:
    """Refuse what is large before it is there."""
    if operator == "%" and isinstance(left, str):
        raise TemplateRuntimeError("% of a text is of no use here; join with ~")
    if operator == "*":
        for many, times in ((left, right), (right, left)):
            if (
                isinstance(many, str | list | tuple)
                and isinstance(times, int)
                and len(many) * times > LONGEST
            ):
                raise TooMuch(
                    f"a value would have {len(many) * times:,} characters or members; {LONGEST:,} are the most"
                )
    whole = isinstance(left, int) and isinstance(right, int)
    if whole and operator in {"*", "+", "**"}:
        times = right if operator == "**" else 1
        if left.bit_length() * max(times, 1) + (right.bit_length() if operator == "*" else 0) > _BITS:
            raise TooMuch("the number would be too large")
    if operator == "**" and not whole and not (isinstance(right, int | float) and abs(right) <= _BITS):
        raise TooMuch("the number would be too large")


@pass_context
def _join(context: Context, values: Iterable[Any], between: str = "", attribute: str | None = None) -> str:
    """As Jinja's, as long as it stays within bounds."""
    made: list[str] = []
    size = 0
    for value in _attributes(context, values, attribute):
        made += [str(between), str(value)] if made else [str(value)]
        size += len(made[-1]) + len(str(between))
        if size > LONGEST:
            raise TooMuch(f"a value would have more than {LONGEST:,} characters")
    return str(_weighed(context, "".join(made)))


@pass_context
def _replace(context: Context, text: str, old: str, new: str) -> str:
    """As Jinja's, as long as it stays within bounds."""
    text, old, new = str(text), str(old), str(new)
    if len(text) + text.count(old) * len(new) > LONGEST:
        raise TooMuch(f"a value would have more than {LONGEST:,} characters")
    return str(_weighed(context, text.replace(old, new)))


def _round(value: float | Decimal, precision: int = 0) -> object:
    """As Python's, to at most twenty places."""
    return round(value, max(-20, min(20, int(precision))))


@pass_context
def _sum(context: Context, values: Iterable[Any], attribute: str | None = None, start: Any = 0) -> Any:
    """Numbers only: joining lists again and again takes its time."""
    total = start
    for value in _attributes(context, values, attribute):
        if not isinstance(value, int | float | Decimal):
            raise TypeError("only numbers can be summed up")
        total += value
    return total


def _attributes(context: Context, values: Iterable[Any], attribute: str | None) -> Iterable[Any]:
    """The values, or what each has of that name: ``balance.amount``."""
    return values if attribute is None else map(make_attrgetter(context.environment, attribute), values)
