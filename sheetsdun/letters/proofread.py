"""Every template tried before the first letter is made: a slip in ``final`` must not wait for the first final."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from difflib import get_close_matches

from jinja2 import TemplateError, meta, nodes

from sheetsdun.letters import context, folder, samples
from sheetsdun.letters.digest import TEMPLATE, Told, digest
from sheetsdun.letters.folder import LETTER, SCRIPT
from sheetsdun.letters.formats import formats
from sheetsdun.letters.matter import Matter, Sender
from sheetsdun.letters.person import Person
from sheetsdun.letters.seen import Day, Elsewhere, Item, Money, Receipt, Writer
from sheetsdun.letters.templates import TemplateMistake, Templates, told
from sheetsdun.pay.shown import Line as Detail
from sheetsdun.pay.shown import Shown

_LETTER = "SD-7K3F9Q"
_DIGEST = "DG-7K3F9Q"

_KINDS = (Item, Told, Money, Day, Receipt, Elsewhere, Person, Writer, Shown, Detail)
"""What templates see that has names of its own."""

_ATTRIBUTES = [*(field.name for kind in _KINDS for field in fields(kind)), "short", "in_words"]


def check(
    templates: Templates, wanted: Iterable[tuple[str, str]] = (), scripts: Iterable[tuple[str, str]] = ()
) -> int:
    """Render the templates that may be used with sample letters: a language that is used is tried whole.

    Args:
        templates: All there are. Their default language, and any with files of the team's own, counts as used.
        wanted: Languages and template names that must exist, because the config or a row asks for them.
        scripts: The same of tasks.

    Returns:
        How many templates were tried.

    Raises:
        TemplateMistake: With all that was found, each mistake once.
    """
    needed = {
        suffix: [(templates.spoken(language), name) for language, name in named]
        for suffix, named in ((LETTER, wanted), (SCRIPT, scripts))
    }
    used = {language for named in needed.values() for language, _ in named}
    used |= {templates.language, *templates.own_languages()}
    found: list[str] = []
    tried = 0
    for suffix, named in needed.items():
        there = (each for each in templates.names(suffix) if each[0] in used)
        for language, name in dict.fromkeys([*named, *there]):
            found.extend(problems(templates, language, name, suffix))
            tried += 1
    for language in sorted(used):
        if folder.find(templates.folders, language, TEMPLATE):
            found.extend(_digest(templates, language))
    if found:
        raise TemplateMistake(dict.fromkeys(found))
    return tried


def _digest(templates: Templates, language: str) -> Iterator[str]:
    """What is wrong with the words of a language's digest."""
    for tasks in (True, False):
        matter = samples.digest(language, tasks=tasks)
        try:
            digest(
                matter,
                letter=_DIGEST,
                spreadsheet="1AbC",
                sender=samples.SENDER,
                templates=templates,
                today=samples.TODAY,
            )
        except TemplateMistake as mistake:
            yield from (problem + _meant(problem, _ATTRIBUTES) for problem in mistake.problems)


def problems(templates: Templates, language: str, name: str, suffix: str = LETTER) -> list[str]:
    """What is wrong with one template, a sentence a mistake, beginning with ``file:line:``."""
    try:
        path = templates.path(language, name, suffix)
    except TemplateMistake as missing:
        return list(missing.problems)
    environment = templates.environment(language)
    try:
        tree = environment.parse(path.read_text(encoding="utf-8"), name, str(path))
        environment.get_template(path.name)
    except (TemplateError, RecursionError, SyntaxError) as mistake:
        return [told(mistake, path) + _meant(str(mistake), [*environment.filters, *environment.tests])]
    except UnicodeDecodeError:
        return [f"{path}:1: the file is not UTF-8."]
    slips = [f"{path}:{line}: {words}" for line, words in _slips(tree)]
    rendered = _rendered if suffix == LETTER else _said
    return slips or list(dict.fromkeys(rendered(templates, language, name)))


def _slips(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """What can be seen without rendering, in every branch."""
    known = set(_told_of(samples.one("en", "sample", overdue=True)))
    unknown = meta.find_undeclared_variables(tree) - known
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            yield name.lineno, f"“{name.name}” is not known to templates." + _meant(f"'{name.name}'", known)


def _said(templates: Templates, language: str, name: str) -> Iterator[str]:
    """What is wrong with a task's script."""
    for overdue in (True, False):
        for matter in (
            samples.one(language, name, overdue=overdue),
            samples.task(language, name, overdue=overdue),
        ):
            try:
                said = templates.script(language, name, _told_of(matter))
            except TemplateMistake as mistake:
                yield from (problem + _meant(problem, _ATTRIBUTES) for problem in mistake.problems)
                continue
            if matter.invoices[0].number not in said:
                yield f"{templates.path(language, name, SCRIPT)}:1: the script does not name its invoice."


def _rendered(templates: Templates, language: str, name: str) -> Iterator[str]:
    for matter, sender in _cases(language, name):
        try:
            rendered = templates.render(language, name, _told_of(matter, sender))
        except TemplateMistake as mistake:
            yield from (problem + _meant(problem, _ATTRIBUTES) for problem in mistake.problems)
            continue
        if _LETTER not in rendered.html:
            yield f"{templates.layout.path}:1: the layout does not print {{{{ reference }}}}, which every letter needs."
        if str(matter.invoices[0].number) not in rendered.text:
            yield f"{templates.path(language, name)}:1: the letter does not name its invoice."


def _cases(language: str, name: str) -> Iterator[tuple[Matter, Sender]]:
    for matter in _matters(language, name):
        yield matter, samples.SENDER
    for sender in samples.SENDERS[1:]:
        yield matter, sender


def _matters(language: str, name: str) -> Iterator[Matter]:
    yield samples.charged(language, name)
    for overdue in (True, False):
        yield samples.one(language, name, overdue=overdue)
        many = samples.several(language, name, overdue=overdue)
        yield many
        yield replace(many, listed=())
        yield replace(many, invoices=many.invoices[1:], credits=())


def _told_of(matter: Matter, sender: Sender = samples.SENDER) -> dict[str, object]:
    words = formats(matter.language)
    return context.build(matter, sender, letter=_LETTER, today=samples.TODAY, formats=words)


def _meant(problem: str, known: Iterable[str]) -> str:
    """A hint for the last quoted word of a problem."""
    quoted = re.findall(r"'(\w+)'", problem)
    close = get_close_matches(quoted[-1], list(known), n=1) if quoted else []
    return f" Did you mean “{close[0]}”?" if close else ""
