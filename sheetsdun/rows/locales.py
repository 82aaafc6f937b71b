"""How a spreadsheet of some locale writes numbers and dates (as Unicode's CLDR has it)."""

from __future__ import annotations

from dataclasses import dataclass

_POINT = frozenset({
    "en", "zh", "ja", "ko", "th", "he", "iw", "hi", "bn", "ta", "te", "mr", "gu", "ms", "fil", "tl", "sw", "cy", "ga",
    "ur", "si", "my", "ne", "pa", "kn", "ml", "yo", "am", "mt",
})  # fmt: skip
_POINT_REGIONS = frozenset({"CH", "LI", "MX", "PR", "GT", "HN", "NI", "PA", "PE", "SV", "DO", "US"})
_COMMA_EXCEPTIONS = frozenset({"en_ZA", "fr_CH"})

_YEAR_FIRST = frozenset({"zh", "ja", "ko", "sv", "hu", "lt", "mn", "eu", "si", "ne"})
_YEAR_FIRST_LOCALES = frozenset({"en_CA", "en_ZA", "fr_CA"})
_MONTH_FIRST = frozenset({"en_US", "es_US", "es_PR", "en_PH", "fil_PH", "tl_PH", "en"})


@dataclass(frozen=True, slots=True)
class Notation:
    """How numbers and dates are written.

    Attributes:
        decimal: ``.`` or ``,``; the other one groups thousands.
        order: ``dmy``, ``mdy`` or ``ymd``: of a date written with ``/`` or ``-``.
    """

    decimal: str = "."
    order: str = "mdy"

    @classmethod
    def of(cls, locale: str) -> Notation:
        """The notation of a spreadsheet's locale, such as ``de_DE``, ``en`` or ``en-GB``."""
        language, _, rest = locale.replace("-", "_").partition("_")
        language = language.lower()
        region = rest.rpartition("_")[2].upper()
        name = f"{language}_{region}" if region else language
        point = (language in _POINT or region in _POINT_REGIONS) and name not in _COMMA_EXCEPTIONS
        if language in _YEAR_FIRST or name in _YEAR_FIRST_LOCALES:
            order = "ymd"
        else:
            order = "mdy" if name in _MONTH_FIRST else "dmy"
        return cls("." if point else ",", order)
