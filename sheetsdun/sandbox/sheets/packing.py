"""Rows as text and back: values as JSON has them, formats and rules once a block."""

from __future__ import annotations

import json
from typing import Any

from sheetsdun.sandbox.sheets.cells import Cell, Row, Slot
from sheetsdun.sandbox.wire import Json


def pack_rows(rows: list[Row]) -> str:
    """A block of rows as text."""
    shared: dict[str, int] = {}

    def share(value: Json | None) -> int | None:
        if value is None:
            return None
        return shared.setdefault(json.dumps(value, ensure_ascii=False, separators=(",", ":")), len(shared))

    def pack(cell: Cell) -> list[Any]:
        return [
            cell.value,
            cell.formula,
            share(cell.format),
            cell.note,
            share(cell.validation),
            share(cell.extra),
        ]

    body = [[pack(slot) if isinstance(slot, Cell) else slot for slot in row] for row in rows]
    return json.dumps([list(shared), body], ensure_ascii=False, separators=(",", ":"))


def unpack_rows(text: str, known: dict[str, Any]) -> list[Row]:
    """The rows of a block; equal formats and rules become one object, also across blocks (``known``)."""
    texts, body = json.loads(text)
    shared = [known.setdefault(each, json.loads(each)) for each in texts]

    def get(index: int | None) -> Json | None:
        return None if index is None else shared[index]

    def unpack(slot: Any) -> Slot:
        if not isinstance(slot, list):
            return slot  # type: ignore[no-any-return]  # what JSON gives here was a Scalar when it was packed
        value, formula, form, note, validation, extra = slot
        return Cell(value, formula, get(form), note, get(validation), get(extra))

    return [
        tuple(map(unpack, row)) if any(type(slot) is list for slot in row) else tuple(row) for row in body
    ]
