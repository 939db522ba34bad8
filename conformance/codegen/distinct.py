"""Names of a document that are one name in Python, told before a generator drops one of them or stumbles on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from openapi_python_client.parser.openapi import generate_operation_id
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import ClassName, PythonIdentifier

from conformance.contract.document import METHODS
from conformance.contract.pointer import join
from conformance.errors import GenerationError

LITERAL = frozenset({"example", "examples", "default", "enum", "const"})
"""The members of a schema or a message that hold values and no schemas."""
_PREFIX = "field_"
_BASE = "Model"
_OVERLAY = "in the contract or in overlays/generate.yaml"


def require_distinct(document: Mapping[str, Any]) -> None:
    """Raise GenerationError for operations, schemas, properties or values that the client cannot tell apart."""
    _operations(document.get("paths") or {})
    schemas = (document.get("components") or {}).get("schemas") or {}
    _differ(
        ((join("components", "schemas", name), repr(name), ClassName(name, _PREFIX)) for name in schemas),
        "schema",
        f"rename one of them {_OVERLAY}",
    )
    for name in schemas:
        if ClassName(name, _PREFIX) == _BASE:
            says = f"{join('components', 'schemas', name)}: {name!r} has the Python name of the base of all models"
            raise GenerationError(says, f"rename it {_OVERLAY}")
    for part in ("paths", "components"):
        for at, schema in _schemas(document.get(part), f"/{part}"):
            if isinstance(schema.get("properties"), Mapping):
                _properties(f"{at}/properties", schema["properties"])
            if isinstance(schema.get("enum"), list) and "x-enum-varnames" not in schema:
                _values(f"{at}/enum", schema["enum"])


def _operations(paths: Mapping[str, Any]) -> None:
    def named() -> Iterator[tuple[str, str, str]]:
        for path, item in paths.items():
            for method in METHODS:
                if method in item:
                    operation, at = item[method], join("paths", path, method)
                    told = operation.get("operationId")
                    name = PythonIdentifier(told, _PREFIX) if told else _unnamed(path, method)
                    tag = PythonIdentifier(next(iter(operation.get("tags") or ()), "default"), "tag")
                    yield (f"{at}/operationId", repr(told), f"{tag}.{name}") if told else (at, "", f"{tag}.{name}")

    _differ(named(), "operation", f"give each operation an operationId of its own {_OVERLAY}")


def _unnamed(path: str, method: str) -> str:
    return generate_operation_id(path=UntrustedString(path), method=method, prefix=_PREFIX)


def _properties(at: str, properties: Mapping[str, Any]) -> None:
    """As the generator does: names are kept as they are where their usual forms meet."""
    usual = [str(PythonIdentifier(name, _PREFIX)) for name in properties]
    kept = [str(PythonIdentifier(name, _PREFIX, skip_snake_case=True)) for name in properties]
    names = [one if usual.count(one) == 1 else other for one, other in zip(usual, kept, strict=True)]
    _differ(
        ((f"{at}{join(name)}", repr(name), python) for name, python in zip(properties, names, strict=True)),
        "property",
        "take one of them out in overlays/generate.yaml",
    )


def _values(at: str, values: list[Any]) -> None:
    texts = [(number, value) for number, value in enumerate(values) if isinstance(value, str) and value[:1].isalpha()]
    _differ(
        ((f"{at}/{number}", repr(value), value.upper()) for number, value in texts),
        "value",
        "take the enum, or one of them, out in overlays/generate.yaml",
    )


def _differ(named: Iterator[tuple[str, str, str]], kind: str, hint: str) -> None:
    """Raise for the first of ``named``, each a pointer, a name and the name in Python, whose Python name was there."""
    before: dict[str, str] = {}
    for at, name, python in named:
        if python in before:
            says = f"{at}: {name and name + ' '}has the Python name {python!r}, as the {kind} at {before[python]} has"
            raise GenerationError(says, hint)
        before[python] = at


def _schemas(node: Any, at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object that may be a schema, with its pointer; none within an example or an extension."""
    if isinstance(node, list):
        for number, member in enumerate(node):
            yield from _schemas(member, f"{at}/{number}")
    elif isinstance(node, Mapping):
        yield at, node
        for name, member in node.items():
            if name == "properties" and isinstance(member, Mapping):
                for key, schema in member.items():
                    yield from _schemas(schema, f"{at}/properties{join(key)}")
            elif name not in LITERAL and not str(name).startswith("x-"):
                yield from _schemas(member, f"{at}{join(name)}")
