"""JSON pointers: what is put is got, and nothing else changes."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conformance.contract.pointer import ABSENT, get, join, put, remove, tokens

NAMES = st.text(alphabet="ab~/1 é", max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(NAMES, VALUES, max_size=3)


@given(st.lists(NAMES, max_size=4))
def test_tokens_survive_escaping(names: list[str]) -> None:
    assert list(tokens(join(*names))) == names


@given(
    st.dictionaries(NAMES, VALUES, max_size=3),
    st.lists(NAMES.filter(lambda n: n != "0"), min_size=1, max_size=3),
    VALUES,
)
def test_what_is_put_is_got_and_the_original_stays(document: dict[str, Any], names: list[str], new: Any) -> None:
    before = copy.deepcopy(document)
    try:
        changed = put(document, join(*names), new)
    except (ValueError, IndexError):
        assume(False)  # a name that is no index, within an array
    assert get(changed, join(*names)) == new
    assert document == before


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=3), st.data())
def test_what_is_removed_is_absent_and_the_rest_stays(document: dict[str, Any], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(document)))
    rest = remove(document, join(name))
    assert get(rest, join(name)) is ABSENT
    assert {**rest, name: document[name]} == document


def test_no_gap_is_left_in_an_array() -> None:
    with pytest.raises(IndexError, match="gap"):
        put({"": []}, "//1", None)


def test_a_missing_array_is_made_for_its_first_item() -> None:
    assert put({}, "/ids/0", "a") == {"ids": ["a"]}
    assert put({"ids": ["a"]}, "/ids/0", "b") == {"ids": ["b"]}


@pytest.mark.parametrize("pointer", ["/a/0", "/a/x", "/b", "/a/b/c"])
def test_what_is_not_there_is_absent_and_not_null(pointer: str) -> None:
    assert get({"a": {"b": None}}, pointer) is ABSENT
    assert get({"a": {"b": None}}, "/a/b") is None


def test_a_pointer_starts_with_a_slash() -> None:
    with pytest.raises(ValueError, match="no JSON pointer"):
        tokens("a/b")
