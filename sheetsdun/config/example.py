"""The file that ``init`` writes: short, explained, and good for the first morning."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsdun.rows.columns import DEFAULTS

LADDER = (("courtesy", -3), ("friendly", 3), ("reminder", 10), ("firm", 20), ("final", 30))
"""The levels of a first policy and their days from the due date."""

DEADLINES = {"reminder": 5, "firm": 5, "final": 7}
"""Sending days that their letters give: from the second on, a letter names a day."""

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def render(
    sheet: str,
    mailbox: str,
    columns: Mapping[str, str] | None = None,
    *,
    credentials: str = "credentials.json",
    invoices: str = "Invoices",
    header_row: int = 1,
    currency: str = "EUR",
    language: str = "en",
    ui_language: str = "en",
    sender: str = "",
    endpoints: Mapping[str, str] | None = None,
) -> str:
    """The text of a config that ``load`` reads.

    Args:
        sheet: Address or id of the spreadsheet.
        mailbox: Whose Gmail.
        columns: Header by field; those that are the default's are left out.
        credentials: Path of the credentials file.
        invoices: Title of the invoice tab.
        header_row: 1-based.
        currency: Where a row names none.
        language: Of letters, where a row names none.
        ui_language: Of status words and notes in the sheet.
        sender: Name that letters come from.
        endpoints: Servers that stand in for Google: sheets, gmail, drive.
    """
    named = {field: title for field, title in (columns or {}).items() if DEFAULTS[field] != title}
    sections = (
        _google(credentials, mailbox, endpoints or {}),
        _sheet(sheet, invoices, header_row),
        _defaults(currency, language, ui_language),
        _columns(named),
        _calendar(),
        _sender(sender),
        _pay(),
        _policy(),
    )
    return "# Settings of sheetsdun. What is left out has its default.\n\n" + "\n".join(sections)


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    signs = (_ESCAPES.get(sign) or (sign if sign.isprintable() else f"\\U{ord(sign):08X}") for sign in text)
    return f'"{"".join(signs)}"'


def _google(credentials: str, mailbox: str, endpoints: Mapping[str, str]) -> str:
    text = f"""\
[google]
credentials = {quoted(credentials)}  # as Google hands it out; never commit it
mailbox = {quoted(mailbox)}  # the drafts are made in its Gmail
"""
    if endpoints:
        servers = "".join(f"{name} = {quoted(address)}\n" for name, address in endpoints.items())
        text += f"\n[google.endpoints]  # servers that stand in for Google\n{servers}"
    return text


def _sheet(sheet: str, invoices: str, header_row: int) -> str:
    key = "url" if "/" in sheet else "id"
    row = f"header_row = {header_row}\n" if header_row != 1 else ""
    return f"""\
[sheet]
{key} = {quoted(sheet)}
invoices = {quoted(invoices)}  # the tab
{row}identity = ["invoice"]  # or ["invoice", "issued"], where numbering restarts each year
"""


def _defaults(currency: str, language: str, ui_language: str) -> str:
    return f"""\
[defaults]
currency = {quoted(currency)}  # where a row names none
language = {quoted(language)}  # of letters, where a row names none
ui_language = {quoted(ui_language)}  # of the status columns: en, ru, de
policy = "standard"
group = "debtor"  # one letter for all that a debtor owes; or "invoice"
"""


def _columns(named: Mapping[str, str]) -> str:
    if not named:
        return (
            '[columns]  # yours have the names that we expect; paid = "Received", say, would name another\n'
        )
    lines = "".join(f"{field} = {quoted(title)}\n" for field, title in named.items())
    return f"[columns]  # what each is called in your sheet\n{lines}"


def _calendar() -> str:
    return """\
[calendar]
days = ["mon", "tue", "wed", "thu", "fri"]
holidays = ""  # a country, such as "DE", or a region, such as "DE-BY"
window = ""  # "09:00-17:00": letters are sent within it
"""


def _sender(name: str) -> str:
    return f"""\
[sender]
name = {quoted(name)}  # as debtors see it
signature = ""
payment = ""  # what else there is to say of paying
"""


def _pay() -> str:
    return """\
# How to pay: letters take it from here only, never from the sheet. One table for each way; there are also the kinds
# russia, us, uk, swiss, pix, upi, and link for a page to pay on.
# [[pay]]
# name = "main"
# kind = "iban"
# holder = "Example GmbH"
# iban = "DE02 1203 0000 0000 2020 51"
"""


def _policy() -> str:
    levels = "".join(
        f"""
[[policy.standard.level]]
name = {quoted(name)}
offset = {offset}
"""
        + (f"deadline_days = {DEADLINES[name]}\n" if name in DEADLINES else "")
        for name, offset in LADDER
    )
    return f"""\
[policy.standard]  # days from the due date; delivery = "send" under a level sends without asking
climb = "step"
{levels}"""
