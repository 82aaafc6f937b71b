"""Content into drafts: small messages many at a time, large ones each by an upload of its own."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from googleapiclient.http import MediaIoBaseUpload

from sheetsdun.google.batch import Answer
from sheetsdun.google.failures import needed
from sheetsdun.google.gmail_calls import GmailCalls
from sheetsdun.google.retry import Repeat
from sheetsdun.ports import DraftRef, NoAnswer, Outgoing, Rejected

End: TypeAlias = DraftRef | Rejected | NoAnswer

UPLOAD_FROM = 5 * 2**20
"""Bytes: what is larger is uploaded by itself, in the form that Google asks for from here on."""

FIELDS = "id,message(id,threadId)"

_CREATE, _UPDATE = 10, 15
_BATCH_BYTES = 8 * 2**20


def put(calls: GmailCalls, drafts: Sequence[tuple[str, Outgoing]]) -> list[End]:
    """Make drafts (those with the id "") or replace their content; the end of each, in order.

    None is repeated once Google may have carried it out.
    """
    ends: dict[int, End] = {}
    small: list[int] = []
    for place, (draft_id, message) in enumerate(drafts):
        if len(message.raw) > UPLOAD_FROM:
            ends[place] = _uploaded(calls, draft_id, message)
        else:
            small.append(place)
    for group in _by_size(small, [len(message.raw) for _, message in drafts]):
        requests = [_request(calls, *drafts[place]) for place in group]
        units = max(_units(drafts[place][0]) for place in group)
        answers = calls.many(requests, units=units, repeat=Repeat.IF_REFUSED)
        ends |= {place: _made(answer) for place, answer in zip(group, answers, strict=True)}
    return [ends[place] for place in range(len(drafts))]


def ref(draft: Any) -> DraftRef:
    """A draft as Gmail names it. Raises NoAnswer where it is none."""
    message = needed(draft, "message")
    return DraftRef(str(needed(draft, "id")), str(needed(message, "id")), str(message.get("threadId", "")))


def _request(calls: GmailCalls, draft_id: str, message: Outgoing, **upload: Any) -> Any:
    content = {"threadId": message.thread_id} if message.thread_id else {}
    if not upload:
        content["raw"] = base64.urlsafe_b64encode(message.raw).decode()
    arguments = {"userId": "me", "body": {"message": content}, "fields": FIELDS, **upload}
    drafts = calls.drafts
    return drafts.update(id=draft_id, **arguments) if draft_id else drafts.create(**arguments)


def _uploaded(calls: GmailCalls, draft_id: str, message: Outgoing) -> End:
    media = MediaIoBaseUpload(io.BytesIO(message.raw), "message/rfc822", chunksize=-1, resumable=True)
    request = _request(calls, draft_id, message, media_body=media)
    try:
        return _made(calls.one(request, units=_units(draft_id), repeat=Repeat.IF_REFUSED))
    except (Rejected, NoAnswer) as trouble:
        return trouble


def _units(draft_id: str) -> int:
    return _UPDATE if draft_id else _CREATE


def _made(answer: Answer) -> End:
    if isinstance(answer, Rejected | NoAnswer):
        return answer
    try:
        return ref(answer)
    except NoAnswer as foreign:
        return foreign


def _by_size(places: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    """Groups that fit into one request together."""
    group: list[int] = []
    for place in places:
        if group and sum(sizes[member] for member in group) + sizes[place] > _BATCH_BYTES:
            yield group
            group = []
        group.append(place)
    if group:
        yield group
