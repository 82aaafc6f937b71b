"""The person who keeps the invoices: types into the sheet, lives from day to day, and counts what Google was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import requests

HEADER = ("Invoice", "Customer", "Email", "Issued", "Due", "Amount", "Paid")
PAID = "ABCDEFG"[HEADER.index("Paid")]
_ROWS_A_REQUEST = 5_000


class Keeper:
    """Keeps one spreadsheet in an embedded Google, and sets the date there.

    Args:
        endpoint: Address of the embedded Google.
        start: The first day.

    Attributes:
        spreadsheet: Its id.
    """

    def __init__(self, endpoint: str, start: dt.date) -> None:
        self._endpoint = endpoint
        self._session = requests.Session()
        token = self._post("/_sandbox/token", {})["access_token"]
        self._session.headers["Authorization"] = f"Bearer {token}"
        self.morning(start)
        properties = {"title": "Receivables", "locale": "en_US", "timeZone": "Europe/Berlin"}
        made = self._post(
            "/v4/spreadsheets", {"properties": properties, "sheets": [{"properties": {"title": "Invoices"}}]}
        )
        self.spreadsheet: str = made["spreadsheetId"]
        self._values = f"/v4/spreadsheets/{self.spreadsheet}/values"
        self.type({"Invoices!A1": [HEADER]})

    def morning(self, day: dt.date) -> None:
        """Let it be eight o'clock (UTC) of a day."""
        instant = dt.datetime.combine(day, dt.time(8), dt.UTC)
        self._post("/_sandbox/clock", {"now": instant.isoformat()})
        self._offset = instant - dt.datetime.now(dt.UTC)

    def now(self) -> dt.datetime:
        """The present instant, as the embedded Google has it."""
        return dt.datetime.now(dt.UTC) + self._offset

    def wait(self, seconds: float) -> None:
        """Let so much time go by, here and in the embedded Google."""
        self._offset += dt.timedelta(seconds=seconds)
        self._post("/_sandbox/clock", {"now": self.now().isoformat()})

    def mind_quotas(self) -> None:
        """Have the embedded Google refuse what goes beyond Google's quotas, and count from nothing."""
        self._post("/_sandbox/quotas", {"on": True})

    def used(self) -> Any:
        """Gmail units that were used since, and how many calls there was no room for."""
        return self._get("/_sandbox/used")

    def append(self, rows: Sequence[Sequence[Any]]) -> None:
        """Type invoices below those that are there."""
        for first in range(0, len(rows), _ROWS_A_REQUEST):
            values = rows[first : first + _ROWS_A_REQUEST]
            self._post(f"{self._values}/Invoices!A1:append?valueInputOption=USER_ENTERED", {"values": values})

    def type(self, blocks: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Type into ranges."""
        data = [{"range": where, "values": values} for where, values in blocks.items()]
        self._post(f"{self._values}:batchUpdate", {"valueInputOption": "USER_ENTERED", "data": data})

    def sent(self) -> int:
        """Messages in Sent, by Gmail's own count."""
        return int(self._get("/gmail/v1/users/me/labels/SENT")["messagesTotal"])

    def read(self) -> Any:
        """Every cell of the spreadsheet, and the chain of its lease."""
        fields = "developerMetadata,sheets(properties,data(rowData(values(userEnteredValue,note))))"
        return self._get(f"/v4/spreadsheets/{self.spreadsheet}?fields={fields}")

    def forget_calls(self) -> None:
        """Let the embedded Google count its calls from nothing."""
        self._session.delete(f"{self._endpoint}/_sandbox/calls", timeout=60).raise_for_status()

    def calls(self) -> Any:
        """The calls that the embedded Google has counted."""
        return self._get("/_sandbox/calls")

    def _post(self, path: str, body: Any) -> Any:
        answer = self._session.post(self._endpoint + path, json=body, timeout=600)
        answer.raise_for_status()
        return answer.json()

    def _get(self, path: str) -> Any:
        answer = self._session.get(self._endpoint + path, timeout=600)
        answer.raise_for_status()
        return answer.json()


def typed(
    number: str, customer: str, email: str, issued: dt.date, due: dt.date, amount: object, paid: object = ""
) -> list[str]:
    """A row as the keeper types it."""
    return [number, customer, email, issued.isoformat(), due.isoformat(), str(amount), str(paid)]


def invoices(due: Iterable[dt.date], first: int = 1) -> list[list[str]]:
    """Made-up rows, each of a customer of its own, one for each due date."""
    return [
        typed(
            f"INV-{number}",
            f"Customer {number}",
            f"ap@customer-{number}.example",
            day - dt.timedelta(30),
            day,
            100 + number % 900,
        )
        for number, day in enumerate(due, start=first)
    ]
