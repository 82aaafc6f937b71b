"""Addresses in a header: who is meant, and whether Gmail would take it."""

from __future__ import annotations

import re
from typing import NamedTuple

from sheetsdun.sandbox.gmail.headers import decoded

_PIECE = re.compile(r'"(?:\\.|[^"\\])*"|\((?:\\.|[^()\\])*\)|<[^<>]*>|[\s\S]')
_ATOM = r"[^\s\x00-\x1f\x7f@<>(),;:\"\[\]\\.]+"
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_VALID = re.compile(rf'(?:{_ATOM}(?:\.{_ATOM})*|"[^"\\\x00-\x1f]+")@{_LABEL}(?:\.{_LABEL})+')


class Address(NamedTuple):
    """A name to show (or ""), and the address as it was written."""

    name: str
    address: str


def parse(content: str) -> list[Address]:
    """The addresses of an unfolded header that has not been decoded.

    Commas part them, except in quotes, comments and angle brackets; a group's name is passed over. What is no
    address is returned all the same, to be refused by `is_valid`.
    """
    found: list[Address] = []
    pieces: list[str] = []
    in_group = False
    for piece in _PIECE.findall(content):
        if piece == "," or (piece == ";" and in_group):
            found.append(_one(pieces))
            pieces, in_group = [], in_group and piece == ","
        elif piece == ":":
            pieces, in_group = [], True
        elif not piece.startswith("(") or len(piece) == 1:
            pieces.append(piece)
    found.append(_one(pieces))
    return [address for address in found if address != Address("", "")]


def is_valid(address: str) -> bool:
    """Whether Gmail takes it as a recipient: a local part, and a domain with a dot."""
    return _VALID.fullmatch(address) is not None


def without_tag(address: str) -> str:
    """The address without what follows a plus, which leads to the same mailbox."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _one(pieces: list[str]) -> Address:
    angle = next((piece for piece in pieces if len(piece) > 1 and piece.startswith("<")), None)
    if angle is None:
        return Address("", "".join(pieces).strip())
    name = " ".join("".join(piece for piece in pieces if piece is not angle).split())
    if name.startswith('"') and name.endswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return Address(decoded(name), angle[1:-1].strip())
