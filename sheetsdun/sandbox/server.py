"""HTTP/1.1 on loopback: one thread a connection, kept alive; connections can be dropped, held, and let go.

The standard library's own server is used rather than a development server of a web framework, because a client's
connection has to stay open between calls (as Google's does) and a fault has to reach the socket.
"""

from __future__ import annotations

import contextlib
import email.utils
import http
import http.server
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar

from sheetsdun.sandbox.exchange import Request, Response, Unanswered
from sheetsdun.sandbox.faults import Latch

_GOODBYE = 5.0  # seconds that calls under way get to finish when the server stops
_NO_BODY = {204, 304}


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Listens on 127.0.0.1.

    Args:
        port: The port; 0 takes a free one.
        answer: Answers a request, or raises Unanswered.
        latch: Holds the connections that hang.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, answer: Callable[[Request], Response], latch: Latch) -> None:
        self.answer = answer
        self.latch = latch
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        super().__init__(("127.0.0.1", port), _Connection)

    def server_bind(self) -> None:
        """Bind without asking the name service who we are."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="sandbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take no more connections, let calls under way finish, end those that hang, and close."""
        if self._thread is not None:
            self.shutdown()
            self._thread.join()
        self.latch.release(for_good=True)
        with self._changed:
            for connection in self._open:
                # Whoever waits for a next request reads the end of it; whoever is answering can still write.
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RD)
            self._changed.wait_for(lambda: not self._open, timeout=_GOODBYE)
        self.server_close()

    def opened(self, connection: socket.socket) -> None:
        """Note a connection."""
        with self._changed:
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        """Forget a connection."""
        with self._changed:
            self._open.discard(connection)
            self._changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients who went away; a traceback of anything else."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Connection(http.server.BaseHTTPRequestHandler):
    """One connection and the requests that come on it."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout: ClassVar[float] = 300.0  # seconds an idle connection is kept

    def setup(self) -> None:
        super().setup()
        self.server.opened(self.connection)

    def finish(self) -> None:
        try:
            with contextlib.suppress(OSError, ValueError):
                super().finish()
        finally:
            self.server.closed(self.connection)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class calls it so
        """Keep quiet."""

    def _serve(self) -> None:
        body = self._read_body()
        if body is None:
            self.close_connection = True
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            response = self.server.answer(Request.to(self.command, self.path, headers, body))
        except Unanswered as unanswered:
            if unanswered.hold != 0:
                self.server.latch.hold(unanswered.hold)
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._write(response)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve  # noqa: N815 - http.server's

    def _read_body(self) -> bytes | None:
        """The body, or None where the client went away or its length makes no sense."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._read_chunks()
        length = self.headers.get("Content-Length", "0").strip()
        if not length.isdecimal():
            return None
        body = self.rfile.read(int(length))
        return body if len(body) == int(length) else None

    def _read_chunks(self) -> bytes | None:
        body = bytearray()
        while True:
            try:
                size = int(self.rfile.readline(1024).partition(b";")[0], 16)
            except ValueError:
                return None
            if size < 0:
                return None
            body += self.rfile.read(size)
            if size == 0:
                while self.rfile.readline(65_536).strip():
                    pass  # trailers
                return bytes(body)
            self.rfile.readline(1024)

    def _write(self, response: Response) -> None:
        phrase = http.HTTPStatus(response.status).phrase if response.status in _PHRASES else "Error"
        lines = [
            f"HTTP/1.1 {response.status} {phrase}",
            f"Date: {email.utils.formatdate(time.time(), usegmt=True)}",
        ]
        # A line break in a value would let it write headers of its own.
        lines += [
            f"{name}: {value}".replace("\r", " ").replace("\n", " ")
            for name, value in response.headers.items()
        ]
        if response.status not in _NO_BODY:
            lines.append(f"Content-Length: {len(response.body)}")
        if response.headers.get("Connection") == "close":
            self.close_connection = True
        elif self.close_connection:
            lines.append("Connection: close")
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))
        if self.command != "HEAD" and response.status not in _NO_BODY:
            self.wfile.write(response.body)


_PHRASES = {status.value for status in http.HTTPStatus}
