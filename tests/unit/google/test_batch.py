"""Each part of a batch ends for itself."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import pytest

from sheetsdun.google.batch import BatchEndpoint
from sheetsdun.google.retry import Repeat
from sheetsdun.ports import NoAnswer, Rejected


def part(number, method="POST", body='{"n": "ü"}'):
    return SimpleNamespace(
        uri=f"https://gmail.googleapis.com/gmail/v1/x/{number}?alt=json", method=method, body=body
    )


def multipart(answers, newline="\r\n"):
    """A batch's answer, from (Content-ID, status, body)."""
    lines = []
    for content_id, status, body in answers:
        lines += ["--batch_x", "Content-Type: application/http", f"Content-ID: {content_id}", ""]
        lines += [
            f"HTTP/1.1 {status}",
            "Content-Type: application/json; charset=UTF-8",
            "",
            json.dumps(body) if body else "",
        ]
    return (
        200,
        newline.join([*lines, "--batch_x--", ""]).encode(),
        {"Content-Type": "multipart/mixed; boundary=batch_x"},
    )


def echo(*statuses):
    """An answer to a batch that gives its parts these statuses, last part first, as Google may."""

    def answer(seen):
        ids = re.findall(rb"Content-ID: <(.+)>", seen.body)
        paths = re.findall(rb"^\w+ (/gmail\S+) HTTP", seen.body, re.MULTILINE)
        given = list(zip(ids, statuses, paths, strict=True))
        return multipart(
            [(f"<response-{i.decode()}>", status, {"path": p.decode()}) for i, status, p in reversed(given)]
        )

    return answer


@pytest.fixture
def run(server, make_transport, quotas):
    transport = make_transport()

    def run(parts, repeat=Repeat.IF_REFUSED):
        return BatchEndpoint(transport, quotas.gmail, f"{server.url}/batch/gmail/v1").run(
            parts, units=10, repeat=repeat
        )

    return run


def test_parts_are_found_by_content_id_whatever_their_order(server, run):
    server.will(echo("200 OK", "200 OK", "200 OK"))
    paths = [answer["path"] for answer in run([part(n) for n in range(3)])]
    assert paths == [f"/gmail/v1/x/{n}?alt=json" for n in range(3)]
    assert server.seen[0].path == "/batch/gmail/v1"


def test_parts_are_written_as_google_documents_it(server, run):
    server.will(echo("200 OK", "204 No Content"))
    run([part(0), part(1, "DELETE", None)])
    kind = server.seen[0].headers["content-type"]
    assert kind.startswith("multipart/mixed; boundary=")
    boundary = kind.partition("=")[2]
    lines = [
        f"--{boundary}",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        "Content-ID: <part-0>",
        "",
        "POST /gmail/v1/x/0?alt=json HTTP/1.1",
        "Content-Type: application/json",
        "Accept: application/json",
        "Content-Length: 11",
        "",
        '{"n": "ü"}',
        f"--{boundary}",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        "Content-ID: <part-1>",
        "",
        "DELETE /gmail/v1/x/1?alt=json HTTP/1.1",
        "Content-Type: application/json",
        "Accept: application/json",
        "",
        "",
        f"--{boundary}--",
        "",
    ]
    assert server.seen[0].body.decode().split("\r\n") == lines


def test_a_part_that_was_refused_is_certain_and_one_that_failed_is_not(server, run):
    server.will(echo("403 Forbidden", "503 Unavailable", "204 No Content", "404 Not Found"))
    refused, failed, done, missing = run([part(n) for n in range(4)])
    assert isinstance(refused, Rejected)
    assert refused.code == 403
    assert isinstance(failed, NoAnswer)
    assert "503 Unavailable" in str(failed)
    assert isinstance(done, dict)
    assert missing.code == 404
    assert len(server.seen) == 1


def test_a_part_that_is_missing_from_the_answer_got_no_answer(server, run):
    server.will(multipart([("<response-part-1>", "200 OK", {"id": "x"})]))
    answers = run([part(0), part(1), part(2)])
    assert [isinstance(answer, NoAnswer) for answer in answers] == [True, False, True]


@pytest.mark.parametrize(
    "answer",
    [
        (200, b"", {"Content-Type": "multipart/mixed; boundary=batch_x"}),
        (200, b"<html>hello</html>", {"Content-Type": "text/html"}),
        (200, b"\xff\xfe--batch_x\r\n", {"Content-Type": "multipart/mixed; boundary=batch_x"}),
        (200, b"x", {"Content-Type": "multipart/mixed"}),
        multipart([("<response-part-0>", "", None)]),
        multipart([("<response-part-zero>", "200 OK", {})]),
        multipart([("", "200 OK", {})]),
        (500, {}),
    ],
)
def test_an_answer_that_cannot_be_read_leaves_every_part_open(server, run, answer):
    server.will(answer)
    assert all(isinstance(each, NoAnswer) for each in run([part(0), part(1)]))
    assert len(server.seen) == 1


