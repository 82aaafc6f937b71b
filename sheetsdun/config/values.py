"""Kinds of settings, and what each may be."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator

from sheetsdun.rows import addresses
from sheetsdun.rows.currency import CODES

_SHEET_ID = re.compile(r"[\w-]+", re.ASCII)
_SHEET_URL = re.compile(
    r"https?://[^/]+/(?:a/[^/]+/)?spreadsheets/(?:u/\d+/)?d/([\w-]+)(?:[/?#].*)?", re.ASCII
)
_FOLDER = re.compile(
    r"(?:https://drive\.google\.com/drive/(?:u/\d+/)?folders/)?([\w-]{10,100})(?:[/?#].*)?", re.ASCII
)
_HOLIDAYS = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,6})?", re.ASCII)
_WINDOW = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII)


def spreadsheet_of(address: str) -> str:
    """The id in the address of a spreadsheet; "" where there is none."""
    found = _SHEET_URL.fullmatch(address)
    return found[1] if found else ""


def _title(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def _address(text: str) -> str:
    written = addresses.in_ascii(text)
    if text and not addresses.valid(written):
        raise ValueError(f"“{text}” is no e-mail address")
    return written


def _currency(text: str) -> str:
    if text not in CODES:
        raise ValueError(f"“{text}” is no currency code of ISO 4217, such as EUR")
    return text


def _money(value: object) -> Decimal:
    """Money is text or number; both are decimal, since the file is read without floats."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError('must be a sum, such as "0.01"')  # noqa: TRY004 - pydantic tells ValueErrors only
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"“{value}” is no sum") from None
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"“{value}” is no sum of zero or more")
    return amount


def _sums(value: object) -> object:
    """Sums by currency; a bare one is in the default currency, and stands under ""."""
    return value if isinstance(value, dict) else {"": value}


def _day(value: object) -> object:
    """A date of TOML as it is; a text in ISO's form."""
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"“{value}” is no date, such as 2026-12-24") from None


def _endpoint(text: str) -> str:
    """An https address, or http on this very machine: tokens are sent there."""
    try:
        parts = urlsplit(text)
        plain = not (parts.query or parts.fragment or parts.username or parts.password)
        good = plain and (
            _is_local(parts) or (parts.scheme == "https" and parts.hostname and parts.port != 0)
        )
    except ValueError:  # a port that is no number, a bracket that is not closed
        good = False
    if text and not good:
        raise ValueError(f"“{text}” must be an https address, or http on 127.0.0.1, [::1] or localhost")
    return text.rstrip("/")


def _is_local(parts: SplitResult) -> bool:
    """Whether it is http on a loopback address."""
    if parts.scheme != "http" or not parts.hostname or parts.port == 0:
        return False
    return parts.hostname == "localhost" or ip_address(parts.hostname).is_loopback


def _sheet_id(text: str) -> str:
    if not _SHEET_ID.fullmatch(text):
        raise ValueError(f"“{text}” is no id of a spreadsheet: it is the part after /d/ in its address")
    return text


def _sheet_url(text: str) -> str:
    if not spreadsheet_of(text):
        raise ValueError(f"“{text}” is no address of a spreadsheet: https://docs.google.com/spreadsheets/d/…")
    return text


def _drive_folder(text: str) -> str:
    """The id of a folder, from its address or by itself."""
    found = _FOLDER.fullmatch(text)
    if text and not found:
        raise ValueError(
            f"“{text}” is no folder of Google Drive: https://drive.google.com/drive/folders/…, or the part after folders/"
        )
    return found[1] if found else ""


def _holidays(text: str) -> str:
    if text and not _HOLIDAYS.fullmatch(text):
        raise ValueError(f"“{text}” is no country or region, such as DE or DE-BY")
    return text


def _window(text: str) -> str:
    found = _WINDOW.fullmatch(text)
    if text and not (found and found[1] < found[2]):
        raise ValueError(f"“{text}” is no time from … to …, such as 09:00-17:00")
    return text


def _time_zone(text: str) -> str:
    try:
        return ZoneInfo(text).key if text else ""
    except (OSError, ValueError, KeyError):
        raise ValueError(f"“{text}” is no time zone, such as Europe/Berlin") from None


Title = Annotated[str, AfterValidator(_title)]
Address = Annotated[str, AfterValidator(_address)]
Currency = Annotated[str, AfterValidator(_currency)]
Money = Annotated[Decimal, BeforeValidator(_money)]
Sums = Annotated[
    dict[Annotated[str, AfterValidator(lambda text: text and _currency(text))], Money], BeforeValidator(_sums)
]
Day = Annotated[dt.date, BeforeValidator(_day)]
DriveFolder = Annotated[str, AfterValidator(_drive_folder)]
Endpoint = Annotated[str, AfterValidator(_endpoint)]
SheetId = Annotated[str, AfterValidator(_sheet_id)]
SheetUrl = Annotated[str, AfterValidator(_sheet_url)]
Holidays = Annotated[str, AfterValidator(_holidays)]
Window = Annotated[str, AfterValidator(_window)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
