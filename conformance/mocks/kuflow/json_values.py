"""Metadata, entities and task data: saved whole or patched, and marked when they break their schema."""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jsonpatch
from jsonpointer import EndOfList, JsonPointer, JsonPointerException
from jsonschema_rs import ValidationError, Validator

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import Detail, Refusal
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.params import JsonParams, PatchOperation
from conformance.mocks.kuflow.records import JsonData, Process

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import KuFlow

COPIED = 10_000
"""How many values the operations of one patch copy, at most."""
NOT_APPLICABLE = (jsonpatch.JsonPatchException, JsonPointerException, TypeError, KeyError, IndexError)
"""What the patch library raises for an operation that does not fit the document."""


def problems(_: str, schema: Validator | None, value: Json) -> list[Json]:
    """What in ``value`` breaks its schema, each with a pointer to the property and the kind of error."""
    return [_problem(error) for error in schema.iter_errors(value)] if schema else []


def _problem(error: ValidationError) -> Json:
    path = list(error.instance_path)
    missing = getattr(error.kind, "property", None)
    if isinstance(missing, str):
        path.append(missing)
    return {"propertyPath": JsonPointer.from_parts(path).path, "type": str(error.schema_path[-1])}


def valid(data: JsonData) -> bool:
    """The mark of validity as shown."""
    return not data.errors


def kept(_: str, __: JsonData | None, value: Json) -> Json:
    """What is kept of a value that replaces the current one: all of it, and nothing of the current one."""
    return value


def patched(server: KuFlow, operation: str, value: Json, operations: Sequence[PatchOperation]) -> Json:
    """``value`` after all operations in order; refuses, changing nothing, when one of them does not apply."""
    result: Any = copy.deepcopy(value)
    copied = 0
    for number, one in enumerate(operations):
        if one.op == "copy":
            source = _source(result, one)
            copied += jsonio.size(source)
            if copied > COPIED or jsonio.deeper(source):
                raise _failed(server, number, "the patch copies too much")
        try:
            result = server.rules.json.patch_one(operation, result, one)
        except NOT_APPLICABLE as error:
            raise _failed(server, number, str(error) or f"{one.op} does not apply") from None
    if not isinstance(result, dict) or jsonio.deeper(result):
        raise _failed(server, len(operations) - 1, "the outcome is not an object of a sane depth")
    return result


def _source(value: Any, one: PatchOperation) -> Any:
    """What a copy copies; null when there is no such thing."""
    with suppress(*NOT_APPLICABLE):
        return _at(value, one.source or "")
    return None


def _failed(server: KuFlow, number: int, message: str) -> Refusal:
    status = int(server.choices["failed_patch"])
    return Refusal(status, "The patch cannot be applied", [Detail("patch", message, str(number), "body")])


def patch_one(_: str, value: Any, one: PatchOperation) -> Any:
    """``value`` after one operation of RFC 6902; raises one of NOT_APPLICABLE."""
    if one.op == "test":
        if not jsonio.same(_at(value, one.path), one.value):
            raise jsonpatch.JsonPatchTestFailed("the value is another")
        return value
    if one.op == "copy":
        copied = copy.deepcopy(_at(value, one.source or ""))
        return jsonpatch.apply_patch(value, [{"op": "add", "path": one.path, "value": copied}], in_place=True)
    told: Any = one.model_dump(by_alias=True, include=one.model_fields_set)
    return jsonpatch.apply_patch(value, [told], in_place=True)


def _at(value: Any, pointer: str) -> Any:
    found = JsonPointer(pointer).resolve(value)
    if isinstance(found, EndOfList):
        raise JsonPointerException("there is nothing after the last element")
    return found


def stored(server: KuFlow, operation: str, process: Process | None, schema: Validator | None, value: Json) -> JsonData:
    """``value`` as it is stored: its documents linked, its errors noted; breaking its schema is no refusal."""
    errors = server.rules.json.problems(operation, schema, value)
    if process is not None:
        server.rules.documents.link(server, operation, process, value)
    return JsonData(value, errors)


async def pause() -> None:
    """What lies between reading a value and storing what becomes of it: nothing."""


@dataclass
class JsonRules:
    """What becomes of JSON data."""

    problems: Callable[[str, Validator | None, Json], list[Json]] = problems
    valid: Callable[[JsonData], bool] = valid
    kept: Callable[[str, JsonData | None, Json], Json] = kept
    patched: Callable[[KuFlow, str, Json, Sequence[PatchOperation]], Json] = patched
    patch_one: Callable[[str, Any, PatchOperation], Any] = patch_one
    stored: Callable[[KuFlow, str, Process | None, Validator | None, Json], JsonData] = stored
    pause: Callable[[], Awaitable[None]] = pause


def changed(
    server: KuFlow,
    operation: str,
    current: JsonData | None,
    params: JsonParams | Sequence[PatchOperation],
) -> Json:
    """The value after a PUT (as sent) or a PATCH (operations on the current value, or on an empty object)."""
    rules = server.rules.json
    if isinstance(params, JsonParams):
        return rules.kept(operation, current, params.value)
    return rules.patched(server, operation, current.value if current else {}, params)
