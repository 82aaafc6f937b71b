"""What is wrong with a setting, as a sentence; what pydantic has found, in our words."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from sheetsdun.config.lines import Path, nearest

Mistake = tuple[Path, str]
"""Where, and what."""

_TYPES = {
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list in brackets",
    "model_type": "must be a section",
    "date_type": "must be a date, such as 2026-12-24",
    "string_pattern_mismatch": "must be a language code, such as en or de-AT",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
}


def found_by(
    error: ValidationError, section: Path, model: type[BaseModel] | None = None
) -> Iterator[Mistake]:
    """The mistakes that pydantic has found in one section."""
    for detail in error.errors(include_url=False):
        where = tuple(part for part in detail["loc"] if part != "[key]")
        if detail["type"] == "extra_forbidden":
            yield (*section, *where), unknown(str(where[-1]), _settings(model, where[:-1]))
        else:
            yield (*section, *where), _sentence(detail["type"], detail["input"], detail.get("ctx", {}))


def unknown(key: str, known: Iterable[str], kind: str = "setting") -> str:
    """A setting or section that is not there, and the one that was perhaps meant."""
    near = difflib.get_close_matches(key, list(known), n=1)
    return f"there is no such {kind}" + (f"; did you mean {near[0]}?" if near else "")


def told(mistakes: Iterable[Mistake], lines: Mapping[Path, int]) -> list[str]:
    """One sentence a mistake, with its line, in the order of the file; those without a line last."""
    placed = [(nearest(path, lines), path, text) for path, text in mistakes]
    placed.sort(key=lambda mistake: (mistake[0] is None, mistake[0] or 0))
    sentences = (f"{f'line {line}: ' if line else ''}{name(path)}: {text}" for line, path, text in placed)
    return list(dict.fromkeys(sentences))


def name(path: Path) -> str:
    """A setting as a person would name it: ``policy.standard, level 2, offset``."""
    text = ""
    for before, part in itertools.pairwise(("", *path)):
        if isinstance(part, int):
            text = f"{text.removesuffix('.level')}, {'level' if before == 'level' else 'item'} {part + 1}"
        else:
            text += f"{', ' if isinstance(before, int) else '.' if text else ''}{part}"
    return text


def _settings(model: type[BaseModel] | None, where: Path) -> Iterable[str]:
    """The settings that a section, or one within it, has."""
    for part in where:
        inner = model.model_fields[str(part)].annotation if model else None
        model = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    return model.model_fields if model else ()


def _sentence(kind: str, value: Any, context: Mapping[str, Any]) -> str:
    if kind == "missing":
        return "is missing"
    if kind == "value_error":
        return str(context["error"])
    if kind in {"literal_error", "enum"}:
        return f"“{value}” is not {context['expected']}".replace("'", "")
    if kind == "greater_than_equal":
        return f"{value} is less than {context['ge']}"
    if kind == "less_than_equal":
        return f"{value} is more than {context['le']}"
    return _TYPES.get(kind, "cannot be understood")
