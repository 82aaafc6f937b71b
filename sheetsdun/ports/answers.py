"""How a change at Google ends that did not simply succeed."""

from __future__ import annotations

import datetime as dt


class Rejected(Exception):
    """Refused for certain: nothing has happened.

    Attributes:
        code: HTTP status.
        reason: Google's reason or status, such as ``notFound`` or ``rateLimitExceeded``.
        quota: It was a matter of rate or daily limit.
        retry_at: When the same request may be tried again, if Google said so.
    """

    def __init__(
        self,
        message: str,
        *,
        code: int,
        reason: str = "",
        quota: bool = False,
        retry_at: dt.datetime | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.reason = reason
        self.quota = quota
        self.retry_at = retry_at


class LinkTaken(Rejected):
    """The link to be created is there already: the fence held, nothing of the write has landed."""


class NoAnswer(Exception):
    """The request may or may not have been carried out."""
