"""One HTTP exchange as the rooms of the server see it: a Request comes in, a Response goes out, or nothing does."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JSON_TYPE = "application/json; charset=UTF-8"


class Unanswered(Exception):
    """The connection ends here without an answer: an outcome that a fault asked for, not an error.

    Attributes:
        hold: How many seconds it hangs first; None until somebody lets it go.
    """

    def __init__(self, hold: float | None = 0.0) -> None:
        super().__init__(hold)
        self.hold = hold


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it was received.

    Attributes:
        method: The HTTP method, in capitals.
        path: The path, still percent-encoded.
        query: The query string, still percent-encoded.
        headers: Header values by lower-case name.
        body: The body, taken out of its transfer encoding.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""

    @classmethod
    def to(cls, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Request:
        """Make a request from a request line's method and target, which may be an absolute URL."""
        if target.startswith(("http://", "https://")):
            target = "/" + target.split("/", 3)[3] if target.count("/") > 2 else "/"  # noqa: PLR2004 - scheme://host/
        path, _, query = target.partition("#")[0].partition("?")
        return cls(method.upper(), path, query, headers, body)

    def header(self, name: str) -> str:
        """A header by its lower-case name, or ""."""
        return self.headers.get(name, "")

    def parameters(self) -> dict[str, list[str]]:
        """The query's parameters, every occurrence."""
        return urllib.parse.parse_qs(self.query, keep_blank_values=True)

    def content_type(self) -> str:
        """The media type without its parameters, in lower case."""
        return self.header("content-type").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Response:
    """An answer to be sent. Content-Length and Date are the server's business."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def json_response(status: int, content: Any, headers: Mapping[str, str] | None = None) -> Response:
    """An answer in JSON, on one line: indenting a large grid would cost more than making it."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return Response(status, body, {"Content-Type": JSON_TYPE, **(headers or {})})
