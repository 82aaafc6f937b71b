"""The consent of a person for their own account, once: in the browser, or by an address that they open elsewhere."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from google.auth.exceptions import GoogleAuthError
from google_auth_oauthlib.flow import InstalledAppFlow, WSGITimeoutError
from oauthlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]  # it ships no types

from sheetsdun.errors import Unreachable, UsageError
from sheetsdun.google import auth, remedies, token_file
from sheetsdun.google.gmail import GmailMailbox
from sheetsdun.google.identity import DRIVE, Identity
from sheetsdun.google.pace import Quotas
from sheetsdun.google.transport import Transport

_PATIENCE = 600
_DONE = "sheetsdun has the consent. You may close this window."
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_INSECURE = "OAUTHLIB_INSECURE_TRANSPORT"


@dataclass(frozen=True, slots=True)
class Account:
    """Who has consented.

    Attributes:
        address: Of the account, as Gmail tells it.
        scopes: What was consented to.
        file: Where the consent is kept.
    """

    address: str
    scopes: tuple[str, ...]
    file: Path


def login(
    source: str | Path,
    *,
    mailbox: str,
    tokens: Path | None = None,
    gmail_endpoint: str = "",
    drive: bool = False,
    paste: Callable[[str], str] | None = None,
    browser: bool = True,
    prompt: str = "Please open this address: {url}",
) -> Account:
    """Ask for consent, and save it.

    Args:
        source: The OAuth client, as ``auth.parse`` takes it.
        mailbox: Whose consent is expected.
        tokens: Folder to save in; the user's config folder if left out.
        drive: Ask to read Drive, too, where letters take attachments from.
        gmail_endpoint: Another server than Gmail, which is asked whose account it is.
        paste: For a machine without a browser: is given the address to open, and answers with the address at which
            the person's browser ended up (it shows an error page there, and that is right). Otherwise this machine
            waits for the browser itself.
        browser: Open the browser; else the address is only printed.
        prompt: What is printed, with ``{url}`` in it.

    Raises:
        UsageError: These credentials need no login, or consent was not given, or not to all that is needed.
        errors.Unreachable: Google cannot be had.
    """
    info = auth.parse(source)
    if not auth.needs_login(info):
        raise UsageError(
            f"Credentials of type {info['type']} need no login.", "Run `sheetsdun doctor` to try them."
        )
    client = auth.oauth_client(info)
    flow = InstalledAppFlow.from_client_config(info, scopes=[*auth.SCOPES, *([DRIVE] if drive else [])])
    with _plain_http(client["token_uri"]), _understood():
        if paste:
            _by_hand(flow, paste, mailbox)
        else:
            flow.run_local_server(
                host="localhost",
                port=0,
                open_browser=browser,
                authorization_prompt_message=prompt,
                success_message=_DONE,
                timeout_seconds=_PATIENCE,
                access_type="offline",
                prompt="consent",  # without it Google gives no refresh token the second time
                login_hint=mailbox or None,
            )
        granted = flow.credentials
    return _kept(granted, client["client_id"], mailbox, tokens or token_file.directory(), gmail_endpoint)


def _kept(granted: Any, client_id: str, mailbox: str, folder: Path, gmail_endpoint: str) -> Account:
    if not granted.refresh_token:
        raise UsageError(
            "Google gave a consent that ends in an hour.",
            "Take it back at myaccount.google.com, and log in again.",
        )
    identity = Identity("oauth_client", "", client_id, mailbox)
    transport = Transport("gmail", granted, identity)
    try:
        address = GmailMailbox(transport, Quotas.of_google(), gmail_endpoint).profile().address
    finally:
        transport.close()
    file = token_file.path(folder, client_id, mailbox)
    try:
        token_file.save(granted.with_account(address), file)
    except OSError as error:
        raise UsageError(
            f"{file} cannot be written ({error.strerror}).", "Make the folder writable for you."
        ) from error
    return Account(address, tuple(granted.granted_scopes or granted.scopes or ()), file)


def _by_hand(flow: InstalledAppFlow, paste: Callable[[str], str], mailbox: str) -> None:
    flow.redirect_uri = "http://localhost:1/"
    address, state = flow.authorization_url(
        access_type="offline", prompt="consent", login_hint=mailbox or None
    )
    answer = parse_qs(urlsplit(paste(address).strip()).query)
    if "error" in answer:
        raise UsageError(f"Consent was not given ({answer['error'][0]}).", "Run `sheetsdun login` again.")
    if "code" not in answer or answer.get("state") != [state]:
        raise UsageError(
            "This is not the address of this login.", "Copy the whole address from the browser's address bar."
        )
    flow.fetch_token(code=answer["code"][0])


@contextlib.contextmanager
def _understood() -> Iterator[None]:
    """Give every way in which a consent can fail its words."""
    again = "Run `sheetsdun login` again."
    try:
        yield
    except WSGITimeoutError:
        raise UsageError("Nobody consented within ten minutes.", again) from None
    except OAuth2Error as error:
        raise UsageError(
            f"Consent was not given ({error.error}: {error.description or 'no more was said'}).", again
        ) from None
    except Warning:  # oauthlib raises one where fewer scopes were granted than asked for
        raise UsageError(
            "Not everything was consented to.", f"{again[:-1]} and leave every box ticked."
        ) from None
    except (requests.RequestException, GoogleAuthError) as error:
        raise Unreachable(f"Google did not answer ({type(error).__name__}).", remedies.NETWORK) from error


@contextlib.contextmanager
def _plain_http(token_uri: str) -> Iterator[None]:
    """Let oauthlib talk plain HTTP to a token server on this machine, and to no other."""
    if urlsplit(token_uri).hostname not in _LOOPBACK:
        yield
        return
    before = os.environ.get(_INSECURE)
    os.environ[_INSECURE] = "1"
    try:
        yield
    finally:
        os.environ.pop(_INSECURE)
        if before is not None:
            os.environ[_INSECURE] = before
