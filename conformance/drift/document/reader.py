"""Reads a document into its model; what does not belong is told with its pointer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.contract.document import METHODS
from conformance.contract.pointer import join
from conformance.contract.schema import Direction
from conformance.drift.containment.dialect import Dialect
from conformance.drift.document import messages, security, servers
from conformance.drift.document.access import Access
from conformance.drift.document.model import Forms, Operation
from conformance.errors import DocumentError

_VERSIONS = re.compile(r"3\.[01](\.\d+)?(-.*)?")


@dataclass
class Reader:
    """One document, its dialects, and its operations."""

    root: Mapping[str, Any]
    access: Access = field(init=False, repr=False)
    dialects: dict[str, Dialect] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        version = self.root.get("openapi", self.root.get("swagger"))
        if not isinstance(version, str) or not _VERSIONS.fullmatch(version):
            found = "missing" if version is None else repr(version)
            hint = "this compares OpenAPI 3.0 and 3.1"
            if isinstance(version, float):
                hint = f"it is a text: write '{version}' in quotes"
            raise DocumentError(f"/openapi: the version is {found}", hint)
        self.access = Access(self.root)
        sender = Dialect(self.root, "response", "sender")
        marked = _mentions(self.root, "writeOnly")
        self.dialects = {
            "request": Dialect(self.root, "request", "sender"),
            "sender": sender,
            "receiver": Dialect(self.root, "response", "receiver") if marked else sender,
        }

    def forms(self, raw: Any, pointer: str, direction: Direction) -> Forms:
        """A schema that stands at ``pointer``, for messages of a direction."""
        if direction == "request":
            form = self.dialects["request"].of(raw, pointer)
            return Forms(pointer, raw, form, form, "request")
        return Forms(
            pointer,
            raw,
            self.dialects["sender"].of(raw, pointer),
            self.dialects["receiver"].of(raw, pointer),
            "response",
        )

    def operations(self) -> Iterator[Operation]:
        """Every operation and every webhook."""
        names: dict[str, str] = {}
        routes: dict[tuple[str, str], str] = {}
        for path, item, at in self.access.items("/paths"):
            if path.startswith("x-"):
                continue
            for operation in self._methods(path, item, at, "operation"):
                self._once(names, operation.id, operation.pointer, "operationId")
                route = (operation.method, operation.route)
                if route in routes:
                    raise DocumentError(f"{at}: {routes[route]} has the same path", "keep one of the two")
                routes[route] = operation.pointer
                yield operation
        for section in ("/webhooks", "/x-webhooks"):
            for name, item, at in self.access.items(section):
                yield from self._methods(name, item, at, "webhook")

    def _once(self, names: dict[str, str], name: str, at: str, what: str) -> None:
        if name and name in names:
            raise DocumentError(f"{at}: {what} {name!r} is there twice", f"{names[name]} has it too; rename one")
        names[name] = at

    def _methods(self, path: str, item: Any, at: str, kind: str) -> Iterator[Operation]:
        item, at = self.access.followed(item, at)
        for method in METHODS:
            if method in item:
                yield self._operation(path, method, item, at, kind)

    def _operation(self, path: str, method: str, item: Mapping[str, Any], at: str, kind: str) -> Operation:
        here = f"{at}/{method}"
        raw = self.access.mapping(item[method], here)
        is_outgoing = kind != "operation"
        asks: Direction = "response" if is_outgoing else "request"
        answers: Direction = "request" if is_outgoing else "response"
        reader = messages.Messages(self.access, self.forms)
        name = raw.get("operationId")
        name = name if isinstance(name, str) else ""
        callbacks = {
            f"{label} {target} {one.method}": one
            for label, callback, place in self.access.entries(raw.get("callbacks"), f"{here}/callbacks")
            for target, inner, where in self._targets(callback, place)
            for one in self._methods(target, inner, where, "callback")
        }
        return Operation(
            name or (path if kind == "webhook" else f"{method.upper()} {path}"),
            name,
            method,
            path,
            nameless(path),
            here,
            raw,
            reader.parameters(path, item, at, raw, here, asks),
            reader.request(raw.get("requestBody"), f"{here}/requestBody", asks),
            reader.responses(raw.get("responses"), f"{here}/responses", answers),
            security.alternatives(self.access, raw, here),
            servers.urls(self.access, ((raw, here), (item, at), (self.root, ""))),
            callbacks,
            is_outgoing,
            kind,
        )

    def _targets(self, callback: Any, place: str) -> Iterator[tuple[str, Any, str]]:
        callback, place = self.access.followed(callback, place)
        for target, item in callback.items():
            if not target.startswith("x-"):
                yield target, item, place + join(target)


def nameless(path: str) -> str:
    """A path template in which no parameter has a name."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


def _mentions(value: Any, word: str) -> bool:
    if isinstance(value, Mapping):
        return word in value or any(_mentions(one, word) for one in value.values())
    return isinstance(value, list) and any(_mentions(one, word) for one in value)
