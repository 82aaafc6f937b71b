"""What was granted to whom: access tokens, refresh tokens and authorization codes, in SQLite.

They expire by the machine's clock, not by the sandbox's: clients reckon with the machine's.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from sheetsdun.sandbox.store import Store

LIFETIME = 3600  # seconds, as Google's
_CODE_LIFETIME = 600

_TABLE = """
CREATE TABLE IF NOT EXISTS oauth_grants (
    token TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    caller TEXT NOT NULL,
    scopes TEXT NOT NULL,
    expires REAL NOT NULL,
    redirect_uri TEXT NOT NULL DEFAULT '',
    challenge TEXT NOT NULL DEFAULT '',
    challenge_method TEXT NOT NULL DEFAULT ''
)
"""


@dataclass(frozen=True, slots=True)
class Grant:
    """Who may do what.

    Attributes:
        caller: The account's e-mail address.
        scopes: The scopes.
        expires: Seconds since the epoch, by the machine's clock.
        redirect_uri: For an authorization code: where it was sent.
        challenge: For an authorization code: its PKCE challenge, or "".
        challenge_method: ``S256``, ``plain`` or "".
    """

    caller: str
    scopes: frozenset[str]
    expires: float = 0.0
    redirect_uri: str = ""
    challenge: str = ""
    challenge_method: str = ""


class Tokens:
    """The grants of one sandbox. They outlive a restart, and a reset too."""

    def __init__(self, store: Store) -> None:
        self._store = store
        with store.transaction() as db:
            db.execute(_TABLE)
            db.execute("DELETE FROM oauth_grants WHERE expires < ?", (time.time(),))

    def access(self, caller: str, scopes: frozenset[str]) -> str:
        """A new access token, good for an hour."""
        token = f"ya29.{secrets.token_urlsafe(40)}"
        return self._keep(token, "access", Grant(caller, scopes, time.time() + LIFETIME))

    def refresh(self, caller: str, scopes: frozenset[str]) -> str:
        """A new refresh token, good until it is revoked."""
        return self._keep(f"1//{secrets.token_urlsafe(40)}", "refresh", Grant(caller, scopes, float("inf")))

    def code(self, grant: Grant) -> str:
        """A new authorization code, good for ten minutes and one exchange; ``expires`` is set here."""
        lasting = Grant(
            grant.caller,
            grant.scopes,
            time.time() + _CODE_LIFETIME,
            grant.redirect_uri,
            grant.challenge,
            grant.challenge_method,
        )
        return self._keep(f"4/{secrets.token_urlsafe(30)}", "code", lasting)

    def find(self, token: str, kind: str) -> Grant | None:
        """What a living token of that kind grants."""
        with self._store.transaction() as db:
            query = "SELECT * FROM oauth_grants WHERE token = ? AND kind = ? AND expires > ?"
            row = db.execute(query, (token, kind, time.time())).fetchone()
        if row is None:
            return None
        return Grant(
            caller=row["caller"],
            scopes=frozenset(row["scopes"].split()),
            expires=row["expires"],
            redirect_uri=row["redirect_uri"],
            challenge=row["challenge"],
            challenge_method=row["challenge_method"],
        )

    def revoke(self, token: str) -> None:
        """Forget a token."""
        with self._store.transaction() as db:
            db.execute("DELETE FROM oauth_grants WHERE token = ?", (token,))

    def expire(self) -> None:
        """Let every access token end now, so that a test sees a client ask for a new one."""
        with self._store.transaction() as db:
            db.execute("DELETE FROM oauth_grants WHERE kind = 'access'")

    def _keep(self, token: str, kind: str, grant: Grant) -> str:
        values = (
            token,
            kind,
            grant.caller,
            " ".join(sorted(grant.scopes)),
            grant.expires,
            grant.redirect_uri,
            grant.challenge,
            grant.challenge_method,
        )
        with self._store.transaction() as db:
            db.execute("INSERT INTO oauth_grants VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        return token
