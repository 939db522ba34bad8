"""Schemas of OpenAPI 3.0 in the words of JSON Schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from conformance.contract.document import Document
from conformance.contract.schema import Converter

TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "admitted", "refused"),
    [
        ({**TEXT, "nullable": True}, None, 5),
        ({"allOf": [TEXT], "nullable": True}, None, 5),
        ({"enum": ["a"], "nullable": True}, None, "b"),
        ({**TEXT, "nullable": False}, "a", None),
        ({"type": "integer", "minimum": 3, "exclusiveMinimum": True}, 4, 3),
        ({"type": "integer", "maximum": 3, "exclusiveMaximum": False}, 3, 4),
    ],
)
def test_what_openapi_30_says_in_words_of_its_own(schema: dict[str, Any], admitted: Any, refused: Any) -> None:
    converted = Converter(Document(Path("any.yaml"), {"openapi": "3.0.3"}), "response")(schema)
    assert jsonschema_rs.is_valid(converted, admitted)
    assert not jsonschema_rs.is_valid(converted, refused)
