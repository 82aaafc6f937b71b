"""ISO 4217 codes and the marks that people write for them."""

from __future__ import annotations

import functools

CODES = frozenset(
    """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UYW
    UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG""".split()  # noqa: SIM905 - a list is read as words
)
"""The active currencies."""

_MARKS: dict[str, tuple[str, ...]] = {
    "€": ("EUR",),
    "евро": ("EUR",),
    "euro": ("EUR",),
    "euros": ("EUR",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP"),
    "us$": ("USD",),
    "c$": ("CAD",),
    "ca$": ("CAD",),
    "a$": ("AUD",),
    "au$": ("AUD",),
    "nz$": ("NZD",),
    "hk$": ("HKD",),
    "s$": ("SGD",),
    "r$": ("BRL",),
    "£": ("GBP",),
    "₽": ("RUB",),
    "р": ("RUB",),
    "р.": ("RUB",),
    "руб": ("RUB",),
    "руб.": ("RUB",),
    "¥": ("JPY", "CNY"),
    "₴": ("UAH",),
    "грн": ("UAH",),
    "грн.": ("UAH",),
    "₸": ("KZT",),
    "₺": ("TRY",),
    "₹": ("INR",),
    "₪": ("ILS",),
    "₩": ("KRW",),
    "₫": ("VND",),
    "₾": ("GEL",),
    "֏": ("AMD",),
    "zł": ("PLN",),
    "kč": ("CZK",),
    "ft": ("HUF",),
    "lei": ("RON", "MDL"),
    "лв": ("BGN",),
    "лв.": ("BGN",),
    "fr.": ("CHF",),
    # A krone is of four countries and none is the likeliest: only the row or the default can tell.
    "kr": ("", "SEK", "NOK", "DKK", "ISK"),
    "kr.": ("", "SEK", "NOK", "DKK", "ISK"),
}
"""What each mark may mean; the first is what it means where nothing else is known."""


@functools.lru_cache(maxsize=1 << 10)
def meanings(mark: str) -> tuple[str, ...]:
    """The currencies that a code or mark may stand for, the likeliest first; none where it is no currency at all."""
    code = mark.upper()
    if code in CODES:
        return (code,)
    return _MARKS.get(mark.casefold(), ())


def resolve(mark: str, default: str) -> str:
    """The currency that a mark means: the default where it may mean that, else the likeliest; "" for none."""
    possible = meanings(mark)
    if default in possible:
        return default
    return possible[0] if possible else ""
