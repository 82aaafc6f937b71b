from decimal import Decimal

import pytest

from sheetsdun.letters.inwords import in_words


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("1250.00", "RUB", "Одна тысяча двести пятьдесят рублей 00 копеек"),
        ("0", "RUB", "Ноль рублей 00 копеек"),
        ("0.07", "RUB", "Ноль рублей 07 копеек"),
        ("1.01", "RUB", "Один рубль 01 копейка"),
        ("2.02", "RUB", "Два рубля 02 копейки"),
        ("11.11", "RUB", "Одиннадцать рублей 11 копеек"),
        ("112", "RUB", "Сто двенадцать рублей 00 копеек"),
        ("21.21", "RUB", "Двадцать один рубль 21 копейка"),
        ("1001.05", "RUB", "Одна тысяча один рубль 05 копеек"),
        ("21000", "RUB", "Двадцать одна тысяча рублей 00 копеек"),
        ("2000000.50", "RUB", "Два миллиона рублей 50 копеек"),
        ("1002003", "RUB", "Один миллион две тысячи три рубля 00 копеек"),
        ("1.01", "EUR", "Один евро 01 цент"),
        ("22.22", "USD", "Двадцать два доллара США 22 цента"),
        ("2.05", "UAH", "Две гривны 05 копеек"),
        # num2words lets the gender of a gryvnia go through to the millions.
        ("2000001", "UAH", "Два миллиона одна гривна 00 копеек"),
        ("1000000000000", "UAH", "Один триллион гривен 00 копеек"),
    ],
)
def test_russian_sums(amount, currency, said):
    assert in_words(Decimal(amount), currency, "ru") == said


@pytest.mark.parametrize(
    ("amount", "currency", "language"),
    [
        ("1", "RUB", "de"),
        ("1", "XAU", "ru"),
        ("1.005", "RUB", "ru"),
        ("-1", "RUB", "ru"),
        ("1E+15", "RUB", "ru"),
    ],
)
def test_what_is_not_said_in_words(amount, currency, language):
    assert in_words(Decimal(amount), currency, language) == ""
