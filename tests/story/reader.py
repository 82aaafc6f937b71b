"""The text of a story -> what happens and what must come out. Every line must be understood."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sheetsdun.rows.identity import JOINT
from story.lines import Act, Cell, Outcome, Unclear, act, cell, day, invoices, outcome

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TABS = ("Invoices", "Customers", "Payments", "Escalation")
_SETTINGS = ("Ladder", "Calendar", "Scheduler", "Days between letters", "Grace after a promise", "One letter")
_MANY = re.compile(r"(\d+) invoices ([\w-]+?)# of (\d+) customers, (\d+) EUR each, due one a day from (.+)")


@dataclass
class Scene:
    """What happens, then one run, then what must have come out.

    Attributes:
        line: Of its heading, for words about what is wrong.
        rows: New rows of the invoice tab, by header.
    """

    day: dt.date
    line: int
    rows: list[dict[str, Cell]] = field(default_factory=list)
    acts: list[tuple[int, Act]] = field(default_factory=list)
    outcomes: list[tuple[int, Outcome]] = field(default_factory=list)


@dataclass
class Story:
    """A story.

    Attributes:
        settings: Values by name; a ladder's name stands with it: ``Ladder standard``.
        tabs: Rows by tab, each by header.
        scenes: In the order of time.
    """

    title: str
    settings: dict[str, str] = field(default_factory=dict)
    tabs: dict[str, list[dict[str, Cell]]] = field(default_factory=dict)
    scenes: list[Scene] = field(default_factory=list)


class Mistake(Exception):
    """A line of a story that cannot be understood, with its place."""


def read(path: Path) -> Story:
    """Read a story.

    Raises:
        Mistake: Somewhere it says what nobody understands.
    """
    reader = _Reader()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            reader.take(number, line.strip())
        except Unclear as why:
            raise Mistake(f"{path.name}, line {number}: {why}") from None
    if not reader.story.title or not reader.story.scenes:
        raise Mistake(f"{path.name}: a story has a title and days")
    known = {*_known(reader.story)}
    for scene in reader.story.scenes:
        if not scene.outcomes:
            raise Mistake(f"{path.name}, line {scene.line}: what must come out of it?")
        for number, said in (*scene.acts, *scene.outcomes):
            if nobody := [each for each in invoices(said) if each not in known]:
                raise Mistake(f"{path.name}, line {number}: there is no invoice {', '.join(nobody)}")
    return reader.story


def _known(story: Story) -> Iterator[str]:
    """The invoices of a story, each with its instalment."""
    for row in (*story.tabs.get("Invoices", ()), *(row for scene in story.scenes for row in scene.rows)):
        yield JOINT.join(str(row[title]) for title in ("Invoice", "Instalment") if title in row)


class _Reader:
    """Takes one line after the other."""

    def __init__(self) -> None:
        self.story = Story("")
        self._tab = ""
        self._header: list[str] = []
        self._then = False

    def take(self, number: int, line: str) -> None:
        if not line or line.startswith("> "):
            self._header = []
        elif line.startswith("# ") and not self.story.title:
            self.story.title = line[2:]
        elif line.startswith("## "):
            self._heading(number, line[3:])
        elif line.startswith("|"):
            self._row([part.strip() for part in line.strip("|").split("|")])
        elif line == "Then" and self.story.scenes and not self._then:
            self._then = True
        elif line == "Later that day" and self._then:
            self.story.scenes.append(Scene(self.story.scenes[-1].day, number))
            self._then = False
        elif line.startswith("- "):
            self._bullet(number, line[2:])
        else:
            raise Unclear(f"what is this? {line}")

    def _heading(self, number: int, text: str) -> None:
        self._header, self._then = [], False
        if text in _TABS and not self.story.scenes:
            self._tab = text
            return
        weekday, _, date = text.partition(" ")
        when = day(date)
        if _WEEKDAYS[when.weekday()] != weekday:
            raise Unclear(f"{date} is a {_WEEKDAYS[when.weekday()]}")
        if self.story.scenes and when <= self.story.scenes[-1].day:
            raise Unclear("days come one after the other")
        self.story.scenes.append(Scene(when, number))

    def _row(self, cells: list[str]) -> None:
        if all(set(each) <= {"-", ":"} and each for each in cells):
            return
        if not self._header:
            self._header = cells
            return
        if len(cells) != len(self._header) or self._then:
            raise Unclear("this row does not belong to the table's header")
        row = {title: cell(each) for title, each in zip(self._header, cells, strict=True) if each}
        if self.story.scenes:
            self.story.scenes[-1].rows.append(row)
        elif self._tab:
            self.story.tabs.setdefault(self._tab, []).append(row)
        else:
            raise Unclear("which tab is this a row of?")

    def _bullet(self, number: int, text: str) -> None:
        if not self.story.scenes:
            self._setting(text)
        elif self._then:
            self.story.scenes[-1].outcomes.append((number, outcome(text)))
        else:
            self.story.scenes[-1].acts.append((number, act(text)))

    def _setting(self, text: str) -> None:
        if self._tab == "Invoices":
            self.story.tabs.setdefault("Invoices", []).extend(_many(text))
            return
        name, colon, value = text.partition(": ")
        if not colon or not any(name == each or name.startswith("Ladder ") for each in _SETTINGS):
            raise Unclear(f"there is no setting “{name}”; there are {', '.join(_SETTINGS)}")
        self.story.settings[name] = value


def _many(text: str) -> Iterator[dict[str, Cell]]:
    """Invoices that nobody wants to write down one by one."""
    found = _MANY.fullmatch(text)
    if not found:
        raise Unclear(f"nobody knows these invoices: {text}")
    count, name, customers, amount, first = found.groups()
    for number in range(int(count)):
        whose = number % int(customers) + 1
        yield {
            "Invoice": f"{name}{number + 1:03}",
            "Customer": f"Customer {whose}",
            "Email": f"ap@c{whose}.example",
            "Amount": int(amount),
            "Due": day(first) + dt.timedelta(number),
        }
