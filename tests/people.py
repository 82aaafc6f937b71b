"""The people of an office, one small act at a time: the team in the sheet, the reviewer in Gmail, the debtors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from email.message import EmailMessage
from typing import Any

from office import OURS, Office

from sheetsdun.rows.columns import DEFAULTS

_OURS = {DEFAULTS[name] for name in OURS}
_GRACE = dt.timedelta(2)
_CLOSED = {"paid", "void", "disputed"}
_STOPPED = {"hold", "stop"}
_CELLS: Sequence[tuple[str, Any]] = (
    ("paid", 100), ("paid", 40), ("paid", ""), ("status", "paid"), ("status", "disputed"), ("status", ""),
    ("escalation", "hold"), ("escalation", "stop"), ("escalation", "auto"), ("escalation", ""), ("hold_until", 6),
    ("hold_until", ""), ("promise", 4), ("promise", ""), ("email", "new@x.example"), ("email", "a1@x.example"),
    ("amount", 160), ("amount", 100),
)  # fmt: skip
_ACTIONS = ("send", "redo", "skip", "clear", "send", "done")
_DAYS = {"hold_until", "promise"}


class People:
    """Acts on an office; each takes a number that chooses among its possibilities.

    Attributes:
        by_hand: Message ids of what the reviewer has sent.
        words: By draft id, the word that an edit of the reviewer's has put there: it must never get lost.
        fished: Drafts that the reviewer took out of the bin again.
        hands: What the team's own cells say, by their hand.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.by_hand: set[str] = set()
        self.words: dict[str, str] = {}
        self.fished: set[str] = set()
        self._number = 0
        office.rows[0].extend([DEFAULTS["status"], DEFAULTS["promise"]])
        self.hands = self.seen()

    # -- acts ---------------------------------------------------------------------------------------------------------

    SHEET = ("issue", "write", "ask", "sort", "insert_row", "delete_row", "move_column", "insert_column")
    MAIL = (
        "edit",
        "edit",
        "send",
        "send_reworded",
        "discard",
        "bin",
        "restore",
        "draft_of_their_own",
        "answer",
    )
    SHAPE = frozenset({"sort", "insert_row", "delete_row", "move_column", "insert_column"})
    ACTS = (*SHEET, "issue", "write", "ask", *MAIL)

    def act(self, name: str, choice: int) -> None:
        """Do one thing, if there is something to do it to."""
        if name in self.SHEET:
            self.check_hands()
        getattr(self, f"_{name}")(choice)
        if name in self.SHEET:
            self.hands = self.seen()

    def _issue(self, choice: int) -> None:
        self._number += 1
        debtor = choice % 3
        row = {
            "invoice": f"INV-{self._number:03}",
            "customer": f"Debtor {debtor}",
            "email": f"a{debtor}@x.example",
            "amount": 100,
            "due": self.office.today + dt.timedelta(2 - choice // 3 % 20),
            "escalation": _one(["", "auto", "auto"], choice // 120),
        }
        titled = {DEFAULTS[name]: cell for name, cell in row.items()}
        self.office.rows.append([titled.get(str(title), "") for title in self.office.rows[0]])

    def _write(self, choice: int) -> None:
        if rows := self._invoices():
            field, value = _one(_CELLS, choice)
            if field in _DAYS and value:
                value = self.office.today + dt.timedelta(value)
            self._put(_one(rows, choice // len(_CELLS)), field, value)

    def _ask(self, choice: int) -> None:
        if rows := self._invoices():
            self._put(_one(rows, choice // len(_ACTIONS)), "action", _one(_ACTIONS, choice))

    def _sort(self, choice: int) -> None:
        rows = self.office.rows
        rows[1:] = sorted(rows[1:], key=lambda row: str(row[choice % len(row)]) if row else "")

    def _insert_row(self, choice: int) -> None:
        self.office.rows.insert(1 + choice % len(self.office.rows), [""] * len(self.office.rows[0]))

    def _delete_row(self, choice: int) -> None:
        if len(self.office.rows) > 1:
            del self.office.rows[1 + choice % (len(self.office.rows) - 1)]

    def _move_column(self, choice: int) -> None:
        width = self._square()
        for row in self.office.rows:
            row.insert(choice // width % width, row.pop(choice % width))

    def _insert_column(self, choice: int) -> None:
        width = self._square()
        if width < 20:
            for number, row in enumerate(self.office.rows):
                row.insert(choice % width, f"colour {number}" if number else f"Colour {width}")

    def _edit(self, choice: int) -> None:
        drafts = [*self._drafts(), *self._published_shells()]
        if not drafts:
            return
        self._reword(_one(drafts, choice), subject=choice // 7 % 3 == 0, keep=choice // 21 % 3 != 0)

    def _reword(self, draft: str, *, subject: bool, keep: bool) -> None:
        """Put a new word into a draft; into its subject, too, or in place of all that it says."""
        old = self.office.mailbox.all[self.office.mailbox.draft_ids[draft]].content
        text = old.get_body(("plain",))
        self._number += 1
        word = f"word{self._number}end"
        new = EmailMessage()
        new["Subject"] = word if subject else str(old["Subject"])
        new["To"] = str(old["To"] or "a0@x.example")
        new.set_content(f"{text.get_content()}\n{word}\n" if keep and text is not None else word)
        self.office.mailbox.edit(draft, new.as_bytes())
        self.words[draft] = word

    def _send(self, choice: int) -> None:
        if drafts := self._drafts():
            message = self.office.mailbox.send_by_hand(_one(drafts, choice))
            self.by_hand.add(message)
            if choice // 11 % 2:
                self.office.mailbox.unsearchable.add(message)

    def _send_reworded(self, choice: int) -> None:
        """Send under another subject, which is another conversation, and search does not find it yet."""
        if drafts := self._drafts():
            draft = _one(drafts, choice)
            self._reword(draft, subject=True, keep=True)
            message = self.office.mailbox.send_by_hand(draft)
            self.by_hand.add(message)
            self.office.mailbox.unsearchable.add(message)

    def _discard(self, choice: int) -> None:
        if drafts := self._drafts():
            draft = _one(drafts, choice)
            self.office.mailbox.discard(draft)
            self.words.pop(draft, None)

    def _bin(self, choice: int) -> None:
        if drafts := self._drafts():
            self.office.mailbox.bin(_one(drafts, choice))

    def _restore(self, choice: int) -> None:
        if drafts := self._drafts(binned=True):
            draft = _one(drafts, choice)
            self.office.mailbox.all[self.office.mailbox.draft_ids[draft]].labels.discard("TRASH")
            self.fished.add(draft)

    def _draft_of_their_own(self, _choice: int) -> None:
        self._number += 1
        mail = EmailMessage()
        mail["Subject"], mail["To"] = "Lunch", "friend@x.example"
        mail.set_content("On Friday?")
        self.office.mailbox.edit(f"own-{self._number}", mail.as_bytes())

    def _answer(self, choice: int) -> None:
        if self.office.sent():
            self.office.answer(**_one(_ANSWERS, choice))

    def owes_more(self, invoice: str) -> None:
        """The sum of an invoice goes up: what a draft says of it is no longer so."""
        self.check_hands()
        for row in self._invoices():
            if row[list(map(str, self.office.rows[0])).index("Invoice")] == invoice:
                self._put(row, "amount", 161 + self._number)
        self.hands = self.seen()

    # -- what is seen -------------------------------------------------------------------------------------------------

    def seen(self) -> list[dict[str, Any]]:
        """The team's own cells, row by row; the rows that hold none are left out."""
        header = self.office.rows[0]
        rows = [
            {
                str(title): cell
                for title, cell in zip(header, row, strict=False)
                if title not in _OURS and cell != ""
            }
            for row in self.office.rows
        ]
        return [row for row in rows if row]

    def check_hands(self, carried_out: Iterable[tuple[str, str]] = ()) -> None:
        """Nobody but the team has changed the team's cells, but for Actions that were carried out.

        Args:
            carried_out: Invoice and action.
        """
        done = set(carried_out)
        for row in self.hands:
            if (row.get("Invoice"), row.get("Action")) in done and row not in self.seen():
                del row["Action"]
        assert self.seen() == self.hands

    def asks(self) -> bool:
        """Whether an Action stands in some row."""
        return any("Action" in row for row in self.seen()[1:])

    def check_words(self) -> None:
        """Whatever the reviewer wrote is still there, in a draft, in the bin or in what was sent."""
        texts = [f"{message.subject} {message.text}" for message in self.office.mailbox.all.values()]
        lost = [word for word in self.words.values() if not any(word in text for text in texts)]
        assert not lost, f"somebody's edit was overwritten: {lost}"

    def free(self) -> set[str]:
        """Invoices about which somebody may be written to today."""
        rows = [dict(zip(map(str, self.office.rows[0]), row, strict=False)) for row in self.office.rows[1:]]
        return {row["Invoice"] for row in rows if row.get("Invoice") and not self._is_quiet(row)}

    def _is_quiet(self, row: Mapping[str, Any]) -> bool:
        today, hold, promise = self.office.today, row["Hold until"], row.get("Promise", "")
        return (
            Decimal(row["Paid"] or 0) >= Decimal(row["Amount"])
            or row.get("Status", "") in _CLOSED
            or row["Escalation"] in _STOPPED
            or (hold != "" and today <= hold)
            or (promise != "" and today <= promise + _GRACE)
        )

    # -- inside -------------------------------------------------------------------------------------------------------

    def _invoices(self) -> list[list[Any]]:
        return [row for row in self.office.rows[1:] if any(row)]

    def _put(self, row: list[Any], field: str, value: Any) -> None:
        place = self.office.rows[0].index(DEFAULTS[field])
        row.extend([""] * (place + 1 - len(row)))
        row[place] = value

    def _square(self) -> int:
        """Make all rows as wide as the header."""
        width = len(self.office.rows[0])
        for row in self.office.rows:
            row.extend([""] * (width - len(row)))
        return width

    def _published_shells(self) -> list[str]:
        """Empty drafts whose ids are in the log: somebody may already type into them."""
        logged = {str(cell) for row in self.office.sheet.grids["Reminder log"] for cell in row}
        mailbox = self.office.mailbox
        drafts = [
            (draft, mailbox.all[message]) for draft, message in mailbox.draft_ids.items() if draft in logged
        ]
        return [draft for draft, each in drafts if each.empty and not each.recipients]

    def _drafts(self, *, binned: bool = False) -> list[str]:
        """Drafts with a recipient: what a person could send by mistake."""
        mailbox = self.office.mailbox
        found = [(draft, mailbox.all[message]) for draft, message in mailbox.draft_ids.items()]
        return [draft for draft, each in found if each.recipients and ("TRASH" in each.labels) is binned]


_ANSWERS: Sequence[dict[str, str]] = (
    {}, {"Auto_Submitted": "auto-replied"}, {"sender": "mailer-daemon@example.com", "Auto_Submitted": "auto-replied"},
)  # fmt: skip


def _one(things: Sequence[Any], choice: int) -> Any:
    return things[choice % len(things)]
