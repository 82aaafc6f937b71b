"""The spreadsheet as a whole: whether it can be had, and whether the lease can be trusted there."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from zoneinfo import ZoneInfo

from sheetsdun import wiring
from sheetsdun.cli.checks.finding import Finding, failed, ok, problem, warning
from sheetsdun.config import Config
from sheetsdun.errors import SheetsdunError
from sheetsdun.google.connection import Connection
from sheetsdun.ports import Snapshot

_UTC = ZoneInfo("UTC")


def read(config: Config, connection: Connection) -> Generator[Finding, None, Snapshot | None]:
    """Sign in, and read all that a run reads."""
    sheet = config.sheet
    try:
        snapshot = connection.sheet(sheet.spreadsheet_id, wiring.tabs_to_read(config), sheet.log).read()
    except SheetsdunError as error:
        yield failed("spreadsheet", error)
        return None
    yield ok("spreadsheet", f"“{snapshot.title}” can be read; its locale is {snapshot.locale}.")
    return snapshot


def time_zone(config: Config, snapshot: Snapshot) -> Generator[Finding, None, ZoneInfo]:
    """The zone by which days are counted."""
    name = config.calendar.time_zone or snapshot.time_zone
    whose = "by the config" if config.calendar.time_zone else "as the spreadsheet has it"
    try:
        zone = ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        yield problem(
            "time zone",
            f"The spreadsheet's time zone “{name}” is not known here.",
            "Choose a city under File, Settings in the spreadsheet, or set time_zone in [calendar].",
            2,
        )
        return _UTC
    yield ok("time zone", f"Days are those of {name}, {whose}.")
    return zone


def tabs(config: Config, snapshot: Snapshot) -> Iterator[Finding]:
    """The tabs that may be there."""
    sheet = config.sheet
    optional = {"customers": sheet.customers, "policies": sheet.policies, "payments": sheet.payments}
    there = [f"{title} ({what})" for what, title in optional.items() if title in snapshot.tables]
    absent = [title for title in optional.values() if title and title not in snapshot.tables]
    told = (
        f"Read besides the invoices: {', '.join(there)}." if there else "There are no further tabs to read."
    )
    yield ok("other tabs", told + (f" Not there, and not needed: {', '.join(absent)}." if absent else ""))


def lease(config: Config, connection: Connection) -> Iterator[Finding]:
    """Write something that nobody sees, and take it away: two runs at once must not both succeed."""
    try:
        probe = connection.probe_lease(config.sheet.spreadsheet_id)
    except SheetsdunError as error:
        yield failed("writing", error)
        return
    if probe.holds:
        yield ok(
            "writing",
            "The spreadsheet can be written to, and two runs at once cannot get in each other's way.",
        )
        return
    facts = {
        "an id that is in use was given twice": probe.collides,
        "half of a write landed": probe.atomic,
        "of two writes at once not exactly one succeeded": probe.one_wins,
    }
    yield warning(
        "writing",
        f"Two runs at once may get in each other's way here: {'; '.join(what for what, held in facts.items() if not held)}.",
        "Make sure that only one machine runs `sheetsdun sync`, and tell the makers of sheetsdun.",
    )
