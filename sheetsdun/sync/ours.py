"""Which mail in the mailbox is ours, and whether it still is as we wrote it."""

from __future__ import annotations

from sheetsdun.domain.history import LetterHistory
from sheetsdun.letters import content, reference
from sheetsdun.letters.headers import KEY
from sheetsdun.ports import Mail


def label(spreadsheet: str) -> str:
    """Gmail's label for letters that were sent for the spreadsheet of that title."""
    return f"Sheetsdun/{spreadsheet}"


def content_of(mail: Mail) -> str:
    """The hash that the letter would have if it were written as the draft stands now."""
    return content(mail.to, mail.headers.get("subject", ""), mail.text)


def is_as_written(mail: Mail, letter: LetterHistory) -> bool:
    """Whether the draft is as we wrote it: its recipients, subject and text; and nobody has put a file to it since.

    Which files went with it the log does not say. The message that we filled has no other ones; whether a later one
    has, nobody can tell, so it counts as edited.
    """
    later = letter.edited or mail.message_id != letter.message_id
    added = letter.filled and later and bool(mail.files)
    return not added and content_of(mail) == letter.content


def quoted(mail: Mail) -> tuple[str, ...]:
    """References that the mail mentions in subject or text: one of ours, or an answer that quotes it."""
    return reference.find(_words(mail))


def is_letter(mail: Mail, letter: str) -> bool:
    """Whether it carries that letter's reference, in our header or, where an edit lost that, in its words."""
    return mail.headers.get(KEY.casefold(), "").startswith(f"{letter} ") or reference.stands_in(
        _words(mail), letter
    )


def letter_of(mail: Mail) -> str:
    """Id of the letter or digest that the mail was made as; "" if our header is not there."""
    return mail.headers.get(KEY.casefold(), "").partition(" ")[0]


def spreadsheet_of(mail: Mail) -> str:
    """Id of the spreadsheet that the mail was made for; "" if our header is not there."""
    return mail.headers.get(KEY.casefold(), "").partition(" ")[2]


def is_blank(mail: Mail) -> bool:
    """Whether it still is the shell that we made: no recipient, no text, nothing attached."""
    return mail.empty and not mail.to


def is_unfilled(mail: Mail, letter: LetterHistory) -> bool:
    """Whether it still is our shell, as far as the log knows; one that was filled once, a person has emptied."""
    return is_blank(mail) and not letter.filled


def is_untouched(mail: Mail, letter: LetterHistory) -> bool:
    """Whether the draft lies there as we made it, filled or not yet: only then it is ours to take back."""
    return not mail.in_bin and (is_unfilled(mail, letter) or is_as_written(mail, letter))


def _words(mail: Mail) -> str:
    return mail.headers.get("subject", "") + "\n" + mail.text
