"""How values are to be shown, and where a call says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetsdun.sandbox.sheets.areas import ROWS
from sheetsdun.sandbox.wire import Call, Json

FORMATTED = "FORMATTED_VALUE"
UNFORMATTED = "UNFORMATTED_VALUE"
FORMULA = "FORMULA"
SERIAL = "SERIAL_NUMBER"
STRING = "FORMATTED_STRING"


@dataclass(frozen=True, slots=True)
class Rendering:
    """How values are to be shown."""

    values: str = FORMATTED
    dates: str = SERIAL
    dimension: str = ROWS


def rendering(wanted: Mapping[str, Any], prefix: str) -> Rendering:
    """The rendering that a body asks for, whose fields may have a prefix (``response…``)."""

    def option(name: str, default: str) -> str:
        key = prefix + name if not prefix else prefix + name[0].upper() + name[1:]
        return wanted.get(key) or default

    dimension = wanted.get("majorDimension") or ROWS
    return Rendering(
        option("valueRenderOption", FORMATTED),
        option("dateTimeRenderOption", SERIAL),
        ROWS if dimension == "DIMENSION_UNSPECIFIED" else dimension,
    )


def asked(call: Call) -> Rendering:
    """The rendering that a query asks for."""
    return rendering({name: call.one(name) for name in call.query}, "")


def echo(call: Call) -> Rendering | None:
    """How to show the written values in the reply; None if they are not asked for."""
    query = {name: call.one(name) for name in call.query}
    return rendering(query, "response") if call.flag("includeValuesInResponse") else None


def echo_of_body(body: Json) -> Rendering | None:
    """The same where the body says it."""
    return rendering(body, "response") if body.get("includeValuesInResponse") else None
