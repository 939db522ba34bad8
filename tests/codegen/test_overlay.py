"""An overlay repairs a copy, and says when it no longer fits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.codegen.overlay import overlaid
from conformance.codegen.prepare import binary_media_types, prepared
from conformance.errors import DocumentError

DOCUMENT: dict[str, Any] = {"a": {"list": ["x", "y"], "old": 1}, "b": {"list": ["x", "z"]}}


def overlay(tmp_path: Path, actions: str) -> Path:
    path = tmp_path / "overlay.yaml"
    path.write_text(f"overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions: {actions}\n")
    return path


def test_removes_by_value_wherever_it_stands_and_leaves_the_original(tmp_path: Path) -> None:
    path = overlay(tmp_path, """[{target: "$[*].list[?(@ == 'x')]", remove: true}]""")
    assert overlaid(DOCUMENT, path) == {"a": {"list": ["y"], "old": 1}, "b": {"list": ["z"]}}
    assert DOCUMENT["a"]["list"] == ["x", "y"]


def test_actions_apply_in_order(tmp_path: Path) -> None:
    path = overlay(tmp_path, "[{target: $.a.old, remove: true}, {target: $.a, update: {old: {new: 2}}}]")
    assert overlaid(DOCUMENT, path)["a"]["old"] == {"new": 2}


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        ("[{target: $.gone, remove: true}]", r"/actions/0/target: nothing in the document is at \$.gone"),
        ("[{target: '$[', remove: true}]", r"/actions/0/target: '\$\[' is no JSONPath"),
        ("[{remove: true}]", "/actions/0/target: '' is no JSONPath"),
        ("[{target: $, remove: true}]", "/actions/0: Cannot remove the root"),
        ("{}", "/actions is not a list of objects"),
    ],
)
def test_an_overlay_that_does_not_fit_is_one_line(tmp_path: Path, actions: str, told: str) -> None:
    with pytest.raises(DocumentError, match=told):
        overlaid(DOCUMENT, overlay(tmp_path, actions))


def test_what_stands_beside_all_of_moves_into_it() -> None:
    schema = {"allOf": [{"$ref": "#/x"}], "required": ["a"], "properties": {"a": {}}, "description": "d"}
    document = {"components": {"schemas": {"A": schema}}}
    assert prepared(document)["components"]["schemas"]["A"] == {
        "allOf": [{"$ref": "#/x"}, {"type": "object", "properties": {"a": {}}, "required": ["a"]}],
        "description": "d",
    }
    assert len(schema["allOf"]) == 1


def test_binary_media_types_are_found_by_their_schema() -> None:
    binary = {"schema": {"type": "string", "format": "binary"}}
    content = {"application/pdf": binary, "application/octet-stream": binary, "text/csv": {"schema": {}}}
    assert binary_media_types({"responses": [{"content": content}]}) == ["application/pdf"]
