"""A document that cannot be read is told in the form that was asked for, at its line, and ends the gates with 2."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from conformance.cli import cli
from conformance.errors import ConformanceError

ROOT = Path(__file__).parents[2]
SHAPES = ("json", "markdown", "sarif", "github")
BROKEN = ("openapi.yaml", "semantics.yaml", "published.toml", "waivers.toml")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "specs" / "kuflow", tmp_path / "specs" / "kuflow")
    shutil.copytree(tmp_path / "specs" / "kuflow", tmp_path / "old" / "kuflow")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(*arguments: str) -> tuple[str, ConformanceError]:
    """What a command prints before its error, which ends it with 2."""
    done = CliRunner().invoke(cli, arguments)
    assert isinstance(done.exception, ConformanceError), done.output
    assert done.exception.exit_code == 2
    return done.stdout, done.exception


def commands(shape: str) -> list[tuple[str, ...]]:
    return [
        ("drift", "kuflow", "--format", shape),
        ("drift", "kuflow", "--against", "old/kuflow/openapi.yaml", "--format", shape),
        ("diff", "old", "specs", "--format", shape),
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_form_tells_what_is_wrong_and_what_to_do(project: Path, shape: str) -> None:
    (project / "specs" / "kuflow" / "openapi.yaml").write_text("openapi: 3.0.3\npaths: {}\npaths: {}\n")
    for arguments in commands(shape):
        printed, wrong = refused(*arguments)
        assert "openapi.yaml:3: key 'paths' is there twice" in wrong.message
        assert wrong.message in printed
        assert wrong.hint in printed


def test_the_terminal_is_told_once(project: Path) -> None:
    (project / "specs" / "kuflow" / "openapi.yaml").write_text("openapi: 3.0.3\npaths: {}\npaths: {}\n")
    for arguments in commands("text"):
        assert refused(*arguments)[0] == ""


@pytest.mark.parametrize("name", BROKEN)
def test_annotations_and_sarif_name_the_file(project: Path, name: str) -> None:
    (project / "specs" / "kuflow" / name).write_text("[")
    printed, _ = refused("drift", "kuflow", "--format", "github")
    assert printed.startswith(f"::error file=specs/kuflow/{name},line=")
    assert printed.count("\n") == 1
    (run,) = json.loads(refused("drift", "kuflow", "--format", "sarif")[0])["runs"]
    (result,) = run["results"]
    assert result["ruleId"] == "unreadable"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"specs/kuflow/{name}"


def test_the_line_is_that_of_the_error_or_of_its_pointer(project: Path) -> None:
    document = project / "specs" / "kuflow" / "openapi.yaml"
    text = document.read_text()
    document.write_text(f"{text}paths: {{}}\n")
    last = text.count("\n") + 1
    assert f"openapi.yaml,line={last}," in refused("drift", "kuflow", "--format", "github")[0]
    document.write_text(text)
    semantics = project / "specs" / "kuflow" / "semantics.yaml"
    lines = semantics.read_text().replace("\nclauses:", "\nclausses:", 1).splitlines()
    semantics.write_text("\n".join(lines) + "\n")
    there = next(number for number, line in enumerate(lines, 1) if line.startswith("clausses:"))
    assert f"semantics.yaml,line={there}," in refused("drift", "kuflow", "--format", "github")[0]


def test_what_is_in_no_file_has_no_place(project: Path) -> None:
    arguments = ("drift", "kuflow", "--results", "none.jsonl")
    assert refused(*arguments, "--format", "github")[0].startswith("::error title=unreadable::none.jsonl")
    (run,) = json.loads(refused(*arguments, "--format", "sarif")[0])["runs"]
    assert "locations" not in run["results"][0]
