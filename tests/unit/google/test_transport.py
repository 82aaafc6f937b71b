"""One request is one request: nothing below us repeats, and what repeats is what we allow."""

from __future__ import annotations

import socket

import pytest
from google.auth.credentials import Credentials

from sheetsdun.errors import Unreachable
from sheetsdun.google.failures import NotConnected
from sheetsdun.google.retry import Repeat
from sheetsdun.google.transport import Calls
from sheetsdun.ports import NoAnswer, Rejected

OK = (200, {"ok": True})
LIMIT = (
    429,
    {"error": {"message": "Too many concurrent requests", "errors": [{"reason": "rateLimitExceeded"}]}},
)


@pytest.fixture
def calls():
    return Calls()


@pytest.fixture
def ask(server, make_transport, quotas, calls):
    transport = make_transport(calls=calls)

    def ask(method="POST", repeat=Repeat.IF_REFUSED, url="", **content):
        return transport.request(
            method, url or f"{server.url}/x", repeat=repeat, pace=quotas.gmail, **content
        )

    return ask


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("repeat", [Repeat.NEVER, Repeat.IF_REFUSED])
def test_a_change_whose_answer_is_lost_is_never_made_again(server, ask, calls, method, repeat):
    server.will(server.DROP, OK)
    with pytest.raises(NoAnswer):
        ask(method, repeat, data=b"{}")
    assert len(server.seen) == calls.gmail == 1


def test_nor_when_the_connection_had_been_used_before(server, ask):
    server.will(OK, server.DROP, OK)
    ask()
    with pytest.raises(NoAnswer):
        ask()
    assert len(server.seen) == 2


def test_a_read_whose_answer_is_lost_is_made_again(server, ask, calls, time):
    server.will(server.DROP, (503, {}), OK)
    assert ask("GET", Repeat.FREELY).json() == {"ok": True}
    assert len(server.seen) == calls.gmail == 3
    assert time.waits == [1.5, 2.5]


def test_a_read_is_not_made_for_ever(server, ask, time):
    server.will((500, {}))
    with pytest.raises(NoAnswer):
        ask("GET", Repeat.FREELY)
    assert len(server.seen) == 4
    assert sum(time.waits) < 10


@pytest.mark.parametrize("status", [500, 503, 408, 499, 300, 302])
def test_a_change_after_which_nobody_knows_is_left_to_the_caller(server, ask, status):
    server.will((status, {}), OK)
    with pytest.raises(NoAnswer):
        ask()
    assert len(server.seen) == 1


def test_a_change_refused_for_its_rate_is_made_again(server, ask, time):
    server.will(LIMIT, LIMIT, OK)
    ask()
    assert len(server.seen) == 3
    assert time.waits == [1.5, 2.5]


def test_a_send_is_not_made_again_even_then(server, ask):
    server.will(LIMIT, OK)
    with pytest.raises(Rejected) as refusal:
        ask(repeat=Repeat.NEVER)
    assert refusal.value.quota
    assert len(server.seen) == 1


def test_a_redirect_is_not_followed(server, ask):
    server.will((307, {}, {"Location": f"{server.url}/elsewhere"}), OK)
    with pytest.raises(NoAnswer):
        ask()
    assert [seen.path for seen in server.seen] == ["/x"]


def test_an_answer_that_does_not_come_is_no_answer(make_transport, quotas):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        transport = make_transport(timeout=(0.2, 0.05))
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(NoAnswer) as trouble:
            transport.request("POST", url, repeat=Repeat.NEVER, pace=quotas.gmail)
    assert not isinstance(trouble.value, NotConnected)


def test_a_token_server_that_does_not_answer_is_not_waited_for_longer(make_transport, quotas):
    class Asking(Credentials):
        def refresh(self, request):
            request(url, "POST")

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        transport = make_transport(credentials=Asking(), timeout=(0.2, 0.05))
        with pytest.raises(Unreachable, match="could not be asked for a token"):
            transport.request("POST", url, repeat=Repeat.NEVER, pace=quotas.gmail)


def test_where_no_connection_came_about_a_change_may_be_repeated(ask, time):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NotConnected):
        ask(url=f"http://127.0.0.1:{port}/")
    assert len(time.waits) == 3


def test_a_token_that_is_refused_is_renewed_once(server, ask):
    server.will((401, {}), OK)
    ask()
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer token-0", "Bearer token-1"]


def test_a_sign_in_that_stays_refused_ends_the_run_with_a_way_out(server, ask):
    server.will((401, {"error": {"message": "Invalid credentials", "status": "UNAUTHENTICATED"}}))
    with pytest.raises(Unreachable, match="Make a new key"):
        ask()
    assert len(server.seen) == 2


def test_the_callers_headers_are_kept_and_not_written_to(server, ask):
    server.will(OK)
    headers = {"Content-Type": "message/rfc822"}
    ask(headers=headers, data=b"x")
    assert server.seen[0].headers["content-type"] == "message/rfc822"
    assert headers == {"Content-Type": "message/rfc822"}
