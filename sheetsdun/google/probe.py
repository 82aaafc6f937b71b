"""Do the two facts hold on which the lease rests? Tried out on the real spreadsheet, with scratch ids, for ``doctor``."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus

from sheetsdun.google import chain, failures
from sheetsdun.google.sheets_client import SheetsClient
from sheetsdun.ports import Rejected

_KEY = "sheetsdun-probe"
_SCRATCH = (2_000_000_000, 2**31 - 10)
"""Ids that no link will have for the next billion writes."""


@dataclass(frozen=True, slots=True)
class LeaseProbe:
    """What was seen.

    Attributes:
        collides: Creating an id that is in use failed.
        atomic: A batch of which one request fails changed nothing.
        one_wins: Of two that created the same id at once exactly one succeeded.
    """

    collides: bool
    atomic: bool
    one_wins: bool

    @property
    def holds(self) -> bool:
        """The lease can be trusted here."""
        return self.collides and self.atomic and self.one_wins


def probe_lease(
    client: SheetsClient, spreadsheet_id: str, draw: Callable[[int, int], int] = random.randrange
) -> LeaseProbe:
    """Try both facts, and take the scratch metadata away again.

    Args:
        client: gspread's client on our transport.
        spreadsheet_id: Which spreadsheet.
        draw: A whole number from a range, its end excluded.

    Raises:
        errors.Unreachable: Google cannot be had, or the spreadsheet cannot be written to.
    """
    first = draw(*_SCRATCH)

    def created(*numbers: int) -> bool:
        requests = [chain.creation(number, _KEY, "") for number in numbers]
        try:
            client.batch_update(spreadsheet_id, {"requests": requests})
        except Rejected as refusal:
            if refusal.code != HTTPStatus.BAD_REQUEST:
                raise
            return False
        return True

    with failures.reading("sheets", client.transport.identity):
        try:
            made = created(first)
            collides = made and not created(first)
            atomic = not created(first + 1, first) and first + 1 not in _ids(client, spreadsheet_id)
            with ThreadPoolExecutor(2) as both:
                one_wins = sum(both.map(created, (first + 2, first + 2))) == 1
        finally:
            lookup = {"developerMetadataLookup": {"metadataKey": _KEY}}
            clean = {"deleteDeveloperMetadata": {"dataFilter": lookup}}
            client.batch_update(spreadsheet_id, {"requests": [clean]})
    return LeaseProbe(collides=collides, atomic=atomic, one_wins=one_wins)


def _ids(client: SheetsClient, spreadsheet_id: str) -> set[int]:
    answer = client.fetch_sheet_metadata(spreadsheet_id, {"fields": chain.FIELDS})
    return {int(entry["metadataId"]) for entry in answer.get("developerMetadata", ())}
