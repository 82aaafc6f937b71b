"""Tokens, with google-auth and google-auth-oauthlib as witnesses."""

import base64
import datetime as dt
import hashlib
import json
import threading
import time
import urllib.parse

import google.auth.transport.requests
import pytest
import requests
from google.auth import crypt, jwt
from google.auth.exceptions import RefreshError
from google.oauth2 import service_account
from google.oauth2.credentials import Credentials
from google_auth_oauthlib.flow import InstalledAppFlow

from sheetsdun.sandbox.launch import Sandbox

GMAIL_SCOPE = "https://mail.google.com/"
SHEETS_SCOPE = "https://www.googleapis.com/auth/spreadsheets"
READ = "https://www.googleapis.com/auth/spreadsheets.readonly"


@pytest.fixture
def transport():
    with requests.Session() as session:
        yield google.auth.transport.requests.Request(session)


@pytest.fixture
def account(sandbox):
    return json.loads(sandbox.credentials.read_text())


def assertion(account, **changes):
    now = int(time.time())
    claims = {
        "iss": account["client_email"],
        "aud": account["token_uri"],
        "scope": GMAIL_SCOPE,
        "iat": now,
        "exp": now + 3600,
        **changes,
    }
    return jwt.encode(crypt.RSASigner.from_service_account_info(account), claims).decode()


def exchange(sandbox, signed):
    grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    return requests.post(
        sandbox.endpoint + "/token", data={"grant_type": grant, "assertion": signed}, timeout=10
    )


def test_a_service_account_acts_for_itself(sandbox, stub, account):
    credentials = service_account.Credentials.from_service_account_file(
        str(sandbox.credentials), scopes=[READ]
    )
    with google.auth.transport.requests.AuthorizedSession(credentials) as session:
        assert session.get(f"{sandbox.endpoint}/v4/spreadsheets/ID").status_code == 200
    assert stub.last.caller == account["client_email"]
    assert stub.last.caller.endswith(".iam.gserviceaccount.com")
    assert stub.last.scopes == {READ}


def test_a_service_account_acts_for_a_mailbox(sandbox, stub, delegated):
    with google.auth.transport.requests.AuthorizedSession(delegated) as session:
        assert session.get(f"{sandbox.endpoint}/gmail/v1/users/me/labels").status_code == 200
    assert stub.last.caller == sandbox.mailbox


def test_the_token_lasts_for_an_hour_of_the_machines_time(sandbox, transport, delegated):
    credentials = delegated
    sandbox.clock.set(dt.datetime(2031, 1, 1, tzinfo=dt.UTC))
    credentials.refresh(transport)
    left = credentials.expiry.replace(tzinfo=dt.UTC) - dt.datetime.now(dt.UTC)
    assert dt.timedelta(minutes=59) < left <= dt.timedelta(hours=1)
    grant = sandbox.tokens.find(credentials.token, "access")
    assert 3590 < grant.expires - time.time() <= 3600


def test_a_client_whose_token_has_expired_gets_a_new_one_by_itself(sandbox, stub, delegated):
    with google.auth.transport.requests.AuthorizedSession(delegated) as session:
        session.get(f"{sandbox.endpoint}/gmail/v1/users/me/labels")
        sandbox.tokens.expire()
        assert session.get(f"{sandbox.endpoint}/gmail/v1/users/me/labels").status_code == 200
    assert len(stub.calls) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"iss": "robot@elsewhere.iam.gserviceaccount.com"}, "account not found"),
        ({"aud": "https://example.com/token"}, "audience"),
        ({"iat": 1, "exp": 3601}, "short-lived"),
        ({"exp": int(time.time()) + 90_000}, "short-lived"),
        ({"exp": "tomorrow"}, "numbers"),
        ({"scope": ""}, "scope"),
        ({"sub": "nobody"}, "Invalid email"),
    ],
)
def test_a_jwt_that_claims_wrongly_is_refused(sandbox, account, changes, words):
    answer = exchange(sandbox, assertion(account, **changes))
    assert answer.status_code == 400
    assert words in answer.json()["error_description"]


def test_a_jwt_of_another_key_is_refused(sandbox, account):
    head, claims, signature = assertion(account).split(".")
    forged = json.loads(base64.urlsafe_b64decode(claims + "==")) | {"sub": "boss@example.com"}
    claims = base64.urlsafe_b64encode(json.dumps(forged).encode()).rstrip(b"=").decode()
    answer = exchange(sandbox, f"{head}.{claims}.{signature}")
    assert answer.json() == {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}


@pytest.mark.parametrize("signed", ["", "a.b.c", "a.b", "e30.e30.!", "\x00"])
def test_what_is_no_jwt_is_refused(sandbox, signed):
    assert exchange(sandbox, signed).status_code == 400


