"""The consent of a person, kept on disk: readable by its owner alone, saved again whenever Google renews it."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from google.oauth2.credentials import Credentials

from sheetsdun.errors import UsageError

TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105  an address, no secret


def directory(environ: Mapping[str, str] = os.environ) -> Path:
    """Where tokens are kept unless the caller says otherwise: XDG's config folder."""
    home = environ.get("XDG_CONFIG_HOME", "")
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".config") / "sheetsdun"


def path(folder: Path, client_id: str, mailbox: str) -> Path:
    """The file for one OAuth client and mailbox."""
    name = hashlib.sha256(f"{client_id} {mailbox.lower()}".encode()).hexdigest()[:12]
    return folder / f"token-{name}.json"


class SavedCredentials(Credentials):
    """A person's credentials that are written to their file when a new token has been fetched."""

    file: Path | None = None

    def refresh(self, request: Any) -> None:
        """Fetch a new token, and keep it."""
        super().refresh(request)  # type: ignore[no-untyped-call]  # google-auth types in part
        if self.file:
            with contextlib.suppress(
                OSError
            ):  # a folder that cannot be written to costs a token a run, no more
                save(self, self.file)


def save(credentials: Credentials, file: Path) -> None:
    """Write the credentials, as 0600 in a 0700 folder, whole or not at all.

    Raises:
        OSError: The folder cannot be written to.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".token-")  # made readable to its owner alone
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as draft:
            draft.write(credentials.to_json())  # type: ignore[no-untyped-call]  # google-auth types in part
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(file: Path) -> SavedCredentials:
    """Read credentials that ``save`` wrote.

    Raises:
        UsageError: There are none, or they cannot be read.
    """
    try:
        credentials = user(json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise UsageError(
            "Nobody has signed in with this OAuth client yet.", "Run `sheetsdun login`."
        ) from None
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{file} cannot be read ({error}).", "Run `sheetsdun login` again.") from error
    credentials.file = file
    return credentials


def user(info: Mapping[str, Any]) -> SavedCredentials:
    """Credentials from an ``authorized_user`` object.

    Made here and not by google-auth's ``from_authorized_user_info``, which knows no token server but Google's.

    Raises:
        ValueError: Something is missing.
    """
    missing = [name for name in ("client_id", "client_secret", "refresh_token") if not info.get(name)]
    if missing:
        raise ValueError(f"it has no {', '.join(missing)}")
    expiry = (
        dt.datetime.fromisoformat(info["expiry"]).astimezone(dt.UTC).replace(tzinfo=None)
        if info.get("expiry")
        else None
    )
    return SavedCredentials(  # type: ignore[no-untyped-call]  # google-auth types in part
        token=info.get("token") if expiry else None,
        refresh_token=info["refresh_token"],
        token_uri=info.get("token_uri") or TOKEN_URI,
        client_id=info["client_id"],
        client_secret=info["client_secret"],
        expiry=expiry,
        account=info.get("account", ""),
    )
