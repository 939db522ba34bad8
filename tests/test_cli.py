"""The command line tells what is wrong in one line, with the right exit code and no traceback."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
from click.testing import CliRunner

from conformance.cli import cli, main
from conformance.errors import RecordingError
from conformance.mocks.embedded import Running, embedded, write_environment
from conformance.mocks.kit.model import Settings

ROOT = Path(__file__).parents[1]
ONE_CASE = "kuflow/retrieveRobot/contract/valid-request"


def conformance(*arguments: str, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "conformance", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **variables},
        timeout=120,
    )


def told(done: subprocess.CompletedProcess[str], code: int) -> str:
    """What the command said, after the exit code and the absence of a traceback are made sure of."""
    everything = done.stdout + done.stderr
    assert "Traceback" not in everything, everything
    assert done.returncode == code, everything
    return everything


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with embedded("kuflow", Settings(seed=3)) as mock:
        yield mock


@pytest.fixture
def environment(running: Running, tmp_path: Path) -> Path:
    path = tmp_path / "env.toml"
    write_environment(running, path)
    return path


def edited(path: Path, old: str, new: str) -> Path:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return path


def test_a_run_against_an_environment_file_passes(environment: Path) -> None:
    assert "PASS" in told(conformance("run", "--env", str(environment), "--only", ONE_CASE), 0)


def test_results_go_to_stdout_as_json_lines(environment: Path) -> None:
    done = conformance("run", "--env", str(environment), "--only", ONE_CASE, "--json", "--seed", "5")
    kinds = [json.loads(line)["kind"] for line in done.stdout.splitlines()]
    assert kinds == ["header", "case", "footer"]


@contextmanager
def begun(*command: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process that sees this project, its output to be read as it comes; it ends with the test."""
    with subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_output_that_does_not_fit_is_one_clear_error() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "conformance", "clauses", "instabase"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=120,
        )
    assert (done.returncode, done.stderr) == (
        3,
        "error: the output: No space left on device\nhint: make room for it\n",
    )


def test_a_reader_that_stops_leaves_an_unfinished_run(environment: Path) -> None:
    wanted = ("--env", str(environment), "--only", ONE_CASE, "--json")
    with begun("-m", "conformance", "run", *wanted) as stopped:
        assert stopped.stdout is not None
        assert stopped.stderr is not None
        assert json.loads(stopped.stdout.readline())["kind"] == "header"
        stopped.stdout.close()
        assert (stopped.wait(60), stopped.stderr.read()) == (3, "")


def test_a_wrong_password_is_the_credentials_fault(running: Running, environment: Path) -> None:
    password = running.environment["auth"]["password"]
    said = told(
        conformance("run", "--env", str(edited(environment, password, "wrong")), "--only", ONE_CASE, "--json"), 3
    )
    (case,) = [line for line in map(json.loads, said.splitlines()) if line["kind"] == "case"]
    assert (case["verdict"], case["blame"]) == ("BLOCKED", "credentials")
    assert "refuses the credentials" in case["reason"]


def test_a_server_that_gets_no_credentials_asks_for_them(running: Running) -> None:
    said = told(conformance("run", "kuflow", "--url", running.url, "--only", ONE_CASE, "--json"), 3)
    (case,) = [line for line in map(json.loads, said.splitlines()) if line["kind"] == "case"]
    assert (case["verdict"], case["blame"]) == ("BLOCKED", "credentials")
    assert "asks for credentials (401), and no auth gives any" in case["reason"]


def test_a_dead_host_is_the_networks_fault(running: Running, environment: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}/v2024-06-14"
    path = edited(environment, running.environment["url"], dead)
    said = told(conformance("run", "--env", str(path), "--only", ONE_CASE, "--json"), 3)
    (case,) = [line for line in map(json.loads, said.splitlines()) if line["kind"] == "case"]
    assert (case["verdict"], case["blame"]) == ("BLOCKED", "network")
    assert "gives no reply" in case["reason"]


