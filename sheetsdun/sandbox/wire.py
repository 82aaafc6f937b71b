"""What crosses between the HTTP server and the APIs: a Call goes in, JSON or Raw comes out, ApiError is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Media:
    """The bytes of an upload (simple or multipart) and their type."""

    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer that is no JSON: a download."""

    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Call:
    """One API call, already authenticated and checked against the discovery document.

    Attributes:
        method: The discovery id, such as ``sheets.spreadsheets.values.get``.
        path: Path parameters, percent-decoded.
        query: Query parameters by name, every occurrence, as sent (``fields`` and ``alt`` included).
        body: The JSON body; empty where there was none.
        caller: The e-mail address on whose behalf the token was given.
        scopes: The token's scopes.
        media: The uploaded bytes, if the call was an upload.
    """

    method: str
    path: Mapping[str, str]
    query: Mapping[str, list[str]]
    body: Json
    caller: str
    scopes: frozenset[str] = frozenset()
    media: Media | None = None

    def one(self, name: str, default: str = "") -> str:
        """The last value of a query parameter, or the default."""
        values = self.query.get(name)
        return values[-1] if values else default

    def many(self, name: str) -> list[str]:
        """Every value of a repeated query parameter."""
        return list(self.query.get(name, ()))

    def flag(self, name: str, default: bool = False) -> bool:
        """A boolean query parameter."""
        return self.one(name, "true" if default else "false").lower() in {"true", "1"}


@dataclass(slots=True)
class ApiError(Exception):
    """A refusal in Google's shape.

    Attributes:
        code: HTTP status.
        message: Google's sentence.
        status: The canonical name, such as ``INVALID_ARGUMENT``.
        reason: Gmail's and Drive's older ``errors[].reason``, such as ``rateLimitExceeded``; "" for Sheets.
        details: Typed details for the error body.
    """

    code: int
    message: str
    status: str = "INVALID_ARGUMENT"
    reason: str = ""
    details: list[Json] = field(default_factory=list)


Handler: TypeAlias = Callable[[Call], Json | Raw]
"""Carries out one method. Raises ApiError and then has changed nothing."""
