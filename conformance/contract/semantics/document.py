"""A whole ``semantics.yaml`` as one frozen value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError

from conformance.contract.facets import discover
from conformance.contract.place import Place
from conformance.contract.pointer import join
from conformance.contract.semantics.clause import Clause
from conformance.contract.semantics.model import (
    Facet,
    Faceted,
    Model,
    OperationFacet,
    ResourceFacet,
    Value,
    VendorFacet,
)
from conformance.contract.semantics.names import CapabilityName, ModeName, OperationName
from conformance.contract.semantics.resource import Resource
from conformance.contract.source import load_yaml, pointer_line
from conformance.errors import DocumentError, nearest
from conformance.misfits import Misfit

F = TypeVar("F", bound=VendorFacet)
M = TypeVar("M", bound=Model)
_FORMAT = "docs/semantics.md describes format 1"
Effect = Literal["read", "token", "write-own", "write-shared", "starts-execution", "irreversible"]


class Call(Faceted):
    """What is said of one operation: its effect and the values of its smallest valid request.

    ``modes`` are those in which the operation is served; none means all. A target serves an operation with a
    ``capability`` only when it declares that one.
    """

    id: str = ""
    effect: Effect
    request: dict[Place, Value] = Field(default_factory=dict)
    media_type: str | None = None
    modes: tuple[ModeName, ...] = ()
    capability: CapabilityName | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """The kinds of resources that its path names: the last is the one it is about, those before are its parents."""
        values = (value for place, value in self.request.items() if place.part == "path")
        return tuple(value.resource for value in values if value.resource)


class Semantics(Faceted):
    """Everything that ``semantics.yaml`` says.

    ``modes`` are the ways to set a server up that change what it promises; a target that names none is in the first.
    ``capabilities`` are parts of the API that not every target has. ``identities``, ``fixtures`` and ``controls`` say
    in words what an environment gives under each name; ``known_good`` is an operation that succeeds on a healthy target
    whatever happened before.
    """

    format: Literal[1]
    vendor: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    title: str
    known_good: OperationName
    modes: dict[str, str] = Field(default_factory=dict)
    capabilities: dict[str, str] = Field(default_factory=dict)
    identities: dict[str, str] = Field(default_factory=dict)
    fixtures: dict[str, str] = Field(default_factory=dict)
    controls: dict[str, str] = Field(default_factory=dict)
    operations: dict[str, Call]
    resources: dict[str, Resource] = Field(default_factory=dict)
    clauses: dict[str, Clause] = Field(default_factory=dict)

    @property
    def every_facet(self) -> Iterator[Facet]:
        """Every facet declared anywhere, in the order of the file."""
        for call in self.operations.values():
            yield from call.facets.values()
        for resource in self.resources.values():
            yield from resource.facets.values()
        yield from self.facets.values()

    def vendor_facet(self, kind: type[F]) -> F | None:
        """The vendor-wide facet of this kind, if declared."""
        found = self.facets.get(kind.word())
        return found if isinstance(found, kind) else None

    @classmethod
    def load(cls, path: Path) -> Semantics:
        """Read ``path``; whatever does not fit format 1 is a ``DocumentError`` with file, line and pointer."""
        raw = load_yaml(path)
        try:
            return _build(raw)
        except _Misplaced as wrong:
            line = pointer_line(path, wrong.pointer)
            at = f"{path}:{line}" if line else str(path)
            raise DocumentError(f"{at}: {wrong.pointer}: {wrong.problem}", wrong.hint) from None


class _Misplaced(Exception):
    """Something at ``pointer`` does not fit format 1."""

    def __init__(self, pointer: str, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.pointer, self.problem, self.hint = pointer, problem, hint


def _fit(kind: type[M], value: Any, where: tuple[str, ...]) -> M:
    try:
        return kind.model_validate(value)
    except ValidationError as wrong:
        first = Misfit.first(wrong, kind, {"subject"})
        raise _Misplaced(join(*where, *first.at), first.says, first.hint or _FORMAT) from None


def _build(raw: Mapping[str, Any]) -> Semantics:
    plain = dict(raw)
    facets = _take(plain, VendorFacet, set(Semantics.model_fields), str(raw.get("vendor", "")), ())
    operations, operation_facets = _entries(
        plain.get("operations"), OperationFacet, set(Call.model_fields), "operations"
    )
    resources, resource_facets = _entries(
        plain.get("resources"), ResourceFacet, set(Resource.model_fields), "resources"
    )
    semantics = _fit(Semantics, {**plain, "operations": operations, "resources": resources}, ())
    named = semantics.model_copy(
        update={
            "operations": {
                name: call.model_copy(update={"id": name}).with_facets(operation_facets[name])
                for name, call in semantics.operations.items()
            },
            "resources": {
                name: _named(name, resource).with_facets(resource_facets[name])
                for name, resource in semantics.resources.items()
            },
            "clauses": {name: item.model_copy(update={"id": name}) for name, item in semantics.clauses.items()},
        }
    )
    return named.with_facets(facets)


def _named(name: str, resource: Resource) -> Resource:
    commands = {
        key: command.model_copy(update={"name": key, "resource": name}) for key, command in resource.commands.items()
    }
    return resource.model_copy(update={"name": name, "commands": commands})


def _entries(
    section: Any, kind: type[Facet], own: set[str], where: str
) -> tuple[dict[str, Any], dict[str, dict[str, Facet]]]:
    plain: dict[str, Any] = {}
    facets: dict[str, dict[str, Facet]] = {}
    for name, entry in _mapping(section or {}, (where,)).items():
        plain[name] = dict(_mapping(entry, (where, name)))
        facets[name] = _take(plain[name], kind, own, name, (where, name))
    return plain, facets


def _mapping(value: Any, where: tuple[str, ...]) -> Mapping[str, Any]:
    """``value``, which has to be a mapping."""
    if not isinstance(value, Mapping):
        raise _Misplaced(join(*where), "no mapping of names to values", _FORMAT)
    return value


def _take(
    entry: dict[str, Any], kind: type[Facet], own: set[str], subject: str, where: tuple[str, ...]
) -> dict[str, Facet]:
    """Remove the facets from ``entry`` and build them; what is neither a facet nor of its own is refused."""
    known = discover(kind)
    found: dict[str, Facet] = {}
    for key in [key for key in entry if key not in own]:
        if key not in known:
            raise _Misplaced(join(*where, key), "unknown key", nearest(key, known.keys() | own))
        given = _mapping(entry.pop(key) or {}, (*where, key))
        found[key] = _fit(known[key], {**given, "subject": subject}, (*where, key))
    return found
