"""Messages: read, send, put in as if received, label, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import (
    conversation,
    delivery,
    labelling,
    labels,
    listing,
    mail,
    mime,
    outgoing,
    records,
    refusals,
    views,
)
from sheetsdun.sandbox.gmail.mailbox import number
from sheetsdun.sandbox.wire import ApiError

if TYPE_CHECKING:
    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.gmail.records import Row
    from sheetsdun.sandbox.wire import Call, Json

_MOST_AT_ONCE = 1_000


def list_(mailbox: Mailbox, call: Call) -> Json:
    """messages.list."""
    rows, answer = listing.page(mailbox, call, "messages")
    if rows:
        answer["messages"] = [views.stub(row) for row in rows]
    return answer


def get(mailbox: Mailbox, call: Call) -> Json:
    """messages.get."""
    return views.message(mailbox, _find(mailbox, call), call)


def attachment(mailbox: Mailbox, call: Call) -> Json:
    """messages.attachments.get."""
    message = records.find(mailbox, number(call.path["messageId"]))
    part_id = mime.attachment_part(call.path["id"], message["id"])
    part = None if part_id is None else mime.find(mime.tree(records.raw(mailbox, message["id"])), part_id)
    if part is None:
        raise refusals.invalid("Invalid attachment token")
    data = mime.content(part)
    return {"size": len(data), "data": mime.encoded(data)}


def send(mailbox: Mailbox, call: Call) -> Json:
    """messages.send."""
    composed = outgoing.composed(mailbox, outgoing.submitted(call, call.body))
    thread = conversation.asked_for(mailbox, composed, _thread(call))
    return views.receipt(mailbox, delivery.send(mailbox, composed, thread))


def insert(mailbox: Mailbox, call: Call) -> Json:
    """messages.insert: put in as it is, without sending; internalDate is now unless told otherwise."""
    return _put_in(mailbox, call, call.one("internalDateSource", "receivedTime"))


def import_(mailbox: Mailbox, call: Call) -> Json:
    """messages.import: as insert, but internalDate is the Date header unless told otherwise."""
    return _put_in(mailbox, call, call.one("internalDateSource", "dateHeader"))


def modify(mailbox: Mailbox, call: Call) -> Json:
    """messages.modify."""
    row = _find(mailbox, call)
    labelling.modify(mailbox, [row], call.body)
    return views.receipt(mailbox, row)


def batch_modify(mailbox: Mailbox, call: Call) -> Json:
    """messages.batchModify."""
    rows = [records.find(mailbox, number(text)) for text in _ids(call)]
    labelling.modify(mailbox, rows, call.body)
    return {}


def trash(mailbox: Mailbox, call: Call) -> Json:
    """messages.trash."""
    row = _find(mailbox, call)
    labelling.trash(mailbox, row)
    return views.receipt(mailbox, row)


def untrash(mailbox: Mailbox, call: Call) -> Json:
    """messages.untrash."""
    row = _find(mailbox, call)
    labelling.untrash(mailbox, row)
    return views.receipt(mailbox, row)


def delete(mailbox: Mailbox, call: Call) -> Json:
    """messages.delete: for good; a draft whose message it was is gone too."""
    records.remove(mailbox, _find(mailbox, call))
    return {}


def batch_delete(mailbox: Mailbox, call: Call) -> Json:
    """messages.batchDelete: no word about those that are not there."""
    for text in _ids(call):
        try:
            row = records.find(mailbox, number(text))
        except ApiError as refusal:
            if refusal.reason != "notFound":
                raise
        else:
            records.remove(mailbox, row)
    return {}


def _put_in(mailbox: Mailbox, call: Call, date_source: str) -> Json:
    message = mail.read(outgoing.submitted(call, call.body))
    ids = set(call.body.get("labelIds") or ())
    labels.require_free(mailbox, sorted(ids - {"SENT"}))
    thread = conversation.asked_for(mailbox, message, _thread(call)) or conversation.received(
        mailbox, message
    )
    date = message.date() if date_source == "dateHeader" else None
    row = records.add(mailbox, message, ids, thread, int(date.timestamp() * 1000) if date else None)
    answer = views.receipt(mailbox, row)
    if call.flag("deleted"):
        records.remove(mailbox, row)
    return answer


def _find(mailbox: Mailbox, call: Call) -> Row:
    return records.find(mailbox, number(call.path["id"]))


def _thread(call: Call) -> int | None:
    thread = call.body.get("threadId")
    return number(thread, "thread_id") if thread else None


def _ids(call: Call) -> list[str]:
    ids = call.body.get("ids") or []
    if not ids:
        raise refusals.invalid("No message ids specified")
    if len(ids) > _MOST_AT_ONCE:
        raise refusals.invalid("Too many message ids specified")
    return list(dict.fromkeys(ids))


METHODS = {
    "list": list_,
    "get": get,
    "attachments.get": attachment,
    "send": send,
    "insert": insert,
    "import": import_,
    "modify": modify,
    "batchModify": batch_modify,
    "trash": trash,
    "untrash": untrash,
    "delete": delete,
    "batchDelete": batch_delete,
}
