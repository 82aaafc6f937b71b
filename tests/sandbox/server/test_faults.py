"""Injected faults: what happened, and what the client sees."""

import threading

import pytest
import requests
from googleapiclient.errors import HttpError

LABELS = "/gmail/v1/users/me/labels"


def inject(client, **fault):
    answer = client.post("/_sandbox/faults", json=fault)
    assert answer.status_code == 200, answer.text


def label(client, name, **more):
    return client.post(LABELS, json={"name": name}, **more)


def test_before_means_that_nothing_happened(client, stub):
    inject(client, method="POST", path="labels$", status=503)
    answer = label(client, "a")
    assert (answer.status_code, answer.json()["error"]["status"]) == (503, "UNAVAILABLE")
    assert stub.rows() == []
    assert label(client, "b").status_code == 200


def test_after_means_that_the_effect_is_there_and_the_answer_lost(client, stub):
    inject(client, path="labels", when="after", kind="drop")
    with pytest.raises(requests.ConnectionError):
        label(client, "a")
    assert stub.rows() == ["a"]


def test_a_drop_before_leaves_nothing(client, stub):
    inject(client, path="labels", kind="drop")
    with pytest.raises(requests.ConnectionError):
        label(client, "a")
    assert stub.rows() == []


def test_the_nth_call_and_as_many_as_were_asked_for(client):
    inject(client, method="post", path="labels", nth=2, times=2, status=500)
    assert client.get(LABELS).status_code == 200
    assert [label(client, "a").status_code for _ in range(5)] == [200, 500, 500, 200, 200]
    (fault,) = client.get("/_sandbox/faults").json()["faults"]
    assert (fault["seen"], fault["struck"]) == (5, 2)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_hang_holds_the_connection_until_it_is_let_go(client, stub, when):
    inject(client, path="labels", kind="hang", when=when)
    with pytest.raises(requests.ReadTimeout):
        label(client, "a", timeout=0.2)
    assert stub.rows() == (["a"] if when == "after" else [])

    inject(client, path="labels", kind="hang", when=when)
    ended = threading.Event()

    def wait():
        with pytest.raises(requests.ConnectionError):
            label(client, "b", timeout=30)
        ended.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert not ended.wait(0.1)
    with requests.Session() as other:
        other.delete(f"{client._endpoint}/_sandbox/faults", timeout=10)
    waiting.join(5)
    assert ended.is_set()


def test_a_hang_can_end_by_itself(client):
    inject(client, path="labels", kind="hang", seconds=0.05)
    with pytest.raises(requests.ConnectionError):
        label(client, "a", timeout=30)


def test_a_stop_ends_what_hangs(client, sandbox):
    inject(client, path="labels", kind="hang")
    outcome = []

    def wait():
        with pytest.raises(requests.ConnectionError) as caught:
            label(client, "a", timeout=30)
        outcome.append(caught)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not sandbox_hangs(sandbox):
        pass
    sandbox.stop()
    waiting.join(10)
    assert outcome


def sandbox_hangs(sandbox):
    faults = requests.get(sandbox.endpoint + "/_sandbox/faults", timeout=10).json()["faults"]
    return faults[0]["struck"] == 1


def test_a_status_with_a_body_and_headers(client):
    inject(client, path="labels", status=429, body={"error": "slow"}, headers={"Retry-After": "7"})
    answer = label(client, "a")
    assert (answer.status_code, answer.json(), answer.headers["Retry-After"]) == (429, {"error": "slow"}, "7")
    inject(client, path="labels", status=502, body="<html>Bad Gateway</html>")
    assert label(client, "a").text == "<html>Bad Gateway</html>"


def test_the_token_endpoint_can_fail_too(client, sandbox):
    inject(client, path="^/token$", status=500)
    assert requests.post(sandbox.endpoint + "/token", timeout=10).status_code == 500


def test_a_fault_inside_a_batch_strikes_one_call(gmail, client, stub):
    inject(client, path="labels", nth=2, inner=True, status=500)
    answers = []
    batch = gmail.new_batch_http_request(callback=lambda _, answer, error: answers.append(error or answer))
    for name in "abc":
        batch.add(gmail.users().labels().create(userId="me", body={"name": name}))
    batch.execute()
    assert isinstance(answers[1], HttpError)
    assert stub.rows() == ["a", "c"]


def test_a_drop_inside_a_batch_leaves_what_came_before(client, stub):
    inject(client, path="labels", nth=2, inner=True, kind="drop", when="after")
    calls = [
        f'--b\r\n\r\nPOST {LABELS} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{{"name": "{name}"}}\r\n'
        for name in "abc"
    ]
    # By requests and not by httplib2, which repeats a request by itself when its connection is dropped.
    with pytest.raises(requests.ConnectionError):
        client.post(
            "/batch", data="".join(calls) + "--b--", headers={"Content-Type": "multipart/mixed; boundary=b"}
        )
    assert stub.rows() == ["a", "b"]


def test_without_inner_a_batch_is_struck_by_its_own_path_alone(gmail, client, stub):
    inject(client, path="labels", status=500)
    gmail_batch = gmail.new_batch_http_request()
    gmail_batch.add(gmail.users().labels().create(userId="me", body={"name": "a"}))
    gmail_batch.execute()
    assert stub.rows() == ["a"]


@pytest.mark.parametrize(
    "fault",
    [
        {"path": "("},
        {"when": "later"},
        {"kind": "fire"},
        {"nth": 0},
        {"status": 42},
        {"nonsense": 1},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(client, fault):
    answer = client.post("/_sandbox/faults", json=fault)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert client.get("/_sandbox/faults").json() == {"faults": []}
