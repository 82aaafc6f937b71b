"""Quotas, driven by setting the sandbox's date."""

import datetime as dt
import re

import pytest

SEND = "/gmail/v1/users/me/drafts/send"


def limits(client, **settings):
    answer = client.post("/_sandbox/quotas", json=settings)
    assert answer.status_code == 200, answer.text
    return answer.json()


def go_on(sandbox, **time):
    sandbox.clock.set(sandbox.clock.now() + dt.timedelta(**time))


def test_there_are_none_until_they_are_asked_for(client):
    assert set(client.get("/_sandbox/quotas").json().values()) == {None}
    assert [client.get("/v4/spreadsheets/ID").status_code for _ in range(70)] == [200] * 70


def test_googles_own(client):
    assert limits(client, on=True) == {
        "gmail_units": 6000,
        "sheets_reads": 60,
        "sheets_writes": 60,
        "sends": 2000,
    }
    assert set(limits(client, on=False).values()) == {None}


def test_sheets_counts_reads_and_writes_apart(client, sandbox):
    limits(client, sheets_reads=2, sheets_writes=1)
    reading = [client.get("/v4/spreadsheets/ID") for _ in range(3)]
    assert [answer.status_code for answer in reading] == [200, 200, 429]
    error = reading[-1].json()["error"]
    assert error["status"] == "RESOURCE_EXHAUSTED"
    assert "Read requests per minute per user" in error["message"]
    assert error["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"
    writing = [client.post("/v4/spreadsheets/ID:batchUpdate", json={}).status_code for _ in range(2)]
    assert writing == [200, 429]
    go_on(sandbox, seconds=61)
    assert client.get("/v4/spreadsheets/ID").status_code == 200


def test_the_minute_slides(client, sandbox):
    limits(client, sheets_reads=2)
    client.get("/v4/spreadsheets/ID")
    go_on(sandbox, seconds=40)
    client.get("/v4/spreadsheets/ID")
    go_on(sandbox, seconds=25)
    assert client.get("/v4/spreadsheets/ID").status_code == 200
    assert client.get("/v4/spreadsheets/ID").status_code == 429


def test_each_user_has_their_own(client, sandbox, sign_in):
    limits(client, sheets_reads=1)
    assert client.get("/v4/spreadsheets/ID").status_code == 200
    assert sign_in(sandbox, user="other@example.com").get("/v4/spreadsheets/ID").status_code == 200
    assert client.get("/v4/spreadsheets/ID").status_code == 429


def test_gmail_counts_units_and_says_when_in_the_text(client, sandbox):
    limits(client, gmail_units=25)
    created = [client.post("/gmail/v1/users/me/drafts", json={}) for _ in range(3)]
    assert [answer.status_code for answer in created] == [200, 200, 403]
    error = created[-1].json()["error"]
    assert error["errors"][0]["reason"] == "userRateLimitExceeded"
    assert error["errors"][0]["domain"] == "usageLimits"
    when = dt.datetime.fromisoformat(re.search(r"Retry after (\S+)$", error["message"])[1])
    wait = when - dt.datetime.now(dt.UTC)
    assert dt.timedelta(seconds=50) < wait <= dt.timedelta(seconds=60)
    # What costs less may still pass.
    assert client.get("/gmail/v1/users/me/labels").status_code == 200


def test_calls_inside_a_batch_count_each(gmail, client):
    limits(client, gmail_units=20)
    statuses = []
    batch = gmail.new_batch_http_request(
        callback=lambda _, __, error: statuses.append(error and error.status_code)
    )
    for _ in range(3):
        batch.add(gmail.users().drafts().create(userId="me", body={}))
    batch.execute()
    assert statuses == [None, None, 403]


def test_the_mails_of_a_rolling_day(client, sandbox):
    limits(client, sends=2)
    assert [client.post(SEND, json={"id": "r"}).status_code for _ in range(3)] == [200, 200, 429]
    error = client.post(SEND, json={"id": "r"}).json()["error"]
    assert error["message"].startswith("User-rate limit exceeded.  (Mail sending)  Retry after ")
    assert error["errors"][0]["reason"] == "rateLimitExceeded"
    assert client.get("/gmail/v1/users/me/labels").status_code == 200
    go_on(sandbox, hours=23)
    assert client.post(SEND, json={"id": "r"}).status_code == 429
    go_on(sandbox, hours=2)
    assert client.post(SEND, json={"id": "r"}).status_code == 200


def test_a_refused_mail_does_not_count(client):
    limits(client, sends=1)
    assert client.post(SEND, json={"foo": 1}).status_code == 400
    assert client.post(SEND, json={"id": "r"}).status_code == 200


def test_a_date_set_back_does_not_lock_anybody_out(client, sandbox):
    limits(client, sheets_reads=1)
    client.get("/v4/spreadsheets/ID")
    go_on(sandbox, days=-3)
    assert client.get("/v4/spreadsheets/ID").status_code == 200


@pytest.mark.parametrize("settings", [{"sends": "many"}, {"nonsense": 1}, {"sheets_reads": True}])
def test_limits_that_make_no_sense_are_refused(client, settings):
    assert client.post("/_sandbox/quotas", json=settings).status_code == 400


def test_what_was_used_and_refused_is_told(client):
    client.post("/_sandbox/quotas", json={"on": True, "gmail_units": 5})
    for _ in range(3):
        client.get("/gmail/v1/users/me/labels")
    for _ in range(2):
        client.get("/gmail/v1/users/me/threads")
    told = client.get("/_sandbox/used").json()
    assert told == {"units": 3, "refused": 2}
