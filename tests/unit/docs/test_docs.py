"""What the documentation says is what the program does."""

from __future__ import annotations

import datetime as dt
import enum
import json
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from click.testing import CliRunner
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from sheetsdun import wiring
from sheetsdun.cli import cli
from sheetsdun.config import charges, load, parts
from sheetsdun.config.expect import Expect
from sheetsdun.config.pay import KINDS
from sheetsdun.config.sections import (
    Attachments,
    CustomerHeaders,
    Defaults,
    Endpoints,
    Google,
    Headers,
    Ladder,
    Limits,
    PaymentHeaders,
    PolicySender,
    Rung,
    Sender,
    SendingDays,
    Spreadsheet,
    StatusWords,
)
from sheetsdun.domain.charges import DEFAULT, kinds
from sheetsdun.domain.decision import Reason
from sheetsdun.domain.invoice import Action, Problem
from sheetsdun.domain.policy import Channel, Delivery
from sheetsdun.domain.reasons import Code
from sheetsdun.errors import UsageError
from sheetsdun.google import auth
from sheetsdun.letters import Templates, check
from sheetsdun.rows.columns import DEFAULTS, Columns
from sheetsdun.rows.problems import Flaw
from sheetsdun.rows.words import Words
from sheetsdun.rows.words.en import LANGUAGE
from sheetsdun.rows.words.language import Phrase
from sheetsdun.sync.expectations import failures

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CONFIG, SHEET, README = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("docs/config.md", "docs/sheet.md", "README.md")
)

SECTIONS = {
    "[google]": Google,
    "[google.endpoints]": Endpoints,
    "[sheet]": Spreadsheet,
    "[defaults]": Defaults,
    "[columns]": Headers,
    "[customer_columns]": CustomerHeaders,
    "[payment_columns]": PaymentHeaders,
    "[status]": StatusWords,
    "[calendar]": SendingDays,
    "[limits]": Limits,
    "[sender]": Sender,
    "[attachments]": Attachments,
    "[charges.NAME]": charges.section(kinds()[DEFAULT]),
    "[policy.NAME]": Ladder,
    "[policy.NAME.sender]": PolicySender,
    "[[policy.NAME.level]]": Rung,
    "[[expect]]": Expect,
}
BY_CURRENCY = "[tolerance]"
"""The one section whose settings have no fixed names."""

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SETTING = re.compile(r"^\| `(\w+)` \| (.+?) \|", re.MULTILINE)


def fenced(page, language):
    return [text for kind, text in _FENCED.findall(page) if kind == language]


def under(heading):
    """What stands in the page of settings under a heading, up to the next one."""
    return CONFIG.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def anchors(page):
    """The anchors that GitHub makes of a page's headings."""
    prose = _FENCED.sub("", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(prose)}


def settings(model):
    """The settings of a section, without sections in it."""
    return {
        name: field
        for name, field in model.model_fields.items()
        if not (isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel))
    }


def default(field):
    """A setting's default as the page writes it."""
    value = field.default
    if value is PydanticUndefined:
        return "needed"
    if value is None:
        return "none"
    if isinstance(value, tuple):
        return f"`[{', '.join(json.dumps(each, ensure_ascii=False) for each in value)}]`"
    if isinstance(value, Decimal):
        value = str(value)
    if isinstance(value, enum.Enum):
        value = value.value
    return f"`{json.dumps(value, ensure_ascii=False)}`"


class TestCommands:
    @pytest.mark.parametrize("command", sorted(cli.commands))
    def test_has_help(self, command):
        told = CliRunner().invoke(cli, [command, "--help"])
        assert told.exit_code == 0
        assert cli.commands[command].help
        options = [each for each in cli.commands[command].params if isinstance(each, click.Option)]
        assert all(option.help for option in options)

    @pytest.mark.parametrize("command", sorted(cli.commands))
    def test_stands_in_the_readme(self, command):
        assert re.search(rf"sheetsdun {command}\b", README)


