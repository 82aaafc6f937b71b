"""Numbers of accounts and banks that are the same in many countries."""

from __future__ import annotations

from collections.abc import Sequence

from stdnum import bic as _bic
from stdnum import iban as _iban
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError


def iban(text: str) -> str:
    """An IBAN without blanks.

    Raises:
        ValueError: It is none: its country, its length or its check digits are wrong.
    """
    try:
        return _iban.validate(text)
    except InvalidChecksum:
        raise ValueError(f"“{text}” is no IBAN: its check digits do not fit, so a digit is wrong") from None
    except InvalidLength:
        raise ValueError(f"“{text}” is no IBAN: its length is not that of its country") from None
    except ValidationError:
        raise ValueError(f"“{text}” is no IBAN") from None


def bic(text: str) -> str:
    """A BIC of 8 or 11 characters. Raises ValueError."""
    try:
        return _bic.validate(text)
    except ValidationError:
        raise ValueError(
            f"“{text}” is no BIC: it has 8 or 11 letters and digits, such as BYLADEM1001"
        ) from None


def digits(text: str, lengths: Sequence[int]) -> str:
    """A number of one of these lengths, without blanks and dashes. Raises ValueError."""
    plain = text.replace(" ", "").replace("-", "")
    if not (plain.isascii() and plain.isdigit()) or len(plain) not in lengths:
        wanted = " or ".join(map(str, lengths))
        raise ValueError(f"“{text}” must have {wanted} digits")
    return plain
