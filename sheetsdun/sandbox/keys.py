"""The two credential files that the sandbox makes for its clients, and the RSA key behind the first."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

PROJECT = "sandbox"
SERVICE_ACCOUNT = f"robot@{PROJECT}.iam.gserviceaccount.com"


@dataclass(frozen=True, slots=True)
class Keys:
    """What the token endpoint knows of its clients.

    Attributes:
        service_account: The path of the service account file.
        client_secret: The path of the OAuth client file, in the form for installed apps.
        client_id: The client's id.
        secret: The client's secret.
        public_key: Checks what the service account signs.
    """

    service_account: Path
    client_secret: Path
    client_id: str
    secret: str
    public_key: rsa.RSAPublicKey


def prepare(folder: Path, endpoint: str) -> Keys:
    """Make both files where they are missing, and let them point at this endpoint; keys and secrets are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    service_account = folder / "service_account.json"
    account = _read(service_account) or _new_account()
    account |= {"auth_uri": f"{endpoint}/o/oauth2/auth", "token_uri": f"{endpoint}/token"}
    _write(service_account, account)

    client_secret = folder / "client_secret.json"
    installed = _read(client_secret).get("installed") or {
        "client_id": f"{secrets.randbelow(10**12):012d}-sandbox.apps.googleusercontent.com",
        "project_id": PROJECT,
        "client_secret": f"GOCSPX-{secrets.token_urlsafe(21)}",
        "redirect_uris": ["http://localhost"],
    }
    installed |= {"auth_uri": f"{endpoint}/o/oauth2/auth", "token_uri": f"{endpoint}/token"}
    _write(client_secret, {"installed": installed})

    private = serialization.load_pem_private_key(account["private_key"].encode(), password=None)
    assert isinstance(private, rsa.RSAPrivateKey)
    return Keys(
        service_account=service_account,
        client_secret=client_secret,
        client_id=installed["client_id"],
        secret=installed["client_secret"],
        public_key=private.public_key(),
    )


def _new_account() -> dict[str, Any]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": secrets.token_hex(20),
        "private_key": pem.decode(),
        "client_email": SERVICE_ACCOUNT,
        "client_id": f"{secrets.randbelow(10**21):021d}",
        "universe_domain": "googleapis.com",
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return content


def _write(path: Path, content: dict[str, Any]) -> None:
    """Write whole or not at all, for the owner's eyes only, and only if something is new."""
    text = json.dumps(content, indent=2) + "\n"
    if path.exists() and path.read_text("utf-8") == text:
        return
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)
