import pytest

from sheetsdun.letters.markdown import LinkFromCell, Markdown, mark, render


def shown(source, *values, styles=None):
    return render(source, values, styles or {})


@pytest.mark.parametrize(
    "value",
    [
        "# x",
        "- x",
        "1. x",
        "    x",
        "[x](http://e)",
        "<b>x</b>",
        "*x*",
        "`x`",
        "> x",
        "a | b",
        "http://e",
        "&amp;",
        "\\",
    ],
)
def test_a_value_is_never_markdown(value):
    page, text = shown(f"{mark(0)}\n\n| a | b |\n|--|--|\n| {mark(0)} | c |", value)
    assert text.startswith(value.strip())
    assert page.count("<td>") == 2
    assert not any(tag in page for tag in ("<h1", "<li", "<a", "<b>", "<em", "<code", "<pre", "<blockquote"))


def test_an_authors_markdown_works_around_values():
    page, text = shown(f"Pay **{mark(0)}** at [the desk](https://pay.example/{mark(1)}).", "€1", "a/b?c=&d")
    assert "<strong>€1</strong>" in page
    assert 'href="https://pay.example/a%2Fb%3Fc%3D%26d"' in page
    assert text == "Pay €1 at the desk <https://pay.example/a%2Fb%3Fc%3D%26d>."


def test_a_value_may_be_a_mail_address_in_a_link():
    page, text = shown(f"[write]({'mailto:' + mark(0)})", "a@b.example?bcc=c@d.example")
    assert 'href="mailto:a@b.example%3Fbcc%3Dc@d.example"' in page
    assert text == "write <a@b.example%3Fbcc%3Dc@d.example>"


@pytest.mark.parametrize(
    "link", [f"https://{mark(0)}/x", f"{mark(0)}", f"https://pay.example{mark(0)}", f"javascript:{mark(0)}"]
)
def test_a_value_cannot_choose_where_a_link_leads(link):
    with pytest.raises(LinkFromCell):
        shown(f"[x]({link})", "evil.example")


def test_html_is_no_markdown_here():
    page, _ = shown("<script>x</script> <b>y</b>\n\n<div>z</div>")
    assert "<script" not in page
    assert "<div" not in page


def test_pictures_are_not_fetched():
    assert "<img" not in shown("![x](https://tracker.example/x.png)")[0]


def test_plain_text():
    _, text = shown(
        "# Title\n\nTwo\nlines, **bold**  \nand a break.\n\n- one\n- two\n  more\n\n3. three\n4. four\n\n"
        "> quoted\n\n---\n\n[mail](mailto:a@b.example) <https://e.example/>\n\n```\ncode\n```"
    )
    assert text == (
        "Title\n\nTwo lines, bold\nand a break.\n\n- one\n- two more\n\n3. three\n4. four\n\n"
        "    quoted\n\n———\n\nmail <a@b.example> https://e.example/\n\ncode"
    )


def test_a_table_is_aligned_while_it_fits():
    source = f"| a | b |\n|:--|--:|\n| {mark(0)} | 1 |\n| x | 200 |"
    assert shown(source, "long")[1] == "a       b\n---------\nlong    1\nx     200"
    assert shown(source, "w" * 90)[1] == f"{'w' * 90}\n    b: 1\nx\n    b: 200"


def test_styles_are_written_into_the_elements():
    styles = {"p": "margin:0;", "td": "a:b", "td:first-child": "c:d", "blockquote p": "e:f"}
    page, _ = shown("x\n\n> q\n\n| a | b |\n|:--|--:|\n| 1 | 2 |", styles=styles)
    assert '<p style="margin:0">x' in page
    assert '<p style="e:f">q' in page
    assert '<td style="c:d;text-align:left" align="left">1' in page
    assert '<td style="a:b;text-align:right" align="right">2' in page


def test_text_from_the_config_keeps_its_lines():
    page, text = shown(Markdown.of("Bank\nIBAN 1\n\n**thanks**\n").quoted.source)
    assert text == "    Bank\n    IBAN 1\n\n    thanks".replace("\n\n    ", "\n    \n    ")
    assert "<strong>thanks</strong>" in page
