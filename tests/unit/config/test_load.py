from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal

import pytest

from sheetsdun.config import load
from sheetsdun.domain.charges.contractual import Contractual
from sheetsdun.domain.invoice import Standing
from sheetsdun.domain.policy import Basis, Channel, Climb, Delivery, Level, Policy
from sheetsdun.errors import ConfigError
from sheetsdun.rows.columns import DEFAULTS

WHOLE = """\
[google]
credentials = "keys/robot.json"
mailbox = "ar@example.com"
[google.endpoints]
sheets = "http://127.0.0.1:8765/"
gmail = "http://localhost:8765"
drive = "https://drive.example.com"

[sheet]
url = "https://docs.google.com/spreadsheets/d/1AbC-d_E/edit?gid=0#gid=0"
invoices = "Rechnungen"
log = "Log"
customers = ""
policies = "Stufen"
payments = "Zahlungen"
header_row = 3
identity = ["invoice", "issued"]

[defaults]
currency = "CHF"
language = "de-CH"
ui_language = "de"
policy = "strict"
group = "invoice"

[columns]
invoice = "Rechnung"
paid = "Bezahlt"
phone = ""

[status]
paid = ["Erledigt", "bezahlt"]
void = []
disputed = ["strittig"]

[calendar]
days = ["mon", "sat"]
holidays = "CH-ZH"
extra = ["2026-12-24", 2026-12-31]
window = "09:00-17:30"
time_zone = "Europe/Zurich"

[limits]
max_letters = 10
per_day = 5
min_gap_days = 0
promise_grace_days = 1

[tolerance]
EUR = "0.50"
CHF = 0.05
JPY = 1

[sender]
name = "Müller AG"
address = "mahnung@example.com"
reply_to = "info@example.com"
owner = "boss@example.com"
signature = "Gruß"
payment = '''
IBAN [columns]
'''

[policy.standard]
[[policy.standard.level]]
name = "freundlich"
offset = -3

[policy.strict]
climb = "jump"
[[policy.strict.level]]
name = "eins"
offset = 1
basis = "end_of_month"
delivery = "send"
template = "friendly"
deadline_days = 7
cc = ["manager", "boss@example.com"]
attach = false
waives_gap = true
[[policy.strict.level]]
name = "anruf"
offset = 5
basis = "previous"
delivery = "task"
channel = "call"
"""


def test_the_shortest_config_has_every_default(good):
    config = load(good)
    assert (config.google.credentials, config.google.mailbox, config.google.endpoints.gmail) == (
        "credentials.json", "ar@example.com", "",
    )  # fmt: skip
    sheet = config.sheet
    assert (sheet.spreadsheet_id, sheet.invoices, sheet.log, sheet.header_row) == (
        "1AbC-d_E",
        "Invoices",
        "Reminder log",
        1,
    )
    assert (sheet.customers, sheet.policies, sheet.payments, sheet.identity) == (
        "Customers",
        "Escalation",
        "Payments",
        ("invoice",),
    )
    defaults = config.defaults
    assert (defaults.currency, defaults.language, defaults.ui_language, defaults.group) == (
        "EUR",
        "en",
        "en",
        "debtor",
    )
    assert (config.columns.headers, config.columns.named) == (DEFAULTS, frozenset())
    assert config.standings["оплачено"] is Standing.PAID
    assert (config.calendar.weekdays, config.calendar.hours) == (frozenset(range(5)), None)
    limits = config.limits
    assert (limits.max_letters, limits.per_day, limits.min_gap_days, limits.promise_grace_days) == (
        200,
        0,
        5,
        2,
    )
    assert config.tolerance == {}
    assert config.default_policy == "standard"
    first, second = (
        Level(name=name, offset=days, template=name) for name, days in (("friendly", 3), ("firm", 20))
    )
    assert config.policies == {"standard": Policy("standard", (first, second), Climb.STEP)}


