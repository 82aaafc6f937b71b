"""Interest and fees: what a letter charges beside the principal, one module for each kind of charge.

A kind is a module in this folder that names its class ``KIND``: a frozen dataclass whose fields are the settings of
``[charges.NAME]`` in the config (``Decimal`` for a sum or a percentage, ``Mapping[str, Decimal]`` for sums by currency,
``bool``, ``int``, ``str``), which does what ``charge.Charge`` says. The module's name is the word for ``kind`` in the
config. So another kind, such as the statutory interest of a country, is one new file here and nothing elsewhere.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping

from sheetsdun.domain.charges.charge import Charge, Debt

__all__ = ["DEFAULT", "Charge", "Debt", "kinds"]

DEFAULT = "contractual"
"""The kind of a charge that names none."""


@functools.cache
def kinds() -> Mapping[str, type[Charge]]:
    """Every kind of charge, by its name."""
    modules = (
        (found.name, importlib.import_module(f"{__name__}.{found.name}"))
        for found in pkgutil.iter_modules(__path__)
    )
    return {name: module.KIND for name, module in modules if hasattr(module, "KIND")}
