"""Papers that letters take along: what stands in them, and that nothing in them is markup."""

from __future__ import annotations

import io
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest

from sheetsdun.letters import Matter, TemplateMistake, Templates, compose, posted, samples, statement
from sheetsdun.letters.folder import builtin
from sheetsdun.letters.matter import Attachment, Payment
from sheetsdun.letters.paper import typeset

TEMPLATES = Templates()
SENDER = replace(samples.SENDER, letterhead="Example GmbH\nMusterstraße 1\n10115 Berlin")
LANGUAGES = ("en", "de", "ru", "fr", "es")
HOSTILE = r"*Bold* _x_ #panic(1) $a$ @ref <b> `c` \u{41} [d] // e = f"


def matter(language: str = "en", count: int = 2, **changes: object) -> Matter:
    made = samples.several(language, "final", overdue=True)
    first = made.invoices[0]
    lines = tuple(
        replace(first, number=f"2026-{n:04}", amount=Decimal(1000 + n), paid=Decimal(n % 2 * 100))
        for n in range(count)
    )
    return replace(made, account={"EUR": (*lines, *made.credits), "USD": lines[:1]}, **changes)  # type: ignore[arg-type]


def stated(about: Matter) -> Attachment:
    return statement(about, SENDER, TEMPLATES, letter="SD-7K3F9Q", today=samples.TODAY)


def on_paper(about: Matter) -> Attachment:
    letter = compose(
        about, letter="SD-7K3F9Q", spreadsheet="x", sender=SENDER, templates=TEMPLATES, today=samples.TODAY
    )
    return posted(letter, about, TEMPLATES, today=samples.TODAY)


def pages(paper: Attachment) -> list[str]:
    found = pypdf.PdfReader(io.BytesIO(bytes(paper.data))).pages
    return [
        " ".join(page.extract_text().replace("\u00a0", " ").replace("\u202f", " ").split()) for page in found
    ]


class TestStatement:
    def test_says_what_is_open_with_a_total_for_each_currency(self) -> None:
        (text,) = pages(stated(matter()))
        assert text.startswith(
            "Example GmbH Musterstraße 1 10115 Berlin Harbour & Sons Ltd Ms Weber Statement of account"
        )
        assert "As of 15 June 2026" in text
        assert "2026-0000 4 May 2026 3 Jun 2026 12 days overdue €1,000.00 – €1,000.00" in text
        assert "2026-0001 4 May 2026 3 Jun 2026 12 days overdue €1,001.00 €100.00 €901.00" in text
        assert "G-2026-009 3 Jun 2026 – credit -€90.00 – -€90.00" in text
        assert "Total open €1,811.00" in text
        assert "Total open US$1,000.00" in text
        assert "SD-7K3F9Q Page 1 / 1" in text

    def test_repeats_its_head_on_each_of_many_pages(self) -> None:
        found = pages(stated(matter(count=70)))
        assert len(found) > 2
        assert all("Invoice Issued Due Amount Paid Open" in page for page in found)
        assert found[-1].endswith(f"Page {len(found)} / {len(found)}")

    def test_is_an_act_of_reconciliation_in_russian(self) -> None:
        about = matter("ru", customer="ООО «Гавань»")
        lines = about.account["EUR"]
        paid = replace(lines[1], last_payment=Payment(samples.TODAY, Decimal(100)))
        (text,) = pages(stated(replace(about, account={"EUR": (lines[0], paid, lines[2])})))
        assert "Акт сверки взаимных расчётов по состоянию на 15 июня 2026 года" in text
        assert "между Example GmbH и ООО «Гавань»" in text
        assert "По данным Example GmbH, EUR По данным ООО «Гавань», EUR" in text
        assert text.count("Сальдо начальное") == text.count("Сальдо конечное") == 2
        assert "15.06.2026 Оплата счёта № 2026-0001 100,00 €" in text
        assert "Обороты за период 2 001,00 € 190,00 €" in text
        assert (
            "задолженность в пользу Example GmbH составляет 1 811,00 € (Одна тысяча восемьсот одиннадцать евро"
            in text
        )
        assert "От Example GmbH От ООО «Гавань»" in text

    @pytest.mark.parametrize(
        ("balance", "words"),
        [("-90.00", "задолженность в пользу ООО составляет 90,00 €."), ("0", "задолженности нет.")],
    )
    def test_says_who_owes_whom(self, balance: str, words: str) -> None:
        about = matter("ru", customer="ООО")
        line = replace(about.account["EUR"][-1], amount=Decimal(balance))
        (text,) = pages(stated(replace(about, account={"EUR": (line,)})))
        assert f"на 15 июня 2026 года {words}" in text

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_has_words_in_every_language(self, language: str) -> None:
        made = stated(matter(language))
        assert len(pages(made)) == 1
        assert made.name.endswith(" 2026-06-15.pdf")

    def test_what_stands_in_a_cell_is_no_markup(self) -> None:
        about = matter(customer=HOSTILE, contact=HOSTILE)
        lines = tuple(replace(line, number=HOSTILE, description=HOSTILE) for line in about.account["EUR"])
        for language in ("en", "ru"):
            text = "".join(pages(stated(replace(about, language=language, account={"EUR": lines}))))
            assert HOSTILE.replace(" ", "") in text.replace(" ", "")

    def test_the_same_data_give_the_same_bytes(self) -> None:
        assert bytes(stated(matter()).data) == bytes(stated(matter()).data)


