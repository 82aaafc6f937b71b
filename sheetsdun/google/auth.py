"""Credentials as Google hands them out → what signs our requests.

Three kinds: a *service account* (a machine's own account; Gmail by domain-wide delegation), an *OAuth client* (a person
consents once, with ``sheetsdun login``), and *authorized_user* (the outcome of such a consent, as one file).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.auth.credentials import Credentials
from google.oauth2 import service_account

from sheetsdun.errors import UsageError
from sheetsdun.google import token_file
from sheetsdun.google.identity import DRIVE, GMAIL, SHEETS, Identity, Kind

_KINDS = "a service account key, an OAuth client or an authorized_user file, as Google hands them out"


SCOPES = (SHEETS, GMAIL)
"""What a person is asked to consent to; and ``DRIVE`` where letters take attachments from there."""


@dataclass(frozen=True, slots=True)
class Access:
    """Credentials for each API, and whose they are. Their ``repr`` shows no secret."""

    identity: Identity
    sheets: Credentials
    gmail: Credentials
    drive: Credentials

    def __repr__(self) -> str:
        """Whose it is, without tokens and keys."""
        return f"Access({self.identity!r})"


def parse(source: str | Path) -> dict[str, Any]:
    """Read the credentials' JSON.

    Args:
        source: A path, or the text itself (which begins with a brace).

    Raises:
        UsageError: Missing, unreadable, or no such JSON; the text itself is never shown.
    """
    if isinstance(source, str) and source.lstrip().startswith("{"):
        name, text = "The credentials in the environment", source
    else:
        file = Path(source).expanduser()
        name = str(file)
        try:
            text = file.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            raise UsageError(
                f"There is no {name}.", f"Save {_KINDS}, there, or change credentials in [google]."
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "it is no text"
            raise UsageError(
                f"{name} cannot be read ({why}).", "Check the file and its permissions."
            ) from None
    try:
        info = json.loads(text)
    except json.JSONDecodeError as error:
        # The error's own words and text stay out: they may quote a key.
        raise UsageError(f"{name}: no JSON at line {error.lineno}.", f"It should be {_KINDS}.") from None
    if not isinstance(info, dict):
        raise UsageError(f"{name} is not what was expected.", f"It should be {_KINDS}.")
    return info


def access(source: str | Path, *, mailbox: str, tokens: Path | None = None) -> Access:
    """Make credentials for every API. Nothing is asked of Google yet.

    Args:
        source: As ``parse`` takes it.
        mailbox: Whose Gmail.
        tokens: Folder of saved consents; the user's config folder if left out.

    Raises:
        UsageError: The credentials cannot be used, and why.
    """
    info = parse(source)
    if info.get("type") == "service_account":
        return _service(info, mailbox)
    if info.get("type") == "authorized_user":
        try:
            person = token_file.user(info)
        except (ValueError, TypeError) as error:
            raise UsageError(
                f"The authorized_user credentials cannot be used: {error}.", "Make them anew."
            ) from None
        return _person(person, "authorized_user", mailbox)
    client = oauth_client(info)
    file = token_file.path(tokens or token_file.directory(), client["client_id"], mailbox)
    return _person(token_file.load(file), "oauth_client", mailbox)


def oauth_client(info: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of an OAuth client, of either form.

    Raises:
        UsageError: It is none.
    """
    client = info.get("installed") or info.get("web")
    if not isinstance(client, dict):
        kind = f"its type is {info['type']!r}" if isinstance(info.get("type"), str) else "it has no type"
        raise UsageError(
            f"These are no credentials that sheetsdun knows ({kind}).", f"They should be {_KINDS}."
        )
    missing = [
        name for name in ("client_id", "client_secret", "auth_uri", "token_uri") if not client.get(name)
    ]
    if missing:
        raise UsageError(
            f"The OAuth client has no {', '.join(missing)}.", "Download it again from Google's console."
        )
    return client


def needs_login(info: Mapping[str, Any]) -> bool:
    """Whether these are credentials with which a person must sign in once, and no account's own."""
    return info.get("type") not in {"service_account", "authorized_user"}


def _service(info: Mapping[str, Any], mailbox: str) -> Access:
    try:
        base = service_account.Credentials.from_service_account_info(info)  # type: ignore[no-untyped-call]  # google-auth types in part
    except (ValueError, TypeError, KeyError) as error:
        missing = [name for name in ("client_email", "token_uri", "private_key") if not info.get(name)]
        why = f"it has no {', '.join(missing)}" if missing else "its private key cannot be read"
        raise UsageError(
            f"The service account key cannot be used: {why}.", "Make a new key and save it whole."
        ) from error
    identity = Identity(
        "service_account", base.service_account_email, str(info.get("client_id", "")), mailbox
    )
    # Sheet and files are shared with the account itself; a mailbox it has none, and is given one by delegation.
    gmail = base.with_scopes([GMAIL])
    return Access(
        identity=identity,
        sheets=base.with_scopes([SHEETS]),
        gmail=gmail.with_subject(mailbox) if mailbox else gmail,
        drive=base.with_scopes([DRIVE]),
    )


def _person(person: token_file.SavedCredentials, kind: Kind, mailbox: str) -> Access:
    identity = Identity(kind, str(person.account or ""), str(person.client_id), mailbox)
    return Access(identity, person, person, person)
