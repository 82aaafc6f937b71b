"""The requests of spreadsheets.batchUpdate, a module for each kind of thing; each has its own table of REQUESTS."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.sheets.errors import invalid, within
from sheetsdun.sandbox.sheets.requests import (
    bands,
    cells,
    conditional,
    dimensions,
    duplicates,
    filterviews,
    find,
    groups,
    merges,
    metadata,
    named,
    paste,
    properties,
    protect,
    ranges,
    sheets,
    sorting,
    structured,
)
from sheetsdun.sandbox.sheets.requests.kinds import Request
from sheetsdun.sandbox.wire import ApiError, Json

_ROOMS = (
    bands,
    cells,
    conditional,
    dimensions,
    duplicates,
    filterviews,
    find,
    groups,
    merges,
    metadata,
    named,
    paste,
    properties,
    protect,
    ranges,
    sheets,
    sorting,
    structured,
)
REQUESTS: Mapping[str, Request] = {name: each for room in _ROOMS for name, each in room.REQUESTS.items()}


def carry_out(edit: Edit, request: Json, index: int) -> Json:
    """Carry out one request of a batch on the clone and give its reply.

    Raises:
        ApiError: It cannot be done, with the request named in Google's way: ``Invalid requests[0].addSheet: …``.
    """
    kinds = [name for name, body in request.items() if body is not None]
    if len(kinds) != 1:
        raise invalid(f"Invalid requests[{index}]: Must specify exactly one request.")
    kind = kinds[0]
    work = REQUESTS.get(kind)
    try:
        if work is None:
            raise invalid("This embedded Google does not carry out this kind of request.")
        reply = work(edit, request[kind])
    except ApiError as error:
        raise within(f"requests[{index}].{kind}", error) from error
    return {kind: reply} if reply else {}
