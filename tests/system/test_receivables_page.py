"""The page of receivables in a real browser: at desktop and phone width, light and dark, and with its charts drawn."""

from __future__ import annotations

import shutil

import pytest
from office import office
from playwright.sync_api import sync_playwright

from sheetsdun.report import page
from sheetsdun.report.receivables_page import receivables_page
from sheetsdun.rows.words import Words
from sheetsdun.sync.receivables import take_stock

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium (or google-chrome) on PATH")


def test_it_can_be_read_everywhere(tmp_path):
    shop = office()
    for number in range(9):
        name = "Donaudampfschifffahrtsgesellschaftskapitän" if number else '<img src=x onerror="top.x=1">'
        shop.add(
            f"INV-{number}",
            due=-14 * number,
            customer=name,
            email=f"c{number}@example.com",
            amount="$1234567.5" if number % 3 else 250,
            escalation="auto",
        )
    shop.sync()
    file = tmp_path / "report.html"
    page.save(receivables_page(take_stock(shop.desk), Words("en", shop.today)), file)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        seen = []
        for scheme in ("light", "dark"):
            view = browser.new_page(color_scheme=scheme)
            said: list[str] = []
            view.on("console", lambda message, said=said: said.append(message.text))
            view.on("request", lambda request, said=said: said.append(request.url))
            view.goto(file.as_uri())
            for width in (1200, 390):
                view.set_viewport_size({"width": width, "height": 800})
                assert view.evaluate("document.documentElement.scrollWidth <= innerWidth"), (scheme, width)
                # Each bar is as wide as its chart, and each part of it is painted.
                wide = view.evaluate(
                    """[...document.querySelectorAll("svg[aria-label$='past due']")].map(svg => {
                        const parts = [...svg.querySelectorAll("rect")].map(rect => rect.getBoundingClientRect().width);
                        return parts.reduce((sum, part) => sum + part, 0) / svg.getBoundingClientRect().width;
                    })"""
                )
                assert len(wide) == 2
                assert all(abs(each - 1) < 0.02 for each in wide), (scheme, width, wide)
            paints = view.evaluate(
                "[...document.querySelectorAll('rect')].map(r => getComputedStyle(r).fill)"
            )
            assert "none" not in paints
            assert len(set(paints)) > 3
            assert view.evaluate("top.x") is None
            assert said == [file.as_uri()]
            # On paper nothing can be scrolled: an A4 page lying on its side has a good 1,000 pixels.
            view.emulate_media(media="print", color_scheme=scheme)
            view.set_viewport_size({"width": 1030, "height": 700})
            assert view.evaluate(
                "[...document.querySelectorAll('.scroll')].every(each => each.scrollWidth <= each.clientWidth)"
            )
            view.emulate_media(media="screen", color_scheme=scheme)
            seen.append((view.evaluate("getComputedStyle(document.body).backgroundColor"), paints))
        browser.close()
    assert seen[0][0] != seen[1][0]
    assert seen[0][1] != seen[1][1]
