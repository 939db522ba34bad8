"""CPU seconds and memory of ``conformance diff`` as a whole process: KuFlow's two documents, a thousand operations.

Usage: python benchmarks/document_diff.py [OLD NEW]
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
PUBLISHED = sorted((ROOT.parent / "shared" / "published" / "kuflow").glob("openapi-*.yaml"))
OPERATIONS = 1_000


def measured(old: str, new: str) -> tuple[float, float, str]:
    """CPU seconds, megabytes at the peak, and the verdict of one process."""
    command = [sys.executable, "-m", "conformance", "diff", old, new, "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.read())
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, told["verdict"]


def document(*, changed: bool) -> dict[str, Any]:
    """A document of a thousand operations on three hundred schemas, which in the changed one differ in one each."""
    schemas: dict[str, Any] = {}
    for number in range(300):
        properties: dict[str, Any] = {
            f"field{n}": {"type": "string", "maxLength": 40 + n - (changed and n == number % 20)} for n in range(20)
        }
        properties["kind"] = {"type": "string", "enum": ["a", "b", f"kind{number}"]}
        group = number - number % 10
        properties["next"] = {"$ref": f"#/components/schemas/Thing{group + (number + 1) % 10}"}
        properties["items"] = {
            "type": "array",
            "items": {"$ref": f"#/components/schemas/Thing{group + number * 7 % 10}"},
        }
        schemas[f"Thing{number}"] = {"type": "object", "properties": properties, "required": ["field0", "kind"]}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Many", "version": "1"},
        "paths": {f"/things{n}/{{id}}": {"put": _operation(n)} for n in range(OPERATIONS)},
        "components": {"schemas": schemas},
    }


def _operation(number: int) -> dict[str, Any]:
    content = {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/Thing{number % 300}"}}}}
    return {
        "operationId": f"put{number}",
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}},
            {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}},
        ],
        "requestBody": content,
        "responses": {"200": {"description": "Done.", **content}, "404": {"description": "Not there."}},
    }


def cases(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What is compared, and the two files."""
    if len(sys.argv) == 3:
        yield "the given documents", sys.argv[1], sys.argv[2]
    elif len(PUBLISHED) > 1:
        yield "KuFlow, 2024-09-13 to 2026-05-07", str(PUBLISHED[0]), str(PUBLISHED[-1])
    else:
        print("KuFlow's published documents are not beside the checkout: left out")
    files = {}
    for name, changed in (("old", False), ("same", False), ("new", True)):
        files[name] = folder / f"{name}.json"
        files[name].write_text(json.dumps(document(changed=changed)))
    yield f"{OPERATIONS} operations, every schema changed", str(files["old"]), str(files["new"])
    yield f"{OPERATIONS} operations, unchanged", str(files["old"]), str(files["same"])


def main() -> None:
    """Print a line a case."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}")
    with TemporaryDirectory() as folder:
        for name, old, new in cases(Path(folder)):
            seconds, megabytes, verdict = measured(old, new)
            print(f"{name}: {seconds:.2f} s CPU, {megabytes:.0f} MB, {verdict}")


if __name__ == "__main__":
    main()
