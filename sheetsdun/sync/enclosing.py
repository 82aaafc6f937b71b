"""What goes with each letter: the files that its rows name, each looked at and fetched once a run, before any draft.

Whoever can edit the sheet must not be able to have other files sent than those that are meant to be sent. So a name
means a file in one folder on disk, and an address or id one in one folder of Drive (or in a folder in it), whatever
else the account may read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sheetsdun.domain.reminder import Reminder
from sheetsdun.letters import Attachment, LetterRefused
from sheetsdun.letters.enclosures import Enclosures, NoSuchFile, fitting, named
from sheetsdun.letters.inert import cell
from sheetsdun.letters.stock import Stock
from sheetsdun.ports import GOOGLE_TYPES, Files, Rejected, StoredFile

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_DRIVE = re.compile(
    r"https://(?:drive|docs)\.google\.com/(?:[^\s?#]*/d/|(?:open|uc)\?(?:[^\s#]*&)?id=)([\w-]{10,100})(?![\w-])\S*",
    re.ASCII,
)
_ID = re.compile(r"[\w-]{25,100}", re.ASCII)
_DEEPEST = 10
"""Folders between a file and the folder of the config."""

_AS_PDF = frozenset(
    f"{GOOGLE_TYPES}{kind}" for kind in ("document", "spreadsheet", "presentation", "drawing")
)
PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the config says of attachments.

    Attributes:
        enclosures: The folder on disk.
        drive_folder: Id of the folder in Drive; "" for none.
        send_without: A letter goes although a file is missing.
    """

    enclosures: Enclosures = field(default_factory=Enclosures)
    drive_folder: str = ""
    send_without: bool = False


def drive_id(text: str) -> str:
    """Id of the file in Drive that a cell means by its address or id; "" for a name.

    Raises:
        NoSuchFile: It is an address, but none of a file in Drive.
    """
    if _ADDRESS.match(text):
        found = _DRIVE.fullmatch(text)
        if found is None:
            raise NoSuchFile(f"“{cell(text)}” is no address of a file in Google Drive")
        return found[1]
    return text if _ID.fullmatch(text) else ""


def entries(cells: Iterable[str]) -> Iterator[str]:
    """Each name, address or id. Names may hold blanks; around addresses they only part them from one another."""
    for text in cells:
        yield from text.split() if _ADDRESS.search(text) else [text]


class Enclosing:
    """Everything that the letters of a run enclose.

    Args:
        rules: What the config says.
        files: Drive; None where no folder of it is named.
    """

    def __init__(self, rules: Rules, files: Files | None) -> None:
        self._rules = rules
        self._files = files
        self._found: dict[str, Attachment | str] = {}
        self._stock = Stock()

    def fetch(self, reminders: Iterable[Reminder]) -> None:
        """Look at, and fetch, all that these name.

        Raises:
            Unreachable: Google cannot be had.
        """
        wanted = dict.fromkeys(name for reminder in reminders for name in entries(reminder.files))
        in_drive: dict[str, str] = {}
        for name in wanted:
            try:
                if file_id := drive_id(name):
                    in_drive[name] = file_id
                else:
                    self._found[name] = self._stock.keep(*self._rules.enclosures.read(name))
            except NoSuchFile as why:
                self._found[name] = str(why)
        if in_drive:
            self._from_drive(in_drive)

    def of(
        self, reminder: Reminder, letter: str, about: str
    ) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
        """What goes with a letter, each file once; and what is to be said of those without which it goes.

        Raises:
            LetterRefused: It does not go without them.
        """
        found = dict.fromkeys(self._found[name] for name in entries(reminder.files))
        missing = tuple(each for each in found if isinstance(each, str))
        if missing and not self._rules.send_without:
            raise LetterRefused(letter, about, "; ".join(missing))
        return tuple(each for each in found if isinstance(each, Attachment)), missing

    def _from_drive(self, wanted: dict[str, str]) -> None:
        if self._files is None or not self._rules.drive_folder:
            for name in wanted:
                self._found[name] = (
                    f"“{cell(name)}” is a file in Drive, and no folder of Drive is named for those "
                    "(drive_folder under [attachments])"
                )
            return
        ids = list(dict.fromkeys(wanted.values()))
        files = dict(zip(ids, self._files.about(ids), strict=True))
        within = self._within([file for file in files.values() if file])
        done: dict[str, Attachment | str] = {}
        for name, file_id in wanted.items():
            if file_id not in done:
                try:
                    done[file_id] = self._taken(self._files, name, files[file_id], within)
                except NoSuchFile as why:
                    done[file_id] = str(why)
            self._found[name] = done[file_id]

    def _taken(self, drive: Files, name: str, file: StoredFile | None, within: set[str]) -> Attachment:
        # Of a file outside of the folder not even the name is told: it stands in the sheet, for all to read.
        if file is None or file.id not in within:
            raise NoSuchFile(
                f"“{cell(name)}” does not lie in the Drive folder of attachments, or is not shared with us"
            )
        title = file.name or name
        if file.trashed:
            raise NoSuchFile(f"“{cell(title)}” is in Drive's bin")
        if not file.readable:
            raise NoSuchFile(f"“{cell(title)}” may not be downloaded from Drive")
        converted = file.type in _AS_PDF
        shown, kind = named(title, PDF if converted else file.type)
        if not converted:
            fitting(title, file.size)
        try:
            data = drive.content(file)
        except Rejected as refusal:
            raise NoSuchFile(f"“{cell(title)}” cannot be had from Drive ({refusal.message})") from refusal
        fitting(title, len(data))
        return self._stock.keep(shown, kind, data)

    def _within(self, files: Sequence[StoredFile]) -> set[str]:
        """Ids of those that lie in the config's folder, or in a folder in it."""
        assert self._files is not None
        parents = {file.id: file.parents for file in files}
        top = {self._rules.drive_folder}
        for _ in range(_DEEPEST):
            unknown = {each for found in parents.values() for each in found} - parents.keys() - top
            if not unknown:
                break
            asked = sorted(unknown)
            for folder_id, folder in zip(asked, self._files.about(asked), strict=True):
                parents[folder_id] = folder.parents if folder and not folder.trashed else ()
        inside = set(top)
        for _ in range(_DEEPEST + 1):
            inside |= {each for each, found in parents.items() if not inside.isdisjoint(found)}
        return inside - top
