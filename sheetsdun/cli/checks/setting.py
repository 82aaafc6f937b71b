"""The config and what lies beside it: credentials, calendar, sender, templates. Nothing is asked of Google."""

from __future__ import annotations

import datetime as dt
import stat
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

from sheetsdun import wiring
from sheetsdun.cli.checks.finding import Finding, Result, failed, ok, warning
from sheetsdun.config import Config
from sheetsdun.domain.policy import Policy
from sheetsdun.domain.terms import Terms
from sheetsdun.errors import SheetsdunError
from sheetsdun.google.auth import Access
from sheetsdun.letters import check
from sheetsdun.sync.expectations import failures

_KINDS = {
    "service_account": "a service account",
    "oauth_client": "an OAuth client, signed in",
    "authorized_user": "an authorized_user file",
}


def config(path: Path) -> Generator[Finding, None, Config | None]:
    """The file itself, with all its mistakes."""
    try:
        read = wiring.read_config(path)
    except SheetsdunError as error:
        yield failed("config", error)
        return None
    yield ok("config", f"{path} has no mistakes; policies: {_ladders(read.policies.values())}.")
    return read


def credentials(config: Config, folder: Path) -> Generator[Finding, None, Access | None]:
    """Their kind, and whether they can be read at all."""
    try:
        source = wiring.credentials_source(config.google.credentials, folder)
        access = wiring.credentials(config, folder)
    except SheetsdunError as error:
        yield failed("credentials", error)
        return None
    identity = access.identity
    whose = f" as {identity.email}" if identity.email else ""
    where = source if isinstance(source, Path) else f"the environment's {wiring.CREDENTIALS}"
    yield ok("credentials", f"{where} holds {_KINDS[identity.kind]}{whose}.")
    if isinstance(source, Path) and source.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield warning("credentials", f"Others on this machine can read {source}.", f"chmod 600 {source}")
    return access


def calendar(config: Config, path: Path, today: dt.date) -> Iterator[Finding]:
    """Whether there is one for the config's country, and when it next lets a letter go."""
    try:
        following = wiring.calendar(config, str(path)).next_sending_day(today)
    except SheetsdunError as error:
        yield failed("calendar", error)
        return
    public = config.calendar.holidays
    closed = f"the public holidays of {public} are kept" if public else "no public holidays are kept"
    hours = f", letters go within {config.calendar.window}" if config.calendar.window else ""
    yield ok("calendar", f"The next sending day is {following:%A} {following}; {closed}{hours}.")


def expectations(config: Config, terms: Terms, *, sheet_too: bool) -> Iterator[Finding]:
    """Whether the ladders are as the team says they must be.

    Args:
        config: What it expects.
        terms: The ladders.
        sheet_too: Whether those that the sheet has are among them.
    """
    told = config.expectations
    later = (
        []
        if sheet_too
        else [each for each in told if config.sheet.policies and not terms.policy(each.policy)]
    )
    now = [each for each in told if each not in later]
    if wrong := failures(now, terms):
        yield Finding(
            check="expectations",
            result=Result.PROBLEM,
            text=f"{len(wrong)} of {len(told)} do not hold.",
            details=tuple(wrong),
            way_out="Mend the ladder, or what [[expect]] says of it.",
            exit_code=2,
        )
    elif now:
        yield ok("expectations", f"{'It holds' if len(now) == 1 else f'All {len(now)} hold'}.")
    elif not told:
        yield ok("expectations", "There are none; [[expect]] in the config would test the ladders.")
    if later:
        names = ", ".join(dict.fromkeys(f"“{each.policy}”" for each in later))
        yield warning(
            "expectations",
            f"{len(later)} cannot be tried here: the config has no policy {names}.",
            f"If the tab “{config.sheet.policies}” has it, plan and sync try them; else correct the name.",
            tuple(each.where for each in later),
        )


def sender(config: Config) -> Iterator[Finding]:
    """Whether letters can say who writes and how to pay."""
    said = config.sender
    needs = {
        "name": (said.name, "debtors see the bare address"),
        "signature": (said.signature, "letters end with no name that one could ask"),
        "[[pay]]": (said.payment or str(config.ways or ""), "letters do not say how to pay"),
    }
    empty = {key: why for key, (value, why) in needs.items() if not value.strip()}
    if not empty:
        yield ok("sender", f"Letters come from {said.name}.")
        return
    yield warning(
        "sender",
        f"[sender] and [[pay]] lack {', '.join(empty)}.",
        "Fill them in.",
        tuple(f"without {key}, {why}" for key, why in empty.items()),
    )


def templates(
    folder: Path, policies: Iterable[tuple[str, Policy]] = (), language: str = "en"
) -> Iterator[Finding]:
    """Every template of a language that is used, tried with made-up letters; those that policies need must be there.

    Args:
        folder: The config's own.
        language: The default language; letters whose own has none are written in it.
        policies: Language and policy, as they meet in rows.
    """
    met = list(policies)
    used = [(language, level) for language, policy in met for level in policy.levels]
    wanted = [(language, level.template) for language, level in used if level.written]
    scripts = [(language, level.template) for language, level in used if not level.written]
    try:
        found = wiring.templates(folder, language)
        tried = check(found, wanted, scripts)
    except SheetsdunError as error:
        yield failed("templates", error)
        return
    own = " (some are your own)" if len(found.folders) > 1 else ""
    spoken = ", ".join(sorted({found.spoken(each) for each, _ in met}))
    needed = f"; everything that may be needed (in {spoken}) is among them" if met else ""
    yield ok("templates", f"All {tried}{own} are well{needed}.")
    foreign = sorted({each for each, _ in met if not found.speak(each)})
    if foreign:
        what = ", ".join(f"“{each}”" for each in foreign)
        yield warning(
            "templates",
            f"There are no letters in {what}: those rows get them in {language}.",
            f"Write them into templates/{foreign[0]}, or mend the Language column.",
        )


def _ladders(policies: Iterable[Policy]) -> str:
    return ", ".join(f"{policy.name} ({len(policy.levels)} levels)" for policy in policies)
