"""What a client would leave out, or write down in another way than the document says, refused before one is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract.document import METHODS
from conformance.contract.media import bare
from conformance.contract.pointer import get, join
from conformance.contract.references import referred
from conformance.errors import GenerationError

_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
_COMPOUND = {"items": "array", "prefixItems": "array", "properties": "object"}


def require_styles(document: Mapping[str, Any]) -> None:
    """Raise GenerationError, with the pointer, for a parameter or a form whose style the client does not know.

    It knows ``form`` with ``explode`` in a query and in a form, and ``simple`` in a path of what is no object; the
    generator itself refuses lists and objects in headers, and leaves out parameters of a media type.
    """
    for at, field in _fields(document):
        items = field.get("items") if isinstance(field, Mapping) else None
        if any("object" in _kinds(document, one, frozenset()) for one in (field, items)):
            raise _refused(f"{at}: the client does not send an object in a form")
    for at, parameter in _parameters(document):
        if "content" in parameter:
            raise _refused(f"{at}/content: the client does not send a parameter of a media type")
        place = str(parameter.get("in"))
        usual = _STYLES.get(place)
        style = parameter.get("style", usual)
        if style != usual:
            raise _refused(f"{at}/style: {style!r} in a {place} is a style that the client does not know")
        compound = sorted(_kinds(document, parameter.get("schema"), frozenset()))
        if place == "query" and compound and parameter.get("explode") is False:
            raise _refused(f"{at}/explode: the client sends an {compound[0]} in a query only with explode: true")
        if (place == "cookie" and compound) or (place == "path" and "object" in compound):
            raise _refused(f"{at}: the client does not send an {compound[-1]} in a {place}")


def _refused(says: str) -> GenerationError:
    return GenerationError(says, "say it otherwise in the contract or in overlays/generate.yaml")


def _parameters(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every parameter with its pointer, in the place where it is written down."""
    for name, parameter in _components(document, "parameters"):
        yield join("components", "parameters", name), parameter
    for path, item in (document.get("paths") or {}).items():
        places = {join("paths", path): item}
        places |= {join("paths", path, method): item[method] for method in METHODS if method in item}
        for at, holder in places.items():
            for number, parameter in enumerate(holder.get("parameters") or ()):
                if "$ref" not in parameter:
                    yield f"{at}/parameters/{number}", parameter


def _fields(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every property of a urlencoded form with its pointer."""
    bodies = {join("components", "requestBodies", name): body for name, body in _components(document, "requestBodies")}
    for path, item in (document.get("paths") or {}).items():
        for method in METHODS & item.keys():
            bodies[join("paths", path, method, "requestBody")] = item[method].get("requestBody")
    for at, body in bodies.items():
        for media_type in (body or {}).get("content") or {}:
            if bare(media_type) == "application/x-www-form-urlencoded":
                place = f"{at}{join('content', media_type, 'schema')}"
                yield from _properties(document, place, frozenset())


def _properties(document: Mapping[str, Any], at: str, seen: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Every property of the schema at ``at``, of those that it refers to and of those that it is composed of."""
    schema = get(document, at)
    if at in seen or not isinstance(schema, Mapping):
        return
    place = referred(document, schema)
    if place is not None:
        yield from _properties(document, place, seen | {at})
    for name, one in (schema.get("properties") or {}).items():
        yield f"{at}{join('properties', name)}", one
    for word in ("allOf", "anyOf", "oneOf"):
        for number in range(len(schema.get(word) or ())):
            yield from _properties(document, f"{at}/{word}/{number}", seen | {at})


def _components(document: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Any]]:
    yield from ((document.get("components") or {}).get(kind) or {}).items()


def _kinds(document: Mapping[str, Any], schema: Any, seen: frozenset[str]) -> set[str]:
    """``array`` and ``object``, as far as values of ``schema`` are these."""
    place = referred(document, schema)
    if place is not None:
        return set() if place in seen else _kinds(document, get(document, place), seen | {place})
    if not isinstance(schema, Mapping):
        return set()
    told = schema.get("type")
    kinds = {*(told if isinstance(told, list) else (told,))} & {"array", "object"}
    if told is None:
        kinds |= {kind for word, kind in _COMPOUND.items() if word in schema}
    members = (member for word in ("allOf", "anyOf", "oneOf") for member in schema.get(word) or ())
    return kinds.union(*(_kinds(document, member, seen) for member in members))
