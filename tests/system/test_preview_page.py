"""The pages of previews in a real browser: letters in frames, light and dark, with names as cells can hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from office import office
from playwright.sync_api import sync_playwright

from sheetsdun.cli.specimens import specimens
from sheetsdun.letters import Templates, samples
from sheetsdun.report.previewed import write, write_all
from sheetsdun.rows.words import Words
from sheetsdun.sync.preview import Previews

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium (or google-chrome) on PATH")

HOSTILE = '"></iframe><img src=x onerror="top.x=1"><script>top.x=1</script>'


def test_they_can_be_read_everywhere(tmp_path: Path) -> None:
    shop = office()
    shop.add("INV-1", due=-4, customer=HOSTILE, email="ap@weber.example")
    one = write(Previews(shop.desk, "INV-1").one(), Words("en", shop.today), tmp_path / "one")
    many = write_all(specimens(Templates(), samples.SENDER), "All", "", tmp_path / "many")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for scheme in ("light", "dark"):
            view = browser.new_page(color_scheme=scheme)
            said: list[str] = []
            view.on("console", lambda message, said=said: said.append(message.text))
            view.on(
                "request",
                lambda request, said=said: said.append(request.url) if request.url[:5] != "data:" else None,
            )
            for file in (many, one):
                view.goto(file.as_uri())
                for width in (1200, 390):
                    view.set_viewport_size({"width": width, "height": 800})
                    assert view.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                        scheme,
                        width,
                    )
            assert view.evaluate("window.x") is None
            assert [each for each in said if each != "about:srcdoc"] == [many.as_uri(), one.as_uri()]
            grounds = []
            for frame in view.query_selector_all("iframe"):
                inner = frame.content_frame()
                assert inner is not None
                assert inner.locator("body").inner_text().startswith("Accounts")
                grounds.append(inner.evaluate("getComputedStyle(document.body).backgroundColor"))
                room = inner.evaluate("document.documentElement.scrollHeight / innerHeight")
                assert 0.5 < room <= 1.1
            assert grounds[0] == grounds[1] != grounds[2] == grounds[3]
        browser.close()
