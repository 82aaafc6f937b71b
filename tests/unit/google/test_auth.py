"""Credentials of every kind, and a clear word for each that cannot be used."""

from __future__ import annotations

import json
import stat

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sheetsdun.errors import UsageError
from sheetsdun.google import auth, token_file
from sheetsdun.google.identity import GMAIL, SHEETS

PERSON = {"type": "authorized_user", "client_id": "c", "client_secret": "s3cret", "refresh_token": "r3fresh"}
CLIENT = {
    "client_id": "c",
    "client_secret": "s3cret",
    "auth_uri": "https://a/auth",
    "token_uri": "https://a/token",
}


@pytest.fixture(scope="module")
def key():
    made = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "type": "service_account",
        "client_email": "bot@project.iam.gserviceaccount.com",
        "client_id": "12345",
        "private_key": made.decode(),
        "private_key_id": "1",
        "token_uri": "https://oauth2.googleapis.com/token",
    }


def test_a_service_account_reads_the_sheet_itself_and_gmail_for_the_mailbox(key, tmp_path):
    file = tmp_path / "credentials.json"
    file.write_text(json.dumps(key))
    access = auth.access(file, mailbox="ar@example.com")
    assert access.sheets.scopes == [SHEETS]
    assert access.gmail.scopes == [GMAIL]
    assert access.sheets._subject is None
    assert access.gmail._subject == "ar@example.com"
    assert access.identity.email == "bot@project.iam.gserviceaccount.com"
    assert access.identity.client_id == "12345"


def test_only_an_oauth_client_needs_a_login(key):
    assert not auth.needs_login(key)
    assert not auth.needs_login(PERSON)
    assert auth.needs_login({"installed": {}})


def test_an_authorized_user_may_come_as_text(tmp_path):
    access = auth.access(
        "\n " + json.dumps({**PERSON, "token_uri": "http://127.0.0.1:1/token"}), mailbox="jo@x.org"
    )
    assert access.sheets is access.gmail
    assert access.sheets.token_uri == "http://127.0.0.1:1/token"
    assert not access.sheets.valid


def test_an_oauth_client_needs_a_login_first(tmp_path):
    with pytest.raises(UsageError, match="sheetsdun login"):
        auth.access(json.dumps({"installed": CLIENT}), mailbox="jo@x.org", tokens=tmp_path)


def test_a_saved_consent_is_found_again_and_belongs_to_its_owner_alone(tmp_path):
    folder = tmp_path / "config" / "sheetsdun"
    file = token_file.path(folder, "c", "jo@x.org")
    token_file.save(token_file.user({**PERSON, "account": "jo@x.org"}), file)
    access = auth.access(json.dumps({"web": CLIENT}), mailbox="Jo@x.org", tokens=folder)
    assert access.identity.email == "jo@x.org"
    assert access.sheets.refresh_token == "r3fresh"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == [file.name]


def test_another_mailbox_has_another_consent(tmp_path):
    assert token_file.path(tmp_path, "c", "jo@x.org") != token_file.path(tmp_path, "c", "al@x.org")
    assert token_file.path(tmp_path, "c", "jo@x.org") != token_file.path(tmp_path, "d", "jo@x.org")


def test_a_renewed_token_is_saved_and_a_folder_that_cannot_be_written_to_does_no_harm(tmp_path, monkeypatch):
    monkeypatch.setattr(token_file.Credentials, "refresh", lambda self, _: setattr(self, "token", "new"))
    file = tmp_path / "token.json"
    token_file.save(token_file.user(PERSON), file)
    loaded = token_file.load(file)
    loaded.refresh(None)
    assert json.loads(file.read_text())["token"] == "new"
    loaded.file = tmp_path / "token.json" / "below-a-file" / "token.json"
    loaded.refresh(None)


@pytest.mark.parametrize("home", ["", "relative", "/absolute"])
def test_tokens_are_kept_where_xdg_says(home):
    folder = token_file.directory({"XDG_CONFIG_HOME": home})
    assert folder.name == "sheetsdun"
    assert (str(folder) == "/absolute/sheetsdun") == (home == "/absolute")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"type": "service_account"', "no JSON at line 1"),
        ('{"type": "service_account"}', "client_email, token_uri, private_key"),
        (
            '{"type": "service_account", "client_email": "a", "token_uri": "b", "private_key": "s3cret"}',
            "private key cannot",
        ),
        ('{"type": "authorized_user", "client_id": "c"}', "client_secret, refresh_token"),
        ('{"type": "external_account"}', "its type is 'external_account'"),
        ("{}", "it has no type"),
        ('{"installed": {"client_id": "c"}}', "client_secret, auth_uri, token_uri"),
        ('{"web": []}', "no type"),
    ],
)
def test_what_cannot_be_used_is_told_without_its_secrets(text, word, tmp_path):
    with pytest.raises(UsageError) as error:
        auth.access(text, mailbox="jo@x.org", tokens=tmp_path)
    assert word in str(error.value)
    assert error.value.way_out
    assert "s3cret" not in str(error.value)
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("content", "word"), [(None, "There is no"), (b"\xff\xfe", "it is no text"), (b"[]", "not what was")]
)
def test_a_file_that_cannot_be_read_is_told_by_its_name(tmp_path, content, word):
    file = tmp_path / "credentials.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError) as error:
        auth.access(str(file), mailbox="")
    assert word in str(error.value)
    assert str(file) in str(error.value)


def test_a_folder_in_place_of_the_file_is_told(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        auth.access(tmp_path, mailbox="")


def test_no_secret_stands_in_the_repr():
    assert "r3fresh" not in repr(auth.access(json.dumps(PERSON), mailbox="jo@x.org"))


def test_a_byte_order_mark_is_no_matter(tmp_path):
    file = tmp_path / "credentials.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(PERSON).encode())
    assert auth.access(file, mailbox="").identity.kind == "authorized_user"
