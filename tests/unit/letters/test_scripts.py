"""What a person says or sends where a level is a task."""

import re
from dataclasses import replace

import pytest

from sheetsdun.letters import TemplateMistake, Templates, check, samples, script

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE = frozenset("^{}\\[~]|€\f")
"""GSM 03.38: the alphabet of a text message of 160 signs, and those that count twice in it."""

CHANNELS = ("call", "sms", "messenger", "letter", "visit")


def said(language, name, matter=samples.task, templates=None, **fields):
    made = replace(matter(language, name, overdue=True), **fields)
    return script(made, sender=samples.SENDER, templates=templates or Templates(), today=samples.TODAY)


@pytest.mark.parametrize("language", ["en", "ru", "de", "fr", "es"])
@pytest.mark.parametrize("name", CHANNELS)
def test_every_channel_has_its_words_in_every_language(language, name):
    for matter in (samples.one, samples.task):
        text = said(language, name, matter)
        assert matter(language, name, overdue=True).invoices[0].number in text
        assert not re.search(r"[\ue000-\uf8ff{}]|\n\n\n|[^\S\n]\n|\xa0|\u202f", text)


@pytest.mark.parametrize("language", ["en", "de", "ru", "fr", "es"])
@pytest.mark.parametrize("matter", [samples.one, samples.task])
def test_a_text_message_is_one_message(language, matter):
    text = said(language, "sms", matter)
    if set(text) <= GSM | TWICE:
        assert len(text) + sum(sign in TWICE for sign in text) <= 160
    else:
        assert language == "ru"
        assert len(text) <= 70


def test_a_cell_is_text_and_nothing_else():
    text = said("en", "call", contact="{{ 7 * 7 }} <b>\n*Ann*")
    assert text.startswith("Good morning, {{ 7 * 7 }} <b> *Ann*. I am calling")


def test_ones_own_script(own):
    templates = own("Ring {{ contact }}: {{ invoice.number }}", "en/call.txt")
    assert said("en", "call", templates=templates) == "Ring Ms Weber: 2026-0121"
    check(templates, scripts=[("en", "call"), ("de", "sms")])


@pytest.mark.parametrize(
    ("text", "name", "problem"),
    [
        ("Ring {{ contct }}: {{ invoice.number }}", "call", "call.txt:1: “contct” is not known to templates."),
        ("Ring {{ invoice.nr }}", "call", "call.txt:1: Item has no attribute 'nr'"),
        ("Ring {{ contact }}", "call", "call.txt:1: the script does not name its invoice."),
        ("{{ invoice.number }}", "whisper", "shout.txt: there is no such file, and a task needs it (here in en:"),
    ],
)  # fmt: skip
def test_mistakes_are_told_before_the_first_task(own, text, name, problem):
    templates = own(text, f"en/{name}.txt")
    with pytest.raises(TemplateMistake) as told:
        check(templates, scripts=[("it", "shout")] if name == "whisper" else [])
    assert any(problem in each for each in told.value.problems), told.value.problems
