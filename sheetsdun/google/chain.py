"""The lease's chain as developer metadata: a link's id is a fixed base plus its number.

Creating an id that is in use fails, and a batchUpdate is all or nothing: these two facts are the fence. A spreadsheet
holds 30,000 characters of keys and values, so a link takes under 40.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from sheetsdun.ports import Link

Json: TypeAlias = dict[str, Any]

BASE = 1_000_000_000
"""Metadata ids are positive 32-bit integers; those below are left to others."""

KEY = "sheetsdun"
FIELDS = "developerMetadata(metadataId,metadataKey,metadataValue)"

_LONGEST_VALUE = 29
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LET_GO = dt.datetime.fromtimestamp(0, dt.UTC)


def links(metadata: Iterable[Mapping[str, Any]]) -> tuple[Link, ...]:
    """The chain among a spreadsheet's metadata, lowest number first."""
    found = (
        _link(int(entry["metadataId"]) - BASE, str(entry.get("metadataValue", "")))
        for entry in metadata
        if entry.get("metadataKey") == KEY and int(entry["metadataId"]) > BASE
    )
    return tuple(sorted(found, key=lambda link: link.number))


def create(link: Link) -> Json:
    """The request that adds a link, or fails its whole batch where the link is there."""
    return creation(BASE + link.number, KEY, _value(link))


def creation(metadata_id: int, key: str, value: str) -> Json:
    """The request that adds metadata to the spreadsheet as a whole, readable to whoever may read the spreadsheet."""
    return {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataId": metadata_id,
                "metadataKey": key,
                "metadataValue": value,
                "location": {"spreadsheet": True},
                "visibility": "DOCUMENT",
            }
        }
    }


def prune(number: int) -> Json:
    """The request that deletes a link."""
    return {
        "deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": BASE + number}}}
    }


def collision(message: str) -> bool:
    """Whether Google's words say that a link is there already. Other words prove nothing: look at the chain."""
    return "createDeveloperMetadata" in message and any(
        word in message for word in ("already", "exist", "in use")
    )


def _value(link: Link) -> str:
    """``owner:expiry:events``, the numbers to base 36, the expiry in whole seconds.

    Raises:
        ValueError: The owner's name is too long.
    """
    value = f"{link.owner}:{_base36(int(link.expires.timestamp()))}:{_base36(link.events)}"
    if len(value) > _LONGEST_VALUE:
        raise ValueError(f"{link.owner} is too long for a link's owner.")
    return value


def _link(number: int, value: str) -> Link:
    """A link whose value cannot be read still counts: its number is taken. It belongs to nobody, and has run out."""
    owner, _, rest = value.partition(":")
    expires, _, events = rest.partition(":")
    try:
        return Link(number, owner, dt.datetime.fromtimestamp(int(expires, 36), dt.UTC), int(events, 36))
    except (ValueError, OverflowError, OSError):
        return Link(number, "", _LET_GO, 0)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
