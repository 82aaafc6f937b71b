"""The HTML around a letter: one file for all languages, its CSS written into the elements once."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import css_inline
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

_PLAIN = ("p", "h1", "h2", "h3", "ul", "ol", "li", "table", "a", "strong", "em", "hr", "code")
"""What Markdown makes, whose look does not hang on where it stands."""

_SPECIMENS = Markup(  # noqa: S704  # made of nothing but the tags above
    "".join(f'<{tag} data-specimen="{tag}"></{tag}>' for tag in _PLAIN)
    + '<blockquote data-specimen="blockquote"><p data-specimen="blockquote p"></p></blockquote>'
    "<table><thead><tr><th></th><th data-specimen='th'></th></tr></thead><tbody>"
    "<tr><td data-specimen='td:first-child'></td><td data-specimen='td'></td></tr></tbody></table>"
    "<table class='way' data-specimen='way'><tbody><tr><td class='way-facts' data-specimen='way-facts'>"
    "<div class='way-title' data-specimen='way-title'></div><table class='way-lines' data-specimen='way-lines'>"
    "<tbody><tr><td class='way-label' data-specimen='way-label'></td><td class='way-value' data-specimen='way-value'>"
    "</td><td class='way-number' data-specimen='way-number'></td></tr></tbody></table>"
    "<a class='way-link' data-specimen='way-link'></a>"
    "</td><td class='way-code' data-specimen='way-code'><img class='way-picture' data-specimen='way-picture'>"
    "<div class='way-scan' data-specimen='way-scan'></div></td></tr>"
    "</tbody></table>"
)


class Layout:
    """A layout, ready to take letters.

    Attributes:
        path: The file it was read from.
        styles: For each tag that Markdown makes, the declarations which the layout's CSS gives it in a letter;
            also for ``blockquote p`` and ``td:first-child``, and for the parts of a way to pay, by their classes.
    """

    def __init__(self, path: Path) -> None:
        environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        environment.globals.clear()
        source = path.read_text(encoding="utf-8")
        inliner = css_inline.CSSInliner(load_remote_stylesheets=False)
        self.path = path
        environment.parse(
            source, filename=str(path)
        )  # tells the line of a mistake; after inlining lines are gone
        names = {"body": _SPECIMENS, "language": "", "subject": "", "sender": "", "reference": ""}
        self.styles = _styles(inliner.inline(environment.from_string(source).render(names)))
        self._template = environment.from_string(inliner.inline(source))

    def render(self, *, body: str, subject: str, language: str, sender: str, reference: str) -> str:
        """Put a letter's HTML and its few surrounding words into the layout."""
        return self._template.render(
            body=Markup(body),  # noqa: S704  # our own renderer's, with every value escaped
            subject=subject,
            language=language,
            sender=sender,
            reference=reference,
        )


def _styles(page: str) -> dict[str, str]:
    found: dict[str, str] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # html.parser's
            told = dict(attrs)
            if told.get("data-specimen") and told.get("style"):
                found[str(told["data-specimen"])] = str(told["style"])

    Reader().feed(page)
    return found
