from __future__ import annotations

import pytest

from sheetsdun.config import load
from sheetsdun.errors import ConfigError

GOOD = """\
[google]
mailbox = "ar@example.com"
[sheet]
id = "1AbC-d_E"
[policy.standard]
[[policy.standard.level]]
name = "friendly"
offset = 3
[[policy.standard.level]]
name = "firm"
offset = 20
"""


@pytest.fixture
def good():
    """The shortest config that is one; its last line is the twelfth."""
    return GOOD


@pytest.fixture
def problems():
    """The mistakes of a text."""

    def build(text):
        with pytest.raises(ConfigError) as told:
            load(text)
        return told.value.problems

    return build


@pytest.fixture
def wrong(problems):
    """The mistakes of the good config with some lines after it."""

    def build(more):
        return problems(GOOD + more)

    return build
