"""A letter's parts -> the bytes of a mail.

The same letter always gives the same bytes: no date (Gmail sets it), no Message-ID (Gmail replaces it), boundaries
made from the letter's id.
"""

from __future__ import annotations

import binascii
import re
from base64 import encodebytes
from collections.abc import Mapping, Sequence
from email.header import Header
from email.message import Message
from email.policy import compat32

from sheetsdun.letters.inert import header
from sheetsdun.letters.matter import Attachment
from sheetsdun.pay.shown import Picture

_POLICY = compat32.clone(linesep="\r\n", mangle_from_=False)
_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")
_ASCII = bytes(range(0x80))
_MOSTLY_FOREIGN = 1 / 6
"""Share of bytes outside ASCII above which base64 is shorter than quoted-printable (RFC 2045)."""


def build(
    headers: Mapping[str, str | Header],
    *,
    letter: str,
    text: str,
    html: str,
    pictures: Sequence[Picture] = (),
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Make a mail: text first, then HTML with its pictures as its alternative, then attachments."""
    body = _container("alternative", letter)
    body.attach(_words("plain", text))
    body.attach(_page(html, pictures, letter))
    whole = body
    if attachments:
        whole = _container("mixed", letter)
        whole.attach(body)
        for attachment in attachments:
            whole.attach(_file(attachment))
    return _written(headers, whole)


def empty(headers: Mapping[str, str | Header]) -> bytes:
    """Make a mail that says nothing."""
    return _written(headers, _words("plain", ""))


def _written(headers: Mapping[str, str | Header], part: Message) -> bytes:
    part["MIME-Version"] = "1.0"
    for name, value in headers.items():
        part[name] = value  # type: ignore[assignment]  # typeshed knows only the policies whose headers are text
    return part.as_bytes(policy=_POLICY)


def _container(kind: str, letter: str) -> Message:
    made = Message(_POLICY)
    # "=_" can stand neither in base64 nor in quoted-printable, so no text can hold the boundary (RFC 2045, 6.7).
    made["Content-Type"] = f'multipart/{kind}; boundary="=_{letter}_{kind}"'
    made.set_payload([])
    return made


def _words(kind: str, text: str) -> Message:
    made = Message(_POLICY)
    made["Content-Type"] = f'text/{kind}; charset="utf-8"'
    data = text.encode("utf-8")
    if len(data.translate(None, _ASCII)) > len(data) * _MOSTLY_FOREIGN:
        made["Content-Transfer-Encoding"] = "base64"
        made.set_payload(encodebytes(data).decode("ascii"))
    else:
        made["Content-Transfer-Encoding"] = "quoted-printable"
        made.set_payload(binascii.b2a_qp(data, istext=True).decode("ascii"))
    return made


def _page(html: str, pictures: Sequence[Picture], letter: str) -> Message:
    page = _words("html", html)
    if not pictures:
        return page
    related = _container("related", letter)
    related.attach(page)
    for picture in pictures:
        related.attach(_picture(picture))
    return related


def _picture(picture: Picture) -> Message:
    made = Message(_POLICY)
    made["Content-Type"] = "image/png"
    made["Content-Transfer-Encoding"] = "base64"
    made["Content-ID"] = f"<{picture.cid}>"
    made["X-Attachment-Id"] = picture.cid  # Gmail's editor keeps a draft's picture in its place by this
    made.add_header("Content-Disposition", "inline", filename=f"{picture.name}.png")
    made.set_payload(encodebytes(picture.data).decode("ascii"))
    return made


def encoded(attachment: Attachment) -> int:
    """Bytes that a file takes up in a mail, at the most."""
    lines = -(-len(attachment.data) // 57)  # of 57 bytes, which base64 writes as 76 and a line's end
    return lines * 78 + 1_000 + 12 * len(attachment.name)


def _file(attachment: Attachment) -> Message:
    made = Message(_POLICY)
    kind = attachment.type.lower()
    made["Content-Type"] = kind if _TYPE.fullmatch(kind) else "application/octet-stream"
    made["Content-Transfer-Encoding"] = "base64"
    name = re.sub(r'[/\\"<>:|?*]', "_", header(attachment.name)).lstrip(". ") or "attachment"
    filename: str | tuple[str, str, str] = name if name.isascii() else ("utf-8", "", name)
    made.add_header("Content-Disposition", "attachment", filename=filename)
    made.set_payload(encodebytes(bytes(attachment.data)).decode("ascii"))
    return made
