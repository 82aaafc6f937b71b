"""`sheetsdun templates` and `preview --all`: without Google, and without a config."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sheetsdun.cli import browser, cli
from sheetsdun.cli.specimens import specimens
from sheetsdun.letters import Templates, samples
from sheetsdun.report import gallery


def run(*words: str) -> Result:
    told = CliRunner().invoke(cli, list(words))
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHEETSDUN_CONFIG", raising=False)
    return tmp_path


def test_listed_copied_and_marked(folder: Path) -> None:
    assert "All are those that come with sheetsdun" in run("templates", "list").output
    assert "Copied 2" in run("templates", "copy", "fr").output
    (folder / "templates" / "fr" / "firm.md").unlink()
    assert run("templates", "copy", "fr").output == "Copied 1 files into templates.\n"
    listed = run("templates", "list").output
    assert "firm*" in listed
    assert "* your own" in listed
    assert run("templates", "copy", "it").exit_code == 2


def test_mistakes_are_told_with_their_places(folder: Path) -> None:
    (folder / "templates" / "it").mkdir(parents=True)
    (folder / "templates" / "it" / "firm.md").write_text(
        "Subject: {{ invoice.number }}\n\n{{ invoice.number }}: entro il {{ deadline }}.\n", encoding="utf-8"
    )
    told = run("templates", "check", "it")
    assert told.exit_code == 2
    assert "it/firm.md:3: “…" in told.output
    assert "entro il .” has a gap" in told.output
    (folder / "templates" / "it" / "firm.md").write_text(
        "Subject: {{ invoice.number }}\n\n{{ invoice.number }}: entro{% if deadline %} il {{ deadline }}{% endif %}.\n",
        encoding="utf-8",
    )
    told = run("templates", "check", "it")
    assert (told.exit_code, told.output[:23]) == (0, "All 1 templates are wel")
    assert run("templates", "check", "pt").exit_code == 2


def test_mistakes_in_a_config_are_told(folder: Path) -> None:
    (folder / "sheetsdun.toml").write_text("nothing = 1\n")
    assert run("templates", "list").exit_code == 2
    assert run("preview", "--all", "--folder", "all").exit_code == 2


def test_a_config_that_is_named_must_be_there() -> None:
    assert run("preview", "--all", "--config", "elsewhere.toml").exit_code == 2


def test_all_letters_without_google(folder: Path) -> None:
    told = run("preview", "--all", "--no-open", "--folder", "all")
    assert told.output.startswith("55 letters and scripts about made-up invoices.\nThe page is ")
    names = {each.name for each in (folder / "all").iterdir()}
    assert {"index.html", "ru-final.html", "ru-final.txt", "de-script-call.txt"} <= names
    assert run("preview").exit_code == 2


def test_a_gallery_where_there_is_no_browser(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    told = run("templates", "gallery", "out", "--language", "en")
    assert "no pictures" in told.output
    assert not list((folder / "out").glob("*.png"))
    assert run("templates", "gallery", "out", "--language", "xx").exit_code == 2


def test_a_gallery_is_pictured(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    monkeypatch.setattr(browser, "find", lambda: "a-browser")
    monkeypatch.setattr(browser, "picture", lambda _, page: taken.append(page) or b"PNG")
    assert "6 pictures lie beside it" in run("templates", "gallery", "out", "--language", "de").output
    assert len(taken) == 7
    shown = (folder / "out" / "gallery.md").read_text(encoding="utf-8")
    assert "](de-firm.png)" in shown
    assert (folder / "out" / "de-firm.png").read_bytes() == b"PNG"


@pytest.mark.skipif(browser.find() is None, reason="no Chromium or Chrome on the PATH")
def test_a_picture_is_as_large_as_its_letters() -> None:
    program = browser.find()
    assert program is not None
    letter = next(each for each in specimens(Templates(), samples.SENDER) if each.mail)
    taken = browser.picture(program, gallery.stage([gallery.four(letter)[:2]], 700))
    width, height = (int.from_bytes(taken[at : at + 4], "big") for at in (16, 20))
    assert taken.startswith(b"\x89PNG")
    assert (1100 < width < 1180, 700 < height < 800) == (True, True)


def test_a_browser_that_does_nothing_is_told() -> None:
    with pytest.raises(browser.NoPicture, match="did not lay out"):
        browser.picture("true", "<p>")
    with pytest.raises(browser.NoPicture, match="did not take a picture"):
        browser.picture("/nowhere/chromium", "<p>")
