"""``conformance report`` and ``conformance compare``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from made import case, failure, results

from conformance.cli import cli
from conformance.errors import UsageError
from conformance.report.comparison import compare
from conformance.report.terminal import text
from conformance.results import Results, Verdict, read, write_line


def saved(folder: Path, found: Results) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [found.header, *found.cases, *([found.footer] if found.footer else [])]
    (folder / "results.jsonl").write_text("".join(f"{write_line(line)}\n" for line in lines), encoding="utf-8")
    return str(folder / "results.jsonl")


def test_report_prints_what_a_run_prints(tmp_path: Path) -> None:
    found = results(failure())
    for given in (saved(tmp_path, found), str(tmp_path)):
        ran = CliRunner(env={"COLUMNS": "80"}).invoke(cli, ["report", given])
        assert ran.exit_code == 0
        assert ran.stdout == text(found, width=80, colour=False)


def test_report_writes_the_files_named_and_prints_nothing(tmp_path: Path) -> None:
    file = saved(tmp_path, results(failure()))
    named = {option: tmp_path / f"x.{option}" for option in ("html", "junit", "markdown")}
    arguments = [word for option, path in named.items() for word in (f"--{option}", str(path))]
    ran = CliRunner().invoke(cli, ["report", file, *arguments])
    assert (ran.exit_code, ran.stdout) == (0, "")
    starts = [path.read_text(encoding="utf-8").partition("\n")[0] for path in named.values()]
    assert starts == ["<!DOCTYPE html>", '<?xml version="1.0" encoding="UTF-8"?>', "## Conformance"]


@pytest.mark.parametrize("command", ["report", "compare"])
def test_help_has_an_example(command: str) -> None:
    ran = CliRunner().invoke(cli, [command, "--help"])
    assert ran.exit_code == 0
    assert f"  conformance {command} " in ran.stdout.partition("Examples:")[2]


def test_compare_tells_changed_new_and_gone_cases(tmp_path: Path) -> None:
    old = saved(tmp_path / "old", results(case(), case("a/b/c"), case("a/b/gone"), case("a/b/same")))
    new = saved(
        tmp_path / "new", results(failure(), case("a/b/c", "WARN"), case("a/b/new", "OBSERVED"), case("a/b/same"))
    )
    ran = CliRunner().invoke(cli, ["compare", old, new])
    assert ran.exit_code == 1
    assert ran.stdout.splitlines() == [
        "REGRESSION  kuflow:createProcess/idempotency/replay: PASS -> FAIL",
        "changed     kuflow:a/b/c: PASS -> WARN",
        "new         kuflow:a/b/new: OBSERVED",
        "gone        kuflow:a/b/gone: PASS",
        "1 the same, 2 changed (1 regression), 1 new, 1 gone",
    ]


def test_compare_as_json(tmp_path: Path) -> None:
    old, new = saved(tmp_path / "old", results(case())), saved(tmp_path / "new", results(failure()))
    ran = CliRunner().invoke(cli, ["compare", old, new, "--json"])
    assert ran.exit_code == 1
    assert json.loads(ran.stdout) == {
        "changed": [
            {
                "case": "kuflow:createProcess/idempotency/replay",
                "before": "PASS",
                "after": "FAIL",
                "regression": True,
            }
        ],
        "new": [],
        "gone": [],
        "same": 0,
        "unfinished": None,
        "exit_code": 1,
    }


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("PASS", "FAIL", 1),
        ("OBSERVED", "FAIL", 1),
        ("KNOWN", "FAIL", 1),
        ("PASS", "PASS", 0),
        ("FAIL", "FAIL", 0),
        ("WARN", "FAIL", 0),
        ("SKIPPED", "FAIL", 0),
        ("PASS", "WARN", 0),
        ("FAIL", "PASS", 0),
    ],
)
def test_only_a_passed_case_that_fails_is_a_regression(before: Verdict, after: Verdict, code: int) -> None:
    assert compare(results(case(verdict=before)), results(case(verdict=after))).exit_code == code


def test_the_same_case_of_another_target_is_another_case() -> None:
    found = compare(results(case(target="one")), results(failure(target="two")))
    assert (len(found.new), len(found.gone), found.exit_code) == (1, 1, 0)


def test_a_newer_run_that_did_not_end_is_not_judged(tmp_path: Path) -> None:
    old, new = results(case(), case("a/b/c")), results(case(), finished=False)
    ran = CliRunner().invoke(cli, ["compare", saved(tmp_path / "old", old), saved(tmp_path / "new", new)])
    assert ran.exit_code == 3
    last = "of NEW: unfinished: the file holds 1 of 6 planned cases and no footer"
    assert ran.stdout.splitlines()[-1] == last
    assert compare(new, old).exit_code == 0
    assert compare(old, results(failure(), finished=False)).exit_code == 1


def test_a_line_that_was_cut_while_it_was_written_is_passed_over(tmp_path: Path) -> None:
    file = Path(saved(tmp_path, results(case(), case("a/b/c"))))
    text = file.read_text(encoding="utf-8")
    for end in (text.index("a/b/c"), text.rindex("\n{") + 1):
        file.write_text(text[:end], encoding="utf-8")
        assert read(file).footer is None
    file.write_text(text.replace("a/b/c", 'a"b', 1), encoding="utf-8")
    with pytest.raises(UsageError, match=r"results\.jsonl:3: no line of a results file"):
        read(file)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"kind": "case"', '"kind": "cse"', ":2: no line of a results file: Input tag 'cse'"),
        (
            '"verdict": "PASS"',
            '"verdict": "PAS"',
            ":2: no line of a results file: case.verdict: Input should be 'PASS'",
        ),
        ('"seed"', '"sed"', ":1: no line of a results file: header.seed: Field required"),
    ],
)
def test_a_line_that_is_none_is_told_with_the_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = Path(saved(tmp_path, results(case())))
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError) as told:
        read(file)
    assert f"{file}{says}" in told.value.message


def test_results_of_another_format_are_told_in_one_line(tmp_path: Path) -> None:
    file = Path(saved(tmp_path, results(case())))
    file.write_text(file.read_text(encoding="utf-8").replace('"format": 1', '"format": 2', 1), encoding="utf-8")
    with pytest.raises(UsageError, match=r"of format 2, written by version 0\.1\.0"):
        read(file)
