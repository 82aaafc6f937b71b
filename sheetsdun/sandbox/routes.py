"""URL templates of the discovery documents, such as ``v4/spreadsheets/{spreadsheetId}/values/{range}:append``."""

from __future__ import annotations

import re
import urllib.parse

_ENCODED_SLASH = re.compile("%2f", re.IGNORECASE)
_SLASH = "\0"  # stands for an encoded slash while the path is taken apart; never part of a URL itself
_PARAMETER = re.compile(r"\{\+?(\w+)\}")


class Routes:
    """Templates by HTTP method; of two that match, the one with more literal text wins."""

    def __init__(self) -> None:
        self._templates: dict[tuple[str, int], list[tuple[int, re.Pattern[str], str]]] = {}

    def add(self, http_method: str, template: str, target: str) -> None:
        """Let a template lead to a target."""
        literal = _PARAMETER.sub("", template)
        parts = _PARAMETER.split(template)
        pattern = "".join(f"(?P<{part}>[^/]+)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
        entries = self._templates.setdefault((http_method, template.count("/")), [])
        entries.append((len(literal), re.compile(pattern), target))
        entries.sort(key=lambda entry: -entry[0])

    def find(self, http_method: str, path: str) -> tuple[str, dict[str, str]] | None:
        """The target of a path however it is percent-encoded, and its parameters decoded."""
        plain = urllib.parse.unquote(_ENCODED_SLASH.sub(_SLASH, path))
        for _, pattern, target in self._templates.get((http_method, plain.count("/")), ()):
            if (match := pattern.fullmatch(plain)) is not None:
                return target, {k: v.replace(_SLASH, "/") for k, v in match.groupdict().items()}
        return None
