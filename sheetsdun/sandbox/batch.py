"""The batch endpoints: up to a hundred calls in one request, carried out one after the other."""

from __future__ import annotations

import http
import secrets
from collections.abc import Callable

from sheetsdun.sandbox import multipart, refusals
from sheetsdun.sandbox.exchange import Request, Response
from sheetsdun.sandbox.wire import ApiError

LIMIT = 100


def answer(request: Request, carry_out: Callable[[Request], Response]) -> Response:
    """Answer a multipart/mixed request of calls; what fails inside, fails for itself.

    Args:
        request: The outer request. Its Authorization holds for inner calls that bring none.
        carry_out: Answers one inner call.
    """
    try:
        parts = multipart.parse(request.header("content-type"), request.body)
    except ValueError:
        return refusals.refusal(
            ApiError(400, "Failed to parse batch request, error: no parts.", reason="badRequest"), "gmail"
        )
    if len(parts) > LIMIT:
        sentence = f"Inner request count exceeds the limit. Received: {len(parts)}, Limit: {LIMIT}"
        return refusals.refusal(ApiError(400, sentence, reason="badRequest"), "gmail")
    answers = []
    for part in parts:
        response = carry_out(_inner(part, request))
        answers.append(_outer(response, part.headers.get("content-id", "")))
    boundary = f"batch_{secrets.token_urlsafe(24)}"
    headers = {"Content-Type": f"multipart/mixed; boundary={boundary}"}
    return Response(200, multipart.compose(answers, boundary), headers)


def _inner(part: multipart.Part, outer: Request) -> Request:
    """The call that a part of type application/http holds."""
    raw = part.content.lstrip(b"\r\n")
    line, _, rest = raw.partition(b"\n")
    words = line.decode("latin-1").split()
    method, target = (words[0], words[1]) if len(words) > 1 else ("GET", "/")
    headers, body = multipart.split_headers(rest)
    if "authorization" in outer.headers:
        headers.setdefault("authorization", outer.headers["authorization"])
    length = headers.get("content-length", "")
    return Request.to(method, target, headers, body[: int(length)] if length.isdecimal() else body)


def _outer(response: Response, content_id: str) -> bytes:
    """A part of the answer; the client finds its call by ``<response-…>``."""
    reason = http.HTTPStatus(response.status).phrase if response.status in _KNOWN else "Error"
    lines = ["Content-Type: application/http"]
    if content_id:
        lines.append(f"Content-ID: <response-{content_id.removeprefix('<').removesuffix('>')}>")
    lines += ["", f"HTTP/1.1 {response.status} {reason}"]
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    lines += [f"Content-Length: {len(response.body)}", "", ""]
    return "\r\n".join(lines).encode() + response.body


_KNOWN = {status.value for status in http.HTTPStatus}