class TestSettings:
    def test_all_sections_are_known_here(self):
        top = {heading.strip("[]").split(".")[0] for heading in (*SECTIONS, BY_CURRENCY, "[[pay]]")}
        assert top == set(parts._SECTIONS)

    @pytest.mark.parametrize("heading", SECTIONS)
    def test_each_is_told_with_its_default_and_no_other_is(self, heading):
        told = dict(_SETTING.findall(under(heading)))
        assert told == {name: default(field) for name, field in settings(SECTIONS[heading]).items()}

    @pytest.mark.parametrize("kind", KINDS)
    def test_each_kind_of_paying_is_told(self, kind):
        common, *kinds = re.split(r"\n### (\w+)\n", under("[[pay]]"))
        told = (
            dict(_SETTING.findall(common)),
            dict(_SETTING.findall(dict(zip(kinds[::2], kinds[1::2], strict=True))[kind])),
        )
        meant = {name: default(field) for name, field in settings(KINDS[kind]).items()}
        assert {**told[0], **told[1]} == meant
        assert f"`{kind}`" in common

    def test_tolerance_is_told(self):
        assert "[tolerance]\nEUR = " in under(BY_CURRENCY)


class TestExample:
    text = max(fenced(CONFIG, "toml"), key=len)

    def test_it_loads(self):
        config = load(self.text)
        assert list(config.policies) == ["standard", "gentle"]
        assert "action_note" in config.columns.named
        assert [way.name for way in config.ways] == ["main"]

    def test_it_has_every_setting(self):
        raw = tomllib.loads(self.text)
        levels = [level for policy in raw["policy"].values() for level in policy["level"]]
        told = {
            "[google.endpoints]": raw["google"]["endpoints"],
            "[charges.NAME]": raw["charges"]["late"],
            "[[expect]]": {key for each in raw["expect"] for key in each},
            "[policy.NAME]": raw["policy"]["standard"],
            "[policy.NAME.sender]": raw["policy"]["standard"]["sender"],
            "[[policy.NAME.level]]": {key for level in levels for key in level},
        }
        for heading, model in SECTIONS.items():
            there = set(told.get(heading) or raw[heading.strip("[]")])
            # Either id or url: the other one stands in a remark.
            assert set(settings(model)) - there == ({"url"} if model is Spreadsheet else set()), heading
        assert '# or url = "' in self.text
        assert set(raw) == set(parts._SECTIONS)

    def test_its_calendar_and_templates_are_there(self):
        config = load(self.text)
        assert not wiring.calendar(config, "").is_sending_day(dt.date(2026, 12, 24))
        levels = [level for policy in config.policies.values() for level in policy.levels]
        letters = [("en", level.template) for level in levels if level.delivery != Delivery.TASK]
        scripts = [("en", level.template) for level in levels if level.delivery == Delivery.TASK]
        check(Templates(), letters, scripts)

    def test_what_it_expects_holds(self):
        config = load(self.text)
        assert failures(config.expectations, wiring.terms(config, "")) == []

    def test_all_examples_are_toml(self):
        assert [tomllib.loads(text) for text in fenced(CONFIG, "toml")]


WORDS = Words("en", dt.date(2026, 11, 21), {**Columns().customers().headers, **DEFAULTS})
ARGS = {
    "level": "reminder",
    "place": 3,
    "levels": 5,
    "letter": "SD-7K3F9Q",
    "note": "Invalid To header",
    "invoice": "INV-7",
    "date": dt.date(2026, 11, 28),
    "until": dt.date(2026, 12, 3),
    "deadline": dt.date(2026, 12, 1),
    "who": "Anna Weber <anna@example.com>",
    "policy": "gentel",
    "channel": Channel.CALL,
    "field": "due",
    "problem": Flaw.UNREADABLE_DATE,
    "value": "31.02.2026",
    "action": Action.CLEAR,
    "language": "it",
    "used": "en",
}
"""With these the statuses on the page are filled in."""

