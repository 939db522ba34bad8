"""Two documents side by side: read, linked, and asked family by family what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from conformance.contract.document import Document
from conformance.contract.schema import Direction
from conformance.contract.skeleton import require_build
from conformance.drift import families
from conformance.drift.change import LEVELS, Change
from conformance.drift.containment.decide import Containment
from conformance.drift.containment.rewriting import equal
from conformance.drift.containment.universe import Node, Universe, link, relinked
from conformance.drift.document.matching import Matched, match
from conformance.drift.document.model import Forms, Operation
from conformance.drift.document.reader import Reader
from conformance.drift.schema.compare import Pair, Schemas
from conformance.drift.schema.ways import Way
from conformance.errors import DocumentError

Places = tuple[Way, Way]


@dataclass
class Side:
    """One of the two documents; ``names`` are what the tables of its dialects are called in the universe."""

    root: Mapping[str, Any]
    label: str
    operations: tuple[Operation, ...] = ()
    dialects: dict[str, Any] = field(default_factory=dict, repr=False)
    names: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    universe: Universe = field(default_factory=Universe, repr=False)

    @classmethod
    def read(cls, root: Mapping[str, Any], label: str) -> Side:
        """Read a document that ``label`` names.

        :raises DocumentError: something in it is not what belongs there; the message begins with ``label``.
        """
        try:
            reader = Reader(root)
            return cls(root, label, tuple(reader.operations()), reader.dialects)
        except DocumentError as wrong:
            raise DocumentError(f"{label}: {wrong.message}", wrong.hint) from None
        except RecursionError:
            raise DocumentError(f"{label}: it nests too deep", "give the inner schemas names") from None

    def nodes(self, forms: Forms) -> tuple[Node, Node]:
        """A schema as a sender and as a receiver see it."""
        keys = ("request", "request") if forms.table == "request" else ("sender", "receiver")
        both = zip(keys, (forms.sender, forms.receiver), strict=True)
        sender, receiver = (self.universe.node(relinked(form, self.names[key])) for key, form in both)
        return sender, receiver


@dataclass
class Comparison:
    """Everything that a family needs to tell its changes.

    ``defaults`` are, by the pointers of both schemas, the changes of defaults there and the schemas below: many
    operations share them.
    """

    old: Side
    new: Side
    today: date
    containment: Containment = field(init=False, repr=False)
    schemas: Schemas = field(init=False, repr=False)
    matched: Matched = field(init=False, repr=False)
    defaults: dict[Places, tuple[tuple[Change, ...], tuple[Places, ...]]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        sides = [(side, key) for side in (self.old, self.new) for key in side.dialects]
        definitions, names = link([side.dialects[key].definitions for side, key in sides])
        universe = Universe(definitions)
        for (side, key), called in zip(sides, names, strict=True):
            side.names[key] = called
            side.universe = universe
        self.containment = Containment(universe)
        self.schemas = Schemas(self.containment, self.old.root, self.new.root)
        self.matched = match(self.old.operations, self.new.operations)

    def schema_changes(
        self, subject: str, operation: str, direction: Direction, old: Forms, new: Forms
    ) -> Iterator[Change]:
        """The changes between two schemas of one place."""
        pair = Pair(subject, operation, direction, old, new)
        yield from self.schemas.changes(pair, self.old.nodes(old), self.new.nodes(new))


def compare(old: Document, new: Document, *, today: date | None = None) -> tuple[Change, ...]:
    """Every change between two documents, the worst first, then by operation and place.

    ``today`` decides whether the sunset of what was removed is past; it is the day in UTC unless given.

    :raises DocumentError: one of them is not an OpenAPI 3.0 or 3.1 document, or contradicts itself.
    """
    for document in (old, new):
        require_build(document, loose=True)
    if old.root == new.root and equal(old.root, new.root):  # to Python true is 1
        return ()
    before, after = (Side.read(document.root, str(document.path)) for document in (old, new))
    comparison = Comparison(before, after, today or datetime.now(UTC).date())
    return ranked(change for family in _families() for change in family.changes(comparison))


def gone_or_new(document: Document, *, is_new: bool) -> tuple[Change, ...]:
    """The one change between a document and none.

    :raises DocumentError: it is not an OpenAPI 3.0 or 3.1 document, or contradicts itself.
    """
    require_build(document, loose=True)
    names = sorted(one.name for one in Side.read(document.root, str(document.path)).operations)
    says = f"the whole document is {{}}, with {len(names)} operation{'s' * (len(names) != 1)}"
    if is_new:
        return (Change("additive", "document-added", "", "", says.format("new"), after=names),)
    return (Change("breaking", "document-removed", "", "", says.format("gone"), before=names, gone=True),)


def ranked(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes in the order in which they are told, each once."""
    found = {str((c.level, c.rule, c.operation, c.pointer, c.direction, c.gone)): c for c in changes}
    return tuple(sorted(found.values(), key=lambda c: (LEVELS.index(c.level), c.operation, c.rule, c.pointer)))


def _families() -> Iterator[Any]:
    for module in iter_modules(families.__path__):
        if not module.name.startswith("_"):
            yield import_module(f"{families.__name__}.{module.name}")
