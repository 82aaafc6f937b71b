"""Templates: found in their folders, compiled once, filled with what a letter is about."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import FileSystemLoader, TemplateError, TemplateSyntaxError, pass_context
from jinja2.runtime import Context

from sheetsdun.errors import UsageError
from sheetsdun.letters import folder
from sheetsdun.letters.bounds import BUDGET, LARGEST_SOURCE, Bounded, Budget, TooMuch
from sheetsdun.letters.formats import formats
from sheetsdun.letters.inert import header, inert
from sheetsdun.letters.layout import Layout
from sheetsdun.letters.markdown import LinkFromCell, Markdown, fill, mark, render
from sheetsdun.letters.seen import balance
from sheetsdun.pay.shown import Picture, Shown

_VALUES = "the values"
"""Where a rendering keeps its values: no name that a template could write."""

_SLIPS = (
    TemplateError, LinkFromCell, ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, SyntaxError,
    TypeError, ValueError,
)  # fmt: skip
"""What an author's slip in an expression may raise; its message and line say which."""


class TemplateMistake(UsageError):
    """Templates have mistakes: all that were found are told at once.

    Attributes:
        problems: One sentence a mistake, beginning with ``file:line:``.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        count = "a mistake" if len(self.problems) == 1 else f"{len(self.problems)} mistakes"
        listed = "".join(f"\n  {problem}" for problem in self.problems)
        super().__init__(f"The templates have {count}:{listed}")


class TooLong(TemplateMistake):
    """With these very values a letter would be too long, or too much work; of others the template may be right."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled template.

    Attributes:
        subject: One line.
        html: The whole page.
        text: The plain text.
        pictures: Those in the page.
        source: The letter's Markdown, with marks.
        values: What the marks stand for.
    """

    subject: str
    html: str
    text: str
    pictures: tuple[Picture, ...] = ()
    source: str = ""
    values: tuple[str, ...] = ()


class Templates:
    """All templates that letters are made from.

    Attributes:
        folders: Where files are looked for; a folder of one's own comes before sheetsdun's.
        language: Of letters whose own language has none.
        layout: The HTML around every letter.

    Raises:
        TemplateMistake: The layout does not compile.
    """

    def __init__(self, *own: Path, language: str = "en") -> None:
        self.folders = (*own, folder.builtin())
        self.language = language
        self._languages = frozenset(spoken for spoken, _ in self.names())
        self._environments: dict[str, Bounded] = {}
        path = folder.layout(self.folders)
        try:
            self.layout = Layout(path)
        except TemplateError as mistake:
            raise TemplateMistake([told(mistake, path)]) from mistake

    def names(self, suffix: str = folder.LETTER) -> list[tuple[str, str]]:
        """Every language and template name there is, of letters or of scripts."""
        return list(folder.contents(self.folders, suffix))

    def own_languages(self) -> set[str]:
        """Languages with files of the team's own, parts such as ``_greeting.md`` among them."""
        return {path.parent.name for own in self.folders[:-1] for path in own.glob("*/*.*")}

    def speak(self, language: str) -> bool:
        """Whether there is any letter in that language, or for a country's in the language itself."""
        try:
            tag = formats(language).tag
        except UsageError:  # no language at all; a row says so, and no row may stop the others
            return False
        return tag in self._languages or tag.split("-", maxsplit=1)[0] in self._languages

    def spoken(self, language: str) -> str:
        """The language that its letters are written in: itself, or ``self.language`` where there is none in it."""
        return language if self.speak(language) else self.language

    def path(self, language: str, name: str, suffix: str = folder.LETTER) -> Path:
        """The file of a template.

        Raises:
            TemplateMistake: There is none, in this language or the one it falls back to.
        """
        tag = formats(self.spoken(language)).tag
        found = folder.find(self.folders, tag, name, suffix)
        if found is None:
            wish = self.folders[0] / tag / f"{name}{suffix}"
            known = ", ".join(other for lang, other in self.names(suffix) if lang == tag) or "none"
            needs = "a letter" if suffix == folder.LETTER else "a task"
            raise TemplateMistake(
                [f"{wish}: there is no such file, and {needs} needs it (here in {tag}: {known})."]
            )
        return found

    def environment(self, language: str) -> Bounded:
        """Jinja2 as the templates of one language use it."""
        words = formats(self.spoken(language))
        if words.tag not in self._environments:
            made = Bounded(
                loader=FileSystemLoader(folder.places(self.folders, words.tag)),
                finalize=_place,
                autoescape=False,  # values become marks, see _place: nothing is left to escape
                trim_blocks=True,
                lstrip_blocks=True,
                keep_trailing_newline=True,
                auto_reload=False,
            )
            made.filters["plural"] = words.plural
            made.filters["balance"] = balance
            self._environments[words.tag] = made
        return self._environments[words.tag]

    def render(self, language: str, name: str, context: Mapping[str, object]) -> Rendered:
        """Fill a template and put it into the layout.

        Args:
            language: Such as ``ru`` or ``de-AT``.
            name: The template's, without its ending.
            context: As ``context.build`` makes it.

        Raises:
            TooLong: The letter would be too long, or too much work.
            TemplateMistake: There is no such template, it does not compile, or it asks for what is not there.
        """
        path = self.path(language, name)
        values: list[str | Shown] = []
        try:
            written = self._filled(language, path, context, values)
            first, _, body = written.lstrip().partition("\n")
            subject = header(fill(first.removeprefix("Subject:"), [str(value) for value in values]))
            if not first.startswith("Subject:") or not subject:
                raise TemplateSyntaxError("the first line must be “Subject: …”", 1, filename=str(path))
            page, text = render(body, values, self.layout.styles)
            reference = str(context["reference"])
            html = self.layout.render(
                body=page,
                subject=subject,
                language=str(context["language"]),
                sender=inert(str(getattr(context["sender"], "name", ""))),
                reference=reference,
            )
        except TooMuch as mistake:
            raise TooLong([told(mistake, path)]) from mistake
        except _SLIPS as mistake:
            raise TemplateMistake([told(mistake, path)]) from mistake
        pictures = dict.fromkeys(
            value.picture for value in values if isinstance(value, Shown) and value.picture is not None
        )
        return Rendered(
            subject, html, f"{text}\n\nRef. {reference}\n", tuple(pictures), body, tuple(map(str, values))
        )

    def script(self, language: str, name: str, context: Mapping[str, object]) -> str:
        """Fill a task's template. Blanks are plain ones: in a text message each other sign costs.

        Args:
            language: Such as ``ru`` or ``de-AT``.
            name: The template's, without its ending.
            context: As ``context.build`` makes it.

        Raises:
            TemplateMistake: There is no such template, it does not compile, or it asks for what is not there.
        """
        path = self.path(language, name, folder.SCRIPT)
        values: list[str | Shown] = []
        try:
            text = self._filled(language, path, context, values)
            written = fill(text, [str(value) for value in values])
        except _SLIPS as mistake:
            raise TemplateMistake([told(mistake, path)]) from mistake
        lines = (" ".join(line.split()) for line in written.strip().splitlines())
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))

    def _filled(
        self, language: str, path: Path, context: Mapping[str, object], values: list[str | Shown]
    ) -> str:
        """The template's text with marks for values, stopped as soon as it is too long."""
        told = {**context, _VALUES: values, BUDGET: Budget()}
        pieces: list[str] = []
        size = 0
        for piece in self.environment(language).get_template(path.name).generate(told):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST_SOURCE:
                raise TooMuch(f"the letter would have more than {LARGEST_SOURCE:,} characters")
        return "".join(pieces)


@pass_context
def _place(context: Context, value: object) -> str:
    """What an expression prints: a mark in place of its value, so that Markdown never sees a cell's text."""
    budget: Budget = context[BUDGET]
    if isinstance(value, Markdown):
        budget.take(len(value.source))
        return value.source
    kept = value if isinstance(value, Shown) else inert(str(value))
    budget.take(len(str(kept)))
    if not kept:
        return ""
    values: list[str | Shown] = context[_VALUES]
    values.append(kept)
    return mark(len(values) - 1)


def told(mistake: Exception, path: Path) -> str:
    """A mistake in words, with file and line as far as they are known."""
    if isinstance(mistake, TemplateSyntaxError):
        place = f"{mistake.filename or path}:{mistake.lineno}"
    else:
        ours = {".md", ".txt", ".html"}
        frames = [f for f in traceback.extract_tb(mistake.__traceback__) if Path(f.filename).suffix in ours]
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else str(path)
    words = re.sub(r"^'sheetsdun[.\w]*\.(\w+) object'", r"\1", str(mistake)).rstrip(".")
    return f"{place}: {words}."
