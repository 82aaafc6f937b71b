"""``[[expect]]``: what the team expects of its ladders, to be held against them before every run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator

from sheetsdun.config.lines import Path, nearest
from sheetsdun.config.mistakes import Mistake, found_by
from sheetsdun.config.sections import Section
from sheetsdun.config.values import Currency, Day, Money
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.expect import Expectation


class Expect(Section):
    """One expectation."""

    days_past_due: Annotated[int, Field(ge=-365, le=3650)]
    level: str | None = None
    decision: Annotated[Verdict, Field(strict=False)] | None = None
    policy: str = ""
    due: Day | None = None
    amount: Money | None = None
    paid: Money = Decimal(0)
    currency: Currency | None = None
    hold_until: Annotated[int, Field(ge=-365, le=3650)] | None = None
    promise: Annotated[int, Field(ge=-365, le=3650)] | None = None

    @model_validator(mode="after")
    def _expects_something(self) -> Expect:
        if self.level is None and self.decision is None:
            raise ValueError("say what is expected: level or decision")
        return self


def read(raw: Any) -> tuple[list[Expect], list[Mistake]]:
    """The expectations of a file, and what is wrong with others."""
    if not isinstance(raw, list):
        return [], [(("expect",), "must be a list of tables: [[expect]]")]
    read_: list[Expect] = []
    mistakes: list[Mistake] = []
    for place, each in enumerate(raw):
        try:
            read_.append(Expect.model_validate(each))
        except ValidationError as error:
            mistakes += found_by(error, ("expect", place), Expect)
    return read_, mistakes


def expectations(
    read_: Sequence[Expect], path: str, currency: str, lines: Mapping[Path, int]
) -> tuple[Expectation, ...]:
    """The same as the domain has them, each with its line.

    Args:
        read_: In the order of the file.
        path: What the file is called.
        currency: Where one names none.
        lines: Which setting stands in which line.
    """
    return tuple(
        Expectation(
            where=f"{path}, line {nearest(('expect', place), lines) or '?'}",
            days_past_due=each.days_past_due,
            policy=each.policy,
            level=each.level,
            decision=each.decision,
            due=each.due,
            amount=each.amount,
            paid=each.paid,
            currency=each.currency or currency,
            hold_until=each.hold_until,
            promise=each.promise,
        )
        for place, each in enumerate(read_)
    )
