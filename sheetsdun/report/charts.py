"""Charts for web pages, as SVG without a script: widths in percent, heights and text in pixels.

So a chart fills whatever it stands in, and its words are as large on a phone as on a desk. Colours are the page's tones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

STYLE = """
svg { display: block; width: 100%; overflow: visible; }
svg text { fill: var(--quiet); font-size: 12px; font-variant-numeric: tabular-nums; }
svg text.middle { text-anchor: middle; }
svg line { stroke: var(--line); }
svg rect { stroke: var(--card); stroke-width: 1px; }
.charted { margin: 0 0 10px; }
.charted h3 { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; margin: 0 0 4px; font-weight: 600; }
.charted h3 span { color: var(--quiet); font-weight: 400; font-variant-numeric: tabular-nums; }
@media print { svg, .charted { break-inside: avoid; } }
"""
"""What a page with charts adds to its style."""

_BAR = 22
_COLUMNS = 130
_LABELLED = 7
_ROOM = Decimal(9)
"""Percent of the width that a figure under a bar needs on a phone."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar or a column.

    Attributes:
        size: Never below nothing.
        tone: A colour as CSS has it, such as ``var(--tone-1)``: ours, nothing from a cell.
        said: What it is, with its figure, for whoever points at it.
    """

    size: Decimal
    tone: str
    said: str


def tone(number: int) -> str:
    """The colour of a step from calm to stern."""
    return f"var(--tone-{number})"


def bar(pieces: Sequence[Piece], label: str) -> Markup:
    """One bar over the whole width; under its larger parts their share in percent."""
    whole = sum((each.size for each in pieces), Decimal(0))
    if whole <= 0:
        return Markup()
    drawn, begins = [], Decimal(0)
    for each in pieces:
        width = each.size * 100 / whole
        if not width:
            continue
        drawn.append(_rect(begins, width, 0, _BAR, each))
        if width >= _ROOM:
            middle = begins + width / 2
            drawn.append(
                Markup('<text class="middle" x="{}%" y="{}">{} %</text>').format(
                    f"{middle:.2f}", _BAR + 15, round(width)
                )
            )
        begins += width
    return _svg(_BAR + 20, label, drawn)


def columns(stacks: Sequence[tuple[str, Sequence[Piece]]], label: str) -> Markup:
    """Columns side by side, each with its name below; its count above where there is room for it."""
    sizes = [sum((each.size for each in pieces), Decimal(0)) for _, pieces in stacks]
    highest = max(sizes, default=Decimal(0))
    if highest <= 0:
        return Markup()
    step = Decimal(100) / len(stacks)
    every = -(-len(stacks) // _LABELLED)
    drawn = [
        Markup('<line x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(_COLUMNS + 16),
    ]
    for place, ((name, pieces), size) in enumerate(zip(stacks, sizes, strict=True)):
        left, floor = step * place, Decimal(_COLUMNS + 16)
        for each in pieces:
            height = each.size * _COLUMNS / highest
            floor -= height
            if height:
                drawn.append(
                    _rect(left + step * Decimal("0.12"), step * Decimal("0.76"), floor, height, each)
                )
        middle = f"{left + step / 2:.2f}"
        if size and len(stacks) <= 2 * _LABELLED:
            drawn.append(
                Markup('<text class="middle" x="{}%" y="{}">{:,}</text>').format(
                    middle, f"{floor - 4:.1f}", int(size)
                )
            )
        if place % every == 0:
            drawn.append(
                Markup('<text class="middle" x="{}%" y="{}">{}</text>').format(middle, _COLUMNS + 32, name)
            )
    return _svg(_COLUMNS + 38, label, drawn)


def charted(name: str, figure: str, chart: str) -> Markup:
    """A chart under its name, with the figure that matters beside it."""
    return Markup('<div class="charted"><h3>{}<span>{}</span></h3>{}</div>').format(name, figure, chart)


def legend(names: Sequence[tuple[str, str]]) -> Markup:
    """What each colour means: colours as CSS has them, with their names."""
    each = (
        Markup('<li><i class="tone" style="--tone: {}"></i> {}</li>').format(colour, name)
        for colour, name in names
    )
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(each))


def _rect(left: Decimal, width: Decimal, top: Decimal | int, height: Decimal | int, each: Piece) -> Markup:
    return Markup(
        '<rect x="{}%" width="{}%" y="{}" height="{}" style="fill: {}"><title>{}</title></rect>'
    ).format(f"{left:.3f}", f"{width:.3f}", f"{top:.1f}", f"{height:.1f}", each.tone, each.said)


def _svg(height: int, label: str, drawn: Sequence[Markup]) -> Markup:
    return Markup('<svg height="{}" role="img" aria-label="{}">{}</svg>').format(
        height, label, Markup("").join(drawn)
    )
