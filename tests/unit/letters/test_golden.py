"""The letters as they go out, for people to read. After a wanted change: SHEETSDUN_GOLDEN=write pytest <this file>."""

import datetime as dt
import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from sheetsdun.letters import Templates, compose, samples

GOLDEN = Path(__file__).parent / "golden"
LEVELS = ("courtesy", "friendly", "reminder", "firm", "final")


def compare(path, text):
    if os.environ.get("SHEETSDUN_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def letter(templates, kind, language, level):
    return compose(
        kind(language, level, overdue=level != "courtesy"),
        letter="SD-7K3F9Q",
        spreadsheet="1AbC",
        sender=samples.SENDER,
        templates=templates,
        today=samples.TODAY,
    )


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("language", ["en", "ru", "de", "fr", "es"])
def test_as_plain_text(language, level):
    templates = Templates()
    made = [letter(templates, kind, language, level) for kind in (samples.one, samples.several)]
    text = f"\n{'=' * 78}\n\n".join(f"Subject: {each.subject}\n\n{each.text}" for each in made)
    compare(GOLDEN / language / f"{level}.txt", text)


@pytest.mark.parametrize("language", ["en", "ru", "de", "fr", "es"])
def test_as_a_page(language):
    compare(
        GOLDEN / language / "reminder.html", letter(Templates(), samples.several, language, "reminder").html
    )


@pytest.mark.parametrize("language", ["en", "ru", "de", "fr", "es"])
def test_principal_and_charges_stand_apart(language):
    def kind(language, level, *, overdue):
        assert overdue
        return samples.charged(language, level)

    made = letter(Templates(), kind, language, "firm")
    compare(GOLDEN / language / "firm-charged.txt", f"Subject: {made.subject}\n\n{made.text}")


@pytest.mark.parametrize("language", ["en", "ru", "de", "fr", "es"])
def test_a_discount_is_told_with_its_last_day(language):
    def discounted(kind):
        def made(language, level, *, overdue):
            plain = kind(language, level, overdue=overdue)
            until = samples.TODAY + dt.timedelta(days=2)
            first = replace(plain.invoices[0], discount=Decimal("25.00"), discount_until=until)
            return replace(plain, invoices=(first, *plain.invoices[1:]))

        return made

    kinds = (discounted(samples.one), discounted(samples.several))
    made = [letter(Templates(), kind, language, "courtesy") for kind in kinds]
    text = f"\n{'=' * 78}\n\n".join(f"Subject: {each.subject}\n\n{each.text}" for each in made)
    compare(GOLDEN / language / "courtesy-discount.txt", text)


@pytest.mark.parametrize("language", ["en", "ru", "de", "fr", "es"])
def test_a_deposit(language):
    def early(language, level, *, overdue):
        return samples.one(language, level, overdue=not overdue)

    made = [letter(Templates(), kind, language, "deposit") for kind in (early, samples.one, samples.several)]
    text = f"\n{'=' * 78}\n\n".join(f"Subject: {each.subject}\n\n{each.text}" for each in made)
    compare(GOLDEN / language / "deposit.txt", text)


def test_an_offer_is_markdown_from_the_config_and_text_from_the_sheet():
    def offering(*, data):
        def made(language, level, *, overdue):
            plain = samples.one(language, level, overdue=overdue)
            return replace(plain, offer="**Three** instalments?", offer_is_data=data)

        return letter(Templates(), made, "en", "firm").html

    assert ">Three</strong> instalments?" in offering(data=False)
    assert "**Three** instalments?" in offering(data=True)
