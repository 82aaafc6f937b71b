"""Addresses with letters that are not Latin ones: one script's letters are made to look like another's.

A person should look at such an address before a letter goes there, however the policy delivers it.
"""

from __future__ import annotations

_MARK = "xn--"
"""How a domain label in another script begins, as mail systems write it (RFC 5890)."""


def foreign(address: str) -> bool:
    """Whether its domain, as people see it, is not all ASCII; or what stands there is not."""
    domain = address.casefold().rpartition("@")[2]
    return not address.isascii() or any(label.startswith(_MARK) for label in domain.split("."))
