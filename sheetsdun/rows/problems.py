"""What can be wrong with a cell or a row: codes of ``domain.invoice.Problem``; their words are in ``words``."""

from __future__ import annotations

import enum


class Flaw(enum.StrEnum):
    """Key of the words that tell a problem."""

    ERROR_VALUE = "error_value"
    """A formula has failed: ``#REF!`` and the like."""
    TOO_LONG = "too_long"
    """Longer than such a text can sensibly be."""
    UNREADABLE_AMOUNT = "unreadable_amount"
    BRACKETED_AMOUNT = "bracketed_amount"
    """``(12.50)`` as text: a credit to some, a remark to others."""
    AMBIGUOUS_AMOUNT = "ambiguous_amount"
    """``1,234`` where the comma is the decimal sign: one thousand or one?"""
    DATE_AS_AMOUNT = "date_as_amount"
    """A date where money should be."""
    UNREADABLE_DATE = "unreadable_date"
    UNKNOWN_CURRENCY = "unknown_currency"
    CURRENCY_CONFLICT = "currency_conflict"
    """The amount shows another currency than the row names."""
    NO_DAYS = "no_days"
    """A number of days should be there."""
    NEGATIVE_SUM = "negative_sum"
    """A sum that must not be below zero."""
    NO_DISCOUNT = "no_discount"
    """A percentage, or a sum below the invoice's, should be there."""
    NO_LAST_DAY = "no_last_day"
    """A discount without the day until which it is given."""
    INVALID_ADDRESS = "invalid_address"
    FOREIGN_ADDRESS = "foreign_address"
    """An address with letters that only look like Latin ones, perhaps: a person should look."""
    UNKNOWN_ACTION = "unknown_action"
    NO_IDENTITY = "no_identity"
    """An invoice without a number."""
    DUPLICATE = "duplicate"
    """Other rows have the same number; the value names them."""
    CUSTOMER_TWICE = "customer_twice"
    """The Customers tab has the customer more than once."""
