"""The doctor sees where the lease could not be trusted."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sheetsdun.errors import Unreachable
from sheetsdun.google.probe import probe_lease
from sheetsdun.ports import Rejected


class Spreadsheet:
    """Metadata of a spreadsheet that keeps to Google's rules, but for the ones it is told to break."""

    def __init__(self, identity, *, collides=True, atomic=True):
        self.transport = SimpleNamespace(identity=identity)
        self.ids = set()
        self.collides, self.atomic = collides, atomic

    def batch_update(self, _, body):
        before = set(self.ids)
        for request in body["requests"]:
            if "deleteDeveloperMetadata" in request:
                self.ids.clear()
                continue
            number = request["createDeveloperMetadata"]["developerMetadata"]["metadataId"]
            if number in self.ids and self.collides:
                self.ids = before if self.atomic else self.ids
                raise Rejected("It is there already.", code=400)
            self.ids.add(number)

    def fetch_sheet_metadata(self, *_):
        return {"developerMetadata": [{"metadataId": number} for number in self.ids]}


@pytest.mark.parametrize(
    ("broken", "seen"),
    [
        ({}, (True, True, True)),
        ({"collides": False}, (False, False, False)),
        ({"atomic": False}, (True, False, True)),
    ],
)
def test_what_the_probe_sees(identity, broken, seen):
    spreadsheet = Spreadsheet(identity, **broken)
    probe = probe_lease(spreadsheet, "x")
    assert (probe.collides, probe.atomic, probe.one_wins) == seen
    assert probe.holds is all(seen)
    assert spreadsheet.ids == set(), "nothing stays behind"


def test_a_spreadsheet_that_may_not_be_written_to_is_told(identity):
    spreadsheet = Spreadsheet(identity)

    def refuse(*_):
        raise Rejected("The caller does not have permission", code=403, reason="PERMISSION_DENIED")

    spreadsheet.batch_update = refuse
    with pytest.raises(Unreachable, match="as an editor"):
        probe_lease(spreadsheet, "x")
