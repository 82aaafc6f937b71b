"""The form that each language's words have."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass


class Phrase(enum.StrEnum):
    """What is said beside the reasons of a decision."""

    LEVEL = "level"
    """A level and its place. level, place, levels"""
    SENT = "sent"
    """The last reminder went. date"""
    SENT_BY_HAND = "sent_by_hand"
    """A person sent it. date"""
    DONE = "done"
    """A task was done. date"""
    LINK_DRAFT = "link_draft"
    """Text of the link to a draft. letter"""
    LINK_EDITED = "link_edited"
    """Text of the link to a draft that a person has edited. letter"""
    LINK_SENT = "link_sent"
    """Text of the link to a sent letter. letter"""
    LINK_ANSWER = "link_answer"
    """Text of the link to what the debtor has written. letter"""
    CHECKED = "checked"
    """Note on the header of the status column. when, ready, help"""
    AGING_MADE = "aging_made"
    """First line of the tab of aging. date"""
    AGING_CUSTOMER = "aging_customer"
    """Headers of that tab from here on, and what stands for all customers."""
    AGING_CURRENCY = "aging_currency"
    AGING_CURRENT = "aging_current"
    AGING_OVER_90 = "aging_over_90"
    AGING_UNDATED = "aging_undated"
    AGING_OPEN = "aging_open"
    AGING_CREDITS = "aging_credits"
    AGING_NET = "aging_net"
    AGING_INVOICES = "aging_invoices"
    AGING_OLDEST = "aging_oldest"
    AGING_ALL = "aging_all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """All that is said in one language. Templates name what they need in braces.

    Attributes:
        months: Twelve short names.
        day: Template of a day in the run's year: day, month.
        day_of_year: Template of a day in another year: day, month, year.
        thousands, decimal: Signs in sums of money.
        days: A count of days, as many forms as ``plural`` tells apart.
        plural: Which of those forms a count takes.
        status: By reason code: the few words of the status column.
        reasons: By reason code: a sentence for notes and reports.
        tasks: By channel: what a person is asked to do.
        problems: By flaw: a sentence about the cell ``field`` that shows ``value``.
        phrases: By ``Phrase``.
        ahead: By reason code: the sentence where the due date is still ahead.
    """

    months: tuple[str, ...]
    day: str
    day_of_year: str
    thousands: str
    decimal: str
    days: tuple[str, ...]
    plural: Callable[[int], int]
    status: Mapping[str, str]
    reasons: Mapping[str, str]
    ahead: Mapping[str, str]
    tasks: Mapping[str, str]
    problems: Mapping[str, str]
    phrases: Mapping[str, str]
