"""The generated package is whole: every operation in four forms, one set of models, two dependencies."""

from __future__ import annotations

import ast
import importlib
import inspect
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from conformance.contract.source import load_yaml

PACKAGE = "kuflow_client"
METHODS = {"get", "put", "post", "delete", "patch", "head", "options"}


@pytest.fixture(scope="module")
def operations(committed: Path) -> dict[str, ModuleType]:
    api = committed / PACKAGE / "api"
    paths = [path.relative_to(committed).with_suffix("") for path in api.glob("*/[!_]*.py")]
    return {path.name: importlib.import_module(".".join(path.parts)) for path in paths}


def imported(committed: Path) -> Iterator[str]:
    for path in committed.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield (node.module or "").partition(".")[0]


def test_every_operation_of_the_contract_has_its_module(operations: dict[str, ModuleType], vendor: Path) -> None:
    paths = load_yaml(vendor / "openapi.yaml")["paths"].values()
    promised = {item[method]["operationId"] for item in paths for method in METHODS & item.keys()}
    assert len(operations) == 33
    assert {name.replace("_", "") for name in operations} == {name.lower() for name in promised}


def test_every_operation_is_there_sync_and_async_plain_and_detailed(
    operations: dict[str, ModuleType],
) -> None:
    for module in operations.values():
        assert inspect.isfunction(module.sync)
        assert inspect.isfunction(module.sync_detailed)
        assert inspect.iscoroutinefunction(module.asyncio)
        assert inspect.iscoroutinefunction(module.asyncio_detailed)
        assert inspect.signature(module.sync) == inspect.signature(module.asyncio)


def test_there_is_one_set_of_models_of_the_contracts_names(vendor: Path) -> None:
    models = importlib.import_module(f"{PACKAGE}.models")
    schemas = load_yaml(vendor / "openapi.yaml")["components"]["schemas"]
    assert [name for name in schemas if not hasattr(models, name)] == []
    assert models.Process.__mro__[-2].__module__.startswith("pydantic")


def test_nothing_but_the_named_dependencies_is_imported(committed: Path) -> None:
    third_party = set(imported(committed)) - {PACKAGE} - set(importlib.import_module("sys").stdlib_module_names)
    # typing_extensions and pydantic_core come with pydantic.
    assert third_party - {"typing_extensions", "pydantic_core"} == {"httpx", "pydantic"}


def test_the_distribution_is_named_typed_and_small(committed: Path) -> None:
    project = tomllib.loads((committed / "pyproject.toml").read_text())["project"]
    assert project["name"] == "kuflow-client"
    assert [requirement.partition(">")[0] for requirement in project["dependencies"]] == ["httpx", "pydantic"]
    assert (committed / PACKAGE / "py.typed").is_file()


def test_the_readme_names_every_operation(committed: Path, operations: dict[str, ModuleType]) -> None:
    readme = (committed / "README.md").read_text()
    assert [name for name in operations if f".{name}`" not in readme] == []
    assert "$" not in readme
