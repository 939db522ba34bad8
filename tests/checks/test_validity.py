"""Pointers that errors of stored values have into the value."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.validity import leads_into

VALUE = {"user": {"name": "A", "a/b": 1}, "users": [{"name": "A"}], "": 0}


@pytest.mark.parametrize("pointer", ["", "/", "/user", "/user/name", "/user/missing", "/users/0/name", "/user/a~1b"])
def test_a_pointer_leads_to_a_property_or_to_one_that_is_missing(pointer: str) -> None:
    assert leads_into(VALUE, pointer)


@pytest.mark.parametrize("pointer", ["user.name", "user/name", "#/user", "/nobody/name", "/users/4/name", "/user~2", 4])
def test_what_leads_nowhere_is_no_pointer(pointer: Any) -> None:
    assert not leads_into(VALUE, pointer)
