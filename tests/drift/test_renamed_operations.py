"""An operation that contract and semantics do not both have is told by every gate, and judged by none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from conformance.cli import cli
from conformance.contract.source import load_yaml
from conformance.errors import ConformanceError

ROOT = Path(__file__).parents[2]
NAME = "readExecutionLog"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def renamed(folder: Path) -> None:
    path = folder / "openapi.yaml"
    path.write_text(path.read_text().replace(f"operationId: {NAME}", f"operationId: {NAME}s"))


def gone_from_the_contract(folder: Path) -> None:
    document: Any = load_yaml(folder / "openapi.yaml")
    for item in document["paths"].values():
        for method in [key for key, value in item.items() if "operationId" in value and value["operationId"] == NAME]:
            del item[method]
    (folder / "openapi.yaml").write_text(yaml.safe_dump(document))


def gone_from_the_semantics(folder: Path) -> None:
    semantics: Any = load_yaml(folder / "semantics.yaml")
    del semantics["operations"][NAME]
    (folder / "semantics.yaml").write_text(yaml.safe_dump(semantics))


@pytest.fixture(params=[renamed, gone_from_the_contract, gone_from_the_semantics])
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose one vendor has its contract and its semantics at odds about an operation."""
    for name in ("specs", "cassettes"):
        shutil.copytree(ROOT / name / "pliant", tmp_path / name / "pliant")
    request.param(tmp_path / "specs" / "pliant")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("project")
def test_the_drift_gate_tells_it_in_every_format() -> None:
    outcome = json.loads(run("drift", "pliant", "--json").stdout)
    told = [one for one in outcome["findings"] if one["rule"] == "semantics-unfit"]
    assert any(NAME in one["says"] for one in told)
    held = {pair["witnesses"]: pair["absent"] for pair in outcome["pairs"]}
    assert held["mock and cassettes"] == "contract and semantics do not fit together"
    assert held["contract and cassettes"] is None
    for shape in ("text", "markdown", "sarif", "github"):
        done = run("drift", "pliant", "--format", shape)
        assert done.exit_code == 1
        assert told[0]["says"].split("'")[1] in done.stdout


@pytest.mark.usefixtures("project")
def test_the_lint_lists_it() -> None:
    done = run("clauses", "pliant", "--lint")
    assert done.exit_code == 2
    assert all(line.startswith("specs/pliant/semantics.yaml: /") for line in done.stdout.splitlines())
    assert NAME in done.stdout


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("command", ["clauses", "selftest", "replay", "record", "run"])
def test_what_judges_by_both_says_so_in_one_line(command: str) -> None:
    wrong = run(command, "pliant").exception
    assert isinstance(wrong, ConformanceError)
    assert (wrong.exit_code, wrong.hint) == (2, "'conformance clauses pliant --lint' lists all of them")
    assert NAME in wrong.message
    assert "\n" not in wrong.message
