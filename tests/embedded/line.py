"""The line between a run and Google: every request passes here, and at one of them something happens."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from sheetsdun.google.connection import Connection

Send: TypeAlias = Callable[..., requests.Response]
Happening: TypeAlias = Callable[["Line", requests.PreparedRequest, Send], requests.Response]

IMPATIENT = 0.1
"""Seconds that the struck call waits for its answer, where the server hangs."""


SOON = 3
"""Calls after which a copy that comes soon arrives."""


class Killed(BaseException):
    """The process is gone: it cannot even tidy up."""


class Line:
    """Carries the requests of one run; at its call ``number`` (from 1) something happens.

    Attributes:
        calls: Method and last word of the path of every request so far.
        late: Requests that are under way still, although the run has given up waiting, or has had its answer.
        soon: Some that arrive while the run goes on, each right before the call of a number.
    """

    def __init__(self, number: int = 0, happening: Happening | None = None) -> None:
        self.number = number
        self.calls: list[str] = []
        self.late: list[Callable[[], object]] = []
        self.soon: list[tuple[int, Callable[[], object]]] = []
        self._happening = happening
        self._dead = False

    def into(self, connection: Connection) -> None:
        """Lay it between a run's connection and Google."""
        for transport in (connection._sheets, connection._gmail):
            transport.session.mount("http://", _End(self))

    def carry(self, request: requests.PreparedRequest, send: Send) -> requests.Response:
        if self._dead:
            raise Killed
        self.calls.append(f"{request.method} {urlsplit(request.url or '').path.rpartition('/')[2]}")
        arriving = [arrive for number, arrive in self.soon if number == len(self.calls)]
        for arrive in arriving:
            arrive()
        if self.happens():
            return self.happening(request, send)
        return send(request)

    def happens(self) -> bool:
        """Whether something happens at the call that was counted last."""
        return self._happening is not None and len(self.calls) == self.number

    def happening(self, request: requests.PreparedRequest, send: Send) -> requests.Response:
        assert self._happening
        return self._happening(self, request, send)

    def land(self) -> None:
        """What is under way arrives now."""
        while self.late:
            self.late.pop()()

    def die(self) -> NoReturn:
        self._dead = True
        raise Killed


class _End(HTTPAdapter):
    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]  # passed on as they are
        send = super().send
        return self._line.carry(request, lambda sent, **changes: send(sent, **{**options, **changes}))


# -- what happens on the line -------------------------------------------------------------------------------------------


def killed_before(line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
    line.die()


def killed_after(line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
    send(request)
    line.die()


def repeated(line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
    """Something on the way sends it twice; the run gets the second answer."""
    send(request)
    return send(request)


def repeated_behind(line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
    """The same, but the run gets the first answer."""
    answer = send(request)
    send(request)
    return answer


def _copy(request: requests.PreparedRequest) -> Callable[[], None]:
    """The same request once more, whose answer nobody hears."""

    def arrive() -> None:
        with requests.Session() as session:
            session.send(request, timeout=10, allow_redirects=False)

    return arrive


def slow(line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
    """The run gives up waiting, but the request is still on its way."""
    line.late.append(_copy(request))
    raise requests.ReadTimeout("Nobody answers.")


def repeated_soon(line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
    """It arrives again a few calls later."""
    answer = send(request)
    line.soon.append((len(line.calls) + SOON, _copy(request)))
    return answer


def repeated_late(line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
    """It arrives again hours later, when the run is over."""
    answer = send(request)
    line.late.append(_copy(request))
    return answer


def lost(line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
    """It is carried out, and its answer gets lost."""
    send(request)
    raise requests.ConnectionError("Connection aborted.")


def impatient(line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
    return send(request, timeout=(1.0, IMPATIENT))


class Everywhere(Line):
    """The same happens at every call."""

    def __init__(self, happening: Happening) -> None:
        super().__init__(0, happening)

    def happens(self) -> bool:
        return True


class Weather(Line):
    """At one call in three something happens, drawn by lot: an answer is lost, a request is late or comes twice, or
    somebody acts.
    """

    def __init__(self, chance: random.Random, others: Sequence[Happening] = ()) -> None:
        super().__init__()
        self._chance = chance
        self._possible = [repeated, repeated_behind, repeated_soon, repeated_late, slow, lost, *others]

    def happens(self) -> bool:
        return self._chance.random() < 1 / 3

    def happening(self, request: requests.PreparedRequest, send: Send) -> requests.Response:
        return self._chance.choice(self._possible)(self, request, send)


# -- what goes wrong ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trouble:
    """One kind of fault.

    Attributes:
        happening: What happens on the line.
        fault: What the sandbox does, as its ``/_sandbox/faults`` takes it.
        inner: It strikes the calls inside batches, too, each counted.
        patient: What is still under way lands only after the next run.
    """

    happening: Happening | None = None
    fault: Mapping[str, Any] = field(default_factory=dict)
    inner: bool = False
    patient: bool = False


def _status(code: int, when: str = "before", **more: Any) -> dict[str, Any]:
    return {"kind": "status", "status": code, "when": when, **more}


_HANG = {"kind": "hang", "seconds": 4 * IMPATIENT}
_FOR_GOOD: Mapping[str, Any] = {"times": 10_000}

TROUBLES: Mapping[str, Trouble] = {
    "killed before": Trouble(killed_before),
    "killed after": Trouble(killed_after),
    "dropped before": Trouble(fault={"kind": "drop"}),
    "dropped after": Trouble(fault={"kind": "drop", "when": "after"}),
    "500 before": Trouble(fault=_status(500)),
    "503 after": Trouble(fault=_status(503, "after")),
    "429": Trouble(fault=_status(429)),
    "time-out before": Trouble(impatient, _HANG),
    "time-out after": Trouble(impatient, {**_HANG, "when": "after"}),
    "repeated": Trouble(repeated),
    "repeated behind": Trouble(repeated_behind),
    "repeated soon": Trouble(repeated_soon),
    "repeated late": Trouble(repeated_late),
    "repeated later": Trouble(repeated_late, patient=True),
    "slow": Trouble(slow),
    "slower": Trouble(slow, patient=True),
    "outage": Trouble(fault=_status(503, **_FOR_GOOD)),
    "outage, all is done": Trouble(fault=_status(503, "after", **_FOR_GOOD)),
    "silence": Trouble(fault={"kind": "drop", **_FOR_GOOD}),
    "too many": Trouble(fault=_status(429, **_FOR_GOOD)),
}
"""Faults at an HTTP call."""

PARTS: Mapping[str, Trouble] = {
    "part 500 before": Trouble(fault=_status(500), inner=True),
    "part 503 after": Trouble(fault=_status(503, "after"), inner=True),
    "part 429": Trouble(fault=_status(429), inner=True),
    "part dropped before": Trouble(fault={"kind": "drop"}, inner=True),
    "part dropped after": Trouble(fault={"kind": "drop", "when": "after"}, inner=True),
}
"""Faults at a Gmail call, also inside a batch: dropped there, the batch ends half-way."""
