"""One API call from its HTTP request to its answer: who calls, may they, is it valid, then the handler."""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from sheetsdun.sandbox import fieldmask, refusals
from sheetsdun.sandbox.discovery import Discovery
from sheetsdun.sandbox.exchange import Request, Response, json_response
from sheetsdun.sandbox.methods import Method
from sheetsdun.sandbox.quotas import Quotas
from sheetsdun.sandbox.store import Store
from sheetsdun.sandbox.tokens import Grant, Tokens
from sheetsdun.sandbox.wire import ApiError, Call, Handler, Json, Media, Raw

_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})")


class Apis:
    """Sheets, Gmail and Drive behind one door.

    Attributes:
        discovery: What may be called.
    """

    def __init__(
        self,
        discovery: Discovery,
        store: Store,
        tokens: Tokens,
        quotas: Quotas,
        build: Callable[[], Mapping[str, Handler]],
    ) -> None:
        self.discovery = discovery
        self._store = store
        self._tokens = tokens
        self._quotas = quotas
        self._build = build
        self._handlers = build()

    def answer(
        self,
        request: Request,
        method: Method,
        path: Mapping[str, str],
        media: Media | None = None,
    ) -> Response:
        """Carry out one call. For an upload the request's body is its metadata and ``media`` the rest."""
        try:
            grant = self.authenticate(request, method)
            self._quotas.take(method, grant.caller)
            query, body = request.parameters(), _json(request)
            method.check(path, query, body)
            mask = self._mask(method, query)
            call = Call(method.id, path, query, body, grant.caller, grant.scopes, media)
            # The answer is written out under the lock too: it may share lists with what an API keeps in memory.
            with self._store.transaction():
                response = _response(self._handler(method)(call), method, mask, request)
            self._quotas.carried_out(method, grant.caller)
        except ApiError as error:
            return refusals.refusal(error, method.api)
        except Exception:  # noqa: BLE001 - whatever it is, a server answers 500 and tells its own log
            traceback.print_exc(file=sys.stderr)
            return refusals.status_refusal(500, method.api)
        return response

    def authenticate(self, request: Request, method: Method) -> Grant:
        """Whose token a request carries, if it is good for this method.

        Raises:
            ApiError: 401 or 403.
        """
        scheme, _, token = request.header("authorization").partition(" ")
        if scheme.lower() != "bearer":
            token = request.parameters().get("access_token", [""])[-1]
        if not token.strip():
            raise refusals.no_credentials()
        grant = self._tokens.find(token.strip(), "access")
        if grant is None:
            raise refusals.bad_credentials()
        if grant.scopes.isdisjoint(method.scopes):
            raise refusals.missing_scope(method.api, method.id)
        return grant

    def reset(self) -> None:
        """Empty everything that the APIs keep; grants stay, so that clients need not sign in again."""
        with self._store.transaction() as db:
            tables = db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                # A virtual table takes its shadow tables with it, so it goes first.
                "AND name NOT LIKE 'oauth_%' ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC"
            ).fetchall()
            for (name,) in tables:
                db.execute(f'DROP TABLE IF EXISTS "{name}"')
            self._handlers = self._build()

    def _handler(self, method: Method) -> Handler:
        handler = self._handlers.get(method.id)
        if handler is None:
            raise ApiError(501, "Operation is not implemented, or supported, or enabled.", "UNIMPLEMENTED")
        return handler

    def _mask(self, method: Method, query: Mapping[str, list[str]]) -> fieldmask.Mask | None:
        text = (query.get("fields") or [""])[-1]
        if not text or text == "*":
            return None
        if method.api == "drive":
            text = text.replace(" ", "")  # Drive forgives spaces after commas; the others do not
        try:
            mask = fieldmask.parse(text)
        except ValueError:
            raise fieldmask.invalid(text) from None
        if method.response:
            fieldmask.check(mask, method.response, self.discovery.schemas[method.api], method.api)
        return mask


def _response(answer: Json | Raw, method: Method, mask: fieldmask.Mask | None, request: Request) -> Response:
    if isinstance(answer, Raw):
        return _download(answer, request.header("range"))
    if not method.response:
        return Response(204)
    return json_response(200, answer if mask is None else fieldmask.apply(mask, answer))


def _download(answer: Raw, wanted: str) -> Response:
    """The whole content, or the one range of it that was asked for (RFC 9110, 14.2)."""
    headers = {"Content-Type": answer.content_type, "Accept-Ranges": "bytes"}
    size = len(answer.content)
    match = _RANGE.fullmatch(wanted.strip())
    if match is None:
        return Response(200, answer.content, headers)
    first, last = int(match[1]), min(int(match[2] or size), size - 1)
    if first >= size:
        return Response(416, b"", {"Content-Range": f"bytes */{size}"})
    if first > last:
        return Response(200, answer.content, headers)
    part = {"Content-Range": f"bytes {first}-{last}/{size}"}
    return Response(206, answer.content[first : last + 1], headers | part)


def _json(request: Request) -> Any:
    """The JSON body; an empty one is an empty message.

    Raises:
        ApiError: 400: it cannot be read.
    """
    if not request.body.strip():
        return {}
    try:
        text = request.body.decode()
        body = json.loads(text, parse_constant=_no_constant)
        if "\\ud" in text or "\\uD" in text:
            # Half a surrogate pair is no text: protobuf refuses it, and so would SQLite later.
            json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        near = request.body[:80].decode("utf-8", "replace")
        raise refusals.bad_request(
            [("", f"Invalid JSON payload received. {_reason(error)}\n{near}\n^")]
        ) from error
    if not isinstance(body, dict):
        sentence = 'Invalid JSON payload received. Unknown name "": Root element must be a message.'
        raise refusals.bad_request([("", sentence)])
    return body


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return "Unexpected token." if error.pos < len(error.doc) else "Unexpected end of string."
    return "Invalid UTF-8." if isinstance(error, UnicodeError) else "Message too deep or with a bad number."


def _no_constant(name: str) -> None:
    raise ValueError(name)
