"""The control API."""

import datetime as dt
import threading

import pytest
import requests

from sheetsdun.sandbox.launch import Sandbox


def test_the_state(client, sandbox, stub):
    stub.store.db.execute("INSERT INTO sheets_spreadsheets VALUES ('1', 'Old', '2026-01-01', '', 0)")
    stub.store.db.execute("INSERT INTO sheets_spreadsheets VALUES ('2', 'New', '2026-01-02', '', 0)")
    stub.store.db.execute("INSERT INTO sheets_spreadsheets VALUES ('3', 'Bin', '2026-01-03', '', 1)")
    state = client.get("/_sandbox/state").json()
    assert state["spreadsheets"] == [{"id": "2", "title": "New"}, {"id": "1", "title": "Old"}]
    assert (state["mailbox"], state["sync"]) == ("ar@example.com", False)
    assert abs(dt.datetime.fromisoformat(state["now"]) - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)


def test_the_date_is_set_and_runs_on(client, sandbox):
    answer = client.post("/_sandbox/clock", json={"now": "2027-03-01T09:00:00+01:00"}).json()
    assert answer["now"].startswith("2027-03-01T08:00:0")
    assert client.post("/_sandbox/clock", json={"days": 2}).json()["now"].startswith("2027-03-03T08:00:0")
    assert client.post("/_sandbox/clock", json={"days": -1}).json()["now"].startswith("2027-03-02T08:00:0")
    assert (
        client.post("/_sandbox/clock", json={"now": "2027-05-01"})
        .json()["now"]
        .startswith("2027-05-01T00:00:0")
    )
    assert sandbox.clock.now().date() == dt.date(2027, 5, 1)


@pytest.mark.parametrize(
    "body", [{"now": "soon"}, {"now": 5}, {"days": "x"}, {"days": 10**12}, {"days": True}]
)
def test_a_date_that_makes_no_sense_is_refused(client, body):
    assert client.post("/_sandbox/clock", json=body).status_code == 400


def test_reset_empties_everything_but_the_keys(client, sandbox, stub):
    client.post("/gmail/v1/users/me/labels", json={"name": "a"})
    client.post("/_sandbox/faults", json={"path": "labels"})
    client.post("/_sandbox/quotas", json={"on": True})
    client.post("/_sandbox/clock", json={"days": 100})
    assert client.post("/_sandbox/reset").status_code == 200
    assert client.get("/gmail/v1/users/me/labels").json() == {"labels": []}
    assert client.get("/_sandbox/faults").json() == {"faults": []}
    assert set(client.get("/_sandbox/quotas").json().values()) == {None}
    assert abs(sandbox.clock.offset) < dt.timedelta(seconds=1)
    assert client.get("/_sandbox/calls").json()["http"] == 1


def test_calls_are_counted_by_method_and_those_of_a_batch_apart(client, gmail):
    client.get("/gmail/v1/users/me/labels")
    client.get("/v4/nowhere")
    client.get("/_sandbox/state")
    batch = gmail.new_batch_http_request()
    for _ in range(2):
        batch.add(gmail.users().labels().list(userId="me"))
    batch.execute()
    assert client.get("/_sandbox/calls").json() == {
        "http": 3,
        "methods": {"batch": 1, "gmail.users.labels.list": 1, "unknown": 1},
        "inner": {"gmail.users.labels.list": 2},
        "token": 1,
    }
    client.delete("/_sandbox/calls")
    assert client.get("/_sandbox/calls").json() == {"http": 0, "methods": {}, "inner": {}, "token": 0}


def test_a_call_that_was_dropped_counts(client):
    client.post("/_sandbox/faults", json={"path": "labels", "kind": "drop"})
    with pytest.raises(requests.ConnectionError):
        client.get("/gmail/v1/users/me/labels")
    assert client.get("/_sandbox/calls").json()["methods"] == {"gmail.users.labels.list": 1}


