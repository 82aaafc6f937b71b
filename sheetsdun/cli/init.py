"""``sheetsdun init``: reads the spreadsheet's headers and writes a first sheetsdun.toml."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsdun.cli import options, terminal
from sheetsdun.errors import UsageError

if TYPE_CHECKING:
    from sheetsdun.cli.first_look import Look


@click.command()
@options.config
@click.option(
    "--sheet", metavar="URL", help="The spreadsheet: its address as the browser shows it, or its id."
)
@click.option("--mailbox", metavar="ADDRESS", help="The Gmail account in which drafts are made.")
@click.option(
    "--credentials",
    metavar="FILE",
    help="What Google handed out: a service account key or an OAuth client.  [default: credentials.json]",
)
@click.option(
    "--language",
    type=click.Choice(["en", "ru", "de"]),
    help="Of letters and of what is written into the sheet.  [default: the sheet's]",
)
@click.option(
    "--endpoint",
    metavar="URL",
    help="A server that stands in for Google, such as the one of `sheetsdun sandbox`: for rehearsals.",
)
@click.option(
    "--templates",
    "copied",
    metavar="LANGUAGES",
    help="Letters to be copied beside the config, for you to edit: languages (en,de), all, or none.  [default: the letters' own]",
)
@click.option("--force", is_flag=True, help="Overwrite a config that somebody has worked on.")
def init(
    config_path: Path,
    sheet: str | None,
    mailbox: str | None,
    credentials: str | None,
    language: str | None,
    endpoint: str | None,
    copied: str | None,
    force: bool,
) -> None:
    """Write the config file, sheetsdun.toml.

    The headers of your spreadsheet (English, Russian or German) are read, and it is proposed which
    column is which. Nothing is changed in the spreadsheet. What you leave out is asked for. Without
    credentials, or before the spreadsheet is shared, the file is written all the same; run init again
    when that is done, and it finds the columns.

    The letters are copied into the folder templates beside the config, for you to edit. What is there
    already stays as it is; what you delete is sheetsdun's own again.

    \b
    Example:
      sheetsdun init --sheet https://docs.google.com/spreadsheets/d/1AbC/edit --mailbox ar@example.com
    """
    from sheetsdun import wiring
    from sheetsdun.cli.answers import Answers, complete, earlier
    from sheetsdun.cli.first_look import first_look, text_of, told, untouched
    from sheetsdun.cli.login import sign_in

    before = earlier(config_path)
    if config_path.exists() and not untouched(config_path) and not force:
        raise UsageError(
            f"{config_path} is there already, and is left as it is.",
            f"Check it with `{terminal.command('doctor', config_path)}`, or let it be overwritten with --force.",
        )
    wanted = _wanted(copied)
    known = before or Answers()
    answers = complete(
        Answers(
            sheet=sheet or known.sheet,
            mailbox=mailbox or known.mailbox,
            credentials=_beside(config_path.parent, credentials) if credentials else known.credentials,
            language=language or ("" if sheet else known.language),  # another sheet, another language
            endpoint=endpoint or known.endpoint,
        )
    )
    source = wiring.credentials_source(answers.credentials, config_path.parent)
    if terminal.attended() and _needs_login(source, answers.mailbox):
        click.echo("These credentials are an OAuth client: you sign in once with your own account.")
        if click.confirm("Sign in now, so that your columns can be found?", default=True, err=True):
            sign_in(source, answers.mailbox, gmail=answers.endpoint)
    look = first_look(answers, source)
    _write(config_path, text_of(answers, look))
    letters = _copy(config_path.parent, [look.language(answers.language)] if wanted is None else wanted)
    for line in told(answers, look):
        click.echo(line)
    if look.trouble:
        click.secho(
            "The headers of the spreadsheet could not be read, so no columns are proposed.", fg="yellow"
        )
    click.secho(f"Written: {config_path}", fg="green")
    if letters:
        folder = config_path.parent / wiring.OWN_TEMPLATES
        click.secho(f"Written: {folder}, the words of your letters (files: {letters})", fg="green")
    click.echo("Next:")
    for number, step in enumerate(_next(config_path, look), start=1):
        click.echo(f"  {number}. {step}")


def _wanted(languages: str | None) -> list[str] | None:
    """The languages that are asked for; None where nothing is said, so that the letters' own counts.

    Raises:
        UsageError: There are no letters in one of them.
    """
    from sheetsdun.letters import folder

    known = folder.languages()
    if languages is None:
        return None
    if languages in {"all", "none"}:
        return [*known] if languages == "all" else []
    named = [language.strip() for language in languages.split(",")]
    if unknown := [language for language in named if language not in known]:
        raise UsageError(
            f"There are no letters in “{unknown[0]}” to copy.",
            f"There are {', '.join(known)}; or all, or none.",
        )
    return named


def _copy(place: Path, languages: list[str]) -> int:
    """Copy letters beside the config; how many files that were."""
    from sheetsdun import wiring
    from sheetsdun.letters import folder

    try:
        return len(folder.copy(place / wiring.OWN_TEMPLATES, languages))
    except OSError as error:
        raise UsageError(
            f"The letters cannot be copied ({error}).", "Leave them out with --templates none."
        ) from None


def _next(path: Path, look: Look) -> Iterator[str]:
    """The steps from here to the first drafts."""
    if look.trouble:
        yield f"{look.trouble.message} {look.trouble.way_out or 'Mend that.'}"
        yield f"{terminal.command('init', path)}: run it again, and it finds your columns"
    elif look.lacking:
        yield f"In {path}, name under [columns] the headers for {', '.join(look.lacking)}"
    elif look.found is None and not look.blank:
        again = terminal.command("init --force", path)
        yield f"Give the invoices a row of headers, and run {again}; or say in {path} under [sheet] and [columns] where they are"
    yield f"In {path}, fill your name and signature ([sender]), and how to pay ([[pay]])"
    yield f"{terminal.command('setup', path)}: adds to the sheet what is missing there, after asking"
    yield f"{terminal.command('doctor', path)}: checks everything"


def _needs_login(source: str | Path, mailbox: str) -> bool:
    """Whether the credentials are an OAuth client with which nobody has signed in yet."""
    from sheetsdun.google import auth, token_file

    try:
        client = auth.oauth_client(auth.parse(source))
    except UsageError:
        return False
    return not token_file.path(token_file.directory(), client["client_id"], mailbox).exists()


def _beside(folder: Path, credentials: str) -> str:
    """The path of the credentials as the config names it: seen from the config's own folder."""
    path = Path(credentials).expanduser()
    return str(path) if path.is_absolute() else os.path.relpath(path, folder)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}).", "Name another place with --config."
        ) from None
