"""Google's refusals, in Google's words."""

from __future__ import annotations

from sheetsdun.sandbox.wire import ApiError, Json


def invalid(message: str) -> ApiError:
    """A 400 INVALID_ARGUMENT with this sentence."""
    return ApiError(400, message)


def not_found() -> ApiError:
    """A 404 for a spreadsheet, or a thing in it, that is not there."""
    return ApiError(404, "Requested entity was not found.", "NOT_FOUND")


def within(place: str, error: ApiError) -> ApiError:
    """The same refusal with the place named in front: ``Invalid requests[0].addSheet: …``."""
    return ApiError(
        error.code, f"Invalid {place}: {error.message}", error.status, error.reason, error.details
    )


def required(body: Json, name: str) -> Json:
    """A message field that a request cannot do without.

    Raises:
        ApiError: It is absent (400).
    """
    value = body.get(name)
    if not isinstance(value, dict):
        raise invalid(f"Must specify {name}.")
    return value
