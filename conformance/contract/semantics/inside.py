"""What stands inside of semantics, each with where it stands and what is spoken of there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from conformance.contract.semantics.document import Call
from conformance.contract.semantics.model import Faceted, ResourceFacet
from conformance.contract.semantics.names import names
from conformance.contract.semantics.resource import Resource

_PLAIN = frozenset({str, int, float, bool, type(None)})


class Inside(NamedTuple):
    """A ``value`` at a place of the file; ``operation`` and ``resource`` are what is spoken of there, if anything."""

    value: object
    at: tuple[str, ...] = ()
    operation: str | None = None
    resource: str | None = None


def inside(value: object) -> Iterator[Inside]:
    """``value`` and everything in it but plain texts and the like: models and their facets, names, places."""
    return _below(Inside(value))


def _below(here: Inside) -> Iterator[Inside]:
    if type(here.value) not in _PLAIN:
        yield here
        for part in _parts(_speaking(here)):
            yield from _below(part)


def _speaking(here: Inside) -> Inside:
    """The same, speaking of what its value names: a model that names an operation or a resource speaks of that one."""
    value, at, operation, resource = here
    match value:
        case Call():
            return Inside(value, at, value.id, resource)
        case Resource():
            return Inside(value, at, value.create, value.name)
        case BaseModel():
            outer = None if isinstance(value, ResourceFacet) else operation
            own = (getattr(value, name, None) for name in ("operation", "resource"))
            return Inside(value, at, next(own) or outer, next(own) or resource)
    return here


def _parts(here: Inside) -> Iterator[Inside]:
    """What stands right inside; under a key that names a resource, that one is spoken of."""
    value, at, operation, resource = here
    match value:
        case BaseModel():
            yield from (Inside(part, (*at, key), operation, resource) for key, part in _properties(value))
        case dict():
            for key, part in value.items():
                yield Inside(key, (*at, str(key)), operation, resource)
                yield Inside(part, (*at, str(key)), operation, key if names(key, "resource") else resource)
        case tuple() | list():
            yield from (Inside(part, (*at, str(index)), operation, resource) for index, part in enumerate(value))


def _properties(model: BaseModel) -> Iterator[tuple[str, object]]:
    for name, field in type(model).model_fields.items():
        yield field.alias or name, getattr(model, name)
    if isinstance(model, Faceted):
        yield from model.facets.items()
