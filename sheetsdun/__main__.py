"""`sheetsdun`, and `python -m sheetsdun`."""

from __future__ import annotations

import gc

OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""A run builds up a dozen objects a row and keeps them to its end. Looking for cycles among them after every 700 new
ones, as CPython does by itself, would find none and take a sixth of the time."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    from sheetsdun.cli import cli  # noqa: PLC0415 - so that importing this module costs nothing

    cli(prog_name="sheetsdun")


if __name__ == "__main__":
    main()
