"""The lease's chain as developer metadata: a link's id is a fixed base plus its number.

Creating an id that is in use fails, and a batchUpdate is all or nothing: these two facts are the fence. A spreadsheet
holds 30,000 characters of keys and values, and a week's links must find room in them: so a link takes no more than 18.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from sheetsdun.ports import Link

Json: TypeAlias = dict[str, Any]

BASE = 1_000_000_000
"""Metadata ids are positive 32-bit integers; those below are left to others."""

KEY = "sd"
_KEYS = frozenset({KEY, "sheetsdun"})
"""The second is of links that were made before this one's values; they have run out."""

FIELDS = "developerMetadata(metadataId,metadataKey,metadataValue)"

MOST = 30_000
"""Characters of keys and values that a spreadsheet takes (Google's limit)."""

_LONGEST_VALUE = 16
_HELD, _FREE = ":", "."
"""Between owner and numbers; neither is a digit of theirs."""

_LET_GO = dt.datetime.fromtimestamp(0, dt.UTC)


def links(metadata: Iterable[Mapping[str, Any]]) -> tuple[Link, ...]:
    """The chain among a spreadsheet's metadata, lowest number first."""
    found = (
        _link(int(entry["metadataId"]) - BASE, str(entry.get("metadataValue", "")))
        for entry in metadata
        if entry.get("metadataKey") in _KEYS and int(entry["metadataId"]) > BASE
    )
    return tuple(sorted(found, key=lambda link: link.number))


def room(metadata: Iterable[Mapping[str, Any]]) -> int:
    """Characters that a spreadsheet with this metadata may still take."""
    taken = sum(
        len(str(entry.get("metadataKey", ""))) + len(str(entry.get("metadataValue", "")))
        for entry in metadata
    )
    return max(0, MOST - taken)


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
    """Owner, whether it holds the lease, and in nine digits to base 85 the expiry in whole seconds and the events.

    Raises:
        ValueError: The owner's name is too long.
    """
    numbers = int(link.expires.timestamp()).to_bytes(4) + link.events.to_bytes(3)
    value = f"{link.owner}{_FREE if link.free else _HELD}{base64.b85encode(numbers).decode()}"
    if len(value) > _LONGEST_VALUE:
        raise ValueError(f"{link.owner} is too long for a link's owner.")
    return value


def _link(number: int, value: str) -> Link:
    """A link whose value cannot be read still counts: its number is taken. It belongs to nobody, and is free."""
    free = _FREE in value
    owner, _, digits = value.partition(_FREE if free else _HELD)
    try:
        numbers = base64.b85decode(digits)
        expires = dt.datetime.fromtimestamp(int.from_bytes(numbers[:4]), dt.UTC)
        if len(numbers) == 7:  # noqa: PLR2004  four and three, as _value has it
            return Link(number, owner, expires, int.from_bytes(numbers[4:]), free)
    except ValueError:
        pass
    return Link(number, "", _LET_GO, 0, free=True)
