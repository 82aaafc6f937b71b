"""`sheetsdun templates`: the words of the letters, listed, copied, tried and shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsdun.cli import options, terminal
from sheetsdun.errors import UsageError

if TYPE_CHECKING:  # Jinja2 is not quick to import, and --help is to be there at once
    from sheetsdun.letters import Templates


@click.group()
def templates() -> None:
    """List, copy, check and show the templates of letters.

    \b
    Examples:
      sheetsdun templates list
      sheetsdun templates copy fr          to edit: into the folder templates beside the config
      sheetsdun templates check
      sheetsdun templates gallery letters
    """


@templates.command("list")
@options.config
def list_(config_path: Path) -> None:
    """List every template, in each language; yours are marked.

    \b
    Example:
      sheetsdun templates list
    """
    from sheetsdun.letters import folder
    from sheetsdun.letters.trials import named

    found = _templates(config_path)
    own = False
    for language in sorted({language for language, _, _ in named(found)}):
        click.secho(language, bold=True)
        for suffix, kind in ((folder.LETTER, "letters"), (folder.SCRIPT, "scripts")):
            names = []
            for name in (name for each, name in found.names(suffix) if each == language):
                yours = not found.path(language, name, suffix).is_relative_to(folder.builtin())
                own = own or yours
                names.append(f"{name}*" if yours else name)
            if names:
                click.echo(f"  {kind}: {', '.join(names)}")
    click.echo("* your own" if own else "All are those that come with sheetsdun; copy them to edit them.")


@templates.command()
@click.argument("languages", nargs=-1, required=True, metavar="LANGUAGE...")
@options.config
def copy(languages: tuple[str, ...], config_path: Path) -> None:
    """Copy the templates of some languages beside the config, to edit them.

    A file that is there already stays as it is. (init has copied those of your language.)

    \b
    Example:
      sheetsdun templates copy fr ru
    """
    from sheetsdun import wiring
    from sheetsdun.letters import folder

    known = folder.languages()
    if unknown := [language for language in languages if language not in known]:
        raise UsageError(
            f"There are no templates in “{unknown[0]}” to copy.", f"There are {', '.join(known)}."
        )
    place = config_path.parent / wiring.OWN_TEMPLATES
    try:
        written = folder.copy(place, dict.fromkeys(languages))
    except OSError as error:
        raise UsageError(f"The templates cannot be copied ({error}).") from None
    click.echo(f"Copied {len(written)} files into {place}.")


@templates.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE...]")
@options.config
def check(languages: tuple[str, ...], config_path: Path) -> None:
    """Try every template with made-up letters at the edges of what can be.

    Nine invoices and sixty, credit notes, payments in part, a broken promise, no contact, hostile names, currencies
    without decimals, discounts, charges, instalments, each way to pay. Each mistake is told with file and line, also
    a sentence with a gap where a value is empty. The exit code is 2 where there is one. Google is not asked.

    \b
    Examples:
      sheetsdun templates check
      sheetsdun templates check en
    """
    from sheetsdun.letters.edges import edges
    from sheetsdun.letters.templates import TemplateMistake
    from sheetsdun.letters.trials import named, trials

    found = _templates(config_path)
    wanted = named(found, languages)
    spoken = {language for language, _, _ in wanted}
    if missing := [language for language in languages if language not in spoken]:
        raise UsageError(f"There are no templates in “{missing[0]}”.")
    terminal.progress(f"Trying {len(wanted)} templates")
    if mistakes := trials(found, languages):
        raise TemplateMistake(mistakes)
    cases = sum(1 for _ in edges("en", "friendly"))
    click.secho(
        f"All {len(wanted)} templates are well; each was tried with {cases} made-up cases.", fg="green"
    )


@templates.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@options.config
@click.option("--language", "languages", multiple=True, metavar="LANGUAGE", help="These alone; repeatable.")
@click.option("--pictures/--no-pictures", default=True, help="Take pictures, where a browser is here.")
def gallery(folder: Path, config_path: Path, languages: tuple[str, ...], pictures: bool) -> None:
    """Write all letters side by side as a page, with pictures of each.

    The page index.html has the living letters, made-up ones. Where Chromium or Chrome is on the PATH, each letter is
    pictured in it, light and dark, at desktop and phone width, and gallery.md shows the pictures, for a README.

    \b
    Examples:
      sheetsdun templates gallery letters
      sheetsdun templates gallery letters --language en --language de
    """
    from sheetsdun.cli import browser
    from sheetsdun.cli.specimens import LEAD, specimens, templates_and_sender
    from sheetsdun.report import gallery as report
    from sheetsdun.report.previewed import save, write_all

    shown = [
        each
        for each in specimens(*templates_and_sender(config_path))
        if not languages or each.language in languages
    ]
    if not shown:
        raise UsageError(f"There are no templates in {', '.join(f'“{each}”' for each in languages)}.")
    page = write_all(shown, "All letters", LEAD, folder)
    click.echo(f"The page is {page.absolute()}")
    program = browser.find() if pictures else None
    if program is None:
        if pictures:
            click.echo(
                "There is no Chromium or Chrome on the PATH: the page has living letters, and no pictures."
            )
        return
    letters = [each for each in shown if each.mail is not None]
    taken = {}
    for each in letters:
        terminal.progress(f"Picturing {each.language}, {each.level}")
        taken[report.picture_of(each)] = browser.picture(program, report.stage([report.four(each)]))
    overview = browser.picture(program, report.stage(report.first_rows(letters), report.OVERVIEW))
    text = report.as_markdown(letters).encode()
    save(folder, {**taken, "overview.png": overview, "gallery.md": text})
    click.echo(f"{len(taken)} pictures lie beside it; {folder / 'gallery.md'} shows them.")


def _templates(config_path: Path) -> Templates:
    """Those that the config's letters are made from; without a config those that come with sheetsdun."""
    from sheetsdun.cli.specimens import templates_and_sender

    return templates_and_sender(config_path)[0]
