"""Deviations are found, not registered: every function marked in a package of deviations counts."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from conformance.mocks.kit.model import Deviation

Break = TypeVar("Break", bound=Callable[..., None])
MARK = "__deviation__"


def deviation(name: str, *, clauses: tuple[str, ...], case: str) -> Callable[[Break], Break]:
    """Mark a function that breaks one rule of the server it is given; its docstring is what the deviation says."""

    def mark(apply: Break) -> Break:
        says = inspect.cleandoc(apply.__doc__ or "")
        setattr(apply, MARK, Deviation(name, clauses, case, says, apply))
        return apply

    return mark


@cache
def discover(package: str) -> Mapping[str, Deviation]:
    """Every deviation of the modules of ``package`` by name, sorted; a name used twice is a programming error.

    A family of deviations, one rule broken in many places, is a tuple of marked functions.
    """
    found: dict[str, Deviation] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(importlib.import_module(package).__path__)):
        for member in vars(importlib.import_module(f"{package}.{module}")).values():
            for marked in _marks(member):
                if found.setdefault(marked.name, marked) != marked:
                    raise ValueError(f"two deviations are called {marked.name!r}")
    return MappingProxyType(dict(sorted(found.items())))


def _marks(member: object) -> Iterator[Deviation]:
    for one in member if isinstance(member, tuple) else (member,):
        marked = getattr(one, MARK, None)
        if isinstance(marked, Deviation):
            yield marked
