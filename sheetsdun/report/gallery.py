"""Letters side by side to be pictured: pages of known size, and a page that shows their pictures."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from sheetsdun.report.letter_page import DESKTOP, PHONE, Specimen
from sheetsdun.report.mail import lit

_FIRST_ROWS = (("en", "friendly"), ("de", "reminder"), ("ru", "firm"))
OVERVIEW = 1060
"""Pixels: the height at which letters are cut off in a picture of several."""

_STAGE = Markup("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'nonce-{nonce}'">
<title>Letters</title>
<style>
html {{ background: #e9edf0; font: 15px/1.4 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }}
body {{ display: inline-block; margin: 0; padding: 12px 28px 28px; }}
.row {{ display: flex; gap: 24px; align-items: flex-start; }}
figure {{ margin: 16px 0 0; }}
figcaption {{ margin: 0 0 8px; color: #5b6772; }}
iframe {{ display: block; box-sizing: content-box; border: 1px solid #d3dae0; border-radius: 12px; background: #ffffff; }}
iframe.phone {{ border: 7px solid #2a3036; border-radius: 30px; }}
</style>
</head>
<body data-tallest="{tallest}">
{rows}
<script nonce="{nonce}">
addEventListener("load", () => {{
  for (const row of document.querySelectorAll(".row")) {{
    const frames = [...row.querySelectorAll("iframe")];
    for (const frame of frames) {{
      const whole = frame.contentDocument.documentElement.scrollHeight;
      frame.style.height = Math.min(whole, document.body.dataset.tallest) + "px";
    }}
  }}
  const box = document.body.getBoundingClientRect();
  document.documentElement.dataset.size = Math.ceil(box.width) + "," + Math.ceil(box.height);
}});
</script>
</body>
</html>
""")


class View(NamedTuple):
    """A letter as somebody looks at it."""

    specimen: Specimen
    scheme: str
    width: int


def four(specimen: Specimen) -> list[View]:
    """A letter on desktop and phone, light and dark."""
    return [View(specimen, scheme, width) for scheme in ("light", "dark") for width in (DESKTOP, PHONE)]


def first_rows(letters: Sequence[Specimen]) -> list[list[View]]:
    """A few letters of several languages and levels, from calm to stern: what a picture of all begins with."""
    known = {(each.language, each.level): each for each in letters}
    chosen = [known[each] for each in _FIRST_ROWS if each in known] or list(letters[:3])
    phones = [
        View(each, scheme, PHONE) for each, scheme in zip(chosen, ("dark", "light", "dark"), strict=False)
    ]
    return [[View(chosen[0], "light", DESKTOP), *phones]]


def stage(rows: Iterable[Sequence[View]], tallest: int = 9000) -> str:
    """A page of letters, which writes its own size into ``data-size``.

    Args:
        rows: What stands side by side.
        tallest: Pixels; a letter that is higher is cut off.
    """
    made = (Markup('<div class="row">{}</div>').format(Markup("").join(map(_figure, row))) for row in rows)
    return str(_STAGE.format(rows=Markup("\n").join(made), tallest=tallest, nonce=secrets.token_hex(8)))


def picture_of(specimen: Specimen) -> str:
    """The file of a letter's picture."""
    return specimen.file.removesuffix(".html") + ".png"


def as_markdown(letters: Iterable[Specimen]) -> str:
    """A page of all pictures: each level with its languages."""
    lines = ["# All letters", "", "Made-up ones; each on a desktop and on a phone, light and dark."]
    for level, group in groupby(letters, key=lambda each: each.level):
        lines += ["", f"## {level}"]
        for each in group:
            subject = each.mail.header("Subject") if each.mail else ""
            alt = subject.replace("[", "(").replace("]", ")")
            lines += ["", f"**{each.language}**: {alt}", "", f"![{alt}]({picture_of(each)})"]
    return "\n".join(lines) + "\n"


def _figure(view: View) -> Markup:
    specimen, mail = view.specimen, view.specimen.mail
    where = "phone" if view.width == PHONE else "desktop"
    return Markup(
        '<figure><figcaption>{}</figcaption><iframe class="{}" style="width: {}px; height: 100px" srcdoc="{}"></iframe></figure>'
    ).format(
        f"{specimen.level} ({specimen.language}), {where}, {view.scheme}",
        where,
        view.width,
        lit(mail.html, view.scheme) if mail else "",
    )
