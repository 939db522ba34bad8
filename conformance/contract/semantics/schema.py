"""The JSON Schema of ``semantics.yaml``, format 1, with every facet that is installed."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from conformance.contract.facets import discover
from conformance.contract.semantics.document import Call, Semantics
from conformance.contract.semantics.model import Facet, OperationFacet, ResourceFacet, VendorFacet
from conformance.contract.semantics.resource import Resource


def schema() -> dict[str, Any]:
    """A JSON Schema 2020-12 for ``semantics.yaml``."""
    definitions: dict[str, Any] = {}
    whole = _of(Semantics, definitions)
    _with_facets(whole, VendorFacet, definitions)
    for kind, holder in ((OperationFacet, Call), (ResourceFacet, Resource)):
        _with_facets(definitions[holder.__name__], kind, definitions)
    definitions["Call"]["properties"].pop("id", None)
    definitions["Clause"]["properties"].pop("id", None)
    definitions["Resource"]["properties"].pop("name", None)
    for name in ("name", "resource"):
        definitions["Command"]["properties"].pop(name, None)
    definitions["Value"] = _value(definitions["Value"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "semantics.yaml, format 1",
        **whole,
        "$defs": dict(sorted(definitions.items())),
    }


def _value(source: dict[str, Any]) -> dict[str, Any]:
    """A value is an object that names its source, or any literal that does not look like one."""
    sources = [{"required": [name]} for name in source["properties"]]
    return {"anyOf": [source, {"not": {"type": "object", "anyOf": sources}}]}


def _of(model: type[BaseModel], definitions: dict[str, Any]) -> dict[str, Any]:
    own = model.model_json_schema(mode="validation", by_alias=True)
    definitions |= own.pop("$defs", {})
    return own


def _with_facets(holder: dict[str, Any], kind: type[Facet], definitions: dict[str, Any]) -> None:
    for word, facet in sorted(discover(kind).items()):
        own = _of(facet, definitions)
        own["properties"].pop("subject", None)
        definitions[facet.__name__] = own
        holder["properties"][word] = {"$ref": f"#/$defs/{facet.__name__}"}
