"""A server that answers as it is told, and clocks that stand still."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from google.oauth2.credentials import Credentials

from sheetsdun.google.identity import Identity
from sheetsdun.google.pace import Quotas
from sheetsdun.google.retry import Patience
from sheetsdun.google.transport import Calls, Transport

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)


@dataclass
class Seen:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """Answers from a list, in order; its last answer for good.

    An answer is a status and a JSON body (and headers), or DROP: the request is noted, as if it had been carried out,
    and the connection closed.
    """

    DROP = "drop"

    url: str = ""
    answers: list[Any] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)

    def will(self, *answers: Any) -> None:
        self.answers[:] = answers


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: Server

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server = self.script
        server.seen.append(
            Seen(self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        )
        given = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
        if given == Server.DROP:
            self.close_connection = True
            self.connection.close()
            return
        if callable(given):
            given = given(server.seen[-1])
        status, content, *more = given
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(more[0] if more else {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815  the names are http.server's

    def log_message(self, *arguments: Any) -> None:
        pass

    def finish(self) -> None:
        if not self.connection._closed:  # type: ignore[attr-defined]  # a dropped one has nothing left to flush
            super().finish()


@pytest.fixture
def server() -> Iterator[Server]:
    script = Server()
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), type("Scripted", (Handler,), {"script": script}))
    httpd.daemon_threads = True
    script.url = f"http://127.0.0.1:{httpd.server_port}"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield script
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@dataclass
class Time:
    """A clock that only sleeping moves."""

    at: float = 1000.0
    waits: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.at

    def now(self) -> dt.datetime:
        return NOW + dt.timedelta(seconds=self.at - 1000)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def patience(time: Time) -> Patience:
    return Patience(sleep=time.sleep, now=time.now, chance=lambda: 0.5)


@pytest.fixture
def quotas(time: Time) -> Quotas:
    return Quotas.of_google(clock=time.clock, sleep=time.sleep)


@pytest.fixture
def identity() -> Identity:
    return Identity("service_account", "bot@project.iam.gserviceaccount.com", "12345", "ar@example.com")


class FixedToken(Credentials):
    """A token that needs no server; ``renewed`` counts the ones that were fetched."""

    def __init__(self) -> None:
        super().__init__("token-0")
        self.renewed = 0

    def refresh(self, _: Any) -> None:
        self.renewed += 1
        self.token = f"token-{self.renewed}"


@pytest.fixture
def make_transport(patience: Patience, identity: Identity) -> Iterator[Callable[..., Transport]]:
    made: list[Transport] = []

    def make(api: Any = "gmail", **options: Any) -> Transport:
        options = {"credentials": FixedToken(), "calls": Calls(), "timeout": (2.0, 2.0), **options}
        credentials = options.pop("credentials")
        made.append(Transport(api, credentials, identity, patience=patience, **options))
        return made[-1]

    yield make
    for each in made:
        each.close()
