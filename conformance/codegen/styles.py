"""Parameters that a client would write down in another way than the document says, refused before one is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract.document import METHODS
from conformance.contract.pointer import get, join
from conformance.contract.references import referred
from conformance.errors import GenerationError

_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
_COMPOUND = {"items": "array", "prefixItems": "array", "properties": "object"}


def require_styles(document: Mapping[str, Any]) -> None:
    """Raise GenerationError, with the pointer, for a parameter whose style the client does not know.

    It knows ``form`` with ``explode`` in a query, and ``simple`` in a path of what is no object; the generator itself
    refuses lists and objects in headers.
    """
    for at, parameter in _parameters(document):
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
    for name, parameter in ((document.get("components") or {}).get("parameters") or {}).items():
        yield join("components", "parameters", name), parameter
    for path, item in (document.get("paths") or {}).items():
        places = {join("paths", path): item}
        places |= {join("paths", path, method): item[method] for method in METHODS if method in item}
        for at, holder in places.items():
            for number, parameter in enumerate(holder.get("parameters") or ()):
                if "$ref" not in parameter:
                    yield f"{at}/parameters/{number}", parameter


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