class TestLetter:
    def test_is_the_letter_with_sender_addressee_date_and_a_line_to_sign_on(self) -> None:
        text = " ".join(pages(on_paper(matter("de"))))
        assert "Example GmbH · Musterstraße 1 · 10115 Berlin" in text
        assert "Hafen & Söhne GmbH Frau Weber" in text
        assert "Datum: 15. Juni 2026 Unser Zeichen: SD-7K3F9Q" in text
        assert "Letzte Mahnung: 1.510,00 € offen" in text
        assert "2026-0121" in text
        assert "Anna Berg" in text
        assert "Unterschrift" in text

    def test_says_how_to_pay_line_by_line(self) -> None:
        text = " ".join(pages(on_paper(matter("de"))))
        assert "IBAN DE02 1203 0000 0000 2020 51" in text

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_there_in_every_language(self, language: str) -> None:
        assert "2026-0117" in " ".join(pages(on_paper(matter(language))))

    def test_what_stands_in_a_cell_is_no_markup(self) -> None:
        text = " ".join(pages(on_paper(matter(customer=HOSTILE, contact=HOSTILE))))
        assert HOSTILE.replace(" ", "") in text.replace(" ", "")


class TestLayouts:
    def test_every_language_has_all_words(self) -> None:
        said = {
            path.parent.name: tomllib.loads(path.read_text(encoding="utf-8"))
            for path in builtin().glob("*/paper.toml")
        }
        assert set(said) == {*LANGUAGES}
        assert all(said["en"].keys() <= words.keys() for words in said.values())

    def test_a_language_without_words_gets_the_english_ones(self) -> None:
        assert stated(matter("nl")).name == "Statement of account 2026-06-15.pdf"

    def test_a_teams_own_comes_first(self, tmp_path: Path) -> None:
        (tmp_path / "statement.typ").write_text("#json(bytes(sys.inputs.data)).words.title", encoding="utf-8")
        (tmp_path / "en").mkdir()
        (tmp_path / "en" / "paper.toml").write_text('title = "Our account"', encoding="utf-8")
        made = typeset(Templates(tmp_path), "en", "statement", {})
        assert pages(Attachment("", "", made)) == ["Our account"]

    def test_knows_no_day_but_the_one_that_it_is_given(self, tmp_path: Path) -> None:
        (tmp_path / "statement.typ").write_text("#datetime.today().display()", encoding="utf-8")
        made = typeset(Templates(tmp_path), "en", "statement", {})
        assert pages(Attachment("", "", made)) == ["1970-01-01"]

    @pytest.mark.parametrize(
        ("source", "words"),
        [
            ('#import "@preview/cetz:0.4.0"', "nothing is fetched"),
            ('#read("/etc/hostname")', "statement.typ"),
            ('#read("../secret.txt")', "statement.typ"),
            ("#let x = (", "statement.typ"),
        ],
    )
    def test_reaches_nothing_and_tells_its_mistakes(self, tmp_path: Path, source: str, words: str) -> None:
        (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
        own = tmp_path / "templates"
        own.mkdir()
        (own / "statement.typ").write_text(source, encoding="utf-8")
        with pytest.raises(TemplateMistake, match=words):
            typeset(Templates(own), "en", "statement", {})

    def test_words_that_are_no_toml_are_told(self, tmp_path: Path) -> None:
        (tmp_path / "en").mkdir()
        (tmp_path / "en" / "paper.toml").write_text("title = ", encoding="utf-8")
        with pytest.raises(TemplateMistake, match=r"paper\.toml"):
            typeset(Templates(tmp_path), "en", "statement", {})
