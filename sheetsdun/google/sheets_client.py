"""gspread's client on our transport: another endpoint if the config names one, and one way to fail."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

import gspread
import requests

from sheetsdun.google.failures import NOT_GOOGLES
from sheetsdun.google.pace import Quotas
from sheetsdun.google.retry import Repeat
from sheetsdun.google.transport import Transport
from sheetsdun.ports import NoAnswer

GOOGLE = "https://sheets.googleapis.com"

_BEGINNING = 64
"""Bytes of an answer in which its first brace stands."""


class SheetsClient(gspread.HTTPClient):
    """Sends what gspread's methods build, and raises Rejected, NoAnswer or Unreachable instead of APIError.

    Reads are repeated freely. Writes are fenced, so that a second one would collide with the first; still they are
    repeated only where Google refused the first for its rate.

    Args:
        transport: Of the Sheets API.
        quotas: Whose reads and writes are counted.
        endpoint: Address of another server that speaks the protocol; "" for Google.
    """

    def __init__(self, transport: Transport, quotas: Quotas, endpoint: str = "") -> None:
        super().__init__(None, session=transport.session)  # type: ignore[arg-type]  # gspread's own way to hand in a session
        self.transport = transport
        self._quotas = quotas
        self._endpoint = endpoint.rstrip("/") or GOOGLE

    def request(  # the arguments are gspread's
        self,
        method: str,
        endpoint: str,
        params: MutableMapping[str, Any] | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: Any = None,
        headers: MutableMapping[str, str] | None = None,
    ) -> requests.Response:
        """Carry out one request of gspread's."""
        reading = method.lower() == "get"
        answer = self.transport.request(
            method,
            endpoint.replace(GOOGLE, self._endpoint, 1),
            repeat=Repeat.FREELY if reading else Repeat.IF_REFUSED,
            pace=self._quotas.reads if reading else self._quotas.writes,
            params=params,
            data=data,
            json=json,
            files=files,
            headers=headers,
        )
        # gspread's methods take any JSON for an answer.
        is_object = answer.content[:_BEGINNING].lstrip().startswith(b"{")
        if not (is_object and answer.headers.get("Content-Type", "").startswith("application/json")):
            raise NoAnswer(NOT_GOOGLES)
        return answer
