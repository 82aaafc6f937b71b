"""How a mailbox asks Gmail: one request, the pages of a list, a batch; each with its price in units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from googleapiclient.errors import Error as ClientError

from sheetsdun.google import failures
from sheetsdun.google.batch import Answer, BatchEndpoint
from sheetsdun.google.discovery import Channel, service
from sheetsdun.google.pace import Quotas
from sheetsdun.google.retry import Repeat
from sheetsdun.google.transport import Transport
from sheetsdun.ports import NoAnswer, Rejected

T = TypeVar("T")

BATCH = 50
"""Parts of a batch; Google takes a hundred and advises against more than this."""

NOT_FOUND = 404
_GOOGLE = "https://gmail.googleapis.com"


class GmailCalls:
    """Carries out what googleapiclient builds for one account.

    Args:
        transport: Of the Gmail API, with the account's credentials.
        quotas: Whose units are counted.
        endpoint: Address of another server that speaks the protocol; "" for Google.

    Attributes:
        users: googleapiclient's resource, on which requests are built.
        drafts: That of drafts, kept since making a resource takes as long as building several requests.
        transport: As given.
    """

    def __init__(self, transport: Transport, quotas: Quotas, endpoint: str = "") -> None:
        self.transport = transport
        self._pace = quotas.gmail
        self._batches = BatchEndpoint(
            transport, self._pace, f"{endpoint.rstrip('/') or _GOOGLE}/batch/gmail/v1"
        )
        self.users = service("gmail", "v1", endpoint, Channel(transport, self._pace)).users()
        self.drafts = self.users.drafts()

    def reading(self) -> AbstractContextManager[None]:
        """Within it a refused or unanswered call is Unreachable, as the ports have it for reads."""
        return failures.reading("gmail", self.transport.identity)

    def one(self, request: Any, *, units: int, repeat: Repeat = Repeat.FREELY) -> Any:
        """Carry out a request. Raises Rejected, NoAnswer, or Unreachable for a refused sign-in."""
        try:
            answer = request.execute(http=Channel(self.transport, self._pace, repeat, units), num_retries=0)
        except (ClientError, ValueError) as error:
            raise NoAnswer(failures.NOT_GOOGLES) from error
        if not answer and request.method != "GET":
            return {}  # some changes are answered by nothing
        if not isinstance(answer, dict):  # googleapiclient gives back as text what is no JSON
            raise NoAnswer(failures.NOT_GOOGLES)
        return answer

    def found(self, request: Any, *, units: int) -> Any | None:
        """Read what may not be there."""
        try:
            return self.one(request, units=units)
        except Rejected as refusal:
            if refusal.code != NOT_FOUND:
                raise
            return None

    def pages(self, resource: Any, request: Any, *, units: int) -> list[Any]:
        """Read every page of a list."""
        read = []
        while request is not None:
            read.append(self.one(request, units=units))
            request = resource.list_next(request, read[-1])
        return read

    def many(self, requests: Sequence[Any], *, units: int, repeat: Repeat = Repeat.FREELY) -> list[Answer]:
        """Carry out requests in batches; the end of each, in order."""
        return [
            answer
            for group in chunks(requests, BATCH)
            for answer in self._batches.run(group, units=units, repeat=repeat)
        ]


def chunks(things: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """So many at a time."""
    for first in range(0, len(things), most):
        yield things[first : first + most]
