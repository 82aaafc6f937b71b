"""A forecast as a web page: the figures, a calendar, and what would go on each day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from sheetsdun.domain.forecast import Day
from sheetsdun.domain.invoice import Invoice
from sheetsdun.report import page
from sheetsdun.report.foreseen import (
    asked_for,
    assumption,
    by_level,
    counted,
    headline,
    levels,
    money,
    months,
    owed,
    remarks,
    weeks,
)
from sheetsdun.report.told import sternest_level
from sheetsdun.rows.text import clip
from sheetsdun.rows.words import Words
from sheetsdun.sync.foresee import Foresight

_LONGEST = 80
_STYLE = """
.months { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 14px; }
.months .card { margin: 0; }
.month table { table-layout: fixed; }
.month th { padding: 2px 0 4px; text-align: center; border: 0; }
.month td { height: 48px; padding: 3px 4px; border: 1px solid var(--line); font-size: 12px; color: var(--quiet); }
.month tr:last-child > td { border-bottom: 1px solid var(--line); }
.month td.out { border-color: transparent; }
.month td.closed { background: var(--page); }
.month td.today { outline: 2px solid var(--accent); outline-offset: -2px; }
.month b { display: block; color: var(--text); font-size: 16px; line-height: 1.1; text-align: right; font-variant-numeric: tabular-nums; }
.month small { display: block; font-size: 11px; letter-spacing: -0.02em; text-align: right; white-space: nowrap; }
.bar { display: flex; height: 4px; margin-top: 4px; border-radius: 2px; overflow: hidden; }
.bar i { background: var(--tone); }
td .level { white-space: nowrap; }
details { border-bottom: 1px solid var(--line); }
details:last-child { border-bottom: 0; }
summary { display: grid; grid-template-columns: 8.5em 1fr auto; gap: 4px 14px; padding: 9px 2px; cursor: pointer; }
summary .sums { text-align: right; font-variant-numeric: tabular-nums; }
summary span { min-width: 0; }
details .scroll { margin: 0 0 10px; }
@media (max-width: 600px) {
  .months { grid-template-columns: 1fr; }
  .month td { height: 44px; }
  summary { grid-template-columns: 1fr auto; }
  summary .what { grid-column: 1 / -1; grid-row: 2; }
}
@media print { details { break-inside: avoid; } }
"""


def forecast_page(told: Foresight, words: Words) -> str:
    """The whole page."""
    days = told.forecast.days
    tones = _tones(levels(told))
    letters = [each for day in days for each in day.letters]
    tasks = sum(len(day.tasks) for day in days)
    sums = owed(_reminded(told))
    figures = [
        (f"{len(letters):,}", "letters"),
        (f"{len({each.letter.debtor for each in letters}):,}", "debtors"),
        *([(f"{tasks:,}", "tasks for people")] if tasks else []),
        *((money({currency: sums[currency]}, words), "open, and reminded of") for currency in sorted(sums)),
    ]
    counts = by_level(days)
    named = [(tones[name], f"{name} {counts[name]}") for name in levels(told) if counts[name]]
    grid = Markup('<div class="months">{}</div>').format(
        Markup("").join(
            _month(told, month, tones) for month in months(told.forecast.first, told.forecast.last)
        )
    )
    busy = [day for day in days if day.letters or day.tasks]
    listed = Markup("").join(_day(told, day, words, tones) for day in busy)
    parts = [
        page.tiles(figures),
        page.section(
            "Calendar", page.legend(named), grid, note="Letters of each day, and tasks where there are any."
        ),
        page.section(
            "Day by day",
            page.card(listed) if busy else page.card(Markup("Nothing would go.")),
            note="A sum is what the letters of that day ask for. The same debt is asked for again by its next level.",
        ),
        page.section("What it rests on", page.notes([assumption(told, words), *remarks(told, words)])),
    ]
    when = f"{told.forecast.first:%d %B %Y} – {told.forecast.last:%d %B %Y}"
    title = f"{told.known.snapshot.title}: {headline(told)}"
    foot = f"Made by sheetsdun on {told.forecast.first:%d %B %Y}. Nothing was written or sent."
    return page.page(title, parts, lead=f"{when}. {assumption(told, words)}", foot=foot, style=_STYLE)


def _reminded(told: Foresight) -> list[Invoice]:
    """The invoices that letters are about, each once."""
    names = {
        part.invoice for day in told.forecast.days for each in day.letters for part in each.letter.climbed
    }
    return [invoice for invoice in told.known.invoices if invoice.id in names]


def _tones(names: list[str]) -> Mapping[str, int]:
    """A tone for each level, from calm to stern."""
    steps = max(len(names) - 1, 1)
    return {name: 1 + round(place * (page.TONES - 1) / steps) for place, name in enumerate(names)}


def _month(told: Foresight, month: dt.date, tones: Mapping[str, int]) -> Markup:
    happens = {day.day: day for day in told.forecast.days}
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(_cell(told, day, month, happens.get(day), tones) for day in week)
        )
        for week in weeks(told, month)
    )
    head = Markup("").join(Markup("<th>{}</th>").format(name) for name in ("M", "T", "W", "T", "F", "S", "S"))
    return Markup(
        '<div class="card month"><h3>{}</h3><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(f"{month:%B %Y}", head, rows)


def _cell(
    told: Foresight, date: dt.date, month: dt.date, day: Day | None, tones: Mapping[str, int]
) -> Markup:
    if date.month != month.month:
        return Markup('<td class="out"></td>')
    kinds = []
    if not told.known.terms.calendar.is_sending_day(date):
        kinds.append("closed")
    if date == told.forecast.first:
        kinds.append("today")
    said = [Markup("{}").format(date.day)]
    if day and day.letters:
        said += [Markup("<b>{}</b>").format(len(day.letters)), _bar(day, tones)]
    if day and day.tasks:
        said.append(Markup("<small>{}</small>").format(counted(len(day.tasks), "task", "tasks")))
    return Markup('<td class="{}">{}</td>').format(" ".join(kinds), Markup("").join(said))


def _bar(day: Day, tones: Mapping[str, int]) -> Markup:
    """Which levels the letters of a day have."""
    counts = by_level([day])
    parts = (
        Markup('<i style="--tone: var(--tone-{}); flex: {}"></i>').format(
            tones.get(name, page.TONES), counts[name]
        )
        for name in [*tones, *(each for each in counts if each not in tones)]
        if counts[name]
    )
    return Markup('<div class="bar">{}</div>').format(Markup("").join(parts))


def _day(told: Foresight, day: Day, words: Words, tones: Mapping[str, int]) -> Markup:
    counts = by_level([day])
    named = [f"{name} {counts[name]}" for name in levels(told) if counts[name]]
    if day.tasks:
        named.append(counted(len(day.tasks), "task", "tasks"))
    if day.paid:
        named.append(f"{len(day.paid)} paid")
    head = Markup(
        '<summary><span>{}</span><span class="what">{}</span><span class="sums">{}</span></summary>'
    ).format(
        f"{day.day:%a} {words.date(day.day)}",
        ", ".join(named),
        page.lines(money(asked_for(day.letters), words).split(", ")),
    )
    return Markup("<details>{}{}</details>").format(
        head,
        page.table(["Whom", "Level", "Invoices", "Asks for"], _rows(told, day, words, tones), numbers=[3]),
    )


def _rows(told: Foresight, day: Day, words: Words, tones: Mapping[str, int]) -> Iterator[list[str]]:
    for each in day.letters:
        letter, name = each.letter, sternest_level(each.letter)
        whom = clip(told.names.get(letter.debtor, "") or letter.debtor, _LONGEST)
        level = Markup('<span class="level">{} {}</span>{}').format(
            page.tone(tones.get(name, page.TONES)),
            name,
            " (a draft already)" if each.waits else "",
        )
        named = ", ".join(part.invoice for part in letter.climbed)
        yield [whom, level, named, money(asked_for([each]), words)]
    for task in day.tasks:
        invoice, asked = task.decision.invoice, task.rung.level
        yield [clip(invoice.customer, _LONGEST), f"{asked.name} ({asked.channel})", invoice.id, ""]
    if day.paid:
        yield ["Taken as paid", "", ", ".join(day.paid), ""]
