from __future__ import annotations

from sheetsdun.config import load, render
from sheetsdun.config.example import quoted


def test_what_init_writes_loads_again():
    text = render(
        "https://docs.google.com/spreadsheets/d/1AbC/edit",
        "ar@example.com",
        {"paid": 'Bezahlt "netto"', "customer": "Customer", "contact": "С\\о\nбака\u202e"},
        credentials="C:\\keys\\robot.json",
        invoices="Счета",
        header_row=2,
        currency="RUB",
        language="ru",
        ui_language="ru",
        sender="ООО «Ромашка»",
        endpoints={
            "sheets": "http://127.0.0.1:1",
            "gmail": "http://127.0.0.1:1",
            "drive": "http://127.0.0.1:1",
        },
    )
    config = load(text)
    assert (config.sheet.spreadsheet_id, config.sheet.invoices, config.sheet.header_row) == (
        "1AbC",
        "Счета",
        2,
    )
    assert config.google.credentials == "C:\\keys\\robot.json"
    assert config.google.endpoints.drive == "http://127.0.0.1:1"
    assert config.columns.named == {"paid", "contact"}
    assert config.columns.headers["paid"] == 'Bezahlt "netto"'
    assert config.columns.headers["contact"] == "С\\о\nбака\u202e"
    assert (config.defaults.currency, config.defaults.ui_language, config.sender.name) == (
        "RUB",
        "ru",
        "ООО «Ромашка»",
    )
    assert [(level.name, level.offset, level.delivery) for level in config.policies["standard"].levels] == [
        ("courtesy", -3, "draft"), ("friendly", 3, "draft"), ("reminder", 10, "draft"), ("firm", 20, "draft"), ("final", 30, "draft"),
    ]  # fmt: skip


def test_the_least_that_init_can_know():
    config = load(render("1AbC", "ar@example.com"))
    assert (config.sheet.id, config.columns.named) == ("1AbC", frozenset())


def test_the_file_reads_well():
    text = render("1AbC", "ar@example.com", {"paid": "Bezahlt"})
    assert text.startswith("# Settings of sheetsdun.")
    assert '\n[columns]  # what each is called in your sheet\npaid = "Bezahlt"\n' in text
    assert "\n\n\n" not in text


def test_quoting():
    assert quoted('a"b\\c\x00') == '"a\\"b\\\\c\\U00000000"'
