"""A story, day by day: what people do, a run, and whether what came of it is what the story tells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.event import Name
from sheetsdun.domain.fold import fold
from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.domain.invoice import Standing
from sheetsdun.domain.policy import Basis, Channel, Climb, Delivery, Level, Policy
from sheetsdun.domain.terms import Group, Terms
from sheetsdun.journal.rows import decode
from sheetsdun.letters import Sender, Templates
from sheetsdun.report.told import sternest_level, total
from sheetsdun.rows.columns import Columns
from sheetsdun.rows.identity import JOINT
from sheetsdun.sync.outcome import Outcome, Result
from sheetsdun.sync.prepared import Prepared
from sheetsdun.sync.routine import carry_out, prepare
from sheetsdun.sync.senders import Senders
from sheetsdun.sync.settings import Desk, Settings, Tabs
from story import lines
from story.lines import HEADERS, Cell
from story.reader import Scene, Story
from story.stage import MORNING, Stage, chance

TEMPLATES = Templates()
STANDARD = "courtesy -3, friendly 3, reminder 10, firm 20, final 30"
_LEVEL = re.compile(r"([\w-]+) (-?\d+)((?: \[[^\]]+\])*)")
_WORD = re.compile(r"\[([^\]]+)\]")
_HOUR = dt.timedelta(hours=1)
_FIELDS = {"Invoices": HEADERS, "Payments": ("Date", "Amount", "Reference")}


def tabs(story: Story) -> dict[str, list[list[Cell]]]:
    """The tabs as the story finds them; that of payments is there from the start if the story needs it."""
    wanted = dict(story.tabs)
    wanted.setdefault("Invoices", [])
    if any(isinstance(act, lines.Pay) for scene in story.scenes for _, act in scene.acts):
        wanted.setdefault("Payments", [])
    return {title: [*_table(title, rows)] for title, rows in wanted.items()}


def _table(title: str, rows: list[dict[str, Cell]]) -> Iterator[list[Cell]]:
    header = _FIELDS.get(title) or tuple(dict.fromkeys(name for row in rows for name in row))
    yield [*header]
    for row in rows:
        yield _row(header, row)


def _row(header: Iterable[str], row: dict[str, Cell]) -> list[Cell]:
    titles = list(header)
    unknown = row.keys() - set(titles)
    assert not unknown, f"no such column: {unknown}"
    return [row.get(title, "") for title in titles]


class Player:
    """Plays a story on a stage.

    Attributes:
        wrong: What came out differently, with the line of the story.
    """

    def __init__(self, story: Story, stage: Stage) -> None:
        self._story = story
        self._stage = stage
        self._tasks: set[lines.Task] = set()
        self.wrong: list[str] = []
        self._desk = Desk(
            sheet=stage.sheet,
            mailbox=stage.mailbox,
            settings=_settings(story),
            now=stage.now,
            pause=lambda _attempt: None,
            source=chance(),
        )

    def play(self) -> list[str]:
        """Play it to the end, or to the first day on which something is wrong; what that is."""
        daily = self._story.settings.get("Scheduler", "every morning") == "every morning"
        before: dt.date | None = None
        for scene in self._story.scenes:
            between = (scene.day - before).days if before and daily else 0
            for later in range(1, between):
                assert before
                self._wake(before + dt.timedelta(later))
                self._compare(
                    [], self._news(*self._run()), f"{self._today:%a %d %b}, of which nothing is told"
                )
                if self.wrong:
                    return self.wrong
            self._scene(scene, same_day=scene.day == before)
            if self.wrong:
                return self.wrong
            before = scene.day
        return self.wrong

    @property
    def _today(self) -> dt.date:
        return self._stage.now().date()

    def _wake(self, day: dt.date) -> None:
        self._stage.set_time(dt.datetime.combine(day, MORNING, dt.UTC))

    def _scene(self, scene: Scene, *, same_day: bool) -> None:
        if same_day:
            self._stage.set_time(self._stage.now() + _HOUR)
        else:
            self._wake(scene.day)
        for row in scene.rows:
            self._stage.add("Invoices", _row(HEADERS, row))
        for _, act in scene.acts:
            self._act(act)
        prepared, outcome = self._run()
        news = self._news(prepared, outcome)
        where = f"line {scene.line}, {scene.day:%a %d %b}"
        told = [each for _, each in scene.outcomes]
        many = [each for each in told if isinstance(each, lines.Many)]
        self._compare(
            [each for each in told if isinstance(each, lines.Letter | lines.Task | lines.Back)],
            news,
            where,
            many,
        )
        for number, each in scene.outcomes:
            self._look(number, each, prepared)

    # -- acts ---------------------------------------------------------------------------------------------------------

    def _act(self, act: lines.Act) -> None:
        match act:
            case lines.Write():
                for invoice in act.invoices:
                    self._stage.write("Invoices", self._at(invoice), HEADERS.index(act.header), act.value)
            case lines.Remove():
                self._stage.delete_row("Invoices", self._at(act.invoice))
            case lines.Pay():
                self._stage.add("Payments", [act.day, act.amount, act.reference])
            case lines.Relay():
                self._relay(act)
            case lines.InGmail():
                self._in_gmail(act)

    def _relay(self, act: lines.Relay) -> None:
        settings = self._desk.settings
        policies = {**settings.terms.policies, act.policy: _policy(act.policy, act.levels)}
        self._desk = replace(
            self._desk, settings=replace(settings, terms=replace(settings.terms, policies=policies))
        )

    def _in_gmail(self, act: lines.InGmail) -> None:
        letter = self._letter(act.invoice)
        if act.what in {"answers", "is out of office"}:
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = (
                letter.recipients[0],
                "ar@example.com",
                f"Re: {letter.subject}",
            )
            if act.what == "is out of office":
                mail["Auto-Submitted"] = "auto-replied"
            mail.set_content("We will look into it.")
            self._stage.receive(mail, letter.message_id)
            return
        assert letter.state is State.DRAFTED, f"the letter about {act.invoice} is no draft any more"
        do = {"sent": self._stage.send, "deleted": self._stage.delete, "edited": self._stage.edit}
        do[act.what](letter.draft_id)

    def _at(self, invoice: str) -> int:
        """Place of an invoice's row, from 0."""
        number, instalment = HEADERS.index("Invoice"), HEADERS.index("Instalment")
        for place, row in enumerate(self._stage.rows("Invoices")):
            cells = [str(row[at]) if at < len(row) else "" for at in (number, instalment)]
            if JOINT.join(filter(None, cells)) == invoice:
                return place
        raise AssertionError(f"there is no invoice {invoice}")

    # -- the run ------------------------------------------------------------------------------------------------------

    def _run(self) -> tuple[Prepared, Outcome]:
        prepared = prepare(self._desk)
        return prepared, carry_out(self._desk, prepared)

    def _news(self, prepared: Prepared, outcome: Outcome) -> list[lines.Outcome]:
        """What a run has brought about."""
        letters: list[lines.Outcome] = [
            _told(each.letter, went=each.result is Result.SENT) for each in outcome.letters.values()
        ]
        failed = [
            each for each in outcome.letters.values() if each.result in {Result.FAILED, Result.UNCERTAIN}
        ]
        assert not failed, failed
        history = self._history()
        back = dict.fromkeys(event.letter for event in outcome.events if event.name == Name.WITHDRAWN)
        gone = [
            lines.Back(frozenset(part.invoice for part in history.letters[each].climbed)) for each in back
        ]
        tasks = {
            lines.Task(str(task.rung.level.channel), task.decision.invoice.id, task.rung.level.name)
            for task in prepared.plan.tasks
        }
        new, self._tasks = tasks - self._tasks, tasks
        return [*letters, *gone, *new]

    def _history(self) -> History:
        return fold(decode(self._desk.sheet.read().tables["Reminder log"]))

    def _letter(self, invoice: str) -> LetterHistory:
        """The latest letter about an invoice that is or was in the mailbox."""
        letters = self._history().letters_of(invoice)
        assert letters, f"there is no letter about {invoice}"
        return letters[-1]

    # -- what came of it ----------------------------------------------------------------------------------------------

    def _compare(
        self, told: list[Any], news: list[lines.Outcome], where: str, many: Iterable[lines.Many] = ()
    ) -> None:
        for group in many:
            alike = [each for each in news if isinstance(each, lines.Letter) and each.level == group.level]
            if len(alike) != group.count:
                self.wrong.append(f"{where}: {len(alike)} new drafts are {group.level}, not {group.count}")
            news = [each for each in news if each not in alike]
        self.wrong += [f"{where}: did not come: {each}" for each in told if each not in news]
        self.wrong += [f"{where}: came untold: {each}" for each in news if each not in told]

    def _look(self, number: int, told: lines.Outcome, prepared: Prepared) -> None:
        match told:
            case lines.Reads():
                row, at = self._stage.rows("Invoices")[self._at(told.invoice)], HEADERS.index(told.header)
                there = str(row[at]) if at < len(row) else ""
                right = there == told.text if told.header == "Reminder status" else told.text in there
                if not right:
                    self.wrong.append(f"line {number}: {told.invoice} reads “{there}”")
            case lines.Says():
                text = self._stage.text(self._letter(told.invoice).message_id)
                if (told.text in text) is not told.there:
                    self.wrong.append(f"line {number}: the letter says: {text}")
            case lines.Loose():
                said = [str(each) for each in prepared.loose]
                if not any(f"payment of {told.amount}," in each and told.why in each for each in said):
                    self.wrong.append(f"line {number}: payments for a person: {said}")


