"""The token endpoint: service accounts (signed JWT), the installed-app flow, refreshing; and who a token is of."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import time
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from sheetsdun.sandbox.exchange import Request, Response, json_response
from sheetsdun.sandbox.keys import SERVICE_ACCOUNT, Keys
from sheetsdun.sandbox.tokens import LIFETIME, Tokens

JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
GOOGLE_AUDIENCE = "https://oauth2.googleapis.com/token"  # google-auth signs for it whatever token_uri says
_SKEW = 300  # seconds that a client's clock may differ
_NO_STORE = {
    "Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
    "Pragma": "no-cache",
    # For a batch, google-api-python-client opens a connection for this alone, and forgets to close it.
    "Connection": "close",
}


class Refused(Exception):
    """An OAuth error response: its code and a sentence."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error, description)
        self.error = error
        self.description = description
        self.status = status


class OAuth:
    """The endpoints ``/token``, ``/revoke``, ``/tokeninfo`` and ``/userinfo``.

    Args:
        tokens: Where grants are kept.
        keys: The clients that are known.
        endpoint: The sandbox's own address, the audience of a JWT.
    """

    def __init__(self, tokens: Tokens, keys: Keys, endpoint: str) -> None:
        self._tokens = tokens
        self._keys = keys
        self._audiences = {f"{endpoint}/token", GOOGLE_AUDIENCE, "https://www.googleapis.com/oauth2/v4/token"}
        self._grants: Mapping[str, Callable[[Mapping[str, str]], dict[str, Any]]] = {
            JWT_GRANT: self._assertion,
            "refresh_token": self._refresh,
            "authorization_code": self._code,
        }

    def token(self, request: Request) -> Response:
        """``POST /token``."""
        form = _form(request)
        try:
            grant = self._grants.get(form.get("grant_type", ""), _unsupported)
            return json_response(200, grant(form), _NO_STORE)
        except Refused as refused:
            content = {"error": refused.error, "error_description": refused.description}
            return json_response(refused.status, content, _NO_STORE)

    def revoke(self, request: Request) -> Response:
        """``POST /revoke``."""
        self._tokens.revoke(_form(request).get("token", ""))
        return json_response(200, {})

    def token_info(self, request: Request) -> Response:
        """``/tokeninfo``: whose an access token is, and for what."""
        token = _form(request).get("access_token", "")
        grant = self._tokens.find(token, "access")
        if grant is None:
            return json_response(400, {"error": "invalid_token", "error_description": "Invalid Value"})
        return json_response(
            200,
            {
                "aud": self._keys.client_id,
                "azp": self._keys.client_id,
                "scope": " ".join(sorted(grant.scopes)),
                "exp": str(int(grant.expires)),
                "expires_in": str(int(grant.expires - time.time())),
                "email": grant.caller,
                "email_verified": "true",
                "access_type": "offline",
            },
        )

    def user_info(self, request: Request) -> Response:
        """``/oauth2/v3/userinfo``: the account behind a token, in OpenID Connect's words."""
        return self._user(request, "sub", "email_verified")

    def user_info_v2(self, request: Request) -> Response:
        """``/oauth2/v2/userinfo``: the same in the words of Google's own API."""
        return self._user(request, "id", "verified_email")

    def _user(self, request: Request, subject: str, verified: str) -> Response:
        token = request.header("authorization").removeprefix("Bearer ")
        grant = self._tokens.find(token or _form(request).get("access_token", ""), "access")
        if grant is None:
            return json_response(
                401, {"error": "invalid_request", "error_description": "Invalid Credentials"}
            )
        number = int.from_bytes(hashlib.sha256(grant.caller.encode()).digest()[:8], "big")
        return json_response(200, {subject: str(number), "email": grant.caller, verified: True})

    def _assertion(self, form: Mapping[str, str]) -> dict[str, Any]:
        claims = self._claims(form.get("assertion", ""))
        scopes = frozenset(str(claims.get("scope", "")).split())
        if not scopes:
            raise Refused("invalid_scope", "Empty or missing scope not allowed.")
        subject = str(claims.get("sub") or SERVICE_ACCOUNT)
        if "@" not in subject:
            raise Refused("invalid_grant", "Invalid email or User ID")
        return _granted(self._tokens.access(subject, scopes))

    def _claims(self, assertion: str) -> dict[str, Any]:
        """The claims of a JWT, after its signature and its times were checked."""
        try:
            signed, _, signature = assertion.rpartition(".")
            header, claims = (json.loads(_decoded(part)) for part in signed.split("."))
            self._keys.public_key.verify(
                _decoded(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256()
            )
        except InvalidSignature as error:
            raise Refused("invalid_grant", "Invalid JWT Signature.") from error
        except (ValueError, binascii.Error) as error:
            raise Refused("invalid_request", "Bad Request: the assertion is no JWT") from error
        if not isinstance(claims, dict) or not isinstance(header, dict) or header.get("alg") != "RS256":
            raise Refused("invalid_grant", "Invalid JWT: it must be signed with RS256.")
        if claims.get("iss") != SERVICE_ACCOUNT:
            raise Refused("invalid_grant", "Invalid grant: account not found")
        if claims.get("aud") not in self._audiences:
            raise Refused(
                "invalid_grant", "Invalid JWT: Failed audience check. The right audience is the token_uri"
            )
        now, issued, expires = time.time(), claims.get("iat"), claims.get("exp")
        if not isinstance(issued, int | float) or not isinstance(expires, int | float):
            raise Refused("invalid_grant", "Invalid JWT: iat and exp must be numbers.")
        if not now - _SKEW < expires <= issued + LIFETIME + _SKEW or issued > now + _SKEW:
            sentence = (
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
                "Check your iat and exp values in the JWT claim."
            )
            raise Refused("invalid_grant", sentence)
        return claims

    def _refresh(self, form: Mapping[str, str]) -> dict[str, Any]:
        self._check_client(form)
        grant = self._tokens.find(form.get("refresh_token", ""), "refresh")
        if grant is None:
            raise Refused("invalid_grant", "Token has been expired or revoked.")
        scopes = frozenset(form.get("scope", "").split()) or grant.scopes
        if not scopes <= grant.scopes:
            raise Refused("invalid_scope", "Some requested scopes were not granted.")
        return _granted(self._tokens.access(grant.caller, scopes), scope=" ".join(sorted(scopes)))

    def _code(self, form: Mapping[str, str]) -> dict[str, Any]:
        self._check_client(form)
        code = form.get("code", "")
        grant = self._tokens.find(code, "code")
        self._tokens.revoke(code)
        if grant is None:
            raise Refused("invalid_grant", "Malformed auth code.")
        if form.get("redirect_uri", "") != grant.redirect_uri:
            raise Refused("redirect_uri_mismatch", "Bad Request")
        if not _verified(form.get("code_verifier", ""), grant.challenge, grant.challenge_method):
            raise Refused("invalid_grant", "Invalid code verifier.")
        return _granted(
            self._tokens.access(grant.caller, grant.scopes),
            refresh_token=self._tokens.refresh(grant.caller, grant.scopes),
            scope=" ".join(sorted(grant.scopes)),
        )

    def _check_client(self, form: Mapping[str, str]) -> None:
        if (form.get("client_id"), form.get("client_secret")) != (self._keys.client_id, self._keys.secret):
            raise Refused("invalid_client", "The OAuth client was not found.", 401)


def _unsupported(form: Mapping[str, str]) -> dict[str, Any]:
    raise Refused("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")


def _granted(access_token: str, **more: str) -> dict[str, Any]:
    return {"access_token": access_token, "expires_in": LIFETIME - 1, "token_type": "Bearer", **more}


def _verified(verifier: str, challenge: str, method: str) -> bool:
    """PKCE, RFC 7636: checked when the request for the code came with a challenge."""
    if not challenge:
        return True
    if method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge
    return verifier == challenge


def _form(request: Request) -> dict[str, str]:
    """Parameters from the query, the form in the body, and a client's HTTP Basic credentials."""
    form = {name: values[-1] for name, values in request.parameters().items()}
    form |= dict(urllib.parse.parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))
    scheme, _, basic = request.header("authorization").partition(" ")
    if scheme.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(basic).decode().partition(":")
        except ValueError:
            return form
        form |= {"client_id": urllib.parse.unquote(name), "client_secret": urllib.parse.unquote(secret)}
    return form


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
