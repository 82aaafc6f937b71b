"""The page of a forecast in a real browser: at desktop and phone width, light and dark, with names as cells can hold."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
from office import office
from playwright.sync_api import sync_playwright

from sheetsdun.report import page
from sheetsdun.report.foreseen_page import forecast_page
from sheetsdun.rows.words import Words
from sheetsdun.sync.foresee import foresee

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium (or google-chrome) on PATH")


def test_it_can_be_read_everywhere(tmp_path):
    shop = office()
    for number in range(9):
        name = (
            "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel"
            if number
            else '<img src=x onerror="top.x=1">'
        )
        shop.add(
            f"INV-{number}",
            due=-4 * number,
            customer=name,
            email=f"c{number}@example.com",
            amount="$1234567.5",
        )
    file = tmp_path / "forecast.html"
    page.save(forecast_page(foresee(shop.desk, dt.date(2026, 5, 31)), Words("en", shop.today)), file)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        grounds = []
        for scheme in ("light", "dark"):
            view = browser.new_page(color_scheme=scheme)
            said: list[str] = []
            view.on("console", lambda message, said=said: said.append(message.text))
            view.on("request", lambda request, said=said: said.append(request.url))
            view.goto(file.as_uri())
            for width in (1200, 390):
                view.set_viewport_size({"width": width, "height": 800})
                assert view.evaluate("document.documentElement.scrollWidth <= innerWidth"), (scheme, width)
            first = view.locator("details").first
            first.locator("summary").click()
            assert first.locator("td").first.is_visible()
            assert view.evaluate("top.x") is None
            assert said == [file.as_uri()]
            grounds.append(view.evaluate("getComputedStyle(document.body).backgroundColor"))
        browser.close()
    assert grounds[0] != grounds[1]
