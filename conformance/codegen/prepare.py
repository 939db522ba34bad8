"""What both generators are given: one document that says the same, in forms that they read rightly."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conformance.codegen.overlay import overlaid
from conformance.contract.document import Document
from conformance.contract.skeleton import require_build

OVERLAY = Path("overlays/generate.yaml")
_BESIDE_ALL_OF = ("properties", "required", "additionalProperties")


def prepared_contract(vendor_folder: Path) -> dict[str, Any]:
    """The vendor's contract with ``overlays/generate.yaml``, if there is one, applied to it.

    :raises DocumentError: the contract or the overlay cannot be read.
    """
    document = Document.load(vendor_folder / "openapi.yaml")
    require_build(document)
    root, overlay = dict(document.root), vendor_folder / OVERLAY
    return prepared(overlaid(root, overlay) if overlay.is_file() else root)


def prepared(document: dict[str, Any]) -> dict[str, Any]:
    """A copy in which what stood beside an ``allOf`` stands inside it, where the client generator looks."""
    result = copy.deepcopy(document)
    for schema in _objects(result.get("components", {}).get("schemas", {})):
        beside = {key: schema[key] for key in _BESIDE_ALL_OF if key in schema}
        if beside and isinstance(schema.get("allOf"), list):
            for key in beside:
                del schema[key]
            schema["allOf"].append({"type": "object", **beside})
    return result


def binary_media_types(document: dict[str, Any]) -> list[str]:
    """The media types whose schema is binary and that the client generator would not know as such, sorted."""
    found: set[str] = set()
    for node in _objects(document):
        content = node.get("content")
        for media_type, described in content.items() if isinstance(content, dict) else ():
            schema = described.get("schema") if isinstance(described, dict) else None
            if isinstance(schema, dict) and schema.get("format") == "binary":
                found.add(media_type)
    return sorted(found - {"application/octet-stream"})


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value, outermost first."""
    if isinstance(node, dict):
        yield node
    members = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for member in members:
        yield from _objects(member)
