"""A Gmail account in memory, behind the same contract and with the same habits as Google's."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import shlex
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from functools import partial
from typing import TypeVar

from doubles.hooks import Hooks, call
from doubles.messages import Message

from sheetsdun.google import returned
from sheetsdun.ports import DraftRef, Mail, News, NoAnswer, Outgoing, Profile, Rejected, Returned

R = TypeVar("R")
T = TypeVar("T")


OWN = {"DRAFT", "SENT"}


class MemoryMailbox:
    """A mailbox in memory.

    Args:
        address: Its account.
        now: The present instant.
        hooks: Where a test steps in.

    Attributes:
        all: Messages by id.
        draft_ids: The message of each draft.
        unsearchable: Ids of messages that no search finds yet.
        oldest: History ids below it have expired.
        aliases: Other addresses that it may write from.
        written: The bytes of everything that was ever put here as a draft, by message id.
    """

    def __init__(
        self,
        address: str = "ar@example.com",
        *,
        now: Callable[[], dt.datetime] = lambda: dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC),
        hooks: Hooks | None = None,
    ) -> None:
        self.address = address
        self.hooks = hooks or Hooks()
        self.all: dict[str, Message] = {}
        self.draft_ids: dict[str, str] = {}
        self.unsearchable: set[str] = set()
        self.oldest = 0
        self.aliases: list[str] = []
        self.written: dict[str, bytes] = {}
        self._now = now
        self._number = 1000
        self._added: list[tuple[int, str]] = []

    # -- the contract -------------------------------------------------------------------------------------------------

    @call
    def profile(self) -> Profile:
        return Profile(self.address, str(self._number))

    @call
    def senders(self) -> list[str]:
        return [self.address, *self.aliases]

    @call
    def drafts(self) -> list[DraftRef]:
        kept = [each for each, message in self.draft_ids.items() if "TRASH" not in self.all[message].labels]
        return [self._ref(draft_id) for draft_id in reversed(kept)]

    @call
    def create(self, messages: Sequence[Outgoing]) -> list[DraftRef | Rejected | NoAnswer]:
        return self._parts("create", lambda message: self._put(f"r{self._next()}", message), messages)

    @call
    def look(self, draft_ids: Sequence[str]) -> list[Mail | None]:
        return [self._mail(self.draft_ids[each]) if each in self.draft_ids else None for each in draft_ids]

    @call
    def fill(self, drafts: Sequence[tuple[str, Outgoing]]) -> list[DraftRef | Rejected | NoAnswer]:
        return self._parts("fill", lambda draft: self._put(self._known(draft[0]), draft[1]), drafts)

    @call
    def send(self, draft_id: str) -> Mail:
        message = self.all[self.draft_ids[self._known(draft_id)]]
        if not message.recipients:
            raise Rejected("Recipient address required", code=400, reason="invalidArgument")
        return self._mail(self._sent(draft_id))

    @call
    def delete(self, draft_ids: Sequence[str]) -> list[bool | Rejected | NoAnswer]:
        return self._parts("delete", self.discard, draft_ids)

    @call
    def messages(self, message_ids: Sequence[str]) -> list[Mail | None]:
        return [self._mail(each) if each in self.all else None for each in message_ids]

    @call
    def returned(self, message_ids: Sequence[str]) -> list[Returned]:
        there = (self.all.get(each) for each in message_ids)
        return [returned.read(bytes(message.content)) if message else Returned() for message in there]

    @call
    def thread(self, thread_id: str) -> list[Mail]:
        found = [message for message in self.all.values() if message.thread_id == thread_id]
        return [self._mail(message.id) for message in sorted(found, key=lambda message: message.date)]

    @call
    def search(self, query: str) -> list[str]:
        terms = shlex.split(query)
        found = [each for each in self.all.values() if each.id not in self.unsearchable]
        matching = [each for each in found if all(map(each.matches, terms))]
        return [
            each.id for each in sorted(matching, key=lambda each: (each.date, each.history), reverse=True)
        ]

    @call
    def news(self, history_id: str) -> News:
        if int(history_id) < self.oldest:
            return News(str(self._number), expired=True)
        added = {
            message: self.all[message].labels & OWN
            for number, message in self._added
            if number > int(history_id) and message in self.all
        }
        return News(
            str(self._number),
            message_ids=tuple(each for each, labels in added.items() if not labels),
            sent_ids=tuple(each for each, labels in added.items() if labels == {"SENT"}),
        )

    @call
    def labelled(self, label: str) -> int:
        return sum(label in message.labels for message in self.all.values())

    @call
    def mark(self, message_ids: Sequence[str], label: str) -> None:
        for each in message_ids:
            if each in self.all:
                self.all[each].labels.add(label)

    # -- people -------------------------------------------------------------------------------------------------------

    def edit(self, draft_id: str, raw: bytes) -> DraftRef:
        """The reviewer rewrites a draft."""
        return self._put(draft_id, Outgoing(raw))

    def send_by_hand(self, draft_id: str) -> str:
        """The reviewer presses Send; the message's id."""
        return self._sent(draft_id)

    def discard(self, draft_id: str) -> bool:
        """The reviewer throws a draft away; whether there was one."""
        message_id = self.draft_ids.pop(draft_id, None)
        return message_id is not None and self.all.pop(message_id, None) is not None

    def bin(self, draft_id: str) -> None:
        """The reviewer moves a draft to the bin: it is still there."""
        self.all[self.draft_ids[draft_id]].labels.add("TRASH")

    def receive(self, raw: bytes) -> str:
        """A mail comes in, into the thread that it answers; its id."""
        content = email.message_from_bytes(raw, policy=email.policy.default)
        return self._add(content, {"INBOX", "UNREAD"}, "", str(content["Message-ID"] or "")).id

    # -- inside -------------------------------------------------------------------------------------------------------

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _parts(
        self, name: str, effect: Callable[[T], R], parts: Sequence[T]
    ) -> list[R | Rejected | NoAnswer]:
        return [self.hooks.part(name, place, partial(effect, part)) for place, part in enumerate(parts)]

    def _known(self, draft_id: str) -> str:
        if draft_id not in self.draft_ids:
            raise Rejected("Requested entity was not found.", code=404, reason="notFound")
        return draft_id

    def _put(self, draft_id: str, message: Outgoing) -> DraftRef:
        if message.thread_id and not any(each.thread_id == message.thread_id for each in self.all.values()):
            raise Rejected("Requested entity was not found.", code=404, reason="notFound")
        content = email.message_from_bytes(message.raw, policy=email.policy.default)
        before = self.all.pop(self.draft_ids.get(draft_id, ""), None)
        new = self._add(content, {"DRAFT"}, message.thread_id)
        if before and not message.thread_id and before.subject == new.subject:
            new.thread_id = before.thread_id
        self.draft_ids[draft_id] = new.id
        self.written[new.id] = message.raw
        return self._ref(draft_id)

    def _sent(self, draft_id: str) -> str:
        draft = self.all.pop(self.draft_ids.pop(draft_id))
        return self._add(draft.content, {"SENT"}, draft.thread_id).id

    def _add(self, content: EmailMessage, labels: set[str], thread_id: str, rfc_id: str = "") -> Message:
        number = self._next()
        if not rfc_id:  # Google gives its own to whatever is written here
            rfc_id = f"<{number}@mail.gmail.com>"
            del content["Message-ID"]
            content["Message-ID"] = rfc_id
        new = Message(f"{number:016x}", f"{number:016x}", content, labels, self._now(), number, rfc_id)
        joined = next((each for each in self.all.values() if new.answers(each)), None)
        if "SENT" in labels:
            new.thread_id = thread_id
        elif joined and thread_id in {"", joined.thread_id}:
            new.thread_id = joined.thread_id
        self.all[new.id] = new
        self._added.append((number, new.id))
        return new

    def _ref(self, draft_id: str) -> DraftRef:
        message = self.all[self.draft_ids[draft_id]]
        return DraftRef(draft_id, message.id, message.thread_id)

    def _mail(self, message_id: str) -> Mail:
        return self.all[message_id].mail()
