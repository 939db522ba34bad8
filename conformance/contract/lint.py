"""The lint: whatever ``semantics.yaml`` names exists in the contract, and every operation has its say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel

from conformance.contract.document import Operation
from conformance.contract.facets.create import Create
from conformance.contract.facets.job import Job
from conformance.contract.facets.list import List
from conformance.contract.facets.set import Set
from conformance.contract.facets.stores import Stores
from conformance.contract.place import Place
from conformance.contract.pointer import join, tokens
from conformance.contract.semantics.model import Value
from conformance.contract.shape import has_property
from conformance.contract.vendor import Vendor
from conformance.errors import DocumentError, nearest

T = TypeVar("T")
Finding = str
"""One line: file, pointer, what is wrong, the nearest thing that is right."""

_RULES: list[Callable[[Vendor], Iterator[tuple[str, str]]]] = []


def lint(vendor: Vendor) -> tuple[Finding, ...]:
    """Every finding, in the order of the rules; none means that semantics and contract fit together."""
    path = vendor.folder / "semantics.yaml"
    return tuple(f"{path}: {pointer}: {problem}" for rule in _RULES for pointer, problem in rule(vendor))


def require_fit(vendor: Vendor) -> None:
    """Nothing, where semantics and contract fit together.

    :raises DocumentError: they do not; the message is the first finding, and says how many more there are.
    """
    findings = lint(vendor)
    if findings:
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        hint = f"'conformance clauses {vendor.name} --lint' lists all of them"
        raise DocumentError(f"{findings[0]}{more}", hint)


def _rule(
    function: Callable[[Vendor], Iterator[tuple[str, str]]],
) -> Callable[[Vendor], Iterator[tuple[str, str]]]:
    _RULES.append(function)
    return function


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    return f"unknown {kind} {name!r}; {nearest(name, known)}"


@_rule
def every_operation_has_an_effect(vendor: Vendor) -> Iterator[tuple[str, str]]:
    """Every operation of the contract is listed, and no other."""
    listed, declared = vendor.semantics.operations, vendor.document.operations
    for name in listed.keys() - declared.keys():
        yield join("operations", name), _unknown("operation", name, declared)
    for name in declared:
        if name not in listed:
            yield "/operations", f"operation {name!r} has no effect; add it with effect: read, write-own, …"
    if vendor.semantics.known_good not in declared:
        yield "/known_good", _unknown("operation", vendor.semantics.known_good, declared)


@_rule
def places_exist(vendor: Vendor) -> Iterator[tuple[str, str]]:
    """A place in a request is a parameter or a body property of its operation."""
    for name, call in vendor.semantics.operations.items():
        where = ("operations", name)
        yield from _misplaced_below(vendor, name, call.request, (*where, "request"))
        for key, facet in call.facets.items():
            yield from _misplaced_below(vendor, name, facet, (*where, key))
    for name, resource in vendor.semantics.resources.items():
        where = ("resources", name)
        yield from _misplaced_below(vendor, resource.create, resource, where)
        for key, facet in resource.facets.items():
            yield from _misplaced_below(vendor, None, facet, (*where, key))


@_rule
def pointers_exist(vendor: Vendor) -> Iterator[tuple[str, str]]:
    """A pointer into a reply leads to a declared property."""
    for name, resource in vendor.semantics.resources.items():
        reader = resource.read.operation if resource.read else resource.create
        operation = vendor.document.operations.get(reader or "")
        if operation is None:
            continue
        at = resource.read.at if resource.read else ""
        for label, pointer in (("id", resource.id), ("state", resource.state), ("key", resource.key)):
            if pointer and not _in_reply(vendor, operation, at + pointer):
                yield join("resources", name, label), f"no reply of {operation.id} has {at}{pointer}"
    for name, call in vendor.semantics.operations.items():
        listing, operation = call.facets.get("list"), vendor.document.operations.get(name)
        if isinstance(listing, List) and operation is not None:
            yield from _list_pointers(vendor, operation, listing)


def _list_pointers(vendor: Vendor, operation: Operation, listing: List) -> Iterator[tuple[str, str]]:
    where = ("operations", operation.id, "list")
    if not _in_reply(vendor, operation, listing.items):
        yield join(*where, "items"), f"no reply of {operation.id} has {listing.items}"
    pointers: dict[tuple[str, ...], str] = {("id",): listing.id}
    pointers |= {("filters", key, "field"): item.field for key, item in listing.filters.items() if item.field}
    pointers |= {("unique", str(index)): pointer for index, pointer in enumerate(listing.unique)}
    if listing.sort:
        pointers |= {("sort", "keys", key, "at"): item.at for key, item in listing.sort.keys.items() if item.at}
    for at, pointer in pointers.items():
        if not _in_reply(vendor, operation, f"{listing.items}/0{pointer}"):
            yield join(*where, *at), f"no item of {operation.id} has {pointer}"


@_rule
def names_exist(vendor: Vendor) -> Iterator[tuple[str, str]]:
    """Operations, resources, states and fixtures that are named are declared."""
    semantics = vendor.semantics
    for name, resource in semantics.resources.items():
        where = ("resources", name)
        reader = resource.read.operation if resource.read else None
        named = {("create",): resource.create, ("list",): resource.list, ("read", "operation"): reader}
        for at, operation in named.items():
            if operation and operation not in vendor.document.operations:
                yield join(*where, *at), _unknown("operation", operation, vendor.document.operations)
        if resource.parent and resource.parent.resource not in semantics.resources:
            yield (
                join(*where, "parent", "resource"),
                _unknown("resource", resource.parent.resource, semantics.resources),
            )
        if resource.undo and resource.undo not in resource.commands:
            yield join(*where, "undo"), _unknown("command", resource.undo, resource.commands)
        for state in (*resource.terminal, *filter(None, [resource.initial])):
            if state not in resource.states:
                yield join(*where, "states"), _unknown("state", state, resource.states)
        for key, command in resource.commands.items():
            here = (*where, "commands", key)
            if command.operation not in vendor.document.operations:
                yield join(*here, "operation"), _unknown("operation", command.operation, vendor.document.operations)
            for state in (*command.of, command.to):
                if state not in resource.states:
                    yield join(*here), _unknown("state", state, resource.states)
            for child in command.cascade.keys() - semantics.resources.keys():
                yield join(*here, "cascade", child), _unknown("resource", child, semantics.resources)
    yield from _unknown_values(vendor)


@_rule
def named_commands_exist(vendor: Vendor) -> Iterator[tuple[str, str]]:
    """What a kept value outlives, and what moves an item of a list, is a command."""
    known = {name for resource in vendor.semantics.resources.values() for name in resource.commands}
    for name, call in vendor.semantics.operations.items():
        listing = call.facets.get("list")
        if isinstance(listing, List) and listing.after is not None:
            resource = vendor.semantics.resources.get(listing.resource)
            if resource is not None and listing.after not in resource.commands:
                yield join("operations", name, "list", "after"), _unknown("command", listing.after, resource.commands)
        stores = call.facets.get("stores")
        for key, kept in stores.kept.items() if isinstance(stores, Stores) else ():
            for command in kept.outlives.keys() - known:
                at = join("operations", name, "stores", "kept", key, "outlives", command)
                yield at, _unknown("command", command, known)


@_rule
def capabilities_exist(vendor: Vendor) -> Iterator[tuple[str, str]]:
    """The capability of an operation is declared."""
    known = vendor.semantics.capabilities
    for name, call in vendor.semantics.operations.items():
        if call.capability is not None and call.capability not in known:
            yield join("operations", name, "capability"), _unknown("capability", call.capability, known)


@_rule
def facets_name_operations(vendor: Vendor) -> Iterator[tuple[str, str]]:
    """The operations that a facet names are those of the contract."""
    holders: dict[str, Collection[str]] = {
        "operations": vendor.semantics.operations,
        "resources": vendor.semantics.resources,
    }
    for facet in vendor.semantics.facets:
        for name in facet.operations():
            if name not in vendor.document.operations:
                holder = next((kind for kind in ("operations", "resources") if facet.subject in holders[kind]), "")
                where = (holder, facet.subject) if holder else ()
                problem = _unknown("operation", name, vendor.document.operations)
                yield join(*where, type(facet).word()), problem


@_rule
def sets_and_jobs_fit(vendor: Vendor) -> Iterator[tuple[str, str]]:
    """What a set or a job reads in a reply is declared there; a pointer into a text is followed up to the text."""
    for name, call in vendor.semantics.operations.items():
        promise, job = call.facets.get("set"), call.facets.get("job")
        seen: list[tuple[str, tuple[str, str], str]] = []
        if isinstance(promise, Set) and promise.told:
            seen.append((name, ("set", "told"), f"{promise.told.items}/0{promise.told.id}"))
        if isinstance(job, Job):
            pointers = {"state": job.state, "echo": job.echo, "ended_at": job.ended_at}
            seen += [(job.poll.operation, ("job", label), pointer) for label, pointer in pointers.items() if pointer]
            schemas = vendor.document.root.get("components", {}).get("schemas", {})
            if job.details and job.details.schema_name not in schemas:
                at = join("operations", name, "job", "details", "schema")
                yield at, _unknown("schema", job.details.schema_name, schemas)
        for operation, where, pointer in seen:
            declared = vendor.document.operations.get(operation)
            if declared is not None and not _in_reply(vendor, declared, pointer.partition("#")[0]):
                yield join("operations", name, *where), f"no reply of {operation} has {pointer}"


def _unknown_values(vendor: Vendor) -> Iterator[tuple[str, str]]:
    semantics = vendor.semantics
    holders: list[tuple[BaseModel, tuple[str, ...]]] = []
    for name, call in semantics.operations.items():
        holders.append((call, ("operations", name)))
        holders += [(facet, ("operations", name, key)) for key, facet in call.facets.items()]
        for facet in call.facets.values():
            if isinstance(facet, (Create, List)) and facet.resource not in semantics.resources:
                problem = _unknown("resource", facet.resource, semantics.resources)
                yield join("operations", name, type(facet).word(), "resource"), problem
    for name, resource in semantics.resources.items():
        holders.append((resource, ("resources", name)))
        holders += [(facet, ("resources", name, key)) for key, facet in resource.facets.items()]
    for holder, at in holders:
        for value, where in _walk(holder, Value, at):
            if value.fixture and value.fixture not in semantics.fixtures:
                yield where, _unknown("fixture", value.fixture, semantics.fixtures)
            if value.resource and value.resource not in semantics.resources:
                yield where, _unknown("resource", value.resource, semantics.resources)


def _walk(node: object, kind: type[T], where: tuple[str, ...]) -> Iterator[tuple[T, str]]:
    """Every value of ``kind`` below ``node``, with its pointer."""
    if isinstance(node, kind):
        yield node, join(*where)
    for key, value in _parts(node):
        yield from _walk(value, kind, (*where, key))


def _parts(node: object) -> Iterator[tuple[str, object]]:
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield name, getattr(node, name)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield str(key), key
            yield str(key), value
    elif isinstance(node, (tuple, list)):
        for index, value in enumerate(node):
            yield str(index), value


def _misplaced_below(
    vendor: Vendor, operation: str | None, node: object, where: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Findings for every place below ``node``; a model that names an operation speaks of that one."""
    if isinstance(node, Place):
        declared = vendor.document.operations.get(operation or "")
        if declared is not None:
            yield from _misplaced(vendor, declared, node, join(*where))
        return
    for key, value in _parts(node):
        yield from _misplaced_below(vendor, getattr(node, "operation", operation), value, (*where, key))


def _misplaced(vendor: Vendor, operation: Operation, place: Place, where: str) -> Iterator[tuple[str, str]]:
    if place.message == "response":
        if place.part == "body" and not _in_reply(vendor, operation, place.name):
            yield where, f"no reply of {operation.id} has {place.name}"
        return
    if place.part == "body":
        schemas = list(operation.body.values())
        if not schemas:
            yield where, f"{operation.id} takes no body"
        elif not any(has_property(vendor.document, schema, tokens(place.name)) for schema in schemas):
            yield where, f"the body of {operation.id} has no {place.name}"
    elif operation.parameter(place.part, place.name) is None:
        known = [item.name for item in operation.parameters if item.place == place.part]
        yield (
            where,
            f"{operation.id} has no {place.part} parameter {place.name!r}; {nearest(place.name, known)}",
        )


def _in_reply(vendor: Vendor, operation: Operation, pointer: str) -> bool:
    schemas = [
        schema
        for status, media_types in operation.responses.items()
        if status.startswith("2")
        for schema in media_types.values()
    ]
    return any(has_property(vendor.document, schema, tokens(pointer)) for schema in schemas)
