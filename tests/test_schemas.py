"""The published schemas of file formats are current, and the project's own files fit them."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema_rs
import pytest

from conformance.cassettes.schema import schema as cassette_schema
from conformance.contract.semantics.schema import schema as semantics_schema
from conformance.contract.source import load_yaml
from conformance.engine.environment import schema as environment_schema
from conformance.mocks import catalogue
from conformance.mocks.kit.environment import filled, toml
from conformance.mocks.kit.model import Settings

ROOT = Path(__file__).parents[1]
CASSETTES = sorted(path for path in ROOT.glob("cassettes/*/*.yaml") if ".inbound." not in path.name)
SEMANTICS = sorted(ROOT.glob("specs/*/semantics.yaml"))


@pytest.mark.parametrize("name", ["semantics", "environment", "results", "cassette"])
def test_a_published_schema_is_current(name: str) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "conformance", "schema", name], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    committed = ROOT / "docs" / "schemas" / f"{name}.schema.json"
    assert json.loads(committed.read_text()) == json.loads(printed), (
        f"run: conformance schema {name} > {committed.relative_to(ROOT)}"
    )


@pytest.mark.parametrize("path", SEMANTICS, ids=lambda path: path.parent.name)
def test_the_semantics_fit_their_schema(path: Path) -> None:
    validator = jsonschema_rs.Draft202012Validator(semantics_schema())
    assert [error.message for error in validator.iter_errors(load_yaml(path))] == []


@pytest.mark.parametrize("change", [{"format": 2}, {"operations": {"x": {"effekt": "read"}}}, {"extra": 1}])
def test_the_semantics_schema_refuses_what_loading_refuses(change: dict[str, object]) -> None:
    validator = jsonschema_rs.Draft202012Validator(semantics_schema())
    assert not validator.is_valid({**load_yaml(SEMANTICS[0]), **change})


@pytest.mark.parametrize("path", CASSETTES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_cassette_fits_its_schema(path: Path) -> None:
    validator = jsonschema_rs.Draft202012Validator(cassette_schema())
    cassette = load_yaml(path)
    assert [error.message for error in validator.iter_errors(cassette)] == []
    assert not validator.is_valid({**cassette, "metadata": {**cassette["metadata"], "provenance": "hearsay"}})


@pytest.mark.parametrize("vendor", catalogue.vendors())
def test_a_mocks_environment_file_fits_its_schema(vendor: str) -> None:
    mock = catalogue.find(vendor).build(Settings())
    table = tomllib.loads(toml(vendor, filled(mock.environment, "http://h:1", "http://h:2")))
    validator = jsonschema_rs.Draft202012Validator(environment_schema())
    assert [error.message for error in validator.iter_errors(table)] == []
    table[vendor]["profil"] = "full"
    assert not validator.is_valid(table)
