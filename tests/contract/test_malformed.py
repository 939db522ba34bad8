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
from conformance.contract.source import load_yaml
from conformance.contract.vendor import Vendor
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
