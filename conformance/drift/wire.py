"""The wire form of an OpenAPI 3.0 document: all that a client or a server can notice, and nothing else.

Prose, names of components, order, tags, examples and extensions are gone, save ``x-webhooks``, whose members
are operations; references are resolved, ``allOf`` is one object, defaults are said. Equal forms say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from conformance.contract import pointer
from conformance.drift.wire_schema import SchemaForm, canonical_text, dereference
from conformance.errors import DocumentError

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
DEFAULT_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
#: Header parameters that OpenAPI tells tools to ignore: other parts of the document describe them.
DESCRIBED_ELSEWHERE = frozenset({"accept", "authorization", "content-type"})

Document = Mapping[str, Any]


@dataclass(frozen=True)
class WireOperation:
    """An operation or webhook in canonical JSON form."""

    name: str
    value: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the canonical text."""
        return sha256(canonical_text(self.value).encode()).hexdigest()


def wire_operations(document: Document) -> dict[str, WireOperation]:
    """Every operation and webhook by operationId, or by ``METHOD /path`` where a document gives it none.

    :raises DocumentError: not OpenAPI 3.0, an operationId twice, or a reference that leads nowhere.
    """
    version = str(document.get("openapi", "of no version"))
    if not version.startswith("3.0."):
        raise DocumentError(f"the document is OpenAPI {version}", "the wire form is defined for OpenAPI 3.0")
    operations: dict[str, WireOperation] = {}
    for operation in _operations(document):
        if operation.name in operations:
            raise DocumentError(f"operationId {operation.name!r} is there twice", "rename one")
        operations[operation.name] = operation
    return operations


def _operations(document: Document) -> Iterator[WireOperation]:
    for kind, items in (("path", document.get("paths", {})), ("webhook", document.get("x-webhooks", {}))):
        for place, item in items.items():
            item = dereference(document, item)  # noqa: PLW2901
            for method in METHODS:
                if method in item:
                    name = item[method].get("operationId", f"{method.upper()} {place}")
                    value = {kind: place, "method": method, **_operation(document, item, method)}
                    yield WireOperation(name, value)


def _operation(document: Document, item: Mapping[str, Any], method: str) -> dict[str, Any]:
    operation = item[method]
    servers = operation.get("servers") or item.get("servers") or document.get("servers") or [{"url": "/"}]
    callbacks = {
        f"{name} {place}": {m: _operation(document, item, m) for m in METHODS if m in item}
        for name, callback in operation.get("callbacks", {}).items()
        for place, target in dereference(document, callback).items()
        for item in [dereference(document, target)]
    }
    return {
        "callbacks": callbacks,
        "parameters": _parameters(document, [*item.get("parameters", ()), *operation.get("parameters", ())]),
        "request": _request(document, operation.get("requestBody")),
        "responses": {
            str(status).upper(): _response(document, response, pointer.join("responses", str(status).upper()))
            for status, response in operation.get("responses", {}).items()
        },
        "security": _security(document, operation.get("security", document.get("security", []))),
        "servers": sorted(map(_server, servers), key=canonical_text),
    }


def _server(server: Mapping[str, Any]) -> dict[str, Any]:
    variables = {
        name: {k: v for k, v in variable.items() if k != "description"}
        for name, variable in server.get("variables", {}).items()
    }
    return {"url": server["url"], "variables": variables}


def _parameters(document: Document, parameters: list[Mapping[str, Any]]) -> dict[str, Any]:
    forms: dict[str, Any] = {}
    for parameter in (dereference(document, each) for each in parameters):
        where, name = parameter["in"], parameter["name"]
        if where == "header":
            name = name.lower()
            if name in DESCRIBED_ELSEWHERE:
                continue
        key = f"{where} {name}"
        forms[key] = _parameter(document, parameter, where, pointer.join("parameters", key))
    return forms


def _parameter(document: Document, parameter: Mapping[str, Any], where: str, at: str) -> dict[str, Any]:
    style = parameter.get("style", DEFAULT_STYLES[where])
    form: dict[str, Any] = {
        "allowEmptyValue": parameter.get("allowEmptyValue", False),
        "allowReserved": parameter.get("allowReserved", False),
        "explode": parameter.get("explode", style == "form"),
        "required": parameter.get("required", False),
        "style": style,
    }
    if "content" in parameter:
        return form | {"content": _content(document, parameter["content"], f"{at}/content")}
    return form | {"schema": SchemaForm(document, f"{at}/schema").of(parameter.get("schema", {}))}


def _request(document: Document, body: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if body is None:
        return None
    body = dereference(document, body)
    content = _content(document, body.get("content", {}), "/request/content")
    return {"content": content, "required": body.get("required", False)}


def _response(document: Document, response: Mapping[str, Any], at: str) -> dict[str, Any]:
    response = dereference(document, response)
    headers = {}
    for name, header in response.get("headers", {}).items():
        key = name.lower()
        if key not in DESCRIBED_ELSEWHERE:
            place = at + pointer.join("headers", key)
            headers[key] = _parameter(document, dereference(document, header), "header", place)
    return {"content": _content(document, response.get("content", {}), f"{at}/content"), "headers": headers}


def _content(document: Document, content: Mapping[str, Any], at: str) -> dict[str, Any]:
    forms = {}
    for name, media in content.items():
        schema = SchemaForm(document, at + pointer.join(name.lower(), "schema")).of(media.get("schema", {}))
        forms[name.lower()] = {"encoding": media.get("encoding", {}), "schema": schema}
    return forms


def _security(document: Document, requirements: list[Mapping[str, Any]]) -> list[Any]:
    """The alternatives, each a list of the schemes that go together."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    alternatives = []
    for requirement in requirements:
        together = []
        for name, scopes in requirement.items():
            if name not in schemes:
                raise DocumentError(f"security scheme {name!r} is not defined", "define it in components")
            scheme = _scheme(dereference(document, schemes[name]))
            together.append({"scheme": scheme, "scopes": sorted(scopes)})
        alternatives.append(sorted(together, key=canonical_text))
    return sorted(alternatives, key=canonical_text)


def _scheme(scheme: Mapping[str, Any]) -> dict[str, Any]:
    form = {k: v for k, v in scheme.items() if k != "description" and not k.startswith("x-")}
    if "flows" in form:
        form["flows"] = {
            name: {**flow, "scopes": sorted(flow.get("scopes", {}))} for name, flow in form["flows"].items()
        }
    return form
