"""What other projects' CI is given runs the commands that there are."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from conformance.cli import cli

ROOT = Path(__file__).parents[2]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "drift.yml").read_text())
GITLAB = yaml.safe_load((ROOT / "ci" / "gitlab-drift.yml").read_text())


def commands() -> Iterator[str]:
    """Every call of the command line in the files, their variables filled in."""
    steps = [step.get("run", "") for step in WORKFLOW["jobs"]["drift"]["steps"]]
    script = GITLAB["conformance-drift"]["script"]
    for text in [*steps, *script, *(hook["entry"] for hook in HOOKS)]:
        for line in text.splitlines():
            if line.strip().startswith("conformance "):
                yield re.split(r"\s(?:>|\|\|)", line.strip())[0]


def filled(command: str) -> list[str]:
    text = command.replace("${{ inputs.specs }}", "specs").replace("$folder", "specs/instabase/")
    text = re.sub(r"git:origin/\$\{\{ inputs\.base \}\}:\$\{folder%/\}", "specs/instabase/openapi.yaml", text)
    return shlex.split(text)[1:]


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_every_command_of_the_files_passes_here(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    arguments = filled(command)
    if arguments[0] == "drift":
        arguments[1:1] = ["instabase"]
    assert "$" not in " ".join(arguments)
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output


def test_the_files_are_the_ones_that_the_documentation_names() -> None:
    text = (ROOT / "docs" / "ci.md").read_text()
    assert ".github/workflows/drift.yml@main" in text
    assert "file: ci/gitlab-drift.yml" in text
    (config,) = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(repos:.*?)```", text, re.DOTALL)]
    wanted = {hook["id"] for hook in config["repos"][0]["hooks"]}
    assert wanted <= {hook["id"] for hook in HOOKS}
    inputs = WORKFLOW[True]["workflow_call"]["inputs"]
    assert set(re.findall(r"^      (\w+): \$", text, re.MULTILINE)) <= inputs.keys()


def test_the_job_of_gitlab_has_its_artifact_also_when_the_gate_fails() -> None:
    job = GITLAB["conformance-drift"]
    gates = [line for line in job["script"] if line.startswith("conformance drift")]
    writing = [line.split(" > ")[1].removesuffix(" || true") for line in gates[:-1] if line.endswith(" || true")]
    assert writing == job["artifacts"]["paths"]
    assert gates[-1] == "conformance drift"


CALLED = '#!/bin/sh\necho "called $*"\ncase $3 in specs/breaking/) exit 1;; *) exit 0;; esac\n'


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A branch that adds a vendor, where main has two; of these the gate says that one breaks."""
    stub = tmp_path / "bin" / "conformance"
    stub.parent.mkdir()
    stub.write_text(CALLED)
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", str(stub.parent), prepend=":")
    monkeypatch.chdir(tmp_path)
    for name in ("breaking", "kept", "added"):
        (tmp_path / "specs" / name).mkdir(parents=True)
        (tmp_path / "specs" / name / "openapi.yaml").write_text("openapi: 3.0.3\n")
    for line in (
        "init -q",
        "add specs/breaking specs/kept",
        "-c user.name=x -c user.email=x@x.example commit -q -m x",
        "update-ref refs/remotes/origin/main HEAD",
    ):
        subprocess.run(["git", *line.split()], check=True)
    return tmp_path


def changes_step(base: str) -> tuple[int, list[str]]:
    (step,) = [one for one in WORKFLOW["jobs"]["drift"]["steps"] if one.get("name") == "Changes of the contracts"]
    script = step["run"].replace("${{ inputs.specs }}", "specs").replace("${{ inputs.base }}", base)
    assert "${{" not in script
    done = subprocess.run(["bash", "-e", "-c", script], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


@pytest.mark.usefixtures("branch")
def test_the_workflow_compares_every_contract_that_main_has() -> None:
    code, told = changes_step("main")
    assert code == 1
    assert told == [
        "specs/added/ is new",
        "called diff git:origin/main:specs/breaking specs/breaking/ --format github",
        "called diff git:origin/main:specs/kept specs/kept/ --format github",
    ]


@pytest.mark.usefixtures("branch")
def test_the_workflow_takes_no_contract_for_new_because_a_branch_is_not_there() -> None:
    code, told = changes_step("mian")
    assert (code, told) == (2, ["::error::there is no branch mian to compare with"])


def test_the_workflow_fails_when_the_gate_does() -> None:
    gates = [step for step in WORKFLOW["jobs"]["drift"]["steps"] if "conformance drift" in step.get("run", "")]
    assert [step["run"].endswith("|| true") for step in gates] == [False, True]
