"""``init``'s look at the spreadsheet, and the config that comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sheetsdun.cli import proposal, terminal
from sheetsdun.cli.answers import Answers, earlier
from sheetsdun.cli.proposal import Found
from sheetsdun.config import render
from sheetsdun.config.values import spreadsheet_of
from sheetsdun.errors import SheetsdunError
from sheetsdun.google.auth import access
from sheetsdun.google.connection import Connection, Endpoints
from sheetsdun.google.outline import Outline
from sheetsdun.rows.columns import DEFAULTS, NEEDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen.

    Attributes:
        outline: The top of each tab; None where the spreadsheet could not be read.
        found: The table of invoices; None where no row looks like its header.
        trouble: Why the spreadsheet could not be read.
    """

    outline: Outline | None = None
    found: Found | None = None
    trouble: SheetsdunError | None = None

    @property
    def columns(self) -> Mapping[str, str]:
        """Header by field, of those that were found."""
        return self.found.columns if self.found else {}

    @property
    def tab(self) -> str:
        """The tab of invoices; the first one where none looks like it."""
        if self.found:
            return self.found.tab
        return next(iter(self.outline.tabs), "Invoices") if self.outline else "Invoices"

    @property
    def lacking(self) -> tuple[str, ...]:
        """Fields that must be there and were not found beside the others."""
        return tuple(field for field in NEEDED if self.found and field not in self.found.columns)

    @property
    def blank(self) -> bool:
        """The tab is there, and nothing stands in it yet."""
        return self.outline is not None and not any(map(any, self.outline.tabs.get(self.tab, ())))

    def language(self, wish: str = "") -> str:
        """The language wished for, else the spreadsheet's."""
        seen = proposal.language(self.outline.locale, self.columns.values()) if self.outline else "en"
        return wish or seen

    def currency(self) -> tuple[str, str]:
        """The currency of rows that name none, and why."""
        locale = self.outline.locale if self.outline else ""
        return proposal.currency_of(locale, self.columns.get("amount", ""))


def first_look(answers: Answers, source: str | Path) -> Look:
    """Read the top of every tab, and find the invoices. What goes wrong is told in ``Look.trouble``.

    Args:
        answers: Where.
        source: The credentials: a path, or their text.
    """
    where = answers.endpoint
    try:
        granted = access(source, mailbox=answers.mailbox)
        terminal.progress("Reading the headers of the spreadsheet")
        with Connection(granted, Endpoints(where, where)) as connection:
            outline = connection.outline(spreadsheet_of(answers.sheet) or answers.sheet)
    except SheetsdunError as trouble:
        return Look(trouble=trouble)
    return Look(outline=outline, found=proposal.find(outline.tabs))


def untouched(path: Path) -> bool:
    """Whether the config is as ``init`` writes it when the spreadsheet could not be read; init may write it again."""
    answers = earlier(path)
    return answers is not None and path.read_text(encoding="utf-8") == text_of(answers, Look())


def text_of(answers: Answers, look: Look) -> str:
    """The text of the config."""
    language = look.language(answers.language)
    added = proposal.added(language, look.columns, blank=look.blank) if look.outline else {}
    where = answers.endpoint
    return render(
        answers.sheet,
        answers.mailbox,
        {**look.columns, **added},
        credentials=answers.credentials,
        invoices=look.tab,
        header_row=look.found.header_row if look.found else 1,
        currency=look.currency()[0],
        language=language,
        ui_language=language,
        endpoints={"sheets": where, "gmail": where, "drive": where} if where else None,
    )


def told(answers: Answers, look: Look) -> Iterator[str]:
    """What was seen and what was made of it, line by line."""
    if look.outline is None:
        return
    outline, found = look.outline, look.found
    yield f"The spreadsheet is “{outline.title}” ({outline.locale}, {outline.time_zone})."
    if found is None and look.blank:
        yield f"The tab “{look.tab}” is empty: setup gives it the columns of invoices."
    elif found is None:
        yield f"No row of it looks like the headers of invoices; the tab is taken to be “{look.tab}”."
    else:
        yield f"The invoices are in the tab “{found.tab}”, with their headers in row {found.header_row}:"
        yield ""
        shown = [field for field in DEFAULTS if field in found.columns or field in NEEDED]
        width = max(map(len, shown))
        for field in shown:
            yield f"  {field:<{width}}  {found.columns.get(field, '(not found)')}"
        yield ""
        if found.unknown:
            yield f"Not used: {', '.join(found.unknown)}."
        if not {"paid", "status"} & found.columns.keys():
            yield "No column says what is paid. Add one, “Paid”, or everybody is reminded for ever."
    code, why = look.currency()
    names = {"en": "English", "ru": "Russian", "de": "German"}
    yield f"Letters are in {names[look.language(answers.language)]}, sums in {code} ({why}), where a row says nothing else."