def _told(letter: LetterHistory, *, went: bool) -> lines.Letter:
    return lines.Letter(
        went=went,
        to=letter.recipients[0],
        level=sternest_level(letter),
        invoices=frozenset(part.invoice for part in letter.climbed),
        total=total(letter),
        currency=letter.currency,
        listed=frozenset(part.invoice for part in letter.parts if not part.climbed),
    )


def _settings(story: Story) -> Settings:
    said = story.settings
    ladders = {
        name.partition(" ")[2] or "standard": text for name, text in said.items() if name.startswith("Ladder")
    }
    ladders = ladders or {"standard": STANDARD}
    terms = Terms(
        policies={name: _policy(name, text) for name, text in ladders.items()},
        default="standard",
        calendar=_calendar(said.get("Calendar", "working days")),
        group={"a debtor": Group.DEBTOR, "an invoice": Group.INVOICE}[said.get("One letter", "a debtor")],
        min_gap_days=int(said.get("Days between letters", "5")),
        promise_grace_days=int(said.get("Grace after a promise", "2")),
    )
    assert said.get("Scheduler", "every morning") in {"every morning", "only on the days told"}
    return Settings(
        tabs=Tabs(customers="Customers", policies="Escalation", payments="Payments"),
        mailbox="ar@example.com",
        columns=Columns(),
        terms=terms,
        templates=TEMPLATES,
        senders=Senders(Sender(name="Accounts", address="ar@example.com", payment="IBAN DE00 0000")),
        standings={"paid": Standing.PAID, "void": Standing.VOID, "disputed": Standing.DISPUTED},
        max_letters=1_000,
    )


