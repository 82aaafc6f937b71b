"""A letter looked at before it is written: which one, its files, and that nothing is changed by it."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes
from pathlib import Path
from urllib.parse import quote

import pytest
from office import STEPS, Office, office

from sheetsdun.domain.policy import Delivery, Level, Policy
from sheetsdun.errors import UsageError
from sheetsdun.letters import Letter, Templates, compose, samples
from sheetsdun.report.mail import Enclosed, lit, taken_apart
from sheetsdun.report.previewed import file_names, what, write
from sheetsdun.rows.words import Words
from sheetsdun.sync.preview import Preview, Previews, Why

HOSTILE = '</iframe><script>top.x=1</script>" onload="top.x=1'


def one(shop: Office, invoice: str = "INV-1", level: str = "", language: str = "") -> Preview:
    return Previews(shop.desk, invoice).one(level, language)


def letter(shown: Preview) -> Letter:
    assert shown.letter is not None
    return shown.letter


def test_what_is_due_is_the_very_letter_that_a_sync_writes() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.add("INV-2", due=-5)
    before = [list(row) for row in shop.rows]
    shown = one(shop, "inv-2")
    assert (shown.why, shown.rung.level.name) == (Why.DUE, "friendly")
    assert (shop.rows, shop.drafts(), shop.history.count) == (before, [], 0)
    shop.sync()
    ((draft, _),) = shop.drafts()
    written = shop.mailbox.all[shop.mailbox.draft_ids[draft]].content
    reference = str(written["X-Sheetsdun-Key"]).split()[0]
    told = written.get_body(("plain",))
    assert told.get_content().replace("\r\n", "\n") == letter(shown).text.replace(letter(shown).id, reference)
    assert written["Subject"] == letter(shown).subject


def test_where_nothing_is_due_the_next_one_is_shown_as_of_its_day() -> None:
    shop = office()
    shop.add("INV-1", due=1)
    shown = one(shop)
    assert (shown.why, shown.rung.level.name, shown.day) == (Why.NEXT, "friendly", dt.date(2026, 3, 6))
    assert "was due on 3 March 2026" in letter(shown).text
    assert what(shown, Words("en", shop.today)) == (
        "Nothing is due today; friendly (2 of 5) comes next, as it would be written on 6 Mar."
    )


def test_days_and_deadline_are_those_of_its_day() -> None:
    levels = [Level(name="firm", offset=20, template="firm", deadline_days=5)]
    shop = office(policies={"standard": Policy("standard", tuple(levels))})
    shop.add("INV-1", due=1)
    shown = one(shop)
    assert shown.day == dt.date(2026, 3, 23)
    assert "overdue for 20 days" in letter(shown).text.replace("\n", " ")
    assert "28 March 2026" in letter(shown).text


def test_what_else_the_debtor_owes_is_shown_once() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.add("INV-2", due=-30, amount=70)
    shop.add("INV-3", due=-30, amount=-5)
    text = letter(one(shop, "INV-1", "final")).text
    assert [text.count(f"INV-{number} ") + text.count(f"INV-{number}\n") for number in (2, 3)] == [1, 1]
    assert "€70.00" in text
    assert "€165.00" in text
    assert "€265.00" not in text


def test_a_draft_that_lies_open_is_shown_as_it_would_be_now_and_left_alone() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    drafts, count = shop.drafts(), shop.history.count
    assert (one(shop).why, one(shop).rung.level.name) == (Why.OPEN, "friendly")
    shop.write("INV-1", "amount", 250)
    shown = one(shop)
    assert "€250.00" in letter(shown).text
    assert (shop.drafts(), shop.history.count) == (drafts, count)


def test_a_level_that_is_asked_for_in_another_language() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shown = one(shop, level="final", language="de")
    assert (shown.why, shown.day) == (Why.ASKED, dt.date(2026, 3, 29))
    assert letter(shown).template == "de/final"
    assert one(shop, level="friendly").why is Why.DUE
    assert one(shop, level="courtesy").day == shop.today


def test_a_follow_up_stands_in_its_thread() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shop.sync()
    ((draft, _),) = shop.drafts()
    shop.mailbox.send_by_hand(draft)
    shop.pass_days(1)
    shop.sync()
    shown = one(shop, level="reminder")
    mail = taken_apart(letter(shown).mime())
    assert mail.header("In-Reply-To")
    assert mail.header("subject") == shop.sent()[0]


def test_a_task_shows_what_a_person_says(tmp_path: Path) -> None:
    levels = (*ladder_of(STEPS[:2]), Level(name="ring", offset=3, template="call", delivery=Delivery.TASK))
    shop = office(policies={"standard": Policy("standard", levels)})
    shop.add("INV-1", due=-4)
    shown = one(shop, level="ring", language="en")
    assert shown.letter is None
    assert "INV-1" in shown.script
    page = write(shown, Words("en", shop.today), tmp_path / "new" / "folder")
    assert "INV-1" in page.read_text(encoding="utf-8")
    assert (page.parent / "script.txt").read_text(encoding="utf-8") == shown.script
    assert {each.language for each in Previews(shop.desk, "INV-1").all() if each.script} > {"de", "ru"}


def ladder_of(steps: tuple[tuple[str, int], ...]) -> list[Level]:
    return [Level(name=name, offset=offset, template=name) for name, offset in steps]


def test_every_level_in_every_language() -> None:
    shop = office()
    shop.add("INV-1", due=-4)
    shown = Previews(shop.desk, "INV-1").all()
    assert len({(each.rung.level.name, each.language) for each in shown}) == len(shown) == 25
    assert all(letter(each).template == f"{each.language}/{each.rung.level.name}" for each in shown)


@pytest.mark.parametrize(
    ("row", "asked", "told"),
    [
        ({"paid": 100}, {}, "No letter is due for “INV-1”, and none will be by itself: "),
        ({"amount": "a lot"}, {}, r"No letter can be written about “INV-1” \(row 2\): "),
        ({"email": ""}, {}, r"No letter can be written about “INV-1” \(row 2\): "),
        ({}, {"level": "fierce"}, "has no level “fierce”. It has courtesy, friendly"),
        ({}, {"language": "it"}, "There are no letters in “it”. There are some in de, en"),
        ({}, {"invoice": "INV-9"}, "There is no invoice “INV-9”"),
    ],
)
def test_what_cannot_be_shown_is_told(row: dict[str, object], asked: dict[str, str], told: str) -> None:
    shop = office()
    shop.add("INV-1", due=-4, **row)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=told):
        one(shop, **asked)


def test_a_paid_invoice_has_letters_still_if_one_asks_for_them() -> None:
    shop = office()
    shop.add("INV-1", due=-4, paid=100)
    assert one(shop, level="firm").why is Why.ASKED


def test_all_its_files(tmp_path: Path) -> None:
    shop = office()
    shop.add("INV-1", due=-4, customer=HOSTILE)
    shown = one(shop)
    page = write(shown, Words("en", shop.today), tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == {
        "headers.txt", "index.html", "letter.eml", "letter.html", "letter.txt",
    }  # fmt: skip
    mail = message_from_bytes((tmp_path / "letter.eml").read_bytes())
    assert mail["To"] == "ap@weber.example"
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert html.count("<iframe") == html.count('<iframe class="mail" sandbox title=') == 4


def test_papers_lie_beside_the_page(tmp_path: Path) -> None:
    level = Level(name="final", offset=3, template="final", letter_pdf=True, statement=True)
    shop = office(policies={"standard": Policy("standard", (level,))})
    shop.add("INV-1", due=-4)
    page = write(one(shop), Words("en", shop.today), tmp_path).read_text(encoding="utf-8")
    files = sorted((tmp_path / "attachments").iterdir())
    assert len(files) == 2
    for file in files:
        assert file.read_bytes().startswith(b"%PDF")
        assert f'href="attachments/{quote(file.name)}"' in page


def test_files_of_attachments_have_names_of_their_own_and_no_path() -> None:
    names = file_names([Enclosed(name, "", b"") for name in ("a.pdf", "a.pdf", "../../x", "..", "con\n")])
    assert names == ["a.pdf", "2-a.pdf", "_.._x", "attachment", "con_"]


def test_light_and_dark_do_not_hang_on_the_readers_machine() -> None:
    css = "@media (prefers-color-scheme: dark) {} @media (Prefers-Color-Scheme:light) {} :root{color-scheme: light dark}"
    assert lit(css, "dark") == (
        "@media (min-width: 0px) {} @media (max-width: 0px) {} :root{color-scheme: dark}"
    )
    assert lit(css, "light") == (
        "@media (max-width: 0px) {} @media (min-width: 0px) {} :root{color-scheme: light}"
    )


def test_a_picture_is_in_the_page_and_long_runs_are_left_out_of_the_source() -> None:
    mail = taken_apart(
        compose(
            samples.one("ru", "firm", overdue=True),
            letter="SD-7K3F9Q",
            spreadsheet="x",
            sender=samples.SENDER,
            templates=Templates(),
            today=samples.TODAY,
        ).mime()
    )
    assert "cid:" not in mail.html
    assert "data:image/png;base64," in mail.html
    assert "more lines of it" in mail.source
    assert len(mail.source) < len(mail.raw) - 500