def test_latency_holds_every_call(client, sandbox, monkeypatch):
    held = []
    monkeypatch.setattr("sheetsdun.sandbox.faults.Latch.hold", lambda _, seconds: held.append(seconds))
    client.post("/_sandbox/latency", json={"ms": 250})
    client.get("/gmail/v1/users/me/labels")
    client.post("/_sandbox/latency", json={"ms": 0})
    client.get("/gmail/v1/users/me/labels")
    assert held == [0.25]
    assert client.post("/_sandbox/latency", json={"ms": -1}).status_code == 400


def test_a_token_for_the_page(client, sandbox, stub):
    for body, caller in (({}, sandbox.mailbox), ({"user": "other@example.com"}, "other@example.com")):
        token = client.post("/_sandbox/token", json=body).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        assert client.get("/gmail/v1/users/me/labels", headers=headers).status_code == 200
        assert client.get("/v4/spreadsheets/ID", headers=headers).status_code == 200
        assert stub.last.caller == caller
    assert client.post("/_sandbox/token", json={"user": "nobody"}).status_code == 400


def test_tokens_can_be_made_to_expire(client):
    assert client.get("/gmail/v1/users/me/labels").status_code == 200
    client.delete("/_sandbox/token")
    assert client.get("/gmail/v1/users/me/labels").status_code == 401


def test_without_a_callback_there_is_no_sync(client):
    assert client.post("/_sandbox/sync").status_code == 404


def test_sync_runs_the_callback_with_the_sandboxs_date(data, stub):
    seen = []

    def on_sync(now):
        seen.append(now)
        return "2 drafts"

    with Sandbox(data, build=stub.build, on_sync=on_sync) as sandbox:
        requests.post(f"{sandbox.endpoint}/_sandbox/clock", json={"now": "2027-01-01T08:00:00Z"}, timeout=10)
        assert requests.get(f"{sandbox.endpoint}/_sandbox/state", timeout=10).json()["sync"] is True
        answer = requests.post(f"{sandbox.endpoint}/_sandbox/sync", timeout=10)
    assert answer.json() == {"ok": True, "text": "2 drafts"}
    assert seen[0].date() == dt.date(2027, 1, 1)


def test_a_sync_that_fails_says_so_and_one_runs_at_a_time(data, stub):
    inside, go = threading.Event(), threading.Event()

    def on_sync(now):
        inside.set()
        go.wait(10)
        raise RuntimeError("no sheet")

    with Sandbox(data, build=stub.build, on_sync=on_sync) as sandbox:
        answers = []
        first = threading.Thread(
            target=lambda: answers.append(
                requests.post(f"{sandbox.endpoint}/_sandbox/sync", timeout=10).json()
            )
        )
        first.start()
        inside.wait(10)
        assert requests.post(f"{sandbox.endpoint}/_sandbox/sync", timeout=10).status_code == 409
        go.set()
        first.join(10)
    assert answers == [{"ok": False, "text": "no sheet"}]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_may_not_use_the_control(client, headers):
    assert client.post("/_sandbox/token", headers=headers).status_code == 403
    assert client.get("/_sandbox/state", headers=headers).status_code == 403


def test_the_page_itself_may(client, sandbox):
    headers = {"Origin": sandbox.endpoint, "Sec-Fetch-Site": "same-origin"}
    assert client.post("/_sandbox/token", headers=headers).status_code == 200


def test_unknown_controls_and_broken_bodies_are_told(client):
    assert client.get("/_sandbox/nonsense").status_code == 404
    assert client.post("/_sandbox/clock", data=b"{").status_code == 400
    assert client.post("/_sandbox/clock", data=b"[]").status_code == 400


def test_gmail_can_be_made_slow_and_forgetful(data):
    with Sandbox(data) as sandbox:
        where = f"{sandbox.endpoint}/_sandbox/gmail"
        assert (
            requests.post(where, json={"search_lag_seconds": 60, "history_days": 0}, timeout=10).status_code
            == 200
        )
        assert requests.post(where, json={"search_lag_seconds": "x"}, timeout=10).status_code == 400
        assert requests.post(where, json={"nonsense": 1}, timeout=10).status_code == 400