def test_every_setting_arrives():
    config = load(WHOLE)
    assert config.google.endpoints.model_dump() == {
        "sheets": "http://127.0.0.1:8765", "gmail": "http://localhost:8765", "drive": "https://drive.example.com",
    }  # fmt: skip
    assert (config.sheet.spreadsheet_id, config.sheet.customers, config.sheet.header_row) == (
        "1AbC-d_E",
        "",
        3,
    )
    assert config.columns.identity == ("invoice", "issued")
    assert config.columns.headers == DEFAULTS | {"invoice": "Rechnung", "paid": "Bezahlt", "phone": ""}
    assert config.columns.named == {"invoice", "paid", "phone"}
    assert config.standings == {
        "erledigt": Standing.PAID,
        "bezahlt": Standing.PAID,
        "strittig": Standing.DISPUTED,
    }
    assert config.calendar.weekdays == {0, 5}
    assert config.calendar.extra == (dt.date(2026, 12, 24), dt.date(2026, 12, 31))
    assert config.calendar.hours == (dt.time(9), dt.time(17, 30))
    assert config.tolerance == {"EUR": Decimal("0.50"), "CHF": Decimal("0.05"), "JPY": Decimal(1)}
    assert config.sender.payment == "IBAN [columns]\n"
    first = Level(
        name="eins", offset=1, template="friendly", basis=Basis.END_OF_MONTH, delivery=Delivery.SEND, deadline_days=7,
        cc=("manager", "boss@example.com"), attach=False, waives_gap=True,
    )  # fmt: skip
    call = Level(
        name="anruf",
        offset=5,
        template="call",
        basis=Basis.PREVIOUS,
        delivery=Delivery.TASK,
        channel=Channel.CALL,
    )
    assert config.policies["strict"] == Policy("strict", (first, call), Climb.JUMP)
    assert config.default_policy == "strict"
    reading = config.reading("de_CH")
    assert (reading.locale, reading.currency, reading.standings) == ("de_CH", "CHF", config.standings)


def test_a_lone_policy_of_any_name_is_the_default(good):
    assert load(good.replace("standard", "gentle")).default_policy == "gentle"


def test_a_byte_order_mark_is_no_mistake(good):
    assert load("\ufeff" + good)


@pytest.mark.parametrize(
    "url",
    [
        "https://docs.google.com/spreadsheets/d/1AbC-d_E",
        "https://docs.google.com/spreadsheets/d/1AbC-d_E/edit#gid=5",
        "https://docs.google.com/spreadsheets/u/1/d/1AbC-d_E/",
        "https://docs.google.com/a/example.com/spreadsheets/d/1AbC-d_E/edit",
        "http://127.0.0.1:8765/spreadsheets/d/1AbC-d_E/edit",
    ],
)
def test_addresses_of_spreadsheets(good, url):
    assert load(good.replace('id = "1AbC-d_E"', f'url = "{url}"')).sheet.spreadsheet_id == "1AbC-d_E"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[google]\nmailbox = \n", "line 2: this is not TOML: Invalid value"),
        ("a = 1\na = 2\n", "line 2: this is not TOML: Cannot overwrite a value"),
        ('[google]\nmailbox = "x', "line 2: this is not TOML"),
        ("[google", "line 1: this is not TOML"),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(problems, text, problem):
    (told,) = problems(text)
    assert told.startswith(problem)


def test_five_mistakes_are_told_at_once_with_their_lines(problems):
    text = """\
[google]
mailbox = "nobody"

[sheet]
id = "1AbC"
header_rows = 2

[limits]
max_letters = 0

[calendar]
days = [
  "mon",
  "tuesday",
]

[policy.standard]
[[policy.standard.level]]
name = "friendly"
offset = 3
[[policy.standard.level]]
name = "firm"
offset = 3
"""
    assert problems(text) == [
        "line 2: google.mailbox: “nobody” is no e-mail address",
        "line 6: sheet.header_rows: there is no such setting; did you mean header_row?",
        "line 9: limits.max_letters: 0 is less than 1",
        "line 12: calendar.days, item 2: “tuesday” is not mon, tue, wed, thu, fri, sat or sun",
        "line 23: policy.standard, level 2, offset: 3 is not after 3, the offset of “friendly” below it (level “firm”)",
    ]


