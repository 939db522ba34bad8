"""The kinds of promise that ``semantics.yaml`` knows, one file each; a new file here is a new property there."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from conformance.contract.semantics.model import Facet


@cache
def discover(kind: type[Facet]) -> dict[str, type[Facet]]:
    """The facet classes of one kind (operation, resource, vendor) by the property that declares them."""
    found: dict[str, type[Facet]] = {}
    for module in iter_modules(__path__):
        for item in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(item, type) and issubclass(item, kind) and item.__module__.startswith(f"{__name__}."):
                found[item.word()] = item
    return found
