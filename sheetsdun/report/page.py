"""The frame of a report as a web page: one file that needs nothing else, for desktop and phone, light, dark and paper.

Text is escaped where it lands: what is not ``Markup`` already becomes harmless in every function here. There is no
script, and nothing is fetched. A page brings its own style for what it alone has, and takes its colours from the
variables of the frame:

--page, --card, --line, --text, --quiet, --accent, --warn    the ground, boxes, rules, words
--tone-1 … --tone-6                                          six steps from calm to stern: levels, aging buckets
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from markupsafe import Markup, escape

from sheetsdun.errors import UsageError

TONES = 6
"""How many steps from calm to stern there are."""

_STYLE = """
:root {
  color-scheme: light dark;
  --page: #f4f6f8; --card: #ffffff; --line: #dfe4e9; --text: #1a2128; --quiet: #5b6772; --accent: #0b5cad;
  --warn: #a33a12;
  --tone-1: #8fbce6; --tone-2: #3f86c8; --tone-3: #7a6bd0; --tone-4: #c9801a; --tone-5: #c4452f; --tone-6: #7c2348;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #111417; --card: #1a1e22; --line: #2e353c; --text: #e7eaed; --quiet: #9aa6b1; --accent: #7db8f5;
    --warn: #f0a07c;
    --tone-1: #3d5f80; --tone-2: #4f93d3; --tone-3: #9285e6; --tone-4: #dd9a3c; --tone-5: #e36a54; --tone-6: #d26a98;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: break-word;
}
main { max-width: 1080px; margin: 0 auto; padding: 36px 24px 56px; }
header h1 { margin: 0; font-size: 28px; line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; }
header p { margin: 6px 0 0; max-width: 46em; color: var(--quiet); }
section { margin: 28px 0 0; }
h2 { margin: 0 0 4px; font-size: 18px; line-height: 1.3; text-wrap: balance; }
h3 { margin: 0 0 8px; font-size: 15px; }
section > p { margin: 0 0 12px; max-width: 46em; color: var(--quiet); }
.card { padding: 16px 18px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.card + .card { margin-top: 14px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin: 24px 0 0; padding: 0; list-style: none; }
.tiles li { padding: 14px 16px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.tiles b { display: block; font-size: 24px; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tiles span { display: block; color: var(--quiet); font-size: 13px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { padding: 6px 10px; border-bottom: 1px solid var(--line); color: var(--quiet); font-size: 12px; font-weight: 600; text-align: left; vertical-align: bottom; }
td { padding: 7px 10px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
tr:last-child > td { border-bottom: 0; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.notes { margin: 12px 0 0; padding: 0 0 0 18px; color: var(--quiet); }
.notes li + li { margin-top: 4px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0 0 12px; padding: 0; color: var(--quiet); font-size: 13px; list-style: none; }
.tone { display: inline-block; width: 10px; height: 10px; border-radius: 3px; background: var(--tone); vertical-align: 0; }
footer { margin: 36px 0 0; color: var(--quiet); font-size: 13px; }
@media (max-width: 600px) {
  main { padding: 22px 14px 40px; }
  header h1 { font-size: 23px; }
  .card { padding: 12px; }
  .tiles { grid-template-columns: 1fr 1fr; gap: 8px; margin-top: 18px; }
  .tiles li { padding: 10px 12px; }
  .tiles b { font-size: 19px; }
  th, td { padding-left: 6px; padding-right: 6px; }
}
@media print {
  :root { --page: #ffffff; --card: #ffffff; --line: #c9cfd5; --text: #000000; --quiet: #444c54; }
  main { max-width: none; padding: 0; }
  .card, .tiles li, tr { break-inside: avoid; }
  h2, section > p, .legend { break-after: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 10px; }
  th { font-size: 9px; }
  th, td { padding: 3px 5px; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""

_FRAME = Markup("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<header><h1>{title}</h1>{lead}</header>
{body}
<footer>{foot}</footer>
</main>
</body>
</html>
""")


def page(title: str, parts: Iterable[str], *, lead: str = "", foot: str = "", style: str = "") -> str:
    """A whole page.

    Args:
        title: What it has found, in a few words.
        parts: What it consists of, such as ``tiles`` and ``section``.
        lead: A sentence or two under the title: of what, and when.
        foot: What stands small at its end.
        style: CSS for what this page alone has. It is ours: nothing from a cell belongs in it.
    """
    said = Markup("<p>{}</p>").format(lead) if lead else ""
    body = Markup("\n").join(parts)
    return str(_FRAME.format(title=title, style=Markup(_STYLE + style), lead=said, body=body, foot=foot))  # noqa: S704 - ours


def tiles(figures: Iterable[tuple[str, str]]) -> Markup:
    """The few numbers that matter, in large: each with what it is."""
    each = (Markup("<li><b>{}</b><span>{}</span></li>").format(number, what) for number, what in figures)
    return Markup('<ul class="tiles">{}</ul>').format(Markup("").join(each))


def section(heading: str, *content: str, note: str = "") -> Markup:
    """A part of the page under a heading of its own, with a sentence that explains it."""
    said = Markup("<p>{}</p>").format(note) if note else ""
    return Markup("<section><h2>{}</h2>{}{}</section>").format(heading, said, Markup("\n").join(content))


def card(*content: str) -> Markup:
    """What stands together in a box."""
    return Markup('<div class="card">{}</div>').format(Markup("").join(content))


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Collection[int] = ()) -> Markup:
    """A table that scrolls by itself where it is wider than a phone.

    Args:
        headers: Of its columns.
        rows: Its cells.
        numbers: Places of the columns that hold figures, and are set to the right.
    """

    def line(kind: str, cells: Sequence[str]) -> Markup:
        made = (
            Markup("<{0}{1}>{2}</{0}>").format(
                Markup(kind),  # noqa: S704 - th or td
                Markup(' class="number"') if place in numbers else "",
                cell,
            )
            for place, cell in enumerate(cells)
        )
        return Markup("<tr>{}</tr>").format(Markup("").join(made))

    body = Markup("\n").join(line("td", row) for row in rows)
    return Markup('<div class="scroll"><table><thead>{}</thead><tbody>{}</tbody></table></div>').format(
        line("th", headers), body
    )


def legend(names: Iterable[tuple[int, str]]) -> Markup:
    """What each colour means: tones, from 1, with their names."""
    each = (Markup("<li>{} {}</li>").format(tone(number), name) for number, name in names)
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(each))


def tone(number: int) -> Markup:
    """A small square of a tone, from 1; what is sterner than the last has the last."""
    return Markup('<i class="tone" style="--tone: var(--tone-{})"></i>').format(max(1, min(number, TONES)))


def notes(sentences: Iterable[str]) -> Markup:
    """Sentences, one under the other; nothing where there are none."""
    each = [Markup("<li>{}</li>").format(sentence) for sentence in sentences]
    return Markup('<ul class="notes">{}</ul>').format(Markup("").join(each)) if each else Markup()


def lines(texts: Iterable[str]) -> Markup:
    """Texts, each on a line of its own."""
    return Markup("<br>").join(map(escape, texts))


def save(html: str, file: Path) -> None:
    """Write a page into a file.

    Raises:
        UsageError: It cannot be written there.
    """
    try:
        file.write_text(html, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}).") from None
