"""The frame that the web pages of reports share."""

import re

import pytest
from markupsafe import Markup

from sheetsdun.errors import UsageError
from sheetsdun.report import page

HOSTILE = '</style></title><script>alert(1)</script><img src=x onerror="alert(1)">'


def test_text_is_harmless_wherever_it_lands():
    html = page.page(
        HOSTILE,
        [
            page.tiles([(HOSTILE, HOSTILE)]),
            page.section(HOSTILE, page.card(HOSTILE), page.notes([HOSTILE]), note=HOSTILE),
            page.table([HOSTILE], [[HOSTILE], [page.lines([HOSTILE])]], numbers=[0]),
            page.legend([(1, HOSTILE)]),
            HOSTILE,
        ],
        lead=HOSTILE,
        foot=HOSTILE,
    )
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("</style>") == 1
    assert html.count("&lt;script&gt;") == 15


def test_nothing_is_fetched_and_no_script_may_run():
    html = page.page("Aging", [page.section("By debtor", Markup("<b>1</b>"))], style=".mine { top: 0; }")
    assert "default-src 'none'" in html
    assert not re.search(r"(?:src|href)\s*=|@import|url\(", html)
    assert ".mine { top: 0; }" in html
    assert "<b>1</b>" in html


def test_figures_stand_on_the_right():
    told = page.table(["Debtor", "Open"], [["Weber KG", "100.00"]], numbers=[1])
    assert '<th class="number">Open</th>' in told
    assert "<td>Weber KG</td>" in told


def test_the_last_tone_is_for_all_that_is_sterner():
    assert page.tone(99) == page.tone(page.TONES)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match="cannot be written"):
        page.save("", tmp_path / "nowhere" / "page.html")
