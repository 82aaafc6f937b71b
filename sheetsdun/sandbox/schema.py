"""What a valid request body is: Google's published schemas, compiled once into quick checks.

A check is a function of a value that returns None, or a list of violations. Valid input costs one dictionary look-up
a field; paths and sentences are only made once something is wrong. Explicit nulls inside messages count as absent
(protobuf's JSON mapping) and are taken out, so that no API sees them; a name in protobuf's own spelling
(``value_input_option``) is as good as the published one, and is respelled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

_INTEGERS = {
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
_BASE64 = re.compile(r"[A-Za-z0-9+/_\-\s]*=*\s*")
_DIGITS = re.compile(r"-?[0-9]{1,20}")
_SHOWN = 200  # characters of a wrong value that the sentence quotes


@dataclass(slots=True)
class Violation:
    """One thing wrong.

    Attributes:
        path: Where, in Google's spelling (``requests[0].add_sheet``); "" at the top.
        sentence: Google's words, with ``{at}`` where the path goes.
    """

    path: str
    sentence: str

    def inside(self, step: str) -> Violation:
        """The same, seen from one level further out."""
        joint = "." if self.path and not self.path.startswith("[") else ""
        return Violation(f"{step}{joint}{self.path}", self.sentence)

    def told(self) -> tuple[str, str]:
        """Its path, and its whole sentence."""
        at = f" at '{self.path}'" if self.path else ""
        return self.path, self.sentence.replace("{at}", at, 1)


Check: TypeAlias = Callable[[Any], list[Violation] | None]


def snake(name: str) -> str:
    """``updateCells`` as Google's messages spell it: ``update_cells``."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def anything(_value: Any) -> None:
    """The check of a value of any type."""


def wrong(value: Any, expected: str) -> list[Violation]:
    """The violation of a value that is not of the expected type."""
    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    return [Violation("", f"Invalid value{{at}} ({expected}), {shown}")]


class Schemas:
    """The compiled schemas of one API.

    Args:
        schemas: The ``schemas`` of its discovery document.
        package: The protobuf package that its error messages name, such as ``google.apps.sheets.v4``.
        lenient: Overlook unknown names, and take them out, rather than refuse them.
    """

    def __init__(self, schemas: Mapping[str, Any], package: str, lenient: bool = False) -> None:
        self._schemas = schemas
        self._package = package
        self._lenient = lenient
        self._compiled: dict[str, Check] = {}

    def check(self, schema: Mapping[str, Any], name: str = "") -> Check:  # noqa: PLR0911 - one return a type
        """Compile one schema; ``name`` is the property that it stands in."""
        if "$ref" in schema:
            return self._reference(schema["$ref"])
        kind = schema.get("type")
        if kind == "array":
            return _array(self.check(schema["items"], name), self._type(schema["items"], name))
        if kind == "object":
            if "additionalProperties" in schema:
                return _map(self.check(schema["additionalProperties"]))
            return self._message(schema, name)
        if kind == "any":
            return anything
        if kind == "boolean":
            return _boolean
        if kind == "number":
            return _number
        if kind == "integer" or schema.get("format") in _INTEGERS:
            return _integer(schema.get("format", "int32"))
        if "enum" in schema:
            return _enumeration(frozenset(schema["enum"]), self._type(schema, name))
        return _bytes if schema.get("format") == "byte" else _string

    def _reference(self, ref: str) -> Check:
        if ref not in self._compiled:
            # Messages contain themselves (a mail's parts have parts): a name stands in until it is compiled.
            self._compiled[ref] = lambda value: self._compiled[ref](value)  # noqa: PLW0108 - looked up when called
            self._compiled[ref] = self._message(self._schemas[ref], ref)
        return self._compiled[ref]

    def _message(self, schema: Mapping[str, Any], name: str) -> Check:
        properties = schema.get("properties", {})
        checks = {key: self.check(value, key) for key, value in properties.items()}
        repeated = {key for key, value in properties.items() if value.get("type") == "array"}
        maps = {key for key, value in properties.items() if "additionalProperties" in value}
        type_name = f"type.googleapis.com/{self._package}.{name}"
        return _message(checks, repeated | maps, type_name, self._lenient)

    def _type(self, schema: Mapping[str, Any], name: str) -> str:
        if "$ref" in schema:
            return f"type.googleapis.com/{self._package}.{schema['$ref']}"
        if "enum" in schema:
            return f"type.googleapis.com/{self._package}.{name[:1].upper()}{name[1:]}"
        if schema.get("type") in {"array", "any"}:
            return "type.googleapis.com/google.protobuf.ListValue"
        return f"TYPE_{str(schema.get('format', schema.get('type', 'message'))).upper()}"


