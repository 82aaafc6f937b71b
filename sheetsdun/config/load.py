"""The text of sheetsdun.toml as a Config."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sheetsdun.config.checks import check
from sheetsdun.config.expect import expectations
from sheetsdun.config.lines import locate
from sheetsdun.config.mistakes import told
from sheetsdun.config.parts import Parts, read
from sheetsdun.config.sections import (
    Attachments,
    Defaults,
    Google,
    Limits,
    PolicySender,
    Section,
    Sender,
    SendingDays,
    Spreadsheet,
    StatusWords,
)
from sheetsdun.domain.charges import Charge
from sheetsdun.domain.expect import Expectation
from sheetsdun.domain.invoice import Standing
from sheetsdun.domain.policy import Policy
from sheetsdun.errors import ConfigError
from sheetsdun.pay import Way
from sheetsdun.rows.columns import Columns
from sheetsdun.rows.row import Reading
from sheetsdun.rows.text import clean

_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_TOML_END = re.compile(r" \(at end of document\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that sheetsdun.toml says, with its defaults.

    Attributes:
        columns: Which header each field has.
        customer_columns, payment_columns: The same of these tabs.
        ways: How to pay, in order.
        tolerance: By currency, the sum below which a balance is nothing.
        charges: What levels may charge beside the principal, by name.
        policies: The ladders by name, at least one.
        policy_senders: Who writes the letters of a policy, where it is somebody else.
        expectations: What the team says must come of its ladders.
        default_policy: The name of the one that counts where neither row nor customer names any.
    """

    google: Google
    sheet: Spreadsheet
    defaults: Defaults
    columns: Columns
    customer_columns: Columns
    payment_columns: Columns
    status: StatusWords
    calendar: SendingDays
    limits: Limits
    tolerance: Mapping[str, Decimal]
    sender: Sender
    attachments: Attachments
    ways: tuple[Way, ...]
    charges: Mapping[str, Charge]
    policies: Mapping[str, Policy]
    policy_senders: Mapping[str, PolicySender]
    default_policy: str
    expectations: tuple[Expectation, ...] = ()

    @property
    def standings(self) -> dict[str, Standing]:
        """What each word of the Status column means, in lower case."""
        meanings = {
            Standing.PAID: self.status.paid,
            Standing.VOID: self.status.void,
            Standing.DISPUTED: self.status.disputed,
        }
        return {clean(word).casefold(): standing for standing, words in meanings.items() for word in words}

    def reading(self, locale: str) -> Reading:
        """What gives the cells of a spreadsheet of that locale their meaning."""
        return Reading(locale=locale, currency=self.defaults.currency, standings=self.standings)


def load(text: str, path: str = "sheetsdun.toml") -> Config:
    """Read the text of a config.

    Args:
        text: TOML.
        path: What the file is called in messages.

    Raises:
        ConfigError: It has mistakes; all of them are told, each with its line.
    """
    raw = _toml(text.removeprefix("\ufeff"), path)
    parts, mistakes = read(raw)
    mistakes += check(parts)
    lines = locate(text) if mistakes or parts.expected else {}
    if mistakes:
        raise ConfigError(path, told(mistakes, lines))
    config = _config(parts)
    expected = expectations(parts.expected, path, config.defaults.currency, lines)
    return replace(config, expectations=expected)


def _toml(text: str, path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        sentence = str(error)
        line = _TOML_LINE.search(sentence)
        number = int(line[1]) if line else text.count("\n") + 1
        sentence = _TOML_END.sub(" at the end of the file", _TOML_LINE.sub("", sentence))
        raise ConfigError(path, [f"line {number}: this is not TOML: {sentence}"]) from None


def _config(parts: Parts) -> Config:
    """The config of parts without a mistake."""
    headers = parts.headers
    sheet, defaults = parts.sheet, parts.defaults
    assert parts.google
    assert sheet
    assert defaults
    assert headers
    assert parts.customer_headers
    assert parts.payment_headers
    assert parts.status
    assert parts.calendar
    assert parts.limits
    assert parts.sender
    assert parts.attachments
    columns = Columns.of(_named(headers), sheet.identity)
    return Config(
        google=parts.google,
        sheet=sheet,
        defaults=defaults,
        columns=columns,
        customer_columns=columns.customers(_named(parts.customer_headers)),
        payment_columns=columns.payments(_named(parts.payment_headers)),
        status=parts.status,
        calendar=parts.calendar,
        limits=parts.limits,
        tolerance=parts.tolerance,
        sender=parts.sender,
        attachments=parts.attachments,
        ways=tuple(parts.ways),
        charges=parts.charges,
        policies={name: Policy(name, levels, parts.climbs[name]) for name, levels in parts.policies.items()},
        policy_senders=parts.senders,
        default_policy=parts.default_policy or "",
    )


def _named(headers: Section) -> dict[str, str]:
    """The headers that a person has named."""
    return headers.model_dump(include=headers.model_fields_set)