def test_the_error_says_how_many():
    with pytest.raises(ConfigError, match=r"mine\.toml has 3 mistakes:\n") as told:
        load("", "mine.toml")
    assert told.value.exit_code == 2
    assert told.value.problems == [
        "google.mailbox: is missing",
        "policy: there must be a policy: [policy.standard] with [[policy.standard.level]]",
        "sheet: id or url is missing: which spreadsheet is it?",
    ]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("[defualts]", "line 12: defualts: there is no such section; did you mean defaults?"),
        ("[nonsense]", "line 12: nonsense: there is no such section"),
        ("[google.endpoints]\ngmial = 'https://x.com'", "line 13: google.endpoints.gmial: there is no such setting; did you mean gmail?"),
        ("[defaults]\ncurrency = 'EURO'", "line 13: defaults.currency: “EURO” is no currency code of ISO 4217, such as EUR"),
        ("[defaults]\nlanguage = 'English'", "line 13: defaults.language: must be a language code, such as en or de-AT"),
        ("[defaults]\nui_language = 'fr'", "line 13: defaults.ui_language: “fr” is not en, ru or de"),
        ("[defaults]\npolicy = 'gentle'", "line 13: defaults.policy: there is no policy “gentle”, only standard"),
        ("[columns]\npiad = 'X'", "line 13: columns.piad: there is no such setting; did you mean paid?"),
        ("[columns]\namount = ''", "line 13: columns.amount: this column cannot be left out"),
        ("[columns]\ndraft = 'pa id'", "line 13: columns.draft: “pa id” is the header of both paid and draft, and what we write must stand alone"),
        ("[columns]\ndescription = 'reminder note'", "line 13: columns.description: “reminder note” is the header of both description and reminder_note, and what we write must stand alone"),
        ("[columns]\naction = 'Draft'", "line 13: columns.action: “Draft” is the header of both action and draft, and what we write must stand alone"),
        ("[columns]\naction = 'Status'", "line 13: columns.action: “Status” is the header of both status and action, and what we write must stand alone"),
        ("[status]\npaid = ['done']\nvoid = ['Done']", "line 14: status.void: “Done” means paid already"),
        ("[status]\npaid = 'paid'", "line 13: status.paid: must be a list in brackets"),
        ("[status]\npaid = ['']", "line 13: status.paid, item 1: must not be empty"),
        ("[calendar]\ndays = []", "line 13: calendar.days: must not be empty"),
        ("[calendar]\nextra = ['2026-02-30']", "line 13: calendar.extra, item 1: “2026-02-30” is no date, such as 2026-12-24"),
        ("[calendar]\nextra = [5]", "line 13: calendar.extra, item 1: must be a date, such as 2026-12-24"),
        ("[calendar]\nwindow = '17:00-09:00'", "line 13: calendar.window: “17:00-09:00” is no time from … to …, such as 09:00-17:00"),
        ("[calendar]\nwindow = '9-17'", "line 13: calendar.window: “9-17” is no time from … to …, such as 09:00-17:00"),
        ("[calendar]\nholidays = 'Germany'", "line 13: calendar.holidays: “Germany” is no country or region, such as DE or DE-BY"),
        ("[calendar]\ntime_zone = 'Mars/Base'", "line 13: calendar.time_zone: “Mars/Base” is no time zone, such as Europe/Berlin"),
        ("[calendar]\ntime_zone = '../etc/passwd'", "line 13: calendar.time_zone: “../etc/passwd” is no time zone, such as Europe/Berlin"),
        ("[limits]\nper_day = -1", "line 13: limits.per_day: -1 is less than 0"),
        ("[limits]\nper_day = 100000", "line 13: limits.per_day: 100000 is more than 10000"),
        ("[limits]\nper_day = '5'", "line 13: limits.per_day: must be a whole number"),
        ("[limits]\nper_day = 1.5", "line 13: limits.per_day: must be a whole number"),
        ("[limits]\nper_day = true", "line 13: limits.per_day: must be a whole number"),
        ("[tolerance]\nEURO = 1", "line 13: tolerance.EURO: “EURO” is no currency code of ISO 4217, such as EUR"),
        ("[tolerance]\nEUR = -1", "line 13: tolerance.EUR: “-1” is no sum of zero or more"),
        ("[tolerance]\nEUR = 'x'", "line 13: tolerance.EUR: “x” is no sum"),
        ("[tolerance]\nEUR = nan", "line 13: tolerance.EUR: “NaN” is no sum of zero or more"),
        ("[tolerance]\nEUR = true", 'line 13: tolerance.EUR: must be a sum, such as "0.01"'),
        ("[sender]\nowner = 'boss'", "line 13: sender.owner: “boss” is no e-mail address"),
        ("[sender]\nname = 5", "line 13: sender.name: must be text in quotes"),
        ("[policy.hold]\n[[policy.hold.level]]\nname='a'\noffset=1", "line 12: policy.hold: “hold” cannot name a policy: in the Escalation column it means that nothing is sent"),
        ("[policy.'a b']\n[[policy.'a b'.level]]\nname='a'\noffset=1", "line 12: policy.a b: “a b” is no name: use letters, digits, - and _"),
        ("[policy.empty]", "line 12: policy.empty: there must be a level: [[policy.empty.level]]"),
        ("[policy.x]\nlevel = 5", "line 12: policy.x: there must be a level: [[policy.x.level]]"),
        ("[policy.x]\nlevel = [5]", "line 13: policy.x, level 1: must be a section"),
        ("[policy]\nx = 5", "line 13: policy.x: must be a section"),
        ("[policy.Standard]\n[[policy.Standard.level]]\nname='a'\noffset=1", "line 12: policy.Standard: another policy differs from it by capitals only"),
    ],
)  # fmt: skip
def test_each_mistake_is_told(wrong, more, problem):
    assert wrong(more) == [problem]


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("offset = 5", "name: is missing"),
        ("name = 'x'", "offset: is missing"),
        ("name = 'x'\noffset = '5'", "offset: must be a whole number"),
        ("name = 'x'\noffset = 20", "offset: 20 is not after 20, the offset of “firm” below it (level “x”)"),
        ("name = 'x'\noffset = 9999", "offset: 9999 is not between -365 and 3650 days (level “x”)"),
        ("name = 'x'\noffset = 0\nbasis = 'previous'", "offset: 0 days after the previous level is no later day (level “x”)"),
        ("name = 'FIRM'\noffset = 30", "name: there is another level “FIRM” in this policy (level “FIRM”)"),
        ("name = 'x y'\noffset = 30\ntemplate = 'x'", "name: “x y” is no name: use letters, digits, - and _ (level “x y”)"),
        ("name = 'x'\noffset = 30\ntemplate = '../x'", "template: “../x” is no name: use letters, digits, - and _ (level “x”)"),
        ("name = 'x'\noffset = 30\ndelivery = 'task'", "channel: a task needs a channel other than email: call, sms, messenger, letter or visit (level “x”)"),
        ("name = 'x'\noffset = 30\nchannel = 'sms'", 'channel: “sms” is for tasks only: write delivery = "task" with it (level “x”)'),
        ("name = 'x'\noffset = 30\ndelivery = 'pigeon'", "delivery: “pigeon” is not draft, send or task"),
        ("name = 'x'\noffset = 30\ndeadline_days = -1", "deadline_days: -1 is not between 0 and 365 business days (level “x”)"),
        ("name = 'x'\noffset = 30\ncc = ['Manager']", "cc: “Manager” is no address, and not “manager” (level “x”)"),
        ("name = 'x'\noffset = 30\nattach = 'yes'", "attach: must be true or false"),
        ("name = 'x'\noffset = 30\ntemplat = 'y'", "templat: there is no such setting; did you mean template?"),
    ],
)  # fmt: skip
def test_each_mistake_of_a_level_is_told(wrong, setting, problem):
    (told,) = wrong(f"[[policy.standard.level]]\n{setting}\n")
    assert told.partition(": ")[2] == f"policy.standard, level 3, {problem}"


