"""The JSON Schema of a line of a results file."""

from __future__ import annotations

import json
from typing import Any

from conformance.results import LINES


def schema() -> dict[str, Any]:
    """The schema that every line of ``results.jsonl`` fits, made from the models that write it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of a conformance results file, format 1",
        **LINES.json_schema(mode="serialization"),
    }


def text() -> str:
    """The schema as it is committed."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
