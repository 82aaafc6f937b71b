"""The ways out: what a user can do when Google refuses a sign-in, a spreadsheet or a mailbox."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from sheetsdun.google.identity import DRIVE, GMAIL, SHEETS, Identity
from sheetsdun.ports import Rejected

NETWORK: Final = "Check the network and run again."
NAMES: Final = {"sheets": "Google Sheets", "gmail": "Gmail", "drive": "Google Drive"}
_SCOPES: Final = {"sheets": SHEETS, "gmail": GMAIL, "drive": DRIVE}
_LIBRARY = "https://console.cloud.google.com/apis/library/{}.googleapis.com"
_DELEGATION = "https://admin.google.com/ac/owl/domainwidedelegation"
_AGAIN = "Run `sheetsdun login` again"

_SWITCHED_OFF = frozenset({"SERVICE_DISABLED", "accessNotConfigured"})
_SCOPE_MISSING = frozenset({"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"})
_NO_MAILBOX = frozenset({"failedPrecondition", "FAILED_PRECONDITION"})


def sign_in(error: str, identity: Identity) -> str:
    """For a token that Google did not give.

    Args:
        error: google-auth's words, in which Google's code and description stand.
        identity: Who asked.
    """
    low = error.lower()
    return _key(low, identity) if identity.kind == "service_account" else _consent(low)


def access(trouble: Rejected, api: str, identity: Identity) -> str:
    """For a refusal that holds for every call of this API; "" for any other."""
    service = identity.kind == "service_account"
    if trouble.code == HTTPStatus.UNAUTHORIZED:
        return "Make a new key for the service account." if service else f"{_AGAIN}."
    if trouble.reason in _SWITCHED_OFF:
        return f"Switch the API on at {_LIBRARY.format(api)} in the project of the credentials, wait a minute, run again."
    if trouble.reason in _SCOPE_MISSING or "insufficient authentication" in trouble.message.lower():
        return (
            _delegation(identity)
            if service
            else f"{_AGAIN} and leave every box ticked; {_SCOPES[api]} is needed."
        )
    if api == "gmail" and trouble.reason in _NO_MAILBOX:
        lacking = (
            f"A service account has no mailbox of its own: set mailbox in [google]. {_delegation(identity)}"
        )
        return lacking if service else "Gmail is switched off for this account."
    return ""


def reading(trouble: Rejected, api: str, identity: Identity) -> str:
    """For a refusal of one spreadsheet, mailbox or range; "" where Google's words must do."""
    if way_out := access(trouble, api, identity):
        return way_out
    if api == "sheets":
        return _spreadsheet(trouble, identity)
    if api == "gmail" and "delegation denied" in trouble.message.lower():
        return f"The credentials are another account's: check mailbox in [google] ({identity.mailbox})."
    return ""


def _spreadsheet(trouble: Rejected, identity: Identity) -> str:
    low = trouble.message.lower()
    if trouble.code == HTTPStatus.FORBIDDEN:
        return (
            f"Share the spreadsheet with {identity.email or identity.mailbox or 'this account'} as an editor."
        )
    if trouble.code == HTTPStatus.NOT_FOUND:
        return "There is no spreadsheet with this id: check id (or url) in [sheet]."
    if "parse range" in low or "exceeds grid limits" in low:
        return "A tab was renamed, deleted or made smaller while it was read: run again."
    if "not supported for this document" in low:
        return "It is an Excel file: open it in Google Sheets, choose File, Save as Google Sheets, and use the new one."
    return ""


def _key(low: str, identity: Identity) -> str:
    """For a service account, by the words of Google's token server."""
    if "unauthorized_client" in low or "access_denied" in low or "scope" in low:
        return _delegation(identity)
    if "invalid email or user id" in low:
        return f"{identity.mailbox} is no account of this Workspace: check mailbox in [google]."
    if "short-lived" in low or "reasonable timeframe" in low:
        return "The clock of this machine is wrong: set it, and run again."
    if "invalid_grant" in low or "invalid_client" in low:
        return f"The key of {identity.email} was deleted or is not its own: make a new one and save it as the credentials."
    return NETWORK


def _consent(low: str) -> str:
    """For a person, by the words of Google's token server."""
    if "scope" in low:
        return f"{_AGAIN} and leave every box ticked."
    if "client" in low:  # invalid_client, unauthorized_client, deleted_client
        return "The OAuth client was deleted or changed: download it again from Google's console, and run `sheetsdun login`."
    if "invalid_grant" in low or "refresh" in low:
        return (
            f"The consent has run out or was taken back (of an app in testing it lasts seven days). {_AGAIN}."
        )
    return NETWORK


def _delegation(identity: Identity) -> str:
    return (
        f"Give the service account (client id {identity.client_id or 'in its key file'}) domain-wide delegation for "
        f"{GMAIL} at {_DELEGATION}; it may take some minutes until it counts."
    )
