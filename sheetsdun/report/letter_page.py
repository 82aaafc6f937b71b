"""Letters on a web page of ours: in frames in which nothing runs and from which nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from sheetsdun.report import page
from sheetsdun.report.mail import Mail, lit

DESKTOP, PHONE = 660, 390
"""Pixels: the widths at which letters are looked at."""

STYLE = """
main { max-width: 1180px; }
.views { display: flex; flex-wrap: wrap; gap: 18px; align-items: flex-start; margin: 0 0 18px; }
.views figure, .thumb { margin: 0; }
figure figcaption { margin: 0 0 6px; color: var(--quiet); font-size: 13px; }
iframe.mail { display: block; width: 100%; border: 1px solid var(--line); border-radius: 10px; background: var(--card); resize: vertical; overflow: auto; }
.desktop { flex: 1 1 600px; min-width: 0; max-width: 720px; overflow-x: auto; }
.desktop iframe.mail { min-width: 600px; }
.phone { flex: 0 1 390px; min-width: 0; }
.phone iframe.mail { border-width: 6px; border-radius: 26px; }
pre { margin: 0; padding: 16px 18px; max-height: 620px; overflow: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
pre.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 18px; }
.pair > div { min-width: 0; }
td.wrap, .facts td + td { overflow-wrap: anywhere; }
.facts td:first-child { width: 1%; color: var(--quiet); white-space: nowrap; }
.row { display: flex; gap: 16px; overflow-x: auto; padding: 0 0 12px; scroll-snap-type: x proximity; }
.thumb { flex: 0 0 346px; width: 346px; scroll-snap-align: start; }
.thumb .subject { margin: 0 0 8px; font-weight: 600; line-height: 1.35; min-height: 2.7em; overflow-wrap: anywhere; }
.thumb .hold { position: relative; height: 520px; overflow: hidden; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
.thumb .hold iframe { position: absolute; top: 0; left: 0; width: 660px; height: 998px; border: 0; transform: scale(0.5212); transform-origin: 0 0; }
.thumb .hold pre { max-height: none; height: 100%; border: 0; border-radius: 0; }
.thumb a { color: var(--accent); }
@media (max-width: 600px) { .thumb { flex-basis: 300px; width: 300px; } .thumb .hold iframe { transform: scale(0.4518); height: 1150px; } }
@media print { iframe.mail { resize: none; } pre { max-height: none; } }
"""

_LINE, _AROUND = 26, 190
_LINES_OF_A_PICTURE = {DESKTOP: 3, PHONE: 11}


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A letter, or what a task says, on a page of many.

    Attributes:
        level: Its heading; those of one level stand side by side.
        language: Such as ``ru``.
        mail: None for a task.
        script: Of a task; "" for a letter.
        file: Where it lies by itself, seen from the page; "" for nowhere.
        remark: What else there is to say of it.
    """

    level: str
    language: str
    mail: Mail | None = None
    script: str = ""
    file: str = ""
    remark: str = ""


def frame(mail: Mail, scheme: str, width: int) -> Markup:
    """The letter in a frame of its own: no script runs in it, and no link leads out of it.

    Args:
        mail: The letter.
        scheme: ``light`` or ``dark``.
        width: About how wide it will be shown.
    """
    return Markup(
        '<iframe class="mail" sandbox title="{}" style="height: {}px" srcdoc="{}"></iframe>'
    ).format(f"The letter, {scheme}", height(mail, width), lit(mail.html, scheme))


def height(mail: Mail, width: int) -> int:
    """About how many pixels a letter needs: a page without scripts cannot ask its frames."""
    signs = (width - 76) / 8.2
    lines = sum(max(1, len(line) / signs) if line.strip() else 0.7 for line in mail.text.splitlines())
    return int(min(_AROUND + _LINE * (lines + mail.pictures * _LINES_OF_A_PICTURE[width]), 2400))


def views(mail: Mail, scheme: str) -> Markup:
    """A letter on a desktop and on a phone, side by side."""
    return Markup(
        '<div class="views"><figure class="desktop"><figcaption>Desktop, {0}</figcaption>{1}</figure>'
        '<figure class="phone"><figcaption>Phone, {0}</figcaption>{2}</figure></div>'
    ).format(scheme, frame(mail, scheme, DESKTOP), frame(mail, scheme, PHONE))


def sheet(specimens: Iterable[Specimen]) -> list[Markup]:
    """A section for each level, its languages side by side."""
    return [
        page.section(level, Markup('<div class="row">{}</div>').format(_thumbs(list(group))))
        for level, group in groupby(specimens, key=lambda each: each.level)
    ]


def _thumbs(group: Sequence[Specimen]) -> Markup:
    return Markup("").join(map(_thumb, group))


def _thumb(each: Specimen) -> Markup:
    name = Markup('<a href="{}">{}</a>').format(each.file, each.language) if each.file else each.language
    said = Markup("{} · {}").format(name, each.remark) if each.remark else name
    if each.mail is None:
        return Markup(
            '<figure class="thumb"><figcaption>{}</figcaption><p class="subject">What a person says</p>'
            '<div class="hold"><pre class="text">{}</pre></div></figure>'
        ).format(said, each.script)
    return Markup(
        '<figure class="thumb"><figcaption>{}</figcaption><p class="subject">{}</p><div class="hold">'
        '<iframe sandbox loading="lazy" title="{}" srcdoc="{}"></iframe></div></figure>'
    ).format(said, each.mail.header("Subject"), f"{each.level}, {each.language}", each.mail.html)
