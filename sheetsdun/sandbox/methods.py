"""One method of an API as its discovery document describes it, and what a valid call of it is."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sheetsdun.sandbox import refusals
from sheetsdun.sandbox.schema import Check, Schemas, Violation, snake, wrong

LENIENT = {"drive"}
"""Drive v3 overlooks names that it does not know, in bodies and in queries; gspread's ``share`` relies on it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One path or query parameter."""

    name: str
    location: str
    required: bool
    check: Check
    kind: str


@dataclass(frozen=True)
class Method:
    """One method of an API.

    Attributes:
        id: Its discovery id, such as ``gmail.users.drafts.create``.
        api: ``sheets``, ``gmail`` or ``drive``.
        http_method: ``GET``, ``POST`` and so on.
        scopes: Any one of these lets a token call it.
        parameters: Path and query parameters by name, the system ones (``fields``, ``alt`` …) included.
        request: The name of the body's schema, or "".
        response: The name of the answer's schema, or "".
        max_upload: The largest upload in bytes; 0 where none is taken.
    """

    id: str
    api: str
    http_method: str
    scopes: frozenset[str]
    parameters: Mapping[str, Parameter]
    request: str
    response: str
    max_upload: int
    _schemas: Schemas = field(repr=False)

    @functools.cached_property
    def _body(self) -> Check:
        return self._schemas.check({"$ref": self.request} if self.request else {"type": "object"})

    @property
    def _body_field(self) -> str:
        # A body that is a resource is bound to a field of the request message, and Google's paths begin there.
        if not self.request or self.request.endswith("Request"):
            return ""
        return "data" if self.request == "ValueRange" else snake(self.request)

    def check(self, path: Mapping[str, str], query: Mapping[str, list[str]], body: Any) -> None:
        """Compare a call with the published description, and take explicit nulls out of the body.

        Raises:
            ApiError: 400, with every violation in it.
        """
        found = [*self._check_parameters(path, query)]
        top = self._body_field
        found += [violation.inside(top) if top else violation for violation in self._body(body) or ()]
        if found:
            raise refusals.bad_request([violation.told() for violation in found])

    def _check_parameters(
        self, path: Mapping[str, str], query: Mapping[str, list[str]]
    ) -> Iterator[Violation]:
        for name, values in ({name: [value] for name, value in path.items()} | dict(query)).items():
            parameter = self.parameters.get(name)
            if parameter is None or (parameter.location == "path" and name not in path):
                if self.api in LENIENT:
                    continue
                sentence = (
                    f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                    f"Field '{name}' could not be found in request message."
                )
                yield Violation("", sentence)
                continue
            for value in values:
                for violation in _check_text(parameter, value) or ():
                    yield violation.inside(snake(name))
        for name, parameter in self.parameters.items():
            if parameter.required and parameter.location == "query" and name not in query:
                yield Violation("", f"Required parameter: {name}")


def _check_text(parameter: Parameter, text: str) -> list[Violation] | None:
    """Check a value that stands in a URL, where everything is text."""
    if parameter.kind == "boolean":
        # Clients written in Python send "True", and Google takes it.
        return None if text.lower() in {"true", "false", "1", "0"} else wrong(text, "TYPE_BOOL")
    return parameter.check(text)
