import base64
import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.gmail import handlers, tune
from sheetsdun.sandbox.store import Store
from sheetsdun.sandbox.wire import ApiError, Call, Media

ME = "ar@example.com"
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


class Gmail:
    """Calls the engine as the server does, and knows what tests ask again and again."""

    def __init__(self, store, clock):
        self.store = store
        self.clock = clock
        self.handlers = handlers(store, clock)

    def __call__(self, method, *, caller=ME, body=None, media=None, query=None, user="me", **path):
        listed = {k: v if isinstance(v, list) else [str(v)] for k, v in (query or {}).items()}
        upload = None if media is None else Media(media, "message/rfc822")
        call = Call(
            f"gmail.users.{method}", {"userId": user, **path}, listed, body or {}, caller, media=upload
        )
        return self.handlers[call.method](call)

    def refusal(self, method, **arguments):
        with pytest.raises(ApiError) as caught:
            self(method, **arguments)
        return caught.value.code, caught.value.message, caught.value.reason

    def draft(self, raw, caller=ME, **message):
        return self("drafts.create", caller=caller, body={"message": {"raw": b64(raw), **message}})

    def send(self, raw, caller=ME, **message):
        return self("messages.send", caller=caller, body={"raw": b64(raw), **message})

    def insert(self, raw, caller=ME, query=None, **message):
        return self("messages.insert", caller=caller, query=query, body={"raw": b64(raw), **message})

    def raw(self, message_id, caller=ME):
        found = self("messages.get", id=message_id, query={"format": "raw"}, caller=caller)
        return base64.urlsafe_b64decode(found["raw"])

    def headers(self, message_id, caller=ME):
        found = self("messages.get", id=message_id, query={"format": "metadata"}, caller=caller)
        return {h["name"]: h["value"] for h in found["payload"]["headers"]}

    def found(self, q="", caller=ME, **query):
        listed = self("messages.list", query={"q": q, **query}, caller=caller)
        return [m["id"] for m in listed.get("messages", [])]

    def labels(self, message_id, caller=ME):
        return self("messages.get", id=message_id, query={"format": "minimal"}, caller=caller)["labelIds"]

    def history(self, start, **query):
        return self("history.list", query={"startHistoryId": start, **query}).get("history", [])

    def history_id(self):
        return self("getProfile")["historyId"]

    def pass_time(self, **delta):
        self.clock.set(self.clock.now() + dt.timedelta(**delta))

    def tune(self, **settings):
        tune(self.store, **settings)


def b64(raw):
    return base64.urlsafe_b64encode(raw).decode()


def mail(to="anna@debtor.example", subject="Invoice 17", text="Please pay.", sender=ME, **headers):
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    if to:
        message["To"] = to
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


@pytest.fixture
def gmail(tmp_path):
    store = Store(tmp_path / "sandbox.sqlite")
    clock = Clock()
    clock.set(NOON)
    yield Gmail(store, clock)
    store.close()


@pytest.fixture(name="mail")
def make_mail():
    """How a test writes a message: headers by keyword."""
    return mail


@pytest.fixture(name="b64")
def in_base64():
    return b64