def test_a_broken_environment_file_is_told_in_one_line(environment: Path) -> None:
    said = told(conformance("run", "--env", str(edited(environment, "profile =", "profil ="))), 2)
    assert said.splitlines() == [
        f"error: {environment}: [kuflow.profil]: unknown key",
        "hint: did you mean 'profile'?",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("known_good: findPrincipals", "known_good: findPrincipal", "did you mean 'findPrincipals'"),
        ("    effect: irreversible\n", "", "effect"),
        ("$request.query.fileName: note.txt", "$request.query.fileNam: note.txt", "did you mean 'fileName'"),
        ("    initial: RUNNING", "    initial: STARTED", "unknown state 'STARTED'"),
        ("    state: /task/state", "    state: /task/status", "/task/status"),
        ("format: 1", "format: 1\nformat: 1", "format"),
        ("vendor: kuflow", "vendor: a/b", "/vendor: String should match pattern"),
        ("vendor: kuflow", "vendor: ''", "/vendor: String should match pattern"),
        ("$request.path.id", "$request.patch.id", "no runtime expression"),
    ],
)
def test_broken_semantics_are_told_in_one_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = tmp_path / "kuflow"
    shutil.copytree(ROOT / "specs" / "kuflow", folder)
    path = folder / "semantics.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    lines = told(conformance("run", "kuflow", "--specs", str(tmp_path), "--list"), 2).splitlines()
    assert lines[0].startswith(f"error: {path}")
    assert said in "\n".join(lines)
    assert len(lines) <= 2


def test_a_vendor_may_be_called_as_no_package_can(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "strangers" / "b", tmp_path / "acme.io")
    path = tmp_path / "acme.io" / "semantics.yaml"
    path.write_text(path.read_text().replace("vendor: b", "vendor: acme.io", 1))
    lines = told(conformance("run", "acme.io", "--specs", str(tmp_path), "--list"), 0).splitlines()
    assert lines
    assert all(line.startswith("acme.io/") for line in lines)


