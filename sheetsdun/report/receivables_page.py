"""A report of receivables as a web page: a few figures on top, then findings, each with its chart and its table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from sheetsdun.domain.aging import Aged, Bucket
from sheetsdun.domain.money import rounded
from sheetsdun.domain.promises import Word
from sheetsdun.domain.recovery import After, Recovery
from sheetsdun.report import charts, page
from sheetsdun.report.charts import Piece, charted, tone
from sheetsdun.report.foreseen import counted, money
from sheetsdun.report.receivables import (
    NAMES,
    asked_for,
    best,
    buckets,
    concentration,
    days_outstanding,
    debtors,
    headline,
    level_name,
    level_names,
    median_days,
    named,
    period,
    promise_counts,
    remarks,
    share,
    state,
    weeks,
    whom,
)
from sheetsdun.report.told import sternest_level, total
from sheetsdun.rows.words import Words
from sheetsdun.sync.receivables import Receivables

_SHOWN = 12
_STYLE = """
.scroll td:first-child:not(.number) { min-width: 9em; }
.charted h3 { font-size: 14px; }
@page { size: landscape; margin: 12mm; }
"""
_TONES = dict(zip(Bucket, (*map(tone, range(1, 6)), "var(--line)"), strict=True))
_AFTER = {
    "paid before a next reminder": "var(--accent)",
    "still open": "var(--tone-1)",
    "next reminder followed": "var(--tone-4)",
    "other": "var(--line)",
}


def receivables_page(told: Receivables, words: Words) -> str:
    """The whole page."""
    parts = [
        page.tiles(_figures(told, words)),
        *(_aging(told, each, words) for each in told.aging.totals),
        *(_debtors(told, each, words) for each in told.aging.totals if each.past_due > 0),
        *([_recovery(told, words)] if told.recovery else []),
        _sent(told, words),
        *([_open(told, words)] if told.open else []),
        *([_promises(told)] if told.promises else []),
    ]
    if said := [*remarks(told, words)]:
        parts.append(page.section("What these figures rest on", page.notes(said)))
    title = f"{told.known.snapshot.title}: {headline(told, words)}"
    today = f"{told.today.day} {told.today:%B %Y}"
    lead = f"What is owed on {today}, and what reminders have brought in from {period(told)}. Currencies are never added up."
    foot = f"Made by sheetsdun on {today} from the spreadsheet and its log. Nothing was written or sent."
    return page.page(title, parts, lead=lead, foot=foot, style=charts.STYLE + _STYLE)


def _money(amount: Decimal, currency: str, words: Words) -> str:
    return words.money(rounded(amount, currency)) if amount else "–"


def _figures(told: Receivables, words: Words) -> Iterator[tuple[str, str]]:
    for each, dso in zip(told.aging.totals, told.outstanding, strict=True):
        of = f"past due, of {money({each.currency: each.open}, words)} open"
        days = f"; {dso.days:f} days sales outstanding" if dso.days is not None else ""
        yield money({each.currency: each.past_due}, words) or f"0 {each.currency}", of + days
    yield f"{debtors(told):,}", "debtors with something past due"
    yield f"{len(told.sent):,}", "letters in the period"
    paid = sum(each.after[After.PAID] for each in told.recovery)
    if told.recovery:
        yield f"{paid:,}", "invoices paid after a reminder of the period"


def _aging(told: Receivables, each: Aged, words: Words) -> Markup:
    shown = buckets(told)
    late, old = each.past_due, each.buckets[Bucket.OVER_90]
    if not each.open:
        title = f"{each.currency}: nothing is open"
    elif not late:
        title = f"{each.currency}: nothing is past due"
    else:
        title = f"{each.currency}: {share(late, each.open)} of what is open is past due"
        title += f", {share(old, each.open)} for more than 90 days" if old else ""
    pieces = [
        Piece(
            max(each.buckets[name], Decimal(0)),
            _TONES[name],
            f"{NAMES[name]}: {money({each.currency: each.buckets[name]}, words)}",
        )
        for name in shown
    ]
    chart = charts.bar(pieces, f"{each.currency} by days past due")
    dso = next(found for found in told.outstanding if found.currency == each.currency)
    rows = [
        [*(NAMES[name] for name in shown), "Open", "Credits", "Net", "Invoices", "Days sales outstanding"],
        [
            *(_money(each.buckets[name], each.currency, words) for name in shown),
            *(_money(amount, each.currency, words) for amount in (each.open, each.credits, each.net)),
            f"{each.invoices:,}",
            days_outstanding(dso),
        ],
    ]
    return page.section(
        title,
        page.card(
            charts.legend([(_TONES[name], NAMES[name]) for name in shown]),
            chart,
            page.table(rows[0], rows[1:], numbers=range(len(rows[0]))),
        ),
        note="Balances of open invoices by days past due.",
    )


def _debtors(told: Receivables, total_: Aged, words: Words) -> Markup:
    lines = [each for each in told.aging.of(total_.currency) if each.past_due]
    few, part = concentration(lines)
    currency = total_.currency
    owe = "debtor owes" if few == 1 else "debtors owe"
    title = f"{few} {owe} {part} of what is past due in {currency}"
    shown = buckets(told)
    headers = ["Debtor", "Past due", *(NAMES[name] for name in shown), "Open", "Credits", "Net", "Oldest due"]
    rows = [
        [
            named(each),
            _money(each.past_due, currency, words),
            *(_money(each.buckets[name], currency, words) for name in shown),
            *(_money(amount, currency, words) for amount in (each.open, each.credits, each.net)),
            words.date(each.oldest) if each.oldest else "",
        ]
        for each in lines[:_SHOWN]
    ]
    rest = lines[_SHOWN:]
    more: list[str] = []
    if rest:
        owed = sum((each.open for each in rest), Decimal(0))
        more = [
            f"{counted(len(rest), 'further debtor owes', 'further debtors owe')} {money({currency: owed}, words)}."
        ]
    return page.section(
        title,
        page.card(page.table(headers, rows, numbers=range(1, len(headers)))),
        page.notes(more),
        note="Debtors with something past due; those first who owe most of it.",
    )


def _parts(each: Recovery) -> dict[str, int]:
    paid, later, still = each.after[After.PAID], each.after[After.NEXT], each.after[After.OPEN]
    return dict(zip(_AFTER, (paid, still, later, each.reminded - paid - later - still), strict=True))


def _recovery(told: Receivables, words: Words) -> Markup:
    most = best(told)
    whole = sum(each.after[After.PAID] for each in told.recovery)
    if most:
        title = f"Most were paid after “{level_name(told, most)}”: {most.after[After.PAID]:,} of {whole:,}"
    else:
        title = "Nothing was paid after a reminder so far"
    bars = [
        charted(
            level_name(told, each),
            f"{each.after[After.PAID]:,} of {each.reminded:,} paid",
            charts.bar(
                [
                    Piece(Decimal(count), _AFTER[what], f"{what}: {count:,}")
                    for what, count in _parts(each).items()
                ],
                f"What came after {each.level}",
            ),
        )
        for each in told.recovery
    ]
    headers = ["Level", "Reminded", "Paid", "Open", "Next", "Other", "Asked for", "Recovered", "Median days"]
    rows = [
        [
            level_name(told, each),
            f"{each.reminded:,}",
            *(f"{count:,}" for count in _parts(each).values()),
            page.lines(money(each.asked, words).split(", ")),
            page.lines(money(each.recovered, words).split(", ")),
            median_days(each),
        ]
        for each in told.recovery
    ]
    return page.section(
        title,
        page.card(
            charts.legend([(colour, name) for name, colour in _AFTER.items()]),
            *bars,
            page.table(headers, rows, numbers=range(1, len(headers))),
        ),
        note=f"Invoices that were reminded from {period(told)}, and what came after each reminder. Payments count until today.",
    )


def _sent(told: Receivables, words: Words) -> Markup:
    if not told.sent:
        return page.section("No letters went", page.card(Markup("None from {}.").format(period(told))))
    names = level_names(told)
    steps = max(len(names) - 1, 1)
    tones = {name: tone(1 + round(place * (page.TONES - 1) / steps)) for place, name in enumerate(names)}
    found = weeks(told)
    monday, most = max(found, key=lambda week: week[1].total())
    title = f"{counted(len(told.sent), 'letter', 'letters')} in {counted(len(found), 'week', 'weeks')}"
    if len(found) > 1:
        title += f", most in the week of {words.date(monday)} ({most.total():,})"
    stacks = [
        (
            words.date(day),
            [
                Piece(
                    Decimal(count[name]), tones[name], f"Week of {words.date(day)}, {name}: {count[name]:,}"
                )
                for name in names
            ],
        )
        for day, count in found
    ]
    rows = []
    for name in names:
        letters = [each for each in told.sent if sternest_level(each) == name]
        by_hand = sum(each.by_hand for each in letters)
        asked = page.lines(money(asked_for(letters), words).split(", "))
        rows.append([name, f"{len(letters):,}", f"{by_hand:,}", asked])
    return page.section(
        title,
        page.card(
            charts.legend([(tones[name], name) for name in names]),
            charts.columns(stacks, "Letters by week"),
            page.table(["Level", "Letters", "By hand", "Asked for"], rows, numbers=(1, 2, 3)),
        ),
        note="Letters that went, by the week's Monday and their sternest level. The same debt is asked for again by its next level.",
    )


def _open(told: Receivables, words: Words) -> Markup:
    lost = sum(each.state.lost for each in told.open)
    title = f"{counted(len(told.open), 'letter stands', 'letters stand')} open"
    title += f", {lost} of them need redo or skip" if lost else ""
    rows = [
        [
            whom(told, each.debtor),
            sternest_level(each),
            state(each),
            words.date(each.since.astimezone(told.known.run.zone).date()),
            money({each.currency: total(each)}, words),
        ]
        for each in told.open[:_SHOWN]
    ]
    more = len(told.open) - len(rows)
    return page.section(
        title,
        page.card(page.table(["Debtor", "Level", "State", "Since", "Total"], rows, numbers=[4])),
        page.notes([f"{counted(more, 'further letter', 'further letters')}."] if more else []),
        note="As the log has them: the oldest first.",
    )


def _promises(told: Receivables) -> Markup:
    counts = promise_counts(told)
    known = counts[Word.KEPT] + counts[Word.BROKEN]
    title = f"{counts[Word.KEPT]} of {known} promises to pay were kept" if known else "Promises to pay"
    rows = [[word.value.capitalize(), f"{counts[word]:,}"] for word in Word]
    return page.section(
        title,
        page.card(page.table(["Promise", "Invoices"], rows, numbers=[1])),
        note="The sheet has the last promise of each invoice. Where it is paid and nothing tells the day, it is unknown whether it was kept.",
    )
