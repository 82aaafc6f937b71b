"""The Mailbox of a run: one Gmail account, its drafts handled fifty at a time."""

from __future__ import annotations

import datetime as dt
import email.message
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sheetsdun.google import drafting, returned
from sheetsdun.google.batch import Answer
from sheetsdun.google.failures import needed
from sheetsdun.google.gmail_calls import NOT_FOUND, GmailCalls, chunks
from sheetsdun.google.labels import Labels
from sheetsdun.google.mail import decoded, mail
from sheetsdun.google.pace import Quotas
from sheetsdun.google.retry import Repeat
from sheetsdun.google.transport import Transport
from sheetsdun.ports import DraftRef, Mail, Mailbox, News, NoAnswer, Outgoing, Profile, Rejected, Returned

T = TypeVar("T")

_PAGE = 500
_MARKED_AT_ONCE = 1000
_SENT = frozenset({"SENT"})
_OURS = _SENT | {"DRAFT"}


class GmailMailbox(Mailbox):
    """A Gmail account behind the ``Mailbox`` contract.

    Args:
        transport: Of the Gmail API, with the account's credentials.
        quotas: Whose units are counted.
        endpoint: Address of another server that speaks the protocol; "" for Google.
        now: The run's clock: the date of a letter for which Google names none.
    """

    def __init__(
        self,
        transport: Transport,
        quotas: Quotas,
        endpoint: str = "",
        *,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._now = now
        self._calls = GmailCalls(transport, quotas, endpoint)
        self._users = self._calls.users
        self._drafts = self._calls.drafts
        self._messages = self._users.messages()
        self._labels = Labels(self._calls)

    # -- the account --------------------------------------------------------------------------------------------------

    def profile(self) -> Profile:
        """The account's address and present history id."""
        with self._calls.reading():
            answer = self._calls.one(self._users.getProfile(userId="me"), units=1)
            return Profile(str(needed(answer, "emailAddress")), str(needed(answer, "historyId")))

    def senders(self) -> list[str]:
        """Addresses that the account may write from, lower-case: its own, and its verified sendAs."""
        with self._calls.reading():
            answer = self._calls.one(self._users.settings().sendAs().list(userId="me"), units=1)
        found = answer.get("sendAs", ())
        usable = [entry for entry in found if entry.get("verificationStatus", "accepted") == "accepted"]
        return [str(entry["sendAsEmail"]).lower() for entry in usable]

    def try_draft(self) -> None:
        """Make an empty draft and delete it, for ``doctor``. Raises Unreachable."""
        message = email.message.EmailMessage()
        message["Subject"] = "sheetsdun doctor: this draft is deleted at once"
        with self._calls.reading():
            (made,) = self.create([Outgoing(message.as_bytes())])
            if not isinstance(made, DraftRef):
                raise made
            (deleted,) = self.delete([made.draft_id])
            if isinstance(deleted, Rejected | NoAnswer):
                raise deleted

    # -- drafts -------------------------------------------------------------------------------------------------------

    def drafts(self) -> list[DraftRef]:
        """Every draft but those in the bin."""
        fields = f"drafts({drafting.FIELDS}),nextPageToken"
        request = self._drafts.list(userId="me", maxResults=_PAGE, fields=fields)
        with self._calls.reading():
            pages = self._calls.pages(self._drafts, request, units=5)
            return [drafting.ref(draft) for page in pages for draft in page.get("drafts", ())]

    def create(self, messages: Sequence[Outgoing]) -> list[DraftRef | Rejected | NoAnswer]:
        """Make drafts, at most fifty."""
        return drafting.put(self._calls, [("", message) for message in messages])

    def fill(self, drafts: Sequence[tuple[str, Outgoing]]) -> list[DraftRef | Rejected | NoAnswer]:
        """Replace the content of drafts, at most fifty."""
        return drafting.put(self._calls, drafts)

    def look(self, draft_ids: Sequence[str]) -> list[Mail | None]:
        """Read drafts with their content; None where Google says that there is no such draft."""
        requests = [self._drafts.get(userId="me", id=draft_id, format="full") for draft_id in draft_ids]
        return self._read(requests, lambda answer: mail(needed(answer, "message")))

    def send(self, draft_id: str) -> Mail:
        """Send the draft as it stands, asking once and never again.

        Google's answer names no date: then it is the present instant.
        """
        request = self._drafts.send(userId="me", body={"id": draft_id})
        answer = self._calls.one(request, units=100, repeat=Repeat.NEVER)
        return mail({"internalDate": self._now().timestamp() * 1000, **answer})

    def delete(self, draft_ids: Sequence[str]) -> list[bool | Rejected | NoAnswer]:
        """Delete drafts; False where there was none."""
        requests = [self._drafts.delete(userId="me", id=draft_id) for draft_id in draft_ids]
        return [_deleted(answer) for answer in self._calls.many(requests, units=10, repeat=Repeat.IF_REFUSED)]

    # -- messages -----------------------------------------------------------------------------------------------------

    def messages(self, message_ids: Sequence[str]) -> list[Mail | None]:
        """Read messages by id; None where there is none."""
        requests = [self._messages.get(userId="me", id=each, format="full") for each in message_ids]
        return self._read(requests, mail)

    def returned(self, message_ids: Sequence[str]) -> list[Returned]:
        """What messages say about letters that did not arrive; read whole, since that stands in parts of any kind."""
        requests = [self._messages.get(userId="me", id=each, format="raw") for each in message_ids]
        contents = self._read(requests, lambda answer: decoded(str(answer.get("raw", ""))))
        return [returned.read(content or b"") for content in contents]

    def thread(self, thread_id: str) -> list[Mail]:
        """All messages of a thread, oldest first; none where there is no such thread."""
        request = self._users.threads().get(userId="me", id=thread_id, format="full")
        with self._calls.reading():
            answer = self._calls.found(request, units=40) or {}
            return sorted(map(mail, answer.get("messages", ())), key=lambda found: found.date)

    def search(self, query: str) -> list[str]:
        """Message ids for a Gmail query, newest first, the bin included."""
        fields = "messages(id),nextPageToken"
        request = self._messages.list(
            userId="me", q=query, includeSpamTrash=True, maxResults=_PAGE, fields=fields
        )
        with self._calls.reading():
            pages = self._calls.pages(self._messages, request, units=5)
        return [str(message["id"]) for page in pages for message in page.get("messages", ())]

    def news(self, history_id: str) -> News:
        """What has come in and gone out since."""
        history = self._users.history()
        fields = "history(messagesAdded(message(id,labelIds))),historyId,nextPageToken"
        request = history.list(
            userId="me", startHistoryId=history_id, historyTypes=["messageAdded"], maxResults=_PAGE, fields=fields
        )  # fmt: skip
        with self._calls.reading():
            try:
                pages = self._calls.pages(history, request, units=2)
            except Rejected as refusal:
                if refusal.code != NOT_FOUND:
                    raise
                return News(self.profile().history_id, expired=True)
        records = [record for page in pages for record in page.get("history", ())]
        added = [entry["message"] for record in records for entry in record.get("messagesAdded", ())]
        labels = {str(message["id"]): set(message.get("labelIds", ())) for message in added}
        return News(
            str(pages[-1].get("historyId", history_id)),
            message_ids=tuple(each for each, worn in labels.items() if worn.isdisjoint(_OURS)),
            sent_ids=tuple(each for each, worn in labels.items() if worn & _OURS == _SENT),
        )

    def labelled(self, label: str) -> int:
        """How many messages carry the label; 0 where there is no such label."""
        with self._calls.reading():
            return self._labels.count(label)

    def mark(self, message_ids: Sequence[str], label: str) -> None:
        """Put the label on messages, making it where it is missing."""
        for group in chunks(message_ids, _MARKED_AT_ONCE):
            try:
                self._mark(group, label)
            except Rejected as refusal:
                if refusal.quota:
                    raise
                self._labels.forget()  # a person may have deleted the label since its id was asked for
                self._mark(group, label)

    def _mark(self, group: Sequence[str], label: str) -> None:
        body = {"ids": list(group), "addLabelIds": [self._labels.make(label)]}
        self._calls.one(self._messages.batchModify(userId="me", body=body), units=50)

    def _read(self, requests: Sequence[Any], read: Callable[[Any], T]) -> list[T | None]:
        found: list[T | None] = []
        with self._calls.reading():
            for answer in self._calls.many(requests, units=20):
                if isinstance(answer, Rejected) and answer.code == NOT_FOUND:
                    found.append(None)
                elif isinstance(answer, Rejected | NoAnswer):
                    raise answer
                else:
                    found.append(read(answer))
        return found


def _deleted(answer: Answer) -> bool | Rejected | NoAnswer:
    if isinstance(answer, Rejected):
        return False if answer.code == NOT_FOUND else answer
    return answer if isinstance(answer, NoAnswer) else True