def test_previous_is_no_basis_for_the_first_level(problems, good):
    text = good.replace("offset = 3", 'offset = 3\nbasis = "previous"')
    assert problems(text) == [
        "line 9: policy.standard, level 1, basis: “previous” cannot be the basis of the first level (level “friendly”)"
    ]


def test_two_policies_without_a_default(problems, good):
    text = (
        good.replace("standard", "gentle")
        + "[policy.strict]\n[[policy.strict.level]]\nname = 'a'\noffset = 1\n[defaults]\n"
    )
    assert problems(text) == [
        "line 16: defaults.policy: say which one counts where a row names none: gentle, strict"
    ]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('id = "a/b"', "sheet.id: “a/b” is no id of a spreadsheet: it is the part after /d/ in its address"),
        ('url = "https://x.com"', "sheet.url: “https://x.com” is no address of a spreadsheet: https://docs.google.com/spreadsheets/d/…"),
        ('id = "a"\nurl = "https://x.com/spreadsheets/d/b"', "sheet.url: id is there, too: one of them is enough"),
        ('id = "a"\nlog = "invoices"', "sheet.log: “invoices” is the tab of invoices already"),
        ('id = "a"\nlog = ""', "sheet.log: must not be empty"),
        ('id = "a"\nidentity = ["number"]', "sheet.identity: “number” is none of the people's columns under [columns]"),
        ('id = "a"\nidentity = ["draft"]', "sheet.identity: “draft” is none of the people's columns under [columns]"),
        ('id = "a"\nidentity = ["due", "due"]', "sheet.identity: the same column is named twice"),
        ('id = "a"\nidentity = []', "sheet.identity: must not be empty"),
        ('id = "a"\nheader_row = 0', "sheet.header_row: 0 is less than 1"),
    ],
)  # fmt: skip
def test_each_mistake_of_the_sheet_is_told(problems, good, lines, problem):
    (told,) = problems(good.replace('id = "1AbC-d_E"', lines))
    assert told.partition(": ")[2] == problem


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com", "http://127.0.0.1.example.com", "ftp://127.0.0.1", "127.0.0.1:8765", "https://", "http://10.0.0.1",
        "https://user:pass@example.com", "https://example.com/?x=1", "http://[::1", "https://example.com:port", "http://0x7f000001",
    ],
)  # fmt: skip
def test_tokens_go_nowhere_in_the_clear(wrong, address):
    (told,) = wrong(f"[google.endpoints]\ngmail = '{address}'\n")
    assert "must be an https address" in told


