"""Ways to pay, as a letter shows them."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetsdun.pay import code
from sheetsdun.pay.order import Order
from sheetsdun.pay.way import Fact, Label, Way
from sheetsdun.pay.words import words

_LAYOUT = ' role="presentation" cellpadding="0" cellspacing="0" border="0"'
_ON_ONE_LINE = 30
"""Characters of a value that fit beside its label, on a phone too."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside a letter; it is drawn when the mail is made, and not for a letter that is only looked at.

    Attributes:
        name: Of its file and, with the letter's id, of its Content-ID.
        payload: What the code says.
        cross: It bears the Swiss cross.
    """

    name: str
    cid: str
    payload: bytes
    cross: bool

    @property
    def data(self) -> bytes:
        """The PNG."""
        return code.png(self.payload, cross=self.cross)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of payment details, as templates see it."""

    label: str
    value: str
    number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One way to pay; printed by a template, it is a block with everything in it.

    Attributes:
        name: What it is called in the config.
        title: Heading.
        lines: Details to type into a form.
        link: Address to click; "" where there is none.
        alt: Words in place of the code.
        click: Words of the link.
        scan: Words under the code.
    """

    name: str
    title: str
    lines: tuple[Line, ...]
    link: str
    click: str
    picture: Picture | None
    alt: str
    scan: str

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """For those who read mail without HTML."""
        if self.link:
            return f"{self.click}\n    {self.link}"
        widest = max((len(line.label) for line in self.lines), default=0)
        lines = (f"    {line.label.ljust(widest)}  {line.value}" for line in self.lines)
        return "\n".join([self.title, *lines])

    def html(self, styles: Mapping[str, str]) -> str:
        """A table of one row: the details, and beside them the code.

        Args:
            styles: CSS declarations, as ``Layout.styles`` has them.
        """
        cells = [_element("td", "way-facts", styles, "".join(self._facts(styles)))]
        if self.picture:
            side = code.size(self.picture.payload)
            image = (
                f'<img src="cid:{html.escape(self.picture.cid)}" width="{side}" height="{side}" '
                f'alt="{html.escape(self.alt)}"{_style("way-picture", styles)}>'
            )
            caption = _element("div", "way-scan", styles, html.escape(self.scan))
            cells.append(_element("td", "way-code", styles, image + caption, f' width="{side}"'))
        return _element("table", "way", styles, f"<tr>{''.join(cells)}</tr>", f'{_LAYOUT} width="100%"')

    def _facts(self, styles: Mapping[str, str]) -> Iterator[str]:
        if self.link:
            href = f' href="{html.escape(self.link)}"'
            yield _element("a", "way-link", styles, html.escape(self.click), href)
            return
        yield _element("div", "way-title", styles, html.escape(self.title))
        rows = []
        for line in self.lines:
            label = _element("td", "way-label", styles, html.escape(line.label))
            kind = "way-number" if line.number or len(line.value) <= _ON_ONE_LINE else "way-value"
            rows.append(f"<tr>{label}{_element('td', kind, styles, html.escape(line.value))}</tr>")
        yield _element("table", "way-lines", styles, "".join(rows), _LAYOUT)


def offered(
    ways: Sequence[Way], order: Order, *, language: str, amount: str, prefer: str = ""
) -> list[Shown]:
    """The ways in which an order can be paid: the debtor's preferred one first, then in the order of the config.

    Args:
        ways: All there are.
        order: What is asked for.
        language: The letter's.
        amount: The sum in that language.
        prefer: Name or kind of the one that the debtor prefers; "" or anything else changes nothing.
    """
    wanted = prefer.strip().casefold()
    serving = [way for way in ways if way.serves(order)]
    serving.sort(key=lambda way: _distance(way, wanted))
    return [
        _shown(way, order, place=place, language=language, amount=amount)
        for place, way in enumerate(serving, start=1)
    ]


def _distance(way: Way, wanted: str) -> int:
    if wanted and wanted == way.name.casefold():
        return 0
    return 1 if wanted and wanted == way.KIND else 2


def _shown(way: Way, order: Order, *, place: int, language: str, amount: str) -> Shown:
    said = words(language)
    title = way.title or said.titles[way.KIND]
    payload = way.payload(order) if way.qr else None
    facts = [fact for fact in way.facts(order) if fact.value]
    if facts:
        facts.insert(_before_words(facts), Fact(Label.AMOUNT, amount, number=True))
    picture = None
    if payload is not None:
        name = f"payment-{place}"
        picture = Picture(name, f"{name}.{order.reference}@sheetsdun", payload, cross=way.KIND == "swiss")
    return Shown(
        name=way.name,
        title=title,
        lines=tuple(Line(said.labels[fact.label], fact.value, fact.number) for fact in facts),
        link=way.link(order),
        click=said.click.format(title=title, amount=amount),
        picture=picture,
        alt=said.code.format(title=title, amount=amount),
        scan=said.scan,
    )


_WORDS = {Label.REFERENCE, Label.PURPOSE, Label.MESSAGE}


def _before_words(facts: Sequence[Fact]) -> int:
    return next((place for place, fact in enumerate(facts) if fact.label in _WORDS), len(facts))


def _element(tag: str, kind: str, styles: Mapping[str, str], inner: str, attributes: str = "") -> str:
    return f'<{tag} class="{kind}"{attributes}{_style(kind, styles)}>{inner}</{tag}>'


def _style(kind: str, styles: Mapping[str, str]) -> str:
    style = styles.get(kind)
    return f' style="{html.escape(style)}"' if style else ""
