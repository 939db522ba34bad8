"""An OpenAPI document (3.0 or 3.1) as operations that can be looked up by name and by request line."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from conformance.contract import pointer
from conformance.contract.references import References
from conformance.contract.source import parsed, read
from conformance.errors import DocumentError

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
NOT_MODIFIED = 304


@dataclass(frozen=True)
class Parameter:
    """One parameter with its resolved schema; ``place`` is the word that OpenAPI calls ``in``."""

    name: str
    place: Literal["path", "query", "header", "cookie"]
    required: bool
    schema: Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """One operation: ``body`` and each of ``responses`` map media types to unresolved schemas."""

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: Mapping[str, Mapping[str, Any]]
    body_required: bool
    responses: Mapping[str, Mapping[str, Mapping[str, Any]]]
    security: tuple[frozenset[str], ...]

    @property
    def is_open(self) -> bool:
        """Whether the document lets it be called without credentials."""
        return not self.security or frozenset() in self.security

    @property
    def media_type(self) -> str | None:
        """The first media type of its request body, or ``None`` when it takes no body."""
        return next(iter(self.body), None)

    def response(self, status: int) -> str | None:
        """The key under which ``status`` is documented: exact, range, or ``default`` for refusals; else ``None``.

        What leads elsewhere is a refusal, unless it says that nothing has changed since.
        """
        for key in (str(status), f"{status // 100}XX"):
            if key in self.responses:
                return key
        return "default" if "default" in self.responses and status >= 300 and status != NOT_MODIFIED else None

    def parameter(self, place: str, name: str) -> Parameter | None:
        """The parameter called ``name`` at ``place``."""
        same = str.lower if place == "header" else str
        return next((p for p in self.parameters if p.place == place and same(p.name) == same(name)), None)


@dataclass(frozen=True)
class Document:
    """A loaded document; ``root`` is its JSON value, ``path`` the file that it came from."""

    path: Path
    root: Mapping[str, Any] = field(repr=False)

    @classmethod
    def load(cls, path: Path) -> Document:
        """Read ``path``; a file that is no OpenAPI 3 document is a ``DocumentError``."""
        return cls.parse(read(path), str(path))

    @classmethod
    def parse(cls, content: bytes, name: str) -> Document:
        """The document in ``content``; a ``DocumentError`` calls it ``name``, the file or address that it came from."""
        root = parsed(content, name)
        version = str(root.get("openapi", ""))
        if not version.startswith("3."):
            older = root.get("swagger")
            says = f"this is Swagger {older}" if older and not version else f"'openapi' is {version or 'missing'}"
            raise DocumentError(f"{name}: {says}", "this reads OpenAPI 3.0 and 3.1")
        return cls(Path(name), root)

    @property
    def is_30(self) -> bool:
        """Whether schemas are of the OpenAPI 3.0 dialect."""
        return str(self.root["openapi"]).startswith("3.0")

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the document's value, independent of layout, order of keys and comments."""
        text = json.dumps(self.root, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    def resolve(self, node: Any) -> Any:
        """``node``, or what its ``$ref`` leads to inside this document."""
        found, _ = References(self.root).followed(node, str(self.path))
        return found

    def schema(self, node: Any) -> Mapping[str, Any]:
        """The schema that ``node`` is or leads to; ``true`` and ``false``, legal in OpenAPI 3.1, are made objects."""
        found = self.resolve(node)
        if isinstance(found, bool):
            return {} if found else {"not": {}}
        return self._object(node)

    def _object(self, node: Any) -> Mapping[str, Any]:
        """What ``node`` is or leads to, which has to be an object."""
        found = self.resolve(node)
        if not isinstance(found, Mapping):
            raise DocumentError(f"{self.path}: $ref {node['$ref']!r} leads to no object", "correct the reference")
        return found

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation by operationId, in the order of the document."""
        found: dict[str, Operation] = {}
        for path, method, item, node in self._nodes():
            name = node.get("operationId")
            if not name or name in found:
                problem = "is used twice" if name else "is missing"
                raise DocumentError(f"{self.path}: operationId {problem} at {pointer.join('paths', path, method)}")
            found[name] = self._operation(name, path, method, item, node)
        return found

    def _nodes(self) -> Iterator[tuple[str, str, Mapping[str, Any], Mapping[str, Any]]]:
        for path, entry in (self.root.get("paths") or {}).items():
            item = self._object(entry)
            for method in METHODS:
                if method in item:
                    yield path, method, item, item[method]

    def _operation(
        self, name: str, path: str, method: str, item: Mapping[str, Any], node: Mapping[str, Any]
    ) -> Operation:
        merged: dict[tuple[str, str], Parameter] = {}
        for entry in [*item.get("parameters", ()), *node.get("parameters", ())]:
            raw = self._object(entry)
            if not {"name", "in"} <= raw.keys():
                wrong = f"{self.path}: $ref {entry['$ref']!r} leads to no parameter"
                raise DocumentError(wrong, "correct the reference")
            merged[raw["in"], raw["name"]] = Parameter(
                raw["name"], raw["in"], bool(raw.get("required")), self.schema(raw.get("schema", {}))
            )
        body = self._object(node.get("requestBody", {}))
        responses = {str(status): self._object(entry) for status, entry in node.get("responses", {}).items()}
        security = node.get("security", self.root.get("security", ()))
        return Operation(
            name,
            method.upper(),
            path,
            tuple(merged.values()),
            {media: content.get("schema", {}) for media, content in body.get("content", {}).items()},
            bool(body.get("required")),
            {
                status: {media: content.get("schema", {}) for media, content in entry.get("content", {}).items()}
                for status, entry in responses.items()
            },
            tuple(frozenset(alternative) for alternative in security),
        )

    def route(self, method: str, path: str) -> Operation | None:
        """The operation that a request for ``path`` (below the server's base, without query) is for."""
        for pattern, operation in self._routes:
            if operation.method == method.upper() and pattern.fullmatch(path):
                return operation
        return None

    @cached_property
    def _routes(self) -> list[tuple[re.Pattern[str], Operation]]:
        def concrete_first(operation: Operation) -> int:
            return operation.path.count("{")

        return [
            (re.compile(re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(operation.path))), operation)
            for operation in sorted(self.operations.values(), key=concrete_first)
        ]

    @property
    def webhooks(self) -> Mapping[str, Mapping[str, Any]]:
        """The request body schema by media type of each webhook, whether 3.1 ``webhooks`` or ``x-webhooks``."""
        entries = self.root.get("webhooks") or self.root.get("x-webhooks") or {}
        found: dict[str, Mapping[str, Any]] = {}
        for name, entry in entries.items():
            body = self._object(self._object(entry).get("post", {}).get("requestBody", {}))
            found[name] = {media: content.get("schema", {}) for media, content in body.get("content", {}).items()}
        return found
