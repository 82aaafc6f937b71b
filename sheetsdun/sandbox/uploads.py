"""Uploads: simple, multipart and resumable, in the forms that google-api-python-client uses."""

from __future__ import annotations

import dataclasses
import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetsdun.sandbox import multipart, refusals
from sheetsdun.sandbox.apis import Apis
from sheetsdun.sandbox.exchange import Request, Response
from sheetsdun.sandbox.methods import Method
from sheetsdun.sandbox.wire import ApiError, Media

_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")


@dataclass(slots=True)
class Session:
    """A resumable upload under way.

    Attributes:
        request: The request that began it, with its metadata.
        method: What it will call once whole.
        path: That call's path parameters.
        content: What has come so far.
        answer: The call's answer, once it was made.
    """

    request: Request
    method: Method
    path: Mapping[str, str]
    content: bytearray = field(default_factory=bytearray)
    answer: Response | None = None


class Uploads:
    """The upload paths. Sessions live in memory: a restart ends them, and the client begins anew."""

    def __init__(self, apis: Apis) -> None:
        self._apis = apis
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def session(self, request: Request) -> Session | None:
        """The resumable upload that a request goes on with, if any."""
        return self._sessions.get((request.parameters().get("upload_id") or [""])[-1])

    def answer(self, request: Request, method: Method, path: Mapping[str, str]) -> Response:
        """Take a whole upload, or begin a resumable one."""
        query = request.parameters()
        kind = (query.get("uploadType") or query.get("upload_protocol") or [""])[-1]
        try:
            if kind in {"media", "raw"}:
                media = Media(request.body, request.header("content-type") or "application/octet-stream")
                return self._finish(dataclasses.replace(request, body=b""), method, path, media)
            if kind == "multipart":
                metadata, media = _parts(request)
                return self._finish(dataclasses.replace(request, body=metadata), method, path, media)
            if kind == "resumable":
                return self._begin(request, method, path)
        except ApiError as error:
            return refusals.refusal(error, method.api)
        sentence = f"Invalid upload request: uploadType {kind!r}."
        return refusals.refusal(ApiError(400, sentence, reason="badRequest"), method.api)

    def resume(self, request: Request, session: Session) -> Response:
        """Take a chunk (or a question how far it is) and, with the last one, make the call."""
        with self._lock:
            if session.answer is not None:
                return session.answer
            try:
                whole = _grown(session.content, request)
                _check_size(len(session.content), session.method)
            except ApiError as error:
                return refusals.refusal(error, session.method.api)
            if not whole:
                got = len(session.content)
                return Response(308, b"", {"Range": f"bytes=0-{got - 1}"} if got else {})
            content_type = session.request.header("x-upload-content-type") or "application/octet-stream"
            media = Media(bytes(session.content), content_type)
            headers = {**session.request.headers, **_authorization(request)}
            begun = dataclasses.replace(session.request, headers=headers)
            answer = self._finish(begun, session.method, session.path, media)
            # Asked again, a finished upload says the same again; a refused one may be tried anew.
            session.answer = answer if answer.status < 300 else None  # noqa: PLR2004 - HTTP
            return answer

    def _begin(self, request: Request, method: Method, path: Mapping[str, str]) -> Response:
        self._apis.authenticate(request, method)
        length = request.header("x-upload-content-length")
        _check_size(int(length) if length.isdecimal() else 0, method)
        upload_id = secrets.token_urlsafe(24)
        self._sessions[upload_id] = Session(request, method, path)
        location = f"http://{request.header('host')}{request.path}?uploadType=resumable&upload_id={upload_id}"
        return Response(200, b"", {"Location": location, "X-GUploader-UploadID": upload_id})

    def _finish(self, request: Request, method: Method, path: Mapping[str, str], media: Media) -> Response:
        _check_size(len(media.content), method)
        return self._apis.answer(request, method, path, media)


def _check_size(size: int, method: Method) -> None:
    if size > method.max_upload:
        sentence = f"Media larger than: {method.max_upload}"
        raise ApiError(413, sentence, "INVALID_ARGUMENT", "uploadTooLarge")


def _parts(request: Request) -> tuple[bytes, Media]:
    try:
        metadata, content = multipart.parse(request.header("content-type"), request.body)
    except ValueError as error:
        sentence = "Multipart body must have two parts: the metadata and the content."
        raise ApiError(400, sentence, reason="badContent") from error
    return metadata.content, Media(
        content.content, content.headers.get("content-type", "application/octet-stream")
    )


def _grown(content: bytearray, request: Request) -> bool:
    """Add a chunk; whether the upload is whole now."""
    header = request.header("content-range")
    if not header:
        content += request.body
        return True
    match = _RANGE.fullmatch(header)
    if match is None:
        raise ApiError(400, f"Failed to parse Content-Range header: {header}", reason="badRequest")
    first, _, total = match.groups()
    if first is not None:
        if int(first) > len(content):
            raise ApiError(
                400, f"Invalid Content-Range: {len(content)} bytes were received", reason="badRequest"
            )
        content[int(first) :] = request.body
    return total != "*" and len(content) >= int(total)


def _authorization(request: Request) -> dict[str, str]:
    value = request.header("authorization")
    return {"authorization": value} if value else {}
