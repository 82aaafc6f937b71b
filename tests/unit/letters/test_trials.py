"""Templates tried with made-up edge cases: what is found in them, and where."""

from dataclasses import replace

import pytest

from sheetsdun.letters import Templates, samples, trials
from sheetsdun.letters.edges import TRAP, edges
from sheetsdun.pay.order import Order


def tried(templates, suffix=".md", name="friendly"):
    return list(trials.tried(templates, "en", name, suffix))


def test_ours_pass(templates):
    assert tried(templates, name="final") == []
    for language in ("de", "en", "es", "fr", "ru"):
        assert list(trials.tried(templates, language, "visit", ".txt")) == []


def test_every_template_is_named_once(templates):
    every = trials.named(templates)
    assert len(every) == len(set(every)) == 55
    assert {language for language, _, _ in trials.named(templates, ["fr"])} == {"fr"}


@pytest.mark.parametrize(
    ("body", "told", "case"),
    [
        ("Please pay by {{ deadline }}.", "friendly.md:3: “…Please pay by .” has a gap", "one invoice"),
        (
            "On {{ last_payment.day }} you paid.",
            "friendly.md:3: 'str object' has no attribute 'day'",
            "one invoice",
        ),
        ("{{ invoices[9].number }}", "friendly.md:3: ", "one invoice"),
        ("You still owe ({{ manager }}) us.", "friendly.md:1: “…()” has a gap", "one invoice"),
        ("{{ none }} left", "friendly.md:1: “…None” has a gap", "one invoice"),
        ("{% for i in range(9000) %}{{ customer }}{% endfor %}", "friendly.md", ""),
        (
            "{% if single %}x{% else %}{{ 1 / (invoices | length - 9) }}{% endif %}",
            "friendly.md:3: ",
            "nine invoices",
        ),
        ("{% for each in ways %}{{ each.lines[0].label }}{% endfor %}", "friendly.md:3: ", "one invoice"),
    ],
)
def test_a_slip_is_told_with_its_place_and_its_case(own, body, told, case):
    found = tried(own(f"Subject: {{{{ invoice.number }}}}\n\n{body}\n"))
    assert any(told in problem and case in problem for problem in found), found
    assert len(found) == len(set(found))


def test_a_gap_in_a_part_is_told_where_it_stands(own, tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "_closing.md").write_text("Goodbye now, dear {{ contact }}.\n", encoding="utf-8")
    found = tried(own('Subject: {{ invoice.number }}\n\nHello\n\n{% include "_closing.md" %}\n'))
    assert "_closing.md:1: “…Goodbye now, dear .” has a gap" in found[0]


def test_a_slip_in_a_layout_for_paper(own):
    own("#let x = \n#nothing-of-that-name", "statement.typ")
    found = tried(own("Subject: {{ invoice.number }}\n\nHello\n"))
    assert any("statement.typ" in problem and "everything at once" in problem for problem in found), found


def test_a_page_that_gmail_would_cut_off(own, monkeypatch):
    monkeypatch.setattr(trials, "edges", lambda *of: list(edges(*of))[:1])
    found = tried(own("Subject: {{ invoice.number }}\n\n" + "**word** _and_ `more` \n\n" * 1200))
    assert "Gmail cuts it off" in found[0]


def test_a_layout_that_lets_cells_be_html(own):
    own("{{ body }}{{ reference }}{{ subject | safe }}", "layout.html")
    assert any(
        "layout.html:1: a cell's text becomes HTML (tried with a hostile name)" in problem
        for problem in tried(own("Subject: Of {{ customer }}\n\n{{ invoice.number }}\n"))
    )


def test_each_case_has_a_name_of_its_own_and_each_way_to_pay_a_code():
    cases = list(edges("en", "friendly"))
    assert len({case.name for case in cases}) == len(cases)
    assert any(TRAP in case.matter.contact for case in cases)
    ways = {way.KIND: case for case in cases for way in case.sender.ways}
    assert set(ways) == {"iban", "link", "russia", "swiss", "us", "uk", "pix", "upi"}
    for kind, case in ways.items():
        order = Order(
            amount=case.matter.invoices[0].balance,
            currency=case.matter.currency,
            invoices=("2026-0117",),
            reference="SD-7K3F9Q",
            single=True,
        )
        way = next(way for way in case.sender.ways if kind == way.KIND)
        assert way.serves(order)
        assert (replace(way, qr=True).payload(order) is None) == (kind in {"us", "uk"})
    assert samples.SENDER in [case.sender for case in cases]


def test_all_mistakes_at_once(own, monkeypatch):
    templates: Templates = own("Subject: x\n\n{{ nobody }} {{ invoice.number }}\n")
    monkeypatch.setattr(trials, "named", lambda *_: [("en", "friendly", ".md"), ("en", "visit", ".txt")])
    (found,) = trials.trials(templates)
    assert "friendly.md:3: “nobody” is not known to templates." in found
