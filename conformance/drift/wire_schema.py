"""The wire form of a schema: what it admits, freed of names, order, prose and the way it was written down.

Equal wire forms mean equal sets of messages. The converse holds where documents differ in manner only
(inline or referenced, split by ``allOf`` or not, defaults said or left out), not for every pair of schemas.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from conformance.contract import pointer
from conformance.contract.references import References
from conformance.errors import DocumentError

ANNOTATIONS = frozenset({"deprecated", "description", "example", "externalDocs", "title"})

#: What an OpenAPI 3.0 schema means when it does not say; leaving it out and saying it are the same.
UNSAID: Mapping[str, Any] = {
    "additionalProperties": True,
    "exclusiveMaximum": False,
    "exclusiveMinimum": False,
    "minItems": 0,
    "minLength": 0,
    "minProperties": 0,
    "nullable": False,
    "properties": {},
    "readOnly": False,
    "required": [],
    "uniqueItems": False,
    "writeOnly": False,
}
#: Words of OpenAPI 3.0 that say something only beside another one.
BESIDE: Mapping[str, str] = {"exclusiveMaximum": "maximum", "exclusiveMinimum": "minimum"}


def canonical_text(value: Any) -> str:
    """One text for each JSON value; tells ``true`` from ``1``, and not ``1.0`` from ``1``."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def dereference(document: Mapping[str, Any], value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A parameter, body, response, header or path item itself, where a reference to it may stand."""
    found, _ = References(document).followed(value)
    return cast("Mapping[str, Any]", found)


def _named(document: Mapping[str, Any], reference: str) -> Any:
    references = References(document)
    return references.value(references.place(reference))


@dataclass(frozen=True)
class SchemaForm:
    """Turns the schemas of one document into wire forms.

    ``at`` is the JSON Pointer of the place being filled. ``entered`` maps each reference under way to the
    place where it was entered: a recursion is written as that place, so that no component name is left.
    ``parts`` are the references followed as members of one ``allOf``.
    """

    document: Mapping[str, Any]
    at: str
    entered: Mapping[str, str] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()

    def of(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The wire form of a schema or of a reference to one."""
        form = self
        while "$ref" in schema:
            ref = schema["$ref"]
            if ref in form.entered:
                return {"$recursion": form.entered[ref]}
            form = replace(form, entered={**form.entered, ref: self.at})
            schema = _named(self.document, ref)
        return form._composed(schema)

    def _composed(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        own = {k: v for k, v in schema.items() if k != "allOf"}
        parts = [self._part(member) for member in schema.get("allOf", ())]
        if not parts:
            return self._keywords(own)
        own_part = self._keywords(own)
        return flatten([part for part in (own_part, *parts) if part])

    def _part(self, member: Mapping[str, Any]) -> dict[str, Any]:
        """A member of ``allOf``; its discriminator chooses among its own children and says nothing here."""
        form = self
        while "$ref" in member:
            ref = member["$ref"]
            if ref in form.parts:
                raise DocumentError(f"$ref {ref!r} is a part of itself", "break the circle of allOf")
            form = replace(form, parts=form.parts | {ref})
            member = _named(self.document, ref)
        return form._composed({k: v for k, v in member.items() if k != "discriminator"})

    def _keywords(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        said = {
            keyword: self._keyword(keyword, value)
            for keyword, value in schema.items()
            if keyword not in ANNOTATIONS and not keyword.startswith("x-") and BESIDE.get(keyword, keyword) in schema
        }
        return {keyword: value for keyword, value in said.items() if not _goes_without_saying(keyword, value)}

    def _keyword(self, keyword: str, value: Any) -> Any:  # noqa: PLR0911 - one a kind of keyword
        below = self._below(keyword)
        match keyword, value:
            case "properties", _:
                return {name: below._below(name).of(schema) for name, schema in value.items()}
            case "additionalProperties", Mapping():
                return below.of(value) or True
            case (("items" | "not"), _):
                return below.of(value)
            case (("anyOf" | "oneOf"), _):
                return _sorted(below._below(str(index)).of(schema) for index, schema in enumerate(value))
            case (("enum" | "required"), _):
                return _sorted({canonical_text(item): item for item in value}.values())
            case "discriminator", _:
                return below._discriminator(value)
            case _:
                return value

    def _discriminator(self, value: Mapping[str, Any]) -> dict[str, Any]:
        def child(target: str) -> str:
            return target if "/" in target else f"#/components/schemas/{target}"

        place = self._below("mapping")
        mapping = {
            key: place._below(key).of({"$ref": child(target)}) for key, target in value.get("mapping", {}).items()
        }
        return {"propertyName": value["propertyName"], "mapping": mapping}

    def _below(self, token: str) -> SchemaForm:
        return SchemaForm(self.document, self.at + pointer.join(token), self.entered)


def _goes_without_saying(keyword: str, value: Any) -> bool:
    return keyword in UNSAID and canonical_text(value) == canonical_text(UNSAID[keyword])


def flatten(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One schema that admits what all parts admit; an ``allOf`` where the parts do not simply add up."""
    whole: dict[str, Any] = {}
    for part in parts:
        for keyword, value in part.items():
            if keyword not in whole:
                whole[keyword] = value
            elif keyword == "properties":
                whole[keyword] = _joined_properties(whole[keyword], value)
            elif keyword == "required":
                whole[keyword] = _sorted({*whole[keyword], *value})
            elif canonical_text(whole[keyword]) != canonical_text(value):
                return _unflattened(parts)
    names = whole.get("properties", {}).keys()
    closed = any("additionalProperties" in part and part.get("properties", {}).keys() != names for part in parts)
    nullable = {part.get("nullable", False) for part in parts}
    return _unflattened(parts) if closed or len(nullable) > 1 else whole


def _joined_properties(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    both = {name: flatten([ours[name], theirs[name]]) for name in ours.keys() & theirs.keys()}
    return {**ours, **theirs, **both}


def _unflattened(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"allOf": _sorted(parts)}


def _sorted(values: Iterable[Any]) -> list[Any]:
    return sorted(values, key=canonical_text)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
