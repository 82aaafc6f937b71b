import functools
import re
from dataclasses import fields, replace
from decimal import Decimal

import pytest

from sheetsdun.letters import TemplateMistake, Templates, check, folder, proofread, samples
from sheetsdun.letters.context import build
from sheetsdun.letters.formats import formats
from sheetsdun.letters.person import Person
from sheetsdun.letters.seen import Elsewhere, Item, Receipt, Writer

GOOD = "Subject: Hello {{ invoice.number }}\n\nText {{ invoice.number }}.\n"


def told_of(templates, language="en", name="friendly"):
    """The problems of one template: those of all take their time."""
    return proofread.problems(templates, language, name)


def problems(templates, wanted=()):
    with pytest.raises(TemplateMistake) as caught:
        check(templates, wanted)
    assert caught.value.exit_code == 2
    return caught.value.problems


def test_all_that_come_with_sheetsdun_are_right(templates):
    levels = ("courtesy", "deposit", "final", "firm", "friendly", "reminder")
    assert templates.names() == [
        (language, level) for language in ("de", "en", "es", "fr", "ru") for level in levels
    ]
    assert check(templates, templates.names()) == 5 * 11


def test_languages_that_are_used_are_tried_whole_and_others_are_not(own):
    templates = own("{{ nobody }}", "fr/_closing.md")
    check(Templates(), [("en", "friendly")])
    tried = check(Templates(), [("en", "friendly"), ("de", "firm")])
    assert tried == 2 * check(Templates(), [("en", "friendly")]) == 2 * 11
    assert all("_closing.md:1" in problem for problem in problems(templates, [("en", "friendly")]))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "{{ invioce.number }}",
            "friendly.md:3: “invioce” is not known to templates. Did you mean “invoice”?",
        ),
        (
            "{{ invoice.nummer }}",
            "friendly.md:3: Item has no attribute 'nummer'. Did you mean “number”?",
        ),
        ("{% if single %}x", "friendly.md:3: Unexpected end of template."),
        ("{{ total | uper }}", "friendly.md:3: No filter named 'uper'. Did you mean “upper”?"),
        (
            "{% if overdue == 'never' %}\n{{ nobody }}{% endif %}",
            "friendly.md:4: “nobody” is not known to templates.",
        ),
        ("{% include '_nothing.md' %}", "friendly.md:3: '_nothing.md' not found"),
        ("{% macro x() %}{% endmacro %}", "friendly.md:3: macro is of no use here"),
        ("{{ 1 / 0 }}", "friendly.md:3: division by zero."),
        (
            "{{ customer.__class__ }}",
            "friendly.md:3: access to attribute '__class__' of 'str' object is unsafe.",
        ),
        ("{{ customer | safe }}", "friendly.md:3: No filter named 'safe'."),
        ("[pay](https://{{ customer }}/x)", "friendly.md: a value must not stand in a link"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(own, body, told):
    found = told_of(own(f"Subject: Hello {{{{ invoice.number }}}}\n\n{body}\n"))
    assert any(told in problem for problem in found), found


def test_every_mistake_is_told_once(own):
    own("Subject: x\n\n{{ one }} {{ invoice.number }}\n{{ two }}\n")
    found = problems(own("Subject: y\n\n{{ three }} {{ invoice.number }}", "ru/final.md"))
    assert [problem.split("/")[-1].split(" is")[0] for problem in found] == [
        "friendly.md:3: “one”", "friendly.md:4: “two”", "final.md:3: “three”",
    ]  # fmt: skip


def test_a_letter_needs_a_subject_and_its_invoice(own):
    assert (
        "friendly.md:1: the first line must be “Subject: …”" in told_of(own("Hello {{ invoice.number }}"))[0]
    )
    assert "the letter does not name its invoice" in told_of(own("Subject: x\n\nHello"))[0]


def test_a_layout_needs_the_reference(own):
    assert (
        "layout.html:1: the layout does not print {{ reference }}"
        in told_of(own("{{ body }}", "layout.html"))[0]
    )
    with pytest.raises(TemplateMistake, match=r"layout\.html:2: "):
        own("<p>\n{{ body", "layout.html")


def test_a_missing_template_is_told_before_any_letter(templates):
    found = problems(templates, [("en", "sixth"), ("it", "seventh"), ("de-AT", "friendly")])
    assert len(found) == 2
    assert "en/sixth.md: there is no such file" in found[0]
    assert "en/seventh.md: there is no such file" in found[1]


def test_a_country_falls_back_to_its_language(own, matter, sender):
    templates = own("Subject: Servus {{ invoice.number }}\n\n{% include '_greeting.md' %}\n", "de-AT/firm.md")

    def subject(language, name):
        words = formats(language)
        context = build(matter, sender, letter="SD-7K3F9Q", today=matter.invoices[0].due, formats=words)
        return templates.render(language, name, context).subject

    assert subject("de-AT", "firm") == "Servus INV-1"
    assert subject("de-at", "final").startswith("Letzte Mahnung")
    assert subject("de", "firm").startswith("Mahnung")


@pytest.mark.parametrize("language", ["it", "Klingon", "zz-ZZ", "\0"])
def test_a_language_without_letters_falls_back_whole(written, language):
    letter = written(using=Templates(language="de"), language=language, template="reminder")
    assert (letter.language, letter.template) == ("de", "de/reminder")
    assert letter.text.startswith("Guten Tag Ann,")
    assert "Bitte überweisen Sie 100,00\xa0€" in letter.text


def test_a_language_with_some_letters_must_have_the_one_that_is_needed(own, written):
    with pytest.raises(
        TemplateMistake, match=r"it/firm\.md: there is no such file, .* \(here in it: friendly\)"
    ):
        written(using=own(GOOD, "it/friendly.md"), language="it", template="firm")


def test_copied_letters_are_ours_until_somebody_edits_them(tmp_path, written):
    assert len(folder.copy(tmp_path, ["en", "ru"])) > 20
    (tmp_path / "en" / "firm.md").write_text(GOOD)
    (tmp_path / "en" / "final.md").unlink()
    assert [path.name for path in folder.copy(tmp_path, ["en"])] == ["final.md"]
    assert written(using=Templates(tmp_path), template="firm").subject == "Hello INV-1"
    assert written(using=Templates(tmp_path)).text == written().text


def test_any_column_of_the_row(own, written, line):
    templates = own("Subject: {{ row['PO number'] }}\n\n{{ invoice.number }} {{ invoices[0].row['Note'] }}.")
    about = (replace(line, cells={"PO number": "4500017", "Note": "**[x](http://e)**"}),)
    letter = written(using=templates, invoices=about)
    assert letter.subject == "4500017"
    assert letter.text.replace("\u2060", "").startswith("INV-1 **[x](http://e)**.")
    assert "<strong>" not in letter.html
    assert told_of(templates) == []  # which columns there are, only the sheet can tell
    with pytest.raises(TemplateMistake, match=r"friendly\.md:1: the sheet has no column “PO number”"):
        written(using=templates)


def test_ones_own_file_takes_the_place_of_ours(own, written):
    templates = own(GOOD)
    assert written(using=templates).subject == "Hello INV-1"
    assert written(using=templates, template="firm").subject.startswith("Overdue")


def test_any_folder_will_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Templates().names()


def test_a_cell_is_never_template_source(written):
    letter = written(customer="{{ 7 * 7 }}", contact="{% include 'x' %}{{ 7 * 7 }}")
    assert "{% include 'x' %}{{ 7 * 7 }}" in letter.text
    assert "49" not in letter.text


def test_joining_config_and_cell_makes_no_markdown_of_the_cell(own, written):
    letter = written(
        using=own("Subject: x\n\n{{ payment ~ contact }} {{ contact }}"), contact="**[x](http://e)**"
    )
    assert "<strong>" not in letter.html
    assert "<a " not in letter.html


def test_the_installed_package_has_its_own(tmp_path, monkeypatch):
    (tmp_path / "sheetsdun" / "templates").mkdir(parents=True)
    monkeypatch.setattr(folder.resources, "files", lambda package: tmp_path / package)
    assert folder.builtin() == tmp_path / "sheetsdun" / "templates"


PAGE = (folder.builtin().parent / "docs" / "templates.md").read_text(encoding="utf-8")
SAMPLE = samples.several("en", "reminder", overdue=True)
INTEREST = (Decimal("4.11"), Decimal("1.02"))
TOLD = build(
    replace(
        SAMPLE,
        invoices=tuple(
            replace(line, interest=each) for line, each in zip(SAMPLE.invoices, INTEREST, strict=True)
        ),
        fees=Decimal(10),
    ),
    samples.SENDER,
    letter="SD-7K3F9Q",
    today=samples.TODAY,
    formats=formats("en"),
)


def test_every_name_is_told_in_the_docs():
    names = [
        *TOLD,
        *(field.name for kind in (Item, Person, Elsewhere) for field in fields(kind)),
        *(f"sender.{field.name}" for field in fields(Writer)),
        *(f"last_payment.{field.name}" for field in fields(Receipt)),
    ]
    told = re.findall(r"`(?:person\.)?([\w.]+)(?:\[\"[\w ]+\"\])?`", PAGE)
    assert [name for name in names if name not in told and name != "sender"] == []


def test_each_example_in_the_docs_is_what_is_printed():
    top, item = PAGE.split("\nEach invoice has:\n")
    examples = re.compile(r"^\| `([\w.]+)(?:\[\"([\w ]+)\"\])?` \| .* \| `(.+)` \|$", re.MULTILINE)
    found = [(TOLD, *pair) for pair in examples.findall(top)]
    item, way = item.split("\nEach way to pay ")
    found += [(vars_of(TOLD["invoices"][1]), *pair) for pair in examples.findall(item)]
    found += [(vars_of(TOLD["ways"][0]), *pair) for pair in examples.findall(way)]
    assert len(found) > 25
    for values, name, column, example in found:
        first, *rest = name.split(".")
        value = functools.reduce(getattr, rest, values[first])
        assert str(value[column] if column else value) == example, name


def vars_of(item):
    return {field.name: getattr(item, field.name) for field in fields(item)}
