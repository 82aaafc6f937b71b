"""``[charges.NAME]``: what each may say is told by its kind, see ``domain.charges``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, get_type_hints

from pydantic import ValidationError, create_model

from sheetsdun.config.lines import Path
from sheetsdun.config.mistakes import Mistake, found_by, unknown
from sheetsdun.config.sections import Section
from sheetsdun.config.values import Money, Sums
from sheetsdun.domain.charges import DEFAULT, Charge, kinds
from sheetsdun.rows import ladder

_SUMS = Mapping[str, Decimal]


def read(raw: Any, currency: str) -> tuple[dict[str, Charge], list[Mistake]]:
    """Read every charge.

    Args:
        raw: The section, as TOML has it.
        currency: The default one: of sums that name none.

    Returns:
        Charges by name, and the mistakes.
    """
    if not isinstance(raw, dict):
        return {}, [(("charges",), "must be a section")]
    charges: dict[str, Charge] = {}
    mistakes: list[Mistake] = []
    for name, settings in raw.items():
        path: Path = ("charges", name)
        if not ladder.NAME.fullmatch(name):
            mistakes.append((path, f"“{name}” is no name: use letters, digits, - and _"))
        elif not isinstance(settings, dict):
            mistakes.append((path, f"must be a section: [charges.{name}]"))
        elif (kind := settings.get("kind", DEFAULT)) not in kinds():
            mistakes.append(((*path, "kind"), unknown(str(kind), kinds(), "kind of charge")))
        else:
            try:
                charges[name] = _charge(kinds()[kind], settings, currency)
            except ValidationError as error:
                mistakes += found_by(error, path, section(kinds()[kind]))
            except ValueError as error:
                mistakes.append((path, str(error)))
    return charges, mistakes


def _charge(kind: type[Charge], given: Mapping[str, Any], currency: str) -> Charge:
    read = section(kind).model_validate(given)
    hints = get_type_hints(kind)
    said = {name: getattr(read, name) for name in read.model_fields_set if name != "kind"}
    for name, value in said.items():
        if hints[name] == _SUMS:
            said[name] = {key or currency: sum_ for key, sum_ in value.items()}
    return kind(**said)


def section(kind: type[Charge]) -> type[Section]:
    """The settings of a kind, as a section."""
    hints = get_type_hints(kind)
    fields: dict[str, Any] = {"kind": (str, DEFAULT)}
    for each in dataclasses.fields(kind):  # type: ignore[arg-type]  # every kind is a dataclass
        hint = hints[each.name]
        meant = Money if hint is Decimal else Sums if hint == _SUMS else hint
        needed = each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
        fields[each.name] = (meant, ... if needed else None)
    return create_model(kind.__name__, __base__=Section, **fields)
