"""``/_sandbox/`` over HTTP: which lever a request pulls, and that no other site's page pulls one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sheetsdun.sandbox.exchange import Request, Response, json_response
from sheetsdun.sandbox.levers import Levers, Refused

PREFIX = "/_sandbox/"


class Control:
    """The control API: JSON in, JSON out; a refusal is ``{"error": sentence}``."""

    def __init__(self, levers: Levers) -> None:
        self._levers = levers.all()

    def answer(self, request: Request) -> Response:
        """Carry out one request."""
        try:
            lever = self._lever(request)
            return json_response(200, lever(_content(request)), {"Cache-Control": "no-store"})
        except Refused as refused:
            return json_response(refused.status, {"error": str(refused)})

    def _lever(self, request: Request) -> Callable[[dict[str, Any]], Any]:
        if _foreign(request):
            raise Refused(403, "Only the sandbox's own page may do this, not another site's.")
        lever = self._levers.get((request.method, request.path.removeprefix(PREFIX).strip("/")))
        if lever is None:
            raise Refused(404, f"There is no {request.method} {request.path}.")
        return lever


def _foreign(request: Request) -> bool:
    """Whether a browser sends this on behalf of another site."""
    origin = request.header("origin")
    if origin and origin != f"http://{request.header('host')}":
        return True
    return request.header("sec-fetch-site") not in {"", "same-origin", "none"}


def _content(request: Request) -> dict[str, Any]:
    try:
        content = json.loads(request.body) if request.body.strip() else {}
    except ValueError as error:
        raise Refused(400, f"The body is no JSON: {error}") from error
    if not isinstance(content, dict):
        raise Refused(400, "The body is a JSON object.")
    return content