def test_an_unknown_grant_is_refused(sandbox):
    answer = requests.post(sandbox.endpoint + "/token", data={"grant_type": "password"}, timeout=10)
    assert answer.json()["error"] == "unsupported_grant_type"


@pytest.mark.parametrize("header", [None, "", "Basic eDp5", "Bearer", "Bearer ya29.unknown"])
def test_without_a_good_token_a_call_is_401(sandbox, stub, header):
    headers = {} if header is None else {"Authorization": header}
    answer = requests.get(sandbox.endpoint + "/gmail/v1/users/me/labels", headers=headers, timeout=10)
    error = answer.json()["error"]
    assert (answer.status_code, error["status"]) == (401, "UNAUTHENTICATED")
    assert error["errors"][0]["location"] == "Authorization"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert stub.calls == []


def test_a_token_given_for_other_things_is_403(sandbox, stub, sign_in):
    client = sign_in(sandbox, scopes=(READ,))
    assert client.get("/v4/spreadsheets/ID").status_code == 200
    answer = client.post("/v4/spreadsheets/ID:batchUpdate", json={})
    assert answer.status_code == 403
    assert answer.json()["error"]["status"] == "PERMISSION_DENIED"
    assert "errors" not in answer.json()["error"]
    answer = client.get("/gmail/v1/users/me/labels")
    error = answer.json()["error"]
    assert error["message"] == "Request had insufficient authentication scopes."
    assert error["errors"][0]["reason"] == "insufficientPermissions"
    assert error["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert len(stub.calls) == 1


@pytest.fixture
def flow(sandbox, monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    flow = InstalledAppFlow.from_client_secrets_file(
        str(sandbox.client_secret), scopes=[GMAIL_SCOPE, SHEETS_SCOPE]
    )
    yield flow
    flow.oauth2session.close()


def test_an_installed_app_signs_in_through_its_local_server(sandbox, stub, flow, monkeypatch, transport):
    class Browser:
        def open(self, url, **_):
            # A person's browser: it says yes and follows the redirect to the program.
            self.thread = threading.Thread(
                target=requests.get, args=(url + "&_auto=yes",), kwargs={"timeout": 10}
            )
            self.thread.start()

    browser = Browser()
    monkeypatch.setattr("webbrowser.get", lambda _: browser)
    credentials = flow.run_local_server(port=0, authorization_prompt_message=None)
    browser.thread.join()
    assert credentials.refresh_token
    with google.auth.transport.requests.AuthorizedSession(credentials) as session:
        assert session.get(f"{sandbox.endpoint}/gmail/v1/users/me/labels").status_code == 200
    assert stub.last.caller == sandbox.mailbox

    old = credentials.token
    credentials.refresh(transport)
    assert credentials.token != old
    assert set(credentials.granted_scopes) == {GMAIL_SCOPE, SHEETS_SCOPE}


def test_a_revoked_refresh_token_is_good_for_nothing(sandbox, transport):
    client = json.loads(sandbox.client_secret.read_text())["installed"]
    refresh = sandbox.tokens.refresh("a@b.c", frozenset([READ]))
    credentials = Credentials(
        None,
        refresh_token=refresh,
        token_uri=client["token_uri"],
        client_id=client["client_id"],
        client_secret=client["client_secret"],
    )
    credentials.refresh(transport)
    requests.post(sandbox.endpoint + "/revoke", params={"token": refresh}, timeout=10)
    with pytest.raises(RefreshError, match="invalid_grant"):
        credentials.refresh(transport)


def test_a_wrong_client_secret_is_refused(sandbox):
    client = json.loads(sandbox.client_secret.read_text())["installed"]
    form = {
        "grant_type": "refresh_token",
        "client_id": client["client_id"],
        "client_secret": "x",
        "refresh_token": "y",
    }
    answer = requests.post(sandbox.endpoint + "/token", data=form, timeout=10)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.fixture
def asked(sandbox):
    client = json.loads(sandbox.client_secret.read_text())["installed"]
    return {
        "client_id": client["client_id"],
        "redirect_uri": "http://localhost:9/back",
        "response_type": "code",
        "scope": f"{GMAIL_SCOPE} {SHEETS_SCOPE}",
        "state": "s & t",
    }


def consent(sandbox, asked):
    return requests.get(
        sandbox.endpoint + "/o/oauth2/v2/auth", params=asked, allow_redirects=False, timeout=10
    )


def trade(sandbox, answer, **changes):
    client = json.loads(sandbox.client_secret.read_text())["installed"]
    code = urllib.parse.parse_qs(urllib.parse.urlsplit(answer.headers["Location"]).query)["code"][0]
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": "http://localhost:9/back",
        "client_id": client["client_id"],
        "client_secret": client["client_secret"],
        **changes,
    }
    return requests.post(sandbox.endpoint + "/token", data=form, timeout=10)


def test_the_consent_page_names_who_asks_and_what_for(sandbox, asked):
    answer = consent(sandbox, asked)
    assert answer.status_code == 200
    assert sandbox.mailbox in answer.text
    assert "spreadsheets" in answer.text
    assert "See, edit, create, and delete all your Google Sheets spreadsheets" in answer.text
    assert "script" not in answer.headers["Content-Security-Policy"]


def test_what_is_asked_is_shown_as_text(sandbox, asked):
    answer = consent(sandbox, asked | {"scope": "<script>x</script>", "login_hint": "<b>@x"})
    assert "<script>" not in answer.text
    assert "<b>@x" not in answer.text


def test_cancel_sends_the_refusal_back(sandbox, asked):
    answer = consent(sandbox, asked | {"_auto": "no"})
    assert answer.headers["Location"] == "http://localhost:9/back?error=access_denied&state=s+%26+t"


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "other"},
        {"redirect_uri": "https://example.com/"},
        {"redirect_uri": "javascript://localhost/%0aalert(1)"},
        {"redirect_uri": "http://localhost:9/\r\nX: y"},
        {"response_type": "token"},
        {"scope": ""},
    ],
)
def test_a_wrong_question_is_not_answered_by_a_redirect(sandbox, asked, change):
    answer = consent(sandbox, asked | change | {"_auto": "yes"})
    assert answer.status_code in {400, 401}
    assert "Location" not in answer.headers


