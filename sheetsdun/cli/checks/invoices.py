"""The invoice tab: its columns, and what its rows say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sheetsdun import wiring
from sheetsdun.cli.checks.finding import Finding, failed, ok, problem, warning
from sheetsdun.cli.wanted import PEOPLE
from sheetsdun.config import Config
from sheetsdun.domain.decision import Verdict
from sheetsdun.domain.history import History
from sheetsdun.domain.invoice import Invoice
from sheetsdun.domain.policy import Policy
from sheetsdun.domain.terms import Terms
from sheetsdun.errors import ConfigError, SheetsdunError, UsageError
from sheetsdun.ports import Snapshot
from sheetsdun.rows.columns import OURS, locate, places
from sheetsdun.rows.payments import Loose
from sheetsdun.rows.words import Words
from sheetsdun.sync.judge import decide_all
from sheetsdun.sync.understand import understand_all

_FEW = 5
"""So many rows with a problem are told one by one."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows as a run understands them."""

    invoices: Sequence[Invoice]
    terms: Terms

    def policies(self, language: str) -> list[tuple[str, Policy]]:
        """Every language and policy that meet in a row, and every policy in the default language."""
        met = {(invoice.language or language, invoice.escalation) for invoice in self.invoices}
        used = [(spoken, policy) for spoken, name in sorted(met) if (policy := self.terms.policy(name))]
        return [*((language, policy) for policy in self.terms.policies.values()), *used]


def columns(config: Config, snapshot: Snapshot, setup: str) -> Generator[Finding, None, bool]:
    """The tab and its header row; whether rows can be read.

    Args:
        config: What each column should be called.
        snapshot: What is there.
        setup: The command that adds what is missing.
    """
    sheet, headers = config.sheet, config.columns.headers
    table = snapshot.tables.get(sheet.invoices)
    if table is None:
        yield problem(
            "columns",
            f"The spreadsheet has no tab “{sheet.invoices}”.",
            "Was it renamed? Name the tab of your invoices under [sheet] invoices.",
            3,
        )
        return False
    try:
        there = locate(table.header, config.columns, table.title)
    except SheetsdunError as error:
        yield failed("columns", error)
        return False
    optional = [headers[name] for name in PEOPLE if headers[name] and name not in there]
    more = f" Not there: {', '.join(optional)} ({setup} adds them)." if optional else ""
    yield ok("columns", f"The headers of “{table.title}” are in row {table.header_row}, each once.{more}")
    if not {"paid", "status"} & there.keys():
        yield warning(
            "columns",
            "No column says what is paid: everybody would be reminded for ever.",
            f"Add a column “{headers['paid'] or 'Paid'}”, or name yours under [columns] paid.",
        )
    alone = places(table.header, config.columns)
    if lacking := [headers[name] for name in OURS if headers[name] and name not in alone]:
        yield warning(
            "columns",
            f"sheetsdun cannot write its own columns {', '.join(lacking)}: each must be there, and only once.",
            f"Run `{setup}`; of a column that stands twice, remove one.",
        )
    return True


def rows(config: Config, path: Path, snapshot: Snapshot) -> Generator[Finding, None, Rows | None]:
    """Invoices and policies, as a run would understand them."""
    try:
        settings = wiring.settings(config, path)
    except UsageError:  # told already, as calendar or templates
        return None
    try:
        whole = understand_all(snapshot.tables, settings, snapshot.locale)
    except ConfigError as error:
        yield failed("policies", error)
        return None
    except SheetsdunError as error:
        yield failed("other tabs", error)
        return None
    own = [name for name, policy in whole.terms.policies.items() if policy.levels[0].in_sheet]
    if own:
        yield ok(
            "policies", f"These ladders are those of the tab “{config.sheet.policies}”: {', '.join(own)}."
        )
    yield from _payments(whole.loose)
    return Rows(whole.invoices, whole.terms)


def _payments(loose: Sequence[Loose]) -> Iterator[Finding]:
    """Payments that nobody but a person can match."""
    if loose:
        further = [f"and {len(loose) - _FEW} more"] if len(loose) > _FEW else []
        yield warning(
            "payments",
            f"{len(loose)} payment{'' if len(loose) == 1 else 's'} cannot be matched to one invoice.",
            "Write the invoice's number beside each.",
            (*map(str, loose[:_FEW]), *further),
        )


def needing_help(
    rows: Rows, history: History, today: dt.date, headers: Mapping[str, str]
) -> Iterator[Finding]:
    """How many invoices there are, and which of them no reminder can be decided for."""
    decisions = decide_all(rows.invoices, history, rows.terms, today)
    bad = [decision for decision in decisions if decision.verdict is Verdict.PROBLEM]
    count = f"{len(decisions)} invoice{'' if len(decisions) == 1 else 's'}"
    if not bad:
        yield ok("rows", f"{count}, all of them understood." if decisions else "There is no invoice yet.")
        return
    words = Words("en", today, headers)
    told = [
        f"row {decision.invoice.row} ({decision.invoice.id or 'no number'}): {words.reason(decision.reason)}"
        for decision in bad[:_FEW]
    ]
    further = [f"and {len(bad) - _FEW} more"] if len(bad) > _FEW else []
    yield warning(
        "rows",
        f"{count}; {len(bad)} of them cannot be understood, and nothing is written for these.",
        "Mend these cells in the sheet; the others are not held up.",
        (*told, *further),
    )