@pytest.mark.parametrize(
    "address", ["http://[::1]:80", "http://127.8.9.1", "http://localhost:1/", "https://gmail.example.com/x"]
)
def test_endpoints(good, address):
    config = load(good + f"[google.endpoints]\ngmail = '{address}'\n")
    assert config.google.endpoints.gmail == address.rstrip("/")


def test_nothing_in_it_changes_later(good):
    with pytest.raises(ValueError, match="frozen"):
        load(good).limits.per_day = 3


def test_loading_it_brings_in_neither_google_nor_letters():
    code = (
        "import sys, sheetsdun.config; "
        "print([name for name in ('click', 'jinja2', 'gspread', 'googleapiclient', 'babel') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


class TestCharges:
    LEVEL = 'charge = "late"\n'

    def test_sums_without_a_currency_are_in_the_default_one(self, good):
        text = (
            good
            + self.LEVEL
            + '[charges.late]\ninterest = 9.5\nfee = "10.00"\n[defaults]\ncurrency = "CHF"\n'
        )
        config = load(text)
        assert config.charges == {"late": Contractual(interest=Decimal("9.5"), fee={"CHF": Decimal("10.00")})}
        assert config.policies["standard"].levels[-1].charge == "late"

    def test_sums_by_currency(self, good):
        config = load(good + '[charges.late]\nkind = "contractual"\nfee = { EUR = "5", USD = 6 }\n')
        assert config.charges["late"].fee_in("USD") == 6

    @pytest.mark.parametrize(
        ("lines", "problem"),
        [
            ('charge = "lat"', "line 12: policy.standard, level 2, charge: there is no [charges.lat]"),
            ("[charges.late]", "line 12: charges.late: there must be an interest or a fee"),
            ('[charges.late]\ninterest = "a lot"', "line 13: charges.late.interest: “a lot” is no sum"),
            (
                "[charges.late]\ninterest = -1",
                "line 13: charges.late.interest: “-1” is no sum of zero or more",
            ),
            ('[charges.late]\nrate = "1"', "line 13: charges.late.rate: there is no such setting"),
            (
                '[charges.late]\nfee = { EURO = "1" }',
                "line 13: charges.late.fee.EURO: “EURO” is no currency code of ISO 4217, such as EUR",
            ),
            (
                '[charges.late]\nkind = "contractal"',
                "line 13: charges.late.kind: there is no such kind of charge; did you mean contractual?",
            ),
            ("[charges]\nlate = 5", "line 13: charges.late: must be a section: [charges.late]"),
            (
                '[charges."a b"]\nfee = 1',
                "line 12: charges.a b: “a b” is no name: use letters, digits, - and _",
            ),
        ],
    )
    def test_mistakes(self, wrong, lines, problem):
        assert wrong(lines + "\n") == [problem]

    def test_a_letter_before_the_due_date_and_a_task_charge_nothing(self, problems, good):
        charges = "[charges.late]\nfee = 1\n"
        told = "only a letter after the due date can charge something"
        early = good.replace("offset = 3\n", 'offset = -3\ncharge = "late"\n')
        assert problems(early + charges) == [
            f"line 9: policy.standard, level 1, charge: {told} (level “friendly”)"
        ]
        task = good + 'delivery = "task"\nchannel = "call"\n' + self.LEVEL
        assert problems(task + charges) == [
            f"line 14: policy.standard, level 2, charge: {told} (level “firm”)"
        ]


class TestPolicySender:
    own = '[policy.standard.sender]\nfrom_level = "{level}"\naddress = "chef@büro.de"\n'

    def test_is_read_with_its_address_in_ascii(self, good):
        sender = load(good + self.own.format(level="friendly")).policy_senders["standard"]
        assert (sender.from_level, sender.address, sender.name) == ("friendly", "chef@xn--bro-hoa.de", "")

    def test_names_a_level_that_is_there(self, good):
        with pytest.raises(
            ConfigError, match=r"policy\.standard\.sender\.from_level: there is no level “last”"
        ):
            load(good + self.own.format(level="last"))

    def test_is_left_out(self, good):
        assert load(good).policy_senders == {}


class TestExpectations:
    def test_they_know_their_lines(self, good):
        (one,) = load(good + '\n[[expect]]\ndays_past_due = 30\nlevel = "firm"\n', "my.toml").expectations
        assert (one.where, one.days_past_due, one.level, one.currency) == (
            "my.toml, line 13",
            30,
            "firm",
            "EUR",
        )

    def test_facts_and_decisions_are_read(self, good):
        more = '[[expect]]\ndays_past_due = 3\ndecision = "closed"\namount = "10"\npaid = 9.995\ndue = 2026-06-15\n'
        (one,) = load(good + more).expectations
        assert (one.decision, one.amount, one.paid, one.due) == (
            "closed",
            Decimal(10),
            Decimal("9.995"),
            dt.date(2026, 6, 15),
        )

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            (
                "[[expect]]\ndays_past_due = 3\n",
                "line 12: expect, item 1: say what is expected: level or decision",
            ),
            ('[[expect]]\nlevel = "firm"\n', "line 12: expect, item 1, days_past_due: is missing"),
            ('[[expect]]\ndays_past_due = 3\nlevle = "firm"\n', "did you mean level?"),
            ('[[expect]]\ndays_past_due = 3\ndecision = "sent"\n', "expect, item 1, decision: “sent” is not"),
            ("[expect]\ndays_past_due = 3\n", "line 12: expect: must be a list of tables: [[expect]]"),
        ],
    )
    def test_mistakes_are_told_with_their_lines(self, wrong, text, told):
        (problem,) = wrong(text)
        assert told in problem
