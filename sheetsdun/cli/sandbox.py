"""`sheetsdun sandbox`: an embedded Google to try, test and rehearse with."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=8765,
    show_default=True,
    help="Where it listens, on this machine only; 0 for any free port.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    default=Path(".sandbox"),
    show_default=True,
    help="The folder that keeps its spreadsheets, mail and keys.",
)
@click.option(
    "--mailbox",
    metavar="ADDRESS",
    default="ar@example.com",
    show_default=True,
    help="The address of its mailbox.",
)
def sandbox(port: int, data: Path, mailbox: str) -> None:
    """Run an embedded Google on this machine, with a web page.

    Sheets, Gmail, Drive and sign-in. Nothing leaves the machine, and no account is needed. Any program that speaks Google's protocols can
    work with it. Once it is ready it prints one line of JSON: its address (open it in a browser), a
    credentials file that it has made, and its mailbox. Ctrl-C ends it; the folder keeps everything.

    \b
    Examples:
      sheetsdun sandbox
      sheetsdun sandbox --port 0 --data my-google
    """
    import json

    from sheetsdun.cli.embedded import running, stop_signals

    with stop_signals() as wait, running(data.absolute(), port, mailbox) as google:
        click.echo(json.dumps(google.ready()))
        wait()
