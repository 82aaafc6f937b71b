"""The server itself: loopback, connections, files, restarts."""

import http.client
import signal
import socket
import subprocess
import sys
import threading

import pytest
import requests

from sheetsdun.sandbox import gmail, pages
from sheetsdun.sandbox.exchange import Request
from sheetsdun.sandbox.launch import Sandbox

LABELS = "/gmail/v1/users/me/labels"


def test_it_says_where_it_is(sandbox):
    assert sandbox.ready() == {
        "endpoint": sandbox.endpoint,
        "credentials": str(sandbox.credentials),
        "mailbox": "ar@example.com",
    }
    assert sandbox.endpoint.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::1]:80"]
)
def test_a_foreign_host_header_is_refused(client, host):
    assert client.get("/_sandbox/state", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:123", "127.0.0.1"])
def test_every_name_of_loopback_will_do(client, host):
    assert client.get(LABELS, headers={"Host": host}).status_code == 200


def test_it_listens_on_loopback_alone(sandbox):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", int(sandbox.endpoint.rpartition(":")[2])), timeout=1)


def test_one_connection_serves_many_calls(sandbox, client):
    host = sandbox.endpoint.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=10)
    headers = {"Authorization": client.headers["Authorization"]}
    used = set()
    for _ in range(3):
        connection.request("GET", LABELS, headers=headers)
        used.add(connection.sock.getsockname())
        assert connection.getresponse().read() == b'{"labels":[]}'
    connection.request(
        "POST", LABELS, body=iter([b'{"name"', b': "chunked"}']), headers=headers, encode_chunked=True
    )
    used.add(connection.sock.getsockname())
    assert connection.getresponse().read() == b'{"id":"r1"}'
    connection.request("HEAD", "/", headers=headers)
    response = connection.getresponse()
    assert (response.read(), int(response.headers["Content-Length"]) > 0) == (b"", True)
    used.add(connection.sock.getsockname())
    connection.close()
    assert len(used) == 1


@pytest.mark.parametrize("length", ["-1", "x", "1e3"])
def test_a_senseless_length_ends_the_connection(sandbox, length):
    host, port = sandbox.endpoint.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(
            f"POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n".encode()
        )
        assert connection.recv(100) == b""


def test_a_stop_does_not_wait_for_idle_connections(data, stub, sign_in, monkeypatch):
    monkeypatch.setattr("sheetsdun.sandbox.server._GOODBYE", 600.0)  # calls under way would get that long
    sandbox = Sandbox(data, build=stub.build)
    sandbox.start()
    client = sign_in(sandbox)
    client.get(LABELS)
    stopping = threading.Thread(target=sandbox.stop, daemon=True)
    stopping.start()
    stopping.join(60)
    assert not stopping.is_alive()
    with pytest.raises(requests.ConnectionError):
        client.get(LABELS)
    sandbox.stop()  # a second time is no matter


def test_started_again_it_is_where_it_was_with_all_that_it_had(data, stub, sign_in):
    sandbox = Sandbox(data, build=stub.build)
    with sandbox:
        client = sign_in(sandbox)
        endpoint = sandbox.endpoint
        client.post(LABELS, json={"name": "kept"})
    with sandbox:
        assert sandbox.endpoint == endpoint
        assert client.get(LABELS).json()["labels"][0]["name"] == "kept"


PROGRAM = """
import sys, pathlib
from sheetsdun.sandbox import gmail
from sheetsdun.sandbox.launch import Sandbox
sandbox = Sandbox(pathlib.Path(sys.argv[1]), build=gmail.handlers)
sandbox.start()
print(sandbox.endpoint, flush=True)
sys.stdin.read()
"""


def test_what_was_answered_survives_a_kill(data, stub):
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        endpoint = process.stdout.readline().strip()
        token = requests.post(f"{endpoint}/_sandbox/token", timeout=10).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        made = requests.post(endpoint + LABELS, json={"name": "kept"}, headers=headers, timeout=10).json()
        process.send_signal(signal.SIGKILL)
    with Sandbox(data, build=gmail.handlers) as sandbox:
        answer = requests.get(f"{sandbox.endpoint}{LABELS}/{made['id']}", headers=headers, timeout=10)
    assert answer.json()["name"] == "kept"


def test_a_taken_port_is_an_error_at_once(sandbox, data, stub):
    with pytest.raises(OSError, match="in use"):
        Sandbox(data, port=int(sandbox.endpoint.rpartition(":")[2]), build=stub.build).start()


@pytest.fixture
def folder(tmp_path):
    page = tmp_path / "page"
    page.mkdir()
    (page / "index.html").write_text("<p>hello")
    (page / "main.js").write_text("1")
    (page / "look.css").write_text("p{}")
    (tmp_path / "secret").write_text("no")
    return page


def ask(folder, path):
    return pages.answer(Request("GET", path, "", {}), folder)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/", "text/html"),
        ("/page/index.html", "text/html"),
        ("/page/main.js", "text/javascript"),
        ("/page/look.css", "text/css"),
    ],
)
def test_the_pages_files_have_their_types_and_a_strict_policy(folder, path, content_type):
    answer = ask(folder, path)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith(content_type)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/page/../secret", "/page/%2e%2e/secret", "/page/..%2fsecret", "/page/", "/page/x", "/page/%00"]
)
def test_nothing_else_is_served(folder, path):
    assert ask(folder, path).status == 404
