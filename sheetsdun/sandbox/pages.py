"""The web page's files: ``/`` and ``/page/…``."""

from __future__ import annotations

import urllib.parse
from pathlib import Path

from sheetsdun.sandbox.exchange import Request, Response
from sheetsdun.sandbox.refusals import not_found_page

FOLDER = Path(__file__).parent / "page"

_TYPES = {
    ".css": "text/css; charset=UTF-8",
    ".html": "text/html; charset=UTF-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=UTF-8",
    ".json": "application/json; charset=UTF-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, no script in line. Styles in line are there for the mails, which inherit this policy."""


def answer(request: Request, folder: Path = FOLDER) -> Response:
    """The file that a path names, read anew each time."""
    name = "index.html" if request.path == "/" else urllib.parse.unquote(request.path.removeprefix("/page/"))
    file = (folder / name).resolve() if name.isprintable() else folder
    if (
        request.method not in {"GET", "HEAD"}
        or not file.is_relative_to(folder.resolve())
        or not file.is_file()
    ):
        return not_found_page(request.path)
    headers = {
        "Content-Type": _TYPES.get(file.suffix, "application/octet-stream"),
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }
    return Response(200, file.read_bytes(), headers)
