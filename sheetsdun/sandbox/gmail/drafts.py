"""Drafts: each keeps its id while its message, and that message's id, is another after every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import (
    conversation,
    delivery,
    listing,
    outgoing,
    records,
    refusals,
    views,
)
from sheetsdun.sandbox.gmail.mailbox import new_draft_id, number

if TYPE_CHECKING:
    from sheetsdun.sandbox.gmail.mail import Mail
    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.gmail.records import Row
    from sheetsdun.sandbox.wire import Call, Json


def create(mailbox: Mailbox, call: Call) -> Json:
    """drafts.create."""
    mail, thread = _content(mailbox, call)
    draft = new_draft_id()
    return _write(mailbox, draft, mail, conversation.asked_for(mailbox, mail, thread))


def get(mailbox: Mailbox, call: Call) -> Json:
    """drafts.get."""
    draft = call.path["id"]
    return {"id": draft, "message": views.message(mailbox, _find(mailbox, draft), call)}


def list_(mailbox: Mailbox, call: Call) -> Json:
    """drafts.list; drafts in the bin only with includeSpamTrash."""
    rows, answer = listing.page(mailbox, call, "drafts")
    if rows:
        answer["drafts"] = [{"id": row["draft"], "message": views.stub(row)} for row in rows]
    return answer


def update(mailbox: Mailbox, call: Call) -> Json:
    """drafts.update: the message is replaced as a whole."""
    return _replace(mailbox, call.path["id"], call)


def delete(mailbox: Mailbox, call: Call) -> Json:
    """drafts.delete: for good, not into the bin."""
    records.remove(mailbox, _find(mailbox, call.path["id"]))
    return {}


def send(mailbox: Mailbox, call: Call) -> Json:
    """drafts.send: what the draft holds, after replacing that if a message is given; then the draft is gone."""
    draft = call.body.get("id", "")
    if call.media is not None or call.body.get("message"):
        _replace(mailbox, draft, call)
    before = _find(mailbox, draft)
    mail = outgoing.composed(mailbox, records.raw(mailbox, before["id"]), sent_now=True)
    records.remove(mailbox, before)
    return views.receipt(mailbox, delivery.send(mailbox, mail, before["thread"]))


def _content(mailbox: Mailbox, call: Call) -> tuple[Mail, int | None]:
    """The message in a request and the thread it asks for."""
    message = call.body.get("message") or {}
    if not message and call.media is None:
        raise refusals.invalid("Missing draft message")
    for label in message.get("labelIds") or ():
        if label != "DRAFT":
            raise refusals.invalid(f"Invalid label: {label}")
    mail = outgoing.composed(mailbox, outgoing.submitted(call, message))
    thread = message.get("threadId")
    return mail, number(thread, "thread_id") if thread else None


def _replace(mailbox: Mailbox, draft: str, call: Call) -> Json:
    before = _find(mailbox, draft)
    mail, asked = _content(mailbox, call)
    thread = conversation.of_edited_draft(mailbox, mail, asked, before)
    records.remove(mailbox, before)
    return _write(mailbox, draft, mail, thread)


def _write(mailbox: Mailbox, draft: str, mail: Mail, thread: int | None) -> Json:
    row = records.add(mailbox, mail, {"DRAFT"}, thread)
    mailbox.db.execute("INSERT INTO gmail_drafts VALUES (?, ?, ?)", (mailbox.address, draft, row["id"]))
    return {"id": draft, "message": views.receipt(mailbox, row)}


def _find(mailbox: Mailbox, draft: str) -> Row:
    row = mailbox.db.execute(
        "SELECT message FROM gmail_drafts WHERE mailbox = ? AND id = ?", (mailbox.address, draft)
    ).fetchone()
    if row is None:
        raise refusals.not_found()
    return records.find(mailbox, row["message"])


METHODS = {"create": create, "get": get, "list": list_, "update": update, "delete": delete, "send": send}
