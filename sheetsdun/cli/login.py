"""``sheetsdun login``: a person consents, once, to what sheetsdun does in their own Google account."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsdun.cli import options, terminal
from sheetsdun.errors import UsageError

if TYPE_CHECKING:
    from sheetsdun.google.login import Account


@click.command()
@options.config
@click.option(
    "--no-browser",
    is_flag=True,
    help="Print the address, to be opened on another machine, and ask for the one where the browser ends up.",
)
def login(config_path: Path, no_browser: bool) -> None:
    """Let sheetsdun work in your own Google account.

    Needed once, and only where the credentials are an OAuth client; a service account needs no login.
    Your browser opens, you choose the account, tick every box, and that is all. The consent is kept
    in your own config folder, readable by you alone, and never printed.

    \b
    Examples:
      sheetsdun login
      sheetsdun login --no-browser     on a server, with the browser elsewhere
    """
    from sheetsdun import wiring
    from sheetsdun.cli.first_look import untouched

    config = wiring.read_config(config_path)
    account = sign_in(
        wiring.credentials_source(config.google.credentials, config_path.parent),
        config.google.mailbox,
        gmail=config.google.endpoints.gmail,
        drive=bool(config.attachments.drive_folder),
        browser=not no_browser,
    )
    if untouched(config_path):
        click.echo(f"Next: {terminal.command('init', config_path)}: run it again, and it finds your columns")
    else:
        click.echo(f"Next: {terminal.command('setup', config_path)}")
    click.echo(f"(The consent is in {account.file}; delete that file to forget it here.)")


def sign_in(
    source: str | Path, mailbox: str, *, gmail: str = "", drive: bool = False, browser: bool = True
) -> Account:
    """Say what is asked for and why, ask for it, and tell who has consented.

    Args:
        source: The OAuth client: a path, or its text.
        mailbox: Whose consent is expected.
        gmail: Another server than Gmail.
        drive: Letters take attachments from Drive.
        browser: Open the browser of this machine; else somebody opens the address elsewhere.

    Raises:
        UsageError: No consent, one of another account, or credentials that need none.
        errors.Unreachable: Google cannot be had.
    """
    from sheetsdun.google import auth
    from sheetsdun.google.login import login as consent

    paste = None
    if auth.needs_login(auth.parse(source)):
        _explain(mailbox, drive=drive)
        paste = None if browser and _has_browser() else _ask_for_address
    account = consent(
        source,
        mailbox=mailbox,
        gmail_endpoint=gmail,
        drive=drive,
        paste=paste,
        prompt="If no browser opens, open this address yourself:\n\n  {url}\n",
    )
    if account.address.casefold() != mailbox.casefold():
        account.file.unlink(missing_ok=True)
        raise UsageError(
            f"You consented as {account.address}, but the config's mailbox is {mailbox}; nothing was kept.",
            f"Log in again and choose {mailbox}, or change mailbox in [google].",
        )
    click.secho(f"Signed in as {account.address}.", fg="green")
    return account


def _explain(mailbox: str, *, drive: bool) -> None:
    from sheetsdun.google.identity import DRIVE, GMAIL, SHEETS

    files = (
        f"""\
  Drive          {DRIVE}
                 to read the files that letters attach, from the folder that your config names
"""
        if drive
        else ""
    )

    click.echo(
        f"""\
Google will ask you, as {mailbox}, to allow {"three" if drive else "two"} things:

  spreadsheets   {SHEETS}
                 to read your invoices, and to write their status and the log of reminders
  Gmail          {GMAIL}
                 to make drafts, to send those that you release, and to see which were sent or answered
{files}
Please leave every box ticked. If your app is still "in testing" in Google's console, Google says first that
it has not verified it (that is right: it is your own; choose Continue), and the consent ends after seven days.
Publish the app there, or use a service account, before you let a scheduler run it.
"""
    )


def _has_browser() -> bool:
    """Whether a browser can open beside this program; one in the terminal itself would wait for us, and we for it."""
    import webbrowser

    try:
        found = type(webbrowser.get())
    except webbrowser.Error:
        found = webbrowser.GenericBrowser
    if found is webbrowser.GenericBrowser:
        click.echo("There is no browser on this machine that could be opened.\n")
        return False
    return True


def _ask_for_address(url: str) -> str:
    click.echo(f"Open this address in a browser, on any machine, and allow access:\n\n  {url}\n")
    click.echo(
        'The browser then ends at a page that cannot be reached, at an address that begins with "http://localhost".\n'
        "That is right: copy that whole address."
    )
    try:
        pasted: str = click.prompt("Paste it here", err=True)
    except click.Abort:
        click.echo(err=True)
        raise UsageError(
            "No address was given, so nobody has signed in.", "Run `sheetsdun login` again, in a terminal."
        ) from None
    return pasted
