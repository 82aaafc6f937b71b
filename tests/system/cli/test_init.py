"""``init``: what is read, proposed, written and said."""

import pytest

from sheetsdun.config import load

SHEETS = {
    "en": (
        "en_US",
        {
            "Notes": [["hello"]],
            "Sales": [["Invoice no.", "Client", "E-mail", "Amount (EUR)", "Due date", "Colour"]],
        },
        ("Sales", 1, "Invoice no.", "EUR", "Reminder status"),
    ),
    "ru": (
        "en_US",
        {
            "Счета": [
                ["ООО Ромашка"],
                [],
                ["№ счёта", "Контрагент", "Почта", "Сумма, руб.", "Срок оплаты", "Оплачено"],
            ]
        },
        ("Счета", 3, "№ счёта", "RUB", "Статус напоминания"),
    ),
    "de": (
        "de_CH",
        {"Posten": [["Rechnungsnr.", "Kunde", "E-Mail", "Betrag", "Fällig am", "Bezahlt"]]},
        ("Posten", 1, "Rechnungsnr.", "CHF", "Erinnerungsstatus"),
    ),
}


@pytest.mark.parametrize("language", SHEETS)
def test_headers_are_read_and_columns_proposed(desk, language):
    locale, tabs, (tab, row, invoice, currency, status) = SHEETS[language]
    spreadsheet = desk.google.spreadsheet(tabs, locale)
    desk.hand_out()
    told = desk.run(
        "init", "--sheet", f"https://docs.google.com/spreadsheets/d/{spreadsheet}/edit#gid=0",
        "--mailbox", "ar@example.com", "--endpoint", desk.google.sandbox.endpoint,
    )  # fmt: skip
    config = load(desk.config.read_text())
    assert told.exit_code == 0
    assert config.sheet.spreadsheet_id == spreadsheet
    assert (config.sheet.invoices, config.sheet.header_row) == (tab, row)
    assert config.columns.headers["invoice"] == invoice
    assert config.columns.headers["reminder_status"] == status
    assert (config.defaults.currency, config.defaults.language, config.defaults.ui_language) == (
        currency, language, language,
    )  # fmt: skip
    assert f"“{tab}”, with their headers in row {row}" in told.output
    assert f"invoice   {invoice}" in told.output
    assert "sheetsdun setup" in told.output


def test_the_tab_with_the_most_of_an_invoice_is_taken(desk):
    payments = [["Invoice", "Amount", "Date"]]
    bills = [["Bills of 2026", "Total"], ["Invoice", "Customer", "Email", "Amount", "Due"]]
    spreadsheet = desk.google.spreadsheet({"Payments": payments, "Bills": bills, "More payments": payments})
    desk.hand_out()
    assert "in the tab “Bills”, with their headers in row 2" in init(desk, spreadsheet).output


def test_what_was_not_found_is_said(desk):
    spreadsheet = desk.google.spreadsheet({"Invoices": [["Invoice", "Customer", "Amount", "Colour"]]})
    desk.hand_out()
    told = init(desk, spreadsheet).output
    assert "email     (not found)" in told
    assert "Not used: Colour." in told
    assert "No column says what is paid" in told
    assert "name under [columns] the headers for email, due" in told


def test_an_empty_tab_is_given_columns_later(desk):
    told = init(desk, desk.google.spreadsheet({"Sheet1": []})).output
    assert "could not be read" in told  # there are no credentials yet
    desk.hand_out()
    assert "“Sheet1” is empty: setup gives it the columns" in desk.run("init").output
    assert load(desk.config.read_text()).sheet.invoices == "Sheet1"


def test_without_credentials_a_good_file_is_written_and_init_can_run_again(desk):
    spreadsheet = desk.google.spreadsheet({"Rechnungen": SHEETS["de"][1]["Posten"]}, "de_DE")
    told = init(desk, spreadsheet)
    assert told.exit_code == 0
    assert "There is no credentials.json" in told.output
    assert "sheetsdun init: run it again" in told.output
    assert load(desk.config.read_text()).google.mailbox == "ar@example.com"

    desk.hand_out()
    assert desk.run("init").exit_code == 0  # all that was told before stands in the file
    assert load(desk.config.read_text()).columns.headers["due"] == "Fällig am"


def test_a_sheet_that_is_not_shared_names_whom_to_share_it_with(desk):
    desk.google.fault(path="^/v4/", status=403, times=5)
    desk.hand_out()
    told = init(desk, "x" * 44)
    assert told.exit_code == 0
    assert "Share the spreadsheet with robot@sandbox.iam.gserviceaccount.com as an editor" in told.output


