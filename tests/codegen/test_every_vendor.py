"""Every vendor's committed client is what its contract yields, and is importable with this package."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

from conformance.contract.document import Document
from conformance.contract.vendor import folders

ROOT = Path(__file__).parents[2]
VENDORS = folders([ROOT / "specs"])


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_package_is_importable_and_typed(vendor: str) -> None:
    package = import_module(f"{vendor}_client")
    assert package.__file__ is not None
    assert (Path(package.__file__).parent / "py.typed").is_file()


@pytest.mark.parametrize("vendor", VENDORS)
def test_no_operation_is_missing_and_each_is_sync_and_async(vendor: str) -> None:
    operations = Document.load(VENDORS[vendor] / "openapi.yaml").operations
    modules = [path for path in (ROOT / "generated" / vendor).glob("*/api/*/*.py") if path.name != "__init__.py"]
    assert len(modules) == len(operations)
    for module in modules:
        tree = ast.parse(module.read_text(encoding="utf-8"))
        functions = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
        assert {"sync_detailed", "asyncio_detailed"} <= functions, module