def _message(checks: Mapping[str, Check], lists: set[str], type_name: str, lenient: bool) -> Check:
    def check(value: Any) -> list[Violation] | None:
        if value.__class__ is not dict:
            return wrong(value, type_name)
        found: list[Violation] = []
        absent: list[str] = []
        for key, content in value.items():
            inner = checks.get(key)
            if inner is None and lenient:
                absent.append(key)
            elif inner is None:
                shown = json.dumps(key, ensure_ascii=False)
                text = f"Invalid JSON payload received. Unknown name {shown}{{at}}: Cannot find field."
                found.append(Violation("", text))
            elif content is None:
                absent.append(key)
            elif (bad := inner(content)) is not None:
                if content.__class__ is list and key not in lists:
                    text = f'Invalid JSON payload received. Unknown name "{key}"{{at}}: '
                    found.append(Violation("", text + "Proto field is not repeating, cannot start list."))
                else:
                    found.extend(violation.inside(snake(key)) for violation in bad)
        for key in absent:
            del value[key]
        return found or None

    return check if lenient else _respelling(check, {snake(name): name for name in checks})


def _respelling(check: Check, published: Mapping[str, str]) -> Check:
    """A check that, before it finds fault, gives names in protobuf's own spelling the published one."""

    def respelling(value: Any) -> list[Violation] | None:
        found = check(value)
        if found is None or value.__class__ is not dict:
            return found
        other = [key for key in value if published.get(key, key) not in value]
        for key in other:
            value[published[key]] = value.pop(key)
        return check(value) if other else found

    return respelling


def _array(item: Check, type_name: str) -> Check:
    def check(value: Any) -> list[Violation] | None:
        if value.__class__ is not list:
            return wrong(value, type_name)
        if item is anything:
            return None
        found: list[Violation] = []
        for index, content in enumerate(value):
            if (bad := item(content)) is not None:
                found.extend(violation.inside(f"[{index}]") for violation in bad)
        return found or None

    return check


def _map(item: Check) -> Check:
    def check(value: Any) -> list[Violation] | None:
        if value.__class__ is not dict:
            return wrong(value, "type.googleapis.com/google.protobuf.Struct")
        found: list[Violation] = []
        for index, content in enumerate(value.values()):
            # Drive deletes a property by sending null for it, so here a null is left in.
            if content is not None and (bad := item(content)) is not None:
                found.extend(violation.inside(f"[{index}].value") for violation in bad)
        return found or None

    return check


def _string(value: Any) -> list[Violation] | None:
    return None if value.__class__ is str else wrong(value, "TYPE_STRING")


def _bytes(value: Any) -> list[Violation] | None:
    if value.__class__ is not str:
        return wrong(value, "TYPE_BYTES")
    if _BASE64.fullmatch(value) is None:
        return [
            Violation("", f'Invalid value{{at}} (TYPE_BYTES), Base64 decoding failed for "{value[:_SHOWN]}"')
        ]
    return None


def _boolean(value: Any) -> list[Violation] | None:
    return None if value.__class__ is bool else wrong(value, "TYPE_BOOL")


def _number(value: Any) -> list[Violation] | None:
    kind = value.__class__
    if kind is float or kind is int or (kind is str and value in {"NaN", "Infinity", "-Infinity"}):
        return None
    return wrong(value, "TYPE_DOUBLE")


def _integer(width: str) -> Check:
    low, high = _INTEGERS[width]

    def check(value: Any) -> list[Violation] | None:
        number = value
        # In JSON an integer may also come as text (the 64-bit ones do) or as 5.0.
        if (value.__class__ is str and _DIGITS.fullmatch(value)) or (
            value.__class__ is float and value.is_integer()
        ):
            number = int(value)
        if number.__class__ is int and low <= number <= high:
            return None
        return wrong(value, f"TYPE_{width.upper()}")

    return check


def _enumeration(names: frozenset[str], type_name: str) -> Check:
    def check(value: Any) -> list[Violation] | None:
        return None if value.__class__ is str and value in names else wrong(value, type_name)

    return check
