"""Where a document says what a status means."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.contract.document import Document

RESPONSES = {"200": {"description": ""}, "5XX": {"description": ""}, "default": {"description": ""}}
ROOT = {"openapi": "3.1.0", "paths": {"/x": {"get": {"operationId": "x", "responses": RESPONSES}}}}


@pytest.mark.parametrize(
    ("status", "key"),
    [
        (200, "200"),
        (201, None),
        (204, None),
        (302, "default"),
        (304, None),
        (399, "default"),
        (401, "default"),
        (503, "5XX"),
    ],
)
def test_the_default_stands_for_whatever_is_no_success(status: int, key: str | None) -> None:
    assert Document(Path("x.yaml"), ROOT).operations["x"].response(status) == key
