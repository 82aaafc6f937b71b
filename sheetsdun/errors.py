"""What can go wrong for a user: each error knows its exit code and its way out."""

from __future__ import annotations

from typing import ClassVar


class SheetsdunError(Exception):
    """An error that a user can understand and mend.

    Attributes:
        message: What happened, and to which row, file or setting.
        way_out: What to do now; "" where the message says it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, way_out: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.way_out = way_out

    def __str__(self) -> str:
        """Both sentences, as they are printed."""
        return f"{self.message} {self.way_out}".strip()


class UsageError(SheetsdunError):
    """The command or the config is wrong: nothing was tried."""

    exit_code = 2


class ConfigError(UsageError):
    """The config has mistakes: all of them are told at once.

    Attributes:
        problems: One sentence a mistake, each with its line where that is known.
    """

    def __init__(self, path: str, problems: list[str]) -> None:
        self.problems = problems
        count = "one mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        listed = "".join(f"\n  {problem}" for problem in problems)
        super().__init__(f"{path} has {count}:{listed}")


class Refused(SheetsdunError):
    """Something looks strange, so nothing was touched (exit code 3). The way out names the flag that goes on."""

    exit_code = 3


class Unreachable(SheetsdunError):
    """Google is unreachable, said no, or is out of quota (exit code 4): safe to run again."""

    exit_code = 4


class LeaseHeld(SheetsdunError):
    """Another run is at work on this spreadsheet, or has overtaken this one (exit code 5)."""

    exit_code = 5
