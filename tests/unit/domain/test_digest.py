"""Who is told what, seen without a mailbox."""

from __future__ import annotations

from debts import Office, day, invoice, ladder, terms

from sheetsdun.domain.calendar import Calendar
from sheetsdun.domain.digest import MOST_NEWS, digests
from sheetsdun.domain.event import Event, Name, Role
from sheetsdun.domain.policy import Channel, Delivery

EVERY_DAY = Calendar(days=frozenset(range(7)))
RING = ladder(5, delivery=Delivery.TASK, channel=Channel.CALL)


def planned(office: Office, today: int = 5, owner: str = "boss@x.example"):
    return digests(office.plan(day(today)), office.history, owner, EVERY_DAY, day(today))


def exhausted(*numbers: str, policy=RING) -> Office:
    office = Office(*map(invoice, numbers), terms=terms(policy))
    for number in numbers:
        office.log(Name.DONE, invoice=number, policy="standard", level="level1", offset=5)
    return office


def keep(office: Office, found, *names: str) -> None:
    """Write the events of the first digest."""
    digest = found.write[0]
    for name in names:
        for part in digest.parts if name == Name.OPENED else digest.parts[:1]:
            fields = {"role": part.role, "invoice": part.invoice, "policy": part.policy, "level": part.level}
            office.log(
                name, letter="DG-1", recipients=(digest.to,), facts=digest.facts, cycle=part.cycle, **fields
            )


def test_a_manager_who_is_the_owner_has_one_digest():
    office = exhausted("INV-1")
    office.add(invoice("INV-2", manager="Boss@x.example"))
    (digest,) = planned(office).write
    assert (len(digest.tasks), len(digest.news)) == (1, 1)


def test_so_many_news_and_no_more_the_others_on_the_next_days():
    names = [f"INV-{number:03}" for number in range(MOST_NEWS + 3)]
    office = exhausted(*names)
    first = planned(office)
    assert [news.part.invoice for news in first.write[0].news] == names[:MOST_NEWS]
    keep(office, first, Name.OPENED, Name.DRAFTED, Name.SENT)
    assert [news.part.invoice for news in planned(office, 6).write[0].news] == names[MOST_NEWS:]


def test_news_is_told_again_after_a_redo_and_under_another_policy():
    office = exhausted("INV-1")
    keep(office, planned(office), Name.OPENED, Name.DRAFTED, Name.SENT)
    assert planned(office, 6).write == ()
    office.log(Name.ASKED, invoice="INV-1", note="redo")
    office.log(Name.DONE, invoice="INV-1", policy="standard", level="level1", offset=5, cycle=2)
    assert len(planned(office, 7).write) == 1


def test_one_that_google_refused_is_tried_again_tomorrow():
    office = exhausted("INV-1")
    office.today = day(5)
    keep(office, planned(office), Name.FAILED)
    assert planned(office, 5).write == ()
    assert len(planned(office, 6).write) == 1


def test_a_shell_that_was_taken_back_is_made_anew_the_same_day():
    office = exhausted("INV-1")
    keep(office, planned(office), Name.OPENED)
    assert planned(office).write == ()
    keep(office, planned(exhausted("INV-1")), Name.WITHDRAWING)
    assert planned(office).write == ()
    keep(office, planned(exhausted("INV-1")), Name.WITHDRAWN)
    assert len(planned(office).write) == 1


def test_no_event_of_a_digest_changes_an_invoice():
    office = exhausted("INV-1")
    before = office.history
    for name in Name:
        event = {"letter": "DG-1", "role": Role.DIGEST, "invoice": "INV-1", "note": "redo"}
        office.log(name, **event)
    assert (office.history.invoices, office.history.letters) == (before.invoices, before.letters)
    assert isinstance(office.events[0], Event)
