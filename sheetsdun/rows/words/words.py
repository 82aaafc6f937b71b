"""Codes and what they need as sentences for people, in one language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from sheetsdun.domain.decision import Arg, Reason
from sheetsdun.domain.invoice import Problem
from sheetsdun.rows.text import clean, clip
from sheetsdun.rows.words import de, en, ru
from sheetsdun.rows.words.language import Language, Phrase

LANGUAGES: Mapping[str, Language] = {"en": en.LANGUAGE, "ru": ru.LANGUAGE, "de": de.LANGUAGE}

_TASK = "{task}"
_OF_STATUS = (Phrase.SENT, Phrase.SENT_BY_HAND, Phrase.DONE)
"""Phrases that the status column says, beside what is decided."""

_LONGEST = 500
"""Characters of one thing that is said, in whatever cell it comes from."""


class _Said(dict[str, str]):
    """What a template needs; a dash for what nobody has told, since a status is no place to fail."""

    def __missing__(self, key: str) -> str:
        return "—"


@dataclass(frozen=True, slots=True)
class Words:
    """Says things in one language.

    Attributes:
        language: ``en``, ``ru`` or ``de``.
        today: The run's day: dates of its year are said without a year.
        labels: What each field is called: the headers of the sheet.
    """

    language: str = "en"
    today: dt.date | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    def date(self, day: dt.date) -> str:
        """``21 Nov``, or ``21 Nov 2025`` in another year than today's."""
        words = LANGUAGES[self.language]
        near = self.today is not None and day.year == self.today.year
        template = words.day if near else words.day_of_year
        return template.format(day=day.day, month=words.months[day.month - 1], year=day.year)

    def money(self, amount: Decimal) -> str:
        """``1,234.50``, with as many decimals as the sum has."""
        words = LANGUAGES[self.language]
        signs = str.maketrans({",": words.thousands, ".": words.decimal, "-": "−"})
        return f"{amount:,f}".translate(signs)

    def days(self, count: int) -> str:
        """``1 day``, ``3 days``."""
        words = LANGUAGES[self.language]
        return words.days[words.plural(count)].format(count=count)

    def status(self, reason: Reason) -> str:
        """The few words of the status column."""
        return self._say(LANGUAGES[self.language].status[reason.code], reason.args)

    def is_status(self, text: str) -> bool:
        """Whether the status column could say this, of whatever level, day or person."""
        return _statuses(self.language).fullmatch(text) is not None

    def reason(self, reason: Reason) -> str:
        """A whole sentence, for notes and reports."""
        words = LANGUAGES[self.language]
        count = reason.args.get("days")
        before = isinstance(count, int) and count < 0 and reason.code in words.ahead
        template = (words.ahead if before else words.reasons)[reason.code]
        said = self._say(template, reason.args)
        # A level begins a sentence with a capital; an address or a name stays as people write it.
        return said if template.startswith("{who}") else said[:1].upper() + said[1:]

    def problem(self, problem: Problem) -> str:
        """What is wrong with a cell, without a full stop."""
        template = LANGUAGES[self.language].problems.get(problem.code, problem.code)
        said = _Said(field=self.labels.get(problem.field, problem.field), value=self._text(problem.value))
        return template.format_map(said)

    def phrase(self, phrase: Phrase, **args: Arg) -> str:
        """What is said beside reasons."""
        return self._say(LANGUAGES[self.language].phrases[phrase], args)

    def step(self, level: str, place: int, levels: int) -> str:
        """``firm (4 of 5)``."""
        return LANGUAGES[self.language].phrases[Phrase.LEVEL].format(level=level, place=place, levels=levels)

    def task(self, channel: str) -> str:
        """What a person is asked to do: ``Call today``."""
        return LANGUAGES[self.language].tasks.get(channel, channel)

    def _say(self, template: str, args: Mapping[str, Arg]) -> str:
        said = _Said({name: self._arg(name, value) for name, value in args.items()})
        level, place, levels = args.get("level"), args.get("place"), args.get("levels")
        if isinstance(place, int) and isinstance(levels, int) and place:  # 0: the policy has lost that level
            said["step"] = self.step(str(level), place, levels)
        else:
            said["step"] = said["level"]
        if "channel" in args:
            said["task"] = self.task(str(args["channel"]))
        if "problem" in args:
            field, code, value = (str(args.get(name, "")) for name in ("field", "problem", "value"))
            said["problem"] = self.problem(Problem(field, code, value))
        for name, value in said.items():
            if value.endswith("."):  # “до 23 нояб.” ends its sentence, too
                template = template.replace(f"{{{name}}}.", f"{{{name}}}")
        return template.format_map(said)

    def _arg(self, name: str, value: Arg) -> str:
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, Decimal):
            return self.money(value)
        if isinstance(value, int):
            return self.days(abs(value)) if name == "days" else str(value)
        return self._text(value) or "—"

    @staticmethod
    def _text(value: str) -> str:
        return clip(clean(value), _LONGEST)


@cache
def _statuses(language: str) -> re.Pattern[str]:
    """All that the status column can say."""
    words = LANGUAGES[language]
    said = [*words.status.values(), *(words.phrases[phrase] for phrase in _OF_STATUS)]
    templates = [template for template in said if template != _TASK]
    templates += [template for task in words.tasks.values() for template in (task, f"{task}: {{whom}}")]
    patterns = (re.sub(r"\\\{\w+\\\}", ".+", re.escape(template)) for template in templates)
    return re.compile("|".join(patterns), re.DOTALL)
