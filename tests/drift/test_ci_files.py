"""What other projects' CI is given runs the commands that there are."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
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
    text = command.replace("${{ inputs.specs }}", "specs").replace("git:origin/${{ inputs.base }}:./specs", "specs")
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


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A branch that adds the vendor added and has no longer the vendor lost of main."""
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=":")
    monkeypatch.chdir(tmp_path)
    for name in ("kept", "lost"):
        (tmp_path / "specs" / name).mkdir(parents=True)
        (tmp_path / "specs" / name / "openapi.yaml").write_text("openapi: 3.0.3\npaths: {}\n")
    for line in (
        "init -q",
        "add specs",
        "-c user.name=x -c user.email=x@x.example commit -q -m x",
        "update-ref refs/remotes/origin/main HEAD",
    ):
        subprocess.run(["git", *line.split()], check=True)
    (tmp_path / "specs" / "lost").rename(tmp_path / "specs" / "added")
    return tmp_path


def changes_step(base: str, specs: str = "specs") -> tuple[int, list[str]]:
    (step,) = [one for one in WORKFLOW["jobs"]["drift"]["steps"] if one.get("name") == "Changes of the contracts"]
    script = step["run"].replace("${{ inputs.specs }}", specs).replace("${{ inputs.base }}", base)
    assert "${{" not in script
    done = subprocess.run(["bash", "-e", "-c", script], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


@pytest.mark.usefixtures("branch")
def test_the_workflow_fails_for_a_contract_that_main_alone_has() -> None:
    code, told = changes_step("main")
    titles = [re.sub(r".*file=(.*),line.*title=(.*?)::.*", r"\1 \2", line) for line in told]
    assert code == 1
    assert titles == ["specs/added/openapi.yaml document-added", "specs/lost/openapi.yaml document-removed"]


def test_the_workflow_passes_a_branch_that_only_adds(branch: Path) -> None:
    shutil.copytree(branch / "specs" / "added", branch / "specs" / "lost")
    assert changes_step("main")[0] == 0
    (branch / "specs").rename(branch / "apis")
    assert changes_step("main", "apis") == (0, ["apis is new"])


@pytest.mark.usefixtures("branch")
def test_the_workflow_takes_no_contract_for_new_because_a_branch_is_not_there() -> None:
    code, told = changes_step("mian")
    assert (code, told) == (2, ["::error::there is no branch mian to compare with"])


def test_the_workflow_fails_when_the_gate_does() -> None:
    gates = [step for step in WORKFLOW["jobs"]["drift"]["steps"] if "conformance drift" in step.get("run", "")]
    assert [step["run"].endswith("|| true") for step in gates] == [False, True]
