"""`sheetsdun`, and `python -m sheetsdun`."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from sheetsdun.cli import cli  # noqa: PLC0415 - so that importing this module costs nothing

    cli(prog_name="sheetsdun")


if __name__ == "__main__":
    main()
