"""Gmail's batch endpoint: up to fifty calls in one request, each with an answer of its own.

googleapiclient's batches fail as a whole when the answer lacks a part, so what has become of the others is lost. Here
each part ends for itself, as the ports have it, and is found again by its Content-ID, never by its place.
"""

from __future__ import annotations

import email.parser
import email.policy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlsplit

from sheetsdun.google import failures
from sheetsdun.google.pace import Pace
from sheetsdun.google.retry import Repeat
from sheetsdun.google.transport import Transport
from sheetsdun.ports import NoAnswer, Rejected

Json: TypeAlias = dict[str, Any]
Answer: TypeAlias = Json | Rejected | NoAnswer

_BOUNDARY = "sheetsdun-part-of-many"
_NO_SUCH_ENDPOINT = frozenset({404, 405})


class Request(Protocol):
    """What is used of googleapiclient's HttpRequest."""

    uri: str
    method: str
    body: str | None


@dataclass(frozen=True, slots=True)
class BatchEndpoint:
    """Where batches go.

    Attributes:
        transport: Of the API.
        pace: The quota that parts count against.
        url: Of the endpoint.
    """

    transport: Transport
    pace: Pace
    url: str

    def run(self, parts: Sequence[Request], *, units: int, repeat: Repeat) -> list[Answer]:
        """Carry out the parts, in one request or, where some were refused for their rate, a few.

        Args:
            parts: At most fifty, as Google advises.
            units: What one part costs.
            repeat: What may be repeated, of the whole and of each part.

        Returns:
            The end of each part, in the order given.

        Raises:
            errors.Unreachable: The sign-in as such was refused; no part of the last request has happened.
        """
        answers: list[Answer] = [NoAnswer("Not asked.")] * len(parts)
        left = list(range(len(parts)))

        def attempt() -> None:
            for place, answer in self._once({place: parts[place] for place in left}, units).items():
                answers[place] = answer
            worth = [place for place in left if self.transport.patience.allows(answers[place], repeat)]
            if worth:
                left[:] = worth
                raise answers[worth[0]]  # type: ignore[misc]  # what is worth repeating is an exception

        try:
            self.transport.patience.run(attempt, repeat)
        except (Rejected, NoAnswer) as trouble:
            if answers[left[0]] is trouble:
                return answers
            # It was the whole request that failed. A server that knows no batches is asked for one thing at a time.
            singly = isinstance(trouble, Rejected) and trouble.code in _NO_SUCH_ENDPOINT
            for place in left:
                answers[place] = self._alone(parts[place], units, repeat) if singly else trouble
        return answers

    def _alone(self, part: Request, units: int, repeat: Repeat) -> Answer:
        headers = {"Content-Type": "application/json"}
        try:
            answer = self.transport.request(
                part.method,
                part.uri,
                repeat=repeat,
                pace=self.pace,
                units=units,
                data=part.body,
                headers=headers,
            )
            return _understood(answer.content)
        except (Rejected, NoAnswer) as trouble:
            return trouble

    def _once(self, parts: Mapping[int, Request], units: int) -> dict[int, Answer]:
        response = self.transport.once(
            "POST",
            self.url,
            pace=self.pace,
            units=units * len(parts),
            data=_written(parts),
            headers={"Content-Type": f"multipart/mixed; boundary={_BOUNDARY}"},
        )
        found = self._read(response.headers.get("Content-Type", ""), response.content)
        return {place: found.get(place, NoAnswer("The batch's answer lacks this part.")) for place in parts}

    def _read(self, content_type: str, content: bytes) -> dict[int, Answer]:
        head = f"Content-Type: {content_type}\r\n\r\n".encode()
        message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(head + content)
        answers: dict[int, Answer] = {}
        for part in message.get_payload() if message.is_multipart() else ():
            place = str(part.get("Content-ID", "")).strip("<> ").rpartition("-")[2]  # type: ignore[union-attr]  # parts of a multipart are messages
            if place.isdecimal():
                payload = part.get_payload(decode=True)  # type: ignore[union-attr]  # the same
                answers[int(place)] = self._judged(payload if isinstance(payload, bytes) else b"")
        return answers

    def _judged(self, answer: bytes) -> Answer:
        """One inner HTTP answer: status line, headers, an empty line, a body."""
        head, _, content = answer.replace(b"\r\n", b"\n").lstrip().partition(b"\n\n")
        status, *lines = head.decode("latin-1").split("\n")
        code = status.split(" ")[1] if status.startswith("HTTP/") and " " in status else ""
        if code.startswith("2"):
            return _understood(content)
        if not code.startswith("4") or code in {"408", "499"}:
            return NoAnswer(status or "An empty part.")
        headers = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return failures.refusal(int(code), headers, content, self.transport.patience.now())


def _understood(content: bytes) -> Answer:
    """The JSON of a success; none for a deletion."""
    try:
        answer = json.loads(content) if content.strip() else {}
    except ValueError:
        answer = None
    return answer if isinstance(answer, dict) else NoAnswer(failures.NOT_GOOGLES)


def _written(parts: Mapping[int, Request]) -> bytes:
    lines: list[str] = []
    for place, part in parts.items():
        target = urlsplit(part.uri)
        lines += [
            f"--{_BOUNDARY}",
            "Content-Type: application/http",
            "Content-Transfer-Encoding: binary",
            f"Content-ID: <part-{place}>",
            "",
            f"{part.method} {target.path}?{target.query} HTTP/1.1",
            "Content-Type: application/json",
            "Accept: application/json",
        ]
        if part.body is not None:
            lines.append(f"Content-Length: {len(part.body.encode())}")
        lines += ["", part.body or ""]
    return "\r\n".join([*lines, f"--{_BOUNDARY}--", ""]).encode()
