"""Google's error bodies, and the refusals that are the same for every API."""

from __future__ import annotations

from sheetsdun.sandbox.exchange import Response, json_response
from sheetsdun.sandbox.wire import ApiError, Json

REASONS = {
    400: "badRequest",
    401: "authError",
    403: "forbidden",
    404: "notFound",
    409: "duplicate",
    412: "conditionNotMet",
    413: "uploadTooLarge",
    429: "rateLimitExceeded",
    500: "backendError",
    501: "notImplemented",
    503: "backendError",
}
"""The older ``errors[].reason`` for a status where the refusal names none."""

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
"""google.rpc.Code by HTTP status."""

_CREDENTIAL = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
_REALM = 'Bearer realm="https://accounts.google.com/"'


def error_body(error: ApiError, api: str) -> Json:
    """Google's body for a refusal.

    Args:
        error: What is refused.
        api: ``sheets`` has the new form alone; ``gmail`` and ``drive`` carry the older ``errors`` list too.
    """
    body: Json = {"code": error.code, "message": error.message}
    if api != "sheets":
        reason = error.reason or REASONS.get(error.code, "badRequest")
        limited = error.code == 403 and reason.endswith("LimitExceeded")  # noqa: PLR2004 - HTTP
        item = {
            "message": error.message,
            "domain": "usageLimits" if limited else "global",
            "reason": reason,
        }
        if error.code == 401:  # noqa: PLR2004 - HTTP
            item |= {"location": "Authorization", "locationType": "header"}
        body["errors"] = [item]
    body["status"] = error.status or STATUSES.get(error.code, "UNKNOWN")
    if error.details:
        body["details"] = error.details
    return {"error": body}


def refusal(error: ApiError, api: str) -> Response:
    """The whole answer to a refused call."""
    headers = {}
    if error.code == 401:  # noqa: PLR2004 - HTTP
        headers["WWW-Authenticate"] = f'{_REALM}, error="invalid_token"'
    elif error.reason == "insufficientPermissions":
        headers["WWW-Authenticate"] = f'{_REALM}, error="insufficient_scope"'
    return json_response(error.code, error_body(error, api), headers)


def status_refusal(code: int, api: str, message: str = "") -> Response:
    """A refusal known by its status alone, as an injected fault or a proxy gives it."""
    words = message or {
        503: "The service is currently unavailable.",
        500: "Internal error encountered.",
        429: "Resource has been exhausted (e.g. check quota).",
    }.get(code, STATUSES.get(code, "Error").replace("_", " ").capitalize() + ".")
    return refusal(ApiError(code, words, STATUSES.get(code, "UNKNOWN")), api)


def not_found_page(path: str) -> Response:
    """What Google's front end says of a URL that leads nowhere: a page, not JSON."""
    shown = path.replace("&", "&amp;").replace("<", "&lt;")
    page = (
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Error 404 (Not Found)!!1</title>"
        f"<p><b>404.</b> That is an error.<p>The requested URL <code>{shown}</code> was not found on this server."
    )
    return Response(404, page.encode(), {"Content-Type": "text/html; charset=UTF-8"})


def no_credentials() -> ApiError:
    """A call without a token."""
    return ApiError(
        401,
        f"Request is missing required authentication credential. {_CREDENTIAL}",
        "UNAUTHENTICATED",
        "required",
        [_info("CREDENTIALS_MISSING")],
    )


def bad_credentials() -> ApiError:
    """A call with a token that is unknown or has expired."""
    return ApiError(
        401,
        f"Request had invalid authentication credentials. {_CREDENTIAL}",
        "UNAUTHENTICATED",
        "authError",
        [_info("ACCESS_TOKEN_EXPIRED")],
    )


def missing_scope(service: str, method: str) -> ApiError:
    """A call whose token was given for other things."""
    return ApiError(
        403,
        "Request had insufficient authentication scopes.",
        "PERMISSION_DENIED",
        "insufficientPermissions",
        [_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", service=f"{service}.googleapis.com", method=method)],
    )


def bad_request(violations: list[tuple[str, str]]) -> ApiError:
    """A request that the published description of the method does not allow.

    Args:
        violations: For each, the path of the field ("" at the top) and Google's sentence.
    """
    named = [
        {"field": path, "description": text} if path else {"description": text} for path, text in violations
    ]
    return ApiError(
        400,
        "\n".join(text for _, text in violations),
        "INVALID_ARGUMENT",
        "badRequest",
        [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": named}],
    )


def _info(reason: str, **metadata: str) -> Json:
    info: Json = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
    }
    return info | ({"metadata": metadata} if metadata else {})
