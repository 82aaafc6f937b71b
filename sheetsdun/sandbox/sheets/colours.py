"""Colours: Google shows each in two forms, ``backgroundColor`` and ``backgroundColorStyle``, whichever was sent."""

from __future__ import annotations

from typing import Any

from sheetsdun.sandbox.wire import Json

_PLAIN = ("color", "Color")
_STYLE = "Style"


def is_colour(name: str) -> bool:
    """Whether a field of this name is a colour, in either form: what is replaced as a whole, never in part."""
    return name.removesuffix(_STYLE).endswith(_PLAIN)


def in_both_forms(message: Json, before: Json) -> Json:
    """A message with all its colours in both forms, and without the zeros that Google leaves out.

    Args:
        message: A format, a border, a banding and the like, with other such in it.
        before: The same before it was changed; empty for a new one. The form that was changed counts; where both
            were, it is the style, as Google documents it.
    """
    out: Json = {
        name: _inside(value, before.get(name)) for name, value in message.items() if not is_colour(name)
    }
    for name in {name.removesuffix(_STYLE) for name in message.keys() | before.keys() if is_colour(name)}:
        plain, old_plain = message.get(name), before.get(name)
        style, old_style = message.get(name + _STYLE), before.get(name + _STYLE)
        if style in (None, old_style) and (plain != old_plain or old_style is None):
            style = None if plain is None else {"rgbColor": plain}
        if style is None:
            continue
        out[name + _STYLE] = {kind: _channels(part) for kind, part in style.items()}
        if "rgbColor" in style:
            out[name] = _channels(style["rgbColor"])
    return out


def _inside(value: Any, before: Any) -> Any:
    if isinstance(value, dict):
        return in_both_forms(value, before if isinstance(before, dict) else {})
    return value


def _channels(colour: Any) -> Any:
    return {name: part for name, part in colour.items() if part} if isinstance(colour, dict) else colour
