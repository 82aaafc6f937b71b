"""Who writes: the usual sender, a policy's own, and only from addresses that the mailbox may use."""

from __future__ import annotations

from dataclasses import replace

import pytest
from office import Office, office

from sheetsdun.errors import UsageError
from sheetsdun.letters import Sender
from sheetsdun.sync.senders import PolicySender, Senders

USUAL = Sender(name="Accounts", address="ar@example.com", signature="Anna")
BOSS = Sender(name="Eva Böss", address="boss@example.com", reply_to="eva@example.com", signature="Eva")


def shop(own: PolicySender, *aliases: str, policy: str = "standard") -> Office:
    made = office(senders=Senders(USUAL, {policy: own}))
    made.mailbox.aliases = list(aliases)
    return made


def froms(made: Office) -> list[str]:
    return [str(message.content["From"]) for message in made.mailbox.all.values()]


def test_a_policys_letters_come_from_its_own_sender() -> None:
    made = shop(PolicySender(BOSS), "boss@example.com")
    made.add("INV-1", due=-4)
    made.add("INV-2", due=-4, customer="Other", email="o@other.example", escalation="auto")
    made.sync()
    assert sorted(froms(made)) == ["Accounts <ar@example.com>", "Eva Böss <boss@example.com>"]
    (letter,) = (each for each in made.mailbox.all.values() if "Eva" in str(each.content["From"]))
    assert letter.content["Reply-To"] == "eva@example.com"
    assert letter.text.partition("Ref.")[0].rstrip().endswith("Eva")


@pytest.mark.parametrize(("days", "sender"), [(15, "Accounts"), (25, "Eva Böss"), (35, "Eva Böss")])
def test_the_last_levels_alone_come_from_somebody_else(days: int, sender: str) -> None:
    made = shop(PolicySender(BOSS, "firm"), "boss@example.com")
    made.desk = replace(made.desk, settings=jumping(made))
    made.add("INV-1", due=-days)
    made.sync()
    assert froms(made)[0].startswith(sender)


def jumping(made: Office):
    terms = made.desk.settings.terms
    ladder = replace(terms.policies["standard"], climb=type(terms.policies["standard"].climb).JUMP)
    return replace(made.desk.settings, terms=replace(terms, policies={"standard": ladder}))


def test_a_level_that_the_sheets_own_policy_does_not_have_changes_nobody() -> None:
    made = shop(PolicySender(BOSS, "lawyer"), "boss@example.com")
    made.add("INV-1", due=-35)
    made.sync()
    assert froms(made)[0].startswith("Accounts")


def test_an_address_that_the_mailbox_may_not_use_stops_the_run_before_anything_is_claimed() -> None:
    made = shop(PolicySender(BOSS), "other@example.com")
    made.add("INV-1", due=-4)
    with pytest.raises(
        UsageError, match=r"may not send as boss@example\.com, only as ar@example\.com, other@"
    ):
        made.sync()
    assert not made.mailbox.all
    assert not made.sheet.chain_


def test_gmail_is_asked_only_where_another_address_is_used() -> None:
    made = shop(PolicySender(BOSS), "boss@example.com", policy="auto")
    made.add("INV-1", due=-4)
    made.sync()
    assert "senders" not in made.hooks.calls
    made.add("INV-2", due=-4, customer="Other", email="o@other.example", escalation="auto")
    made.add("INV-3", due=-4, customer="Third", email="t@third.example", escalation="auto")
    made.sync()
    assert made.hooks.calls.count("senders") == 1


def test_what_goes_out_by_itself_says_so_and_a_draft_does_not() -> None:
    made = office()
    made.add("INV-1", due=-4)
    made.add("INV-2", due=-4, customer="Other", email="o@other.example", escalation="auto")
    made.sync()
    said = {str(each.content["To"]): each.content["Auto-Submitted"] for each in made.mailbox.all.values()}
    assert said == {"ap@weber.example": None, "o@other.example": "auto-generated"}
    bulk = {"precedence", "list-id", "list-unsubscribe", "x-auto-response-suppress"}
    assert not any(bulk & {name.lower() for name in each.content} for each in made.mailbox.all.values())
