"""googleapiclient from the discovery documents that it ships, at Google's address or another, on our transport."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httplib2
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc

from sheetsdun.google.pace import Pace
from sheetsdun.google.retry import Repeat
from sheetsdun.google.transport import Transport


def service(name: str, version: str, endpoint: str, http: Channel) -> Any:
    """Build the client of an API, without network.

    The document itself is given the other address, for the ``api_endpoint`` option does not move uploads.

    Args:
        name: Such as ``gmail``.
        version: Such as ``v1``.
        endpoint: Another server that speaks the protocol; "" for Google.
        http: Carries requests that are executed without one of their own.
    """
    content = get_static_doc(name, version)
    if content is None:
        raise LookupError(f"google-api-python-client ships no document for {name} {version}.")
    document = json.loads(content)
    if endpoint:
        root = endpoint.rstrip("/") + "/"
        document |= {"rootUrl": root, "baseUrl": root + document["servicePath"]}
    return build_from_document(document, http=http)


class Channel:
    """What googleapiclient calls *http*, on our transport.

    Args:
        transport: Of the API.
        pace: The quota that requests count against.
        repeat: What may be repeated.
        units: What one request costs.
    """

    def __init__(
        self, transport: Transport, pace: Pace, repeat: Repeat = Repeat.NEVER, units: int = 1
    ) -> None:
        self._transport = transport
        self._pace = pace
        self._repeat = repeat
        self._units = units

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> tuple[httplib2.Response, bytes]:
        """One request, in httplib2's form; raises as ``Transport.request`` does."""
        answer = self._transport.request(
            method,
            uri,
            repeat=self._repeat,
            pace=self._pace,
            units=self._units,
            data=body.encode() if isinstance(body, str) else body,
            headers=dict(headers or {}),
        )
        return httplib2.Response({**answer.headers, "status": str(answer.status_code)}), answer.content