SAMPLES = {
    Code.DUE_OUT_OF_RANGE: {"date": dt.date(1999, 1, 1)},
    Code.FOREIGN_ADDRESS: {"who": "anna@xn--bro-hoa.de"},
}
BROKEN = {
    Flaw.ERROR_VALUE: ("amount", "#REF!"),
    Flaw.TOO_LONG: ("customer", "Lorem ipsum…"),
    Flaw.UNREADABLE_AMOUNT: ("amount", "about 100"),
    Flaw.BRACKETED_AMOUNT: ("amount", "(12.50)"),
    Flaw.AMBIGUOUS_AMOUNT: ("amount", "1,234"),
    Flaw.DATE_AS_AMOUNT: ("paid", "3 Nov 2026"),
    Flaw.UNREADABLE_DATE: ("due", "31.02.2026"),
    Flaw.UNKNOWN_CURRENCY: ("currency", "Taler"),
    Flaw.CURRENCY_CONFLICT: ("paid", "$100"),
    Flaw.NO_DAYS: ("min_gap_days", "a week"),
    Flaw.NEGATIVE_SUM: ("tolerance", "-5"),
    Flaw.NO_DISCOUNT: ("discount", "lots"),
    Flaw.NO_LAST_DAY: ("discount_until", "2 %"),
    Flaw.INVALID_ADDRESS: ("email", "anna@"),
    Flaw.FOREIGN_ADDRESS: ("email", "аnna@example.com"),
    Flaw.UNKNOWN_ACTION: ("action", "go"),
    Flaw.NO_IDENTITY: ("invoice", ""),
    Flaw.DUPLICATE: ("", "5"),
    Flaw.CUSTOMER_TWICE: ("customer", "Harbour Ltd"),
}
NOT_CARRIED_OUT = [
    code
    for code in Code
    if code.startswith("action_") and code.removeprefix("action_") not in set(map(str, Action))
]
OF_EDITED_DRAFTS = [
    Code.FACTS_CHANGED,
    Code.ROW_GONE,
    Code.DEADLINE_NEAR,
    Code.DISCOUNT_OVER,
    Code.NOT_DUE,
    Code.BROKEN_PROMISE,
    Code.NO_LANGUAGE,
    Code.FOREIGN_ADDRESS,
]


def reason(code):
    return Reason(code, {**ARGS, **SAMPLES.get(code, {})})


class TestSheet:
    @pytest.mark.parametrize("code", sorted(LANGUAGE.status))
    def test_every_status_is_told(self, code):
        said = WORDS.status(reason(code))
        # A task's status goes on with whom to call.
        assert f"`{said}: " in SHEET if code == Code.TASK_DUE else f"| `{said}` |" in SHEET

    @pytest.mark.parametrize("phrase", [Phrase.SENT, Phrase.SENT_BY_HAND, Phrase.DONE])
    def test_what_the_status_says_of_the_last_reminder_is_told(self, phrase):
        assert f"| `{WORDS.phrase(phrase, date=ARGS['date'])}` |" in SHEET

    @pytest.mark.parametrize("channel", sorted(set(LANGUAGE.tasks) - {Channel.EMAIL}))
    def test_every_task_is_told(self, channel):
        assert f"`{WORDS.task(channel)}`" in SHEET

    @pytest.mark.parametrize("phrase", [name for name in Phrase if name.startswith("link_")])
    def test_every_link_is_told(self, phrase):
        assert f"`{WORDS.phrase(phrase, letter=ARGS['letter'])}`" in SHEET

    def test_the_header_note_is_told(self):
        assert f"`{WORDS.phrase(Phrase.CHECKED, when='21 Nov, 08:00', ready=3, help=1)}`" in SHEET

    @pytest.mark.parametrize("flaw", Flaw)
    def test_every_problem_is_told(self, flaw):
        field, value = BROKEN[flaw]
        said = WORDS.problem(Problem(field, flaw, value))
        assert f"| `{said[:1].upper()}{said[1:]}` |" in SHEET

    @pytest.mark.parametrize("code", [*NOT_CARRIED_OUT, *OF_EDITED_DRAFTS])
    def test_every_note_that_asks_for_something_is_told(self, code):
        assert f"`{WORDS.reason(reason(code))}`" in SHEET

    @pytest.mark.parametrize("action", Action)
    def test_every_action_is_told(self, action):
        assert f"| `{action}` |" in SHEET

    @pytest.mark.parametrize(
        "field", ["reminder_status", "reminder_level", "last_reminder", "next_reminder", "reminder_note", "draft"]
    )  # fmt: skip
    def test_every_column_of_ours_is_told(self, field):
        assert f"| {DEFAULTS[field]} |" in SHEET


class TestCredentials:
    def test_the_example_is_a_service_account_key_and_is_refused_with_a_clear_word(self):
        file = ROOT / "credentials.example.json"
        assert json.loads(file.read_text(encoding="utf-8"))["type"] == "service_account"
        with pytest.raises(UsageError, match="its private key cannot be read"):
            auth.access(file, mailbox="ar@example.com")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_project_leads_somewhere(page):
    prose = _FENCED.sub("", page.read_text(encoding="utf-8"))
    for link in _LINK.findall(prose):
        path, _, anchor = unquote(link).partition("#")
        if re.match(r"[a-z][a-z0-9+.-]*:", path):
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target), link
