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


def test_a_vendor_without_a_mock_is_recorded_from_a_server() -> None:
    places = ("--specs", str(ROOT / "tests" / "strangers"))
    hint = "'conformance record a --env FILE' records"
    assert f"a has no cassettes; {hint} them" in told("replay", "a", "--cassettes", KEPT, *places)
    assert f"no mock of 'a'; {hint} a live server" in told("record", "a", *places)


def test_what_cannot_be_replayed_is_told(tmp_path: Path) -> None:
    assert "did you mean 'run-and-wait'?" in told("replay", "--cassettes", KEPT, "--only", "run-and-wit")
    assert "no vendor is called 'plant'; did you mean 'pliant'?" in told("replay", "plant")
    (tmp_path / "pliant").mkdir()
    (tmp_path / "pliant" / "a.yaml").write_text("version: 1\ninteractions: []\nmetadata: {provenance: livid}\n")
    assert f"{tmp_path}/pliant/a.yaml: /metadata/provenance: Input should be 'live'" in told(
        "replay", "pliant", "--cassettes", str(tmp_path)
    )


def test_a_folder_that_is_named_is_not_replaced_by_what_the_package_carries(tmp_path: Path) -> None:
    assert f"{tmp_path}: there is no cassette" in told("replay", "--cassettes", str(tmp_path))
    run("record", "instabase", "--output", str(tmp_path), "--only", "be-refused")
    assert "pliant has no cassettes" in told("replay", "pliant", "--cassettes", str(tmp_path))
    assert run("replay", "--cassettes", str(tmp_path)).stdout.count("ok  ") == 1


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


def kept(folder: Path, **metadata: object) -> Path:
    """A copy of a cassette with other metadata, in the folder of its vendor."""
    cassette = yaml.safe_load((ROOT / "cassettes/pliant/run-and-wait.yaml").read_text())
    cassette["metadata"] |= metadata
    path = folder / "pliant" / "run-and-wait.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(cassette))
    return path


@pytest.mark.parametrize(
    ("metadata", "says"),
    [
        ({"base": "::::"}, "/metadata/base: '::::' is no http address of a server"),
        ({"base": "http://[::1"}, "/metadata/base: 'http://[::1' is no http address of a server"),
        ({"vendor": "kuflow"}, "/metadata/vendor: 'kuflow', in the folder of 'pliant'"),
    ],
)
@pytest.mark.parametrize("how", [(), ("--against-mock",)])
def test_metadata_that_cannot_be_are_told(
    tmp_path: Path, metadata: dict[str, object], says: str, how: tuple[str]
) -> None:
    path = kept(tmp_path, **metadata)
    assert told("replay", "pliant", "--cassettes", str(tmp_path), *how).startswith(f"{path}: {says}")


@pytest.mark.parametrize("how", [(), ("--against-mock",)])
@pytest.mark.parametrize(
    ("metadata", "says"),
    [
        ({"scenario": "nope"}, "there is no scenario 'nope' any more"),
        ({"recorded": "9999-12-31"}, "recorded on 9999-12-31, which is yet to come"),
    ],
)
def test_metadata_that_nothing_bears_out_are_findings(
    tmp_path: Path, metadata: dict[str, object], says: str, how: tuple[str]
) -> None:
    kept(tmp_path, **metadata)
    done = run("replay", "pliant", "--cassettes", str(tmp_path), *how)
    assert done.exit_code == 1
    assert done.stdout.startswith("FAIL  pliant/run-and-wait")
    assert says in done.stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "/: null is not of type "),
        ("- 1\n", "/: [1] is not of type "),
        ("version: 7\nmetadata: {}\ninteractions: []\n", "/version: 1 was expected"),
        ("version: 1\nmetadata: {}\ninteractions:\n", "/interactions: null is not of type "),
        ("version: 1\nmetadata: {}\ninteractions: [{request: {}}]\n", "/interactions/0"),
        ("version: 1\ninteractions: []\n", '/: "metadata" is a required property'),
    ],
)
def test_a_file_that_is_no_cassette_is_told_with_the_place(tmp_path: Path, text: str, says: str) -> None:
    path = kept(tmp_path)
    path.write_text(text)
    assert told("replay", "pliant", "--cassettes", str(tmp_path)).startswith(f"{path}: {says}")


def test_a_truncated_cassette_is_told_with_the_line(tmp_path: Path) -> None:
    path = kept(tmp_path)
    path.write_text('version: 1\nmetadata: {}\ninteractions: [{"request": "')
    assert told("replay", "pliant", "--cassettes", str(tmp_path)).startswith(f"{path}:3: ")


@pytest.mark.parametrize(
    ("text", "says"),
    [("", ": /deliveries is no list of objects"), ("deliveries: [1]\n", ": /deliveries is no list"), ("a: [", ":1: ")],
)
def test_deliveries_that_are_none_are_told(tmp_path: Path, text: str, says: str) -> None:
    path = kept(tmp_path).with_name("run-and-wait.inbound.yaml")
    path.write_text(text)
    assert told("replay", "pliant", "--cassettes", str(tmp_path)).startswith(f"{path}{says}")


def test_a_server_that_remembers_is_recorded_again(tmp_path: Path) -> None:
    file = tmp_path / "env.toml"
    arguments = ("record", "--env", str(file), "--output", str(tmp_path), "--only", "start-idempotently")
    with embedded("kuflow", Settings()) as running:
        write_environment(running, file)
        done = [run(*arguments) for _ in range(2)]
        given = run(*arguments, "--seed", "7")
    assert [one.exit_code for one in (*done, given)] == [0, 0, 0], done[1].stderr
    assert given.stdout.endswith("interactions, mock, seed 7\n")
    assert done[0].stdout != done[1].stdout


@pytest.mark.parametrize("how", ["record", "replay"])
def test_a_mode_that_there_is_not_is_refused(tmp_path: Path, how: str) -> None:
    file = tmp_path / "env.toml"
    file.write_text('[optimajet]\nurl = "http://127.0.0.1:9"\nmode = "opn"\nprofile = "full"\n')
    assert told(how, "--env", str(file)) == "optimajet: optimajet has no mode 'opn'; did you mean 'open'?"


@pytest.mark.parametrize(
    ("metadata", "says"),
    [
        ({"auth": {"kind": "beaerer"}}, "/metadata/auth/kind: Input should be 'none'"),
        ({"auth": {"kind": "none", "tokn": "x"}}, "/metadata/auth/tokn: unknown key; did you mean 'token'?"),
        ({"identities": {"other": {"kind": "bearer"}}}, "/metadata/identities/other: kind 'bearer' needs token"),
    ],
)
def test_identities_that_cannot_be_are_told(tmp_path: Path, metadata: dict[str, object], says: str) -> None:
    path = kept(tmp_path, **metadata)
    assert told("replay", "pliant", "--cassettes", str(tmp_path)).startswith(f"{path}: {says}")