def test_a_malformed_contract_is_told_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "kuflow"
    shutil.copytree(ROOT / "specs" / "kuflow", folder)
    path = folder / "openapi.yaml"
    path.write_text("openapi: 3.1.0\npaths: 3\n")
    assert told(conformance("run", "kuflow", "--specs", str(tmp_path), "--list"), 2).splitlines() == [
        f'error: {path}: /paths: 3 is not of type "object"',
        "hint: correct the document there",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "kuflo"), "did you mean 'kuflow'"),
        (("run", "kuflow", "--deviation", "sort-ignord"), "unknown deviation"),
        (("run", "kuflow", "--mode", "nope"), "no mode 'nope'"),
        (("run", "kuflow", "--only", "nothing/like/this"), "no case of kuflow matches"),
        (("run", "kuflow", "--list", "--specs", "none"), "none neither is a vendor folder nor holds one"),
        (("run", "kuflow", "--list", "--specs", "tests"), "tests neither is a vendor folder nor holds one"),
        (("run", "--url", "http://127.0.0.1:1/x"), "--url needs the vendor"),
        (("run", "kuflow", "--url", "nonsense"), "no absolute http(s) URL"),
        (("run", "--env", "none.toml"), "no such file"),
        (("run", "--mock", "--url", "http://127.0.0.1:1/x", "kuflow"), "--mock does not go with"),
        (("mock", "kuflo"), "did you mean 'kuflow'"),
        (("mock", "kuflow", "--choice", "hidden_resource"), "no KEY=VALUE"),
        (("mock", "kuflow", "--choice", "hidden_resource=200"), "hidden_resource"),
        (("generate", "kuflow", "--published", "x.yaml"), "--output"),
        (("report", "none.jsonl"), "none.jsonl"),
        (("ruhn",), "no command is called 'ruhn'"),
        (("ruhn",), "did you mean 'run'?"),
        (("run", "--jobs", "none"), "'none' is not a valid integer"),
        (("run", "--jobs", "none"), " run --help' tells what it takes"),
        (("run", "kuflow", "--url", ""), "what follows --url is empty"),
        (("run", "kuflow", "--url="), "--url is empty"),
        (("run", "kuflow", "--report="), "--report is empty"),
        (("run", ""), "an argument is empty"),
        (("schema",), "Choose from: semantics, environment"),
        (
            ("run", "kuflow", "--only", "kuflow/createProces/idempotency/exactly-one"),
            "did you mean 'kuflow/createProcess",
        ),
        (("run", "kuflow", "--only", "*/a", "--only", "*/b"), "error: --only is given 2 times"),
        (("record", "--only", "a", "--only", "b"), "error: --only is given 2 times"),
        (("run", "kuflow", "--deviation", "xyzzy"), "hint: 'conformance mock VENDOR --list' prints them all"),
        (("run", "kuflow", "--target", "staging"), "target 'staging' is in no environment file"),
        (("replay", "kuflow", "--target", "staging"), "target 'staging' is in no environment file"),
        (("run", "kuflow", "--url", "http://127.0.0.1:1/x", "--mode", "prod"), "kuflow has no mode 'prod'"),
        (("run", "optimajet", "--list", "--mode", "tokn"), "did you mean 'token'?"),
        (("run", "--env", "x.toml", "--mode", "open"), "--mode does not go with --env"),
        (("run", "kuflow", "--url", "http://127.0.0.1:1/x", "--env", "x.toml"), "--url does not go with --env"),
        (("run", "kuflow", "--url", "http://127.0.0.1:1/x", "--target", "x"), "--url does not go with --target"),
        (("run", "kuflow", "--list", "--report", "x"), "--list makes no results"),
        (("drift", "kuflow", "--owner", "api-team"), "--owner and --expires need --accept-all"),
        (("drift", "kuflow", "--against", "x.yaml", "--har", "x.har"), "--against holds nothing else"),
        (("report", "/dev/null"), "/dev/null: no header line"),
        (("diff", "x" * 300, "y"), f"{'x' * 300}: File name too long"),
        (("clauses", "--specs", "y" * 300), "File name too long"),
        (
            ("record", "instabase", "--only", "be-refused", "--output", "README.md"),
            "error: README.md/instabase/be-refused",
        ),
    ],
)
def test_wrong_usage_is_told_in_one_line(arguments: tuple[str, ...], said: str) -> None:
    lines = told(conformance(*arguments), 2).splitlines()
    assert any(said in line for line in lines)
    assert [line.partition(":")[0] for line in lines] == ["error", "hint"]


def test_the_plan_of_one_mode_is_listed_as_json() -> None:
    def listed(mode: str) -> dict[str, dict[str, object]]:
        said = told(conformance("run", "optimajet", "--list", "--json", "--mode", mode), 0)
        return {one["case"]: one for one in map(json.loads, said.splitlines())}

    opened, guarded = listed("open"), listed("token")
    assert opened["optimajet/createInstance/contract/refuses/missing-schemeCode"]["level"] == "must"
    assert any("/auth/without-credentials" in name for name in guarded.keys() - opened.keys())


def test_what_a_mock_offers_is_listed_as_json() -> None:
    offered = json.loads(told(conformance("mock", "instabase", "--list", "--json"), 0))
    assert offered.keys() == {"deviations", "choices", "modes", "controls"}
    assert "finish_job" in offered["controls"]


def test_what_is_stale_is_told_line_by_line(tmp_path: Path) -> None:
    said = told(conformance("generate", "pliant", "--check", "--output", str(tmp_path)), 1)
    assert said.splitlines()[1:] == ["the file is missing", "hint: conformance generate pliant"]


def test_a_vendor_that_a_target_names_in_vain_is_told_with_its_place(environment: Path) -> None:
    said = told(conformance("run", "--env", str(edited(environment, 'vendor = "kuflow"', 'vendor = "kuflo"'))), 2)
    assert said.splitlines() == [
        f"error: {environment}: [kuflow.vendor]: no vendor is called 'kuflo'",
        "hint: did you mean 'kuflow'?",
    ]


