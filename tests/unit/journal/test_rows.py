"""An event goes into the log as a row of strings and comes back as it was."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsdun.domain.event import Event
from sheetsdun.errors import Refused
from sheetsdun.journal.rows import CLIP, HEADER, decode, encode
from sheetsdun.ports import Table

word = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs"], exclude_characters=","), max_size=20)
events = st.builds(
    Event,
    sequence=st.integers(1, 10**6),
    time=st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC)),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    day=st.dates(),
    effective=st.none() | st.dates(),
    run=word,
    name=word,
    letter=word,
    role=word,
    invoice=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    debtor=word,
    policy=word,
    level=word,
    offset=st.integers(-99, 99),
    cycle=st.integers(1, 9),
    balance=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2),
    currency=st.sampled_from(["", "EUR", "RUB"]),
    recipients=st.lists(word.filter(bool), max_size=3).map(tuple),
    subject=word,
    note=word,
)


def log(*rows: list[str], header: tuple[str, ...] = HEADER) -> Table:
    return Table("Reminder log", 7, 1, header, rows, rows)


@given(events)
def test_an_event_comes_back_as_it_was_written(event: Event) -> None:
    (read,) = decode(log(encode(event)))
    if not event.level:
        event = Event(**{**_fields(event), "offset": 0})
    assert read == event


def _fields(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in Event.__dataclass_fields__}


def one(**fields: object) -> Event:
    return Event(
        time=dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC),
        day=dt.date(2026, 11, 21),
        run="r",
        name="sent",
        **fields,
    )


def test_columns_are_found_by_their_headers_wherever_people_moved_them() -> None:
    header = ("Our own notes", *reversed(HEADER))
    event = one(
        sequence=3, invoice="INV-1", level="firm", offset=20, balance=Decimal("100.00"), currency="EUR"
    )
    assert decode(log(encode(event, header), header=header)) == [event]


def test_a_cell_is_clipped() -> None:
    assert max(map(len, encode(one(sequence=1, note="x" * 5000)))) == CLIP


def test_an_empty_row_that_a_person_left_is_passed_over() -> None:
    row = encode(one(sequence=1))
    assert len(decode(log([], row, ["", ""]))) == 1


@pytest.mark.parametrize("header", [HEADER[1:], (*HEADER, "Event")])
def test_a_column_that_is_missing_or_doubled_stops_the_run(header: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="column"):
        decode(log(header=header))


def test_a_row_that_is_no_event_any_more_is_named() -> None:
    row = encode(one(sequence=1))
    row[HEADER.index("Day")] = "tomorrow"
    with pytest.raises(Refused, match="Row 2 of the tab “Reminder log”"):
        decode(log(row))
