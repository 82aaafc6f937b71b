"""Sums in whole units of their currency: what a person could pay."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_NO_MINOR = frozenset({
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
})  # fmt: skip
_THREE_MINOR = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
_WHOLE, _CENT, _MILL = Decimal(1), Decimal("0.01"), Decimal("0.001")


def rounded(amount: Decimal, currency: str) -> Decimal:
    """The sum with as many digits as its currency has (ISO 4217), half up."""
    unit = _WHOLE if currency in _NO_MINOR else _MILL if currency in _THREE_MINOR else _CENT
    return amount.quantize(unit, ROUND_HALF_UP)
