"""What the model makes of a patch is what RFC 6902 says."""

from __future__ import annotations

from typing import Any

import jsonpatch
from hypothesis import given
from hypothesis import strategies as st

from conformance.model.rules.values import NAMES, VALUES, patched

objects = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), min_size=1)


@st.composite
def patches(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    value = draw(objects)
    there, anywhere = st.sampled_from(sorted(value)), st.sampled_from(NAMES)
    one = draw(st.sampled_from(["add", "replace", "remove", "copy", "move"]))
    patch: dict[str, Any] = {"op": one, "path": f"/{draw(there if one in {'replace', 'remove'} else anywhere)}"}
    if one in {"add", "replace"}:
        patch["value"] = draw(st.sampled_from(VALUES))
    if one in {"copy", "move"}:
        patch["from"] = f"/{draw(there)}"
    return value, patch


@given(patches())
def test_a_patch_of_a_member_agrees_with_a_library(drawn: tuple[dict[str, Any], dict[str, Any]]) -> None:
    value, patch = drawn
    assert patched(value, [patch]) == jsonpatch.apply_patch(value, [patch])