def _calendar(text: str) -> Calendar:
    if text == "every day":
        return Calendar(frozenset(range(7)))
    days, _, country = text.partition(", holidays of ")
    assert days == "working days", f"no such calendar: {text}"
    if not country:
        return Calendar()
    import holidays

    public = holidays.country_holidays(country)
    return Calendar(closed=lambda day: day in public)


def _policy(name: str, text: str) -> Policy:
    """``friendly 3, call 10 [by call], firm 20 [7 days to pay]``; a jumping one begins with ``jump: ``."""
    climb = Climb.JUMP if text.startswith("jump: ") else Climb.STEP
    return Policy(name, tuple(map(_level, text.removeprefix("jump: ").split(", "))), climb)


def _level(text: str) -> Level:
    found = _LEVEL.fullmatch(text)
    assert found, f"no such level: {text}"
    level = Level(name=found[1], offset=int(found[2]), template=found[1])
    for word in _WORD.findall(found[3]):
        channel = word.removeprefix("by ")
        if word == "sent":
            level = replace(level, delivery=Delivery.SEND)
        elif word in {"by call", "by visit", "by letter", "by sms", "by messenger"}:
            level = replace(level, delivery=Delivery.TASK, channel=Channel(channel), template=channel)
        elif word.endswith(" days to pay"):
            level = replace(level, deadline_days=int(word.split()[0]))
        elif word == "end of month":
            level = replace(level, basis=Basis.END_OF_MONTH)
        elif word == "after the one before":
            level = replace(level, basis=Basis.PREVIOUS)
        elif word.startswith("template "):
            level = replace(level, template=word.split()[1])
        else:
            raise AssertionError(f"no such word of a level: {word}")
    return level
