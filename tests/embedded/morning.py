"""A morning with everything in it: new drafts, sends, a draft to take back, a wider letter, Actions, a letter by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

from embedded.google import EmbeddedGoogle
from embedded.line import Line
from embedded.shop import Shop
from tally import Tally

DUE = -4


class Morning:
    """The shop on that morning, as often as it is wanted; and what comes of it when nothing goes wrong.

    Attributes:
        shop: On that morning, after ``again``.
        expected: Everything that must be the same whatever has happened.
        calls: HTTP calls of that day's run.
        parts: Its calls to Gmail, those inside batches counted singly.
    """

    def __init__(self, google: EmbeddedGoogle, folder: Path) -> None:
        self.shop = shop = Shop(google, folder)
        for name in ("paid", "wider", "asked", "skipped", "redone", "odd", "byhand"):
            shop.add(f"OLD-{name}", DUE, **_debtor(name))
        assert shop.sync().outcome
        google.pass_time(days=1)
        by_hand = next(each for each in google.messages() if "byhand" in each.to)
        google.call("POST", "/gmail/v1/users/me/drafts/send", json={"id": by_hand.draft})
        shop.type("OLD-paid", "Paid", 100)
        shop.type("OLD-asked", "Action", "send")
        shop.type("OLD-skipped", "Action", "skip")
        shop.type("OLD-redone", "Action", "redo")
        shop.type("OLD-odd", "Action", "done")  # there is no task: it stays, and the note says why
        shop.add("NEW-wider", DUE, **_debtor("wider"))
        shop.add("NEW-new", DUE, **_debtor("new"))
        shop.add("AUTO-1", DUE, **_debtor("auto"), escalation="auto")
        shop.add("AUTO-2", DUE, **_debtor("auto2"), escalation="auto")
        self._now = google.keep("morning")
        self.human = shop.human()
        self._calm()

    def _calm(self) -> None:
        line = Line()
        google = self.shop.google
        google.call("DELETE", "/_sandbox/calls")
        end = self.shop.sync(line)
        assert end.outcome is not None, end
        assert not end.outcome.warnings
        counted = google.call("GET", "/_sandbox/calls")
        self.calls = line.calls
        self.parts = sum(
            n for name, n in (counted["methods"] | counted["inner"]).items() if name.startswith("gmail")
        )
        google.pass_time(hours=2)
        assert self.shop.idle()
        self.expected = self._seen()

    def again(self) -> Shop:
        """It is that morning again."""
        self.shop.google.put_back("morning", self._now)
        return self.shop

    def _seen(self) -> dict[str, Any]:
        shop = self.shop
        return {"letters": shop.letters(), "statuses": shop.statuses(), "human": shop.human()}

    def wrong(self, figures: Tally, but: Collection[str] = ()) -> dict[str, list[Any]]:
        """What is not as it would be if nothing had gone wrong, by kind; nothing where all is well.

        Args:
            figures: Told how much was looked at.
            but: Invoices about which people have said something meanwhile: for them only what never may be counts.
        """
        seen, debtors = self._seen(), {self.human[name]["Email"] for name in but}
        figures["letters counted"] += sum(seen["letters"].values())
        figures["rows compared"] += len(seen["statuses"])
        letters, due = (_but(each["letters"], debtors) for each in (seen, self.expected))
        found: dict[str, list[Any]] = {
            "duplicates": [*self.shop.twice(), *(letters - due)],
            "losses": [*(due - letters)],
            "wrong rows": [*self.shop.astray(), *self.shop.stray(), *self._differing(seen, "statuses", but)],
            "human cells": self._differing(seen, "human", but),
            "log": [broken] if (broken := self.shop.history().broken) else [],
        }
        return {kind: cases for kind, cases in found.items() if cases}

    def _differing(self, seen: dict[str, Any], what: str, but: Collection[str]) -> list[Any]:
        names = (seen[what].keys() | self.expected[what].keys()) - set(but)
        pairs = {name: (seen[what].get(name), self.expected[what].get(name)) for name in sorted(names)}
        return [(name, *pair) for name, pair in pairs.items() if pair[0] != pair[1]]


def _but(letters: Counter[tuple[str, str, str]], debtors: Collection[str]) -> Counter[tuple[str, str, str]]:
    return Counter({letter: count for letter, count in letters.items() if letter[1] not in debtors})


def _debtor(name: str) -> dict[str, str]:
    return {"customer": f"{name.title()} Ltd", "email": f"ap@{name}.example"}
