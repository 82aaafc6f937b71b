"""The consent page of the installed-app flow: which program, which account, which scopes; Allow or Cancel.

A script says yes without a browser by asking for the same address with ``&_auto=yes`` and following the redirect
(or reading ``code`` from its ``Location``); ``&_auto=no`` cancels. The account is the sandbox's mailbox, or the one
that ``login_hint`` names.
"""

from __future__ import annotations

import html
import urllib.parse
from collections.abc import Mapping

from sheetsdun.sandbox.exchange import Request, Response
from sheetsdun.sandbox.keys import Keys
from sheetsdun.sandbox.tokens import Grant, Tokens

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
_PREFIX = "https://www.googleapis.com/auth/"

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --dim: #5b6675; --paper: #fff; --ground: #eef1f5; --line: #d9dfe7;
        --go: #1f5f4a; --go-ink: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9edf2; --dim: #9aa6b5; --paper: #1b212a; --ground: #12161c; --line: #323c49; --go: #7fd1b0;
          --go-ink: #0d241b; } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground);
       color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { width: 100%; max-width: 27rem; padding: 2rem; background: var(--paper); border: 1px solid var(--line);
       border-radius: 14px }
small { color: var(--dim) } h1 { margin: .3rem 0 1.2rem; font-size: 1.35rem; line-height: 1.3; font-weight: 650 }
.account { display: flex; gap: .7rem; align-items: center; padding: .6rem .8rem; border: 1px solid var(--line);
           border-radius: 10px; overflow-wrap: anywhere }
.account b { flex: none; width: 2rem; height: 2rem; display: grid; place-items: center; border-radius: 50%;
             background: var(--go); color: var(--go-ink) }
ul { padding-left: 1.2rem; overflow-wrap: anywhere } li { margin: .45rem 0 } code { font-size: .85em; color: var(--dim) }
nav { display: flex; gap: .7rem; justify-content: flex-end; margin-top: 1.6rem }
a { padding: .6rem 1.3rem; border-radius: 9px; border: 1px solid var(--line); color: inherit; text-decoration: none;
    font-weight: 600 } a.allow { background: var(--go); color: var(--go-ink); border-color: var(--go) }
a:focus-visible { outline: 3px solid #6aa9ff; outline-offset: 2px }
"""


class Consent:
    """The page at ``/o/oauth2/auth``.

    Args:
        tokens: Where the code is kept.
        keys: The client that is known.
        mailbox: The account that consents, unless ``login_hint`` names another.
        descriptions: What each scope allows, in Google's words.
    """

    def __init__(self, tokens: Tokens, keys: Keys, mailbox: str, descriptions: Mapping[str, str]) -> None:
        self._tokens = tokens
        self._keys = keys
        self._mailbox = mailbox
        self._descriptions = descriptions

    def answer(self, request: Request) -> Response:
        """The page, or the redirect once somebody has decided."""
        asked = {name: values[-1] for name, values in request.parameters().items()}
        if (refused := self._refused(asked)) is not None:
            return refused
        decision = asked.get("_auto")
        if decision == "yes":
            return self._allowed(asked)
        if decision == "no":
            return _sent_back(asked, {"error": "access_denied"})
        return self._question(asked)

    def _refused(self, asked: Mapping[str, str]) -> Response | None:
        redirect = asked.get("redirect_uri", "")
        if asked.get("client_id") != self._keys.client_id:
            return _page("Error 401: invalid_client", "<p>The OAuth client was not found.", 401)
        if redirect != _OUT_OF_BAND and not _on_loopback(redirect):
            return _page(
                "Error 400: redirect_uri_mismatch", "<p>An installed app is sent back to loopback.", 400
            )
        if asked.get("response_type") != "code":
            return _page("Error 400: invalid_request", "<p>Invalid response_type.", 400)
        if not asked.get("scope", "").split():
            return _page("Error 400: invalid_request", "<p>Missing required parameter: scope", 400)
        return None

    def _allowed(self, asked: Mapping[str, str]) -> Response:
        grant = Grant(
            caller=self._account(asked),
            scopes=frozenset(asked["scope"].split()),
            redirect_uri=asked["redirect_uri"],
            challenge=asked.get("code_challenge", ""),
            challenge_method=asked.get("code_challenge_method", "plain"),
        )
        code = self._tokens.code(grant)
        if asked["redirect_uri"] == _OUT_OF_BAND:
            return _page(
                "Copy this code", f"<p>Paste it into the program:<p><code>{html.escape(code)}</code>"
            )
        return _sent_back(asked, {"code": code, "scope": asked["scope"]})

    def _question(self, asked: Mapping[str, str]) -> Response:
        account = html.escape(self._account(asked))
        scopes = "".join(
            f"<li>{html.escape(self._descriptions.get(scope, scope))}<br>"
            f"<code>{html.escape(scope.removeprefix(_PREFIX))}</code>"
            for scope in asked["scope"].split()
        )
        links = {
            word: html.escape("?" + urllib.parse.urlencode({**asked, "_auto": word}))
            for word in ("yes", "no")
        }
        client = html.escape(self._keys.client_id.partition(".")[0])
        return _page(
            "A program asks for access",
            f"<div class=account><b aria-hidden=true>{account[:1].upper()}</b><span dir=auto>{account}</span></div>"
            f"<p>OAuth client <code>{client}</code> wants to:<ul>{scopes}</ul>"
            f'<nav><a id=cancel href="{links["no"]}">Cancel</a>'
            f'<a id=allow class=allow href="{links["yes"]}">Allow</a></nav>',
        )

    def _account(self, asked: Mapping[str, str]) -> str:
        hint = asked.get("login_hint", "")
        return hint if "@" in hint else self._mailbox


def _on_loopback(redirect: str) -> bool:
    if not redirect.isprintable():
        return False
    try:
        parts = urllib.parse.urlsplit(redirect)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.hostname in _LOOPBACK


def _sent_back(asked: Mapping[str, str], answer: Mapping[str, str]) -> Response:
    redirect = asked["redirect_uri"]
    more = dict(answer) | ({"state": asked["state"]} if "state" in asked else {})
    joint = "&" if urllib.parse.urlsplit(redirect).query else "?"
    return Response(302, b"", {"Location": redirect + joint + urllib.parse.urlencode(more), **_safe()})


def _page(title: str, content: str, status: int = 200) -> Response:
    page = (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} – sandbox</title><style>{_STYLE}</style>"
        f"<main><small>Sandbox sign-in: nothing here is real</small><h1>{title}</h1>{content}</main></html>"
    )
    return Response(status, page.encode(), {"Content-Type": "text/html; charset=UTF-8", **_safe()})


def _safe() -> dict[str, str]:
    return {
        "Content-Security-Policy": _POLICY,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
