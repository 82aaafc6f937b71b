"""`sheetsdun preview`: a letter as its debtor would see it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from sheetsdun.cli import options, showing
from sheetsdun.errors import UsageError


@click.command()
@click.argument("invoice", default="", metavar="[INVOICE]")
@options.config
@click.option("--level", default="", metavar="LEVEL", help="This level, and not the one that is due.")
@click.option("--language", default="", metavar="LANGUAGE", help="In this language, and not the row's.")
@click.option("--all", "everything", is_flag=True, help="All levels and languages side by side.")
@showing.options
@options.day
def preview(
    invoice: str,
    config_path: Path,
    level: str,
    language: str,
    everything: bool,
    folder: Path | None,
    opened: bool | None,
    today: dt.date | None,
    now: dt.datetime | None,
) -> None:
    """Show a letter as its debtor would see it: HTML, plain text, headers, attachments, source.

    The letter that is due for the invoice; where none is, the next one, as it would be on its day; or that of
    --level. It is written by the code that writes it in a sync, and shown on one page, light and dark, at desktop
    and phone width; beside the page lie its parts as files. Nothing is written into the sheet or the mailbox; what
    somebody has done in Gmail since the last sync is not in it yet.

    --all shows every level in every language; without an invoice that is made-up letters, and Google is not asked.

    \b
    Examples:
      sheetsdun preview INV-1043
      sheetsdun preview INV-1043 --level final --language de
      sheetsdun preview INV-1043 --all
      sheetsdun preview --all --folder letters
    """
    if everything and (level or language):
        raise UsageError("--all shows every level and language.", "Leave --level and --language out.")
    if not invoice:
        if not everything:
            raise UsageError("Which invoice?", "Name one, or see made-up letters with `preview --all`.")
        _made_up(config_path, folder, opened=opened)
        return
    from sheetsdun.report.previewed import specimen, what, write, write_all
    from sheetsdun.rows.words import Words
    from sheetsdun.sync.preview import Previews
    from sheetsdun.wiring import house

    with house(config_path, options.clock(now)) as home:
        previews = Previews(home.desk, invoice, today)
        words = Words("en", previews.known.run.today, home.settings.columns.headers)
        if everything:
            name = previews.decision.invoice.id
            shown = [specimen(each, each.language) for each in previews.all()]
            lead = "Each level of its ladder, on the day on which it would go if nothing is paid; else today."
            page = write_all(shown, f"All letters of {name}", lead, showing.place(folder))
            click.echo(f"{len(shown)} letters and scripts of {name}.")
        else:
            told = previews.one(level, language)
            page = write(told, words, showing.place(folder))
            click.echo(what(told, words))
            if told.letter:
                click.echo(f"To: {', '.join(told.letter.recipients)}\nSubject: {told.letter.subject}")
            if told.note:
                click.secho(told.note, fg="yellow")
    options.warn_of_damage(previews.known.broken)
    showing.show(page, opened=opened)


def _made_up(config_path: Path, folder: Path | None, *, opened: bool | None) -> None:
    """Letters about made-up invoices, by the team's own templates where there are any."""
    from sheetsdun.cli.specimens import LEAD, specimens, templates_and_sender
    from sheetsdun.report.previewed import write_all

    shown = specimens(*templates_and_sender(config_path))
    page = write_all(shown, "All letters", LEAD, showing.place(folder))
    click.echo(f"{len(shown)} letters and scripts about made-up invoices.")
    showing.show(page, opened=opened)
