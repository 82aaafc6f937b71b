"""The words that people write into cells, in English, Russian and German, compared without regard to case."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsdun.domain.invoice import Action

HOLD = frozenset(
    {"hold", "on hold", "pause", "paused", "пауза", "на паузе", "удержать", "halten", "pausieren", "pausiert"}
)
STOP = frozenset({"stop", "stopped", "стоп", "остановить", "stopp", "stoppen", "gestoppt"})

YES = frozenset({"true", "yes", "истина", "да", "wahr", "ja", "✓", "✔", "☑", "✅"})
NO = frozenset({"false", "no", "ложь", "нет", "falsch", "nein", "☐"})

TOTAL = frozenset({
    "total", "totals", "sum", "grand total", "subtotal", "итого", "всего", "сумма", "summe", "gesamt", "gesamtsumme",
    "zwischensumme",
})  # fmt: skip
"""What stands where a number should be in the row of a total."""

_ACTIONS: Mapping[str, Mapping[Action, tuple[str, ...]]] = {
    "en": {
        Action.SEND: ("send",),
        Action.REDO: ("redo",),
        Action.SKIP: ("skip",),
        Action.CLEAR: ("clear",),
        Action.DONE: ("done",),
    },
    "ru": {
        Action.SEND: ("отправить",),
        Action.REDO: ("заново", "переделать"),
        Action.SKIP: ("пропустить",),
        Action.CLEAR: ("снять", "разобрано"),
        Action.DONE: ("готово", "сделано"),
    },
    "de": {
        Action.SEND: ("senden",),
        Action.REDO: ("neu", "wiederholen"),
        Action.SKIP: ("überspringen",),
        Action.CLEAR: ("erledigt",),
        Action.DONE: ("getan", "gemacht"),
    },
}

ACTIONS = {
    word: action for words in _ACTIONS.values() for action, several in words.items() for word in several
}
"""Every word of every language: people of one team need not speak the same."""

LANGUAGES = {
    "english": "en",
    "английский": "en",
    "englisch": "en",
    "eng": "en",
    "russian": "ru",
    "русский": "ru",
    "russisch": "ru",
    "рус": "ru",
    "german": "de",
    "немецкий": "de",
    "deutsch": "de",
    "french": "fr",
    "французский": "fr",
    "französisch": "fr",
    "français": "fr",
    "spanish": "es",
    "испанский": "es",
    "spanisch": "es",
    "español": "es",
}
"""Names of languages; a code such as ``en`` or ``de-AT`` stands for itself."""


def offered(language: str) -> tuple[str, ...]:
    """The words that a dropdown of the Action column offers, in the order of ``Action``."""
    return tuple(words[0] for words in _ACTIONS[language].values())
