"""What a code says -> a small picture of it.

Drawn here rather than by segno, since the Swiss cross belongs into the picture, and a mail program shows no SVG.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache

import segno

_QUIET = 4
"""Modules of white around a code (ISO/IEC 18004): part of the picture, so that a dark page does not touch it."""

_MODULE = 4
"""Pixels of a module: twice what is shown, for sharp screens."""

_CROSS = 7 / 46
"""The Swiss cross is a square of 7 mm in a code of 46 mm; SIX's drawing gives its parts below."""

_BORDER, _ARM, _LENGTH = 0.7 / 19.8, 3.3 / 19.8, 11 / 19.8
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DARK, _LIGHT = "0", "1"


@lru_cache(maxsize=256)
def png(payload: bytes, *, cross: bool = False) -> bytes:
    """A code as a PNG of two colours.

    Args:
        payload: Its bytes.
        cross: With the Swiss cross in its middle.
    """
    # Error correction M is what each of the standards asks for, and the Swiss one allows no other.
    code = segno.make_qr(payload, error="m", mode="byte", boost_error=False)
    modules = [bytes(row) for row in code.matrix]
    rows = [_light(_QUIET, len(modules))] * (_QUIET * _MODULE)
    for module_row in modules:
        dots = "".join((_DARK if dark else _LIGHT) * _MODULE for dark in module_row)
        margin = _LIGHT * (_QUIET * _MODULE)
        rows += [margin + dots + margin] * _MODULE
    rows += rows[: _QUIET * _MODULE]
    if cross:
        _draw_cross(rows, len(modules) * _MODULE)
    return _written(rows)


def size(payload: bytes) -> int:
    """The width and height in which a code is shown: a phone wants the more room the more it says."""
    return 148 if len(payload) <= _SHORT else 196


_SHORT = 213
"""Bytes that fit into a code of 53 modules."""


def _light(quiet: int, modules: int) -> str:
    return _LIGHT * ((modules + 2 * quiet) * _MODULE)


def _draw_cross(rows: list[str], symbol: int) -> None:
    """Put a white cross on a black square with a white edge into the middle."""
    side = symbol * _CROSS
    for edge, sign in ((side, _LIGHT), (side * (1 - 2 * _BORDER), _DARK)):
        _fill(rows, edge, edge, sign)
    _fill(rows, side * _ARM, side * _LENGTH, _LIGHT)
    _fill(rows, side * _LENGTH, side * _ARM, _LIGHT)


def _fill(rows: list[str], width: float, height: float, sign: str) -> None:
    middle = len(rows) / 2
    left, right = round(middle - width / 2), round(middle + width / 2)
    for place in range(round(middle - height / 2), round(middle + height / 2)):
        row = rows[place]
        rows[place] = row[:left] + sign * (right - left) + row[right:]


def _written(rows: Sequence[str]) -> bytes:
    """Rows of black and white as a PNG (ISO/IEC 15948) of one bit a pixel."""
    width, height = len(rows[0]), len(rows)
    fill = -width % 8
    packed: dict[str, bytes] = {}
    for row in rows:
        if row not in packed:
            bits = row + _LIGHT * fill
            packed[row] = b"\x00" + int(bits, 2).to_bytes(len(bits) // 8, "big")
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(b"".join(packed[row] for row in rows), 9)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
