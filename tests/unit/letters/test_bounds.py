"""Whatever a template says, it is rendered or refused after few steps and in little memory, by name and line.

Steps are counted, not seconds: a busy machine takes as many as a quiet one.
"""

import resource
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sheetsdun.letters import TemplateMistake
from sheetsdun.letters.markdown import render

TEN = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"
ENDLESS = {
    "range": "{% for x in range(10 ** 9) %}x{% endfor %}",
    "loop over a long text": "{% for x in 'x' * 1000000000 %}x{% endfor %}",
    "product": "{{ 'x' * 10 ** 9 }}",
    "product the other way": "{{ (10 ** 9) * 'x' }}",
    "list": "{{ ([0] * 10 ** 9) | length }}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "power of a fraction": "{{ 1.5 ** (10 ** 10) }}",
    "product of products": "{% set a = 2 ** 200 %}{{ a * a * a }}",
    "doubling": "{% set a = 'x' * 10000 %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
    "doubling by plus": "{% set a = [0] * 10000 %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
    "loops in loops": "".join(f"{{% for {name} in {TEN} %}}" for name in "abcdefghi") + "{% endfor %}" * 9,
    "many loops": "{% for a in 'x' * 5000 %}{% for b in 'x' * 5000 %}{{ b }}{% endfor %}{% endfor %}",
    "silent loops": "{% for a in 'x' * 5000 %}{% for b in 'x' * 5000 %}{% endfor %}{% endfor %}",
    "fixed words in a loop": "{% for a in 'x' * 9000 %}" + "word " * 100 + "{% endfor %}",
    "a recursive loop": "{% for a in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
    "including itself": "{% include 'friendly.md' %}",
    "including itself twice": "{% include 'friendly.md' %}{% include 'friendly.md' %}",
    "join": "{{ (['x'] * 9000) | join('x' * 9000) }}",
    "replace": "{{ ('x' * 9000) | replace('x', 'x' * 9000) }}",
    "replace nothing": "{{ ('x' * 9000) | replace('', 'x' * 9000) }}",
    "percent": "{{ '%1000000000d' % 1 }}",
    "format filter": "{{ '%1000000000d' | format(1) }}",
    "format": "{{ '{:1000000000}'.format(1) }}",
    "format map": "{{ '{x:1000000000}'.format_map({'x': 1}) }}",
    "width of a filter": "{{ 'x' | center(1000000000) }}",
    "indent": "{{ 'x\ny' | indent(1000000000) }}",
    "batch": "{{ 'x' | batch(1000000000, 'x') | list }}",
    "slice": "{{ 'x' | slice(1000000000) | list }}",
    "fill": "{{ 'x'.ljust(1000000000) }}",
    "zeros": "{{ '1'.zfill(1000000000) }}",
    "tabs": "{{ '\t'.expandtabs(1000000000) }}",
    "join of a text": "{{ ('x' * 9000).join(['x'] * 9000) }}",
    "bytes": "{{ (1).to_bytes(1000000000, 'big') }}",
    "round": "{{ 1.5 | round(1000000000, 'ceil') }}",
    "sum of lists": "{{ ([[0] * 1000] * 9000) | sum(start=[]) }}",
    "a method by attribute": "{{ 'x' | attr('ljust') }}",
    "a method by map": "{{ ['x'] | map('center', 1000000000) | list }}",
    "strftime": "{{ invoice.due.date.strftime('%1000000000d') }}",
    "formats": "{{ invoice.due.formats.long }}",
    "a macro": "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
    "too many loops in each other": "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
    "too many brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "lipsum": "{{ lipsum(1000) }}",
    "a long letter": "word " * 20_000,
}  # fmt: skip


MOST_CALLS = 3_000_000
"""Of Python's functions, in and out; the most that any of these takes is a third of it."""

MOST_MEMORY = 200_000
"""Kilobytes; what these would take if they were let is gigabytes."""


def most_memory() -> int:
    """The most kilobytes that this process has ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class Steps:
    """How many functions were called and returned from."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, *_: object) -> None:
        self.count += 1
        if self.count > MOST_CALLS:
            sys.setprofile(None)
            raise AssertionError(f"it has taken {MOST_CALLS:,} steps, and goes on")


@contextmanager
def counted() -> Iterator[Steps]:
    steps, before = Steps(), sys.getprofile()
    sys.setprofile(steps)
    try:
        yield steps
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("name", ENDLESS)
def test_it_ends(own, written, name):
    templates = own(f"Subject: x\n\n{ENDLESS[name]}\n{{{{ invoice.number }}}}\n")
    before, threads = most_memory(), set(threading.enumerate())
    with counted() as steps, pytest.raises(TemplateMistake) as caught:
        written(using=templates)
    assert steps.count <= MOST_CALLS
    assert most_memory() - before < MOST_MEMORY
    assert "friendly.md" in caught.value.problems[0]
    assert not set(threading.enumerate()) - threads, "a thread was left behind"


@pytest.mark.parametrize("knot", ["[", "**a*", "a\n", "|a|a\n|-|-\n"])
def test_knots_in_markdown_take_no_more_than_their_length(knot):
    def steps(size: int) -> int:
        with counted() as found:
            render((knot * size)[:size], [], {})
        return found.count

    assert steps(4000) < 2.1 * steps(2000)


def test_a_mistake_names_its_line(own, written):
    templates = own(f"Subject: x\n\n\n\n{ENDLESS['silent loops']}\n")
    with pytest.raises(
        TemplateMistake, match=r"friendly\.md:5: the letter would take more than 50,000 steps"
    ):
        written(using=templates)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ [3, 1, 2] | sort | join(', ') }}", "1, 2, 3"),
        ("{{ invoices | map(attribute='number') | join(' + ') }}", "INV-1"),
        ("{{ invoices | join('; ', attribute='number') }}", "INV-1"),
        ("{{ 2 * 3 + 4 }} {{ 2 ** 10 }} {{ 7 % 4 }}", "10 1024 3"),
        ("{{ '-' * 3 ~ customer }}", "---Harbour Ltd"),
        ("{{ 2.345 | round(2) }} {{ total.amount | round }}", "2.35 100"),
        ("{{ customer.upper().split() | first }}", "HARBOUR"),
        ("{{ customer | replace('Ltd', 'Limited') }}", "Harbour Limited"),
        ("{% for a in 'abc' %}{{ loop.index }}/{{ loop.length }}{% if not loop.last %}, {% endif %}{% endfor %}.", "1/3, 2/3, 3/3."),
        ("{% for a in ['b', 'c'] | map('upper') %}{{ a }}{% endfor %}.", "BC."),
        ("{{ invoices | sum(attribute='balance.amount') }}", "100.00"),
        ("{{ invoice.due.date.year }} {{ invoice.due.short }}", "2026 3 Jun 2026"),
    ],
)  # fmt: skip
def test_what_people_need_is_there(own, written, source, printed):
    letter = written(using=own(f"Subject: x\n\n{source}\n"))
    assert letter.text.split("\n")[0] == printed


def test_a_long_table_fits(own, written, line):
    body = "{% for item in invoices %}| {{ item.number }} | {{ item.issued }} | {{ item.due }} | {{ item.balance }} |\n{% endfor %}"
    templates = own(f"Subject: x\n\n| a | b | c | d |\n|--|--|--|--|\n{body}")
    assert len(written(using=templates, invoices=(line,) * 1000).text) > 30_000
