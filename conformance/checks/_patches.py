"""JSON Patches with their outcomes, all written out: no patch library stands behind the check."""

from __future__ import annotations

from typing import Any

START: dict[str, Any] = {
    "text": "old",
    "object": {"inner": "kept", "other": [1, 2]},
    "list": ["a", "b", "c"],
    "a/b": "slash",
    "m~n": "tilde",
    "~1": "both",
    "": "nameless",
}
"""The value that every patch starts from; its keys are adversarial on purpose."""

Patch = list[dict[str, Any]]


def _without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in START.items() if name not in names}


PATCHES: dict[str, tuple[Patch, dict[str, Any]]] = {
    "add": ([{"op": "add", "path": "/new", "value": "v"}], {**START, "new": "v"}),
    "add-over": ([{"op": "add", "path": "/text", "value": "v"}], {**START, "text": "v"}),
    "add-between": ([{"op": "add", "path": "/list/1", "value": "x"}], {**START, "list": ["a", "x", "b", "c"]}),
    "add-after-the-last": ([{"op": "add", "path": "/list/-", "value": "x"}], {**START, "list": ["a", "b", "c", "x"]}),
    "remove": ([{"op": "remove", "path": "/text"}], _without("text")),
    "remove-element": ([{"op": "remove", "path": "/list/0"}], {**START, "list": ["b", "c"]}),
    "replace": (
        [{"op": "replace", "path": "/object/inner", "value": {"deep": True}}],
        {**START, "object": {"inner": {"deep": True}, "other": [1, 2]}},
    ),
    "replace-element": ([{"op": "replace", "path": "/list/2", "value": "x"}], {**START, "list": ["a", "b", "x"]}),
    "move": (
        [{"op": "move", "from": "/object/inner", "path": "/moved"}],
        {**START, "object": {"other": [1, 2]}, "moved": "kept"},
    ),
    "move-element": ([{"op": "move", "from": "/list/0", "path": "/list/2"}], {**START, "list": ["b", "c", "a"]}),
    "copy": (
        [{"op": "copy", "from": "/object", "path": "/twin"}],
        {**START, "twin": {"inner": "kept", "other": [1, 2]}},
    ),
    "copy-is-its-own": (
        [
            {"op": "copy", "from": "/object", "path": "/twin"},
            {"op": "replace", "path": "/twin/inner", "value": "changed"},
        ],
        {**START, "twin": {"inner": "changed", "other": [1, 2]}},
    ),
    "test": (
        [
            {"op": "test", "path": "/object", "value": {"other": [1, 2], "inner": "kept"}},
            {"op": "add", "path": "/new", "value": "v"},
        ],
        {**START, "new": "v"},
    ),
    "pointer-slash": (
        [
            {"op": "replace", "path": "/a~1b", "value": "v"},
            {"op": "add", "path": "/object.inner", "value": "dot"},
            {"op": "add", "path": "/50%25", "value": "percent"},
            {"op": "add", "path": "/object/0", "value": "digit"},
        ],
        {
            **START,
            "a/b": "v",
            "object": {"inner": "kept", "other": [1, 2], "0": "digit"},
            "object.inner": "dot",
            "50%25": "percent",
        },
    ),
    "pointer-tilde": ([{"op": "replace", "path": "/m~0n", "value": "v"}], {**START, "m~n": "v"}),
    "pointer-tilde-one": ([{"op": "replace", "path": "/~01", "value": "v"}], {**START, "~1": "v"}),
    "pointer-nameless": ([{"op": "replace", "path": "/", "value": "v"}], {**START, "": "v"}),
    "pointer-whole": ([{"op": "replace", "path": "", "value": {"all": "new"}}], {"all": "new"}),
    "value-null": (
        [{"op": "add", "path": "/new", "value": None}, {"op": "test", "path": "/new", "value": None}],
        {**START, "new": None},
    ),
    "value-replaced-by-null": ([{"op": "replace", "path": "/text", "value": None}], {**START, "text": None}),
    "value-false": ([{"op": "replace", "path": "/text", "value": False}], {**START, "text": False}),
    "value-zero": ([{"op": "replace", "path": "/text", "value": 0}], {**START, "text": 0}),
    "value-empty": ([{"op": "replace", "path": "/list", "value": []}], {**START, "list": []}),
    "sequence": (
        [
            {"op": "add", "path": "/list/-", "value": "d"},
            {"op": "remove", "path": "/list/0"},
            {"op": "copy", "from": "/list/2", "path": "/text"},
            {"op": "test", "path": "/text", "value": "d"},
            {"op": "move", "from": "/list", "path": "/object/list"},
            {"op": "replace", "path": "/object/list/0", "value": "first"},
        ],
        {
            **_without("list"),
            "text": "d",
            "object": {"inner": "kept", "other": [1, 2], "list": ["first", "c", "d"]},
        },
    ),
}
"""Patches by name, each with the value that it makes of ``START``."""

_FIRST: Patch = [{"op": "replace", "path": "/text", "value": "half done"}]

FAILING: dict[str, Patch] = {
    "test-of-another-value": [*_FIRST, {"op": "test", "path": "/object", "value": {"inner": "kept", "other": [2, 1]}}],
    "remove-of-nothing": [*_FIRST, {"op": "remove", "path": "/nowhere"}],
    "replace-of-nothing": [*_FIRST, {"op": "replace", "path": "/nowhere", "value": "v"}],
    "add-below-nothing": [*_FIRST, {"op": "add", "path": "/nowhere/inner", "value": "v"}],
    "add-beyond-the-end": [*_FIRST, {"op": "add", "path": "/list/9", "value": "v"}],
    "move-from-nothing": [*_FIRST, {"op": "move", "from": "/nowhere", "path": "/moved"}],
    "copy-from-nothing": [*_FIRST, {"op": "copy", "from": "/nowhere", "path": "/twin"}],
}
"""Patches of which the second operation cannot be carried out."""