def test_a_vendor_without_a_target_is_told_with_what_there_is(environment: Path) -> None:
    said = told(conformance("run", "pliant", "--env", str(environment)), 2)
    assert said.splitlines() == [
        f"error: no target of pliant to run in {environment}",
        "hint: there are kuflow (kuflow)",
    ]


def test_a_target_is_named_once(environment: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(environment.read_text())
    for first, second in ((environment, environment), (environment, other)):
        said = told(conformance("run", "--env", str(first), "--env", str(second), "--only", ONE_CASE), 2)
        assert said.splitlines() == [
            f"error: target 'kuflow' is there twice: in {first} and in {second}",
            "hint: name each file once, and give each target a name of its own",
        ]
    files = ("--env", str(environment), "--env", str(edited(other, "[kuflow", "[another")))
    lines = told(conformance("run", *files, "--only", ONE_CASE, "--json"), 0).splitlines()
    assert [target["name"] for target in json.loads(lines[0])["targets"]] == ["kuflow", "another"]


def test_a_case_is_run_again_by_the_name_that_its_verdict_has(environment: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(environment.read_text().replace("[kuflow", "[another"))
    files = ("--env", str(environment), "--env", str(other))
    path = ONE_CASE.removeprefix("kuflow/")
    lines = told(conformance("run", *files, "--only", f"another:{path}", "--json"), 0).splitlines()
    cases = [line for line in map(json.loads, lines) if line["kind"] == "case"]
    assert [(case["target"], case["case"]) for case in cases] == [("another", ONE_CASE)]
    said = told(conformance("run", *files, "--only", f"neither:{path}"), 2)
    assert said.splitlines()[0] == f"error: no case of kuflow, another matches 'neither:{path}'"


def test_a_live_target_is_only_read_unless_its_table_says_full(environment: Path) -> None:
    path = edited(environment, 'profile = "full"', 'profile = "read-only"')
    only = "kuflow/createProcess/idempotency/*"
    said = told(conformance("run", "--env", str(path), "--only", only, "--json"), 3)
    lines = [json.loads(line) for line in said.splitlines()]
    cases = [line for line in lines if line["kind"] == "case"]
    assert cases
    assert {case["verdict"] for case in cases} == {"SKIPPED"}
    assert all(case["reason"].startswith("profile:") for case in cases)
    assert lines[-1]["writes"] == 0


def test_the_command_line_alone_lets_nothing_be_changed_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "env.toml"
    path.write_text('[far]\nvendor = "kuflow"\nurl = "https://far.example/v2024-06-14"\n')
    said = told(conformance("run", "--env", str(path), "--profile", "full", "--only", ONE_CASE), 2)
    assert said.splitlines()[0].startswith("error: far: https://far.example/v2024-06-14 is not on this machine")
    assert 'profile = "full" into [far]' in said


def test_an_error_shows_no_password_of_a_url() -> None:
    for url in ("https://bob:s3cretpw@far.example/x", "ftp://bob:s3cretpw@far.example/x", "bob:s3cretpw@far.example"):
        said = told(conformance("run", "kuflow", "--url", url, "--profile", "full", "--only", ONE_CASE), 2)
        assert "far.example" in said
        assert "s3cretpw" not in said


def test_no_error_steers_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "env.toml").write_text('["a\\u001b[2J"]\nurl = "none"\n')
    monkeypatch.setattr("sys.argv", ["conformance", "run", "--env", str(tmp_path / "env.toml")])
    monkeypatch.setattr("signal.signal", lambda *_: None)
    with pytest.raises(SystemExit):
        main()
    assert "[a\\u001b[2J]: url 'none'" in capsys.readouterr().err

    def refused(*_: object, **__: object) -> None:
        raise RecordingError("got \x1b[2J", "left behind: \x07")

    monkeypatch.setattr("conformance.commands._record.keep", refused)
    ran = CliRunner().invoke(cli, ["record", "instabase", "--only", "be-refused", "--output", str(tmp_path)])
    assert ran.output == "error: got \\u001b[2J; left behind: \\u0007\n"


def test_a_mode_that_a_vendor_does_not_have_is_told(environment: Path) -> None:
    said = told(conformance("run", "--env", str(edited(environment, 'mode = "default"', 'mode = "prod"'))), 2)
    assert "kuflow has no mode 'prod'" in said


def test_an_unknown_capability_is_told_with_the_nearest(environment: Path) -> None:
    said = told(conformance("run", "--env", str(edited(environment, '"form_documents"', '"form_document"'))), 2)
    assert "kuflow has no capability 'form_document'" in said
    assert "did you mean 'form_documents'" in said


def test_what_a_later_table_names_in_vain_is_told_before_anything_is_sent(environment: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(environment.read_text().replace("[kuflow", "[another").replace("]", ']\nca = "gone.pem"', 1))
    done = conformance("run", "--env", str(environment), "--env", str(other), "--only", ONE_CASE, "--json")
    assert told(done, 2).splitlines()[0] == "error: [another.ca]: gone.pem: No such file or directory"
    assert done.stdout == ""


def test_a_budget_is_kept(environment: Path) -> None:
    only = "*/contract/valid-request"
    done = conformance("run", "--env", str(environment), "--max-requests", "5", "--json", "--only", only)
    footer = json.loads(told(done, 3).splitlines()[-1])
    assert footer["requests"] <= 5 + footer["removed"]
    assert footer["totals"]["SKIPPED"] > 0


def test_no_credential_is_written_anywhere(running: Running, environment: Path, tmp_path: Path) -> None:
    secrets = [running.environment["auth"]["password"]]
    secrets += [auth["token"] for auth in running.environment["identities"].values() if "token" in auth]
    reports = tmp_path / "reports"
    done = conformance(
        "run", "--env", str(environment), "--only", "kuflow/*/auth/*", "--report", str(reports), "--json"
    )
    written = done.stdout + done.stderr + "".join(path.read_text() for path in reports.iterdir())
    assert len(list(reports.iterdir())) == 4
    assert [secret for secret in secrets if secret in written] == []


@pytest.mark.parametrize("command", cli.list_commands(click.Context(cli)))
def test_every_command_has_help_with_an_example(command: str) -> None:
    assert "Example" in told(conformance(command, "--help"), 0)


ATTENTIVE = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from conformance.cli import main; main()"
)
"""The command line where whoever started the tests may have let interruptions be ignored."""


def test_a_served_mock_writes_an_environment_file_that_a_run_accepts(tmp_path: Path) -> None:
    path = tmp_path / "mock.toml"
    command = ("mock", "kuflow", "--env-file", str(path), "--deviation", "replay-answers-201")
    with begun("-c", ATTENTIVE, *command) as served:
        assert served.stdout is not None
        assert "kuflow listens at http://127.0.0.1:" in served.stdout.readline()
        only = "kuflow/createProcess/idempotency/replay-status"
        said = told(conformance("run", "--env", str(path), "--only", only), 1)
        served.send_signal(signal.SIGINT)
        assert served.wait(20) == 0
    assert "KF-037" in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_ended_run_undoes_what_it_made_and_says_so(number: signal.Signals, tmp_path: Path) -> None:
    with begun("-c", ATTENTIVE, "run", "kuflow", "--report", str(tmp_path), "--json", "--seed", "7") as running:
        assert running.stdout is not None
        for _ in range(60):
            running.stdout.readline()
        running.send_signal(number)
        footer = json.loads(running.stdout.read().splitlines()[-1])
        assert running.wait(30) == 3
    assert (footer["kind"], footer["complete"]) == ("footer", False)
    assert footer["created"] >= footer["removed"] > 0
    assert json.loads((tmp_path / "results.jsonl").read_text().splitlines()[-1]) == footer


def test_a_killed_run_leaves_no_mock_behind(tmp_path: Path) -> None:
    results = tmp_path / "out"
    with begun("-m", "conformance", "run", "kuflow", "--report", str(results), "--json") as running:
        assert running.stdout is not None
        url = json.loads(running.stdout.readline())["targets"][0]["url"]
        running.kill()
    parts = urlsplit(url)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex((parts.hostname or "", parts.port or 0)) != 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"{url} still answers")
