"""What other projects' CI is given runs the commands that there are."""

from __future__ import annotations

import re
import shlex
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


def test_the_workflow_fails_when_the_gate_does() -> None:
    gates = [step for step in WORKFLOW["jobs"]["drift"]["steps"] if "conformance drift" in step.get("run", "")]
    assert [step["run"].endswith("|| true") for step in gates] == [False, True]