def raw(*answers, head="Content-Type: application/http"):
    """A batch's answer whose parts say just this."""
    lines = []
    for place, answer in enumerate(answers):
        lines += ["--batch_x", head, f"Content-ID: <response-part-{place}>", "", answer]
    body = "\r\n".join([*lines, "--batch_x--", ""]).encode()
    return 200, body, {"Content-Type": "multipart/mixed; boundary=batch_x"}


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "HTTP/1.1",
        "SMTP/1.1 200 OK\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n\r\n[1]",
        "HTTP/1.1 200 OK\r\n\r\n<html>",
    ],
)
def test_a_part_that_is_no_answer_of_googles_is_left_open(server, run, answer):
    server.will(raw(answer, 'HTTP/1.1 200 OK\r\n\r\n{"id": "x"}'))
    odd, sound = run([part(0), part(1)])
    assert isinstance(odd, NoAnswer)
    assert str(odd), "a person is told something"
    assert sound == {"id": "x"}


def test_a_part_that_has_parts_of_its_own_is_left_open(server, run):
    server.will(raw("--y\r\n\r\nHTTP/1.1 200 OK\r\n--y--", head="Content-Type: multipart/mixed; boundary=y"))
    assert [type(answer) for answer in run([part(0)])] == [NoAnswer]


@pytest.mark.parametrize("status", ["408 Request Timeout", "499 Client Closed Request"])
def test_a_part_that_may_have_been_carried_out_all_the_same_is_left_open_and_not_repeated(
    server, run, status
):
    server.will(echo(status))
    assert [type(answer) for answer in run([part(0)])] == [NoAnswer]
    assert len(server.seen) == 1


def test_a_part_that_succeeds_without_a_word_is_done(server, run):
    server.will(raw("HTTP/1.1 204 No Content\r\n\r\n"))
    assert run([part(0, "DELETE", None)]) == [{}]


def test_an_answer_that_was_lost_leaves_every_part_open_and_is_not_asked_for_again(server, run):
    server.will(server.DROP, echo("200 OK"))
    assert isinstance(run([part(0)])[0], NoAnswer)
    assert len(server.seen) == 1


def test_only_the_parts_refused_for_their_rate_are_made_again(server, run, time):
    server.will(echo("200 OK", "429 Too Many Requests", "403 Forbidden", "500 Error"), echo("200 OK"))
    answers = run([part(n) for n in range(4)])
    assert answers[0]["path"].startswith("/gmail/v1/x/0")
    assert answers[1]["path"].startswith("/gmail/v1/x/1")
    assert isinstance(answers[2], Rejected)
    assert isinstance(answers[3], NoAnswer)
    assert server.seen[1].body.count(b"Content-ID") == 1
    assert time.waits == [1.5]


def test_reads_are_asked_for_again_until_each_has_its_answer(server, run):
    server.will(echo("503 Unavailable", "200 OK"), server.DROP, echo("200 OK"))
    answers = run([part(0, "GET", None), part(1, "GET", None)], Repeat.FREELY)
    assert [answer["path"][:14] for answer in answers] == ["/gmail/v1/x/0?", "/gmail/v1/x/1?"]


def test_a_second_request_whose_answer_is_lost_leaves_its_part_open(server, run):
    server.will(echo("429 Too Many Requests", "200 OK"), server.DROP)
    first, second = run([part(0), part(1)])
    assert isinstance(first, NoAnswer)
    assert isinstance(second, dict)


def test_parts_that_never_succeed_keep_each_its_own_failure(server, run):
    server.will(echo("429 Too Many Requests", "503 Unavailable"))
    refused, failed = run([part(0, "GET", None), part(1, "GET", None)], Repeat.FREELY)
    assert isinstance(refused, Rejected)
    assert isinstance(failed, NoAnswer)


def test_a_batch_refused_as_a_whole_refuses_each_part(server, run):
    server.will((400, {"error": {"message": "Bad batch"}}))
    assert [(each.code, each.message) for each in run([part(0), part(1)])] == [(400, "Bad batch")] * 2


def test_a_server_that_knows_no_batches_is_asked_for_one_thing_at_a_time(server, run, quotas):
    def answer(seen):
        return (404, {}) if seen.path.startswith("/batch") else (200, {"path": seen.path})

    server.will(answer)
    parts = [part(0), part(1)]
    for each in parts:
        each.uri = each.uri.replace("https://gmail.googleapis.com", server.url)
    assert [each["path"] for each in run(parts)] == ["/gmail/v1/x/0?alt=json", "/gmail/v1/x/1?alt=json"]
    assert [seen.headers["content-type"] for seen in server.seen[1:]] == ["application/json"] * 2
    assert quotas.gmail._sum == 20 + 10 + 10


@pytest.mark.parametrize("status", [404, 405])
def test_there_too_each_ends_for_itself(server, run, status):
    ends = iter([(400, {}), (500, {}), (200, b"<html>"), (204, b"")])
    server.will(lambda seen: (status, {}) if seen.path.startswith("/batch") else next(ends))
    parts = [part(n) for n in range(4)]
    for each in parts:
        each.uri = each.uri.replace("https://gmail.googleapis.com", server.url)
    refused, failed, foreign, done = run(parts)
    assert isinstance(refused, Rejected)
    assert isinstance(failed, NoAnswer)
    assert isinstance(foreign, NoAnswer)
    assert done == {}


def test_bare_newlines_are_read_too(server, run):
    server.will(multipart([("<response-part-0>", "200 OK", {"id": "x"})], newline="\n"))
    assert run([part(0)]) == [{"id": "x"}]
