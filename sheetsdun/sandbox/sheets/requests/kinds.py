"""What a request of a batch is to this program: a function that changes the clone and gives its reply."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sheetsdun.sandbox.sheets.edit import Edit
from sheetsdun.sandbox.wire import Json

Request: TypeAlias = Callable[[Edit, Json], Json]
"""Takes the edit and the request's body; answers the reply's body, empty for none. Raises ApiError."""
