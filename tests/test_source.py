"""Files are read strictly, and every problem is one line with a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.contract.source import load_yaml, pointer_line
from conformance.errors import DocumentError


def written(folder: Path, text: str, name: str = "a.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_dates_and_keys_stay_text(tmp_path: Path) -> None:
    document = load_yaml(written(tmp_path, "version: 2024-06-14\n200: ok\non: true\nat: 2024-06-14T10:00:00Z\n"))
    assert document == {"version": "2024-06-14", "200": "ok", "on": True, "at": "2024-06-14T10:00:00Z"}


def test_a_merge_may_be_overridden(tmp_path: Path) -> None:
    text = "base: &base {a: 1, b: 2}\nmore: {<<: *base, b: 3}\n"
    assert load_yaml(written(tmp_path, text))["more"] == {"a": 1, "b": 3}


def test_json_is_read_by_its_own_rules(tmp_path: Path) -> None:
    assert load_yaml(written(tmp_path, '{"a":\t[1]}', "a.json")) == {"a": [1]}


@pytest.mark.parametrize(
    ("name", "text", "place", "reason"),
    [
        ("a.yaml", "a: 1\nb:\n  c: 1\n  c: 2\n", "a.yaml:4", "'c' is there twice"),
        ("a.yaml", "200: a\n'200': b\n", "a.yaml:2", "'200' is there twice"),
        ("a.yaml", "a: [1\nb: 2\n", "a.yaml:2", "did not find expected ',' or ']'"),
        ("a.yaml", "a: !!python/name:os.system\n", "a.yaml:1", "could not determine a constructor"),
        ("a.yaml", "- 1\n", "a.yaml", "the root is a list"),
        ("a.yaml", "", "a.yaml", "the root is nothing"),
        ("a.json", '{"a": 1,\n"a": 2}', "a.json", "'a' is there twice"),
        ("a.json", '{"a": 1,\n', "a.json:2", "Expecting property name"),
    ],
)
def test_problems_are_named(tmp_path: Path, name: str, text: str, place: str, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load_yaml(written(tmp_path, text, name))
    assert place in caught.value.message
    assert reason in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_missing_file_and_wrong_encoding(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        load_yaml(tmp_path / "none.yaml")
    with pytest.raises(DocumentError, match="Is a directory"):
        load_yaml(tmp_path)
    (tmp_path / "latin.yaml").write_bytes(b"a: caf\xe9\n")
    with pytest.raises(DocumentError, match="not UTF-8"):
        load_yaml(tmp_path / "latin.yaml")


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("", 1),
        ("/paths/~1a~1{id}/get", 3),
        ("#/paths/~1a~1{id}/get/tags/1", 6),
        ("/paths/none", None),
        ("/paths/~1a~1{id}/get/tags/2", None),
    ],
)
def test_pointer_line(tmp_path: Path, pointer: str, line: int | None) -> None:
    text = "paths:\n  /a/{id}:\n    get:\n      tags:\n        - x\n        - y\n"
    assert pointer_line(written(tmp_path, text), pointer) == line
