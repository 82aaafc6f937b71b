"""What an Action in a row comes to."""

from __future__ import annotations

from dataclasses import dataclass

from sheetsdun.domain.decision import Reason
from sheetsdun.domain.history import Part
from sheetsdun.domain.invoice import Action, Invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What an Action comes to.

    What is carried out is logged as ``asked``, with ``letter`` and the first event of its effect in the same write;
    then the cell is emptied and ``cleared`` logged. What is not leaves the cell as it is, and the row is told why.

    Attributes:
        invoice: The row in which it stands.
        reason: What is told to the row.
        carried_out: Whether anything is done.
        declined: The log has that it could not be carried out when it was first seen; or it cannot tell of this row.
        logged: ``asked`` is in the log already. The cell is only emptied; but where ``letter`` is named, that letter
            was to be sent, and a crash or a limit came between: it is sent now.
        letter: The letter that it acts on, or would; the log's ``asked`` or ``declined`` must name it. "" where there is
            none.
        withdraw: With ``redo``: the letter's draft is there, untouched, and must be taken back.
        completes: With ``skip`` and ``done``: the levels that count as completed from now on.
    """

    invoice: Invoice
    action: Action
    reason: Reason
    carried_out: bool = True
    logged: bool = False
    declined: bool = False
    letter: str = ""
    withdraw: bool = False
    completes: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What people ask for.

    Attributes:
        deeds: One for each row with an Action, in the order of the rows.
        forgotten: Invoice and action of what is in the log as asked and not as cleared, while the cell says so no
            more: it remains to log ``cleared``.
    """

    deeds: tuple[Deed, ...]
    forgotten: tuple[tuple[str, str], ...] = ()

    @property
    def send(self) -> tuple[str, ...]:
        """Ids of the letters to be sent as they stand, each once."""
        chosen = (deed for deed in self.deeds if deed.carried_out and deed.action is Action.SEND)
        return tuple(dict.fromkeys(deed.letter for deed in chosen if deed.letter))

    @property
    def withdraw(self) -> tuple[str, ...]:
        """Ids of the letters whose drafts must be taken back, each once."""
        return tuple(dict.fromkeys(deed.letter for deed in self.deeds if deed.withdraw))
