"""gspread's client on our transport: another endpoint if the config names one, and one way to fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any

import gspread
import requests

from sheetsdun.google.failures import NOT_GOOGLES, needed
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

    def fetch_sheet_metadata(  # type: ignore[override]  # ours always say which fields
        self, spreadsheet_id: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """The ``fields`` of a spreadsheet."""
        asked = {**params, "fields": f"spreadsheetId,{params['fields']}"}
        with _json():
            return _about(spreadsheet_id, super().fetch_sheet_metadata(spreadsheet_id, asked))

    def values_batch_get(
        self, spreadsheet_id: str, ranges: list[str], params: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        """The values of these ranges."""
        with _json():
            return _about(
                spreadsheet_id, super().values_batch_get(spreadsheet_id, ranges, {**(params or {})})
            )

    def batch_update(self, spreadsheet_id: str, body: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """Carry out the requests of the body: all or nothing."""
        with _json():
            return _about(spreadsheet_id, super().batch_update(spreadsheet_id, body))

    def create(self, body: Mapping[str, Any]) -> str:
        """Make a spreadsheet; its id."""
        with _json():
            answer = self.request("post", f"{GOOGLE}/v4/spreadsheets", json=body).json()
        return str(needed(answer, "spreadsheetId"))


def _about(spreadsheet_id: str, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer, if it names the spreadsheet, as any of Google's does.

    Were a write wrongly taken for a success, events would be missing in the log for ever, since the next link counts
    them.
    """
    if answer.get("spreadsheetId") != spreadsheet_id:
        raise NoAnswer(NOT_GOOGLES)
    return answer


@contextmanager
def _json() -> Iterator[None]:
    try:
        yield
    except requests.JSONDecodeError as error:
        raise NoAnswer(NOT_GOOGLES) from error