def test_a_file_that_somebody_has_worked_on_is_left_alone(desk):
    init(desk, "x" * 44)
    worked_on = desk.config.read_text().replace("climb", "# mine\nclimb")
    desk.config.write_text(worked_on)
    told = desk.run("init", "--sheet", "y" * 44)
    assert told.exit_code == 2
    assert "--force" in told.output
    assert desk.config.read_text() == worked_on

    assert desk.run("init", "--sheet", "y" * 44, "--force").exit_code == 0
    assert load(desk.config.read_text()).sheet.spreadsheet_id == "y" * 44


def test_a_broken_file_is_left_alone_too(desk):
    desk.config.write_text("[google\n")
    assert init(desk, "x" * 44).exit_code == 2
    assert desk.config.read_text() == "[google\n"


def test_nobody_is_asked_where_nobody_is(desk):
    told = desk.run("init")
    assert told.exit_code == 2
    assert "--sheet URL and --mailbox ADDRESS are needed" in told.output
    assert not desk.config.exists()


@pytest.mark.usefixtures("attended")
def test_a_person_is_asked_until_the_answer_is_one(desk):
    answers = ["http://example.com/other", "x" * 44, "nobody", "ar@example.com"]
    told = desk.run("init", input="\n".join(answers) + "\n")
    assert told.exit_code == 0
    assert "“http://example.com/other” is no address of a spreadsheet" in told.output
    assert "“nobody” is no e-mail address" in told.output
    config = load(desk.config.read_text())
    assert (config.sheet.id, config.google.mailbox) == ("x" * 44, "ar@example.com")


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--sheet", "https://example.com/x", "is no address of a spreadsheet"),
        ("--sheet", "a b", "is no id of a spreadsheet"),
        ("--mailbox", "nobody", "is no e-mail address"),
        ("--endpoint", "http://example.com", "must be an https address"),
    ],
)
def test_what_is_no_such_thing_is_refused(desk, option, value, words):
    given = {"--sheet": "x" * 44, "--mailbox": "ar@example.com"} | {option: value}
    told = desk.run("init", *(part for pair in given.items() for part in pair))
    assert told.exit_code == 2
    assert f"{option}: “{value}” {words}" in told.output
    assert not desk.config.exists()


def test_credentials_are_named_as_the_config_sees_them(desk):
    (desk.folder / "sub").mkdir()
    desk.hand_out()
    init(desk, "x" * 44, "--config", "sub/my.toml", "--credentials", "credentials.json")
    config = load((desk.folder / "sub/my.toml").read_text())
    assert config.google.credentials == "../credentials.json"


def test_a_folder_that_is_not_there_is_said(desk):
    told = init(desk, "x" * 44, "--config", "nowhere/my.toml")
    assert told.exit_code == 2
    assert "nowhere/my.toml cannot be written (No such file or directory)" in told.output


def init(desk, spreadsheet, *more):
    where = desk.google.sandbox.endpoint
    return desk.run("init", "--sheet", spreadsheet, "--mailbox", "ar@example.com", "--endpoint", where, *more)


def test_the_letters_of_the_language_are_copied(desk):
    spreadsheet = desk.google.spreadsheet(
        {"Rechnungen": [["Rechnungsnr.", "Kunde", "E-Mail", "Betrag", "Fällig am"]]}, "de_DE"
    )
    desk.hand_out()
    told = init(desk, spreadsheet)
    own = desk.folder / "templates"
    assert {path.name for path in own.iterdir()} == {"de"}
    assert (own / "de" / "firm.md").read_text().startswith("Subject:")
    assert "the words of your letters (files: " in told.output
    (own / "de" / "firm.md").write_text("ours")
    (own / "de" / "_closing.md").unlink()
    assert "the words of your letters (files: 1)" in desk.run("init", "--force").output
    assert (own / "de" / "firm.md").read_text() == "ours"


@pytest.mark.parametrize(
    ("asked", "found"), [("en,ru", {"en", "ru"}), ("all", {"de", "en", "es", "fr", "ru"}), ("none", set())]
)
def test_letters_of_other_languages(desk, asked, found):
    init(desk, "1AbC", "--templates", asked)
    own = desk.folder / "templates"
    assert {path.name for path in own.iterdir()} == found if own.exists() else not found


def test_letters_that_there_are_not(desk):
    told = init(desk, "1AbC", "--templates", "en,tlh")
    assert told.exit_code == 2
    assert "There are no letters in “tlh” to copy." in told.output
    assert not desk.config.exists()
