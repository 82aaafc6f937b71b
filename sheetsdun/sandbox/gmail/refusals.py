"""Gmail's refusals, in its words."""

from __future__ import annotations

from sheetsdun.sandbox.wire import ApiError


def invalid(message: str) -> ApiError:
    """400: the request makes no sense."""
    return ApiError(400, message, "INVALID_ARGUMENT", "invalidArgument")


def not_found() -> ApiError:
    """404: there is no such message, thread, draft, label or history."""
    return ApiError(404, "Requested entity was not found.", "NOT_FOUND", "notFound")


def no_mailbox() -> ApiError:
    """400: the caller has no mailbox, such as a service account that acts for nobody."""
    return ApiError(400, "Precondition check failed.", "FAILED_PRECONDITION", "failedPrecondition")


def delegation_denied(address: str) -> ApiError:
    """403: another person's mailbox."""
    return ApiError(403, f"Delegation denied for {address}", "PERMISSION_DENIED", "forbidden")


def label_exists() -> ApiError:
    """409: another label has this name."""
    return ApiError(409, "Label name exists or conflicts", "ABORTED", "aborted")


def alias_exists() -> ApiError:
    """409: there is a send-as alias with this address already."""
    return ApiError(409, "Requested entity already exists", "ALREADY_EXISTS", "alreadyExists")


def too_large() -> ApiError:
    """413: more than an upload may hold."""
    return ApiError(413, "Request Entity Too Large", "INVALID_ARGUMENT", "uploadTooLarge")
