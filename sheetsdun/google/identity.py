"""Who asks Google, and for what: the account in whose name requests go, and the scopes that it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
"""Read and write spreadsheets: invoices are read, statuses and the log are written."""

GMAIL = "https://www.googleapis.com/auth/gmail.modify"
"""Read, draft, send and label. ``gmail.compose`` makes drafts, but cannot read a thread (has somebody sent the draft,
has the debtor answered?) nor put a label on what was sent; nothing smaller than ``modify`` does both."""

DRIVE = "https://www.googleapis.com/auth/drive.readonly"
"""Read files of Drive: asked for only where letters take attachments from there. ``drive.file`` would be less, but
opens only files that a person picked in a window of the app's own."""

Kind: TypeAlias = Literal["service_account", "oauth_client", "authorized_user"]


@dataclass(frozen=True, slots=True)
class Identity:
    """The account that Google sees, as far as the credentials tell.

    Attributes:
        kind: What the credentials are.
        email: Address of the service account, or of the person where it is known; "" otherwise.
        client_id: OAuth client id; for a service account the number that domain-wide delegation asks for.
        mailbox: The mailbox that Gmail is asked for.
    """

    kind: Kind
    email: str = ""
    client_id: str = ""
    mailbox: str = ""
