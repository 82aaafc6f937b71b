"""Who writes a letter: the company's usual sender, or from some level of a policy on somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sheetsdun.domain.policy import Rung
from sheetsdun.errors import UsageError
from sheetsdun.letters import Sender
from sheetsdun.ports import Mailbox


@dataclass(frozen=True, slots=True)
class PolicySender:
    """A policy's own sender.

    Attributes:
        level: The first level whose letters it writes; "" for all of the policy.
    """

    sender: Sender
    level: str = ""


@dataclass(frozen=True, slots=True)
class Senders:
    """All who may write.

    Attributes:
        usual: Where a policy names nobody.
        policies: By policy's name.
    """

    usual: Sender = field(default_factory=Sender)
    policies: Mapping[str, PolicySender] = field(default_factory=dict)

    def of(self, rung: Rung) -> Sender:
        """Who writes a letter whose words are those of this level."""
        own = self.policies.get(rung.policy.name)
        if own is None:
            return self.usual
        first = rung.policy.position(own.level) if own.level else 1
        return own.sender if first is not None and rung.place >= first else self.usual


def check_addresses(used: Iterable[str], own: str, mailbox: Mailbox) -> None:
    """Gmail would quietly write another sender into a letter from an address that the mailbox may not use.

    Args:
        used: Addresses that letters are to come from.
        own: The mailbox's own, which needs no asking.
        mailbox: Asked once, and only for other addresses.

    Raises:
        UsageError: One may not be used; nothing has been done yet.
        Unreachable: Google cannot be had.
    """
    others = {address.casefold() for address in used} - {"", own.casefold()}
    if not others:
        return
    allowed = mailbox.senders()
    wrong = sorted(others - {address.casefold() for address in allowed})
    if wrong:
        raise UsageError(
            f"The mailbox {own} may not send as {', '.join(wrong)}, only as {', '.join(allowed)}.",
            "Add and confirm it in Gmail under Settings, Accounts, Send mail as; or change the address in the config.",
        )
