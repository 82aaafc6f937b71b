"""The mailbox: whose it is, from which addresses it may write, whether a draft can be made."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from sheetsdun.cli.checks.finding import Finding, failed, ok, problem
from sheetsdun.config import Config
from sheetsdun.domain.history import History
from sheetsdun.errors import SheetsdunError
from sheetsdun.google.gmail import GmailMailbox
from sheetsdun.ports import Profile, Snapshot
from sheetsdun.sync import guards
from sheetsdun.sync.ours import label


def examine(
    config: Config, mailbox: GmailMailbox, snapshot: Snapshot | None, history: History
) -> Iterator[Finding]:
    """Sign in, and try everything that a run does there but sending."""
    profile = yield from _owner(config, mailbox)
    if profile is None:
        return
    if snapshot is not None:
        yield from _letters(mailbox, profile, snapshot, history)
    yield from _senders(config, mailbox)
    yield from _draft(mailbox)


def _owner(config: Config, mailbox: GmailMailbox) -> Generator[Finding, None, Profile | None]:
    try:
        profile = mailbox.profile()
    except SheetsdunError as error:
        yield failed("mailbox", error)
        return None
    wanted = config.google.mailbox
    if profile.address.casefold() != wanted.casefold():
        yield problem(
            "mailbox",
            f"The credentials open the mailbox {profile.address}, but the config says {wanted}.",
            f"Set mailbox in [google] to {profile.address}, or sign in as {wanted}.",
            2,
        )
        return None
    yield ok("mailbox", f"{profile.address} can be opened.")
    return profile


def _letters(
    mailbox: GmailMailbox, profile: Profile, snapshot: Snapshot, history: History
) -> Iterator[Finding]:
    """The letters that the mailbox knows against those that the log knows; drafting alone needs no labels."""
    try:
        count = mailbox.labelled(label(snapshot.title))
        guards.check_mailbox(history, profile.address, profile, count, 0, ())
    except SheetsdunError as error:
        yield failed("letters", error)
        return
    yield ok("letters", f"Sent for this spreadsheet so far: {count}, and the log knows of all.")


def _senders(config: Config, mailbox: GmailMailbox) -> Iterator[Finding]:
    try:
        allowed = mailbox.senders()
    except SheetsdunError as error:
        yield failed("sender", error)
        return
    for address, section in _addresses(config).items():
        if address.lower() in allowed:
            yield ok("sender", f"Letters may be sent as {address}.")
            continue
        yield problem(
            "sender",
            f"The mailbox may not send as {address}, only as {', '.join(allowed)}.",
            f"Add and confirm it in Gmail under Settings, Accounts, Send mail as; or change address in [{section}].",
            2,
        )


def _addresses(config: Config) -> dict[str, str]:
    """Every address that letters come from, with the section that names it."""
    found = {config.sender.address or config.google.mailbox: "sender"}
    for name, sender in config.policy_senders.items():
        if sender.address:
            found.setdefault(sender.address, f"policy.{name}.sender")
    return found


def _draft(mailbox: GmailMailbox) -> Iterator[Finding]:
    try:
        mailbox.try_draft()
    except SheetsdunError as error:
        yield failed("drafts", error)
        return
    yield ok("drafts", "A draft was made and deleted again.")
