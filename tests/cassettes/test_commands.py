"""``record`` and ``replay`` as they are typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from known import ROOT

from conformance.cli import cli
from conformance.errors import ConformanceError
from conformance.mocks.embedded import embedded, write_environment
from conformance.mocks.kit.model import Settings

KEPT = str(ROOT / "cassettes")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def told(*arguments: str) -> str:
    """The error that a command ends with, in one line."""
    wrong = run(*arguments).exception
    assert isinstance(wrong, ConformanceError)
    return str(wrong)


def test_one_command_records_again(tmp_path: Path) -> None:
    done = run("record", "instabase", "--output", str(tmp_path))
    assert done.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "instabase").iterdir()) == [
        "be-refused.yaml",
        "manage-the-pipelines-of-a-job.yaml",
    ]
    assert f"{tmp_path}/instabase/be-refused.yaml: 2 interactions, mock" in done.stdout
    assert run("replay", "instabase", "--cassettes", str(tmp_path)).exit_code == 0


def test_a_target_that_is_only_read_is_not_recorded(tmp_path: Path) -> None:
    file = tmp_path / "env.toml"
    with embedded("instabase", Settings()) as running:
        write_environment(running, file)
        file.write_text(re.sub("profile = .*", "", file.read_text()))
        done = run("record", "--env", str(file), "--output", str(tmp_path), "--only", "manage-*")
    assert done.exit_code == 1
    assert "the profile is read-only; nothing was written" in done.stderr
    assert not (tmp_path / "instabase").exists()


def test_what_cannot_be_recorded_is_told() -> None:
    assert "--mock does not go with --env" in told("record", "--mock", "--env", "x.toml")
    assert "did you mean 'run-and-wait'?" in told("record", "pliant", "--only", "run-and-wit")
    assert "no vendor is called 'plant'; did you mean 'pliant'?" in told("record", "plant")


def test_what_cannot_be_replayed_is_told(tmp_path: Path) -> None:
    assert "did you mean 'run-and-wait'?" in told("replay", "--cassettes", KEPT, "--only", "run-and-wit")
    assert "no vendor is called 'plant'; did you mean 'pliant'?" in told("replay", "plant")
    (tmp_path / "pliant").mkdir()
    (tmp_path / "pliant" / "a.yaml").write_text("version: 1\ninteractions: []\nmetadata: {provenance: livid}\n")
    assert f"{tmp_path}/pliant/a.yaml: /metadata/provenance: Input should be 'live'" in told(
        "replay", "pliant", "--cassettes", str(tmp_path)
    )


def test_a_target_in_a_mode_of_which_there_is_no_cassette_is_told(tmp_path: Path) -> None:
    run("record", "optimajet", "--output", str(tmp_path / "c"), "--only", "use-*")
    file = tmp_path / "env.toml"
    file.write_text('[optimajet]\nurl = "http://127.0.0.1:9"\nmode = "open"\n')
    assert "no cassette is of the mode that a target is in (open)" in told(
        "replay", "--env", str(file), "--cassettes", str(tmp_path / "c")
    )


def test_a_scenario_that_is_gone_is_a_finding(tmp_path: Path) -> None:
    run("record", "instabase", "--output", str(tmp_path), "--only", "be-refused")
    path = tmp_path / "instabase" / "be-refused.yaml"
    content = yaml.safe_load(path.read_text())
    content["metadata"]["scenario"] = "be-accepted"
    path.write_text(yaml.safe_dump(content))
    done = run("replay", "instabase", "--cassettes", str(tmp_path))
    assert done.exit_code == 1
    assert "there is no scenario 'be-accepted' any more" in done.stdout


@pytest.mark.parametrize(("limit", "code"), [("7", 0), ("6", 1)])
def test_age_is_told_and_can_be_limited(tmp_path: Path, limit: str, code: int) -> None:
    run("record", "instabase", "--output", str(tmp_path), "--only", "be-refused")
    path = tmp_path / "instabase" / "be-refused.yaml"
    today = datetime.now(UTC).date()
    then = today - timedelta(days=7)
    path.write_text(path.read_text().replace(f"'{today}'", f"'{then}'"))
    done = run("replay", "instabase", "--cassettes", str(tmp_path), "--max-age", limit)
    assert "2 interactions, mock, 7 days old" in done.stdout
    assert ("recorded 7 days ago, 6 are allowed" in done.stdout) == bool(code)
    assert done.exit_code == code


def test_what_a_document_prints_does_not_grow_old() -> None:
    assert run("replay", "pliant", "--cassettes", KEPT, "--only", "printed", "--max-age", "0").exit_code == 0
