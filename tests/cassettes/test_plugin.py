"""Cassettes in the tests of somebody else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from known import ROOT

EXAMPLE = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / "cassettes.md").read_text(), re.MULTILINE | re.DOTALL)
WRONG = """
import httpx
import pytest


@pytest.mark.conformance_cassette("pliant/run-and-wait")
def test_another_request():
    httpx.get("https://pliant.example/api/v1/stats/log/none")


def test_without_the_marker(conformance_cassette):
    assert conformance_cassette is None


@pytest.mark.conformance_cassette(name="pliant/printed")
def test_by_keyword(conformance_cassette):
    assert conformance_cassette.name == "pliant/printed"


@pytest.mark.conformance_cassette
def test_no_name():
    pass


@pytest.mark.conformance_cassette("pliant/run-and-wit")
def test_no_such_cassette():
    pass
"""


def run(folder: Path, text: str) -> str:
    (folder / "test_it.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--strict-markers", "test_it.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    return done.stdout


def test_the_example_of_the_documentation_passes(tmp_path: Path) -> None:
    (example,) = EXAMPLE
    told = run(tmp_path, example)
    assert re.search(r"\n2 passed", told), told


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    told = run(tmp_path, WRONG)
    assert "1 failed, 2 passed, 2 errors" in told
    assert "conformance_cassette takes the name of one cassette" in told
    assert "no recorded interaction matches it" in told
    assert "no cassette is called 'pliant/run-and-wit'; did you mean 'pliant/run-and-wait'?" in told


def test_the_projects_cassettes_hide_only_those_of_their_names(tmp_path: Path) -> None:
    own = tmp_path / "cassettes" / "pliant"
    own.mkdir(parents=True)
    for name in ("mine", "printed"):
        (own / f"{name}.yaml").write_bytes((ROOT / "cassettes/pliant/get-a-token.yaml").read_bytes())
    (example,) = EXAMPLE
    told = run(tmp_path, example)
    assert "1 failed, 1 passed" in told, told
