"""The Files of a run: Drive, read only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from googleapiclient.errors import Error as ClientError

from sheetsdun.google import failures
from sheetsdun.google.batch import BatchEndpoint
from sheetsdun.google.discovery import Channel, service
from sheetsdun.google.gmail_calls import BATCH, NOT_FOUND, chunks
from sheetsdun.google.pace import Quotas
from sheetsdun.google.retry import Repeat
from sheetsdun.google.transport import Transport
from sheetsdun.ports import GOOGLE_TYPES, Files, NoAnswer, Rejected, StoredFile

_GOOGLE = "https://www.googleapis.com"
_FIELDS = "id,name,mimeType,size,parents,trashed,capabilities/canDownload"
_PDF = "application/pdf"
_FORBIDDEN = 403


class DriveFiles(Files):
    """Drive behind the ``Files`` contract.

    Args:
        transport: Of the Drive API, with the account's credentials.
        quotas: Whose requests are counted.
        endpoint: Address of another server that speaks the protocol; "" for Google.
    """

    def __init__(self, transport: Transport, quotas: Quotas, endpoint: str = "") -> None:
        self._transport = transport
        self._pace = quotas.drive
        self._batches = BatchEndpoint(
            transport, self._pace, f"{endpoint.rstrip('/') or _GOOGLE}/batch/drive/v3"
        )
        self._files = service("drive", "v3", endpoint, Channel(transport, self._pace)).files()

    def about(self, file_ids: Sequence[str]) -> list[StoredFile | None]:
        """What each of them is; None where there is none, or the account may not see it."""
        requests = [
            self._files.get(fileId=file_id, fields=_FIELDS, supportsAllDrives=True) for file_id in file_ids
        ]
        found: list[StoredFile | None] = []
        with failures.reading("drive", self._transport.identity):
            for group in chunks(requests, BATCH):
                for answer in self._batches.run(group, units=1, repeat=Repeat.FREELY):
                    if isinstance(answer, Rejected) and self._unseen(answer):
                        found.append(None)
                    elif isinstance(answer, Rejected | NoAnswer):
                        raise answer
                    else:
                        found.append(_file(answer))
        return found

    def content(self, file: StoredFile) -> bytes:
        """A file's bytes; of a document of Google's own, a PDF of it."""
        if file.type.startswith(GOOGLE_TYPES):
            request = self._files.export_media(fileId=file.id, mimeType=_PDF)
        else:
            request = self._files.get_media(fileId=file.id, supportsAllDrives=True)
        channel = Channel(self._transport, self._pace, Repeat.FREELY)
        try:
            data: bytes = request.execute(http=channel, num_retries=0)
        except (NoAnswer, ClientError) as trouble:
            lost = trouble if isinstance(trouble, NoAnswer) else NoAnswer(failures.NOT_GOOGLES)
            raise failures.unreachable(lost, "drive", self._transport.identity) from trouble
        except Rejected as refusal:
            if refusal.quota:
                raise failures.unreachable(refusal, "drive", self._transport.identity) from refusal
            raise
        return data

    def _unseen(self, refusal: Rejected) -> bool:
        """Whether it says of one file that it is not there for us, and nothing of all."""
        of_all = refusal.quota or failures.dead(refusal, "drive", self._transport.identity)
        return not of_all and refusal.code in {NOT_FOUND, _FORBIDDEN}


def _file(answer: Mapping[str, Any]) -> StoredFile:
    return StoredFile(
        id=str(failures.needed(answer, "id")),
        name=str(answer.get("name", "")),
        type=str(answer.get("mimeType", "")),
        size=int(answer.get("size", 0)),
        parents=tuple(map(str, answer.get("parents", ()))),
        trashed=bool(answer.get("trashed", False)),
        readable=bool(answer.get("capabilities", {}).get("canDownload", True)),
    )
