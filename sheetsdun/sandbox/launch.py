"""The embedded Google as one object: start it, talk to it at its endpoint, stop it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

from sheetsdun.sandbox import drive, gmail, keys, sheets
from sheetsdun.sandbox.apis import Apis
from sheetsdun.sandbox.clock import Clock
from sheetsdun.sandbox.consent import Consent
from sheetsdun.sandbox.control import Control
from sheetsdun.sandbox.discovery import discovery
from sheetsdun.sandbox.faults import Faults, Latch
from sheetsdun.sandbox.gateway import Gateway
from sheetsdun.sandbox.levers import Levers, Sync
from sheetsdun.sandbox.oauth import OAuth
from sheetsdun.sandbox.quotas import Quotas
from sheetsdun.sandbox.server import Server
from sheetsdun.sandbox.store import Store
from sheetsdun.sandbox.tally import Tally
from sheetsdun.sandbox.tokens import Tokens
from sheetsdun.sandbox.wire import Handler

Build: TypeAlias = Callable[[Store, Clock], Mapping[str, Handler]]


def google(store: Store, clock: Clock) -> dict[str, Handler]:
    """The handlers of Sheets, Gmail and Drive over one store."""
    spreadsheets = sheets.handlers(store, clock)
    return {**spreadsheets, **gmail.handlers(store, clock), **drive.handlers(store, clock, spreadsheets)}


class Sandbox:
    """An embedded Google on loopback. A context manager; it can be started again after it was stopped.

    Args:
        data: The folder that keeps its state and its credential files.
        port: The port to listen on; 0 takes a free one, and keeps to it when started again.
        mailbox: The account that its page shows and that consents to a sign-in.
        on_sync: What the page's sync button does; without it there is none.
        build: Makes the handlers of the APIs.

    Attributes:
        clock: Its date.
        mailbox: As given.
        tokens: What was granted; for tests that want a token without signing in.
    """

    clock: Clock
    tokens: Tokens

    def __init__(
        self,
        data: Path,
        port: int = 0,
        mailbox: str = "ar@example.com",
        on_sync: Sync | None = None,
        build: Build = google,
    ) -> None:
        self.mailbox = mailbox
        self.clock = Clock()
        self._data = data
        self._port = port
        self._on_sync = on_sync
        self._build = build
        self._server: Server | None = None
        self._store: Store | None = None

    @property
    def endpoint(self) -> str:
        """Its address, ``http://127.0.0.1:PORT``; the port is known once it was started."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def credentials(self) -> Path:
        """The service account file, whose token_uri points here."""
        return self._data / "service_account.json"

    @property
    def client_secret(self) -> Path:
        """The OAuth client file for the installed-app flow, whose addresses point here."""
        return self._data / "client_secret.json"

    def ready(self) -> dict[str, str]:
        """What whoever started it wants to know."""
        return {"endpoint": self.endpoint, "credentials": str(self.credentials), "mailbox": self.mailbox}

    def start(self) -> None:
        """Open the store and serve in a thread.

        Raises:
            OSError: The port is taken, or the folder cannot be written.
        """
        latch = Latch()
        # The port comes first: credentials and tokens name it. Requests wait in the socket's queue meanwhile.
        server = Server(self._port, lambda request: gateway.answer(request), latch)  # noqa: PLW0108 - made below
        try:
            self._port = server.server_port
            store = Store(self._data / "sandbox.sqlite3")
            gateway = self._gateway(store, latch)
        except BaseException:
            server.server_close()
            raise
        server.start()
        self._server, self._store = server, store

    def stop(self) -> None:
        """Finish the calls under way, end those that hang, close everything."""
        server, self._server = self._server, None
        store, self._store = self._store, None
        if server is not None and store is not None:
            server.stop()
            store.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _gateway(self, store: Store, latch: Latch) -> Gateway:
        known = keys.prepare(self._data, self.endpoint)
        self.tokens = Tokens(store)
        quotas = Quotas(self.clock)
        faults = Faults()
        tally = Tally()
        apis = Apis(discovery(), store, self.tokens, quotas, lambda: self._build(store, self.clock))
        levers = Levers(
            store=store,
            clock=self.clock,
            apis=apis,
            tokens=self.tokens,
            quotas=quotas,
            faults=faults,
            latch=latch,
            tally=tally,
            tune_gmail=partial(gmail.tune, store),
            mailbox=self.mailbox,
            on_sync=self._on_sync,
        )
        return Gateway(
            apis=apis,
            oauth=OAuth(self.tokens, known, self.endpoint),
            consent=Consent(self.tokens, known, self.mailbox, discovery().scopes),
            control=Control(levers),
            levers=levers,
            faults=faults,
            latch=latch,
            tally=tally,
        )
