"""One line of what ``doctor`` found."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from sheetsdun.errors import SheetsdunError


class Result(enum.StrEnum):
    """How it stands."""

    OK = "ok"
    WARNING = "warning"
    """Runs go on, but somebody should look."""
    PROBLEM = "problem"
    """A run would stop, or do the wrong thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line.

    Attributes:
        check: What was looked at, in a word or two.
        text: What was found.
        details: Further lines, one a thing.
        way_out: What to do; "" where nothing need be done.
        exit_code: Of a problem: that with which a run would stop.
    """

    check: str
    result: Result
    text: str
    details: tuple[str, ...] = ()
    way_out: str = ""
    exit_code: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For the JSON report."""
        return {
            "check": self.check,
            "result": self.result.value,
            "text": self.text,
            "details": list(self.details),
            "way_out": self.way_out,
        }


def ok(check: str, text: str) -> Finding:
    """All is well."""
    return Finding(check=check, result=Result.OK, text=text)


def warning(check: str, text: str, way_out: str = "", details: tuple[str, ...] = ()) -> Finding:
    """Somebody should look."""
    return Finding(check=check, result=Result.WARNING, text=text, details=details, way_out=way_out)


def problem(check: str, text: str, way_out: str, exit_code: int) -> Finding:
    """A run would stop, or do the wrong thing."""
    return Finding(check=check, result=Result.PROBLEM, text=text, way_out=way_out, exit_code=exit_code)


def failed(check: str, error: SheetsdunError) -> Finding:
    """An error of ours as a run would meet it; one that tells several mistakes has them as details."""
    text, *details = error.message.splitlines()
    return Finding(
        check=check,
        result=Result.PROBLEM,
        text=text,
        details=tuple(detail.strip() for detail in details),
        way_out=error.way_out,
        exit_code=error.exit_code,
    )
