"""The pytest plugin as its users have it: pytest in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conformance.contract.vendor import Vendor
from conformance.engine.check import of_file
from conformance.engine.plan import plan
from conformance.errors import DocumentError
from conformance.mocks.embedded import embedded
from conformance.mocks.kit.environment import toml
from conformance.mocks.kit.model import Settings

ROOT = Path(__file__).parents[1]
SET = "--conformance-only=*/set/*"


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").touch()
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:randomly", *options],
        cwd=folder,
        env={**{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}, "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
    )


def summary(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout.strip().splitlines()[-1]


def documented(language: str) -> str:
    text = (ROOT / "docs" / "pytest.md").read_text()
    (block,) = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return str(block)


def test_nothing_happens_unless_it_is_asked_for(tmp_path: Path) -> None:
    plain = "import sys\n\ndef test_plain():\n    assert 'conformance.engine' not in sys.modules\n"
    (tmp_path / "test_plain.py").write_text(plain)
    done = run(tmp_path, "-v")
    assert done.returncode == 0, done.stdout
    assert "1 passed" in summary(done)


def test_cases_are_tests_by_their_own_names(tmp_path: Path) -> None:
    listed = run(tmp_path, "--conformance", "instabase", SET, "--collect-only", "-q", "-p", "no:cacheprovider")
    names = [line for line in listed.stdout.splitlines() if ":" in line]
    assert "instabase:updateJobPipelines/set/replaced" in names
    done = run(tmp_path, "--conformance", "instabase", SET)
    assert done.returncode == 0, done.stdout
    assert f"{len(names)} passed" in summary(done)


def test_marks_and_words_choose_among_them(tmp_path: Path) -> None:
    by_word = run(tmp_path, "--conformance", "instabase", SET, "-k", "same-twice")
    assert "1 passed" in summary(by_word)
    by_mark = run(tmp_path, "--conformance", "instabase", "-m", "discovery or errors", "--strict-markers", "--co", "-q")
    names = [line for line in by_mark.stdout.splitlines() if line.startswith("instabase:")]
    assert names
    assert {name.split("/")[1] for name in names} <= {"discovery", "errors"}
    markers = run(tmp_path, "--conformance", "instabase", "--markers").stdout
    assert "@pytest.mark.must: conformance cases of this level" in markers
    assert "@pytest.mark.set: conformance cases of this facet" in markers


def test_a_broken_server_fails_the_test_with_the_clause_behind_it(tmp_path: Path) -> None:
    broken = ("--conformance", "instabase", SET, "--conformance-deviation", "update-forgets-the-last")
    done = run(tmp_path, *broken, "--junitxml", "all.xml")
    assert done.returncode == 1, done.stdout
    case = "instabase:updateJobPipelines/set/replaced"
    assert "clause    IB-13" in done.stdout
    assert "expected" in done.stdout
    assert "Traceback" not in done.stdout
    entries = ElementTree.parse(tmp_path / "all.xml").iter("testcase")
    (told,) = [one for one in entries if one.get("name") == case.replace("/", ".")]
    properties = {one.get("name"): one.get("value") for one in told.iter("property")}
    assert properties["verdict"] == "FAIL"
    assert "IB-13" in str(properties["clauses"]).split()

    again = run(tmp_path, *broken, "--lf", "-v")
    assert f"{case} FAILED" in again.stdout
    assert "passed" not in summary(again)


def test_cases_share_themselves_out_among_workers(tmp_path: Path) -> None:
    alone = run(tmp_path, "--conformance", "instabase", SET)
    shared = run(tmp_path, "--conformance", "instabase", SET, "-n", "2")
    (count,) = re.findall(r"(\d+) passed", summary(alone))
    assert f"{count} passed" in summary(shared), shared.stdout


def test_a_worker_acquits_nobody_by_the_replies_that_it_saw(tmp_path: Path) -> None:
    wanted = ("--conformance", "kuflow", "--conformance-only=kuflow/findRobots/*", "-k", "contract", "-rs")
    shared = run(tmp_path, *wanted, "-n", "2")
    assert shared.returncode == 0, shared.stdout
    (skipped,) = re.findall(
        r"^SKIPPED \[(\d)\] .*part: it judges the replies of the whole run", shared.stdout, re.MULTILINE
    )
    assert skipped == "3"
    assert "part: " not in run(tmp_path, *wanted, "-n", "1").stdout


def test_an_environment_file_names_the_target(tmp_path: Path) -> None:
    (tmp_path / "dead.toml").write_text('[dead]\nvendor = "instabase"\nurl = "http://127.0.0.1:9"\n')
    done = run(tmp_path, "--conformance-env", "dead.toml", "-m", "must", "-k", "contract", "--tb=short")
    assert "dead:listFlowPipelines/contract/valid-request" in done.stdout
    assert "passed" not in summary(done)
    assert "Traceback" not in done.stdout


def test_a_known_failure_is_skipped_with_its_reason(tmp_path: Path) -> None:
    known = '[[known]]\ncase = "*/set/replaced"\nreason = "mended in May"\nowner = "o"\nexpires = {}\n'
    with embedded("instabase", Settings(deviations=frozenset({"update-forgets-the-last"}))) as running:
        (tmp_path / "mock.toml").write_text(
            toml("instabase", running.environment).replace(
                "[instabase]", '[instabase]\nknown_failures = "known.toml"', 1
            )
        )
        for expires, outcome in (("2099-01-01", "1 skipped"), ("2020-01-01", "1 failed")):
            (tmp_path / "known.toml").write_text(known.format(expires))
            done = run(tmp_path, "--conformance-env", "mock.toml", "--conformance-only=*/set/replaced", "-rs")
            assert outcome in summary(done), done.stdout
            assert ("mended in May" in done.stdout) is (outcome == "1 skipped")


@pytest.mark.parametrize("asked", [(), ("--conformance-seed", "5")])
def test_workers_count_on_from_the_seed_that_is_told(asked: tuple[str, ...], tmp_path: Path) -> None:
    told = "def test_seed(conformance_api, worker_id):\n    seed = conformance_api('kuflow').session.seed\n"
    (tmp_path / "test_seed.py").write_text(f"{told}    open(worker_id, 'w').write(str(seed))\n")
    with embedded("kuflow", Settings()) as running:
        (tmp_path / "mock.toml").write_text(toml("kuflow", running.environment))
        done = run(tmp_path, "--conformance-env", "mock.toml", "-k", "test_seed", "-n", "2", "--dist", "each", *asked)
    assert done.returncode == 0, done.stdout
    (seed,) = re.findall(r"^conformance: --conformance-seed=(\d+)$", done.stdout, re.MULTILINE)
    assert [(tmp_path / worker).read_text() for worker in ("gw0", "gw1")] == [seed, str(int(seed) + 1)]


@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_what_is_left_behind_is_told_at_the_end(options: tuple[str, ...], tmp_path: Path) -> None:
    wanted = "--conformance-only=kuflow/createWorker/idempotency/replay-*"
    with embedded("kuflow", Settings()) as running:
        (tmp_path / "mock.toml").write_text(toml("kuflow", running.environment))
        done = run(tmp_path, "--conformance-env", "mock.toml", wanted, *options)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^=+ left behind =+$", done.stdout, re.MULTILINE), done.stdout
    left = [line for line in done.stdout.splitlines() if line.startswith("kuflow: worker ")]
    assert len(left) == len(set(left)) >= 2
    assert "left behind" not in run(tmp_path, "--conformance", "kuflow", wanted, *options).stdout


@pytest.mark.parametrize("options", [(), ("--conformance-seed", "5", "-n", "2")])
def test_a_server_that_remembers_earlier_runs_passes_again(options: tuple[str, ...], tmp_path: Path) -> None:
    wanted = ("--conformance-env", "mock.toml", "--conformance-only", "kuflow/createProcess*/idempotency/replay-*")
    with embedded("kuflow", Settings()) as running:
        (tmp_path / "mock.toml").write_text(toml("kuflow", running.environment))
        found = [run(tmp_path, *wanted, *options)]
        found += [run(tmp_path, *wanted)]
    assert [done.returncode for done in found] == [0, 0], found[-1].stdout
    seeds = [re.search(r"^conformance: --conformance-seed=(\d+)$", done.stdout, re.MULTILINE) for done in found]
    assert seeds[0] is not None
    assert seeds[1] is not None
    assert seeds[0][1] != seeds[1][1]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--conformance", "kufow"), "kuflow"),
        (("--conformance", "kuflow", "--conformance-mode", "dreaming"), "dreaming"),
        (("--conformance", "kuflow", "--conformance-deviation", "replay-answers-202"), "replay-answers-201"),
        (("--conformance", "kuflow", "--conformance-only", "nothing-like-it"), "nothing-like-it"),
        (("--conformance-env", "nowhere.toml"), "nowhere.toml"),
        (("--conformance-target", "staging"), "target 'staging' is in no environment file"),
        (("--conformance-env", "a.toml", "--conformance-mode", "open"), "of the embedded mocks"),
        (("--conformance-env", "a.toml", "--conformance-deviation", "sort-ignored"), "for the embedded mocks"),
    ],
)
def test_wrong_usage_is_one_line(options: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = run(tmp_path, *options)
    assert done.returncode == 4, done.stdout + done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line]
    assert line.startswith("ERROR: ")
    assert told in line


def test_one_deviation_is_named_without_a_list(tmp_path: Path) -> None:
    told = "def test_it(mock_server):\n    assert mock_server('kuflow', deviations='sort-ignored').url\n"
    (tmp_path / "test_mock.py").write_text(told)
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout


def test_the_documented_tests_pass(tmp_path: Path) -> None:
    (tmp_path / "test_documented.py").write_text(documented("python"))
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in summary(done)


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    folder = tmp_path / "specs" / "instabase"
    folder.mkdir(parents=True)
    for name in ("openapi.yaml", "semantics.yaml"):
        shutil.copy(ROOT / "specs" / "instabase" / name, folder)
    return folder


def test_the_documented_check_joins_the_plan(specs: Path, tmp_path: Path) -> None:
    (specs / "checks.py").write_text(documented("py"))
    own = ("--conformance", "instabase", "--conformance-specs", "specs", "--conformance-only=*/own/*", "-v")
    done = run(tmp_path, *own)
    assert "instabase:listFlowPipelines/own/plain PASSED" in done.stdout, done.stdout
    assert "1 passed" in summary(done)
    (specs / "checks.py").write_text(documented("py").replace("not reply.content", "reply.content"))
    assert run(tmp_path, *own).returncode == 1


def test_a_check_that_cannot_be_loaded_is_told(specs: Path, tmp_path: Path) -> None:
    (specs / "checks.py").write_text("import nothing_like_it\n")
    done = run(tmp_path, "--conformance", "instabase", "--conformance-specs", "specs")
    assert done.returncode == 4
    (line,) = [line for line in done.stderr.splitlines() if line]
    assert "checks.py" in line
    assert "nothing_like_it" in line


HEAD = """
from conformance.contract.semantics.document import Call
from conformance.engine.api import Api
from conformance.engine.check import check
"""


def marked(parameters: str, body: str = '"""It is."""', level: str = "None") -> str:
    """The text of a file with a check."""
    return f"{HEAD}@check(level={level})\ndef f({parameters}) -> None:\n    {body}\n"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (marked("api: Api, x: int"), ":5: f: its parameter 'x', .* is of the type int"),
        (marked("api, x"), ":5: f: its parameter 'x', .* has no type"),
        (marked("api: Api"), r":5: f\(api\) takes other parameters"),
        (marked("*things: Api"), r":5: f\(things\) takes other parameters"),
        (marked("api: Api, x: Call, y: str"), r":5: f\(api, x, y\) takes other parameters"),
        (marked("api: Api, x: Call", "pass"), ":5: f claims nothing"),
        (marked("api: Api, x: Call", level="'most'"), ":5: f: no level 'most'"),
        (marked("api: Api, x: Call", level="5"), ":5: f: no level 5"),
        ("x = 1\nraise SystemExit(3)\n", ":2: SystemExit: 3"),
        ("raise ValueError('x\\ny')\n", ":1: ValueError: x y"),
        ("def f(:\n", r": SyntaxError: .*line 1"),
    ],
)  # fmt: skip
def test_a_check_that_is_none_is_told_with_file_line_and_function(tmp_path: Path, source: str, told: str) -> None:
    path = tmp_path / "checks.py"
    path.write_text(source)
    with pytest.raises(DocumentError) as caught:
        of_file(path)
    assert re.match(re.escape(str(path)) + told, caught.value.message), caught.value.message
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("when=lambda x: x.nothing", ":5: AttributeError: .*nothing"),
        ("given=lambda v, x: 1 / 0", ":5: ZeroDivisionError: division by zero"),
        ("when='always'", ":5: TypeError: 'str' object is not callable"),
        ("variants=lambda v, x: 5", ":5: TypeError: 'int' object is not iterable"),
        ("variants=lambda v, x: [5]", ":5: TypeError: .*int found"),
        ("variants=['one']", ":5: TypeError: 'list' object is not callable"),
        ("phase='sometime'", ":5: f: no phase 'sometime'"),
        ("phase=['first']", r":5: f: no phase \['first'\]"),
        ("phase=lambda x: 'fist'", ":5: f: no phase 'fist'; did you mean 'first'"),
        ("phase=lambda x: x.nothing", ":5: AttributeError: .*nothing"),
    ],
)  # fmt: skip
def test_a_check_that_cannot_be_planned_is_told_with_file_and_line(specs: Path, arguments: str, told: str) -> None:
    parameters = "api, x: Call, y = None" if "variants" in arguments else "api, x: Call"
    source = marked(parameters).replace("level=None", arguments)
    (specs / "checks.py").write_text(source)
    with pytest.raises(DocumentError) as caught:
        plan(Vendor.load(specs))
    path = re.escape(str(specs / "checks.py"))
    assert re.match(path + told, str(caught.value)), str(caught.value)


def test_a_check_that_ends_the_interpreter_when_it_is_loaded_ends_a_run_of_pytest_in_one_line(
    specs: Path, tmp_path: Path
) -> None:
    (specs / "checks.py").write_text("raise SystemExit(3)\n")
    done = run(tmp_path, "--conformance", "instabase", "--conformance-specs", "specs")
    assert done.returncode == 4
    (line,) = [line for line in done.stderr.splitlines() if line]
    assert "checks.py:1: SystemExit: 3" in line
