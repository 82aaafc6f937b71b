"""A letter to begin with; tests replace what they are about."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sheetsdun.letters import Letter, Line, Matter, Sender, Templates, Thread, compose

TODAY = dt.date(2026, 6, 15)


@pytest.fixture(scope="session")
def templates() -> Templates:
    return Templates()


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str], Templates]:
    """Templates with one's own ``en/friendly.md``, of the text given."""

    def make(text: str, name: str = "en/friendly.md") -> Templates:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return Templates(tmp_path)

    return make


@pytest.fixture
def line() -> Line:
    return Line(
        number="INV-1",
        amount=Decimal("100.00"),
        issued=dt.date(2026, 5, 4),
        due=dt.date(2026, 6, 3),
        description="Website",
        row=2,
    )


@pytest.fixture
def matter(line: Line) -> Matter:
    return Matter(
        to=("ann@harbour.example",),
        language="en",
        template="friendly",
        level="friendly",
        overdue=True,
        currency="EUR",
        invoices=(line,),
        customer="Harbour Ltd",
        contact="Ann",
    )


@pytest.fixture
def sender() -> Sender:
    return Sender(name="Example Ltd", address="ar@example.com", payment="IBAN DE02 1203")


@pytest.fixture
def written(templates: Templates, matter: Matter, sender: Sender) -> Callable[..., Letter]:
    """Compose the letter, with changes to its matter."""

    def make(
        *, using: Templates = templates, by: Sender = sender, thread: Thread | None = None, attachments: Any = (),
        **changes: Any,
    ) -> Letter:  # fmt: skip
        return compose(
            replace(matter, **changes),
            letter="SD-7K3F9Q",
            spreadsheet="1AbC-_x",
            sender=by,
            templates=using,
            today=TODAY,
            thread=thread,
            attachments=attachments,
        )

    return make
