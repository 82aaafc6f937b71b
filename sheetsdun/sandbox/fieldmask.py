"""Partial answers: the ``fields`` parameter, as in ``sheets(properties(sheetId,title),data/rowData),spreadsheetId``."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from sheetsdun.sandbox.refusals import bad_request
from sheetsdun.sandbox.wire import ApiError

Mask: TypeAlias = dict[str, "Mask | None"]
"""What is wanted by name; None wants everything below; the name ``*`` stands for every name."""

_TOKEN = re.compile(r"[\w$@\-]+|\*|[(),/]")


@functools.lru_cache(maxsize=256)
def parse(text: str) -> Mask:
    """Read a mask. The result is shared: do not change it.

    Raises:
        ValueError: It cannot be read.
    """
    text = text.replace(".", "/")
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text:
        raise ValueError(text)
    mask, rest = _list(tokens)
    if rest:
        raise ValueError(text)
    return mask


def apply(mask: Mask, value: Any) -> Any:
    """The parts of an answer that a mask wants."""
    if isinstance(value, list):
        return [apply(mask, item) for item in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for name, content in value.items():
        if name not in mask and "*" not in mask:
            continue
        inner = mask.get(name, mask.get("*"))
        kept[name] = content if inner is None else apply(inner, content)
    return kept


def check(mask: Mask, schema: str, schemas: Mapping[str, Any], api: str) -> None:
    """Compare a mask with the published schema of the answer.

    Raises:
        ApiError: 400: it names a field that is not there.
    """
    wrong = _unknown(mask, {"$ref": schema}, schemas)
    if wrong is None:
        return
    if api == "drive":
        raise ApiError(400, f"Invalid field selection {wrong.split('.')[-1]}", reason="invalidParameter")
    raise invalid(wrong)


def invalid(path: str) -> ApiError:
    """The refusal of a mask that cannot be read or names what is not there."""
    return bad_request(
        [(path, f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'.")]
    )


def _list(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while True:
        tokens = _path(mask, tokens)
        if not tokens or tokens[0] != ",":
            return mask, tokens
        tokens = tokens[1:]


def _path(mask: Mask, tokens: list[str]) -> list[str]:
    """Read one ``a/b(c,d)`` into a mask; gives back the tokens after it."""
    if not tokens or tokens[0] in {"(", ")", ",", "/"}:
        raise ValueError(tokens)
    name, *tokens = tokens
    if tokens and tokens[0] in {"/", "("}:
        inner: Mask = {}
        if tokens[0] == "/":
            tokens = _path(inner, tokens[1:])
        else:
            inner, tokens = _list(tokens[1:])
            if not tokens or tokens[0] != ")":
                raise ValueError(tokens)
            tokens = tokens[1:]
        present = mask.get(name, {})
        mask[name] = None if present is None else _merged(present, inner)
    else:
        mask[name] = None
    return tokens


def _merged(one: Mask, other: Mask) -> Mask:
    merged = dict(one)
    for name, inner in other.items():
        present = merged.get(name, {})
        merged[name] = None if inner is None or present is None else _merged(present, inner)
    return merged


def _unknown(mask: Mask, schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> str | None:
    """The dotted path of the first name that the schema has not, or None."""
    while "$ref" in schema or schema.get("type") == "array":
        schema = schemas[schema["$ref"]] if "$ref" in schema else schema["items"]
    if "additionalProperties" in schema or schema.get("type") == "any":
        return None
    properties = schema.get("properties", {})
    for name, inner in mask.items():
        if name == "*":
            continue
        if name not in properties:
            return name
        if inner is not None and (below := _unknown(inner, properties[name], schemas)) is not None:
            return f"{name}.{below}"
    return None
