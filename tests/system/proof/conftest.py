"""The embedded Google with a busy morning in it, as often as it is wanted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from embedded.google import EmbeddedGoogle
from embedded.morning import Morning


@pytest.fixture(scope="session")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    folder = tmp_path_factory.mktemp("proof")
    with EmbeddedGoogle(folder / "google") as google:
        yield Morning(google, folder)
