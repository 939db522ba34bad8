"""Every change between two OpenAPI documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from conformance.contract.document import Document
from conformance.contract.skeleton import require_build
from conformance.drift import families
from conformance.drift.change import LEVELS, Change
from conformance.drift.families.webhooks import webhooks
from conformance.drift.pair import Couple, Pair, halves


def compare(old: Document, new: Document) -> tuple[Change, ...]:
    """Every change, the worst first, then in the order of the new document.

    :raises DocumentError: a document refers to what it does not define, or is built in a way that cannot be read.
    """
    for document in (old, new):
        require_build(document)
    if old.root == new.root:
        return ()
    pair = Pair(old, new)
    found = [change for couple in couples(pair) for change in _of_couple(pair, couple)]
    for family in _families():
        if hasattr(family, "of_documents"):
            found += family.of_documents(pair)
    return tuple(sorted(_distinct(found), key=lambda change: LEVELS.index(change.level)))


def couples(pair: Pair) -> Iterator[Couple]:
    """The operations, webhooks and callbacks that both documents have."""
    old, new = halves(pair.old), halves(pair.new)
    yield from (Couple(old[key], half) for key, half in new.items() if key in old)
    before, after = webhooks(pair)
    yield from (Couple(before[key], half, inbound=True) for key, half in after.items() if key in before)


def _unchanged(pair: Pair, couple: Couple) -> bool:
    """Whether an operation, and all that stands around it and speaks of it, is the same to the letter."""
    old, new = couple.old, couple.new
    around = ("parameters", "servers")
    return (
        old.path == new.path
        and pair.identical(old.node, new.node)
        and all(pair.identical(old.item.get(key), new.item.get(key)) for key in around)
        and pair.surroundings_alike
    )


def _of_couple(pair: Pair, couple: Couple) -> list[Change]:
    if _unchanged(pair, couple):
        return []
    found: list[Change] = []
    for family in _families():
        if hasattr(family, "changes") and not (getattr(family, "LAST", False) and found):
            found += family.changes(pair, couple)
    return found


def _distinct(found: list[Change]) -> Iterator[Change]:
    seen: set[tuple[str, str, str]] = set()
    for change in found:
        key = (change.rule, change.operation, change.pointer)
        if key not in seen:
            seen.add(key)
            yield change


@cache
def _families() -> tuple[ModuleType, ...]:
    names = sorted(info.name for info in iter_modules(families.__path__))
    modules = [import_module(f"{families.__name__}.{name}") for name in names]
    return tuple(sorted(modules, key=lambda module: getattr(module, "LAST", False)))
