"""What is different for readers alone: prose, examples, names that nobody sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract.pointer import join
from conformance.drift.change import Change
from conformance.drift.containment.universe import text
from conformance.drift.pair import Couple, Pair

LAST = True
"""Told only where no other family has anything to say."""


def changes(pair: Pair, couple: Couple) -> Iterator[Change]:
    """An operation that is written differently and says the same."""
    if not pair.identical(couple.old.node, couple.new.node):
        says = "the operation is described differently and works the same"
        yield Change("docs", "operation-reworded", couple.id, couple.new.pointer, says)


def of_documents(pair: Pair) -> Iterator[Change]:
    """Schemas with another name, and what is said of the API as a whole."""
    old, new = (_schemas(document.root) for document in (pair.old, pair.new))
    come = {text(schema): name for name, schema in new.items() if name not in old}
    for name, schema in old.items():
        if name not in new and text(schema) in come:
            other = come[text(schema)]
            pointer = join("components", "schemas", other)
            says = f"the schema {name} is called {other} now"
            yield Change("client", "schema-renamed", "", pointer, says, before=name, after=other)
    for key in ("info", "tags", "externalDocs"):
        if text(pair.old.root.get(key)) != text(pair.new.root.get(key)):
            yield Change("docs", "document-reworded", "", join(key), f"{key} is described differently")


def _schemas(root: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (root.get("components") or {}).get("schemas") or {}
    return found
