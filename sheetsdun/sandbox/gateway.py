"""Where a request belongs: control, page, discovery, signing in, a batch, an upload, or one call of an API."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeAlias

from sheetsdun.sandbox import batch, discovery, pages
from sheetsdun.sandbox.apis import Apis
from sheetsdun.sandbox.consent import Consent
from sheetsdun.sandbox.control import PREFIX, Control
from sheetsdun.sandbox.exchange import Request, Response, json_response
from sheetsdun.sandbox.faults import Faults, Latch
from sheetsdun.sandbox.levers import Levers
from sheetsdun.sandbox.oauth import OAuth
from sheetsdun.sandbox.refusals import not_found_page
from sheetsdun.sandbox.tally import Tally
from sheetsdun.sandbox.uploads import Uploads

Action: TypeAlias = Callable[[], Response]

_LOOPBACK = {"127.0.0.1", "localhost"}


class Gateway:
    """Answers every request of one sandbox."""

    def __init__(
        self,
        *,
        apis: Apis,
        oauth: OAuth,
        consent: Consent,
        control: Control,
        levers: Levers,
        faults: Faults,
        latch: Latch,
        tally: Tally,
    ) -> None:
        self._apis = apis
        self._uploads = Uploads(apis)
        self._control = control
        self._levers = levers
        self._faults = faults
        self._latch = latch
        self._tally = tally
        self._sign_in: dict[str, tuple[str, Callable[[Request], Response]]] = {
            "/token": ("token", oauth.token),
            "/oauth2/v4/token": ("token", oauth.token),
            "/revoke": ("token", oauth.revoke),
            "/tokeninfo": ("token", oauth.token_info),
            "/oauth2/v3/tokeninfo": ("token", oauth.token_info),
            "/oauth2/v1/userinfo": ("token", oauth.user_info_v2),
            "/oauth2/v2/userinfo": ("token", oauth.user_info_v2),
            "/oauth2/v3/userinfo": ("token", oauth.user_info),
            "/v1/userinfo": ("token", oauth.user_info),
            "/o/oauth2/auth": ("consent", consent.answer),
            "/o/oauth2/v2/auth": ("consent", consent.answer),
        }

    def answer(self, request: Request) -> Response:
        """Answer one request.

        Raises:
            Unanswered: A fault ends the connection.
        """
        if request.header("host").rpartition(":")[0].lower() not in _LOOPBACK and (
            request.header("host").lower() not in _LOOPBACK
        ):
            # A page of another site whose name was made to lead here (DNS rebinding) still says its own name.
            return Response(403, b"The sandbox answers on loopback only.\n", {"Content-Type": "text/plain"})
        if request.path.startswith(PREFIX):
            return self._control.answer(request)
        if request.path == "/" or request.path.startswith("/page/"):
            return pages.answer(request)
        if (document := _document(request)) is not None:
            return json_response(200, document)
        request = _overridden(request)
        name, api, action = self._resolve(request)
        self._tally.count(name)
        if self._levers.latency:
            self._latch.hold(self._levers.latency)
        return self._faults.around(request, api, action)

    def _resolve(self, request: Request) -> tuple[str, str, Action]:
        """The name to count a request under, the API whose form its errors have, and what to do."""
        if (sign_in := self._sign_in.get(request.path)) is not None:
            name, endpoint = sign_in
            return name, "sheets", lambda: endpoint(request)
        if request.path == "/batch" or request.path.startswith("/batch/"):
            return "batch", "gmail", lambda: batch.answer(request, self._inner)
        if (session := self._uploads.session(request)) is not None:
            method = session.method
            return method.id, method.api, lambda: self._uploads.resume(request, session)
        if (found := self._apis.discovery.route_upload(request.method, request.path)) is not None:
            method, path = found
            return method.id, method.api, lambda: self._uploads.answer(request, method, path)
        return self._resolve_call(request)

    def _resolve_call(self, request: Request) -> tuple[str, str, Action]:
        found = self._apis.discovery.route(request.method, request.path)
        if found is None:
            return "unknown", "gmail", lambda: not_found_page(request.path)
        method, path = found
        return method.id, method.api, lambda: self._apis.answer(request, method, path)

    def _inner(self, request: Request) -> Response:
        """Answer one call inside a batch."""
        name, api, action = self._resolve_call(request)
        self._tally.count(name, inner=True)
        return self._faults.around(request, api, action, inner=True)


def _document(request: Request) -> dict[str, Any] | None:
    version = request.parameters().get("version", [""])[-1]
    return discovery.document(request.path, version, request.header("host"))


def _overridden(request: Request) -> Request:
    """A GET whose URL was too long comes as a POST with its query in the body."""
    method = request.header("x-http-method-override").upper()
    if request.method != "POST" or not method:
        return request
    if method == "GET" and request.content_type() == "application/x-www-form-urlencoded":
        return dataclasses.replace(request, method=method, query=request.body.decode("latin-1"), body=b"")
    return dataclasses.replace(request, method=method)
