"""Every vendor's committed client is what its contract yields, and is importable with this package."""

from __future__ import annotations

import ast
import re
import tomllib
from enum import EnumType, IntEnum, StrEnum
from importlib import import_module
from pathlib import Path

import pytest

from conformance.contract.document import Document
from conformance.contract.vendor import folders

ROOT = Path(__file__).parents[2]
VENDORS = folders([ROOT / "specs"])
BASES = (IntEnum, StrEnum)


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


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_members_of_an_enum_have_names_that_say_something(vendor: str) -> None:
    models = import_module(f"{vendor}_client.models")
    enums = [value for value in vars(models).values() if isinstance(value, EnumType) and value not in BASES]
    assert enums
    for enum in enums:
        for name in enum.__members__:
            assert re.fullmatch(r"(?!INTEGER)[A-Z][A-Z0-9_]*", name), (enum, name)


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_distribution_has_the_licence_that_it_names(vendor: str) -> None:
    folder = ROOT / "generated" / vendor
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    assert (project["license"], project["license-files"]) == ("MIT", ["LICENSE"])
    assert (folder / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
