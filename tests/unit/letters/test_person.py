import pytest

from sheetsdun.letters.person import person


@pytest.mark.parametrize(
    ("contact", "name", "sex"),
    [
        ("Иванов Иван Петрович", "Иван Петрович", "m"),
        ("Мария Петровна", "Мария Петровна", "f"),
        ("Мария Петровна Иванова", "Мария Петровна", "f"),
        ("Пётр Ильич Чайковский", "Пётр Ильич", "m"),
        ("Лука Лукич", "Лука Лукич", "m"),
        ("Анна Ильинична", "Анна Ильинична", "f"),
        ("Абрамович Роман Аркадьевич", "Роман Аркадьевич", "m"),
        ("Роман Аркадьевич Абрамович", "Роман Аркадьевич", "m"),
        ("Мария Петровна Абрамович", "Мария Петровна", "f"),
        ("г-жа Петрова", "Петрова", "f"),
        # Nothing is guessed:
        ("Анна Мицкевич", "Анна Мицкевич", ""),
        ("Любовь Шевич", "Любовь Шевич", ""),
        ("Мария", "Мария", ""),
        ("Петровна", "Петровна", ""),
        ("Иванов И. П.", "Иванов И. П.", ""),
        ("И. Петрович", "И. Петрович", ""),
        ("Бухгалтерия", "Бухгалтерия", ""),
        ("", "", ""),
    ],
)
def test_russian_names(contact, name, sex):
    known = person(contact, "ru")
    assert (known.name, known.sex) == (name, sex)
    assert bool(known) == bool(contact)


@pytest.mark.parametrize(
    ("contact", "language", "name", "sex"),
    [
        ("Frau Dr. Weber", "de", "Dr. Weber", "f"),
        ("Herrn Weber", "de-AT", "Weber", "m"),
        ("Ms Weber", "de", "Weber", "f"),
        ("Mme Dupont", "fr", "Dupont", "f"),
        ("M. Dupont", "fr-CH", "Dupont", "m"),
        ("M. Dupont", "en", "M. Dupont", ""),
        ("Sra. García", "es", "García", "f"),
        ("Hilde Weber", "de", "Hilde Weber", ""),
        ("Frau", "de", "Frau", ""),
        ("Мария Петровна", "de", "Мария Петровна", ""),
    ],
)
def test_titles(contact, language, name, sex):
    known = person(contact, language)
    assert (known.name, known.sex) == (name, sex)
    assert known.titled == (bool(sex))


@pytest.mark.parametrize(
    ("contact", "salutation"),
    [
        ("Уважаемая Мария Петровна!", "Уважаемая Мария Петровна"),
        ("Liebe Anna,", "Liebe Anna"),
        ("Sehr geehrter Herr Weber", "Sehr geehrter Herr Weber"),
        ("Dear all:", "Dear all"),
    ],
)
def test_a_salutation_of_its_own_is_kept(contact, salutation):
    assert person(contact, "en").salutation == salutation


@pytest.mark.parametrize("contact", ["Liebermann", "Hiroshi Tanaka", "Dearborn Ann", "Holanda Pérez"])
def test_a_name_is_no_salutation(contact):
    assert person(contact, "en").name == contact


GREETINGS = {
    ("ru", "Иванова Мария Петровна"): "Уважаемая Мария Петровна!",
    ("ru", "Мария"): "Здравствуйте, Мария!",
    ("ru", "г-н Петров"): "Уважаемый господин Петров!",
    ("ru", ""): "Здравствуйте!",
    ("de", "Frau Weber"): "Sehr geehrte Frau Weber,",
    ("de", "Herr Dr. Weber"): "Sehr geehrter Herr Dr. Weber,",
    ("de", "Hilde Weber"): "Guten Tag Hilde Weber,",
    ("de", ""): "Guten Tag,",
    ("en", "Ms Weber"): "Dear Ms Weber,",
    ("en", ""): "Hello,",
    ("fr", "M. Dupont"): "Monsieur,",
    ("fr", ""): "Madame, Monsieur,",
    ("es", "Sra. García"): "Estimada Sra. García:",
    ("es", "Ana García"): "Buenos días, Ana García:",
    ("es", "Querida Ana,"): "Querida Ana:",
}


@pytest.mark.parametrize(("language", "contact"), GREETINGS)
def test_greetings(written, language, contact):
    letter = written(language=language, contact=contact)
    assert letter.text.split("\n")[0] == GREETINGS[language, contact]