def test_a_code_is_good_for_one_exchange_and_the_same_address(sandbox, asked):
    answer = consent(sandbox, asked | {"_auto": "yes"})
    assert (
        trade(sandbox, answer, redirect_uri="http://localhost:8/").json()["error"] == "redirect_uri_mismatch"
    )
    assert trade(sandbox, answer).json()["error"] == "invalid_grant"
    again = consent(sandbox, asked | {"_auto": "yes"})
    assert trade(sandbox, again).status_code == 200
    assert trade(sandbox, again).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(("verifier", "status"), [("right-verifier", 200), ("wrong", 400), ("", 400)])
def test_a_code_challenge_is_checked(sandbox, asked, verifier, status):
    # The SHA-256 of "right-verifier", as RFC 7636 writes it.
    pkce = {"code_challenge": challenge("right-verifier"), "code_challenge_method": "S256", "_auto": "yes"}
    answer = consent(sandbox, asked | pkce)
    assert trade(sandbox, answer, code_verifier=verifier).status_code == status


def challenge(verifier):
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def test_token_info_and_user_info_tell_whose_a_token_is(sandbox):
    token = sandbox.tokens.access("a@b.c", frozenset([READ]))
    info = requests.get(sandbox.endpoint + "/tokeninfo", params={"access_token": token}, timeout=10).json()
    assert (info["email"], info["scope"]) == ("a@b.c", READ)
    headers = {"Authorization": f"Bearer {token}"}
    user = requests.get(sandbox.endpoint + "/oauth2/v3/userinfo", headers=headers, timeout=10)
    assert user.json()["email"] == "a@b.c"
    assert (
        requests.get(sandbox.endpoint + "/tokeninfo", params={"access_token": "x"}, timeout=10).status_code
        == 400
    )


def test_keys_survive_a_new_port_and_files_are_the_owners_alone(data, stub):
    with Sandbox(data, build=stub.build) as first:
        before = json.loads(first.credentials.read_text())
        token = first.tokens.access("a@b.c", frozenset([READ]))
        refresh = json.loads(first.client_secret.read_text())["installed"]
    with Sandbox(data, build=stub.build) as second:
        after = json.loads(second.credentials.read_text())
        assert after["token_uri"] == second.endpoint + "/token"
        assert after["private_key"] == before["private_key"]
        assert json.loads(second.client_secret.read_text())["installed"]["client_id"] == refresh["client_id"]
        assert second.tokens.find(token, "access").caller == "a@b.c"
        assert second.credentials.stat().st_mode & 0o777 == 0o600


def test_a_token_may_stand_in_the_query(sandbox, stub):
    where = sandbox.endpoint + "/gmail/v1/users/me/labels"
    token = sandbox.tokens.access("a@b.c", frozenset(["https://mail.google.com/"]))
    assert requests.get(where, params={"access_token": token}, timeout=10).status_code == 200
    assert requests.get(where, params={"access_token": "x"}, timeout=10).status_code == 401


def test_user_info_in_the_words_of_googles_older_api(sandbox):
    headers = {"Authorization": f"Bearer {sandbox.tokens.access('a@b.c', frozenset([READ]))}"}
    user = requests.get(sandbox.endpoint + "/oauth2/v2/userinfo", headers=headers, timeout=10).json()
    assert (user["email"], user["verified_email"], user["id"].isdecimal()) == ("a@b.c", True, True)
