"""Schemas of OpenAPI 3.0 and 3.1 in one dialect of JSON Schema 2020-12, for one direction of travel.

The dialect has few words: ``type`` (a sorted list), ``enum``, bounds, ``pattern``, ``format``, the applicators of
arrays and objects, ``allOf``, ``anyOf``, ``oneOf``, ``not`` and ``$ref`` to a key of ``Dialect.definitions``.
Annotations are gone, and what says nothing is left out, so that most rewrites of a schema are one and the same here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.contract import pointer
from conformance.contract.references import References
from conformance.contract.schema import Direction
from conformance.drift.containment import rewriting
from conformance.drift.containment.discriminator import children, chosen
from conformance.drift.containment.facts import UNREADABLE
from conformance.drift.containment.rewriting import Role, Schema
from conformance.drift.containment.shape import checked
from conformance.drift.containment.universe import is_readable
from conformance.errors import DocumentError

_MOST = 250
"""How deep schemas nest at most."""

_CARRIED = (
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "minContains",
    "maxContains",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "multipleOf",
)
_UNSUPPORTED = ("$dynamicRef", "$recursiveRef", "unevaluatedItems")


@dataclass
class Dialect:
    """Translates the schemas of one document, as those who send or those who receive a message see them.

    ``definitions`` fills with whatever the translated schemas refer to. A property that only responses have
    (``readOnly``) is no part of a request. One that only requests have (``writeOnly``) is never sent in a response;
    whoever receives one takes it as it comes.
    """

    root: Mapping[str, Any]
    direction: Direction
    role: Role
    definitions: dict[str, Schema] = field(default_factory=dict)
    _waiting: list[tuple[str, str, frozenset[str], bool]] = field(default_factory=list, repr=False)
    _is_busy: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        self.references = References(self.root)
        self._is_30 = str(self.root.get("openapi", "")).startswith("3.0")
        self._hidden = "readOnly" if self.direction == "request" else "writeOnly"

    def of(self, schema: Any, at: str) -> Schema:
        """``schema``, which stands at the pointer ``at``, in the dialect.

        :raises DocumentError: it is no schema, or refers to nothing.
        """
        form = self._of(schema, at, frozenset(), part=False)
        if not self._is_busy:
            self._is_busy = True
            while self._waiting:
                key, place, names, part = self._waiting.pop()
                self.definitions[key] = self._of(self.references.value(place), place, names, part=part)
            self._is_busy = False
        return form

    def _of(self, schema: Any, at: str, hidden: frozenset[str], *, part: bool) -> Schema:
        """``hidden`` names are required by nobody here; a ``part`` of ``allOf`` chooses among no children."""
        if at.count("/") > _MOST:
            raise DocumentError(f"{at[:80]}...: schemas nest more than {_MOST} deep", "give the inner ones names")
        if isinstance(schema, bool):
            return schema
        said = checked(schema, at, self._is_30)
        reference = said.get("$ref")
        if reference is None:
            return self._plain(said, at, hidden, part=part)
        target = self._reference(reference, at, hidden, part=part)
        rest = {} if self._is_30 else {key: value for key, value in said.items() if key != "$ref"}
        beside = self._plain(rest, at, hidden, part=True) if rest else True
        return rewriting.all_of([target, beside])

    def _reference(self, reference: str, at: str, hidden: frozenset[str], *, part: bool) -> Schema:
        place = self.references.target(reference, at)
        names = sorted(hidden & self._mentioned(place)) if hidden else []
        key = " ".join([place, *names, "(part)" if part and self._chooses(place) else ""]).rstrip()
        if key not in self.definitions:
            self.definitions[key] = True
            self._waiting.append((key, place, frozenset(names), part))
        return {"$ref": key}

    def _child(self, place: str, at: str) -> Schema:
        return self._reference(f"#{place}", at, frozenset(), part=True)

    def _mentioned(self, place: str) -> set[str]:
        """What the schema at a pointer, or one that may hold with it, lists as required."""
        parts = self._parts(self.references.value(place), place, "allOf", "anyOf", "oneOf")
        listed = (part.get("required") for part in parts)
        return {name for names in listed if isinstance(names, list) for name in names if isinstance(name, str)}

    def _parts(self, schema: Any, at: str, *words: str) -> Iterator[Mapping[str, Any]]:
        """A schema, what it refers to, and the members of its compositions ``words``, however deep these are."""
        waiting, seen = [schema], set[int]()
        while waiting:
            part = waiting.pop()
            if not isinstance(part, dict) or id(part) in seen:
                continue
            seen.add(id(part))
            is_reference = isinstance(part.get("$ref"), str)
            if is_reference:
                waiting.append(self.references.value(self.references.target(part["$ref"], at)))
            if not (is_reference and self._is_30):
                yield part
                for word in words:
                    waiting += part[word] if isinstance(part.get(word), list) else ()

    def _chooses(self, place: str) -> bool:
        target = self.references.value(place)
        return isinstance(target, dict) and "discriminator" in target and not target.get("oneOf", target.get("anyOf"))

    def _plain(self, said: Mapping[str, Any], at: str, hidden: frozenset[str], *, part: bool) -> Schema:
        hidden = hidden | self._hidden_names(said, at)
        parts: list[Schema] = [self._own(said, at, hidden)]
        parts += [
            self._of(member, f"{at}/allOf/{index}", hidden, part=True)
            for index, member in enumerate(said.get("allOf", ()))
        ]
        for word in ("anyOf", "oneOf"):
            if word in said:
                members = [
                    self._of(member, f"{at}/{word}/{n}", hidden, part=False) for n, member in enumerate(said[word])
                ]
                parts.append(rewriting.union(word, chosen(self.references, said, word, members)))
        if "not" in said:
            parts.append(rewriting.negated(self.of(said["not"], f"{at}/not")))
        parts += self._conditions(said, at)
        if not part and "discriminator" in said and "anyOf" not in said and "oneOf" not in said:
            parts.append(children(self.references, said, at, self._child))
        whole = rewriting.all_of(parts)
        if said.get("nullable") is True and self._is_30 and whole is not True:
            return rewriting.nullable(whole)
        return whole

    def _own(self, said: Mapping[str, Any], at: str, hidden: frozenset[str]) -> Schema:
        form: dict[str, Any] = {word: said[word] for word in _CARRIED if word in said}
        if "pattern" in form and not is_readable(form["pattern"]):
            form[UNREADABLE] = form.pop("pattern")
        for name in [name for name in said.get("patternProperties", ()) if not is_readable(name)]:
            form[UNREADABLE] = name
        form |= rewriting.bounds(said)
        if "type" in said:
            form["type"] = said["type"]
        if "const" in said:
            form["enum"] = [said["const"]]
        if "enum" in said:
            form["enum"] = [one for one in said["enum"] if "const" not in said or rewriting.equal(one, said["const"])]
        form |= rewriting.formats(said)
        for word in ("items", "contains", "propertyNames", "additionalProperties"):
            if word in said:
                form[word] = self.of(said[word], f"{at}/{word}")
        if "prefixItems" in said:
            form["prefixItems"] = [self.of(one, f"{at}/prefixItems/{n}") for n, one in enumerate(said["prefixItems"])]
        if "patternProperties" in said:
            readable = {name: one for name, one in said["patternProperties"].items() if is_readable(name)}
            form["patternProperties"] = self._named({"patternProperties": readable}, "patternProperties", at)
        if "properties" in said:
            form["properties"] = self._properties(said, at)
        if "required" in said:
            form["required"] = sorted(set(said["required"]) - hidden)
        if "unevaluatedProperties" in said:
            form |= self._unevaluated(said, at)
        form |= {word: True for word in _UNSUPPORTED if word in said}
        return rewriting.tidy(form)

    def _named(self, said: Mapping[str, Any], word: str, at: str) -> dict[str, Schema]:
        return {name: self.of(one, f"{at}/{word}{pointer.join(name)}") for name, one in said[word].items()}

    def _properties(self, said: Mapping[str, Any], at: str) -> dict[str, Schema]:
        found = self._named(said, "properties", at)
        for name in self._hidden_names(said, at):
            if name in found:
                found[name] = self.direction == "response" and self.role == "receiver"
        return found

    def _hidden_names(self, said: Mapping[str, Any], at: str) -> frozenset[str]:
        """The properties declared here, or by a member of ``allOf``, that do not travel in this direction."""
        declared = [part.get("properties") for part in self._parts(said, at, "allOf")]
        named = (pair for one in declared if isinstance(one, dict) for pair in one.items())
        return frozenset(name for name, one in named if self._is_hidden(one, at))

    def _is_hidden(self, schema: Any, at: str, depth: int = 0) -> bool:
        """Whether a property is marked as hidden: itself, a part of it, or every member of a union that it is."""
        if not isinstance(schema, dict) or depth > _MOST:
            return False
        if isinstance(schema.get("$ref"), str):
            target = self.references.value(self.references.target(schema["$ref"], at))
            marked = not self._is_30 and schema.get(self._hidden) is True
            return marked or self._is_hidden(target, at, depth + 1)
        if schema.get(self._hidden) is True:
            return True
        parts, *unions = (schema.get(word) for word in ("allOf", "oneOf", "anyOf"))
        if isinstance(parts, list) and any(self._is_hidden(one, at, depth + 1) for one in parts):
            return True
        return any(
            isinstance(members, list) and members and all(self._is_hidden(one, at, depth + 1) for one in members)
            for members in unions
        )

    def _unevaluated(self, said: Mapping[str, Any], at: str) -> dict[str, Any]:
        """Beside nothing that evaluates elsewhere it means ``additionalProperties``; else it is left undecided."""
        elsewhere = {"allOf", "anyOf", "oneOf", "if", "$ref", "dependentSchemas", "additionalProperties"}
        if elsewhere & said.keys():
            return {"unevaluatedProperties": self.of(said["unevaluatedProperties"], f"{at}/unevaluatedProperties")}
        return {"additionalProperties": self.of(said["unevaluatedProperties"], f"{at}/unevaluatedProperties")}

    def _conditions(self, said: Mapping[str, Any], at: str) -> list[Schema]:
        found: list[Schema] = []
        for name, names in said.get("dependentRequired", {}).items():
            found.append(rewriting.implies({"type": ["object"], "required": [name]}, {"required": sorted(names)}))
        for name, schema in said.get("dependentSchemas", {}).items():
            then = self.of(schema, f"{at}/dependentSchemas{pointer.join(name)}")
            found.append(rewriting.implies({"type": ["object"], "required": [name]}, then))
        if "if" in said:
            condition = self.of(said["if"], f"{at}/if")
            if "then" in said:
                found.append(rewriting.implies(condition, self.of(said["then"], f"{at}/then")))
            if "else" in said:
                found.append(rewriting.union("anyOf", [condition, self.of(said["else"], f"{at}/else")]))
        return found
