"""A vendor whose files are built in a way that nobody can read is refused in one line with file and pointer."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from conformance.codegen.prepare import prepared_contract
from conformance.contract import pointer
from conformance.contract.document import Document
from conformance.contract.mutation import mutations
from conformance.contract.place import Place
from conformance.contract.source import load_yaml
from conformance.contract.vendor import Vendor
from conformance.engine.plan import plan
from conformance.engine.planlint import findings
from conformance.errors import DocumentError

STRANGER = Path(__file__).parents[1] / "strangers" / "a"


def refused(folder: Path, file: str, at: str, value: Any) -> DocumentError:
    """How a copy of the stranger with ``value`` at a place of one of its files is refused."""
    for name in ("openapi.yaml", "semantics.yaml"):
        shutil.copy(STRANGER / name, folder)
    path = folder / file
    path.write_text(json.dumps(pointer.put(load_yaml(path), at, value)))
    with pytest.raises(DocumentError) as told:
        Vendor.load(folder)
    if file == "openapi.yaml":
        with pytest.raises(DocumentError, match=re.escape(told.value.message)):
            prepared_contract(folder)
    assert "\n" not in told.value.message
    assert told.value.message.startswith(str(path))
    assert told.value.hint
    return told.value


@pytest.mark.parametrize(
    ("at", "value", "says"),
    [
        ("/paths", 3, '/paths: 3 is not of type "object"'),
        ("/paths/~1projects/post", 3, '/paths/~1projects/post: 3 is not of type "object"'),
        (
            "/paths/~1projects/post/parameters",
            [{"name": "a"}],
            '/paths/~1projects/post/parameters/0: "in" is a required property',
        ),
        ("/paths/~1projects/post/parameters", None, '/paths/~1projects/post/parameters: null is not of type "array"'),
        ("/security", 3, '/security: 3 is not of type "array"'),
        ("/components/requestBodies", {"a": 3}, '/components/requestBodies/a: 3 is not of type "object"'),
        (
            "/components/schemas/Odd",
            {"type": "array", "items": {"properties": 3}},
            '/components/schemas/Odd/items/properties: 3 is not of type "object"',
        ),
        (
            "/components/schemas/Odd",
            {"type": "objct"},
            '/components/schemas/Odd/type: "objct" is not one of "string", "number" or 5 other candidates',
        ),
        (
            "/components/schemas/Odd",
            {"required": True},
            '/components/schemas/Odd/required: true is not of type "array"',
        ),
    ],
)
def test_a_contract(tmp_path: Path, at: str, value: Any, says: str) -> None:
    assert refused(tmp_path, "openapi.yaml", at, value).message.endswith(f": {says}")


@pytest.mark.parametrize(
    ("at", "value"),
    [
        ("/operations", ["a"]),
        ("/operations", 3),
        ("/operations/createProject", None),
        ("/operations/createProject/create", "a"),
        ("/resources/project", ["a"]),
        ("/errors", 3),
    ],
)
def test_semantics(tmp_path: Path, at: str, value: Any) -> None:
    assert refused(tmp_path, "semantics.yaml", at, value).message.endswith(f": {at}: no mapping of names to values")


@pytest.mark.parametrize(
    ("at", "value", "says"),
    [
        (
            "parameters",
            [{"$ref": "#/components/schemas/NewTask"}],
            "'#/components/schemas/NewTask' leads to no parameter",
        ),
        ("requestBody", {"$ref": "#/info/title"}, "'#/info/title' leads to no object"),
        ("responses", {"200": {"$ref": "#/info/title"}}, "'#/info/title' leads to no object"),
        (
            "parameters",
            [{"name": "a", "in": "query", "schema": {"$ref": "#/info/title"}}],
            "'#/info/title' leads to no object",
        ),
    ],
)
def test_a_reference_to_something_else(at: str, value: Any, says: str) -> None:
    root = pointer.put(load_yaml(STRANGER / "openapi.yaml"), f"/paths/~1projects/post/{at}", value)
    with pytest.raises(DocumentError) as told:
        _ = Document(Path("a.yaml"), root).operations
    assert told.value.message == f"a.yaml: $ref {says}"
    assert told.value.hint


@pytest.mark.parametrize(
    ("at", "value"),
    [
        ("/resources/task/key", "idempotency_key"),
        ("/resources/task/parent/at", "project_id"),
        ("/resources/task/commands/start/confirms", {"verdict": "ACCEPT"}),
        ("/operations/searchTasks/list/items", "content"),
    ],
)
def test_a_pointer_that_is_none(tmp_path: Path, at: str, value: Any) -> None:
    said = refused(tmp_path, "semantics.yaml", at, value).message
    assert at in said
    assert said.endswith("is no JSON pointer: it starts with '/' or is empty")


@pytest.mark.parametrize(
    ("at", "value", "known"),
    [
        ("/resources/task/read/operation", "getTsk", "getTask"),
        ("/resources/task/parent/resource", "projct", "project"),
        ("/resources/task/list", "searchTask", "searchTasks"),
        ("/resources/task/commands/start/operation", "setTaskStat", "setTaskState"),
    ],
)
def test_a_name_that_nothing_has_is_a_finding(tmp_path: Path, at: str, value: str, known: str) -> None:
    for name in ("openapi.yaml", "semantics.yaml"):
        shutil.copy(STRANGER / name, tmp_path)
    path = tmp_path / "semantics.yaml"
    path.write_text(json.dumps(pointer.put(load_yaml(path), at, value)))
    found = findings(Vendor.load(tmp_path))
    assert any(at in one and repr(value) in one and f"did you mean {known!r}?" in one for one in found), found


@pytest.mark.parametrize("value", [True, False, {"type": "array", "items": True}, {"properties": {"x": True}}])
@pytest.mark.parametrize("at", ["/components/schemas/NewTask/properties/title", "/components/schemas/Task"])
def test_a_schema_that_is_true_or_false_is_read(tmp_path: Path, at: str, value: Any) -> None:
    for name in ("openapi.yaml", "semantics.yaml"):
        shutil.copy(STRANGER / name, tmp_path)
    path = tmp_path / "openapi.yaml"
    path.write_text(json.dumps(pointer.put(load_yaml(path), at, value)))
    vendor = Vendor.load(tmp_path)
    assert plan(vendor)
    create = vendor.document.operations["createTask"]
    assert "no-body" in mutations(vendor.document, create, [Place.parse("$request.body#/title")])
